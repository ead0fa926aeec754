//! Tags: the state of a thing in a word or two.

use maud::{Markup, html};

/// The colour of a tag.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Colour {
    /// In order.
    Green,
    /// Not begun, or not in use.
    Grey,
    /// Wrong or late.
    Red,
    /// The usual one.
    #[default]
    Usual,
    /// To be looked at.
    Yellow,
}

impl Colour {
    /// The colour that a template names for a band; the usual one for a name that is not here.
    pub fn of(tone: &str) -> Self {
        match tone {
            "green" => Self::Green,
            "grey" => Self::Grey,
            "red" => Self::Red,
            "yellow" => Self::Yellow,
            _ => Self::Usual,
        }
    }
}

/// A tag.
///
/// Accessibility: the words say all of it; colour only repeats them (1.4.1).
pub fn tag(colour: Colour, text: &str) -> Markup {
    let class = match colour {
        Colour::Green => "nhsuk-tag nhsuk-tag--green",
        Colour::Grey => "nhsuk-tag nhsuk-tag--grey",
        Colour::Red => "nhsuk-tag nhsuk-tag--red",
        Colour::Usual => "nhsuk-tag",
        Colour::Yellow => "nhsuk-tag nhsuk-tag--yellow",
    };
    html! { strong class=(class) { (text) } }
}
