//! Check codes, to be read out over the telephone.

use maud::{Markup, html};

use crate::gather::Gather as _;

/// A code in groups that stay whole, with the hyphens that people read out or leave out.
///
/// Accessibility: plain text in one line of even-width letters, so that it can be selected, copied and read letter by letter; a
/// group is never broken across lines (1.4.10).
pub fn check_code(code: &str) -> Markup {
    let groups: Vec<&str> = code.split('-').gather();
    html! {
        @for (place, group) in groups.iter().enumerate() {
            @if place > 0 { "-" }
            span class="ia-check-code__group" { (group) }
        }
    }
}
