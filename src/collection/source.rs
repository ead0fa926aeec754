//! A collection as it is stored: the members of the compiled JSON. The authored TOML differs in
//! three places, which [`author`](super::author) fills in: hashes, `lists`, the organisation list.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The `format` every collection carries.
pub const FORMAT: &str = "ia-collection/1";

/// One round for one or more actions.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Always [`FORMAT`].
    pub format: String,
    /// The id, for example `sor-2023-07`.
    pub id: String,
    /// What people call this round.
    pub title: String,
    /// The publication reference of the letter.
    #[serde(default)]
    pub reference: String,
    /// Where its facts come from.
    #[serde(default)]
    pub source: String,
    /// The marking: `OFFICIAL` or `OFFICIAL-SENSITIVE`.
    pub classification: String,
    /// Whether it is for practice: such a return never counts.
    #[serde(default)]
    pub practice: bool,
    /// The dated organisation list it uses.
    pub organisations: Pinned,
    /// How a return is approved.
    pub approval: Approval,
    /// What happens to a return from a sender who is not in the register.
    pub unknown_signer: UnknownSigner,
    /// Where the sealed file goes, as a sentence.
    pub submit_to: String,
    /// The actions.
    #[serde(rename = "action")]
    pub actions: Vec<Action>,
    /// The returns owed.
    #[serde(rename = "return")]
    pub returns: Vec<Due>,
    /// The lists that the templates ask for.
    #[serde(default)]
    pub lists: BTreeMap<String, Vec<Map<String, Value>>>,
    /// The parameters that the templates ask for.
    #[serde(default)]
    pub parameters: BTreeMap<String, Setting>,
}

/// A document known by its id and its hash.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Pinned {
    /// Its id.
    pub id: String,
    /// SHA-256 of its canonical JSON, lower-case hexadecimal.
    pub sha256: String,
}

/// How a return is approved (DESIGN.md 4).
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Approval {
    /// A second signature by another key is required.
    Countersigned,
    /// The return says who agreed it and how.
    Declared,
}

/// What happens to a return whose sender is not in the register.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UnknownSigner {
    /// It counts, and is shown as not confirmed.
    Count,
    /// It waits until the sender is confirmed.
    Hold,
}

/// One action.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// The id.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// The unions, by their short names.
    pub unions: Vec<String>,
    /// The start, London civil time, inclusive.
    pub starts: String,
    /// The end, London civil time, exclusive.
    pub ends: String,
    /// Where this comes from.
    #[serde(default)]
    pub source: String,
}

/// A return that is owed.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Due {
    /// The template's id.
    pub template: String,
    /// The template's version.
    pub version: String,
    /// SHA-256 of the template's canonical JSON.
    pub sha256: String,
    /// Which kinds of organisation owe it: `trust`, `icb`, `region`.
    pub owed_by: Vec<String>,
    /// When the window opens, London civil time, inclusive; absent: always open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens: Option<String>,
    /// When it closes, London civil time, exclusive; absent: never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes: Option<String>,
}

/// The value of a parameter, and where it comes from.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// The value.
    pub value: Value,
    /// Where it comes from.
    pub source: String,
}
