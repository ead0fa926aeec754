//! Cells of a table that stacks on a narrow screen.
//!
//! Accessibility of the whole: nhsuk-frontend's responsive table. Roles are written out, because a
//! table whose rows are displayed as blocks is no longer announced as one (1.3.1); on a narrow screen every cell
//! repeats its column's heading, hidden from screen readers, which have the header (1.4.10).

use maud::{Markup, html};

/// The heading of a column; `id` lets inputs be named by it.
pub fn column_header(id: &str, inside: &Markup) -> Markup {
    html! { th class="nhsuk-table__header" scope="col" role="columnheader" id=(id) { (inside) } }
}

/// The heading of a row; `id` lets inputs be named by it.
pub fn row_header(id: &str, column: &str, inside: &Markup) -> Markup {
    html! {
        th class="nhsuk-table__header" scope="row" role="rowheader" {
            (narrow_heading(column))
            span id=(id) { (inside) }
        }
    }
}

/// A cell under the column headed `column`.
pub fn cell(column: &str, inside: &Markup) -> Markup {
    html! { td class="nhsuk-table__cell" role="cell" { (narrow_heading(column)) (inside) } }
}

/// A cell that the page fills in: its content is a keyed region.
pub fn calculated_cell(column: &str, region: &str, inside: &Markup) -> Markup {
    html! {
        td class="nhsuk-table__cell" role="cell" {
            (narrow_heading(column))
            span data-region=(region) { (inside) }
        }
    }
}

/// The column's heading inside the cell, shown only where the table is stacked.
fn narrow_heading(column: &str) -> Markup {
    html! { span class="nhsuk-table__heading" aria-hidden="true" { (column) " " } }
}
