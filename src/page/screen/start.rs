//! The first step: which collection, which organisation.

use maud::{Markup, html};

use std::rc::Rc;

use super::{keeping, tasks};
use crate::collection::{Form, Source};
use crate::gather::Gather as _;
use crate::letters::Join as _;
use crate::page::component::{
    Button, Colour, ComboboxView, Control, Input, Message, OptionView, Problem, Question, Radio,
    Severity, Size, Standing, Weight, Width, active_id, button, combobox, details, input, options,
    radios, status_class, tag, tail,
};
use crate::page::live::Live;
use crate::page::said;
use crate::page::state::{State, return_id};
use crate::page::step::Step;
use crate::page::work::Work;
use crate::time::{Instant, WindowState, duration_words};

/// The name of the radios for the collection.
pub(in crate::page) const COLLECTION: &str = "collection";
/// The name of the radios for the return.
pub(in crate::page) const DUE: &str = "return";
/// The id of the box for the organisation.
pub(in crate::page) const ORGANISATION: &str = "organisation";

/// The ids of the boxes for the code and the name of an organisation that is not in the list.
pub(in crate::page) const UNLISTED: [&str; 2] = ["unlisted-code", "unlisted-name"];

/// The region of the returns to choose from.
const RETURNS: &str = "returns";
/// The region that says whom to ask.
const CONTACTS: &str = "contacts";
/// The region that says what becomes of figures typed before.
const KEPT: &str = "kept";

/// What has to be mended before going on.
pub(in crate::page) fn problems(state: &State) -> Vec<Problem> {
    let mut problems = Vec::new();
    if state.start.collection.is_none() {
        problems.push((COLLECTION, "Select a collection"));
    }
    let organisation = &state.start.organisation;
    if organisation.text.trim().is_empty() {
        problems.push((ORGANISATION, "Enter the name or code of your organisation"));
    } else if organisation.chosen.is_none() {
        problems.push((ORGANISATION, "Choose your organisation from the list"));
    } else if state.start.collection.is_some() && state.form().is_none() {
        problems.push(if state.forms().is_empty() {
            (ORGANISATION, "This organisation completes no return in this collection")
        } else {
            (DUE, "Select a return")
        });
    } else if keeping::is_missing(state) {
        problems.push((keeping::STORE, keeping::SAY_WHERE));
    }
    let problem =
        |(target, text): (&str, &str)| Problem { target: target.to_owned(), text: text.to_owned() };
    let begun = state.work.as_ref().filter(|work| problems.is_empty() && is_for(state, work));
    let mut problems: Vec<Problem> = problems.into_iter().map(problem).gather();
    if let Some(work) = begun {
        problems.append(&mut said::problems(work, Step::Start));
    }
    problems
}

/// Whether the return was begun for the collection and organisation that are chosen.
pub(super) fn is_for(state: &State, work: &Work) -> bool {
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
    returns(state, live);
    keeping::live(state, live);
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
    live.hide(&tail(ORGANISATION, "-list"), !view.open);
    live.region(tail(ORGANISATION, "-list"), options(&view));
    let status = tail(ORGANISATION, "-status");
    live.attribute(&status, "class", Some(status_class(&view).to_owned()));
    live.region(status, html! { (view.status) });
    live.region(KEPT, kept(state));
    live.region(CONTACTS, contacts(state));
}

/// Whom to ask, once it is known which organisation in which collection this is for.
fn contacts(state: &State) -> Markup {
    let code = state.start.organisation.chosen.as_deref().unwrap_or_default();
    let forms = state.forms_of_collection();
    let form = forms.first();
    let region =
        form.and_then(|form| tasks::region(state, form, form.organisations.by_code(code)?));
    tasks::contacts_of(region)
}

pub(super) fn draw(state: &State, live: &Live) -> Markup {
    let choices = state.set.collections().iter().map(|collection| choice(collection.source()));
    let chosen = state.start.collection.as_deref().unwrap_or_default();
    let (which, who) = (collection_question(), organisation_question());
    html! {
        p { "Type your figures, see at once what needs another look, and save one sealed file to send. Nothing you type leaves this computer until you send that file yourself." }
        (keeping::draw_drafts(live))
        h2 class="nhsuk-heading-m" { "What you need" }
        ul class="nhsuk-list nhsuk-list--bullet" {
            li { "the figures or answers that the letter asks for" }
            li { "the name and role of the director or senior manager who signs them off" }
            li { "how and when they agreed the figures" }
        }
        (radios(&which, live.of(COLLECTION), &choices.gather(), chosen))
        (combobox(&who, live.of(ORGANISATION), &view(state)))
        (details("Your organisation is not in the list", &unlisted(state)))
        div data-region=(RETURNS) { (live.at(RETURNS)) }
        (keeping::draw_store(live))
        div role="status" data-region=(KEPT) { (live.at(KEPT)) }
        (button(&Button { action: "continue", text: "Continue", ..Button::default() }))
        div data-region=(CONTACTS) { (live.at(CONTACTS)) }
        (keeping::draw_file())
        (super::keys::place("start", "Open a receipt", [""; 3]))
    }
}

/// The way in for an organisation that is not in the list.
fn unlisted(state: &State) -> Markup {
    let questions =
        [("Code", "For example, RX1. A site’s code is not its organisation’s."), ("Name", "")];
    let standing =
        Standing { control: Control::Input(Width::TwoThirds.class()), ..Standing::default() };
    html! {
        p { "Lists are dated: an organisation may have merged or changed its code since. Check the list first. The return will say that the organisation is not in it." }
        @for ((id, value), (label, hint)) in UNLISTED.iter().zip(&state.start.typed).zip(questions) {
            @let question = Question { id, label, hint, ..Question::default() };
            (input(&question, &Standing { has_hint: !hint.is_empty(), ..standing.clone() }, &Input { id, value, ..Input::default() }))
        }
        (button(&Button { action: "unlisted", text: "Use this organisation", weight: Weight::Secondary, value: None }))
    }
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
    let mut messages = Vec::new();
    for problem in problems {
        if problem.target == target {
            messages.push(Message { severity: Severity::Error, text: problem.text });
        }
    }
    messages
}

fn window_region(form: &Form) -> String {
    format!("window.{}.{}", form.collection.source().id, return_id(form))
}

/// A collection to choose, by its title.
fn choice(source: &Source) -> Radio<'_> {
    let hint = source.practice.then(|| tag(Colour::Yellow, "Practice"));
    Radio { value: &source.id, label: &source.title, hint }
}

/// The returns that the organisation owes or may complete, once it and the collection are chosen: redrawn only when
/// they are others, so that choosing one keeps its focus.
fn returns(state: &State, live: &mut Live) {
    let forms = match state.start.organisation.chosen {
        Some(_) => state.forms(),
        None => Vec::new(),
    };
    for form in &forms {
        live.region(window_region(form), window(form, state.now));
    }
    let question = due_question();
    let standing = question.standing(Control::Fieldset, &messages(state, DUE));
    live.standing(DUE, standing);
    let key: Vec<String> = forms.iter().map(|form| window_region(form)).gather();
    let html = match forms.as_slice() {
        [] => html! {},
        [only] => html! {
            p { strong { (only.template.source().title) } ". " (of_return(state, only, live)) }
        },
        several => {
            let ids: Vec<String> = several.iter().map(|form| return_id(form)).gather();
            let chosen = state.start.due.as_deref().unwrap_or_default();
            let choices = several.iter().zip(&ids).map(|(form, id)| Radio {
                value: id,
                label: &form.template.source().title,
                hint: Some(of_return(state, form, live)),
            });
            radios(&question, live.of(DUE), &choices.gather(), chosen)
        }
    };
    live.keyed_region(RETURNS, key.joined(" "), html);
}

/// Whether a return is owed, at which stage, and when.
fn of_return(state: &State, form: &Form, live: &Live) -> Markup {
    let code = state.start.organisation.chosen.as_deref().unwrap_or_default();
    let kind = form.organisations.by_code(code).map_or("", |it| it.kind.as_str());
    let due = form.collection.due(&form.template.source().id, form.stage);
    let is_owed = due.is_some_and(|(due, _)| due.owed_by.iter().any(|owed| owed == kind));
    let region = window_region(form);
    html! {
        @match form.stage {
            Some("estimate") => "Estimate, before the action. ",
            Some(_) => "Final figures. ",
            None => {},
        }
        @if !is_owed { "You may complete this; you do not have to. " }
        span data-region=(region) { (live.at(&region)) }
    }
}

fn due_question() -> Question<'static> {
    Question { id: DUE, label: "Which return is this?", size: Size::Medium, ..Question::default() }
}

/// When a return can be sent in, and how the present lies to that.
pub(super) fn window(form: &Form, now: Option<Instant>) -> Markup {
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
    let status = match (state.start.choices.is_empty() && combobox.open, &state.start.collection) {
        (false, _) => combobox.status(),
        (true, None) => "Select a collection first".to_owned(),
        (true, Some(_)) => "The list of organisations is being fetched".to_owned(),
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
