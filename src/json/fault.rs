//! What can be wrong with a document, in words.

use thiserror::Error;

use super::place::{Place, Shown};
use super::{MAX_BYTES, MAX_DEPTH, MAX_INTEGER, MAX_VALUES};

/// Why a document was not read. The reader stops at the first fault.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ReadFault {
    /// The text begins with U+FEFF (RFC 8259 section 8.1).
    #[error("the text starts with a byte-order mark")]
    ByteOrderMark,
    /// A control character, U+0000 to U+001F, stands unescaped in a string.
    #[error("an unescaped control character in a string: U+{code:04X}")]
    ControlCharacter {
        /// The character's code point.
        code: u8,
    },
    /// Objects and arrays are nested deeper than [`MAX_DEPTH`].
    #[error("nested more than {MAX_DEPTH} deep")]
    Depth,
    /// Two members of one object have the same name once escapes are undone.
    #[error("a name is used twice: \"{}\"", Shown(name))]
    DuplicateName {
        /// The name, unescaped.
        name: String,
    },
    /// The text stops inside a value, or before one.
    #[error("the text stops before its JSON is complete")]
    Ended,
    /// A backslash is followed by something that RFC 8259 section 7 does not list.
    #[error("an unknown escape in a string")]
    Escape,
    /// A number has a fraction or an exponent.
    #[error("a number that is not written as a whole number")]
    Fraction,
    /// A whole number beyond ±[`MAX_INTEGER`].
    #[error("a whole number outside ±{MAX_INTEGER}")]
    IntegerSize,
    /// A number starts with a zero that says nothing, as in 012.
    #[error("a number that starts with a needless zero")]
    LeadingZero,
    /// The number −0, which some readers turn into 0 and others keep.
    #[error("minus zero")]
    MinusZero,
    /// A Unicode noncharacter, such as U+FFFE (RFC 7493 section 2.1).
    #[error("a code point that is not a character: U+{code:04X}")]
    Noncharacter {
        /// The code point.
        code: u32,
    },
    /// The bytes are not UTF-8.
    #[error("the text is not UTF-8")]
    NotUtf8,
    /// The value is good JSON but not of the shape asked for.
    #[error("{reason}")]
    Shape {
        /// What was found and what was expected.
        reason: String,
    },
    /// Half of a surrogate pair, as in `"\ud800"`.
    #[error("an escape that is half of a surrogate pair")]
    Surrogate,
    /// More than [`MAX_BYTES`].
    #[error("the text is {bytes} bytes, the limit is {MAX_BYTES}")]
    TooLong {
        /// The length found.
        bytes: usize,
    },
    /// More than [`MAX_VALUES`] values.
    #[error("the text holds more than {MAX_VALUES} values")]
    TooMany,
    /// Something other than white space follows the value.
    #[error("something follows the end of the JSON")]
    Trailing,
    /// A character that cannot stand here.
    #[error("found \"{}\", expected {expected}", Shown(found.encode_utf8(&mut [0; 4])))]
    Unexpected {
        /// What could stand here.
        expected: &'static str,
        /// What does.
        found: char,
    },
}

impl ReadFault {
    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::ByteOrderMark | Self::NotUtf8 => {
                "Save the file again as UTF-8 without a byte-order mark, or ask the sender for it again"
            }
            Self::Ended => "This copy is not complete: ask the sender for the file again",
            Self::TooLong { .. } | Self::TooMany => "Check that this is the file you meant",
            Self::Shape { .. } => {
                "Check that this is the kind of file you meant, and that it was not edited by hand"
            }
            _ => "Ask the sender for the file again, as it was saved and not edited by hand",
        }
    }
}

/// A fault and its place. Displays as a sentence without capital or full stop, such as
/// `a name is used twice: "a" (line 3, byte 41, at /return/answers)`.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("{fault} ({place})")]
pub struct ReadError {
    /// What is wrong.
    pub fault: ReadFault,
    /// Where.
    pub place: Place,
}

impl ReadError {
    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        self.fault.remedy()
    }
}
