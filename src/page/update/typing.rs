//! Typing and choosing, and what is said when a cell, a row or a question is left.

use super::{Turn, check, starting};
use crate::check::Finding;
use crate::letters::Join as _;
use crate::page::event::Effect;
use crate::page::keeping::Store;
use crate::page::layout::Slot;
use crate::page::said;
use crate::page::screen::HEADING_ID;
use crate::page::screen::keeping::STORE;
use crate::page::screen::section::left_out_by;
use crate::page::screen::start::{COLLECTION, DUE, ORGANISATION, UNLISTED};
use crate::page::state::State;
use crate::page::work::Work;
use crate::template::Severity;

/// How many sentences are read out at once; how many more there are is said.
const READ_OUT: usize = 2;

/// A box holds this text now.
pub(super) fn input(state: &mut State, id: &str, text: &str) {
    state.announced.clear();
    if id == ORGANISATION {
        let start = &mut state.start;
        start.organisation.type_text(text, &start.choices);
        return;
    }
    for (box_id, typed) in UNLISTED.iter().zip(&mut state.start.typed) {
        if id == *box_id {
            text.clone_into(typed);
        }
    }
    state.filling.typed(id);
    let Some(work) = &mut state.work else { return };
    if work.type_text(id, text) {
        check(state);
    }
}

/// A radio, checkbox or select was changed.
pub(super) fn chosen(state: &mut State, id: &str, value: &str) {
    state.announced.clear();
    if id == COLLECTION {
        starting::collection(state, value);
        return;
    }
    if id == DUE {
        starting::due(state, value);
        return;
    }
    if id == STORE {
        state.keeping.chosen = Some(Store::parse(value));
        return;
    }
    let Some(work) = &mut state.work else { return };
    if let Some((table, entry)) = left_out_by(work, id).map(|(table, it)| (table.number, it)) {
        work.leave_out(table, &entry, !value.is_empty());
        check(state);
    } else if work.choose(id, value) {
        check(state);
        raise(state, &|work, finding| {
            let slot = work.layout.slot(id);
            slot.is_some_and(|slot| finding.places.contains(&slot.place))
        });
    }
}

/// Focus left a box: a number is shown as it was read, and what is wrong is said.
pub(super) fn left(state: &mut State, turn: &mut Turn, id: &str, to: &str) {
    if id == ORGANISATION {
        let start = &mut state.start;
        if start.organisation.leave(&start.choices) {
            starting::show_chosen(state, turn);
        }
        return;
    }
    let Some(work) = &mut state.work else { return };
    if let Some(value) = work.tidied(id) {
        turn.then.push(Effect::SetInput { id: id.to_owned(), value });
    }
    if work.query(id).is_some_and(Finding::is_unexplained) && !work.text(id).trim().is_empty() {
        state.raised.insert(id.to_owned());
        raise(state, &|work, finding| said::target(work, finding) == id);
        return;
    }
    let Some(slot) = work.layout.slot(id).cloned() else { return };
    let stays = work.layout.slot(to).cloned();
    match work.layout.row(slot.place).map(|row| row.id.clone()) {
        None if stays.as_ref().is_some_and(|to| to.place == slot.place) => {}
        None => raise(state, &|_, finding| finding.places.contains(&slot.place)),
        Some(row) => {
            if !stays.is_some_and(|to| is_same_row(&to, &slot)) {
                state.visited.insert(row);
            }
            let visited = state.visited.clone();
            raise(state, &|work, finding| {
                let of_cell = finding.places.contains(&slot.place) && work.is_mistaken(slot.place);
                let rows = finding.places.iter().filter_map(|place| work.layout.row(*place));
                of_cell
                    || rows.into_iter().any(|row| visited.contains(&row.id))
                        && !is_mistake(work, finding)
            });
        }
    }
}

/// A row is added to a table, and its first question takes focus.
pub(super) fn add_row(state: &mut State, turn: &mut Turn, table: &str) {
    let Some(work) = &mut state.work else { return };
    if let Some(first) = work.add_row(table) {
        check(state);
        turn.draw = Some(first);
    }
}

/// A row that was added is taken out again.
pub(super) fn remove_row(state: &mut State, turn: &mut Turn, row: &str) {
    let Some(work) = &mut state.work else { return };
    if let Some(add) = work.remove_row(row) {
        check(state);
        if let Some(work) = &mut state.work {
            work.replace_explanations();
        }
        // What was said of rows by their numbers is said anew.
        state.raised.clear();
        state.visited.clear();
        turn.draw = Some(if add.is_empty() { HEADING_ID.to_owned() } else { add });
    }
}

fn is_same_row(one: &Slot, other: &Slot) -> bool {
    let row =
        |slot: &Slot| (slot.place.section, slot.place.field, slot.place.cell.map(|(row, _)| row));
    row(one) == row(other)
}

/// Whether a finding says that a text cannot be read: that is said on leaving its own box, and not before.
fn is_mistake(work: &Work, finding: &Finding) -> bool {
    finding.severity == Severity::Error
        && finding.places.iter().any(|place| work.is_mistaken(*place))
}

/// Shows the findings that `about` picks, except those that only say that something is blank; new ones are read out.
fn raise(state: &mut State, about: &dyn Fn(&Work, &Finding) -> bool) {
    let Some(work) = &state.work else { return };
    let (mut keys, mut words) = (Vec::new(), Vec::new());
    for finding in work.checked.findings() {
        if !about(work, finding) || said::is_missing(work, finding) {
            continue;
        }
        let key = said::key(finding);
        if state.raised.contains(&key) {
            continue;
        }
        if keys.len() < READ_OUT {
            words.push(finding.message.clone());
        }
        keys.push(key);
    }
    if keys.is_empty() {
        return;
    }
    let more = keys.len().saturating_sub(READ_OUT);
    if more > 0 {
        words.push(format!("And {more} more."));
    }
    state.announced = words.joined(" ");
    for key in keys {
        state.raised.insert(key);
    }
}
