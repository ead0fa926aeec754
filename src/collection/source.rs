//! A collection as it is stored: the members of the compiled JSON. The authored TOML differs in
//! three places, which [`author`](super::author) fills in: hashes, `lists`, the organisation list.

use crate::json::{self, Map, Members, ShapeError, Value, found};

/// The `format` every collection carries.
pub const FORMAT: &str = "ia-collection/1";

/// One round for one or more actions.
#[derive(Clone, Debug)]
pub struct Source {
    /// Always [`FORMAT`].
    pub format: String,
    /// The id, for example `sor-2023-07`.
    pub id: String,
    /// What people call this round.
    pub title: String,
    /// The publication reference of the letter.
    pub reference: String,
    /// Where its facts come from.
    pub source: String,
    /// The marking: `OFFICIAL` or `OFFICIAL-SENSITIVE`.
    pub classification: String,
    /// Whether it is for practice: such a return never counts.
    pub practice: bool,
    /// The dated organisation list it uses.
    pub organisations: Pinned,
    /// How a return is approved.
    pub approval: Approval,
    /// What happens to a return from a sender who is not in the register.
    pub unknown_signer: UnknownSigner,
    /// Where the sealed file goes, as a sentence; a return may name another place.
    pub submit_to: String,
    /// The actions.
    pub actions: Vec<Action>,
    /// The returns owed.
    pub returns: Vec<Due>,
    /// The lists that the templates ask for, in the order of their names.
    pub lists: Vec<(String, Vec<Map>)>,
    /// The parameters that the templates ask for, in the order of their names.
    pub parameters: Vec<(String, Setting)>,
    /// In what order answers are copied as cells into an official workbook.
    pub workbooks: Vec<Workbook>,
}

/// A document known by its id and its hash.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Pinned {
    /// Its id.
    pub id: String,
    /// SHA-256 of its canonical JSON, lower-case hexadecimal.
    pub sha256: String,
}

/// How a return is approved (DESIGN.md 4).
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Approval {
    /// A second signature by another key is required.
    Countersigned,
    /// The return says who agreed it and how.
    #[default]
    Declared,
}

/// What happens to a return whose sender is not in the register.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum UnknownSigner {
    /// It counts, and is shown as not confirmed.
    #[default]
    Count,
    /// It waits until the sender is confirmed.
    Hold,
}

/// One action.
#[derive(Clone, Debug)]
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
    pub source: String,
}

/// A return that is owed.
#[derive(Clone, Debug)]
pub struct Due {
    /// The template's id.
    pub template: String,
    /// The template's version.
    pub version: String,
    /// SHA-256 of the template's canonical JSON.
    pub sha256: String,
    /// `estimate` or `final`, where the same template is owed once for each.
    pub stage: Option<&'static str>,
    /// Its own marking, where the collection's is too low for it.
    pub classification: Option<String>,
    /// Which kinds of organisation owe it: `trust`, `icb`, `region`.
    pub owed_by: Vec<String>,
    /// Which kinds may complete it and owe nothing.
    pub open_to: Vec<String>,
    /// When the window opens, London civil time, inclusive; absent: always open.
    pub opens: Option<String>,
    /// When it closes, London civil time, exclusive; absent: never.
    pub closes: Option<String>,
    /// Where its file goes, where that is somewhere else than the collection says.
    pub submit_to: Option<String>,
}

/// The value of a parameter, and where it comes from.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The value.
    pub value: Value,
    /// Where it comes from.
    pub source: String,
    /// The date from which it holds, where it changes over the years.
    pub since: Option<String>,
}

/// One official workbook that a finished return can be copied into, cell by cell.
#[derive(Clone, Debug)]
pub struct Workbook {
    /// The template's id.
    pub template: String,
    /// What people call the workbook.
    pub title: String,
    /// Where the order of its cells comes from.
    pub source: String,
    /// What to know before copying.
    pub note: String,
    /// Its parts, from top to bottom.
    pub blocks: Vec<Block>,
}

/// A part of a workbook: single answers one below the other, or the rows of one table.
#[derive(Clone, Debug)]
pub struct Block {
    /// Answers as `section.field`, one cell each, downwards.
    pub fields: Vec<String>,
    /// A table as `section.field`.
    pub table: Option<String>,
    /// Which of the table's keys stand in the first cells of a row; none if the workbook has them.
    pub keys: Vec<String>,
    /// Columns and calculated values of a row, from left to right.
    pub columns: Vec<String>,
    /// Whether a row of headings comes first.
    pub heading: bool,
}

/// The stages of a return.
pub const STAGES: &[(&str, &str)] = &[("estimate", "estimate"), ("final", "final")];

const APPROVALS: &[(&str, Approval)] =
    &[("countersigned", Approval::Countersigned), ("declared", Approval::Declared)];
const UNKNOWN_SIGNERS: &[(&str, UnknownSigner)] =
    &[("count", UnknownSigner::Count), ("hold", UnknownSigner::Hold)];

type Read<T> = Result<T, ShapeError>;

impl Source {
    /// Reads a collection.
    ///
    /// # Errors
    /// The first member that is missing, unknown or of another type.
    pub fn read(value: &Value) -> Read<Self> {
        json::whole(value, |m| Self {
            format: m.text("format"),
            id: m.text("id"),
            title: m.text("title"),
            reference: m.maybe_text("reference").unwrap_or_default(),
            source: m.maybe_text("source").unwrap_or_default(),
            classification: m.text("classification"),
            practice: m.flag("practice"),
            organisations: m.part("organisations", Pinned::read),
            approval: m.word("approval", APPROVALS),
            unknown_signer: m.word("unknown_signer", UNKNOWN_SIGNERS),
            submit_to: m.text("submit_to"),
            actions: m.list("action", Action::read),
            returns: m.list("return", Due::read),
            lists: m.named("lists", entries),
            parameters: m.named("parameters", |value| json::whole(value, Setting::read)),
            workbooks: m.list("workbook", Workbook::read),
        })
    }

    /// The entries of the list with this id.
    pub fn list(&self, id: &str) -> &[Map] {
        self.lists.iter().find(|(name, _)| name == id).map_or(&[], |(_, entries)| entries)
    }

    /// The value of the parameter with this id.
    pub fn parameter(&self, id: &str) -> Option<&Setting> {
        self.parameters.iter().find(|(name, _)| name == id).map(|(_, setting)| setting)
    }
}

/// The entries of one list; their attributes are looked at when a template asks for them.
fn entries(value: &Value) -> Read<Vec<Map>> {
    let mut entries = Vec::new();
    for (number, item) in value.as_array().ok_or_else(|| found(value, "a list"))?.iter().enumerate()
    {
        let entry = item.as_object().ok_or_else(|| found(item, "an entry"));
        entries.push(entry.map_err(|fault| fault.under(&number.to_string()))?.clone());
    }
    Ok(entries)
}

impl Pinned {
    /// Reads an id and a hash.
    ///
    /// # Errors
    /// The first member that is missing, unknown or no text.
    pub fn read(m: &mut Members<'_>) -> Self {
        Self { id: m.text("id"), sha256: m.text("sha256") }
    }
}

impl Action {
    fn read(m: &mut Members<'_>) -> Self {
        Self {
            id: m.text("id"),
            title: m.text("title"),
            unions: m.texts("unions"),
            starts: m.text("starts"),
            ends: m.text("ends"),
            source: m.maybe_text("source").unwrap_or_default(),
        }
    }
}

impl Due {
    fn read(m: &mut Members<'_>) -> Self {
        Self {
            template: m.text("template"),
            version: m.text("version"),
            sha256: m.text("sha256"),
            stage: m.maybe_word("stage", STAGES),
            classification: m.maybe_text("classification"),
            owed_by: m.texts("owed_by"),
            open_to: m.texts("open_to"),
            opens: m.maybe_text("opens"),
            closes: m.maybe_text("closes"),
            submit_to: m.maybe_text("submit_to"),
        }
    }
}

impl Setting {
    fn read(m: &mut Members<'_>) -> Self {
        Self {
            value: m.need("value").cloned().unwrap_or_default(),
            source: m.text("source"),
            since: m.maybe_text("since"),
        }
    }
}

impl Workbook {
    fn read(m: &mut Members<'_>) -> Self {
        Self {
            template: m.text("template"),
            title: m.text("title"),
            source: m.text("source"),
            note: m.maybe_text("note").unwrap_or_default(),
            blocks: m.list("block", Block::read),
        }
    }
}

impl Block {
    fn read(m: &mut Members<'_>) -> Self {
        Self {
            fields: m.texts("fields"),
            table: m.maybe_text("table"),
            keys: m.texts("keys"),
            columns: m.texts("columns"),
            heading: m.flag("heading"),
        }
    }
}
