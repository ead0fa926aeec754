//! A table whose rows are blocks of questions: rows of the lists one below the other, or rows that people add.

use maud::{Markup, html};

use super::{grid, question, totals};
use crate::check::GUIDE;
use crate::page::component::{Button, SummaryRow, Weight, button_with_id, summary_list, tail};
use crate::page::layout::{Part, RowSlot, Table};
use crate::page::live::Live;
use crate::page::said;
use crate::page::state::State;
use crate::page::words::capitalised;
use crate::page::work::Work;
use crate::template::source::Field;

/// The live parts of a table.
pub(super) fn live(state: &State, work: &Work, table: &Table, live: &mut Live) {
    for part in &table.parts {
        for row in part.rows.iter().filter(|row| work.is_asked(table, row)) {
            for slot in work.layout.slots_of_row(table.at, row.row) {
                if let Some(field) = slot.place.field(&work.draft.form) {
                    question::live(state, work, slot, field, live);
                }
            }
            worked_live(work, table, row, live);
        }
    }
}

/// All rows that are asked, and a button to add one where people do.
pub(super) fn draw(work: &Work, table: &Table, live: &Live) -> Markup {
    let Some(field) = grid::field(work, table) else { return html! {} };
    html! {
        @for part in &table.parts {
            @if part.rows.iter().any(|row| work.is_asked(table, row)) {
                (part_of(work, table, field, part, live))
            }
        }
        @if table.is_free {
            (button_with_id(&said::add_id(&table.id), &Button {
                action: "add-row",
                text: &format!("Add {} {}", another(table, &field.row_label), field.row_label),
                weight: Weight::Secondary,
                value: Some(&table.id),
            }))
        }
    }
}

/// What stands before the name of the next row: “another”, or the article by its first letter.
fn another(table: &Table, row_label: &str) -> &'static str {
    if table.rows().next().is_some() {
        "another"
    } else if row_label.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    }
}

fn part_of(work: &Work, table: &Table, field: &Field, part: &Part, live: &Live) -> Markup {
    let asked = part.rows.iter().filter(|row| work.is_asked(table, row));
    html! {
        @if !part.title.is_empty() {
            h3 class="nhsuk-heading-m" { (part.title) }
            @for note in &part.notes { p { (note) } }
        }
        @for row in asked { (block(work, table, field, row, live)) }
    }
}

/// What heads a row: the label of its entry, or what it is and its number.
pub(super) fn title(field: &Field, row: &RowSlot) -> String {
    if field.key_columns.is_empty() {
        return row.label.clone();
    }
    format!("{} {}", capitalised(&field.row_label), row.label)
}

/// Accessibility: each row is a group named by its heading, so that the same questions in two rows are told apart
/// (1.3.1, 2.4.6).
fn block(work: &Work, table: &Table, field: &Field, row: &RowSlot, live: &Live) -> Markup {
    let heading = tail(&row.id, "-title");
    let remove = format!("Remove {} {}", field.row_label, row.label);
    html! {
        div class="ia-row" role="group" aria-labelledby=(heading) {
            h4 class="nhsuk-heading-s" id=(heading) { (title(field, row)) }
            @if let Some(note) = note(work, table, row) { p class="nhsuk-hint" { (note) } }
            (questions(work, table, field, row, live))
            @if table.is_free {
                (button_with_id(&tail(&row.id, "-remove"), &Button {
                    action: "remove-row",
                    text: &remove,
                    weight: Weight::Secondary,
                    value: Some(&row.id),
                }))
            }
        }
    }
}

/// The questions of a row, and what is worked out of them.
pub(super) fn questions(
    work: &Work,
    table: &Table,
    field: &Field,
    row: &RowSlot,
    live: &Live,
) -> Markup {
    let region = worked_region(row);
    html! {
        @for (slot, column) in work.layout.slots_of_row(table.at, row.row).iter().zip(&field.columns) {
            (question::draw_cell(work, slot, column, live))
        }
        div data-region=(region) { (live.at(&region)) }
    }
}

/// The live part of what is worked out of a row.
pub(super) fn worked_live(work: &Work, table: &Table, row: &RowSlot, live: &mut Live) {
    live.region(worked_region(row), worked(work, table, row));
}

/// What the collection says of the row's last key.
fn note<'w>(work: &'w Work, table: &Table, row: &RowSlot) -> Option<&'w str> {
    let plan = work.draft.form.template.plan().tables.get(table.number)?;
    let entries = work.draft.form.list(*plan.lists.last()?);
    let entry = entries.iter().find(|entry| entry.id == row.entry)?;
    (!entry.note.is_empty()).then_some(entry.note.as_str())
}

/// What is calculated in a row, with the facts that caused each rating.
pub(super) fn worked(work: &Work, table: &Table, row: &RowSlot) -> Markup {
    let values = work.checked.values().rows.get(table.number).and_then(|rows| rows.get(row.row));
    let worked = values.unwrap_or_default();
    let labels = totals::of_rows(work, table);
    let mut rows = Vec::new();
    let mut rated = false;
    for (source, item) in labels.iter().zip(worked) {
        rated |= !source.bands.is_empty();
        rows.push(SummaryRow {
            key: &source.label,
            value: totals::listed(work, item),
            change: None,
        });
    }
    html! {
        @if !rows.is_empty() {
            (summary_list(&rows))
            @if rated { p class="nhsuk-hint" { (GUIDE) } }
        }
    }
}

fn worked_region(row: &RowSlot) -> String {
    tail(&row.id, "-worked")
}
