//! From a JSON pointer back to the text.

use super::place::{Place, push_segment, unescape};
use super::read::Reader;

/// The place where the value that `pointer` names starts in a document that [`super::read`] takes.
///
/// Where the document has no such value, the place of the nearest value around it.
pub fn locate(bytes: &[u8], pointer: &str) -> Place {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let mut reader = Reader::new(text);
    let mut found = String::new();
    reader.skip_space();
    let mut offset = reader.offset();
    for segment in pointer.split('/').skip(1) {
        let segment = unescape(segment);
        if !enter(&mut reader, &segment) {
            break;
        }
        offset = reader.offset();
        push_segment(&mut found, &segment);
    }
    Place::new(bytes, offset, found)
}

/// Moves to the start of the member or item called `segment` of the value that starts here.
fn enter(reader: &mut Reader<'_>, segment: &str) -> bool {
    let in_object = reader.take(b'{');
    if !in_object && !reader.take(b'[') {
        return false;
    }
    for index in 0_usize.. {
        reader.skip_space();
        let here = if in_object {
            reader.name().is_ok_and(|name| name == segment)
        } else {
            index.to_string() == segment
        };
        if here {
            return true;
        }
        // Already known to be sound, so the depth need not be counted again from the top.
        if reader.value(0).is_err() {
            return false;
        }
        reader.skip_space();
        if !reader.take(b',') {
            return false;
        }
    }
    false
}
