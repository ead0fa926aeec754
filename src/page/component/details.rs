//! Text that opens on demand.

use maud::{Markup, html};

/// A summary that opens to show more.
///
/// Accessibility: the browser's own `details`, so that it works by keyboard and its state is announced (4.1.2);
/// what a return needs never goes inside: guidance, and what few people ask for.
pub fn details(summary: &str, inside: &Markup) -> Markup {
    html! {
        details class="nhsuk-details" {
            summary class="nhsuk-details__summary" {
                span class="nhsuk-details__summary-text" { (summary) }
            }
            div class="nhsuk-details__text" { (inside) }
        }
    }
}
