//! Two people: a second signature over the same bytes, and two files of one return as one.

use super::verify::Verified;
use crate::json::{self, Value};
use crate::sign::{Header, Kind, Role, SecretKey, document};
use thiserror::Error;

/// Why a return was not approved, or two files were not put together.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ApproveError {
    /// The key has signed it already: the preparer's, above all.
    #[error("this key has sealed the return already; a second person signs it off")]
    SameKey,
    /// The two files are of different returns.
    #[error("these are two returns, not two copies of one")]
    OtherReturn,
    /// No more signatures are read.
    #[error("the return has as many signatures as are read")]
    TooMany,
}

impl ApproveError {
    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::SameKey => "Use the key of the person who signs it off.",
            Self::OtherReturn => "Choose the copies that were signed from one file.",
            Self::TooMany => "Start from the file that the preparer sealed.",
        }
    }
}

/// Adds an approver's signature over the same bytes to a return that was verified; `bytes` is its file.
///
/// # Errors
/// [`ApproveError::SameKey`] or [`ApproveError::TooMany`].
pub fn approve(
    bytes: &[u8],
    verified: &Verified,
    key: &SecretKey,
    header: &Header,
) -> Result<String, ApproveError> {
    let thumbprint = key.public().thumbprint();
    if verified.signatures().iter().any(|found| found.thumbprint == thumbprint) {
        return Err(ApproveError::SameKey);
    }
    if verified.signatures().len() >= document::MOST_SIGNATURES {
        return Err(ApproveError::TooMany);
    }
    let (payload, mut signatures) = parts(bytes);
    let header = Header { role: Role::Approver, ..header.clone() };
    signatures.push(document::signature(&payload, Kind::Return, key, &header));
    Ok(document::write(payload, Kind::Return, signatures))
}

/// Puts two files of one return together: the signatures of the first, then those only the second has.
///
/// # Errors
/// [`ApproveError::OtherReturn`] or [`ApproveError::TooMany`].
pub fn merge(
    (first, a): (&[u8], &Verified),
    (second, b): (&[u8], &Verified),
) -> Result<String, ApproveError> {
    if a.id() != b.id() {
        return Err(ApproveError::OtherReturn);
    }
    let (payload, mut signatures) = parts(first);
    for (found, entry) in b.signatures().iter().zip(parts(second).1) {
        if !a.signatures().iter().any(|held| held.thumbprint == found.thumbprint) {
            signatures.push(entry);
        }
    }
    if signatures.len() > document::MOST_SIGNATURES {
        return Err(ApproveError::TooMany);
    }
    Ok(document::write(payload, Kind::Return, signatures))
}

/// What is signed and the signatures of a file that was verified, so that it is known to read.
fn parts(bytes: &[u8]) -> (Value, Vec<Value>) {
    let mut value = json::read(bytes).unwrap_or_default();
    let signatures = match value.get_mut("signatures").map(std::mem::take) {
        Some(Value::Array(signatures)) => signatures,
        _ => Vec::new(),
    };
    (value.get_mut("return").map(std::mem::take).unwrap_or_default(), signatures)
}
