//! How far work is.

use maud::{Markup, html};

/// A bar that fills up. Its `value` is an attribute that is set from outside, 0 to 100: drawn anew, it would be announced anew.
///
/// Accessibility: the browser's own `progress` with a label, whose state programs that read screens tell when asked or at a
/// pace of their own (4.1.2), and no live region (4.1.3); the bar is not told by colour alone, for it has an edge (1.4.11).
pub fn progress(id: &str, label: &str) -> Markup {
    html! {
        label class="nhsuk-u-visually-hidden" for=(id) { (label) }
        progress class="ia-progress" id=(id) max="100" {}
    }
}
