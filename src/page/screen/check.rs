//! The step that shows every answer, and asks what explains the queries.

use maud::{Markup, html};

use super::answers::{self, Change};
use super::query;
use crate::page::component::{Button, Severity, button};
use crate::page::live::Live;
use crate::page::said;
use crate::page::state::State;
use crate::page::step::Step;
use crate::page::text::visible;
use crate::page::words::count;
use crate::page::work::Work;

pub(super) fn live(state: &State, live: &mut Live) {
    let Some(work) = &state.work else { return };
    query::live(state, work, &query::on(state, work), live);
}

pub(super) fn draw(state: &State, live: &Live) -> Markup {
    let Some(work) = &state.work else { return html! {} };
    let queries = query::on(state, work).len();
    html! {
        (answers::questions(work, Step::Before, Change::Offered))
        (answers::sections(work, Change::Offered))
        (notes(work))
        @if queries > 0 {
            h2 class="nhsuk-heading-m" { "Queries to explain" }
            p {
                (count(queries, "answer needs", "answers need")) " another look. If it is wrong, change it. If it is right, say what explains it: your explanation goes with the return, so that nobody has to call you about it."
            }
        }
        (query::draw(live))
        (button(&Button { action: "continue", text: "Continue", ..Button::default() }))
    }
}

/// What the rules note, which asks for nothing.
pub(in crate::page) fn notes(work: &Work) -> Markup {
    let mut notes = Vec::new();
    for finding in work.checked.findings() {
        if said::severity(finding) == Severity::Note {
            notes.push(finding.message.as_str());
        }
    }
    html! {
        @if !notes.is_empty() {
            h2 class="nhsuk-heading-m" { "Notes" }
            ul class="nhsuk-list nhsuk-list--bullet" {
                @for note in notes { li { (visible(note)) } }
            }
        }
    }
}
