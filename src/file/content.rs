//! The members of `return` and of `draft`.

use crate::check::{Explanation, RowKey};
use crate::collection::source::Pinned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The `format` of a sealed return.
pub const RETURN_FORMAT: &str = "ia-return/1";
/// The `format` of a draft.
pub const DRAFT_FORMAT: &str = "ia-draft/1";

/// The template a return answers.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateRef {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of its canonical JSON.
    pub sha256: String,
}

/// The organisation a return is about.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct OrganisationRef {
    /// The ODS code.
    pub code: String,
    /// The name on the date of the collection.
    pub name: String,
}

/// How one query was explained.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ExplanationEntry {
    /// The rule that asked.
    pub rule: String,
    /// The row or group it asked about; absent for the return.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub row: RowKey,
    /// What explains it.
    pub text: String,
}

impl From<&Explanation> for ExplanationEntry {
    fn from(item: &Explanation) -> Self {
        Self { rule: item.rule.clone(), row: item.row.clone(), text: item.text.clone() }
    }
}

impl From<ExplanationEntry> for Explanation {
    fn from(item: ExplanationEntry) -> Self {
        Self { rule: item.rule, row: item.row, text: item.text }
    }
}

/// The program that prepared a return.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Engine {
    /// `native`, `wasm` or `wasm2js`.
    pub kind: String,
    /// The version of `ia-returns`.
    pub version: String,
}

/// Everything a return says. What a draft may leave out is optional here, and a return without it
/// is refused when it is verified.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// [`RETURN_FORMAT`] or [`DRAFT_FORMAT`].
    pub format: String,
    /// The collection, by id and hash.
    pub collection: Pinned,
    /// The template.
    pub template: TemplateRef,
    /// Whom it is about.
    pub organisation: OrganisationRef,
    /// From 1.
    pub revision: i64,
    /// The id of the return it replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<String>,
    /// When it was sealed: RFC 3339 with the London offset, by the clock of that computer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prepared_at: Option<String>,
    /// Thumbprint (RFC 7638) of the preparer's key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preparer_kid: Option<String>,
    /// Who agreed it, and how.
    pub declared: Map<String, Value>,
    /// Ids of the sibling, previous and last-round returns that were at hand.
    pub inputs: BTreeMap<String, String>,
    /// `{section: {field: answer}}`.
    pub answers: Map<String, Value>,
    /// How queries were explained.
    pub explanations: Vec<ExplanationEntry>,
    /// Findings and calculated values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub derived: Option<Value>,
    /// What prepared it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub engine: Option<Engine>,
}
