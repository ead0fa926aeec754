//! A table to type in: one part for each date, one row for each group, totals at the foot.
//!
//! Each row and its messages are a `tbody` of their own. The messages are a keyed region that is empty until there is
//! something to say; the inputs are never redrawn.

use maud::{Markup, html};

use super::question;
use super::totals;
use crate::check::Finding;
use crate::gather::Gather as _;
use crate::page::component::{
    Control, Input, Keyboard, Standing, TableTitle, bare_input, below, cell, hint_id, messages,
    numbers, row_header, tail,
};
use crate::page::layout::{Part, RowSlot, Slot, Table};
use crate::page::live::Live;
use crate::page::said;
use crate::page::state::State;
use crate::page::work::Work;
use crate::template::source::Field;

/// The table's own field, with its keys and columns.
pub(in crate::page) fn field<'w>(work: &'w Work, table: &Table) -> Option<&'w Field> {
    work.draft.form.template.source().sections.get(table.at.0)?.fields.get(table.at.1)
}

/// The live parts of a table.
pub(super) fn live(state: &State, work: &Work, table: &Table, live: &mut Live) {
    let Some(field) = field(work, table) else { return };
    let columns = totals::columns(work, table, field);
    let of_rows = columns.get(field.columns.len()..).unwrap_or_default();
    // Looked for once: of thousands of boxes, most of them blank, little is said.
    let mut said = Vec::new();
    for finding in work.checked.findings() {
        if question::is_said(state, finding) {
            said.push(finding);
        }
    }
    for part in table.parts.iter().filter(|part| is_asked(work, table, part)) {
        for row in part.rows.iter().filter(|row| work.is_asked(table, row)) {
            let slots = work.layout.slots_of_row(table.at, row.row);
            for slot in slots {
                live.standing(&slot.id, standing(work, &said, slot));
            }
            live.hide(&row_id(row), work.is_left_out(table.number, &row.entry));
            live.region(messages_region(row), row_messages(slots, live, columns.len()));
            calculated(work, table, row, of_rows, live);
        }
        live.region(foot_region(part), totals::foot(work, table, part, &columns));
    }
}

/// All parts of a table.
pub(super) fn draw(work: &Work, table: &Table, live: &Live) -> Markup {
    let Some(field) = field(work, table) else { return html! {} };
    html! {
        @for part in table.parts.iter().filter(|part| is_asked(work, table, part)) {
            (part_table(work, table, field, part, live))
        }
    }
}

/// Whether any row of a part is asked of this organisation.
pub(super) fn is_asked(work: &Work, table: &Table, part: &Part) -> bool {
    part.rows.iter().any(|row| work.is_asked(table, row))
}

fn part_table(work: &Work, table: &Table, field: &Field, part: &Part, live: &Live) -> Markup {
    let first = field.keys.last().map_or("", |key| key.label.as_str());
    let columns = totals::columns(work, table, field);
    let headings: Vec<&str> =
        std::iter::once(first).chain(columns.iter().map(|column| column.heading)).gather();
    let body = html! {
        @for row in part.rows.iter().filter(|row| work.is_asked(table, row)) {
            (row_body(work, table, field, row, live))
        }
        tfoot data-region=(foot_region(part)) { (live.at(&foot_region(part))) }
    };
    numbers(&title(&title_id(part), field, part), &headings, &body)
}

/// What heads a part: its date, and which shifts count on it.
pub(super) fn title<'a>(id: &'a str, field: &'a Field, part: &'a Part) -> TableTitle<'a> {
    let text = if part.title.is_empty() { &field.label } else { &part.title };
    TableTitle { id, text, below: false, notes: &part.notes }
}

/// The id of what heads a part.
pub(super) fn title_id(part: &Part) -> String {
    tail(&part.id, "-title")
}

/// A row and the place of its messages.
fn row_body(work: &Work, table: &Table, field: &Field, row: &RowSlot, live: &Live) -> Markup {
    let id = row_id(row);
    let slots = work.layout.slots_of_row(table.at, row.row);
    html! {
        tbody role="rowgroup" id=(id) hidden[live.is_hidden(&id)] {
            tr class="ia-figures__row" role="row" {
                (row_header(&html! { (row.label) }))
                @for (slot, column) in slots.iter().zip(&field.columns) {
                    (input_cell(work, slot, column, row, live))
                }
                @for column in totals::columns(work, table, field).iter().skip(field.columns.len()) {
                    @let region = calculated_region(row, column.id);
                    (cell(column.heading, Some(&region), live.at(&region)))
                }
            }
        }
        tbody data-region=(messages_region(row)) {
            (live.at(&messages_region(row)))
        }
    }
}

/// A cell to type in. Its label names column, row and part, and shows the column alone.
fn input_cell(work: &Work, slot: &Slot, column: &Field, row: &RowSlot, live: &Live) -> Markup {
    let input = Input {
        id: &slot.id,
        value: work.text(&slot.id),
        keyboard: Keyboard::Number,
        autocomplete: None,
    };
    html! {
        td class="ia-figures__cell" role="cell" {
            label class="ia-figures__label" for=(slot.id) {
                (totals::heading(&column.short, &column.label))
                span class="nhsuk-u-visually-hidden" {
                    ", " (row.label)
                    @for above in &row.above { ", " (above) }
                }
            }
            (bare_input(&input, live.of(&slot.id)))
            @if let Some(last) = work.last.get(&slot.id) {
                div class="ia-last" id=(hint_id(&slot.id)) { "Last time: " (last) }
            }
        }
    }
}

fn standing(work: &Work, said: &[&Finding], slot: &Slot) -> Standing {
    let mut messages = Vec::new();
    for finding in said {
        if finding.places.first() == Some(&slot.place) {
            messages.push(said::message(finding));
        }
    }
    let has_hint = work.last.contains_key(&slot.id);
    Standing { control: Control::Cell, has_hint, messages }
}

/// The messages of a row, each with the id that its input names; nothing when there are none.
fn row_messages(slots: &[Slot], live: &Live, width: usize) -> Markup {
    let mut spoken = Vec::new();
    for slot in slots {
        let said = &live.of(&slot.id).messages;
        if !said.is_empty() {
            spoken.push((slot.id.as_str(), said));
        }
    }
    html! {
        @if !spoken.is_empty() {
            tr class="ia-figures__row" role="row" {
                td class="ia-figures__said" role="cell" colspan=(width.saturating_add(1)) {
                    @for (id, said) in spoken { (messages(id, said)) }
                }
            }
        }
    }
}

/// The calculated cells of a row; blank until they can be worked out.
fn calculated(
    work: &Work,
    table: &Table,
    row: &RowSlot,
    of_rows: &[totals::Column<'_>],
    live: &mut Live,
) {
    let values = work.checked.values().rows.get(table.number).and_then(|rows| rows.get(row.row));
    let worked = values.unwrap_or_default();
    for (item, column) in worked.iter().zip(of_rows) {
        live.region(calculated_region(row, column.id), totals::worked(work, item));
    }
}

fn row_id(row: &RowSlot) -> String {
    tail(&row.id, "-row")
}

fn messages_region(row: &RowSlot) -> String {
    tail(&row.id, "-said")
}

fn foot_region(part: &Part) -> String {
    tail(&part.id, "-totals")
}

fn calculated_region(row: &RowSlot, calculated: &str) -> String {
    below(&row.id, calculated)
}
