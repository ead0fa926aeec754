//! Text set apart.

use maud::{Markup, html};

/// Text set apart from what stands around it.
///
/// Accessibility: begins with a hidden “Information: ”, as the bar beside it is only seen (1.3.1).
pub fn inset(inside: &Markup) -> Markup {
    html! {
        div class="nhsuk-inset-text" {
            span class="nhsuk-u-visually-hidden" { "Information: " }
            (inside)
        }
    }
}
