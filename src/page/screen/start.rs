//! The first step: which collection, which organisation.

use maud::{Markup, html};

use std::rc::Rc;

use crate::collection::Form;
use crate::gather::Gather as _;
use crate::page::component::{
    Button, Colour, ComboboxView, Control, Message, OptionView, Problem, Question, Radio, Severity,
    Size, active_id, button, combobox, options, radios, status_class, tag,
};
use crate::page::live::Live;
use crate::page::said;
use crate::page::state::State;
use crate::page::step::Step;
use crate::page::work::Work;
use crate::time::{Instant, WindowState, duration_words};

/// The name of the radios for the collection.
pub(in crate::page) const COLLECTION: &str = "collection";
/// The id of the box for the organisation.
pub(in crate::page) const ORGANISATION: &str = "organisation";

/// The region that says what becomes of figures typed before.
const KEPT: &str = "kept";

/// What has to be mended before going on.
pub(in crate::page) fn problems(state: &State) -> Vec<Problem> {
    let mut problems = Vec::new();
    if state.form().is_none() {
        problems.push((COLLECTION, "Select a collection"));
    }
    let organisation = &state.start.organisation;
    if organisation.text.trim().is_empty() {
        problems.push((ORGANISATION, "Enter the name or code of your organisation"));
    } else if organisation.chosen.is_none() {
        problems.push((ORGANISATION, "Choose your organisation from the list"));
    }
    let problem =
        |(target, text): (&str, &str)| Problem { target: target.to_owned(), text: text.to_owned() };
    let begun = state.work.as_ref().filter(|work| problems.is_empty() && is_for(state, work));
    let mut problems: Vec<Problem> = problems.into_iter().map(problem).gather();
    problems.extend(begun.into_iter().flat_map(|work| said::problems(work, Step::Start)));
    problems
}

/// Whether the return was begun for the collection and organisation that are chosen.
fn is_for(state: &State, work: &Work) -> bool {
    is_of_collection(state, work)
        && state.start.organisation.chosen.as_ref() == Some(&work.draft.organisation.code)
}

fn is_of_collection(state: &State, work: &Work) -> bool {
    state.form().is_some_and(|form| Rc::ptr_eq(form, &work.draft.form))
}

/// What becomes of figures that were typed for another collection or organisation.
fn kept(state: &State) -> Markup {
    let work = state.work.as_ref();
    let Some(work) = work.filter(|work| work.has_figures() && !is_for(state, work)) else {
        return html! {};
    };
    if is_of_collection(state, work) {
        return html! {
            p { "The figures you typed are kept for the organisation you choose now: check them." }
        };
    }
    html! {
        p {
            "The figures you typed for “" (work.draft.form.collection.source().title)
            "” are kept on this page and come back when you choose it again."
        }
    }
}

pub(super) fn live(state: &State, live: &mut Live) {
    for form in first_forms(state) {
        let id = &form.collection.source().id;
        live.region(window_region(id), window(form, state.now));
    }
    live.standing(
        COLLECTION,
        collection_question().standing(Control::Fieldset, &messages(state, COLLECTION)),
    );
    let standing =
        organisation_question().standing(Control::Input(""), &messages(state, ORGANISATION));
    live.standing(ORGANISATION, standing);
    let view = view(state);
    live.attribute(ORGANISATION, "aria-expanded", Some(view.open.to_string()));
    live.attribute(ORGANISATION, "aria-activedescendant", active_id(&view));
    live.hide(&format!("{ORGANISATION}-list"), !view.open);
    live.region(format!("{ORGANISATION}-list"), options(&view));
    let status = format!("{ORGANISATION}-status");
    live.attribute(&status, "class", Some(status_class(&view).to_owned()));
    live.region(status, html! { (view.status) });
    live.region(KEPT, kept(state));
}

pub(super) fn draw(state: &State, live: &Live) -> Markup {
    let forms = first_forms(state);
    let choices = forms.iter().map(|form| choice(form, live));
    let chosen = state.start.collection.as_deref().unwrap_or_default();
    let (which, who) = (collection_question(), organisation_question());
    html! {
        p { "Type your figures, see at once what needs another look, and save one sealed file to send. Nothing you type leaves this computer until you send that file yourself." }
        h2 class="nhsuk-heading-m" { "What you need" }
        ul class="nhsuk-list nhsuk-list--bullet" {
            li { "your figures, by date and staff group" }
            li { "the name and role of the director or senior manager who signs them off" }
            li { "how and when they agreed the figures" }
        }
        (radios(&which, live.of(COLLECTION), &choices.gather(), chosen))
        (combobox(&who, live.of(ORGANISATION), &view(state)))
        div role="status" data-region=(KEPT) { (live.at(KEPT)) }
        (button(&Button { action: "continue", text: "Continue", ..Button::default() }))
    }
}

/// The first return of each collection.
fn first_forms(state: &State) -> Vec<&Form> {
    let mut forms: Vec<&Form> = Vec::new();
    for form in state.set.forms() {
        let id = &form.collection.source().id;
        if forms.iter().all(|known| known.collection.source().id != *id) {
            forms.push(form);
        }
    }
    forms
}

fn collection_question() -> Question<'static> {
    let label = "Which collection is this for?";
    Question { id: COLLECTION, label, size: Size::Medium, ..Question::default() }
}

fn organisation_question() -> Question<'static> {
    Question {
        id: ORGANISATION,
        label: "Which organisation is this for?",
        size: Size::Medium,
        hint: "Type part of the name, or the code. For example, Nottingham or RX1.",
        ..Question::default()
    }
}

/// What is said about a question of this step.
fn messages(state: &State, target: &str) -> Vec<Message> {
    let tried = state.tried.contains(&Step::Start);
    let problems = if tried { problems(state) } else { Vec::new() };
    let about = problems.into_iter().filter(|problem| problem.target == target);
    about.map(|problem| Message { severity: Severity::Error, text: problem.text }).gather()
}

fn window_region(collection: &str) -> String {
    format!("window.{collection}")
}

/// A collection to choose: its title, its return, and when that is due.
fn choice<'a>(form: &'a Form, live: &Live) -> Radio<'a> {
    let source = form.collection.source();
    let region = window_region(&source.id);
    let hint = html! {
        (form.template.source().title) ". "
        span data-region=(region) { (live.at(&region)) }
        @if source.practice { " " (tag(Colour::Yellow, "Practice")) }
    };
    Radio { value: &source.id, label: &source.title, hint: Some(hint) }
}

/// When a return can be sent in, and how the present lies to that.
fn window(form: &Form, now: Option<Instant>) -> Markup {
    let (Some(due), Some(now)) = (form.window, now) else {
        return html! { "Open at any time." };
    };
    let words = due.words();
    html! {
        @match due.state(now) {
            WindowState::Before => {
                "Opens in " (duration_words(due.opens().seconds().saturating_sub(now.seconds())))
                ": " (words) ". You can prepare your figures now."
            },
            WindowState::Open => {
                "Open: " (words) ". "
                (duration_words(due.closes().seconds().saturating_sub(now.seconds()))) " left."
            },
            WindowState::Late => {
                "The window has closed: it was " (words)
                ". You can still complete the return. It will be marked late, and you will be asked why."
            },
        }
    }
}

/// The combobox as it stands.
fn view(state: &State) -> ComboboxView<'_> {
    let combobox = &state.start.organisation;
    let lines = combobox.lines.iter().filter_map(|place| state.start.choices.get(*place));
    let status = if state.start.choices.is_empty() && combobox.open {
        "Select a collection first".to_owned()
    } else {
        combobox.status()
    };
    ComboboxView {
        id: ORGANISATION,
        value: &combobox.text,
        options: lines.map(|line| OptionView { value: &line.value, label: &line.label }).gather(),
        active: combobox.active,
        open: combobox.open && !combobox.lines.is_empty(),
        status,
    }
}
