//! How it looks: which collection, the files, and what they come to.

mod chart;
mod files;
mod overview;
mod queries;
mod risk;
mod save;
mod senders;
mod start;
mod table;
mod totals;
mod typed;

use maud::{Markup, html};

use super::state::{
    BY, COLLECTION, DECISIONS, EXPECTED, FIGURES, FIGURES_AT, FIGURES_FROM, FIGURES_SOURCE, FILES,
    MANIFEST, PASTED, PASTED_INTO, RECEIVED, REGION, REGISTER, SIGNER, SINCE, Screen, State, TABLE,
    TYPED_FOR, TYPED_RETURN, View, Work,
};
use crate::gather::Gather as _;
use crate::page::component::{
    Button, Control, Message, Part, Problem, Question, Severity, Weight, button, button_with_id,
    date_input, error_summary, inset,
};
use crate::page::live::Live;
use crate::page::screen::{SERVICE, unusable};
use crate::page::text::{outside, visible};

/// The heading, which takes focus when a screen is drawn.
pub(super) use crate::page::screen::HEADING_ID;
/// The region of what is shown of the result.
pub(super) const VIEW: &str = "view";
/// The heading of that, which takes focus when it is drawn anew.
pub(super) const VIEW_HEADING_ID: &str = "view-heading";
/// Where it is said what was done last.
pub(super) const SAID: &str = "said";
/// The region that says how far reading is.
const READING: &str = "reading";
/// The region of the button that ends it, which is not drawn anew while somebody presses it.
const CANCEL: &str = "cancel-reading";
/// The region that says what is being done.
const DOING: &str = "doing";

/// The region that says of what the result is.
const STANDING: &str = "standing";
/// The region of the parts to go to.
const VIEWS: &str = "views";

/// What the page is for.
const TASK: &str = "Put returns together";

const INPUTS: [(Question<'static>, Control); 19] = [
    (Question::small(COLLECTION, "Which collection are the returns for?", ""), Control::Select),
    (
        Question::small(
            EXPECTED,
            "Expected organisations",
            "The file that says who owes which return.",
        ),
        Control::Input(""),
    ),
    (
        Question::small(REGISTER, "Senders", "The file that says which key belongs to whom."),
        Control::Input(""),
    ),
    (
        Question::small(
            SIGNER,
            "Who seals these lists",
            "The thumbprint that whoever keeps the lists gave you: 43 letters and digits.",
        ),
        Control::Input(""),
    ),
    (
        Question::small(
            MANIFEST,
            "When each file arrived",
            "A CSV file with the columns file and received_at.",
        ),
        Control::Input(""),
    ),
    (
        Question::small(
            RECEIVED,
            "When the other files arrived",
            "UK time, where nothing else says it. Leave it empty if you do not know: then no file is late.",
        ),
        Control::Fieldset,
    ),
    (
        Question::small(DECISIONS, "An earlier collation", "Its name begins with ia-collation."),
        Control::Input(""),
    ),
    (Question::small(FILES, "Files", ""), Control::Input("")),
    (Question::small(BY, "Your name", ""), Control::Input("nhsuk-u-width-two-thirds")),
    (Question::small(TABLE, "A single table", ""), Control::Select),
    (Question::small(REGION, "Region", ""), Control::Select),
    (
        Question::small(
            FIGURES,
            "A file with the figures",
            "A draft, whose name begins with ia-draft, or a CSV file with a line for each figure.",
        ),
        Control::Input(""),
    ),
    (
        Question::small(
            FIGURES_FROM,
            "Who gave the figures",
            "A name or a role at the organisation.",
        ),
        Control::Input("nhsuk-u-width-two-thirds"),
    ),
    (Question::small(FIGURES_SOURCE, "How they came", ""), Control::Select),
    (Question::small(FIGURES_AT, "When they were given", "UK time."), Control::Fieldset),
    (
        Question::small(TYPED_FOR, "Code of the organisation", "Like RX1."),
        Control::Input("nhsuk-input--width-10"),
    ),
    (Question::small(TYPED_RETURN, "Which return", ""), Control::Select),
    (
        Question::small(
            PASTED,
            "Paste the figures of the table",
            "As a spreadsheet copies them, in the order of the table. Headings may be among them.",
        ),
        Control::Textarea,
    ),
    (Question::small(PASTED_INTO, "Which table they are for", ""), Control::Select),
];

const SINCE_QUESTION: Question<'static> =
    Question::small(SINCE, "What is new since", "UK time, like 28 7 2023 and 11:30.");

fn question_of(id: &str) -> Question<'static> {
    let found = INPUTS.iter().find(|(question, _)| question.id == id);
    found.map_or(SINCE_QUESTION, |(question, _)| *question)
}

/// The control that takes focus for what is wrong with an input.
pub(super) fn control_of(id: &'static str) -> &'static str {
    match id {
        RECEIVED => "received.day",
        FIGURES_AT => "figures-at.day",
        SINCE => "since.day",
        _ => id,
    }
}

/// The parts that can change without everything being drawn anew.
pub(super) fn live(state: &State) -> Live {
    let mut live = Live::default();
    for (question, control) in INPUTS.into_iter().chain([(SINCE_QUESTION, Control::Fieldset)]) {
        live.standing(question.id, question.standing(control, &faults(state, question.id)));
    }
    live.region("summary", error_summary(&problems(state)));
    live.region(READING, reading(state));
    let is_reading = state.reading.is_some_and(|reading| !reading.is_stopping);
    live.region(CANCEL, html! { @if is_reading { (secondary("cancel", "Cancel")) } });
    live.region(DOING, doing(state));
    live.region(STANDING, standing(state));
    live.region(VIEWS, views(state));
    live.region(SAID, html! { @if !state.said.is_empty() { p { (visible(&state.said)) } } });
    live
}

fn faults(state: &State, id: &str) -> Vec<Message> {
    let faults = state.faults.iter().filter(|(fault, _)| *fault == id);
    faults.map(|(_, text)| Message { severity: Severity::Error, text: text.clone() }).gather()
}

fn problems(state: &State) -> Vec<Problem> {
    let problem = |(id, text): &(&'static str, String)| Problem {
        target: control_of(id).to_owned(),
        text: text.clone(),
    };
    state.faults.iter().map(problem).gather()
}

/// The title: what is shown, then what the page is for, then the service.
pub(super) fn title(state: &State) -> String {
    let error = if state.faults.is_empty() { "" } else { "Error: " };
    let heading = heading(state);
    let task = if heading == TASK { "" } else { " – Put returns together" };
    [error, heading, task, " – ", SERVICE].concat()
}

fn heading(state: &State) -> &'static str {
    match state.screen {
        Screen::Start => TASK,
        Screen::Files => "Add the files",
        Screen::View(view) => view.title(),
    }
}

/// Everything, for `#app`.
///
/// Accessibility: the marking stands before `main`, as on every page; the first heading takes focus when a screen is drawn
/// (2.4.3); how far reading is, and what was done last, are statuses (4.1.3).
pub(super) fn draw(state: &State, live: &Live) -> Markup {
    if let Some(reason) = &state.unusable {
        return unusable(reason);
    }
    html! {
        div class="ia-marking" { (marking(state)) }
        main class="nhsuk-main-wrapper" id="main-content" tabindex="-1" {
            div data-region="summary" { (live.at("summary")) }
            h1 class="nhsuk-heading-l" id=(HEADING_ID) tabindex="-1" {
                @if let Some(collection) = state.its_collection().filter(|_| state.screen != Screen::Start) {
                    span class="nhsuk-caption-l" { (collection.source().title) " " }
                }
                (heading(state))
            }
            @match state.screen {
                Screen::Start => (start::draw(state, live)),
                Screen::Files => (files::choose(state, live)),
                Screen::View(_) => (result(state, live)),
            }
        }
    }
}

/// The marking of the collection, or the gravest of all; and whether this is practice.
fn marking(state: &State) -> Markup {
    let markings = state.set.collections().iter().map(|it| it.source().classification.as_str());
    let own = state.its_collection().map(crate::collection::Collection::source);
    let marking = match own {
        Some(source) => source.classification.as_str(),
        // Markings begin alike, so the longest is the gravest: OFFICIAL, OFFICIAL-SENSITIVE.
        None => markings.max_by_key(|text| text.len()).unwrap_or_default(),
    };
    html! {
        strong { (marking) }
        @if own.is_some_and(|source| source.practice) {
            " " strong class="ia-practice" { "Practice: these figures go nowhere" }
        }
    }
}

/// Where it is said how far reading is, and what is being done.
///
/// Accessibility: how far it is changes four times a second, so it is no status; when it begins and ends is (4.1.3).
fn at_work(live: &Live) -> Markup {
    html! {
        div data-region=(READING) { (live.at(READING)) }
        div data-region=(CANCEL) { (live.at(CANCEL)) }
        div role="status" data-region=(DOING) { (live.at(DOING)) }
        div id=(SAID) tabindex="-1" role="status" data-region=(SAID) { (live.at(SAID)) }
    }
}

/// How far reading is.
fn reading(state: &State) -> Markup {
    html! {
        @if let Some(reading) = state.reading {
            p { (super::update::files(reading.done)) " of " (reading.total) " checked." }
            progress class="ia-progress" max=(reading.total) value=(reading.done)
                aria-label="Files checked" {}
        }
    }
}

/// What is being done.
fn doing(state: &State) -> Markup {
    let words = match (state.reading, state.work) {
        (Some(reading), _) if reading.is_stopping => "Stopping.",
        (Some(_), _) => "The files are being checked.",
        (None, Some(Work::Collate)) => "The files are being put together.",
        (None, Some(Work::Archive | Work::Json | Work::Workbook)) => "The file is being made.",
        (None, None) if state.is_waiting => "The collection is being fetched.",
        (None, None) => "",
    };
    html! { @if !words.is_empty() { p { (words) } } }
}

/// What the files come to: parts to go to, then the one that is shown.
fn result(state: &State, live: &Live) -> Markup {
    html! {
        div data-region=(STANDING) { (live.at(STANDING)) }
        div class="nhsuk-button-group ia-actions ia-screen-only" {
            (secondary("add-files", "Add more files"))
            (secondary("change", "Change lists and times"))
        }
        nav class="ia-views" aria-label="Parts of the collation" data-region=(VIEWS) { (live.at(VIEWS)) }
        (at_work(live))
        div data-region=(VIEW) { (view(state, live)) }
    }
}

/// The parts to go to, with how much waits in each.
fn views(state: &State) -> Markup {
    html! {
        ul class="ia-views__list" {
            @for (view, word, title) in View::ALL {
                li { (view_button(state, view, word, title)) }
            }
        }
    }
}

fn view_button(state: &State, view: View, word: &str, title: &str) -> Markup {
    let is_here = state.screen == Screen::View(view);
    let waits = waits(state, view);
    html! {
        button class="ia-views__item" type="button" id={ "view-" (word) } data-action="view"
            data-value=(word) aria-current=[is_here.then_some("page")] {
            (title) @if waits > 0 { " (" (waits) ")" }
        }
    }
}

/// How many things wait for somebody in a part.
fn waits(state: &State, view: View) -> usize {
    let Some(made) = &state.made else { return 0 };
    let rows = |id: &str, wanted: &[(&str, &str)]| {
        made.table(id).map_or(0, |table| table::rows(table, wanted).len())
    };
    match view {
        View::Chase => rows("chase", &[]),
        View::Choose => rows("returns", &[("status", "fork")]),
        View::Senders => rows("senders", &[("standing", "not_confirmed")]),
        _ => 0,
    }
}

/// As of when, of how many files, and whether that is all of them.
fn standing(state: &State) -> Markup {
    let Some(made) = &state.made else { return html! {} };
    html! {
        p {
            "As at " (made.at.clock_words()) " " (made.at.zone_words()) " on " (made.at.date_words()) ", of "
            (super::update::files(made.collation.files.len())) ". "
        }
        @if let Some((done, total)) = state.stopped {
            (inset(&html! {
                p { "You stopped reading after " (super::update::files(done)) " of " (total) ". What follows is of these alone. Add the folder again to read the rest: a file that was read before is not counted twice." }
            }))
        }
    }
}

/// What is shown of the result.
pub(super) fn view(state: &State, live: &Live) -> Markup {
    let (Some(made), Screen::View(view)) = (&state.made, state.screen) else { return html! {} };
    match view {
        View::Overview => overview::draw(state, made, live),
        View::Files => files::draw(state, made, live),
        View::Chase => overview::chase(state, made),
        View::Senders => senders::draw(state, made, live),
        View::Choose => senders::choose(state, made),
        View::Queries => queries::draw(state, made),
        View::Totals => totals::draw(state, made),
        View::Risk => risk::draw(state, made),
        View::Entered => save::entered(state, made, live),
        View::Save => save::draw(state, made, live),
    }
}

/// A button that is another way on.
fn secondary(action: &str, text: &str) -> Markup {
    button(&Button { action, text, weight: Weight::Secondary, value: None })
}

/// A button that does something to one of several things: its name says to which.
fn to(action: &str, value: &str, text: &str, of: &str) -> Markup {
    let id = [action, "-", &value.replace(' ', "-")].concat();
    html! {
        button class="nhsuk-button nhsuk-button--secondary nhsuk-button--small ia-small" type="button" id=(id)
            data-action=(action) data-value=(value) {
            (text) @if !of.is_empty() { span class="nhsuk-u-visually-hidden" { " " (outside(of)) } }
        }
    }
}

/// The parts of a time.
fn time_parts(state: &State, id: &str, parts: [&'static str; 4], live: &Live) -> Markup {
    let [day, month, year, time] = parts.map(|id| state.text(id));
    let part =
        |id, label, width, value, digits| Part { id, label, width, value, wrong: false, digits };
    date_input(
        &question_of(id),
        live.of(id),
        &[
            part("day", "Day", "nhsuk-input--width-2", day, true),
            part("month", "Month", "nhsuk-input--width-2", month, false),
            part("year", "Year", "nhsuk-input--width-4", year, true),
            part("time", "Time", "nhsuk-input--width-5", time, false),
        ],
    )
}

/// One kind of return: a template, at a stage where it has stages.
#[derive(Eq, Ord, PartialEq, PartialOrd)]
struct Sort {
    template: String,
    stage: String,
    /// What people call it.
    title: String,
}

/// The kinds of return that are owed or came, each once.
fn sorts(state: &State, made: &super::state::Made) -> Vec<Sort> {
    let mut sorts: Vec<Sort> = Vec::new();
    for own in &made.collation.owed {
        let at = own.stage.unwrap_or_default();
        if sorts.iter().any(|known| known.template == own.template && known.stage == at) {
            continue;
        }
        let template = state.set.templates().iter().find(|it| it.source().id == own.template);
        let title = template.map_or(own.template.as_str(), |it| it.source().title.as_str());
        let title = if at.is_empty() { title.to_owned() } else { format!("{title}, {at}") };
        sorts.push(Sort { template: own.template.clone(), stage: at.to_owned(), title });
    }
    sorts.sort_unstable();
    sorts
}

/// Every return that the collection asks for: its template, with its stage after a space where it has one, and what people call it.
fn asked(state: &State) -> Vec<(String, String)> {
    let forms = state.set.forms().iter();
    let mut asked = Vec::new();
    for form in forms.filter(|form| form.collection.source().id == state.collection) {
        let (source, at) = (form.template.source(), form.stage.unwrap_or_default());
        let title = [source.title.as_str(), at].join(", ");
        let title = title.trim_end_matches(", ").to_owned();
        asked.push(([&source.id, " ", at].concat().trim_end().to_owned(), title));
    }
    asked
}

/// The button that goes on.
fn primary(action: &str, text: &str) -> Markup {
    button_with_id(action, &Button { action, text, ..Button::default() })
}
