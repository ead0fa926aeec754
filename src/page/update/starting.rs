//! The start: data, collection, organisation.

use std::rc::Rc;

use super::{Turn, keeping, steps};
use crate::collection::{Document, Form, Organisation, Owes, Set};
use crate::file::Draft;
use crate::page::combobox::{Choice, Combobox, Handled};
use crate::page::event::Effect;
use crate::page::screen::TROUBLE_ID;
use crate::page::screen::start::ORGANISATION;
use crate::page::state::{State, return_id, takes};
use crate::page::step::Step;
use crate::page::work::Work;

/// The page starts: at the first step, whatever the address says, because there is nothing yet to go on with.
pub(super) fn start(state: &mut State, turn: &mut Turn, address: &str, documents: &[Document]) {
    take(state, documents);
    if state.set.collections().is_empty() && state.unusable.is_none() {
        state.unusable = Some("there is no collection in this page".to_owned());
    }
    if state.now.is_none() {
        state.unusable = Some("the time of this computer cannot be read".to_owned());
    }
    turn.draw = Some(String::new());
    if address != Step::Start.address() {
        let text = Step::Start.address();
        turn.then.push(Effect::Address { text, instead: true });
    }
}

/// Takes more data in.
fn take(state: &mut State, documents: &[Document]) {
    if let Err(fault) = state.set.add(documents) {
        state.unusable = Some(fault.to_string());
    }
}

/// Asks for what the chosen collection needs and the page has not got yet.
pub(super) fn ask_for_data(state: &State, turn: &mut Turn) {
    for need in state.missing() {
        turn.then.push(Effect::Load(need));
    }
}

/// Continue was pressed before everything is here: goes on when it is.
pub(super) fn wait(state: &mut State, turn: &mut Turn) {
    state.start.goes_on = true;
    ask_for_data(state, turn);
}

/// Data has come. With the last of what the chosen collection needs, its organisations can be found: what was typed
/// meanwhile counts.
pub(super) fn loaded(state: &mut State, turn: &mut Turn, documents: &[Document]) {
    take(state, documents);
    if state.unusable.is_some() {
        turn.draw = Some(String::new());
        return;
    }
    if !state.missing().is_empty() {
        return;
    }
    if state.keeping.opening.is_some() {
        keeping::go_on(state, turn);
        return;
    }
    state.trouble = None;
    state.start.choices = choices(state);
    let start = &mut state.start;
    let organisation = &mut start.organisation;
    if organisation.open {
        let text = organisation.text.clone();
        organisation.type_text(&text, &start.choices);
    } else if organisation.leave(&start.choices) {
        show_chosen(state, turn);
    }
    if std::mem::take(&mut state.start.goes_on) {
        steps::go_on(state, turn);
    }
}

/// Data could not be had: a folder that was moved, a network that is down.
pub(super) fn could_not_load(state: &mut State) {
    state.start.goes_on = false;
    state.keeping.opening = None;
    state.keeping.refused.clear();
    state.trouble = Some(
        "The questions and organisations of this collection could not be fetched. Check that you are still connected, then select Continue to try again.",
    );
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

/// Another return was chosen.
pub(super) fn due(state: &mut State, id: &str) {
    state.start.due = Some(id.to_owned());
}

/// The organisations of the chosen collection: expected ones first, then those of a kind that may complete a return.
fn choices(state: &State) -> Vec<Choice> {
    let Some(collection) = &state.start.collection else { return Vec::new() };
    let forms = state.forms_of_collection();
    let Some(first) = forms.first() else { return Vec::new() };
    let expected = state.set.expected(collection);
    let mut choices = Vec::new();
    for Organisation { code, name, kind, .. } in first.organisations.all() {
        let rank = if expected.is_some_and(|list| list.of(code).is_some()) {
            0
        } else if forms.iter().any(|form| takes(form, kind)) {
            1
        } else {
            2
        };
        choices.push(Choice::new(code, name, rank));
    }
    if let Some(Organisation { code, name, .. }) = &state.start.unlisted
        && first.organisations.by_code(code).is_none()
    {
        choices.push(Choice::new(code, name, 0));
    }
    choices
}

/// An organisation that is not in the list is named by its code and name. One that is in it is chosen from it.
pub(super) fn unlisted(state: &mut State, turn: &mut Turn) {
    let [code, name] = &state.start.typed;
    let (code, name) = (code.trim().to_ascii_uppercase(), name.trim().to_owned());
    let is_code = (3..=5).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric());
    if !is_code || name.is_empty() {
        state.trouble = Some(
            "Type the organisation’s code, 3 to 5 letters and figures, and its name. Then select “Use this organisation” again.",
        );
        turn.then.push(Effect::Focus(TROUBLE_ID.to_owned()));
        return;
    }
    state.trouble = None;
    let kind = "trust".to_owned();
    state.start.unlisted =
        Some(Organisation { code: code.clone(), name, kind, ..Organisation::default() });
    state.start.choices = choices(state);
    choose(state, turn, &code);
    turn.then.push(Effect::Focus(ORGANISATION.to_owned()));
}

/// A key was pressed in the box for the organisation.
pub(super) fn key(state: &mut State, turn: &mut Turn, key: &str) {
    let start = &mut state.start;
    match start.organisation.press(key, &start.choices) {
        Handled::Chose => {
            turn.first.push(Effect::Prevent);
            show_chosen(state, turn);
        }
        Handled::Moved => {
            turn.first.push(Effect::Prevent);
            if let Some(line) = start.organisation.active {
                turn.then.push(Effect::Reveal(format!("{ORGANISATION}-option-{line}")));
            }
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
pub(super) fn begin(state: &mut State, turn: &mut Turn) {
    let (Some(form), Some(code)) = (state.form().cloned(), &state.start.organisation.chosen) else {
        return;
    };
    let unlisted = state.start.unlisted.as_ref().filter(|unlisted| unlisted.code == *code);
    let Some(organisation) = form.organisations.by_code(code).or(unlisted).cloned() else { return };
    let Some(now) = state.now else { return };
    let work = match state.work.take() {
        Some(work)
            if Rc::ptr_eq(&work.draft.form, &form) && work.draft.organisation == organisation =>
        {
            work
        }
        Some(work) => {
            state.forget_what_was_said();
            new_draft(state, turn);
            let owes = owes(&state.set, &form, &organisation.code);
            work.moved(form, organisation, owes.as_ref(), now)
        }
        None => {
            new_draft(state, turn);
            let owes = owes(&state.set, &form, &organisation.code);
            let mut work = Work::new(form, organisation, owes.as_ref(), now);
            if let Some(sealed) = state.start.sealed.take() {
                work.go_on_from(&sealed, now);
            }
            work
        }
    };
    state.work = Some(work);
}

/// What was kept so far stays as it is, and can be gone on with.
fn new_draft(state: &mut State, turn: &mut Turn) {
    state.keeping.begin();
    turn.then.push(Effect::Forget);
}

/// Chooses at the start what the return is of: it was opened, or something else was chosen meanwhile.
pub(super) fn choose_again(state: &mut State) {
    let Some(work) = &state.work else { return };
    let Draft { form, organisation, .. } = &work.draft;
    state.start.collection = Some(form.collection.source().id.clone());
    state.start.due = Some(return_id(form));
    let choice = Choice::new(&organisation.code, &organisation.name, 0);
    state.start.organisation =
        Combobox { text: choice.label, chosen: Some(choice.value), ..Combobox::default() };
    state.start.choices = choices(state);
}

/// What the expected list says of the organisation.
fn owes(set: &Set, form: &Form, code: &str) -> Option<Owes> {
    set.expected(&form.collection.source().id)?.of(code).cloned()
}
