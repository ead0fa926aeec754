//! A collection: one round for one or more actions, as data. A new strike is a new file.
//!
//! In: canonical JSON, or TOML and CSV natively ([`author`]). Out: a [`Collection`] known by the
//! SHA-256 of its canonical JSON, a [`Set`] of everything an operator holds, and a [`Form`]: one
//! collection joined with one of its templates, ready to be answered and checked.

#[cfg(not(target_arch = "wasm32"))]
pub mod author;
#[cfg(not(target_arch = "wasm32"))]
mod diff;
mod expected;
mod form;
mod organisations;
mod set;
pub mod source;

#[cfg(not(target_arch = "wasm32"))]
pub use diff::{Difference, diff};
pub use expected::{Contact, Expected, FORMAT as EXPECTED_FORMAT, Owes, SignedExpected};
pub(crate) use form::plain;
pub use form::{Entry, Form};
pub use organisations::{By, Organisation, Organisations};
pub use set::{Document, DocumentKind, LoadError, Need, Set};
pub use source::{Action, Approval, Block, Due, Source, UnknownSigner, Workbook};

use crate::hash::sha256_hex;
use crate::json::{self, Value};
use crate::template::{Fault, way, words};
use crate::time::{Instant, LocalTime, TimeError, Window};

/// A checked collection.
#[derive(Debug)]
pub struct Collection {
    source: Source,
    windows: Vec<Option<Window>>,
    actions: Vec<(Instant, Instant)>,
    json: String,
    sha256: String,
}

impl Collection {
    /// Reads the compiled (canonical JSON) form.
    ///
    /// # Errors
    /// Where the text is not a collection, a time does not exist, or a window closes before it
    /// opens.
    pub fn read(text: &[u8]) -> Result<Self, Vec<Fault>> {
        let value = json::read(text).map_err(|error| vec![Fault::of_text(&error)])?;
        Self::compile(&value)
    }

    /// Checks a collection with its hashes filled in.
    ///
    /// # Errors
    /// As [`Collection::read`].
    pub fn compile(value: &Value) -> Result<Self, Vec<Fault>> {
        let source = Source::read(value).map_err(|error| vec![Fault::of_shape(&error)])?;
        Self::new(source, json::canonical(value))
    }

    /// Checks a source; `json` is its canonical form.
    fn new(source: Source, json: String) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        if source.format != source::FORMAT {
            faults.push(Fault::new(
                way!["format"],
                words!("the format is “{}”", source.format),
                words!("Write format = \"{}\".", source::FORMAT),
            ));
        }
        let mut windows = Vec::new();
        for (number, due) in source.returns.iter().enumerate() {
            windows.push(window(number, due, &mut faults));
        }
        let mut actions = Vec::new();
        for (number, action) in source.actions.iter().enumerate() {
            let starts = moment(way!["action", number, "starts"], &action.starts, &mut faults);
            let ends = moment(way!["action", number, "ends"], &action.ends, &mut faults);
            if let (Some(starts), Some(ends)) = (starts, ends) {
                if ends <= starts {
                    faults.push(Fault::new(
                        way!["action", number, "ends"],
                        "the action ends before it starts (XE07)",
                        "Set an end after the start.",
                    ));
                }
                actions.push((starts, ends));
            }
        }
        if source.actions.is_empty() || source.returns.is_empty() {
            faults.push(Fault::new(
                way![],
                "a collection needs an action and a return",
                "Add [[action]] and [[return]].",
            ));
        }
        once_a_stage(&source.returns, &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Self { sha256: sha256_hex(json.as_bytes()), json, source, windows, actions })
    }

    /// What the collection says.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The start (inclusive) and end (exclusive) of each action, in the source's order.
    pub fn actions(&self) -> &[(Instant, Instant)] {
        &self.actions
    }

    /// The return of this template at this stage and its window; no window means always open.
    pub fn due(&self, template: &str, stage: Option<&str>) -> Option<(&Due, Option<Window>)> {
        let is = |due: &Due| due.template == template && due.stage == stage;
        let at = self.source.returns.iter().position(is)?;
        let due = self.source.returns.get(at)?;
        Some((due, self.windows.get(at).copied().flatten()))
    }

    /// When the last window of this template closes; nothing where one never does.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn closes(&self, template: &str) -> Option<Instant> {
        let dues = self.source.returns.iter().zip(&self.windows);
        let windows: Option<Vec<Window>> =
            dues.filter(|(due, _)| due.template == template).map(|(_, window)| *window).collect();
        windows.unwrap_or_default().iter().map(|window| window.closes()).max()
    }

    /// The marking of a return: its own, or else the collection's.
    pub fn classification<'a>(&'a self, due: &'a Due) -> &'a str {
        due.classification.as_ref().unwrap_or(&self.source.classification)
    }

    /// Where the file of a return goes, as a sentence.
    pub fn submit_to(&self, template: &str, stage: Option<&str>) -> &str {
        let own = self.due(template, stage).and_then(|(due, _)| due.submit_to.as_ref());
        own.unwrap_or(&self.source.submit_to)
    }

    /// Its canonical JSON.
    pub fn json(&self) -> &str {
        &self.json
    }

    /// SHA-256 of [`Collection::json`].
    pub fn sha256(&self) -> &str {
        &self.sha256
    }
}

/// A template is owed once, or once for each stage: a form is found by the two.
fn once_a_stage(returns: &[Due], faults: &mut Vec<Fault>) {
    for (number, due) in returns.iter().enumerate() {
        let mut before = returns.iter().take(number).filter(|other| other.template == due.template);
        if before
            .any(|other| other.stage == due.stage || other.stage.is_none() != due.stage.is_none())
        {
            faults.push(Fault::new(
                way!["return", number],
                words!("{} is owed twice", due.template),
                "Give stage = \"estimate\" to one and stage = \"final\" to the other, or leave one out.",
            ));
        }
    }
}

fn window(number: usize, due: &Due, faults: &mut Vec<Fault>) -> Option<Window> {
    let (opens, closes) = match (&due.opens, &due.closes) {
        (None, None) => return None,
        (Some(opens), Some(closes)) => (opens, closes),
        _ => {
            faults.push(Fault::new(
                way!["return", number],
                "a window needs opens and closes",
                "Give both, or neither for a return that is always open.",
            ));
            return None;
        }
    };
    let opens = moment(way!["return", number, "opens"], opens, faults)?;
    let closes = moment(way!["return", number, "closes"], closes, faults)?;
    match Window::new(opens, closes) {
        Ok(window) => Some(window),
        Err(error) => {
            let way = way!["return", number, "closes"];
            faults.push(Fault::new(way, words!("{error}"), words!("{}.", error.remedy())));
            None
        }
    }
}

fn moment(way: &[crate::template::Step], text: &str, faults: &mut Vec<Fault>) -> Option<Instant> {
    match LocalTime::parse(text).and_then(LocalTime::instant) {
        Ok(instant) => Some(instant),
        Err(error) => {
            // A time of a clock change names itself.
            let named = matches!(error, TimeError::Gap { .. } | TimeError::Overlap { .. });
            let said = if named { words!("{error}") } else { words!("“{text}” is {error}") };
            faults.push(Fault::new(way, said, words!("{}.", error.remedy())));
            None
        }
    }
}
