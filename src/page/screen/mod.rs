//! The steps as they look: for each, its live parts and its drawing. Nothing here changes anything.

pub(super) mod answers;
mod before;
mod cards;
pub(super) mod check;
pub(super) mod clock;
mod declaration;
mod done;
pub(super) mod filling;
pub(super) mod grid;
pub(super) mod keeping;
mod keys;
pub(super) mod one_row;
mod query;
mod question;
mod seal;
pub(super) mod section;
pub(super) mod start;
mod tasks;
pub(super) mod totals;

use maud::{Markup, html};

use super::component::{back_link, error_summary};
use super::live::Live;
use super::state::State;
use super::step::Step;
use super::text::outside;
use crate::answers::{Answer, Place, Scalar};
use crate::file::Draft;
use crate::letters::holds;

/// What the page is called.
pub(super) const SERVICE: &str = "Industrial action returns";
/// The first heading of every step, which takes focus when the step is drawn.
pub(super) const HEADING_ID: &str = "heading";

/// What went wrong on the step, which takes focus when it is said.
pub(super) const TROUBLE_ID: &str = "trouble";

/// The parts of the step that can change while it is on the screen, as they are now.
pub(super) fn live(state: &State) -> Live {
    let mut live = Live::default();
    live.region("announcement", html! { (state.announced) });
    live.region("marking", marking(state));
    live.region("summary", summary(state));
    live.region("trouble", trouble(state));
    live.region(keeping::KEEPING, keeping::line(state));
    live.region(clock::TIME, clock::line(state));
    if state.filling.pasted.is_some() {
        return live;
    }
    match state.step {
        _ if state.keeping.is_elsewhere => {}
        Step::Start => start::live(state, &mut live),
        Step::Before => before::live(state, &mut live),
        Step::Section(number) => section::live(state, number, &mut live),
        Step::Check => check::live(state, &mut live),
        Step::Declaration => declaration::live(state, &mut live),
        Step::Tasks | Step::Seal => {}
        Step::Done => done::live(state, &mut live),
    }
    live
}

/// The title: “Error: ” first where there is something to mend, then the step, then the service.
pub(super) fn title(state: &State) -> String {
    let error = if shows_problems(state) { "Error: " } else { "" };
    format!("{error}{} – {SERVICE}", heading(state))
}

/// The whole step, for `#app`.
///
/// Accessibility: the marking and the link back stand before `main`; the first heading takes focus (2.4.3), except
/// where something has to be mended, when the summary does; what is said to screen readers alone is in one
/// status, so that several changes at once are one announcement (4.1.3).
pub(super) fn draw(state: &State, live: &Live) -> Markup {
    html! {
        div class="ia-marking" data-region="marking" { (live.at("marking")) }
        @if let Some(step) = state.before().filter(|_| !state.keeping.is_elsewhere) { (back_link(&step.address())) }
        main class="nhsuk-main-wrapper" id="main-content" tabindex="-1" {
            div data-region="summary" { (live.at("summary")) }
            div data-region="trouble" { (live.at("trouble")) }
            p class="ia-time" data-region=(clock::TIME) { (live.at(clock::TIME)) }
            (keeping::draw_line(state, live))
            // There the panel or the question is the heading.
            @if state.keeping.is_elsewhere || !matches!(state.step, Step::Before | Step::Done) {
                h1 class="nhsuk-heading-l" id=(HEADING_ID) tabindex="-1" {
                    @if let Some(caption) = caption(state) { (caption) }
                    (heading(state))
                }
            }
            (inside(state, live))
            @if has_way_back(state) {
                p { a class="nhsuk-link" href=(Step::Tasks.address()) { "All parts of this return" } }
            }
            div class="nhsuk-u-visually-hidden" role="status" data-region="announcement" {}
        }
    }
}

/// What the page shows when its data cannot be used.
pub(super) fn unusable(reason: &str) -> Markup {
    html! {
        main class="nhsuk-main-wrapper" id="main-content" tabindex="-1" {
            h1 class="nhsuk-heading-l" id=(HEADING_ID) tabindex="-1" { "This page cannot be used" }
            p { "The collections in this page cannot be read. Ask whoever gave you the page for another copy, and tell them this:" }
            p { (outside(reason)) }
        }
    }
}

fn inside(state: &State, live: &Live) -> Markup {
    if let (Some(pasted), Some(work)) = (&state.filling.pasted, &state.work) {
        return filling::draw(work, pasted);
    }
    match state.step {
        _ if state.keeping.is_elsewhere => keeping::elsewhere(state),
        Step::Start => start::draw(state, live),
        Step::Tasks => tasks::draw(state),
        Step::Before => before::draw(state, live),
        Step::Section(number) => section::draw(state, number, live),
        Step::Check => check::draw(state, live),
        Step::Declaration => declaration::draw(state, live),
        Step::Seal => seal::draw(state),
        Step::Done => done::draw(state, live),
    }
}

/// Whether the step has a link to the list of all parts.
fn has_way_back(state: &State) -> bool {
    state.step > Step::Tasks
        && state.step < Step::Done
        && state.filling.pasted.is_none()
        && !state.keeping.is_elsewhere
}

/// The words of the step's first heading.
fn heading(state: &State) -> String {
    if state.filling.pasted.is_some() {
        return filling::HEADING.to_owned();
    }
    match state.step {
        _ if state.keeping.is_elsewhere => keeping::ELSEWHERE.to_owned(),
        Step::Start => "Complete an industrial action return".to_owned(),
        Step::Tasks => "Complete your return".to_owned(),
        Step::Before => before::heading(state),
        Step::Section(number) => section::heading(state, number),
        Step::Check => "Check your answers".to_owned(),
        Step::Declaration => "Declaration".to_owned(),
        Step::Seal => "Seal the file".to_owned(),
        Step::Done => done::heading(state).to_owned(),
    }
}

/// Which return of which organisation this is; nothing before both are chosen.
fn caption(state: &State) -> Option<Markup> {
    let work = state.work.as_ref().filter(|_| state.step != Step::Start)?;
    let organisation = &work.draft.organisation;
    let collection = work.draft.form.collection.source();
    Some(html! {
        span class="nhsuk-caption-l" {
            @if collection.practice && !holds(&collection.title, "Practice") { "Practice – " }
            (work.draft.form.template.source().title) " – " (collection.title) " – "
            (outside(&organisation.name)) " (" (outside(&organisation.code)) ") "
        }
    })
}

/// The marking, and whether this is practice. Before a collection is chosen, the gravest marking of all.
fn marking(state: &State) -> Markup {
    let form = state.form();
    let chosen = form.map(|form| &form.collection);
    let markings = state.set.collections().iter().map(|it| it.source().classification.as_str());
    // Markings begin alike, so the longest is the gravest: OFFICIAL, OFFICIAL-SENSITIVE.
    let said = state.work.as_ref().and_then(|work| said_marking(&work.draft));
    let marking = match form {
        Some(form) => said.unwrap_or(form.classification()),
        None => markings.max_by_key(|text| text.len()).unwrap_or_default(),
    };
    html! {
        strong { (marking) }
        @if chosen.is_some_and(|collection| collection.source().practice) {
            " " strong class="ia-practice" { "Practice: these figures go nowhere" }
        }
    }
}

/// The marking that a return says of itself, which may be higher than its collection's.
pub(super) fn said_marking(draft: &Draft) -> Option<&str> {
    let place = Place::parse("about.classification", &draft.form, &draft.answers)?;
    match draft.answers.at(place) {
        Answer::Value(Scalar::Text(marking)) => Some(marking),
        _ => None,
    }
}

fn shows_problems(state: &State) -> bool {
    state.tried.contains(&state.step) && !state.problems(state.step).is_empty()
}

/// The error summary: after Continue was pressed with something to mend, until it is mended.
fn summary(state: &State) -> Markup {
    let problems =
        if state.tried.contains(&state.step) { state.problems(state.step) } else { Vec::new() };
    error_summary(&problems)
}

/// What went wrong, with what to do.
fn trouble(state: &State) -> Markup {
    html! {
        @if let Some(sentence) = state.trouble {
            div class="ia-notice" role="alert" id=(TROUBLE_ID) tabindex="-1" {
                p { (sentence) }
                @if !state.keeping.refused.is_empty() {
                    p class="ia-notice__detail" { "For your IT team: " (outside(&state.keeping.refused)) }
                }
            }
        }
    }
}
