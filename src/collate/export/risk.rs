//! The risk grids as a page of their own: organisations down, lines across, each rating in words and with a pattern.

use super::About;
use super::page::{page, told};
use super::rows::moment;
use crate::check::GUIDE;
use crate::collate::Crosstab;
use maud::{Markup, html};

/// So many patterns there are; ratings after these have none, and their words.
const PATTERNS: usize = 4;

/// The class of a rating’s pattern, by its number.
fn pattern(rating: usize) -> &'static str {
    ["risk risk-0", "risk risk-1", "risk risk-2", "risk risk-3"]
        .get(rating.min(PATTERNS))
        .copied()
        .unwrap_or("risk")
}

/// The page; none where nothing was rated.
pub fn risk_page(about: &About, grids: &[Crosstab]) -> Option<String> {
    if grids.is_empty() {
        return None;
    }
    let title = format!("Where the risk is: {}", about.title);
    let body = html! {
        p.marking { (about.classification) }
        main.wide tabindex="0" {
            h1 { (title) }
            p { "As at " (moment(about.made_at)) ". " (GUIDE) }
            @for own in grids { (grid(own)) }
        }
        p.marking { (about.classification) }
    };
    Some(page(&title, &body))
}

fn grid(own: &Crosstab) -> Markup {
    html! {
        table {
            caption { (told(&own.label)) }
            thead {
                tr {
                    th scope="col" { "Organisation" }
                    @for line in &own.lines { th scope="col" { (told(line)) } }
                }
            }
            tbody {
                @for row in &own.rows {
                    tr {
                        th scope="row" { (told(&row.name)) " (" (told(&row.organisation)) ")" }
                        @for cell in &row.cells {
                            td {
                                @if cell.is_empty() { span.note { "not rated" } }
                                @for rating in cell {
                                    span class=(pattern(*rating)) { (own.ratings.get(*rating).map_or("", String::as_str)) } " "
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
