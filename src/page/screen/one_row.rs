//! A table of figures filled in one row at a time, for small screens, for screen magnifiers, and for whoever prefers it.

use maud::{Markup, html};

use super::{cards, grid, question};
use crate::page::component::{Button, Weight, button};
use crate::page::layout::{Part, RowSlot, Table};
use crate::page::live::Live;
use crate::page::sheet::Sheet;
use crate::page::state::State;
use crate::page::words::number;
use crate::page::work::Work;

/// The heading of the row, which takes focus when the row is drawn.
pub(in crate::page) const ROW_ID: &str = "one-row";

/// The row on the screen; none while the whole table is.
fn row<'w>(state: &State, work: &'w Work, table: &'w Table) -> Option<(&'w Part, &'w RowSlot)> {
    let (_, at) = state.row.as_ref().filter(|(id, _)| *id == table.id)?;
    let number = Sheet::of(work, table).row(*at)?;
    table
        .parts
        .iter()
        .find_map(|part| Some((part, part.rows.iter().find(|row| row.row == number)?)))
}

/// Whether one row of a table is on the screen in place of all.
pub(super) fn is_shown(state: &State, table: &Table) -> bool {
    state.row.as_ref().is_some_and(|(id, _)| *id == table.id)
}

pub(super) fn live(state: &State, work: &Work, table: &Table, live: &mut Live) {
    let Some((_, row)) = row(state, work, table) else { return };
    for slot in work.layout.slots_of_row(table.at, row.row) {
        if let Some(field) = slot.place.field(&work.draft.form) {
            question::live(state, work, slot, field, live);
        }
    }
    cards::worked_live(work, table, row, live);
}

/// Offers it, before the grid.
pub(super) fn offer(table: &Table) -> Markup {
    button(&Button {
        action: "one-row",
        text: "Fill in one row at a time",
        weight: Weight::Secondary,
        value: Some(&table.id),
    })
}

/// The row, where it stands among all, and the ways from it.
///
/// Accessibility: the heading says which row it is and takes focus when another one comes (2.4.3); the questions are those of
/// any other step, with their guidance.
pub(super) fn draw(state: &State, work: &Work, table: &Table, live: &Live) -> Markup {
    let Some((part, row)) = row(state, work, table) else { return html! {} };
    let Some(field) = grid::field(work, table) else { return html! {} };
    let sheet = Sheet::of(work, table);
    let at = (0..sheet.len()).find(|at| sheet.row(*at) == Some(row.row)).unwrap_or_default();
    let count = |rows: usize| number(i64::try_from(rows).unwrap_or(i64::MAX), 0);
    let way = |action, text, weight| button(&Button { action, text, weight, value: None });
    html! {
        h2 class="nhsuk-heading-m" id=(ROW_ID) tabindex="-1" {
            span class="nhsuk-caption-m" { "Row " (count(at.saturating_add(1))) " of " (count(sheet.len())) }
            (row.label) @for above in &row.above { ", " (above) }
        }
        @for note in &part.notes { p { (note) } }
        (cards::questions(work, table, field, row, live))
        div class="nhsuk-button-group ia-actions" {
            @if at.saturating_add(1) < sheet.len() { (way("row-after", "Next row", Weight::Primary)) }
            @if at > 0 { (way("row-before", "Row before", Weight::Secondary)) }
            (way("whole-table", "Show the whole table", Weight::Secondary))
        }
    }
}
