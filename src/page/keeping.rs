//! What is kept in this browser, and whether the draft on the page is.
//!
//! A draft is kept as the file that it would be saved as, and beside it what that file has no room for: every text as it
//! stands in its box, read or not, the step, and the sealed file once there is one. The edge adds an id and a number that
//! grows with each keeping; it keeps one change after the other, in the order in which it was asked.

use crate::collection::Form;
use crate::file::Draft;
use crate::json::{self, Value};
use crate::time::Instant;

use super::screen::said_marking;
use super::state::State;
use super::work::Work;

/// The id by which the edge knows the draft that is kept from this page.
pub const HERE: &str = "here";

/// The one marking whose drafts are kept without asking (DESIGN.md 6): published figures, in the end.
const UNASKED: &str = "OFFICIAL";

/// How long work that closing the tab would lose goes without a draft file before the page asks for one, in seconds.
const ASK_EVERY: i64 = 600;

/// Where a draft is kept.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub enum Store {
    /// Nowhere: the browser keeps nothing.
    Nothing,
    /// In this tab, until it is closed.
    Tab,
    /// On this computer, until it is removed.
    #[default]
    Computer,
}

impl Store {
    /// Its name at the edge.
    pub fn word(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Tab => "tab",
            Self::Computer => "computer",
        }
    }

    /// The one of this name; nowhere for any other.
    pub fn parse(word: &str) -> Self {
        match word {
            "tab" => Self::Tab,
            "computer" => Self::Computer,
            _ => Self::Nothing,
        }
    }
}

/// A draft that is kept in this browser.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct KeptDraft {
    /// Its id.
    pub id: String,
    /// Which return of which organisation it is.
    pub label: String,
    /// When it was last kept, by the clock of this computer.
    pub at: Option<Instant>,
    /// Whether it was sealed.
    pub is_sealed: bool,
    /// Where it is kept.
    pub store: Store,
    /// Whether it is the one kept from this page.
    pub is_here: bool,
    /// Whether another tab keeps it.
    pub is_elsewhere: bool,
}

impl KeptDraft {
    /// All in a list as the edge gives it; what is not in it is blank.
    pub(super) fn list(list: &str) -> Vec<Self> {
        let list = json::read(list.as_bytes()).unwrap_or_default();
        let mut drafts = Vec::new();
        for item in list.as_array().map_or(&[][..], Vec::as_slice) {
            let text = |name| item.get(name).and_then(Value::as_str).unwrap_or_default();
            drafts.push(Self {
                id: text("id").to_owned(),
                label: text("label").to_owned(),
                at: Instant::parse_device(text("at")).ok(),
                is_sealed: text("sealed") == "yes",
                store: Store::parse(text("store")),
                is_here: text("open") == HERE,
                is_elsewhere: text("open") == "elsewhere",
            });
        }
        drafts
    }
}

/// What is known about keeping.
#[derive(Debug, Default)]
pub(super) struct Keeping {
    /// The best place that this browser has; until it has said so, the best there is.
    pub(super) can: Store,
    /// The place that was chosen for a return that is not OFFICIAL.
    pub(super) chosen: Option<Store>,
    /// What is kept, the newest first.
    pub(super) drafts: Vec<KeptDraft>,
    /// The draft whose removal was asked for once; no id for all of them.
    pub(super) removing: Option<String>,
    /// The last change that is kept for certain, as `Work::changes` counts, and when it was.
    pub(super) kept: u32,
    pub(super) kept_at: Option<Instant>,
    /// The last change that is in a draft file, and when that was saved.
    pub(super) filed: u32,
    pub(super) filed_at: Option<Instant>,
    /// Why the last change could not be kept, in a sentence.
    pub(super) fault: Option<&'static str>,
    /// Whether another tab has gone on with this draft.
    pub(super) is_elsewhere: bool,
    /// A draft that waits for the data of its collection: its file, and what was kept beside it.
    pub(super) opening: Option<Opening>,
    /// What in the last draft has no place here: a pointer into its answers.
    pub(super) refused: String,
    /// Since when there is work that closing the tab would lose.
    pub(super) at_risk_since: Option<Instant>,
    /// Whether the person is being asked to save a draft file.
    pub(super) asks: bool,
}

/// A file to go on with.
#[derive(Debug)]
pub(super) struct Opening {
    /// A draft, or a sealed return.
    pub(super) file: String,
    /// What was kept beside a draft; nothing for a file.
    pub(super) beside: String,
    /// The id of a sealed return, whose next version is begun; empty for a draft.
    pub(super) id: String,
}

impl Keeping {
    /// Another draft begins; none of it is kept yet.
    pub(super) fn begin(&mut self) {
        (self.kept, self.kept_at) = (0, None);
        (self.filed, self.filed_at) = (0, None);
        (self.fault, self.is_elsewhere) = (None, false);
        self.safe();
    }

    /// Nothing would be lost now.
    pub(super) fn safe(&mut self) {
        (self.at_risk_since, self.asks) = (None, false);
    }
}

/// Whether people choose where drafts of a form are kept. `work` is the return, once it is begun.
pub(super) fn is_asked(form: &Form, work: Option<&Work>) -> bool {
    let said = work.and_then(|work| said_marking(&work.draft));
    said.unwrap_or(form.classification()) != UNASKED
}

impl State {
    /// Where the return is kept. Until somebody has chosen, in the tab.
    pub(super) fn store(&self) -> Store {
        let asked = self.work.as_ref().is_some_and(|work| is_asked(&work.draft.form, Some(work)));
        let chosen =
            if asked { self.keeping.chosen.unwrap_or(Store::Tab) } else { Store::Computer };
        chosen.min(self.keeping.can)
    }

    /// Whether closing the tab would lose something that was typed.
    pub(super) fn is_at_risk(&self) -> bool {
        let Some(work) = &self.work else { return false };
        let kept = if self.store() == Store::Computer { self.keeping.kept } else { 0 };
        work.changes > kept.max(self.keeping.filed)
    }

    /// Some time has gone by: whoever could lose ten minutes of work is asked to save a draft file, and asked again.
    pub(super) fn ask_for_file(&mut self) {
        let Some(now) = self.now else { return };
        if self.sealed.is_some() || self.store() == Store::Computer || !self.is_at_risk() {
            self.keeping.safe();
            return;
        }
        let since = self.keeping.at_risk_since.get_or_insert(now);
        if now.seconds().saturating_sub(since.seconds()) >= ASK_EVERY {
            *since = now;
            self.keeping.asks = true;
            self.announce(super::screen::keeping::ASKS);
        }
    }
}

/// What is kept beside the draft.
pub(super) fn beside(state: &State, work: &Work) -> String {
    let mut members = vec![
        ("entries", Value::Object(work.entries())),
        ("label", label(&work.draft).into()),
        ("step", state.step.address().into()),
        ("store", state.store().word().into()),
    ];
    if let Some(now) = state.now {
        members.push(("file_name", work.draft.file_name(now).into()));
    }
    if let Some(kept) = &state.sealed {
        members.push(("sealed", (&kept.text).into()));
        members.push(("sealed_at", kept.at.to_london_text().into()));
        members.push(("sealed_code", (&kept.code).into()));
        members.push(("sealed_id", (&kept.id).into()));
        members.push(("sealed_name", (&kept.name).into()));
    }
    json::canonical(&json::object(&mut members))
}

/// Which return of which organisation a draft is.
fn label(draft: &Draft) -> String {
    let mut label = draft.form.template.source().title.clone();
    if let Some(stage) = draft.form.stage {
        label.push_str(", ");
        label.push_str(stage);
    }
    label.push_str(" – ");
    label.push_str(&draft.form.collection.source().title);
    label.push_str(" – ");
    label.push_str(&draft.organisation.name);
    label.push_str(" (");
    label.push_str(&draft.organisation.code);
    label.push(')');
    label
}
