//! The step that asks what decides the rest: which actions, whether there is anything to report.

use maud::{Markup, html};

use super::question;
use crate::page::component::{Button, button};
use crate::page::live::Live;
use crate::page::state::State;
use crate::page::step::Step;

pub(super) fn live(state: &State, live: &mut Live) {
    let Some(work) = &state.work else { return };
    for (slot, field) in question::on(work, Step::Before) {
        question::live(state, work, slot, field, live);
    }
}

/// The first question, which heads the step.
pub(super) fn heading(state: &State) -> String {
    let first =
        state.work.as_ref().and_then(|work| question::on(work, Step::Before).into_iter().next());
    first.map(|(_, field)| field.label.clone()).unwrap_or_default()
}

pub(super) fn draw(state: &State, live: &Live) -> Markup {
    let Some(work) = &state.work else { return html! {} };
    let caption = super::caption(state);
    html! {
        @for (place, (slot, field)) in question::on(work, Step::Before).into_iter().enumerate() {
            (question::draw(work, slot, field, live, caption.as_ref().filter(|_| place == 0)))
        }
        (button(&Button { action: "continue", text: "Continue", ..Button::default() }))
    }
}
