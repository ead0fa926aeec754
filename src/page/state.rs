//! The state of the page.

use std::rc::Rc;

use super::combobox::{Choice, Combobox};
use super::component::Problem;
use super::keeping::Keeping;
use super::live::Live;
use super::said;
use super::screen;
use super::sheet::Pasted;
use super::step::Step;
use super::work::Work;
use crate::collection::{Form, Need, Organisation, Set};
use crate::file::WholeReturn;
use crate::sorted::SortedSet;
use crate::time::Instant;

/// Everything the page knows. Changed only by [`update`](super::update).
#[derive(Debug, Default)]
pub struct State {
    /// The data the page carries.
    pub(super) set: Set,
    /// Why the data could not be read.
    pub(super) unusable: Option<String>,
    /// The time, as last heard. Evidence, not truth: it never blocks anything.
    pub(super) now: Option<Instant>,
    /// Whether the device's clock is set to the time of another place than London.
    pub(super) is_abroad: bool,
    /// Which engine runs.
    pub(super) engine: String,
    /// What is on the screen.
    pub(super) step: Step,
    /// What was chosen at the start.
    pub(super) start: Start,
    /// The return being filled in.
    pub(super) work: Option<Work>,
    /// Whether it is kept, and what else is.
    pub(super) keeping: Keeping,
    /// Steps where Continue was pressed with something to mend: there everything is said.
    pub(super) tried: Vec<Step>,
    /// Findings that are shown, because the cell, field or row they are about was left.
    pub(super) raised: SortedSet<String>,
    /// Rows that were left at least once, by id.
    pub(super) visited: SortedSet<String>,
    /// The table that is filled in one row at a time, by its id, and which row of its sheet is on the screen.
    pub(super) row: Option<(String, usize)>,
    /// What is being done to a table of figures at once.
    pub(super) filling: Filling,
    /// The sealed file.
    pub(super) sealed: Option<Kept>,
    /// How much was changed on which step when it was last looked at.
    pub(super) seen: (u32, Step),
    /// What was just said to screen readers.
    pub(super) announced: String,
    /// What went wrong on the last step, in a sentence, with what to do.
    pub(super) trouble: Option<&'static str>,
    /// What is on the screen, in its changing parts.
    pub(super) shown: Live,
    /// The title that is on the window.
    pub(super) title: String,
}

/// What is done to a table of figures at once, until the step is left.
#[derive(Debug, Default)]
pub(super) struct Filling {
    /// A block that was pasted and is being looked at.
    pub(super) pasted: Option<Pasted>,
    /// What stood before in the boxes that a block filled, by their ids.
    pub(super) before: Vec<(String, String)>,
    /// What was done, in a sentence.
    pub(super) said: String,
    /// Whether the next file that is saved holds the figures of a table.
    pub(super) saves: bool,
}

impl Filling {
    /// A box was typed in: what it held before the block is no longer brought back.
    pub(super) fn typed(&mut self, id: &str) {
        self.before.retain(|(known, _)| known != id);
        self.said.clear();
    }
}

/// What was chosen at the start.
#[derive(Debug, Default)]
pub(super) struct Start {
    /// The chosen collection, by its id.
    pub(super) collection: Option<String>,
    /// The chosen return, as [`State::return_id`] writes it, where there is a choice.
    pub(super) due: Option<String>,
    /// Whether Continue was pressed while data was on its way.
    pub(super) goes_on: bool,
    /// The box for the organisation.
    pub(super) organisation: Combobox,
    /// What can be chosen in it.
    pub(super) choices: Vec<Choice>,
    /// What stands in the boxes for the code and the name of an organisation that is not in the list.
    pub(super) typed: [String; 2],
    /// That organisation, once it is used.
    pub(super) unlisted: Option<Organisation>,
    /// The return that was sealed on this page before this one is begun.
    pub(super) sealed: Option<WholeReturn>,
}

/// A sealed file, and whether it was saved.
#[derive(Debug)]
pub(super) struct Kept {
    /// The file's name.
    pub(super) name: String,
    /// Its text.
    pub(super) text: String,
    /// The return's id.
    pub(super) id: String,
    /// The check code of the key it was sealed with.
    pub(super) code: String,
    /// When it was sealed.
    pub(super) at: Instant,
    /// Whether a download was started.
    pub(super) saved: bool,
    /// When it was last saved again.
    pub(super) again: Option<Instant>,
    /// Whether the browser refused the last download.
    pub(super) refused: bool,
    /// Whether the text was copied, once that was tried.
    pub(super) copied: Option<bool>,
    /// The same of the cells for the official workbook.
    pub(super) cells: Option<bool>,
    /// Whether it was the cells that were tried last.
    pub(super) copies_cells: bool,
}

impl State {
    /// Has this read out.
    pub(super) fn announce(&mut self, words: &str) {
        words.clone_into(&mut self.announced);
    }

    /// Another return or another version of it: nothing has been said of it yet.
    pub(super) fn forget_what_was_said(&mut self) {
        self.tried.clear();
        self.raised.clear();
        self.visited.clear();
    }

    /// The return that was chosen; the only one, where the organisation may complete no other.
    pub(super) fn form(&self) -> Option<&Rc<Form>> {
        let forms = self.forms();
        match forms.as_slice() {
            [only] => Some(only),
            several => {
                let due = self.start.due.as_ref()?;
                several.iter().find(|form| return_id(form) == *due).copied()
            }
        }
    }

    /// The returns of the chosen collection that the chosen organisation owes or may complete; all of them where
    /// it is not known what kind of organisation it is.
    pub(super) fn forms(&self) -> Vec<&Rc<Form>> {
        let mut forms = self.forms_of_collection();
        let code = self.start.organisation.chosen.as_deref().unwrap_or_default();
        let organisation = forms.first().and_then(|form| form.organisations.by_code(code));
        if let Some(organisation) = organisation {
            forms.retain(|form| takes(form, &organisation.kind));
        }
        forms
    }

    /// All returns of the chosen collection.
    pub(super) fn forms_of_collection(&self) -> Vec<&Rc<Form>> {
        let mut forms = Vec::new();
        for form in self.set.forms() {
            if Some(&form.collection.source().id) == self.start.collection.as_ref() {
                forms.push(form);
            }
        }
        forms
    }

    /// What the chosen collection needs and the page has not got yet.
    pub(super) fn missing(&self) -> Vec<Need> {
        let collection = self.start.collection.as_ref();
        collection.map_or_else(Vec::new, |collection| self.set.missing(collection))
    }

    /// What has to be mended on a step before going on.
    pub(super) fn problems(&self, step: Step) -> Vec<Problem> {
        match (step, &self.work) {
            (Step::Start, _) => screen::start::problems(self),
            (_, Some(work)) => said::problems(work, step),
            (_, None) => Vec::new(),
        }
    }

    /// The steps that this return has, in order.
    pub(super) fn steps(&self) -> Vec<Step> {
        let sections = self.work.as_ref().map_or(0, |work| work.layout.sections.len());
        let mut steps = Step::all(sections);
        steps.retain(|step| self.has(*step));
        steps
    }

    fn has(&self, step: Step) -> bool {
        match step {
            Step::Before | Step::Section(_) => {
                self.work.as_ref().is_some_and(|work| work.has(step))
            }
            _ => true,
        }
    }

    /// The step to show for one that was asked for: itself, or the nearest that has to come before it. Parts of the return
    /// are filled in in any order; what they are depends on [`Step::Before`], and sealing on all of them.
    pub(super) fn nearest(&self, asked: Option<Step>) -> Step {
        if self.sealed.is_some() {
            return Step::Done;
        }
        let Some(work) = &self.work else { return Step::Start };
        let asked = asked.unwrap_or(self.step).min(Step::Seal);
        let steps = self.steps();
        let mut nearest = Step::Start;
        for step in steps {
            if step > asked {
                break;
            }
            nearest = step;
            let decides = step == Step::Before || asked == Step::Seal;
            if step < asked && decides && !said::problems(work, step).is_empty() {
                break;
            }
        }
        nearest
    }

    /// The step before the one on the screen; none at the start and at the end.
    pub(super) fn before(&self) -> Option<Step> {
        match self.step {
            Step::Start | Step::Done => None,
            step => self.steps().into_iter().rev().find(|earlier| *earlier < step),
        }
    }

    /// Whether leaving the page would lose something.
    pub(super) fn is_unsaved(&self) -> bool {
        match &self.sealed {
            Some(kept) => (kept.refused || !kept.saved) && kept.copied != Some(true),
            None => self.is_at_risk(),
        }
    }
}

/// How a return is named in the choice of one: its template, and its stage where it has one.
pub(super) fn return_id(form: &Form) -> String {
    let template = &form.template.source().id;
    match form.stage {
        Some(stage) => format!("{template}.{stage}"),
        None => template.clone(),
    }
}

/// Whether organisations of a kind owe a return, or may complete it.
pub(super) fn takes(form: &Form, kind: &str) -> bool {
    let due = form.collection.due(&form.template.source().id, form.stage);
    due.is_some_and(|(due, _)| due.owed_by.iter().chain(&due.open_to).any(|taken| taken == kind))
}
