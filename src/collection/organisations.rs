//! A dated list of organisations: looked up, never matched by pattern.

use crate::json::{self, ReadError};
use crate::template::sha256_hex;
use serde::{Deserialize, Serialize};

/// The `format` every organisation list carries.
const FORMAT: &str = "ia-organisations/1";

/// One organisation, by the facts of the list's date.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// The ODS code.
    pub code: String,
    /// The name.
    pub name: String,
    /// `trust`, `icb` or `region`.
    pub kind: String,
    /// Services: `acute`, `ambulance`, `community`, `mental_health`, `specialist`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<String>,
    /// The ICB's code; empty for an ICB or a region.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub icb_code: String,
    /// The region's code; empty for a region.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub region_code: String,
}

/// The stored form.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stored {
    pub(super) format: String,
    pub(super) id: String,
    pub(super) organisations: Vec<Organisation>,
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
        let stored = json::read_as(text)?;
        let value = json::read(text)?;
        Ok(Self::keep(stored, json::canonical(&value)))
    }

    fn keep(stored: Stored, json: String) -> Self {
        let Stored { id, organisations: list, .. } = stored;
        Self { id, list, sha256: sha256_hex(json.as_bytes()), json }
    }

    /// Makes a list, putting it in order of code.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn new(id: String, mut list: Vec<Organisation>) -> Self {
        list.sort_by(|a, b| a.code.cmp(&b.code));
        let stored = Stored { format: FORMAT.to_owned(), id, organisations: list };
        let json = json::canonical(&serde_json::to_value(&stored).unwrap_or_default());
        Self::keep(stored, json)
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
