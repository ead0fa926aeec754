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

use crate::json::{Members, ShapeError, Value, object};
use crate::sign::{
    DocumentError, Header, Issue, IssueError, Kind, SecretKey, Thumbprint, document, issue,
};
use crate::time::Instant;

/// The most keys a register holds. With all of its members a key is eight values, and a file of more than 65,536 is not
/// read: a register of more keys could be written and never opened.
pub const MOST_KEYS: usize = 8_000;

/// A register of senders.
#[derive(Clone, Debug)]
pub struct Register {
    issue: Issue,
    supersedes: Option<String>,
    issued_at: Instant,
    entries: Vec<Entry>,
}

impl Register {
    /// Reads a register. `signer` is the thumbprint that the operator states; `held` the highest issue
    /// that the operator has had: [`Register::issue`] is the highest after it.
    ///
    /// # Errors
    /// Every [`IssueError`].
    pub fn read(
        bytes: &[u8],
        signer: &Thumbprint,
        held: Option<&Issue>,
    ) -> Result<Self, IssueError> {
        let document = issue::open(bytes, Kind::Register, signer)?;
        let mut register = Self::of(&document.payload, document.id)
            .map_err(|error| DocumentError::other(Kind::Register, error.to_string()))?;
        register.issue = issue::newest(register.issue, Kind::Register, held)?;
        Ok(register)
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
        issue::follows(serial, supersedes.as_deref())?;
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
        Ok(Self { issue: Issue { serial, id }, supersedes, issued_at, entries })
    }

    /// The first register, with no keys in it.
    pub fn new(issued_at: Instant) -> Self {
        Self { issue: unsealed(1), supersedes: None, issued_at, entries: Vec::new() }
    }

    /// The next register after this one, with the same keys.
    #[must_use]
    pub fn next(&self, issued_at: Instant) -> Self {
        Self {
            issue: unsealed(self.issue.serial + 1),
            supersedes: Some(self.issue.id.clone()),
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
            ("serial", self.issue.serial.into()),
        ];
        if let Some(id) = &self.supersedes {
            members.push(("supersedes", id.into()));
        }
        object(&mut members)
    }

    /// Its id: SHA-256 of its canonical form; empty while it is not sealed.
    pub fn id(&self) -> &str {
        &self.issue.id
    }

    /// Its number and its id.
    pub fn issue(&self) -> &Issue {
        &self.issue
    }

    /// Its serial number, from 1.
    pub fn serial(&self) -> i64 {
        self.issue.serial
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

/// An issue that nobody has sealed yet.
fn unsealed(serial: i64) -> Issue {
    Issue { serial, id: String::new() }
}
