//! Lists that are issued again and again: signed by whoever the operator named, under a number that only goes up.
//!
//! A register of senders and an expected list are such lists. What an operator has had is an argument here and the
//! newest is a result: who remembers it, and where, is for the edges to know.

use super::document::{self, Document, DocumentError};
use super::{Kind, Thumbprint};
use crate::hash::is_sha256_hex;
use crate::json::ShapeError;
use thiserror::Error;

/// Which issue of a list it is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Issue {
    /// Its number, from 1.
    pub serial: i64,
    /// Its id: SHA-256 of its canonical form. Empty where only the number is known.
    pub id: String,
}

/// Why a list is not taken. Displays as a sentence without its full stop.
#[derive(Clone, Debug, Error)]
pub enum IssueError {
    /// The file is not such a list, or was changed.
    #[error("{0}")]
    Document(#[from] DocumentError),
    /// It is signed by somebody else than the operator named.
    #[error("{} is not sealed by {expected}, whom you named", this(*kind))]
    OtherSigner {
        /// What it should be.
        kind: Kind,
        /// The thumbprint that the operator stated.
        expected: Thumbprint,
    },
    /// An older one than the operator has had.
    #[error("{} has number {found}; you have had number {held} already", this(*kind))]
    Older {
        /// What it is.
        kind: Kind,
        /// Its number.
        found: i64,
        /// The highest that was held.
        held: i64,
    },
    /// Another one of the same number says something else.
    #[error("{} has number {number}; you have had another with that number, which says something else", this(*kind))]
    Twice {
        /// What it is.
        kind: Kind,
        /// The number of both.
        number: i64,
    },
}

fn this(kind: Kind) -> String {
    let words = kind.words();
    format!("this {}", words.strip_prefix("a ").unwrap_or(words))
}

impl IssueError {
    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Document(error) => error.remedy(),
            Self::OtherSigner { .. } => {
                "Ask who keeps the list for it again, and compare the thumbprint with theirs."
            }
            Self::Older { .. } => "Use the newest list.",
            Self::Twice { .. } => {
                "Ask who keeps the list which of the two is right, and for one with a higher number."
            }
        }
    }

    /// One word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Document(error) => error.code(),
            Self::OtherSigner { .. } => "other_keeper",
            Self::Older { .. } => "older",
            Self::Twice { .. } => "same_number",
        }
    }
}

/// Opens a list that one of its signatures is by `signer`.
///
/// # Errors
/// [`IssueError::Document`] or [`IssueError::OtherSigner`].
pub fn open(bytes: &[u8], kind: Kind, signer: &Thumbprint) -> Result<Document, IssueError> {
    let document = document::read(bytes, kind)?.verify()?;
    if document.signatures.iter().any(|found| found.thumbprint == *signer) {
        Ok(document)
    } else {
        Err(IssueError::OtherSigner { kind, expected: *signer })
    }
}

/// Whether an issue may be taken after the highest that the operator has had, which is `held`. If so, it is the highest
/// from now on.
///
/// # Errors
/// [`IssueError::Older`] or [`IssueError::Twice`].
pub fn newest(found: Issue, kind: Kind, held: Option<&Issue>) -> Result<Issue, IssueError> {
    let Some(Issue { serial, id }) = held else { return Ok(found) };
    if found.serial < *serial {
        return Err(IssueError::Older { kind, found: found.serial, held: *serial });
    }
    if found.serial == *serial && !id.is_empty() && found.id != *id {
        return Err(IssueError::Twice { kind, number: *serial });
    }
    Ok(found)
}

/// Whether the number and what is replaced go together.
///
/// # Errors
/// A number below 1; number 1 that replaces something; a later one that does not name what it replaces by its id.
pub fn follows(serial: i64, supersedes: Option<&str>) -> Result<(), ShapeError> {
    let fits = match supersedes {
        None => serial == 1,
        Some(id) => serial > 1 && is_sha256_hex(id),
    };
    if fits {
        return Ok(());
    }
    let reason = "number 1 replaces nothing, each later one names what it replaces by its id";
    Err(ShapeError { pointer: "/serial".to_owned(), reason: reason.to_owned() })
}
