//! What is said about keeping: whether the draft is saved, which drafts there are, and which of two tabs goes on.

use maud::{Markup, html};

use super::start::is_for;
use crate::gather::Gather as _;
use crate::page::component::{
    Button, Colour, Control, Message, Question, Radio, Severity, Size, Weight, button,
    button_with_id, radios, tag,
};
use crate::page::keeping::{HERE, KeptDraft, Store, is_asked};
use crate::page::live::Live;
use crate::page::state::State;
use crate::page::step::Step;
use crate::page::text::outside;

/// The region that says whether the draft is saved.
pub(super) const KEEPING: &str = "keeping";
/// The region of the drafts that are kept.
const DRAFTS: &str = "drafts";
/// The region of the question where the draft is to be kept.
const STORE_REGION: &str = "store-question";
/// The name of the radios for where the draft is kept.
pub(in crate::page) const STORE: &str = "store";
/// What asks whether a draft is really to be removed.
pub(in crate::page) const REMOVING_ID: &str = "removing";

/// What is said where the browser keeps nothing.
pub(in crate::page) const NOTHING: &str =
    "This browser keeps nothing: save a draft file before you close the page.";
/// What is said where there is no room.
pub(in crate::page) const FULL: &str =
    "Not saved: this browser has no room left. Save a draft file.";
/// What is said when there was none for ten minutes.
pub(in crate::page) const ASKS: &str =
    "Save a draft file now: what you typed would be lost with this tab.";

/// Where a draft was saved.
pub(in crate::page) fn kept_words(store: Store) -> &'static str {
    if store == Store::Computer {
        "Draft saved on this computer"
    } else {
        "Draft saved in this tab"
    }
}

/// Whether the step shows whether the draft is saved.
fn is_shown(state: &State) -> bool {
    state.work.is_some()
        && !state.keeping.is_elsewhere
        && !matches!(state.step, Step::Start | Step::Done)
}

/// Whether the draft is saved, and a way to save it as a file. What can be pressed stands outside the region, which changes
/// while a pointer is on its way.
///
/// Accessibility: in words, in one place on every step (3.2.6). It is no live region: what becomes different in kind is
/// announced, not every saving (4.1.3).
pub(super) fn draw_line(state: &State, live: &Live) -> Markup {
    let Some(work) = state.work.as_ref().filter(|_| is_shown(state)) else { return html! {} };
    let is_asked = is_asked(&work.draft.form, Some(work));
    html! {
        div class="ia-keeping" {
            p data-region=(KEEPING) { (live.at(KEEPING)) }
            @if is_asked && state.keeping.can == Store::Computer {
                a href="#/start" { "Change where it is saved" }
            }
            (button(&Button {
                action: "save-draft",
                text: "Save a draft file",
                weight: Weight::Secondary,
                value: None,
            }))
        }
    }
}

/// Whether the draft is saved.
pub(super) fn line(state: &State) -> Markup {
    let Some(work) = state.work.as_ref().filter(|_| is_shown(state)) else { return html! {} };
    let (keeping, store) = (&state.keeping, state.store());
    let is_kept = work.changes == keeping.kept;
    html! {
        @if keeping.asks {
            strong { (ASKS) }
        } @else if store == Store::Nothing {
            (NOTHING)
        } @else if let Some(fault) = keeping.fault {
            (fault)
        } @else if !is_kept {
            "Not saved yet"
        } @else {
            (kept_words(store))
            @if let Some(at) = keeping.kept_at { " at " (at.clock_words()) }
            @else { " as you type" }
            @if store == Store::Tab { ". It is lost when you close the tab." }
        }
        @if let Some(at) = keeping.filed_at {
            @if is_kept && store != Store::Nothing { "." }
            " Draft file saved at " (at.clock_words())
            @if work.changes > keeping.filed { ", without your last changes" }
            "."
            @if work.has_mistakes() { " What cannot be read is not in the file: correct it first." }
        }
    }
}

/// The live parts of the start.
pub(super) fn live(state: &State, live: &mut Live) {
    live.region(DRAFTS, drafts(state));
    let question = store_question();
    live.standing(STORE, question.standing(Control::Fieldset, &messages(state)));
    let asked = asks_where(state);
    let html = html! { @if asked { (where_to_keep(state, &question, live)) } };
    live.keyed_region(STORE_REGION, asked.to_string(), html);
}

/// Drafts to go on with, before anything is asked.
pub(super) fn draw_drafts(live: &Live) -> Markup {
    html! { div data-region=(DRAFTS) { (live.at(DRAFTS)) } }
}

/// Where the draft is to be kept, after the return was chosen.
pub(super) fn draw_store(live: &Live) -> Markup {
    html! { div data-region=(STORE_REGION) { (live.at(STORE_REGION)) } }
}

/// A draft from a file, or a sealed return to correct.
pub(super) fn draw_file() -> Markup {
    html! {
        h2 class="nhsuk-heading-m" { "Open a file" }
        (file_box(
            "draft-file",
            "Draft file or sealed return",
            "A draft file, saved here or on another computer, to go on with. Or a return that is sealed already, to correct it: its next version begins with the same answers.",
        ))
    }
}

/// A box for a file that does what it does at once, so there is no button that would need it first.
///
/// Accessibility: a file input of the browser's own with its label and hint.
pub(super) fn file_box(id: &str, label: &str, hint: &str) -> Markup {
    let described = [id, "-hint"].concat();
    html! {
        div class="nhsuk-form-group" {
            label class="nhsuk-label" for=(id) { (label) }
            div class="nhsuk-hint" id=(described) { (hint) }
            input class="ia-file" id=(id) type="file" accept=".json" aria-describedby=(described);
        }
    }
}

fn drafts(state: &State) -> Markup {
    let drafts = &state.keeping.drafts;
    let removing = state.keeping.removing.as_deref();
    html! {
        @if !drafts.is_empty() {
            h2 class="nhsuk-heading-m" { "Go on with a draft" }
            ul class="nhsuk-list ia-drafts" { @for draft in drafts { (item(draft, removing)) } }
            @if removing == Some("") {
                (sure("Remove every draft from this computer?"))
            } @else {
                (button_with_id("remove-all", &Button {
                    action: "remove",
                    text: "Remove everything from this computer",
                    weight: Weight::Secondary,
                    value: Some(""),
                }))
            }
        }
    }
}

/// Accessibility: the buttons of each draft name it, in hidden words, so that they are told apart (2.4.6); the question
/// whether it is really to be removed takes focus (2.4.3).
fn item(draft: &KeptDraft, removing: Option<&str>) -> Markup {
    let action = |action: &str, words: &str, class: &str| {
        html! {
            button class=(class) type="button" id={ (action) "-" (draft.id) }
                data-action=(action) data-value=(draft.id) {
                (words) span class="nhsuk-u-visually-hidden" { ": " (outside(&draft.label)) }
            }
        }
    };
    html! {
        li {
            p {
                strong { (outside(&draft.label)) } " "
                @if draft.is_sealed { (tag(Colour::Green, "Sealed")) }
                br;
                @if let Some(at) = draft.at {
                    "Saved at " (at.clock_words()) " on " (at.date_words()) "."
                }
                @if draft.store == Store::Tab { " In this tab only: it is lost when you close the tab." }
                @if draft.is_elsewhere { " Open in another tab, which stops when you go on with it here." }
            }
            @if removing == Some(draft.id.as_str()) {
                (sure("Remove this draft from this computer?"))
            } @else {
                div class="ia-actions" {
                    (action("open", "Continue", "nhsuk-button"))
                    (action("remove", "Remove", "nhsuk-button nhsuk-button--secondary"))
                }
            }
        }
    }
}

/// Asks once more.
fn sure(question: &str) -> Markup {
    let action =
        |action, text| button(&Button { action, text, weight: Weight::Secondary, value: None });
    html! {
        p id=(REMOVING_ID) tabindex="-1" { strong { (question) } " It cannot be brought back." }
        div class="ia-actions" {
            (action("remove-now", "Yes, remove it"))
            (action("remove-not", "No, keep it"))
        }
    }
}

/// Whether the person is asked where the draft of the chosen return is to be kept.
fn asks_where(state: &State) -> bool {
    let work = state.work.as_ref().filter(|work| is_for(state, work));
    let asked = state.form().is_some_and(|form| is_asked(form, work));
    asked && state.keeping.can == Store::Computer
}

/// The problem that nobody said where the draft is to be kept.
pub(super) fn is_missing(state: &State) -> bool {
    asks_where(state) && state.keeping.chosen.is_none()
}

/// What is said when nobody did.
pub(super) const SAY_WHERE: &str = "Select where your draft is kept";

fn messages(state: &State) -> Vec<Message> {
    let said = state.tried.contains(&Step::Start) && is_missing(state);
    let message = said.then(|| Message { severity: Severity::Error, text: SAY_WHERE.to_owned() });
    message.into_iter().gather()
}

fn store_question() -> Question<'static> {
    Question {
        id: STORE,
        label: "Where is your draft kept while you work?",
        size: Size::Medium,
        hint: "This return is OFFICIAL-SENSITIVE. Whoever uses this computer with your account can open what is kept on it.",
        ..Question::default()
    }
}

fn where_to_keep(state: &State, question: &Question<'_>, live: &Live) -> Markup {
    let choices = [
        Radio {
            value: Store::Tab.word(),
            label: "In this tab only",
            hint: Some(
                html! { "It is there when you load the page again. It is lost when you close the tab, so you are asked every 10 minutes to save a draft file." },
            ),
        },
        Radio {
            value: Store::Computer.word(),
            label: "On this computer, until you remove it",
            hint: Some(html! { "It is there when you close the browser and come back." }),
        },
    ];
    let chosen = state.keeping.chosen.map_or("", Store::word);
    radios(question, live.of(STORE), &choices, chosen)
}

/// What becomes of the draft once it is sealed.
pub(super) fn after_sealing(state: &State) -> Markup {
    let words = match state.store() {
        Store::Computer => {
            "The return stays on this computer, marked as sealed, until you remove it: you can come back to save the file again or to correct it. Remove it if others use this computer."
        }
        Store::Tab => {
            "The return stays in this tab, marked as sealed, until you close it. Keep the sealed file."
        }
        Store::Nothing => return html! {},
    };
    let keeping = &state.keeping;
    if state.work.as_ref().is_none_or(|work| work.changes == 0) {
        return html! { p { "Nothing of this return is kept in this browser. Keep the sealed file." } };
    }
    html! {
        @if let Some(fault) = keeping.fault {
            p { (fault) }
        } @else if keeping.removing.is_some() {
            (sure("Remove this return from this computer? The sealed file in your downloads stays."))
        } @else {
            p { (words) }
            (button_with_id("remove-here", &Button {
                action: "remove",
                text: "Remove this return from this computer",
                weight: Weight::Secondary,
                value: Some(HERE),
            }))
        }
    }
}

/// The heading while another tab goes on with the draft.
pub(super) const ELSEWHERE: &str = "This draft is open in another tab";

/// Instead of the step, while another tab goes on with the draft: so nothing is typed twice, and nothing overwritten.
pub(super) fn elsewhere(state: &State) -> Markup {
    let action = |action, text, weight| button(&Button { action, text, weight, value: None });
    html! {
        @if state.is_at_risk() {
            p { "What you typed here last is not saved with it: the other tab saved first." }
        } @else {
            p { "You went on with it there. Everything you typed here is saved with it." }
        }
        p { "So that neither tab overwrites the other, one of them goes on. To go on there, close this tab." }
        (action("take", "Go on here with what is saved", Weight::Primary))
        p { "Or keep what is on this page as a draft of its own, beside the other." }
        (action("fork", "Keep both", Weight::Secondary))
    }
}
