//! The expected list: who owes which return. Re-issuable with a serial number, and no part of the
//! collection's hash.

use crate::json::{Members, ShapeError, Value};

/// The `format` every expected list carries.
pub const FORMAT: &str = "ia-expected/1";

/// Who owes which return in one collection.
#[derive(Clone, Debug)]
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
    pub note: String,
    /// The organisations, in order of code.
    pub organisations: Vec<Owes>,
}

/// What one organisation owes.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Owes {
    /// The ODS code.
    pub code: String,
    /// The actions it is in, by id.
    pub actions: Vec<String>,
    /// The returns it owes, by template id.
    pub returns: Vec<String>,
}

impl Owes {
    fn read(value: &Value) -> Result<Self, ShapeError> {
        let mut m = Members::of(value);
        let owes =
            Self { code: m.text("code"), actions: m.texts("actions"), returns: m.texts("returns") };
        m.done(owes)
    }
}

impl Expected {
    /// Reads an expected list.
    ///
    /// # Errors
    /// The first member that is missing, unknown or of another type.
    pub fn read(value: &Value) -> Result<Self, ShapeError> {
        let mut m = Members::of(value);
        let expected = Self {
            format: m.text("format"),
            collection: m.text("collection"),
            serial: m.whole("serial"),
            issued: m.text("issued"),
            complete: m.flag("complete"),
            note: m.maybe_text("note").unwrap_or_default(),
            organisations: m.list("organisations", Owes::read),
        };
        let expected = m.done(expected)?;
        if expected.format == FORMAT {
            Ok(expected)
        } else {
            Err(crate::json::found(&Value::String(expected.format), FORMAT).under("format"))
        }
    }

    /// What this organisation owes; `None` where the list does not name it.
    pub fn of(&self, code: &str) -> Option<&Owes> {
        self.organisations.iter().find(|item| item.code == code)
    }
}
