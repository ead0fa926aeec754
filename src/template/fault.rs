//! What is wrong with a template or a collection, and where.

use crate::gather::Gather as _;
use crate::json::{self, ReadError, ShapeError};
use std::fmt;

/// Whether faults are put into words. A page carries collections whose faults were all mended when they were compiled, so its
/// engine keeps the way to one, and none of the words.
pub(crate) const IN_WORDS: bool = cfg!(not(target_arch = "wasm32"));

/// One step of the way to a member: its name, or its number in a list (from 0).
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Step {
    /// A member's name.
    Name(String),
    /// A place in a list, from 0.
    Index(usize),
}

impl From<&str> for Step {
    fn from(name: &str) -> Self {
        Self::Name(name.to_owned())
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

/// A fault in authored data: what is wrong, where, and what to do.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fault {
    /// The way to the member.
    pub path: Vec<Step>,
    /// How far into the member's text, in bytes, where that is known.
    pub offset: usize,
    /// What is wrong, in lower case, with the facts.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl Fault {
    /// A fault at a member as a whole.
    ///
    /// In a page its words are left out, and only its way is kept: what the page carries was compiled with every fault mended.
    #[inline]
    pub fn new(path: &[Step], message: impl Into<String>, help: impl Into<String>) -> Self {
        if IN_WORDS {
            Self::in_words(path, message.into(), help.into())
        } else {
            Self::in_words(path, "this cannot be used".to_owned(), String::new())
        }
    }

    fn in_words(path: &[Step], message: String, help: String) -> Self {
        Self { path: path.to_vec(), offset: 0, message, help }
    }

    /// A member that is missing, unknown or of another type.
    pub fn of_shape(error: &ShapeError) -> Self {
        let help = "See docs/template-authors.md for what stands here.";
        Self::in_words(&steps(&error.pointer), error.reason.clone(), help.to_owned())
    }

    /// A document that cannot be read at all.
    pub fn of_text(error: &ReadError) -> Self {
        let help = "Build the file again from its source.".to_owned();
        Self::in_words(&[], error.to_string(), help)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, step) in self.path.iter().enumerate() {
            match step {
                Step::Name(name) if number == 0 => write!(f, "{name}")?,
                Step::Name(name) => write!(f, ".{name}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        write!(f, ": {}", self.message)
    }
}

/// The steps of a JSON pointer (RFC 6901).
fn steps(pointer: &str) -> Vec<Step> {
    let step = |step: &str| match step.parse() {
        Ok(index) => Step::Index(index),
        Err(_) => Step::Name(json::unescape(step)),
    };
    pointer.split('/').skip(1).map(step).gather()
}

/// Builds the way to a member: `way!["rule", 3, "when"]`.
macro_rules! way {
    ($($step:expr),* $(,)?) => { &[$($crate::template::Step::from($step)),*][..] };
}
pub(crate) use way;

/// Builds the words of a fault where faults are put into words: `words!("there is no list “{name}”")`.
macro_rules! words {
    ($($part:tt)*) => {
        if $crate::template::IN_WORDS { format!($($part)*) } else { String::new() }
    };
}
pub(crate) use words;
