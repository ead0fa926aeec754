//! Which key belongs to whom: the register of senders, requests to be put into it, and what it says
//! of a signature.
//!
//! In: signed files, and the thumbprint of whoever may sign registers, which the operator states. Out:
//! a [`Register`], which comes only from [`Register::read`] or [`Register::new`], and a [`Standing`] for
//! a signature. An unknown sender never stops a return counting, unless the collection says so.

mod enrolment;
mod entry;
mod standing;

pub use enrolment::Enrolment;
pub use entry::{Entry, Revocation};
pub use standing::{Received, Source, Standing};

use crate::hash::is_sha256_hex;
use crate::json::{Members, ShapeError, Value, object};
use crate::sign::{DocumentError, Header, Kind, SecretKey, Thumbprint, document};
use crate::time::Instant;
use thiserror::Error;

/// The most keys a register holds. With all of its members a key is eight values, and a file of more than 65,536 is not
/// read: a register of more keys could be written and never opened.
pub const MOST_KEYS: usize = 8_000;

/// A register of senders.
#[derive(Clone, Debug)]
pub struct Register {
    id: String,
    serial: i64,
    supersedes: Option<String>,
    issued_at: Instant,
    entries: Vec<Entry>,
}

/// Why a register is not taken. Displays as a sentence without its full stop.
#[derive(Debug, Error)]
pub enum RegisterError {
    /// The file is not a register, or was changed.
    #[error("{0}")]
    Document(#[from] DocumentError),
    /// It is signed by somebody else than the operator trusts with it.
    #[error("this list of senders is not sealed by {expected}, whom you named")]
    OtherSigner {
        /// The thumbprint that the operator stated.
        expected: Thumbprint,
    },
    /// An older one than the operator has had.
    #[error("this list of senders has number {found}; you have had number {held} already")]
    Older {
        /// Its serial number.
        found: i64,
        /// The highest that was held.
        held: i64,
    },
}

impl RegisterError {
    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Document(error) => error.remedy(),
            Self::OtherSigner { .. } => {
                "Ask who keeps the list for it again, and compare the thumbprint with theirs."
            }
            Self::Older { .. } => "Use the newest list.",
        }
    }

    /// One word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Document(error) => error.code(),
            Self::OtherSigner { .. } => "other_keeper",
            Self::Older { .. } => "older",
        }
    }
}

impl Register {
    /// Reads a register. `signer` is the thumbprint that the operator states; `held` the highest serial
    /// number that the operator has had.
    ///
    /// # Errors
    /// Every [`RegisterError`].
    pub fn read(
        bytes: &[u8],
        signer: &Thumbprint,
        held: Option<i64>,
    ) -> Result<Self, RegisterError> {
        let document = document::read(bytes, Kind::Register)?.verify()?;
        if !document.signatures.iter().any(|found| found.thumbprint == *signer) {
            return Err(RegisterError::OtherSigner { expected: *signer });
        }
        let register = Self::of(&document.payload, document.id.clone())
            .map_err(|error| DocumentError::other(Kind::Register, error.to_string()))?;
        match held {
            Some(held) if register.serial < held => {
                Err(RegisterError::Older { found: register.serial, held })
            }
            _ => Ok(register),
        }
    }

    fn of(payload: &Value, id: String) -> Result<Self, ShapeError> {
        let mut m = Members::of(payload);
        let _ = m.text("format");
        let (serial, supersedes) = (m.whole("serial"), m.maybe_text("supersedes"));
        let issued_at = m.text("issued_at");
        let entries = m.items("keys", Entry::read);
        m.done(())?;
        let fault = |pointer: &str, reason: &str| ShapeError {
            pointer: pointer.to_owned(),
            reason: reason.to_owned(),
        };
        let follows = supersedes.as_deref().map_or(serial == 1, is_sha256_hex);
        if serial < 1 || !follows || (serial == 1 && supersedes.is_some()) {
            let reason =
                "number 1 replaces nothing, each later one names what it replaces by its id";
            return Err(fault("/serial", reason));
        }
        if entries.len() > MOST_KEYS {
            return Err(fault("/keys", "there are more keys than are read"));
        }
        let twice = entries.iter().enumerate().find(|(number, entry)| {
            let same = |other: &Entry| other.is_about(entry.thumbprint(), entry.organisation());
            entries.iter().take(*number).any(same)
        });
        if let Some((number, _)) = twice {
            return Err(fault(&format!("/keys/{number}"), "this key is there already"));
        }
        let issued_at =
            Instant::parse(&issued_at).map_err(|error| fault("/issued_at", &error.to_string()))?;
        Ok(Self { id, serial, supersedes, issued_at, entries })
    }

    /// The first register, with no keys in it.
    pub fn new(issued_at: Instant) -> Self {
        Self { id: String::new(), serial: 1, supersedes: None, issued_at, entries: Vec::new() }
    }

    /// The next register after this one, with the same keys.
    #[must_use]
    pub fn next(&self, issued_at: Instant) -> Self {
        Self {
            id: String::new(),
            serial: self.serial + 1,
            supersedes: Some(self.id.clone()),
            issued_at,
            entries: self.entries.clone(),
        }
    }

    /// Puts a key in; false where it is there already for that organisation.
    pub fn add(&mut self, entry: Entry) -> bool {
        let same = |other: &Entry| other.is_about(entry.thumbprint(), entry.organisation());
        if self.entries.len() >= MOST_KEYS || self.entries.iter().any(same) {
            return false;
        }
        self.entries.push(entry);
        self.entries.sort_by(|a, b| a.order().cmp(&b.order()));
        true
    }

    /// Revokes a key wherever it stands; false where it is not there, or revoked already.
    pub fn revoke(&mut self, key: &Thumbprint, revocation: &Revocation) -> bool {
        let mut done = false;
        for entry in self.entries.iter_mut().filter(|entry| entry.thumbprint() == *key) {
            done |= entry.revoke(revocation.clone());
        }
        done
    }

    /// Seals it.
    pub fn seal(&self, key: &SecretKey, header: &Header) -> String {
        let payload = self.to_json();
        let signature = document::signature(&payload, Kind::Register, key, header);
        document::write(payload, Kind::Register, vec![signature])
    }

    fn to_json(&self) -> Value {
        let keys: Value = self.entries.iter().map(Entry::to_json).collect();
        let mut members = vec![
            ("format", Kind::Register.format().into()),
            ("issued_at", self.issued_at.to_london_text().into()),
            ("keys", keys),
            ("serial", self.serial.into()),
        ];
        if let Some(id) = &self.supersedes {
            members.push(("supersedes", id.into()));
        }
        object(&mut members)
    }

    /// Its id: SHA-256 of its canonical form; empty while it is not sealed.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its serial number, from 1.
    pub fn serial(&self) -> i64 {
        self.serial
    }

    /// When it was issued, by the clock of whoever keeps it.
    pub fn issued_at(&self) -> Instant {
        self.issued_at
    }

    /// The keys, in order of organisation.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}
