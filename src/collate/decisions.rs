//! What the operator decided: the part of a collation that is in no file. It is kept as `ia-collation/1`, so that a
//! collation is opened again tomorrow, or by somebody else, with the same files.

use crate::file::DraftFile;
use crate::json::{self, Members, ReadError, ShapeError, Value, found, object};
use crate::sign::Thumbprint;
use crate::time::Instant;
use thiserror::Error;

/// The `format` of what an operator decided.
pub const FORMAT: &str = "ia-collation/1";
/// The most that are kept of each kind of decision.
const MOST: usize = 20_000;

/// What the operator of a collation decided.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decisions {
    /// The id of the collection they are about.
    pub collection: String,
    /// Where two files have one version number and differ: the ids of the returns that count.
    pub chosen: Vec<String>,
    /// Senders who were confirmed.
    pub confirmed: Vec<Confirmed>,
    /// Figures that came another way than in a sealed file.
    pub entered: Vec<Entered>,
    /// Notes on what an organisation owes.
    pub notes: Vec<Note>,
    /// Receipt times that the operator stated of single returns.
    pub received: Vec<Stamp>,
    /// When each return was seen first: for what is new since a time.
    pub seen: Vec<Stamp>,
}

/// A sender who was confirmed: that this key speaks for this organisation.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Confirmed {
    /// The key.
    pub key: Thumbprint,
    /// The ODS code of the organisation.
    pub organisation: String,
    /// Who confirmed it.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// A note on what an organisation owes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Note {
    /// The ODS code of the organisation.
    pub organisation: String,
    /// The template, by id; empty: of everything it owes.
    pub template: String,
    /// The note.
    pub text: String,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// A return, and a time.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Stamp {
    /// The return’s id.
    pub id: String,
    /// The time.
    pub at: Instant,
}

/// How figures came that are in no sealed file.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Source {
    /// By e-mail, in words.
    Email,
    /// By telephone.
    #[default]
    Telephone,
    /// In a workbook.
    Workbook,
}

/// The words for a source.
pub const SOURCES: &[(&str, Source)] =
    &[("email", Source::Email), ("telephone", Source::Telephone), ("workbook", Source::Workbook)];

impl Source {
    /// One word for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Telephone => "telephone",
            Self::Workbook => "workbook",
        }
    }

    /// As a part of a sentence: `entered by region from …`.
    pub fn words(self) -> &'static str {
        match self {
            Self::Email => "an e-mail",
            Self::Telephone => "a telephone call",
            Self::Workbook => "a workbook",
        }
    }
}

/// Figures of an organisation that the region entered. They give way to the organisation’s own file.
#[derive(Clone, Debug, PartialEq)]
pub struct Entered {
    /// What was said, in the form of a draft.
    pub draft: DraftFile,
    /// Who gave the figures: a name or a role at the organisation.
    pub from: String,
    /// Who entered them.
    pub by: String,
    /// When they were given.
    pub at: Instant,
    /// How they came.
    pub source: Source,
}

/// Why what was decided is not taken. Displays as a sentence without its full stop.
#[derive(Clone, Debug, Error)]
pub enum DecisionsError {
    /// It is not readable.
    #[error("{0}")]
    Read(#[from] ReadError),
    /// It is readable, and has another form.
    #[error("this is not a saved collation: {0}")]
    Shape(#[from] ShapeError),
}

impl DecisionsError {
    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Read(error) => error.remedy(),
            Self::Shape(_) => "Choose the file that a collation was saved in, as it was saved.",
        }
    }
}

impl Decisions {
    /// No decisions yet, about this collection.
    pub fn about(collection: &str) -> Self {
        Self { collection: collection.to_owned(), ..Self::default() }
    }

    /// Reads what was decided.
    ///
    /// # Errors
    /// Where it is not strict JSON or has another form.
    pub fn read(bytes: &[u8]) -> Result<Self, DecisionsError> {
        let value = json::read(bytes)?;
        let mut m = Members::of(&value);
        let format = m.text("format");
        let decisions = Self {
            collection: m.text("collection"),
            chosen: m.texts("chosen"),
            confirmed: m.items("confirmed", Confirmed::read),
            entered: m.items("entered", Entered::read),
            notes: m.items("notes", Note::read),
            received: m.items("received", Stamp::read),
            seen: m.items("seen", Stamp::read),
        };
        let decisions = m.done(decisions)?;
        if format != FORMAT {
            return Err(found(&Value::String(format), FORMAT).under("format").into());
        }
        match decisions.too_many() {
            Some(name) => Err(fault(&format!("/{name}"), "there are more than are read").into()),
            None => Ok(decisions),
        }
    }

    fn too_many(&self) -> Option<&'static str> {
        let counts = [
            ("chosen", self.chosen.len()),
            ("confirmed", self.confirmed.len()),
            ("entered", self.entered.len()),
            ("notes", self.notes.len()),
            ("received", self.received.len()),
            ("seen", self.seen.len()),
        ];
        counts.into_iter().find(|(_, count)| *count > MOST).map(|(name, _)| name)
    }

    /// The stored form. Equal decisions give equal bytes, in whatever order they were made.
    pub fn to_json(&self) -> Value {
        object(&mut [
            ("chosen", in_order(self.chosen.iter().map(|id| Value::String(id.clone())))),
            ("collection", (&self.collection).into()),
            ("confirmed", in_order(self.confirmed.iter().map(Confirmed::to_json))),
            ("entered", in_order(self.entered.iter().map(Entered::to_json))),
            ("format", FORMAT.into()),
            ("notes", in_order(self.notes.iter().map(Note::to_json))),
            ("received", in_order(self.received.iter().map(Stamp::to_json))),
            ("seen", in_order(self.seen.iter().map(Stamp::to_json))),
        ])
    }

    /// The text of its file.
    pub fn write(&self) -> String {
        json::indented(&self.to_json())
    }

    /// Whether this key was confirmed for this organisation.
    pub fn confirms(&self, key: &Thumbprint, organisation: &str) -> bool {
        self.confirmed.iter().any(|own| own.key == *key && own.organisation == organisation)
    }

    /// Confirms a sender, in one step; nothing changes where that was done before.
    pub fn confirm(&mut self, confirmed: Confirmed) {
        if !self.confirms(&confirmed.key, &confirmed.organisation) {
            self.confirmed.push(confirmed);
        }
    }

    /// Takes figures that came another way. Those of the same return that were given at the same time give way to them: they are a
    /// correction of what was typed. Of others, those count that were given last.
    pub fn enter(&mut self, entered: Entered) {
        let of = |own: &Entered| {
            let said = own.draft.content();
            let stage = said.stage().map(str::to_owned);
            (said.organisation.code.clone(), said.template.id.clone(), stage, own.at)
        };
        let its = of(&entered);
        self.entered.retain(|own| of(own) != its);
        self.entered.push(entered);
    }

    /// The receipt time that the operator stated of a return.
    pub fn received_at(&self, id: &str) -> Option<Instant> {
        self.received.iter().find(|stamp| stamp.id == id).map(|stamp| stamp.at)
    }

    /// When a return was seen first.
    pub fn seen_at(&self, id: &str) -> Option<Instant> {
        self.seen.iter().find(|stamp| stamp.id == id).map(|stamp| stamp.at)
    }

    /// Remembers that a return was seen, where it was not seen before.
    pub fn see(&mut self, ids: &[String], at: Instant) {
        let known: crate::sorted::SortedSet<String> =
            self.seen.iter().map(|stamp| stamp.id.clone()).collect();
        let new = ids.iter().filter(|id| !known.contains(id.as_str()));
        self.seen.extend(new.map(|id| Stamp { id: id.clone(), at }));
    }
}

/// In the order of their canonical form, each once.
fn in_order(items: impl Iterator<Item = Value>) -> Value {
    let mut all: Vec<(String, Value)> =
        items.map(|value| (json::canonical(&value), value)).collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all.dedup_by(|a, b| a.0 == b.0);
    all.into_iter().map(|(_, value)| value).collect()
}

impl Confirmed {
    fn read(value: &Value) -> Result<Self, ShapeError> {
        let mut m = Members::of(value);
        let (key, at) = (m.text("key"), m.text("at"));
        let (organisation, by) = (m.text("organisation"), m.text("by"));
        m.done(())?;
        let key = Thumbprint::parse(&key).map_err(|error| fault("/key", &error.to_string()))?;
        Ok(Self { key, organisation, by, at: moment(&at)? })
    }

    fn to_json(&self) -> Value {
        object(&mut [
            ("at", self.at.to_london_text().into()),
            ("by", (&self.by).into()),
            ("key", self.key.to_string().into()),
            ("organisation", (&self.organisation).into()),
        ])
    }
}

impl Note {
    fn read(value: &Value) -> Result<Self, ShapeError> {
        let mut m = Members::of(value);
        let at = m.text("at");
        let (organisation, template) = (m.text("organisation"), m.maybe_text("template"));
        let (text, by) = (m.text("text"), m.text("by"));
        m.done(())?;
        let template = template.unwrap_or_default();
        Ok(Self { organisation, template, text, by, at: moment(&at)? })
    }

    fn to_json(&self) -> Value {
        let mut members = vec![
            ("at", self.at.to_london_text().into()),
            ("by", (&self.by).into()),
            ("organisation", (&self.organisation).into()),
            ("text", (&self.text).into()),
        ];
        if !self.template.is_empty() {
            members.push(("template", (&self.template).into()));
        }
        object(&mut members)
    }
}

impl Stamp {
    fn read(value: &Value) -> Result<Self, ShapeError> {
        let mut m = Members::of(value);
        let (id, at) = (m.text("id"), m.text("at"));
        m.done(())?;
        Ok(Self { id, at: moment(&at)? })
    }

    fn to_json(&self) -> Value {
        object(&mut [("at", self.at.to_london_text().into()), ("id", (&self.id).into())])
    }
}

impl Entered {
    fn read(value: &Value) -> Result<Self, ShapeError> {
        let mut m = Members::of(value);
        let (from, by, at) = (m.text("from"), m.text("by"), m.text("at"));
        let source = m.word("source", SOURCES);
        let draft = m.need("draft").cloned().unwrap_or_default();
        m.done(())?;
        // As a file of its own, so that it is read as one.
        let text = json::canonical(&object(&mut [("draft", draft)]));
        let draft = DraftFile::read(text.as_bytes());
        let draft = draft.map_err(|error| fault("/draft", &error.to_string()))?;
        Ok(Self { draft, from, by, at: moment(&at)?, source })
    }

    fn to_json(&self) -> Value {
        object(&mut [
            ("at", self.at.to_london_text().into()),
            ("by", (&self.by).into()),
            ("draft", self.draft.content().to_json()),
            ("from", (&self.from).into()),
            ("source", self.source.word().into()),
        ])
    }
}

fn fault(pointer: &str, reason: &str) -> ShapeError {
    ShapeError { pointer: pointer.to_owned(), reason: reason.to_owned() }
}

fn moment(text: &str) -> Result<Instant, ShapeError> {
    Instant::parse(text).map_err(|error| fault("/at", &error.to_string()))
}
