//! Something that has to be read before going on.

use maud::{Markup, html};

/// A warning with its heading.
///
/// Accessibility: the heading says “Important” in hidden words, since colour and shape are only seen (1.4.1); it
/// is a heading of level 2, so it may stand only below the page's first heading (1.3.1).
pub fn warning(heading: &str, inside: &Markup) -> Markup {
    html! {
        div class="nhsuk-card nhsuk-card--warning" {
            div class="nhsuk-card__content" {
                h2 class="nhsuk-card__heading" {
                    span class="nhsuk-u-visually-hidden" { "Important: " } (heading)
                }
                (inside)
            }
        }
    }
}
