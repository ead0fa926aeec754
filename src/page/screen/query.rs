//! Queries to explain: each sentence with a box of its own.

use maud::{Markup, html};

use super::question::is_visible;
use crate::check::{Finding, LONGEST_EXPLANATION, SHORTEST_EXPLANATION};
use crate::gather::Gather as _;
use crate::letters::Join as _;
use crate::page::component::{Control, Message, Question, Severity, Size, Textarea, textarea};
use crate::page::live::Live;
use crate::page::said;
use crate::page::state::State;
use crate::page::text::visible;
use crate::page::work::Work;

/// The region that holds the boxes.
const REGION: &str = "queries";

/// The queries that are explained on the present step.
pub(super) fn on<'w>(state: &State, work: &'w Work) -> Vec<&'w Finding> {
    let findings = work.checked.findings().iter();
    findings
        .filter(|finding| said::has_box(finding) && said::step_of_box(work, finding) == state.step)
        .gather()
}

/// The live parts: the boxes themselves, replaced only when other queries are asked, and how each stands.
pub(super) fn live(state: &State, work: &Work, queries: &[&Finding], live: &mut Live) {
    for query in queries {
        let id = said::box_id(work, query);
        live.standing(
            &id,
            question(&id, "", &hint()).standing(Control::Textarea, &said(state, work, query)),
        );
    }
    let key: Vec<String> =
        queries.iter().map(|it| format!("{} {}", said::key(it), it.message)).gather();
    let boxes = html! { @for query in queries { (draw_one(work, query, live)) } };
    live.keyed_region(REGION, key.joined("\n"), boxes);
}

/// The place of the boxes.
pub(super) fn draw(live: &Live) -> Markup {
    html! { div data-region=(REGION) { (live.at(REGION)) } }
}

/// One query: its sentence, which has its facts, and the box.
fn draw_one(work: &Work, query: &Finding, live: &Live) -> Markup {
    let id = said::box_id(work, query);
    let label = format!("What explains {}?", said::subject(work, query));
    let hint = hint();
    let area = Textarea { rows: 3, value: work.text(&id), read_only: false };
    html! {
        div class="ia-query" {
            p { (visible(&query.message)) }
            (textarea(&question(&id, &label, &hint), live.of(&id), &area))
        }
    }
}

/// What is said about an explanation: that it is missing or has the wrong length, and what is wrong inside.
fn said(state: &State, work: &Work, query: &Finding) -> Vec<Message> {
    let id = said::box_id(work, query);
    let is_raised = state.tried.contains(&state.step) || state.raised.contains(&id);
    let mut messages = Vec::new();
    if is_raised && query.is_unexplained() {
        let text = said::explain(work, &id);
        messages.push(Message { severity: Severity::Error, text });
    }
    for finding in work.checked.findings() {
        if finding.places.is_empty()
            && is_visible(state, finding)
            && said::target(work, finding) == id
        {
            messages.push(said::message(finding));
        }
    }
    messages
}

fn question<'a>(id: &'a str, label: &'a str, hint: &'a str) -> Question<'a> {
    Question { id, label, size: Size::Small, hint, ..Question::default() }
}

fn hint() -> String {
    format!(
        "Between {SHORTEST_EXPLANATION} and {LONGEST_EXPLANATION} characters. Do not name a patient or a member of staff."
    )
}
