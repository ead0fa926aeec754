//! A table of a collation on the screen: some of its rows and columns, a hundred rows at a time.
//!
//! Accessibility: roles are written out and every cell repeats its column's heading on a narrow screen, as in the tables of a
//! return (`page/component/table.rs`); headings stay in sight while a long table is read.

use maud::{Markup, html};

use crate::collate::{Cell, Table};
use crate::page::collate::state::State;
use crate::page::component::{Button, Weight, button_with_id, cell, column_header, row_header};
use crate::page::text::outside;
use crate::page::words::number;
use crate::time::Instant;

/// How many rows are shown at once.
const ROWS: usize = 100;

/// What is shown of a table.
pub(super) struct Shown<'a> {
    /// The id of its heading, and by which its parts are turned.
    pub(super) id: &'a str,
    /// Its heading.
    pub(super) title: &'a str,
    /// What to know before reading it.
    pub(super) note: &'a str,
    pub(super) table: &'a Table,
    /// The columns by id, each with its heading where that is another than the table’s.
    pub(super) columns: &'a [(&'a str, &'a str)],
    /// The rows, by number.
    pub(super) rows: Vec<usize>,
}

/// The text of a cell.
pub(super) fn text(table: &Table, row: usize, column: &str) -> String {
    table.cell(row, column).map(|cell| cell.plain(0)).unwrap_or_default()
}

/// The rows whose cells in these columns are these texts.
pub(super) fn rows(table: &Table, wanted: &[(&str, &str)]) -> Vec<usize> {
    let fits = |row: &usize| wanted.iter().all(|(id, is)| text(table, *row, id) == *is);
    (0..table.rows.len()).filter(fits).collect()
}

/// The table with its heading; a sentence where there is no row.
pub(super) fn draw(state: &State, shown: &Shown<'_>) -> Markup {
    let Shown { id, title, note, table, columns, rows } = shown;
    let part = state.pages.get(*id).copied().unwrap_or(0);
    let first = part.saturating_mul(ROWS).min(rows.len());
    let last = first.saturating_add(ROWS).min(rows.len());
    let notes = format!("{id}-notes");
    html! {
        h2 class="nhsuk-heading-m" id=(id) { (title) }
        @if !note.is_empty() { p id=(notes) { (note) } }
        @if rows.is_empty() {
            p { "There is nothing to show here." }
        } @else {
            @if rows.len() > ROWS { p { "Rows " (words(first.saturating_add(1))) " to " (words(last)) " of " (words(rows.len())) "." } }
            table class="ia-figures ia-table" role="table" aria-labelledby=(id)
                aria-describedby=[(!note.is_empty()).then_some(&notes)] {
                thead role="rowgroup" {
                    tr role="row" {
                        @for (place, (column, heading)) in columns.iter().enumerate() {
                            (column_header(heading_of(table, column, heading), place > 0 && is_count(table, column)))
                        }
                    }
                }
                tbody role="rowgroup" {
                    @for row in rows.get(first..last).unwrap_or_default() {
                        tr role="row" {
                            @for (place, (column, heading)) in columns.iter().enumerate() {
                                @if place == 0 {
                                    (row_header(&value(table, *row, column)))
                                } @else {
                                    (cell(heading_of(table, column, heading), None, &value(table, *row, column)))
                                }
                            }
                        }
                    }
                }
            }
            (turn(id, title, part, last < rows.len()))
        }
    }
}

fn words(count: usize) -> String {
    number(i64::try_from(count).unwrap_or(i64::MAX), 0)
}

/// Buttons that show the rows before and after.
fn turn(id: &str, title: &str, part: usize, has_more: bool) -> Markup {
    let to = |words: &str, number: usize| {
        let (text, value) = (format!("{words}: {title}"), format!("{id}:{number}"));
        let button_id = format!("{id}-{number}");
        button_with_id(
            &button_id,
            &Button { action: "page", text: &text, weight: Weight::Secondary, value: Some(&value) },
        )
    };
    html! {
        @if part > 0 || has_more {
            div class="nhsuk-button-group ia-actions" {
                @if let Some(before) = part.checked_sub(1) { (to("Rows before", before)) }
                @if has_more { (to("More rows", part.saturating_add(1))) }
            }
        }
    }
}

fn heading_of<'a>(table: &'a Table, column: &str, heading: &'a str) -> &'a str {
    if !heading.is_empty() {
        return heading;
    }
    let place = table.column(column);
    place.and_then(|place| table.columns.get(place)).map_or("", |column| column.title)
}

fn is_count(table: &Table, column: &str) -> bool {
    let place = table.column(column).and_then(|place| table.columns.get(place));
    place.is_some_and(|column| column.kind == crate::collate::Kind::Count)
}

/// A cell in words. An empty one says so, so that nobody takes it for something that is still to come.
pub(super) fn value(table: &Table, row: usize, column: &str) -> Markup {
    let decimals = table.column(column).and_then(|place| table.columns.get(place));
    let decimals = decimals.map_or(0, |column| column.decimals);
    match table.cell(row, column) {
        Some(Cell::Count(count)) => html! { (number(*count, decimals)) },
        Some(Cell::Text(text)) => outside(text),
        Some(Cell::Time(at)) => html! { (when(*at)) },
        Some(Cell::NotApplicable) => html! { "not applicable" },
        Some(Cell::NotKnown { .. }) => html! { "not known" },
        Some(Cell::Empty) | None => html! { span class="nhsuk-u-visually-hidden" { "nothing" } },
    }
}

/// A time, short enough for a cell.
pub(super) fn when(at: Instant) -> String {
    [&at.clock_words(), ", ", &at.date().words_without_weekday()].concat()
}
