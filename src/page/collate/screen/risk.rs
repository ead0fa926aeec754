//! Where the risk is, in words.

use maud::{Markup, html};

use super::VIEW_HEADING_ID;
use super::table::{self, Shown};
use crate::collate::{Crosstab, Table};
use crate::page::collate::state::{Made, State};
use crate::page::component::{cell, column_header, row_header};
use crate::page::text::{outside, visible};

pub(super) fn draw(state: &State, made: &Made) -> Markup {
    let one = |id: &str, columns: &[(&str, &str)]| {
        let table = made.table(id);
        html! { @if let Some(table) = table { (all(state, id, table, columns)) } }
    };
    html! {
        h2 class="nhsuk-heading-m" id=(VIEW_HEADING_ID) tabindex="-1" { "Where the risk is" }
        (one("ratings", &[("line_label", ""), ("rating_label", ""), ("organisations", "")]))
        @if let Some(operator) = state.operator() {
            @for (number, own) in made.collation.crosstabs(&operator).iter().enumerate() { (grid(number, own)) }
        }
        (one("risk", &[("name", ""), ("organisation", "Code"), ("line_label", ""), ("rating_label", ""), ("facts", "")]))
        (one("tallies", &[("label", ""), ("area_name", "Area"), ("first_label", ""), ("second_label", ""), ("rows", ""), ("organisations", "")]))
        (one("results", &[("name", ""), ("organisation", "Code"), ("label", ""), ("words", "")]))
    }
}

/// A grid of organisations and lines. It has every organisation: a region looks for the one that stands out.
///
/// Accessibility: each rating is a word, with a border and a pattern of its own beside its colour (1.4.1); on a narrow screen each
/// cell repeats its line.
fn grid(number: usize, own: &Crosstab) -> Markup {
    let id = format!("risk-grid-{number}");
    html! {
        h2 class="nhsuk-heading-m" id=(id) { (outside(&own.label)) }
        table class="ia-figures ia-table ia-risk" role="table" aria-labelledby=(id) {
            thead role="rowgroup" {
                tr role="row" {
                    (column_header("Organisation", false))
                    @for line in &own.lines { (column_header(&visible(line), false)) }
                }
            }
            tbody role="rowgroup" {
                @for row in &own.rows {
                    tr role="row" {
                        (row_header(&html! { (outside(&row.name)) " (" (outside(&row.organisation)) ")" }))
                        @for (line, ratings) in own.lines.iter().zip(&row.cells) {
                            (cell(&visible(line), None, &rated(own, ratings)))
                        }
                    }
                }
            }
        }
    }
}

fn rated(own: &Crosstab, ratings: &[usize]) -> Markup {
    html! {
        @if ratings.is_empty() { "not rated" }
        @for rating in ratings {
            span class={ "ia-rating ia-rating--" (rating) } { (own.ratings.get(*rating).map_or("", String::as_str)) } " "
        }
    }
}

fn all(state: &State, id: &str, table: &Table, columns: &[(&str, &str)]) -> Markup {
    let rows = table::rows(table, &[]);
    let id = ["all-", id].concat();
    html! {
        @if !rows.is_empty() {
            (table::draw(state, &Shown { id: &id, title: &table.title, note: &table.note, table, columns, rows }))
        }
    }
}
