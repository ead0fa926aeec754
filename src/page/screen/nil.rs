//! The step that asks whether there is anything to report.

use maud::{Markup, html};

use super::question;
use crate::page::component::{Button, button};
use crate::page::live::Live;
use crate::page::state::State;
use crate::page::step::Step;

pub(super) fn live(state: &State, live: &mut Live) {
    let Some(work) = &state.work else { return };
    for (slot, field) in question::on(work, Step::Nil) {
        question::live(state, work, slot, field, live);
    }
}

pub(super) fn draw(state: &State, live: &Live) -> Markup {
    let Some(work) = &state.work else { return html! {} };
    html! {
        p { (work.draft.form.template.source().purpose) }
        @for (slot, field) in question::on(work, Step::Nil) {
            (question::draw(work, slot, field, live))
        }
        (button(&Button { action: "continue", text: "Continue", ..Button::default() }))
    }
}
