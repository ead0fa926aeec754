//! The expected list: who owes which return. Re-issuable with a serial number, and no part of the
//! collection's hash.

use super::Organisation;
use crate::json::{Members, ShapeError, Value};
use crate::sign::{DocumentError, Issue, IssueError, Kind, Thumbprint, Verified, issue};

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
    /// The returns it owes, by template id; a return in stages is owed at each.
    pub returns: Vec<String>,
    /// The ICB that asks it, where that is another than in the organisation list.
    pub icb_code: String,
    /// The region that asks it, where that is another than in the organisation list.
    pub region_code: String,
    /// Whom to ask.
    pub contacts: Vec<Contact>,
    /// By when the region wants a return, by template id: London time. On the line of a region, by when it wants it
    /// from its trusts and ICBs.
    pub deadlines: Vec<(String, String)>,
}

/// Somebody to ask. Everything may be empty, though not all of it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Contact {
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: String,
    /// Their work email address.
    pub email: String,
    /// Their work telephone number.
    pub phone: String,
}

impl Owes {
    fn read(m: &mut Members<'_>) -> Self {
        let time = |item: &Value| {
            item.as_str().map(str::to_owned).ok_or_else(|| crate::json::found(item, "text"))
        };
        Self {
            code: m.text("code"),
            actions: m.texts("actions"),
            returns: m.texts("returns"),
            icb_code: m.maybe_text("icb_code").unwrap_or_default(),
            region_code: m.maybe_text("region_code").unwrap_or_default(),
            contacts: m.list("contacts", Contact::read),
            deadlines: m.named("deadlines", time),
        }
    }

    /// The stored form, without what is empty.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn to_json(&self) -> Value {
        let texts = |pairs: &[(String, String)]| -> Value {
            pairs.iter().map(|(name, text)| (name.clone(), Value::String(text.clone()))).collect()
        };
        let contacts: Vec<Value> = self.contacts.iter().map(Contact::to_json).collect();
        let mut value = crate::json!({
            "actions": self.actions.clone(), "code": &self.code, "contacts": contacts,
            "deadlines": texts(&self.deadlines), "icb_code": &self.icb_code, "region_code": &self.region_code,
            "returns": self.returns.clone(),
        });
        without_empty(&mut value, &["actions", "returns"]);
        value
    }
}

impl Contact {
    fn read(m: &mut Members<'_>) -> Self {
        let mut text = |name| m.maybe_text(name).unwrap_or_default();
        Self { name: text("name"), role: text("role"), email: text("email"), phone: text("phone") }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn to_json(&self) -> Value {
        let Self { name, role, email, phone } = self;
        let mut value =
            crate::json!({ "email": email, "name": name, "phone": phone, "role": role });
        without_empty(&mut value, &[]);
        value
    }
}

/// Takes out what is empty, except what is always there.
#[cfg(not(target_arch = "wasm32"))]
fn without_empty(value: &mut Value, always: &[&str]) {
    let is_empty =
        |value: &Value| *value == "" || *value == crate::json!([]) || *value == crate::json!({});
    if let Some(members) = value.as_object_mut() {
        members.retain(&|name, value| always.contains(&name.as_str()) || !is_empty(value));
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

    /// The line of the region that asks this organisation: for its contacts.
    pub fn region_of(&self, organisation: &Organisation) -> Option<&Owes> {
        let own = self.of(&organisation.code).map(|owes| &owes.region_code);
        let own = own.filter(|code| !code.is_empty());
        self.of(own.unwrap_or(&organisation.region_code))
    }

    /// By when the region wants a return from this organisation, London time, where the list says so.
    pub fn deadline(&self, organisation: &Organisation, template: &str) -> Option<&str> {
        let lines = [self.of(&organisation.code), self.region_of(organisation)];
        let mut times = lines.into_iter().flatten().flat_map(|owes| &owes.deadlines);
        times.find(|(id, _)| id == template).map(|(_, time)| time.as_str())
    }

    /// Its canonical JSON.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn json(&self) -> String {
        crate::json::canonical(&self.to_json())
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn to_json(&self) -> Value {
        let organisations: Vec<Value> = self.organisations.iter().map(Owes::to_json).collect();
        let mut value = crate::json!({
            "collection": &self.collection, "complete": self.complete, "format": &self.format, "issued": &self.issued,
            "note": &self.note, "organisations": organisations, "serial": self.serial,
        });
        without_empty(&mut value, &["organisations"]);
        value
    }
}

/// An expected list that somebody signed: it names the one it replaces, which the list alone does not.
#[derive(Clone, Debug)]
pub struct SignedExpected {
    /// The list.
    pub list: Expected,
    /// The id of the list before it.
    pub supersedes: Option<String>,
    /// Its number and its id.
    pub issue: Issue,
    /// Who signed it.
    pub signatures: Vec<Verified>,
}

impl SignedExpected {
    /// Reads a signed expected list. `signer` is the thumbprint that the operator states. What the operator has had
    /// depends on the collection that the list names: that is for [`issue::newest`].
    ///
    /// # Errors
    /// [`IssueError::Document`] or [`IssueError::OtherSigner`].
    pub fn read(bytes: &[u8], signer: &Thumbprint) -> Result<Self, IssueError> {
        let mut document = issue::open(bytes, Kind::ExpectedList, signer)?;
        let members = document.payload.as_object_mut();
        let supersedes = members.and_then(|members| members.remove("supersedes"));
        let (list, supersedes) = Self::of(&document.payload, supersedes)
            .map_err(|error| DocumentError::other(Kind::ExpectedList, error.to_string()))?;
        let issue = Issue { serial: list.serial, id: document.id };
        Ok(Self { list, supersedes, issue, signatures: document.signatures })
    }

    fn of(
        payload: &Value,
        supersedes: Option<Value>,
    ) -> Result<(Expected, Option<String>), ShapeError> {
        let text = |value: Value| match value {
            Value::String(text) => Ok(text),
            other => Err(crate::json::found(&other, "text").under("supersedes")),
        };
        let supersedes = supersedes.map(text).transpose()?;
        let list = Expected::read(payload)?;
        issue::follows(list.serial, supersedes.as_deref())?;
        Ok((list, supersedes))
    }

    /// Seals a list. Nothing is looked at: [`SignedExpected::read`] refuses what cannot be.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn seal(
        list: &Expected,
        supersedes: Option<&str>,
        key: &crate::sign::SecretKey,
        header: &crate::sign::Header,
    ) -> String {
        use crate::sign::document;
        let mut payload = list.to_json();
        if let (Some(id), Some(members)) = (supersedes, payload.as_object_mut()) {
            members.insert("supersedes".to_owned(), id.into());
        }
        let signature = document::signature(&payload, Kind::ExpectedList, key, header);
        document::write(payload, Kind::ExpectedList, vec![signature])
    }
}
