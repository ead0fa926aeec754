//! Where in a document something is.

use std::fmt::{self, Write as _};

use crate::letters::is_unseen;

/// A place in a JSON document, in the two ways that people look for it: in the text and by name.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Place {
    /// Bytes before this place, so 0 is the start.
    pub offset: usize,
    /// The line of the text, from 1; a line ends with LF.
    pub line: usize,
    /// JSON pointer (RFC 6901) of the value that holds the place; empty for the whole document.
    pub pointer: String,
}

impl Place {
    /// The place at `offset` of `bytes`, in the value that `pointer` names.
    pub(super) fn new(bytes: &[u8], offset: usize, pointer: String) -> Self {
        let line = 1 + bytes.iter().take(offset).filter(|byte| **byte == b'\n').count();
        Self { offset, line, pointer }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, byte {}", self.line, self.offset)?;
        if self.pointer.is_empty() { Ok(()) } else { write!(f, ", at {}", Shown(&self.pointer)) }
    }
}

/// One reference token of a JSON pointer as it was before it was escaped (RFC 6901 section 4).
pub fn unescape(segment: &str) -> String {
    let mut plain = String::new();
    let mut rest = segment.chars();
    while let Some(c) = rest.next() {
        plain.push(match (c, rest.as_str().chars().next()) {
            ('~', Some(code @ ('0' | '1'))) => {
                rest.next();
                if code == '0' { '~' } else { '/' }
            }
            _ => c,
        });
    }
    plain
}

/// Adds one reference token to a JSON pointer, escaped as RFC 6901 section 3 says.
pub fn push_segment(pointer: &mut String, segment: &str) {
    pointer.push('/');
    for c in segment.chars() {
        match c {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            _ => pointer.push(c),
        }
    }
}

/// A stranger's text inside a message for a terminal or a log: short, and with nothing that could drive
/// the terminal or turn the reading direction round.
pub struct Shown<'a>(pub &'a str);

impl Shown<'_> {
    /// Longer texts are cut here, in characters: a message must stay readable.
    const MAX_CHARS: usize = 120;
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (count, c) in self.0.chars().enumerate() {
            if count == Self::MAX_CHARS {
                return f.write_str("…");
            }
            match c {
                '\\' => f.write_str("\\\\")?,
                _ if is_unseen(c) || c.is_control() => write!(f, "\\u{{{:x}}}", u32::from(c))?,
                _ => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_escaped_comes_back() {
        for segment in ["", "a/b", "~", "~1", "a~0/~~b", "é"] {
            let mut pointer = String::new();
            push_segment(&mut pointer, segment);
            assert_eq!(unescape(&pointer[1..]), segment);
        }
        assert_eq!(unescape("~2~"), "~2~", "no escape, so nothing is changed");
    }

    #[test]
    fn a_segment_is_escaped_as_rfc_6901_says() {
        let mut pointer = String::from("/a");
        push_segment(&mut pointer, "m~n/o");
        assert_eq!(pointer, "/a/m~0n~1o");
    }

    #[test]
    fn a_stranger_s_text_cannot_drive_a_terminal_or_flood_it() {
        assert_eq!(Shown("a\u{1b}[2J\u{202e}é’").to_string(), "a\\u{1b}[2J\\u{202e}é’");
        assert_eq!(Shown(&"x".repeat(500)).to_string().chars().count(), 121);
    }
}
