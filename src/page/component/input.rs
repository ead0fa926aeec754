//! Text inputs.

use maud::{Markup, html};

use super::{Question, Standing, field_group};

/// How wide an input is: wide enough for what it takes.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Width {
    /// Two characters.
    Characters2,
    /// Four characters.
    Characters4,
    /// Five characters.
    Characters5,
    /// Ten characters.
    Characters10,
    /// All there is.
    #[default]
    Full,
    /// Two thirds of what there is.
    TwoThirds,
}

impl Width {
    /// nhsuk-frontend's class; empty for the full width.
    pub fn class(self) -> &'static str {
        match self {
            Self::Characters2 => "nhsuk-input--width-2",
            Self::Characters4 => "nhsuk-input--width-4",
            Self::Characters5 => "nhsuk-input--width-5",
            Self::Characters10 => "nhsuk-input--width-10",
            Self::Full => "",
            Self::TwoThirds => "nhsuk-u-width-two-thirds",
        }
    }
}

/// Which keyboard a touch screen offers.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Keyboard {
    /// For an e-mail address.
    Email,
    /// Digits only.
    Number,
    /// Letters.
    #[default]
    Text,
}

impl Keyboard {
    /// The value of `inputmode`, when it is not the usual one.
    fn mode(self) -> Option<&'static str> {
        match self {
            Self::Email => Some("email"),
            Self::Number => Some("numeric"),
            Self::Text => None,
        }
    }
}

/// What an input shows and how it is filled.
#[derive(Clone, Copy, Debug, Default)]
pub struct Input<'a> {
    /// Its id.
    pub id: &'a str,
    /// What stands in it when it is drawn; afterwards only the person changes it.
    pub value: &'a str,
    /// Which keyboard a touch screen offers.
    pub keyboard: Keyboard,
    /// The HTML autofill detail token; `off` when nothing on this computer should fill it.
    pub autocomplete: Option<&'a str>,
}

/// A text input with its label.
///
/// Accessibility: `type="text"` also for numbers, because a number input changes on scrolling, drops what it cannot
/// read, and is announced badly; the input purpose is given by `autocomplete` where the answer is about the
/// person who types (1.3.5).
pub fn input(question: &Question<'_>, standing: &Standing, input: &Input<'_>) -> Markup {
    field_group(question, standing, &bare_input(input, standing))
}

/// A text input alone, for a cell of a table, where its label stands in the cell.
pub fn bare_input(input: &Input<'_>, standing: &Standing) -> Markup {
    let spell_check = (input.keyboard != Keyboard::Text).then_some("false");
    html! {
        input class=(standing.class()) id=(input.id) type="text" value=(input.value)
            inputmode=[input.keyboard.mode()] autocomplete=(input.autocomplete.unwrap_or("off"))
            spellcheck=[spell_check] aria-invalid=[standing.invalid()] aria-describedby=[standing.described_by(input.id)];
    }
}
