//! What changed since the earlier version.

use maud::{Markup, html};

use super::question_of;
use crate::file::{Change, Changes};
use crate::page::approve::judge::{Earlier, File};
use crate::page::approve::state::{EARLIER, State};
use crate::page::component::{TableTitle, cell, file_input, numbers, row_header};
use crate::page::live::Live;
use crate::page::text::{outside, outside_lines, visible};
use crate::time::Instant;

/// The region that says what changed.
const REGION: &str = "changes";

pub(super) fn live(state: &State, live: &mut Live) {
    live.region(
        REGION,
        html! { @if let Some(earlier) = &state.earlier { (judged(state, earlier)) } },
    );
}

pub(super) fn draw(file: &File, live: &Live) -> Markup {
    let Some(work) = &file.work else { return html! {} };
    html! {
        h2 class="nhsuk-heading-m" { "What changed" }
        @if work.draft.supersedes.is_some() {
            p class="ia-screen-only" { "This version replaces an earlier one. Open the file of that one to see what changed." }
        } @else {
            p { "The file says that this is the first version of the return." }
        }
        div class="ia-screen-only" { (file_input(&question_of(EARLIER), live.of(EARLIER))) }
        div role="status" data-region=(REGION) { (live.at(REGION)) }
    }
}

fn judged(state: &State, earlier: &Earlier) -> Markup {
    html! {
        @match earlier {
            Earlier::Another => p { "That file is of another return: of another organisation or collection, or it asks something else. It cannot be compared with this one." },
            Earlier::Compared { is_named, changes, revision, sealed } => {
                (which(state, *is_named, *revision, sealed.as_ref()))
                (compared(changes))
            },
            Earlier::Refused(refusal) => { p { strong { (refusal.heading) "." } " " (visible(&refusal.reason)) } },
            Earlier::Same => p { "That is the same return as the one that is open." },
            Earlier::Unsealed => p { "That file is a draft, which anybody can change. Open the sealed file of the earlier version." },
        }
    }
}

/// Which version it is compared with, and whether that is the one that it replaces.
fn which(
    state: &State,
    is_named: bool,
    revision: i64,
    sealed: Option<&(String, Instant)>,
) -> Markup {
    let work = state.file().and_then(|file| file.work.as_ref());
    let is_first = work.is_some_and(|work| work.draft.supersedes.is_none());
    html! {
        p {
            "Compared with version " (revision)
            @if let Some((name, at)) = sealed {
                ", sealed by " (outside(name)) " at " (at.clock_words()) " " (at.zone_words()) " on " (at.date_words())
            }
            ". "
            @if is_named {
                "This return names it as the version that it replaces."
            } @else if is_first {
                strong { "This return does not name it: it says that it is the first version. Ask whoever sent it which of the two counts." }
            } @else {
                strong { "This return replaces another version, not this one. Ask whoever sent it for the version in between." }
            }
        }
    }
}

fn compared(changes: &Changes) -> Markup {
    html! {
        @if changes.is_empty() {
            p { "Both say the same." }
        } @else {
            div class="ia-changes" {
                (table("changed-totals", "Totals that changed", &changes.totals))
                (table("changed-answers", "Answers that changed", &changes.answers))
                (table("changed-explanations", "Explanations that changed", &changes.explanations))
            }
        }
    }
}

fn table(id: &str, heading: &str, changes: &[Change]) -> Markup {
    let title = TableTitle { id, text: heading, below: true, notes: &[] };
    let body = html! {
        tbody role="rowgroup" {
            @for Change { question, was, is } in changes {
                tr class="ia-figures__row" role="row" {
                    (row_header(&html! { (visible(question)) }))
                    (cell("Was", None, &outside_lines(was)))
                    (cell("Is", None, &outside_lines(is)))
                }
            }
        }
    };
    html! { @if !changes.is_empty() { (numbers(&title, &["Question", "Was", "Is"], &body)) } }
}
