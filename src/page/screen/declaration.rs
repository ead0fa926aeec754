//! The step that says who prepared the return and who agreed it.

use maud::{Markup, html};

use super::{answers, query, question};
use crate::gather::Gather as _;
use crate::page::component::{Button, button, details, summary_list};
use crate::page::live::Live;
use crate::page::said;
use crate::page::state::State;
use crate::page::step::Step;
use crate::page::work::Work;
use crate::template::source::Section;

pub(super) fn live(state: &State, live: &mut Live) {
    let Some(work) = &state.work else { return };
    for (slot, field) in question::on(work, Step::Declaration) {
        question::live(state, work, slot, field, live);
    }
    // A query about this step is asked once the answer that raises it was left.
    let queries = query::on(state, work).into_iter().filter(|query| {
        question::is_visible(state, query) || !work.text(&said::box_id(work, query)).is_empty()
    });
    query::live(state, work, &queries.gather(), live);
}

pub(super) fn draw(state: &State, live: &Live) -> Markup {
    let Some(work) = &state.work else { return html! {} };
    let sections = work.draft.form.template.source().sections.iter().enumerate();
    let on_step = |number: usize| {
        question::on(work, Step::Declaration).iter().any(|(slot, _)| slot.place.section == number)
    };
    html! {
        @for (number, section) in sections.filter(|(number, _)| on_step(*number)) {
            (section_block(work, number, section, live))
        }
        (query::draw(live))
        (button(&Button { action: "continue", text: "Continue", ..Button::default() }))
    }
}

/// A section: its guidance, what is filled in by itself, its questions.
fn section_block(work: &Work, number: usize, section: &Section, live: &Live) -> Markup {
    let filled = answers::filled_rows(work, number);
    html! {
        h2 class="nhsuk-heading-m" { (section.title) }
        @for line in &section.guidance { p { (line) } }
        @if !filled.is_empty() { (details("Answers filled in for you", &summary_list(&filled))) }
        @for (slot, field) in question::on(work, Step::Declaration) {
            @if slot.place.section == number { (question::draw(work, slot, field, live, None)) }
        }
    }
}
