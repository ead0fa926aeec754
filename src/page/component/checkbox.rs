//! A single checkbox.

use maud::{Markup, html};

/// One checkbox.
#[derive(Clone, Copy, Debug)]
pub struct Checkbox<'a> {
    /// Its id.
    pub id: &'a str,
    /// What ticking it says.
    pub label: &'a str,
    /// Said to screen readers after the label, where the place on the page tells everybody else.
    pub about: Option<&'a str>,
    /// Whether it is ticked.
    pub checked: bool,
    /// Small, for use beside other things.
    pub small: bool,
}

/// A checkbox with its label.
///
/// Accessibility: a native checkbox, so that its state is announced (4.1.2); the visible label comes first in its
/// name (2.5.3).
pub fn checkbox(checkbox: &Checkbox<'_>) -> Markup {
    let class = if checkbox.small {
        "nhsuk-checkboxes nhsuk-checkboxes--small"
    } else {
        "nhsuk-checkboxes"
    };
    html! {
        div class=(class) {
            div class="nhsuk-checkboxes__item" {
                input class="nhsuk-checkboxes__input" id=(checkbox.id) type="checkbox" value="yes"
                    autocomplete="off" checked[checkbox.checked];
                label class="nhsuk-label nhsuk-checkboxes__label" for=(checkbox.id) {
                    (checkbox.label)
                    @if let Some(about) = checkbox.about {
                        span class="nhsuk-u-visually-hidden" { ": " (about) }
                    }
                }
            }
        }
    }
}
