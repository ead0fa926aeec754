//! How it looks: one screen, in the order in which somebody decides.

mod about;
mod changes;
mod queries;
mod sign_off;
mod verdict;

use maud::{Markup, html};

use super::judge::{File, Refusal};
use super::state::{COPY, EARLIER, FILE, JOB_TITLE, NAME, Opened, State};
use crate::gather::Gather as _;
use crate::letters::holds;
use crate::page::component::{
    Button, Control, Message, Question, Severity, Weight, button, file_input, message,
};
use crate::page::live::Live;
use crate::page::screen::answers::{self, Change};
use crate::page::screen::{SERVICE, check, said_marking, unusable};
use crate::page::step::Step;
use crate::page::text::{outside, visible};

/// The heading, which takes focus when a file was opened.
pub(super) use crate::page::screen::HEADING_ID;
/// Where what is wrong with the key is said.
pub(super) const KEY: &str = "approver-key";
/// The input for a key file, which the part of kept keys draws.
pub(super) const KEY_FILE: &str = "key-file";

/// What the page is for, above its heading and in its title.
const TASK: &str = "Sign off a return";
/// The region that says that the chosen file is being read.
const READING: &str = "reading";

const INPUTS: [Question<'static>; 5] = [
    Question::small(
        FILE,
        "The file that you were sent",
        "Its name begins with ia-return, or with ia-draft.",
    ),
    Question::small(EARLIER, "The sealed file of the earlier version", ""),
    Question::small(COPY, "The copy that somebody else signed off", ""),
    Question::small(NAME, "Your name", ""),
    Question::small(JOB_TITLE, "Your job title", ""),
];

fn question_of(id: &str) -> Question<'static> {
    INPUTS.iter().find(|question| question.id == id).copied().unwrap_or_default()
}

/// The parts that can change without everything being drawn anew.
pub(super) fn live(state: &State) -> Live {
    let mut live = Live::default();
    for question in &INPUTS {
        live.standing(
            question.id,
            question.standing(Control::Input(""), &faults(state, question.id)),
        );
    }
    live.region(KEY, html! { @for fault in faults(state, KEY) { (message(&fault)) } });
    live.region(
        READING,
        html! {
            @if matches!(state.opened, Opened::Waits) { p { "The file is being read." } }
        },
    );
    if let Some(file) = state.file() {
        queries::live(file, &mut live);
        changes::live(state, &mut live);
        sign_off::live(state, &mut live);
    }
    live
}

fn faults(state: &State, id: &str) -> Vec<Message> {
    let faults = state.faults.iter().filter(|(fault, _)| *fault == id);
    faults.map(|(_, text)| Message { severity: Severity::Error, text: text.clone() }).gather()
}

/// Whether the place for kept keys is on the screen.
pub(super) fn has_keys(state: &State) -> bool {
    state.file().is_some_and(sign_off::takes_key)
}

/// The title: the verdict, then what the page is for, then the service.
pub(super) fn title(state: &State) -> String {
    let error = if state.faults.is_empty() { "" } else { "Error: " };
    let verdict = heading(state);
    let before =
        if verdict == TASK { String::new() } else { [&*visible(&verdict), " – "].concat() };
    [error, &before, TASK, " – ", SERVICE].concat()
}

/// The words of the first heading.
fn heading(state: &State) -> String {
    match &state.opened {
        Opened::File(_) if state.signed.is_some() => "You have signed off this return".to_owned(),
        Opened::File(file) => verdict::heading(file),
        Opened::Nothing | Opened::Waits => TASK.to_owned(),
        Opened::Refused(refusal) => refusal.heading.to_owned(),
    }
}

/// Everything, for `#app`.
///
/// Accessibility: the marking stands before `main`, as on every page; the first heading is the verdict and takes focus when a
/// file was opened, so that it is the first thing read out (2.4.3).
pub(super) fn draw(state: &State, live: &Live) -> Markup {
    if let Some(reason) = &state.unusable {
        return unusable(reason);
    }
    html! {
        div class="ia-marking" { (marking(state)) }
        main class="nhsuk-main-wrapper" id="main-content" tabindex="-1" {
            h1 class="nhsuk-heading-l" id=(HEADING_ID) tabindex="-1" {
                @if heading(state) != TASK { span class="nhsuk-caption-l" { (TASK) " " } }
                (outside(&heading(state)))
            }
            @match &state.opened {
                Opened::File(file) => (opened(state, file, live)),
                Opened::Nothing | Opened::Waits => (start(live)),
                Opened::Refused(refusal) => (refused(refusal, live)),
            }
        }
    }
}

/// The marking of the return that is open, or the gravest of all; and whether this is practice.
fn marking(state: &State) -> Markup {
    let work = state.file().and_then(|file| file.work.as_ref());
    let markings = state.set.collections().iter().map(|it| it.source().classification.as_str());
    let marking = match work {
        Some(work) => said_marking(&work.draft).unwrap_or(work.draft.form.classification()),
        // Markings begin alike, so the longest is the gravest: OFFICIAL, OFFICIAL-SENSITIVE.
        None => markings.max_by_key(|text| text.len()).unwrap_or_default(),
    };
    let practice = work.is_some_and(|work| work.draft.form.collection.source().practice);
    html! {
        strong { (marking) }
        @if practice { " " strong class="ia-practice" { "Practice: these figures go nowhere" } }
    }
}

fn start(live: &Live) -> Markup {
    html! {
        p { "Somebody has prepared an industrial action return and asks you to agree it. Open the file that they sent you: this page checks it, shows what it says, and helps you to agree it or to say what is wrong." }
        (chooser(live))
        p { "You can also drop the file anywhere on this page. It is read on this computer and goes nowhere." }
    }
}

fn chooser(live: &Live) -> Markup {
    html! {
        (file_input(&question_of(FILE), live.of(FILE)))
        div role="status" data-region=(READING) { (live.at(READING)) }
    }
}

/// Where another file is opened: only the screen has a use for it.
fn another(live: &Live) -> Markup {
    html! {
        section class="ia-screen-only" aria-labelledby="another" {
            h2 class="nhsuk-heading-m" id="another" { "Open another file" }
            (chooser(live))
        }
    }
}

fn refused(refusal: &Refusal, live: &Live) -> Markup {
    html! {
        p { (visible(&refusal.reason)) }
        p { (refusal.next) }
        (another(live))
    }
}

fn opened(state: &State, file: &File, live: &Live) -> Markup {
    html! {
        div class="ia-overview" {
            @if let Some(offer) = &state.signed { (sign_off::signed(offer, live)) }
            (verdict::draw(state, file))
            (about::draw(state, file))
            (queries::draw(live))
            (changes::draw(file, live))
            (sign_off::draw(state, file, live))
        }
        (whole(file))
        (another(live))
    }
}

/// Everything that the file says.
fn whole(file: &File) -> Markup {
    let Some(work) = &file.work else { return html! {} };
    html! {
        section class="ia-whole" aria-labelledby="whole" {
            h2 class="nhsuk-heading-l" id="whole" { "Everything in this return" }
            (answers::filled(work))
            (answers::questions(work, Step::Before, Change::Over))
            (answers::sections(work, Change::Over))
            (check::notes(work))
            h2 class="nhsuk-heading-m" { "Who prepared and agreed it" }
            (answers::questions(work, Step::Declaration, Change::Over))
        }
    }
}

/// A button that is another way on.
fn secondary(action: &str, text: &str) -> Markup {
    button(&Button { action, text, weight: Weight::Secondary, value: None })
}

/// Whether a collection is for practice and its title does not say so.
fn practice(file: &File) -> &'static str {
    let collection = file.work.as_ref().map(|work| work.draft.form.collection.source());
    match collection {
        Some(source) if source.practice && !holds(&source.title, "Practice") => "Practice – ",
        _ => "",
    }
}
