//! What is done to a table of figures at once: a pasted block before it is filled in, and what can be done to it after.

use maud::{Markup, html};

use super::grid;
use super::totals;
use crate::letters::Join as _;
use crate::page::component::{
    Button, TableTitle, Weight, button, cell, details, numbers, row_header,
};
use crate::page::layout::Table;
use crate::page::live::Live;
use crate::page::sheet::{Coming, Pasted, Sheet};
use crate::page::state::State;
use crate::page::text::outside;
use crate::page::words::count;
use crate::page::work::Work;

/// What was done, which takes focus once it is.
pub(in crate::page) const FILLED_ID: &str = "filled";

/// The words over a block that was pasted.
pub(super) const HEADING: &str = "Check the figures before they are filled in";

/// Says what was done to the figures, and offers to take it back.
pub(super) fn live(state: &State, live: &mut Live) {
    let filling = &state.filling;
    live.region(
        FILLED_ID,
        html! {
            @if !filling.said.is_empty() {
                p id=(FILLED_ID) tabindex="-1" { strong { (filling.said) } }
            }
            @if !filling.before.is_empty() {
                (button(&Button { action: "undo", text: "Take them out again", weight: Weight::Secondary, value: None }))
            }
        },
    );
}

/// What helps to fill in a table at once, and what was done.
pub(super) fn help(live: &Live) -> Markup {
    html! {
        (details("Moving around the table, and pasting from a spreadsheet", &html! {
            ul class="nhsuk-list nhsuk-list--bullet" {
                li { "Tab goes to the next box. Enter and the arrow keys go to the box below, above or beside." }
                li { "To paste, copy the figures in your spreadsheet, select the first box they belong in, and paste. You see what every box will hold before anything changes." }
                li { "Ctrl and D puts in the figure from the box above." }
            }
        }))
        div data-region=(FILLED_ID) { (live.at(FILLED_ID)) }
    }
}

/// Takes a table's figures out, and in from a file.
///
/// Accessibility: buttons and a file input of the browser's own, each named by what it does (2.4.6).
pub(super) fn ways(work: &Work, table: &Table) -> Markup {
    let way = |action, text| {
        button(&Button { action, text, weight: Weight::Secondary, value: Some(&table.id) })
    };
    let sheet = Sheet::of(work, table);
    let first = sheet.id(work, (0, 0)).unwrap_or_default();
    let (id, hint) = ([&table.id, "-csv"].concat(), [&table.id, "-csv-hint"].concat());
    html! {
        div class="nhsuk-button-group ia-actions" {
            (way("copy-figures", "Copy these figures"))
            (way("save-figures", "Save them as a CSV file"))
        }
        (details("Fill in this table from a CSV file", &html! {
            div class="nhsuk-form-group" {
                label class="nhsuk-label" for=(id) { "CSV file" }
                div class="nhsuk-hint" id=(hint) { "The rows and columns of this table in the same order, with headings or without. You see what every box will hold before anything changes." }
                input class="ia-file" id=(id) type="file" accept=".csv,.txt" data-into=(first) aria-describedby=(hint);
            }
        }))
    }
}

/// A block that was pasted: what every box would hold, and which figures are refused.
///
/// Accessibility: a step of its own with one question, so that nothing is drawn over what a person was reading; each line
/// is named by its row, date and column.
pub(super) fn draw(work: &Work, pasted: &Pasted) -> Markup {
    let filled = pasted.filled();
    let refused = pasted.boxes.len().saturating_sub(filled);
    let fill = ["Fill in ", &count(filled, "figure", "figures")].concat();
    let body = html! {
        tbody role="rowgroup" {
            // What needs a look comes first: nobody reads on through a hundred figures that are right.
            @for coming in &pasted.boxes {
                @if coming.refused.is_some() { (line(work, coming)) }
            }
            @for coming in &pasted.boxes {
                @if coming.refused.is_none() { (line(work, coming)) }
            }
        }
    };
    let title = TableTitle {
        id: "pasted-title",
        text: "What each box will hold",
        below: false,
        notes: &[],
    };
    html! {
        ul class="nhsuk-list nhsuk-list--bullet" {
            li { (count(filled, "figure", "figures")) " can be filled in." }
            @if refused > 0 {
                li { strong { (count(refused, "figure", "figures")) " cannot be read and will not be filled in. See the top of the table below." } }
            }
            @if pasted.outside > 0 {
                li { strong { (count(pasted.outside, "cell lies", "cells lie")) " outside the table and will be left out. If that is wrong, cancel, and paste into the first box they belong in." } }
            }
            @if pasted.headed { li { "Rows or columns of words were taken for headings and left out." } }
            li { "Empty cells change nothing. A dash alone is read as 0." }
        }
        @if filled > 0 { (button(&Button { action: "fill", text: &fill, ..Button::default() })) " " }
        (button(&Button { action: "do-not-fill", text: "Cancel", weight: Weight::Secondary, value: None }))
        @if !pasted.boxes.is_empty() {
            (numbers(&title, &["Box", "In the spreadsheet", "Now", "Will be"], &body))
        }
    }
}

/// One box: its name, what was pasted, what it holds and what it will hold.
fn line(work: &Work, coming: &Coming) -> Markup {
    let now = work.text(&coming.id);
    html! {
        tr class="ia-figures__row" role="row" {
            (row_header(&html! { (name(work, &coming.id)) }))
            (cell("In the spreadsheet", None, &outside(coming.given.trim())))
            (cell("Now", None, &html! { @if now.is_empty() { "blank" } @else { (outside(now)) } }))
            (cell("Will be", None, &html! {
                @match &coming.refused {
                    Some(reason) => { strong { "Stays as it is. " } (reason) },
                    None => strong { (coming.text) },
                }
            }))
        }
    }
}

/// A box by its row, its date and its column.
fn name(work: &Work, id: &str) -> String {
    let Some(slot) = work.layout.slot(id) else { return String::new() };
    let Some(row) = work.layout.row(slot.place) else { return String::new() };
    let table = work.layout.table((slot.place.section, slot.place.field));
    let field = table.and_then(|table| grid::field(work, table));
    let column =
        field.zip(slot.place.cell).and_then(|(field, (_, column))| field.columns.get(column));
    let column = column.map_or("", |column| totals::heading(&column.short, &column.label));
    let mut parts = vec![row.label.as_str()];
    for above in &row.above {
        parts.push(above);
    }
    parts.push(column);
    parts.joined(", ")
}
