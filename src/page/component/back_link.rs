//! The link back to the step before.

use maud::{Markup, html};

/// A link to the step before.
///
/// Accessibility: a real link, so that it can be opened, copied and found in the list of links; it stands
/// before `main`, where the skip link passes it by (2.4.1).
pub fn back_link(address: &str) -> Markup {
    html! { a class="nhsuk-back-link" href=(address) { "Back" } }
}
