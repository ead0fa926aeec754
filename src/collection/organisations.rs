//! A dated list of organisations: looked up, never matched by pattern.

use crate::hash::sha256_hex;
use crate::json::{self, Members, ReadError, ReadFault, ShapeError, Value};

/// The `format` every organisation list carries.
const FORMAT: &str = "ia-organisations/1";

/// One organisation, by the facts of the list's date.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Organisation {
    /// The ODS code.
    pub code: String,
    /// The name.
    pub name: String,
    /// `trust`, `icb` or `region`.
    pub kind: String,
    /// Services: `acute`, `ambulance`, `community`, `mental_health`, `specialist`.
    pub services: Vec<String>,
    /// The ICB's code; empty for an ICB or a region.
    pub icb_code: String,
    /// The region's code; empty for a region.
    pub region_code: String,
}

impl Organisation {
    fn read(value: &Value) -> Result<Self, ShapeError> {
        let mut m = Members::of(value);
        let organisation = Self {
            code: m.text("code"),
            name: m.text("name"),
            kind: m.text("kind"),
            services: m.texts("services"),
            icb_code: m.maybe_text("icb_code").unwrap_or_default(),
            region_code: m.maybe_text("region_code").unwrap_or_default(),
        };
        m.done(organisation)
    }

    /// The stored form, without what is empty.
    #[cfg(not(target_arch = "wasm32"))]
    fn to_json(&self) -> Value {
        let mut members = crate::json!({
            "code": &self.code, "icb_code": &self.icb_code, "kind": &self.kind, "name": &self.name,
            "region_code": &self.region_code, "services": self.services.clone(),
        });
        if let Some(members) = members.as_object_mut() {
            members.retain(|_, value| *value != "" && *value != crate::json!([]));
        }
        members
    }
}

/// A dated list, in order of code.
#[derive(Debug)]
pub struct Organisations {
    id: String,
    list: Vec<Organisation>,
    json: String,
    sha256: String,
}

impl Organisations {
    /// Reads the stored form.
    ///
    /// # Errors
    /// Where the text is not strict JSON or not an organisation list.
    pub fn read(text: &[u8]) -> Result<Self, ReadError> {
        let value = json::read(text)?;
        let mut m = Members::of(&value);
        let (format, id) = (m.text("format"), m.text("id"));
        let list = m.list("organisations", Organisation::read);
        let read = m.done(()).and_then(|()| {
            let fault = || json::found(&Value::String(format.clone()), FORMAT).under("format");
            if format == FORMAT { Ok(()) } else { Err(fault()) }
        });
        read.map_err(|ShapeError { pointer, reason }| ReadError {
            fault: ReadFault::Shape { reason },
            place: json::locate(text, &pointer),
        })?;
        let json = json::canonical(&value);
        Ok(Self { id, list, sha256: sha256_hex(json.as_bytes()), json })
    }

    /// Makes a list, putting it in order of code.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn new(id: String, mut list: Vec<Organisation>) -> Self {
        list.sort_by(|a, b| a.code.cmp(&b.code));
        let all: Vec<Value> = list.iter().map(Organisation::to_json).collect();
        let value = crate::json!({ "format": FORMAT, "id": &id, "organisations": all });
        let json = json::canonical(&value);
        Self { id, list, sha256: sha256_hex(json.as_bytes()), json }
    }

    /// The list's id: its date.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// All organisations, in order of code.
    pub fn all(&self) -> &[Organisation] {
        &self.list
    }

    /// The organisation with this ODS code, in whatever case it was typed.
    pub fn by_code(&self, code: &str) -> Option<&Organisation> {
        self.list.iter().find(|item| item.code.eq_ignore_ascii_case(code))
    }

    /// Its canonical JSON.
    pub fn json(&self) -> &str {
        &self.json
    }

    /// SHA-256 of [`Organisations::json`].
    pub fn sha256(&self) -> &str {
        &self.sha256
    }
}
