//! The panel that says something is done.

use maud::{Markup, html};

/// A panel with the page's first heading.
///
/// Accessibility: the heading is the page's `h1` and takes focus when the step is drawn, so that the outcome is
/// the first thing read out (2.4.3, 4.1.3).
pub fn panel(heading: &str, is_done: bool, inside: &Markup) -> Markup {
    let class = if is_done { "nhsuk-panel" } else { "nhsuk-panel ia-panel--undone" };
    html! {
        div class=(class) {
            h1 class="nhsuk-panel__heading" id="heading" tabindex="-1" { (heading) }
            div class="nhsuk-panel__body" { (inside) }
        }
    }
}
