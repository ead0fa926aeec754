//! One key of a register.

use crate::json::{Members, ShapeError, Value, object};
use crate::sign::Thumbprint;
use crate::time::Instant;

/// A key, and whose it is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Entry {
    key: Thumbprint,
    organisation: String,
    holder_role: String,
    valid_from: Instant,
    valid_until: Option<Instant>,
    revoked: Option<Revocation>,
}

/// That a key no longer speaks for anyone.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Revocation {
    /// From when.
    pub at: Instant,
    /// Why, in words.
    pub reason: String,
}

impl Entry {
    /// A key that is valid from a time on.
    pub fn new(
        key: Thumbprint,
        organisation: String,
        holder_role: String,
        valid_from: Instant,
        valid_until: Option<Instant>,
    ) -> Self {
        Self { key, organisation, holder_role, valid_from, valid_until, revoked: None }
    }

    pub(super) fn read(value: &Value) -> Result<Self, ShapeError> {
        let mut m = Members::of(value);
        let (key, organisation) = (m.text("key"), m.text("organisation"));
        let (holder_role, valid_from) = (m.text("holder_role"), m.text("valid_from"));
        let valid_until = m.maybe_text("valid_until");
        let (revoked_at, reason) = (m.maybe_text("revoked_at"), m.maybe_text("revoked_reason"));
        m.done(())?;
        let key = Thumbprint::parse(&key).map_err(|error| fault("/key", error.to_string()))?;
        let valid_from = moment("/valid_from", &valid_from)?;
        let valid_until = valid_until.map(|text| moment("/valid_until", &text)).transpose()?;
        if valid_until.is_some_and(|until| until <= valid_from) {
            return Err(fault("/valid_until", "this is not after valid_from"));
        }
        let revoked = match (revoked_at, reason) {
            (None, None) => None,
            (Some(at), Some(reason)) => {
                Some(Revocation { at: moment("/revoked_at", &at)?, reason })
            }
            _ => return Err(fault("/revoked_at", "a revoked key has a time and a reason")),
        };
        if organisation.is_empty() {
            return Err(fault("/organisation", "this is empty"));
        }
        Ok(Self { key, organisation, holder_role, valid_from, valid_until, revoked })
    }

    pub(super) fn to_json(&self) -> Value {
        let mut members = vec![
            ("holder_role", (&self.holder_role).into()),
            ("key", self.key.to_string().into()),
            ("organisation", (&self.organisation).into()),
            ("valid_from", self.valid_from.to_london_text().into()),
        ];
        if let Some(until) = self.valid_until {
            members.push(("valid_until", until.to_london_text().into()));
        }
        if let Some(Revocation { at, reason }) = &self.revoked {
            members.push(("revoked_at", at.to_london_text().into()));
            members.push(("revoked_reason", reason.into()));
        }
        object(&mut members)
    }

    pub(super) fn revoke(&mut self, revocation: Revocation) -> bool {
        let new = self.revoked.is_none();
        if new {
            self.revoked = Some(revocation);
        }
        new
    }

    pub(super) fn is_about(&self, key: Thumbprint, organisation: &str) -> bool {
        self.key == key && self.organisation == organisation
    }

    /// What entries are put in order by.
    pub(super) fn order(&self) -> (&str, String) {
        (&self.organisation, self.key.to_string())
    }

    /// The key's thumbprint (RFC 7638).
    pub fn thumbprint(&self) -> Thumbprint {
        self.key
    }

    /// The ODS code of the organisation it speaks for.
    pub fn organisation(&self) -> &str {
        &self.organisation
    }

    /// The job title of whoever holds it.
    pub fn holder_role(&self) -> &str {
        &self.holder_role
    }

    /// From when it is valid, inclusive.
    pub fn valid_from(&self) -> Instant {
        self.valid_from
    }

    /// Until when it is valid, exclusive; absent: until it is revoked.
    pub fn valid_until(&self) -> Option<Instant> {
        self.valid_until
    }

    /// Whether it was revoked, when and why.
    pub fn revoked(&self) -> Option<&Revocation> {
        self.revoked.as_ref()
    }
}

fn fault(pointer: &str, reason: impl Into<String>) -> ShapeError {
    ShapeError { pointer: pointer.to_owned(), reason: reason.into() }
}

fn moment(pointer: &str, text: &str) -> Result<Instant, ShapeError> {
    Instant::parse(text).map_err(|error| fault(pointer, error.to_string()))
}
