//! Filling in a table of figures as a sheet: moving from box to box, blocks from a spreadsheet, and taking them back.

use super::{Turn, check, typing};
use crate::page::event::Effect;
use crate::page::screen::HEADING_ID;
use crate::page::screen::filling::FILLED_ID;
use crate::page::screen::one_row::ROW_ID;
use crate::page::sheet::{Cells, LONGEST, Pasted, Sheet, Spot};
use crate::page::state::State;
use crate::page::words::count;

/// A key that leaves a box of a sheet or fills it.
pub(super) fn key(state: &mut State, turn: &mut Turn, id: &str, key: &str) {
    let Some(work) = &state.work else { return };
    let Some((sheet, (row, column))) = Sheet::around(work, id) else { return };
    let up = row.checked_sub(1).map(|row| (row, column));
    let to: Option<Spot> = match key {
        "ArrowDown" => Some((row.saturating_add(1), column)),
        "ArrowLeft" => column.checked_sub(1).map(|column| (row, column)),
        "ArrowRight" => Some((row, column.saturating_add(1))),
        "ArrowUp" | "FillDown" => up,
        _ => return,
    };
    turn.first.push(Effect::Prevent);
    let Some(to) = to.and_then(|to| sheet.id(work, to)).map(str::to_owned) else { return };
    if key == "FillDown" {
        let text = work.text(&to).to_owned();
        typing::input(state, id, &text);
        turn.then.push(Effect::SetInput { id: id.to_owned(), value: text });
    } else {
        turn.then.push(Effect::Enter(to));
    }
}

/// One row of a table is shown in place of all, by the table's id; or all again, without one.
pub(super) fn one_row(state: &mut State, turn: &mut Turn, table: String) {
    let is_one = !table.is_empty();
    state.row = is_one.then_some((table, 0));
    turn.draw = Some(if is_one { ROW_ID } else { HEADING_ID }.to_owned());
}

/// The row after or before is shown; what can be said of the one that is left is said.
pub(super) fn other_row(state: &mut State, turn: &mut Turn, after: bool) {
    let (Some(work), Some((table, at))) = (&state.work, &mut state.row) else { return };
    let Some(table) = work.layout.tables.iter().find(|known| known.id == *table) else { return };
    let sheet = Sheet::of(work, table);
    let last = sheet.len().saturating_sub(1);
    let here = (*at).min(last);
    *at = if after { here.saturating_add(1).min(last) } else { here.saturating_sub(1) };
    turn.draw = Some(ROW_ID.to_owned());
}

/// Shows the row that a box is in, where its table is filled in one row at a time.
pub(super) fn show_box(state: &mut State, turn: &mut Turn, id: &str) {
    let Some(work) = &state.work else { return };
    let Some((sheet, (row, _))) = Sheet::around(work, id) else { return };
    let Some((table, at)) = &mut state.row else { return };
    let is_here = sheet.id(work, (row, 0)).is_some_and(|first| first.starts_with(table.as_str()));
    if is_here && *at != row {
        *at = row;
        turn.draw = Some(id.to_owned());
    }
}

/// A block was pasted or read from a file: it is shown, and nothing is changed yet.
pub(super) fn paste(state: &mut State, turn: &mut Turn, id: &str, cells: Cells<'_>) {
    let (Some(work), Some(now)) = (&mut state.work, state.now) else { return };
    if Sheet::around(work, id).is_none() {
        return;
    }
    turn.first.push(Effect::Prevent);
    if cells.text.len() > LONGEST {
        say(state, "That is too much at once. Take only the figures of this table.");
        return;
    }
    let Some(pasted) = Pasted::new(work, id, cells, now) else {
        say(
            state,
            "There are no figures in that. Take the cells that hold the figures of this table.",
        );
        return;
    };
    state.announced.clear();
    state.filling.pasted = Some(pasted);
    turn.draw = Some(HEADING_ID.to_owned());
}

/// The block is wanted: every figure of it that can be read comes into its box.
pub(super) fn accept(state: &mut State, turn: &mut Turn) {
    let (Some(pasted), Some(work)) = (state.filling.pasted.take(), &mut state.work) else { return };
    let filled = pasted.filled();
    let mut before = Vec::new();
    for coming in pasted.boxes.iter().filter(|coming| coming.refused.is_none()) {
        before.push((coming.id.clone(), work.text(&coming.id).to_owned()));
        work.type_text(&coming.id, &coming.text);
    }
    settle(state, &before);
    state.filling.before = before;
    state.filling.said = [&count(filled, "figure", "figures"), " filled in."].concat();
    turn.draw = Some(FILLED_ID.to_owned());
}

/// The block is not wanted.
pub(super) fn cancel(state: &mut State, turn: &mut Turn) {
    turn.draw = state.filling.pasted.take().map(|pasted| pasted.from);
}

/// The boxes that a block filled hold again what stood in them before.
pub(super) fn undo(state: &mut State, turn: &mut Turn) {
    let before = std::mem::take(&mut state.filling.before);
    let Some(work) = &mut state.work else { return };
    for (id, text) in &before {
        work.type_text(id, text);
    }
    turn.draw = Some(FILLED_ID.to_owned());
    settle(state, &before);
    "The figures that were filled in are taken out again.".clone_into(&mut state.filling.said);
}

/// Checks boxes that were filled without being typed in, and says of them what leaving each of them would.
fn settle(state: &mut State, boxes: &[(String, String)]) {
    check(state);
    let mut unused = Turn::default();
    for (id, _) in boxes {
        typing::left(state, &mut unused, id, "");
    }
}

/// Puts the figures of a table on the clipboard.
pub(super) fn copy(state: &State, turn: &mut Turn, table: &str) {
    let Some(work) = &state.work else { return };
    if let Some(table) = work.layout.tables.iter().find(|known| known.id == table) {
        turn.then.push(Effect::Copy(Sheet::of(work, table).text(work)));
    }
}

/// Saves the figures of a table as a CSV file.
pub(super) fn save(state: &mut State, turn: &mut Turn, table: &str) {
    let Some(work) = &state.work else { return };
    if let Some(table) = work.layout.tables.iter().find(|known| known.id == table) {
        let file_name = [&work.draft.organisation.code, ".", &table.id, ".csv"].concat();
        turn.then.push(Effect::Save { file_name, text: Sheet::of(work, table).csv(work) });
        state.filling.saves = true;
    }
}

/// Whether the file was saved, as far as the page can know.
pub(super) fn saved(state: &mut State, started: bool) {
    say(
        state,
        if started {
            "The figures of the table are saved as a CSV file. Check that it is in your downloads."
        } else {
            "The browser refused to save the file. Copy the figures instead."
        },
    );
}

/// Whether they are there.
pub(super) fn copied(state: &mut State, done: bool) {
    say(
        state,
        if done {
            "The figures of the table are on the clipboard, without headings."
        } else {
            "This browser does not let the page use the clipboard. On “Check your answers”, select the figures and copy them."
        },
    );
}

/// Says something of the figures, on the page and to screen readers.
fn say(state: &mut State, words: &str) {
    words.clone_into(&mut state.announced);
    words.clone_into(&mut state.filling.said);
}
