//! Buttons.

use maud::{Markup, html};

/// How much a button stands out.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Weight {
    /// The one thing to do next.
    #[default]
    Primary,
    /// Another way on.
    Secondary,
}

/// A button and what it does.
#[derive(Clone, Copy, Debug, Default)]
pub struct Button<'a> {
    /// What happens, as a `data-action` that the page's `update` knows.
    pub action: &'a str,
    /// The words on it: a verb first.
    pub text: &'a str,
    /// How much it stands out.
    pub weight: Weight,
    /// Passed along with the action.
    pub value: Option<&'a str>,
}

/// A button.
///
/// Accessibility: `type="button"`, so that nothing is ever submitted; the words are its name (2.5.3); it is
/// never disabled, because a disabled button neither takes focus nor says why.
pub fn button(button: &Button<'_>) -> Markup {
    button_with_id(button.action, button)
}

/// A button with an id of its own, where several do the same to different things.
pub fn button_with_id(id: &str, button: &Button<'_>) -> Markup {
    let class = match button.weight {
        Weight::Primary => "nhsuk-button",
        Weight::Secondary => "nhsuk-button nhsuk-button--secondary",
    };
    html! {
        button class=(class) type="button" id=(id) data-action=(button.action)
            data-value=[button.value] { (button.text) }
    }
}
