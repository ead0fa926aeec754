//! What a register says of a signature, judged at the time its file was received.

use super::{Entry, Register};
use crate::sign::Thumbprint;
use crate::time::Instant;

/// How it is known when a file was received.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Source {
    /// The file's own time of change, which its bearer can set: only where the operator asks for it.
    Assumed,
    /// The header of the e-mail it came in.
    Email,
    /// A manifest.
    Manifest,
    /// A receipt that was given for it.
    Receipt,
    /// One time that the operator stated for all.
    Stated,
}

impl Source {
    /// One word for people and for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Assumed => "assumed",
            Self::Email => "email",
            Self::Manifest => "manifest",
            Self::Receipt => "receipt",
            Self::Stated => "stated",
        }
    }

    /// Whether it proves a time to somebody who was not there: what a sender can set does not.
    pub fn is_proof(self) -> bool {
        matches!(self, Self::Manifest | Self::Receipt)
    }
}

/// When a file was received. Unknown is unknown, never late.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Received {
    /// At this time.
    At(Instant, Source),
    /// Not known.
    Unknown,
}

impl Received {
    /// The time, where it is known.
    pub fn time(self) -> Option<Instant> {
        match self {
            Self::At(at, _) => Some(at),
            Self::Unknown => None,
        }
    }
}

/// What a register says of one signature.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Standing {
    /// The key had run out, or was not valid yet, when the file was received.
    Expired,
    /// The key belongs to this organisation.
    Known {
        /// The job title of whoever holds it.
        holder_role: String,
    },
    /// No register has this key.
    NotConfirmed,
    /// The key belongs to other organisations.
    OtherOrganisation {
        /// Their ODS codes.
        organisations: Vec<String>,
    },
    /// The key was revoked, and nothing proves that the file was received before.
    Revoked {
        /// When.
        at: Instant,
        /// Why.
        reason: String,
    },
}

impl Standing {
    /// One word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Expired => "key_expired",
            Self::Known { .. } => "known",
            Self::NotConfirmed => "not_confirmed",
            Self::OtherOrganisation { .. } => "other_organisation",
            Self::Revoked { .. } => "key_revoked",
        }
    }

    /// It in a sentence, without its full stop.
    pub fn sentence(&self) -> String {
        match self {
            Self::Expired => "known sender, but their key was not valid then".to_owned(),
            Self::Known { holder_role } => format!("known sender ({holder_role})"),
            Self::NotConfirmed => "sender not confirmed".to_owned(),
            Self::OtherOrganisation { organisations } => {
                format!("this key belongs to {}", organisations.join(", "))
            }
            Self::Revoked { at, reason } => {
                format!("this key was withdrawn at {}: {reason}", at.to_london_text())
            }
        }
    }

    /// What to do next.
    pub fn next_step(&self) -> &'static str {
        match self {
            Self::Expired => "Ask the sender to seal it again with a key that is valid.",
            Self::Known { .. } => "",
            Self::NotConfirmed => {
                "Call the organisation on a number you know and ask for the check code."
            }
            Self::OtherOrganisation { .. } => {
                "Do not count it. Ask the organisation that it names whether it is theirs."
            }
            Self::Revoked { .. } => {
                "Do not count it. Ask the organisation to seal it again with a new key."
            }
        }
    }

    /// Whether a return with this signature may count without anyone confirming its sender.
    pub fn is_known(&self) -> bool {
        matches!(self, Self::Known { .. })
    }

    /// Whether it stops a return from counting, whatever the collection says of unknown senders.
    pub fn is_against(&self) -> bool {
        matches!(self, Self::Expired | Self::OtherOrganisation { .. } | Self::Revoked { .. })
    }
}

impl Register {
    /// What it says of a key on a return of this organisation. Where it is not known when the file was
    /// received, it is judged as of `now`.
    pub fn standing(
        &self,
        key: &Thumbprint,
        organisation: &str,
        received: Received,
        now: Instant,
    ) -> Standing {
        let mine: Vec<&Entry> =
            self.entries().iter().filter(|entry| entry.thumbprint() == *key).collect();
        if mine.is_empty() {
            return Standing::NotConfirmed;
        }
        if let Some(entry) = mine.iter().find(|entry| entry.organisation() == organisation) {
            return entry.standing(received, now);
        }
        let organisations = mine.iter().map(|entry| entry.organisation().to_owned()).collect();
        Standing::OtherOrganisation { organisations }
    }
}

impl Entry {
    fn standing(&self, received: Received, now: Instant) -> Standing {
        if let Some(revocation) = self.revoked() {
            // A stolen key can date what it signs as it likes: only proof of an earlier receipt helps.
            let proven = matches!(
                received,
                Received::At(at, source) if source.is_proof() && at < revocation.at
            );
            if !proven {
                let (at, reason) = (revocation.at, revocation.reason.clone());
                return Standing::Revoked { at, reason };
            }
        }
        let at = received.time().unwrap_or(now);
        if at < self.valid_from() || self.valid_until().is_some_and(|until| at >= until) {
            return Standing::Expired;
        }
        Standing::Known { holder_role: self.holder_role().to_owned() }
    }
}
