//! Going from step to step: by Continue, by link, by address.

use super::{Turn, starting};
use crate::file::WholeReturn;
use crate::page::component::SUMMARY_ID;
use crate::page::event::Effect;
use crate::page::screen::{HEADING_ID, TROUBLE_ID};
use crate::page::state::{Filling, State};
use crate::page::step::Step;

/// Continue was pressed: goes on, or says what has to be mended first.
pub(super) fn go_on(state: &mut State, turn: &mut Turn) {
    if state.step == Step::Start && !state.missing().is_empty() {
        starting::wait(state, turn);
        return;
    }
    // Whether an organisation may complete the return is known once it is begun.
    if state.step == Step::Start && state.problems(Step::Start).is_empty() {
        starting::begin(state, turn);
    }
    if !state.problems(state.step).is_empty() {
        state.tried.push(state.step);
        turn.then.push(Effect::Focus(SUMMARY_ID.to_owned()));
        return;
    }
    let mut later = state.steps();
    later.retain(|step| *step > state.step && *step < Step::Done);
    let next = match state.step {
        // The first part that needs something.
        Step::Tasks => {
            later.iter().find(|step| !state.problems(**step).is_empty()).or(later.last())
        }
        _ => later.first(),
    };
    let next = next.copied().unwrap_or(state.step);
    reach(state, turn, next);
}

/// Goes to a step, or back to the first one before it where something has to be mended, and says what.
pub(super) fn reach(state: &mut State, turn: &mut Turn, asked: Step) {
    let step = state.nearest(Some(asked));
    if step >= asked {
        go(state, turn, step, HEADING_ID.to_owned());
        return;
    }
    state.tried.push(step);
    if step == state.step {
        turn.then.push(Effect::Focus(SUMMARY_ID.to_owned()));
    } else {
        go(state, turn, step, SUMMARY_ID.to_owned());
    }
}

/// Shows a step and its address.
pub(super) fn go(state: &mut State, turn: &mut Turn, step: Step, focus: String) {
    show(state, turn, step, focus);
    turn.then.push(Effect::Address { text: step.address(), instead: false });
}

/// Shows a step.
fn show(state: &mut State, turn: &mut Turn, step: Step, focus: String) {
    state.step = step;
    state.announced.clear();
    state.trouble = None;
    state.keeping.refused.clear();
    state.keeping.removing = None;
    state.filling = Filling::default();
    turn.draw = Some(focus);
}

/// The address changed: by Back, by Forward, by a link, or by hand.
pub(super) fn address(state: &mut State, turn: &mut Turn, text: &str) {
    let step = state.nearest(Step::parse(text));
    if step != state.step {
        show(state, turn, step, HEADING_ID.to_owned());
    }
    if step.address() != text {
        turn.then.push(Effect::Address { text: step.address(), instead: true });
    }
}

/// A link to change one answer was followed: to its step, with focus on its control.
pub(super) fn change(state: &mut State, turn: &mut Turn, control: String) {
    turn.first.push(Effect::Prevent);
    let slot = state.work.as_ref().and_then(|work| work.layout.slot(&control));
    if let Some(step) = slot.and_then(|slot| slot.step) {
        super::filling::show_box(state, turn, &control);
        go(state, turn, step, control);
    }
}

/// Starts another return of the same organisation: names and roles come along, and its answers are checked against the one
/// that was sealed.
pub(super) fn again(state: &mut State, turn: &mut Turn) {
    if state.is_unsaved() && state.trouble.is_none() {
        state.trouble = Some(
            "The file is not saved, and starting another return takes it away. Copy its text first. To go on without the file, select “Start another return” again.",
        );
        turn.then.push(Effect::Focus(TROUBLE_ID.to_owned()));
        return;
    }
    state.work = None;
    let kept = state.sealed.take();
    state.start.sealed =
        kept.and_then(|kept| WholeReturn::vouched(kept.text.as_bytes(), &kept.id).ok());
    state.start.due = None;
    state.keeping.begin();
    state.keeping.chosen = None;
    turn.then.push(Effect::Forget);
    state.forget_what_was_said();
    go(state, turn, Step::Start, HEADING_ID.to_owned());
}
