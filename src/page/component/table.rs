//! Cells of a table of figures, to type in or to read, that stacks on a narrow screen.
//!
//! Accessibility of the whole: roles are written out, because a table whose rows are displayed as blocks is no longer
//! announced as one (1.3.1). On a narrow screen every cell repeats its column's heading, and nothing scrolls
//! sideways at 320 px (1.4.10).

use maud::{Markup, html};

/// The heading of a column.
pub fn column_header(text: &str, is_number: bool) -> Markup {
    let class =
        if is_number { "ia-figures__head ia-figures__head--number" } else { "ia-figures__head" };
    html! { th class=(class) scope="col" role="columnheader" { (text) } }
}

/// The heading of a row.
pub fn row_header(inside: &Markup) -> Markup {
    html! { th class="ia-figures__name" scope="row" role="rowheader" { (inside) } }
}

/// A cell that shows something; its content is a keyed region where it is worked out while a person types.
///
/// The column's heading in it is hidden from screen readers, which have the header.
pub fn cell(column: &str, region: Option<&str>, inside: &Markup) -> Markup {
    html! {
        td class="ia-figures__cell ia-figures__cell--value" role="cell" {
            @if !column.is_empty() {
                span class="ia-figures__label" aria-hidden="true" { (column) " " }
            }
            span data-region=[region] { (inside) }
        }
    }
}

/// A table with its caption and the headings of its columns; the first heads the rows.
pub fn numbers(
    caption: &Markup,
    headings: &[&str],
    described_by: Option<&str>,
    body: &Markup,
) -> Markup {
    html! {
        table class="ia-figures" role="table" aria-describedby=[described_by] {
            caption class="ia-figures__caption" { (caption) }
            thead role="rowgroup" {
                tr role="row" {
                    @for (place, heading) in headings.iter().enumerate() {
                        (column_header(heading, place > 0))
                    }
                }
            }
            (body)
        }
    }
}
