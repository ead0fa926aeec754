//! The start: data, collection, organisation.

use std::rc::Rc;

use super::Turn;
use crate::collection::{Document, Set};
use crate::gather::Gather as _;
use crate::page::combobox::{Choice, Handled};
use crate::page::event::Effect;
use crate::page::screen::start::ORGANISATION;
use crate::page::state::State;
use crate::page::step::Step;
use crate::page::work::Work;

/// The page starts: at the first step, whatever the address says, because there is nothing yet to go on with.
pub(super) fn start(state: &mut State, turn: &mut Turn, address: &str, documents: &[Document]) {
    match Set::load(documents) {
        Ok(set) if set.forms().is_empty() => {
            state.unusable = Some("there is no collection in this page".to_owned());
        }
        Ok(_) if state.now.is_none() => {
            state.unusable = Some("the time of this computer cannot be read".to_owned());
        }
        Ok(set) => state.set = set,
        Err(fault) => state.unusable = Some(fault.to_string()),
    }
    turn.draw = Some(String::new());
    if address != Step::Start.address() {
        let text = Step::Start.address().to_owned();
        turn.then.push(Effect::Address { text, instead: true });
    }
}

/// Another collection was chosen: its organisations are those of its own date.
pub(super) fn collection(state: &mut State, id: &str) {
    state.start.collection = Some(id.to_owned());
    state.start.choices = choices(state);
    let start = &mut state.start;
    let organisation = &mut start.organisation;
    let known = organisation
        .chosen
        .as_ref()
        .is_some_and(|code| start.choices.iter().any(|choice| choice.value == *code));
    if !known {
        organisation.chosen = None;
        organisation.leave(&start.choices);
    }
}

/// The organisations of the chosen collection: expected ones first, then those of a kind that owes the return.
fn choices(state: &State) -> Vec<Choice> {
    let Some(form) = state.form() else { return Vec::new() };
    let collection = &form.collection.source().id;
    let template = &form.template.source().id;
    let expected = state.set.expected(collection);
    let owed_by = form
        .collection
        .due(template, form.stage)
        .map(|(due, _)| due.owed_by.clone())
        .unwrap_or_default();
    let organisations = form.organisations.all().iter();
    organisations
        .map(|organisation| {
            let owes = expected.and_then(|list| list.of(&organisation.code));
            let rank = match owes {
                Some(owes) if owes.returns.contains(template) => 0,
                _ if owed_by.contains(&organisation.kind) => 1,
                _ => 2,
            };
            Choice::new(&organisation.code, &organisation.name, rank)
        })
        .gather()
}

/// A key was pressed in the box for the organisation.
pub(super) fn key(state: &mut State, turn: &mut Turn, id: &str, key: &str) {
    if id != ORGANISATION {
        return;
    }
    let start = &mut state.start;
    match start.organisation.press(key, &start.choices) {
        Handled::Chose => {
            turn.first.push(Effect::Prevent);
            show_chosen(state, turn);
        }
        Handled::Moved => {
            turn.first.push(Effect::Prevent);
            let line =
                start.organisation.active.map(|line| format!("{ORGANISATION}-option-{line}"));
            turn.then.extend(line.map(Effect::Reveal));
        }
        Handled::Nothing => {}
    }
}

/// A line of the list was pressed.
pub(super) fn choose(state: &mut State, turn: &mut Turn, value: &str) {
    let start = &mut state.start;
    if start.organisation.choose(value, &start.choices) {
        show_chosen(state, turn);
    }
}

/// The box shows the organisation that was chosen.
pub(super) fn show_chosen(state: &State, turn: &mut Turn) {
    let value = state.start.organisation.text.clone();
    turn.then.push(Effect::SetInput { id: ORGANISATION.to_owned(), value });
}

/// Begins the return that was chosen, or goes on with it. What was typed for another organisation or collection is
/// kept where it fits, because choosing the wrong one first must cost nobody their figures.
pub(super) fn begin(state: &mut State) {
    let (Some(form), Some(code)) = (state.form().cloned(), &state.start.organisation.chosen) else {
        return;
    };
    let Some(organisation) = form.organisations.by_code(code).cloned() else { return };
    let Some(now) = state.now else { return };
    let work = match state.work.take() {
        Some(work)
            if Rc::ptr_eq(&work.draft.form, &form) && work.draft.organisation == organisation =>
        {
            work
        }
        Some(work) => {
            state.raised.clear();
            state.visited.clear();
            state.tried.clear();
            work.moved(form, organisation, now)
        }
        None => Work::new(form, organisation, now),
    };
    state.work = Some(work);
}
