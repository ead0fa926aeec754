//! Day, month, year, and where asked the time of day.

use maud::{Markup, html};

use super::{Question, Standing, fieldset_group};

/// One part of a date or time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Part<'a> {
    /// The end of its id, after a full stop: `day`, `month`, `year`, `time`.
    pub id: &'a str,
    /// Its label.
    pub label: &'a str,
    /// nhsuk-frontend's width class.
    pub width: &'a str,
    /// What stands in it when it is drawn.
    pub value: &'a str,
    /// Whether it is this part that is wrong.
    pub wrong: bool,
    /// Whether only digits are expected.
    pub digits: bool,
}

impl Part<'_> {
    /// The classes of its input.
    pub fn class(&self) -> String {
        let error = if self.wrong { " nhsuk-input--error" } else { "" };
        format!("nhsuk-input nhsuk-date-input__input {}{error}", self.width)
    }
}

/// The parts of a date, and of a time of day, as separate text inputs.
///
/// Accessibility: a fieldset with a legend; every part has a visible label (1.3.1, 3.3.2); only a part that is wrong
/// carries `aria-invalid`; focus never moves by itself between parts (3.2.2).
pub fn date_input(question: &Question<'_>, standing: &Standing, parts: &[Part<'_>]) -> Markup {
    let controls = html! {
        div class="nhsuk-date-input" {
            @for part in parts { (part_input(question.id, part)) }
        }
    };
    fieldset_group(question, standing, &controls)
}

/// One part with its label.
fn part_input(field: &str, part: &Part<'_>) -> Markup {
    let id = super::below(field, part.id);
    html! {
        div class="nhsuk-date-input__item" {
            div class="nhsuk-form-group" {
                label class="nhsuk-label nhsuk-date-input__label" for=(id) { (part.label) }
                input class=(part.class()) id=(id)
                    type="text" inputmode=[part.digits.then_some("numeric")] autocomplete="off"
                    value=(part.value) aria-invalid=[part.wrong.then_some("true")];
            }
        }
    }
}
