//! Letters, near enough. What Unicode says of every character is 20 KB of tables in the engine; what is asked here
//! is whether a name is found whichever case it is typed in, and whether a text shows what it holds.

/// The small letter of a Latin letter, with its accents: `É` is `é`, `Ŵ` is `ŵ`. Everything else is itself.
pub fn lower(letter: char) -> char {
    let code = u32::from(letter);
    let small = match code {
        0x41..=0x5A | 0xC0..=0xD6 | 0xD8..=0xDE => code + 32,
        // Capital and small letters in turn, the capital on an even place, then on an odd one.
        0x100..=0x12F | 0x132..=0x137 | 0x14A..=0x177 | 0x1E00..=0x1E95 | 0x1EA0..=0x1EFF => {
            code | 1
        }
        0x139..=0x148 | 0x179..=0x17E => code + (code & 1),
        0x178 => 0xFF,
        _ => code,
    };
    char::from_u32(small).unwrap_or(letter)
}

/// Whether a character is part of a word: a letter or a digit. Outside ASCII only the blocks of signs and punctuation
/// that texts in English use are not.
pub fn is_of_word(character: char) -> bool {
    match character {
        '\0'..='\u{7F}' => character.is_ascii_alphanumeric(),
        '\u{AA}' | '\u{B5}' | '\u{BA}' => true,
        _ => !is_sign(character),
    }
}

/// The blocks of signs and punctuation outside ASCII.
fn is_sign(character: char) -> bool {
    matches!(character,
        '\u{80}'..='\u{BF}' | '×' | '÷'
        // Punctuation, symbols, arrows, box drawings, dingbats; then CJK punctuation.
        | '\u{2000}'..='\u{2BFF}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}'
        // Private use, variation selectors, byte order mark, specials, pictographs, tags.
        | '\u{E000}'..='\u{F8FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{FFF0}'..='\u{FFFF}' | '\u{1F000}'..='\u{1FAFF}' | '\u{E0000}'..=char::MAX)
}

/// Whether a character shows nothing, or changes how others are shown. Line breaks and tabs do not count.
pub fn is_unseen(character: char) -> bool {
    match character {
        '\n' | '\t' => false,
        // Soft hyphen, combining grapheme joiner, Arabic letter mark, Hangul and Mongolian fillers.
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{180B}'..='\u{180F}'
        // Zero widths, marks, embeddings, overrides, isolates, separators, invisible operators.
        | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        // Fillers, variation selectors, byte order mark, annotation anchors.
        | '\u{3164}' | '\u{FFA0}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
        // Tags and further variation selectors.
        | '\u{E0000}'..='\u{E0FFF}' => true,
        other => other.is_control(),
    }
}

/// Whether a text holds another. A search made for long texts is 2 KB of the engine; these are answers and names.
pub fn holds(text: &str, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    part.is_empty() || text.windows(part.len()).any(|window| window == part)
}

/// Joining texts, in one piece of code for all kinds of text.
pub trait Join {
    /// The texts in order, with another between each two.
    fn joined(&self, between: &str) -> String;
}

impl<T: AsRef<str>> Join for [T] {
    fn joined(&self, between: &str) -> String {
        let mut joined = String::new();
        for (place, text) in self.iter().enumerate() {
            if place > 0 {
                joined.push_str(between);
            }
            joined.push_str(text.as_ref());
        }
        joined
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_holds_its_parts_and_is_joined_of_them() {
        for (text, part) in [("Ångström", "ngst"), ("a", ""), ("", ""), ("ab", "ab"), ("a", "ab")]
        {
            assert_eq!(holds(text, part), text.contains(part), "{text} {part}");
        }
        assert_eq!(["a", "", "b"].joined(", "), ["a", "", "b"].join(", "));
        assert_eq!(Vec::<String>::new().joined(", "), "");
    }

    #[test]
    fn small_letters_are_those_of_unicode_where_there_is_one() {
        for code in (0..0x180).chain(0x1E00..0x1F00).filter(|code| *code != 0x130) {
            let letter = char::from_u32(code).unwrap();
            let small: Vec<char> = letter.to_lowercase().collect();
            if ('\u{1E96}'..'\u{1EA0}').contains(&letter) {
                assert_eq!(lower(letter), letter, "few, and in no name");
            } else {
                assert_eq!(small, [lower(letter)], "{letter}");
            }
        }
    }

    #[test]
    fn words_are_parted_where_unicode_parts_them() {
        for code in (0..0x250).chain(0x370..0x3FF).chain(0x1E00..0x1F00).chain(0x2000..0x2070) {
            let Some(character) = char::from_u32(code) else { continue };
            // Superscript digits, fractions and signs among the Greek letters.
            let differs = matches!(code, 0xB2 | 0xB3 | 0xB9 | 0xBC..=0xBE)
                || (0x370..0x3FF).contains(&code) && !character.is_alphanumeric();
            if !differs {
                assert_eq!(is_of_word(character), character.is_alphanumeric(), "{code:X}");
            }
        }
        for character in ['’', '“', '–', '…', '🙂', '→', '\u{A0}'] {
            assert!(!is_of_word(character), "{character}");
        }
    }
}
