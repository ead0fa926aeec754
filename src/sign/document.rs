//! Signed files: one object of a known kind, and the signatures over its canonical form.
//!
//! `{"register": {…}, "signatures": [{"protected": …, "signature": …}]}`: the member's name, its
//! `format` and the `typ` of every signature say the kind, each refused in another's place.

use super::jws::{self, Kind, Signature, SignatureError, Verified};
use super::{Header, SecretKey};
use crate::hash::sha256_hex;
use crate::json::{self, Members, ReadError, Value, object, refuse_null};
use thiserror::Error;

/// The most signatures that are read: each costs a pass over the whole object.
pub const MOST_SIGNATURES: usize = 8;

const KINDS: [Kind; 5] =
    [Kind::Enrolment, Kind::ExpectedList, Kind::Receipt, Kind::Register, Kind::Return];

impl Kind {
    /// The member that holds the object.
    pub fn member(self) -> &'static str {
        match self {
            Self::Enrolment => "enrolment",
            Self::ExpectedList => "expected",
            Self::Receipt => "receipt",
            Self::Register => "register",
            Self::Return => "return",
        }
    }

    /// What the object's `format` says.
    pub fn format(self) -> &'static str {
        match self {
            Self::Enrolment => "ia-enrolment/1",
            Self::ExpectedList => "ia-expected/1",
            Self::Receipt => "ia-receipt/1",
            Self::Register => "ia-register/1",
            Self::Return => "ia-return/1",
        }
    }

    /// What people call it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Enrolment => "a request to confirm a sender",
            Self::ExpectedList => "a list of expected returns",
            Self::Receipt => "a receipt",
            Self::Register => "a list of senders",
            Self::Return => "a sealed return",
        }
    }
}

/// Why a signed file is refused. Displays as a sentence without its full stop.
#[derive(Clone, Debug, Error)]
pub enum DocumentError {
    /// A signature does not fit: the file was changed after it was sealed, or is not whole.
    #[error("the file was changed after it was sealed: {reason} (signature {number})")]
    Changed {
        /// Which signature, from 1.
        number: usize,
        /// What does not fit.
        reason: SignatureError,
    },
    /// It has the form of something else.
    #[error("this is not {}: {reason}", kind.words())]
    Other {
        /// What it should be.
        kind: Kind,
        /// What does not fit.
        reason: String,
    },
    /// It is not readable.
    #[error("{0}")]
    Read(#[from] ReadError),
}

impl DocumentError {
    /// Says that it has the form of something else.
    pub fn other(kind: Kind, reason: impl Into<String>) -> Self {
        Self::Other { kind, reason: reason.into() }
    }

    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Changed { .. } => {
                "Ask the sender for the file as it was saved, and do not open it in other programs first."
            }
            Self::Other { kind: Kind::Return, .. } => {
                "Ask the sender for the file that the page saved when they sealed it."
            }
            Self::Other { .. } => "Check that you chose the right file.",
            Self::Read(error) => error.remedy(),
        }
    }

    /// One word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Changed { .. } => "changed",
            Self::Other { kind: Kind::Return, .. } => "not_a_return",
            Self::Other { .. } => "another_kind",
            Self::Read(_) => "not_readable",
        }
    }
}

/// A signed file whose outer form is right; nothing is verified yet.
#[derive(Clone, Debug)]
pub struct Parts {
    /// What the object says.
    pub payload: Value,
    kind: Kind,
    signatures: Vec<Signature>,
}

/// A signed file whose every signature fits. It comes only from [`Parts::verify`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Document {
    /// What the object says.
    pub payload: Value,
    /// Its canonical form (RFC 8785): the bytes that were signed.
    pub canonical: String,
    /// SHA-256 of that, lower-case hexadecimal.
    pub id: String,
    /// What each signature says, in the file's order.
    pub signatures: Vec<Verified>,
}

/// Reads the outer form of a signed file: strict JSON, the members of its kind and no others, its
/// format, 1 to [`MOST_SIGNATURES`] signatures.
///
/// # Errors
/// [`DocumentError::Read`] or [`DocumentError::Other`].
pub fn read(bytes: &[u8], kind: Kind) -> Result<Parts, DocumentError> {
    let mut value = json::read(bytes)?;
    let other = |reason: String| DocumentError::Other { kind, reason };
    if let Some(found) = KINDS.iter().find(|k| **k != kind && value.get(k.member()).is_some()) {
        return Err(other(format!("it is {}", found.words())));
    }
    let mut m = Members::of(&value);
    let _ = m.need(kind.member());
    let signatures = m.list("signatures", entry);
    m.done(()).map_err(|error| other(error.to_string()))?;
    if signatures.is_empty() || signatures.len() > MOST_SIGNATURES {
        let count = signatures.len();
        return Err(other(format!(
            "it has {count} signatures, from 1 to {MOST_SIGNATURES} are read"
        )));
    }
    // Moved, not copied: a hostile file is held once.
    let payload = value.get_mut(kind.member()).map(std::mem::take).unwrap_or_default();
    refuse_null(&payload).map_err(|error| other(error.to_string()))?;
    let format = payload.get("format").and_then(Value::as_str).unwrap_or_default();
    if format != kind.format() {
        return Err(other(format!("its format is “{format}”")));
    }
    Ok(Parts { payload, kind, signatures })
}

fn entry(m: &mut Members<'_>) -> Signature {
    Signature { protected: m.text("protected"), signature: m.text("signature") }
}

impl Parts {
    /// Verifies every signature over the canonical form.
    ///
    /// # Errors
    /// [`DocumentError::Changed`] where one does not fit, [`DocumentError::Other`] where one key
    /// signed twice.
    pub fn verify(self) -> Result<Document, DocumentError> {
        let canonical = json::canonical(&self.payload);
        let mut signatures: Vec<Verified> = Vec::new();
        for (index, entry) in self.signatures.iter().enumerate() {
            let number = index + 1;
            let verified = jws::verify(entry, self.kind, canonical.as_bytes())
                .map_err(|reason| DocumentError::Changed { number, reason })?;
            if signatures.iter().any(|other| other.thumbprint == verified.thumbprint) {
                let reason = format!("one key signed twice (signature {number})");
                return Err(DocumentError::Other { kind: self.kind, reason });
            }
            signatures.push(verified);
        }
        Ok(Document {
            id: sha256_hex(canonical.as_bytes()),
            payload: self.payload,
            canonical,
            signatures,
        })
    }
}

/// One entry of `signatures` over an object.
pub fn signature(payload: &Value, kind: Kind, key: &SecretKey, header: &Header) -> Value {
    let signed = jws::sign(key, kind, json::canonical(payload).as_bytes(), header);
    object(&mut [("protected", signed.protected.into()), ("signature", signed.signature.into())])
}

/// The text of a signed file.
pub fn write(payload: Value, kind: Kind, signatures: Vec<Value>) -> String {
    json::indented(&object(&mut [(kind.member(), payload), ("signatures", signatures.into())]))
}
