//! The expected list: who owes which return. Re-issuable with a serial number, and no part of the
//! collection's hash.

use serde::{Deserialize, Serialize};

/// The `format` every expected list carries.
pub const FORMAT: &str = "ia-expected/1";

/// Who owes which return in one collection.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// Always [`FORMAT`].
    pub format: String,
    /// The collection's id.
    pub collection: String,
    /// Goes up with each issue.
    pub serial: i64,
    /// The date of issue.
    pub issued: String,
    /// Whether it names everybody. No percentage is shown while it does not.
    pub complete: bool,
    /// What is missing, and how to complete it.
    #[serde(default)]
    pub note: String,
    /// The organisations, in order of code.
    #[serde(default)]
    pub organisations: Vec<Owes>,
}

/// What one organisation owes.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Owes {
    /// The ODS code.
    pub code: String,
    /// The actions it is in, by id.
    pub actions: Vec<String>,
    /// The returns it owes, by template id.
    pub returns: Vec<String>,
}

impl Expected {
    /// What this organisation owes; `None` where the list does not name it.
    pub fn of(&self, code: &str) -> Option<&Owes> {
        self.organisations.iter().find(|item| item.code == code)
    }
}
