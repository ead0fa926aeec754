//! Figures that the region entered: checked by the same rules, and shown apart.

use super::decisions::Entered;
use super::facts::{Facts, Look};
use super::judge::{Bench, Raised};
use crate::answers::Place;
use crate::check::{self, Finding, Mistakes};
use crate::collection::Form;
use crate::file::Draft;
use crate::template::Severity;
use crate::template::source::SectionKind;
use crate::time::{Instant, WindowState};

/// What was found of figures that the region entered.
#[derive(Clone, Debug)]
pub struct EnteredFigures {
    /// The ODS code of the organisation.
    pub organisation: String,
    /// Its name.
    pub name: String,
    /// The template, by id.
    pub template: String,
    /// The stage, where the collection asks at stages.
    pub stage: Option<&'static str>,
    /// Why they do not count; nothing where they may.
    pub refused: Option<String>,
    /// What rules said of them. Queries need no explanation: they are questions to ask.
    pub raised: Vec<Raised>,
    /// What is looked at in them.
    pub facts: Facts,
}

/// Checks what was entered.
pub(super) fn check(entered: &Entered, bench: &Bench<'_>) -> EnteredFigures {
    let said = entered.draft.content();
    let mut own = EnteredFigures {
        organisation: said.organisation.code.clone(),
        name: said.organisation.name.clone(),
        template: said.template.id.clone(),
        stage: None,
        refused: None,
        raised: Vec::new(),
        facts: Facts::default(),
    };
    if said.collection.id != bench.collection {
        own.refused = Some("these figures are for another collection".to_owned());
        return own;
    }
    let draft = match entered.draft.clone().open(bench.set) {
        Ok(draft) => draft,
        Err(error) => {
            own.refused = Some(error.to_string());
            return own;
        }
    };
    let mistakes = Mistakes::new();
    let checked = check::check(&draft.subject(as_of(&draft, entered.at), &mistakes));
    own.stage = draft.form.stage;
    own.raised = Raised::of(&checked);
    let mut errors = checked.findings().iter().filter(|found| found.severity == Severity::Error);
    let wrong = errors.find(|found| !is_of_the_sender(found, &draft));
    own.refused = wrong.map(|found| found.message.clone());
    let look = Look { form: &draft.form, answers: &draft.answers, checked: &checked };
    own.facts = bench.picture(&own.template).map(|picture| look.facts(picture)).unwrap_or_default();
    own
}

/// As of when figures are checked that the region entered: of the day they are for, so that nobody is asked why a
/// telephone call was early or late.
pub(super) fn as_of(draft: &Draft, at: Instant) -> Instant {
    match draft.form.window {
        Some(window) if window.state(at) != WindowState::Open => window.opens(),
        _ => at,
    }
}

/// Whether something is missing that only the organisation itself can say: who prepared the return, who agreed it.
/// These are the questions of the declaration, and those about the person who fills the page in.
pub(super) fn is_of_the_sender(found: &Finding, draft: &Draft) -> bool {
    let of_sender = |place: &Place| {
        let section = draft.form.template.source().sections.get(place.section);
        let declared = section.is_some_and(|section| section.kind == SectionKind::Declared);
        declared || place.field(&draft.form).is_some_and(is_about_person)
    };
    !found.places.is_empty() && found.places.iter().all(of_sender)
}

/// HTML’s names for the purpose of an input (WCAG 2.2, 1.3.5) are all about the person at the keyboard.
pub(super) fn is_about_person(field: &crate::template::source::Field) -> bool {
    !field.autocomplete.is_empty()
}

/// The form of a template at a stage, in the collection that is collated.
pub(super) fn form<'s>(bench: &Bench<'s>, template: &str, stage: Option<&str>) -> Option<&'s Form> {
    let found = bench.set.forms().iter().find(|form| {
        form.collection.source().id == bench.collection
            && form.template.source().id == template
            && form.stage == stage
    });
    found.map(|form| &**form)
}
