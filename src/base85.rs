//! Bytes in 85 letters, four bytes in five: how a page that is one file carries its engines. A quarter longer than the bytes,
//! where base64 is a third.
//!
//! The letters are those of RFC 1924 section 4.2 with a comma in place of `<`, so that nothing among them ends or begins an
//! element, or needs an escape in a script. Groups are as in Ascii85: four bytes, most significant first; fewer bytes
//! at the end give as many letters and one. `python3 -c 'base64.b85decode(text.replace(",", "<"))'` reads it too;
//! `www/unpack.js` is what the pages read it with. Of the libraries, none has letters that a page can hold.

use thiserror::Error;

const LETTERS: &[u8; 85] =
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;,=>?@^_`{|}~";

/// A text that was not written by [`encode`].
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("no bytes in 85 letters")]
pub struct NotBase85;

/// The bytes in 85 letters.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(4).saturating_mul(5));
    for group in bytes.chunks(4) {
        let mut four = [0; 4];
        for (to, from) in four.iter_mut().zip(group) {
            *to = *from;
        }
        let mut left = u32::from_be_bytes(four);
        let mut five = [0; 5];
        for place in five.iter_mut().rev() {
            let letter = usize::try_from(left % 85).ok().and_then(|at| LETTERS.get(at));
            *place = letter.copied().unwrap_or_default();
            left /= 85;
        }
        text.extend(
            five.iter().take(group.len().saturating_add(1)).map(|letter| char::from(*letter)),
        );
    }
    text
}

/// The bytes of a text that [`encode`] wrote.
///
/// # Errors
///
/// [`NotBase85`] for every other text.
pub fn decode(text: &str) -> Result<Vec<u8>, NotBase85> {
    let mut bytes = Vec::with_capacity(text.len().saturating_mul(4) / 5);
    for group in text.as_bytes().chunks(5) {
        let mut word: u32 = 0;
        for at in 0..5 {
            // What is left out stands for the highest letter.
            let value = match group.get(at) {
                Some(letter) => {
                    LETTERS.iter().position(|known| known == letter).ok_or(NotBase85)?
                }
                None => LETTERS.len().saturating_sub(1),
            };
            let value = u32::try_from(value).map_err(|_| NotBase85)?;
            word =
                word.checked_mul(85).and_then(|word| word.checked_add(value)).ok_or(NotBase85)?;
        }
        bytes.extend(word.to_be_bytes().iter().take(group.len().saturating_sub(1)));
    }
    if encode(&bytes) == text { Ok(bytes) } else { Err(NotBase85) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_letters_are_those_of_rfc_1924_but_for_one() {
        // What base64.b85encode of Python 3.11 gives for these.
        let known: [(&[u8], &str); 5] = [
            (b"", ""),
            (b"a", "VE"),
            (b"hello world", "Xk~0{Zy,MXa%^M"),
            (&[0xff; 4], "|NsC0"),
            (&[0, 0, 0, 0, 0], "0000000"),
        ];
        for (bytes, text) in known {
            assert_eq!(encode(bytes), text);
            assert_eq!(decode(text).as_deref(), Ok(bytes));
        }
    }

    #[test]
    fn what_no_bytes_give_is_refused() {
        for text in ["V", "VE ", "<", "~~~~~", "\"", "VF", "é"] {
            assert_eq!(decode(text), Err(NotBase85), "{text}");
        }
    }

    proptest! {
        #[test]
        fn bytes_come_back_and_nothing_in_the_text_needs_an_escape(bytes: Vec<u8>) {
            let text = encode(&bytes);
            prop_assert!(!text.contains(['<', '"', '\'', '\\', '/']));
            prop_assert_eq!(decode(&text), Ok(bytes));
        }
    }
}
