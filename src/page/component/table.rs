//! Cells of a table of figures, to type in or to read, that stacks on a narrow screen.
//!
//! Accessibility of the whole: roles are written out, because a table whose rows are displayed as blocks is no longer
//! announced as one (1.3.1). On a narrow screen every cell repeats its column's heading, and nothing scrolls
//! sideways at 320 px (1.4.10).

use crate::letters::Join as _;
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

/// What heads a table.
#[derive(Clone, Copy, Debug)]
pub struct TableTitle<'a> {
    /// The id of the heading.
    pub id: &'a str,
    /// Its words.
    pub text: &'a str,
    /// Whether it is a heading below another title; then it is of level 3.
    pub below: bool,
    /// What to know before reading or filling in the table.
    pub notes: &'a [String],
}

/// A table with its heading and the headings of its columns; the first heads the rows.
///
/// Accessibility: the heading names the table and its notes describe it, so that they are found both in the list of
/// headings and on entering the table (1.3.1, 2.4.6). No `caption`: where roles are written out, it may hold no
/// heading.
pub fn numbers(title: &TableTitle<'_>, headings: &[&str], body: &Markup) -> Markup {
    let notes = (!title.notes.is_empty()).then(|| super::tail(title.id, "-notes"));
    html! {
        @if title.below {
            h3 class="nhsuk-heading-s" id=(title.id) { (title.text) }
        } @else {
            h2 class="nhsuk-heading-m" id=(title.id) { (title.text) }
        }
        @if let Some(notes) = &notes {
            p id=(notes) { (title.notes.joined(" ")) }
        }
        table class="ia-figures" role="table" aria-labelledby=(title.id)
            aria-describedby=[notes.as_deref()] {
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
