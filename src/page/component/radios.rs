//! Radios: one answer of a few.

use maud::{Markup, html};

use super::{Question, Standing, fieldset_group};

/// One choice.
#[derive(Clone, Debug)]
pub struct Radio<'a> {
    /// What is stored.
    pub value: &'a str,
    /// What is read.
    pub label: &'a str,
    /// More about it, below the label.
    pub hint: Option<Markup>,
}

/// Radios in a fieldset; the first takes the field's own id, so that links to the field reach it.
///
/// Accessibility: native radios with one name, so that arrow keys and announcements are the browser's own
/// (2.1.1, 4.1.2); none is chosen beforehand; a hint is tied to its radio by `aria-describedby`.
pub fn radios(
    question: &Question<'_>,
    standing: &Standing,
    choices: &[Radio<'_>],
    chosen: &str,
) -> Markup {
    let controls = html! {
        div class="nhsuk-radios" {
            @for (index, choice) in choices.iter().enumerate() {
                (radio(question.id, index, choice, chosen == choice.value))
            }
        }
    };
    fieldset_group(question, standing, &controls)
}

/// One radio with its label.
fn radio(name: &str, index: usize, choice: &Radio<'_>, chosen: bool) -> Markup {
    let id = radio_id(name, index);
    let hint = choice.hint.as_ref().map(|_| super::tail(&id, "-item-hint"));
    html! {
        div class="nhsuk-radios__item" {
            input class="nhsuk-radios__input" id=(id) name=(name) type="radio" value=(choice.value)
                autocomplete="off" aria-describedby=[hint.as_deref()] checked[chosen];
            label class="nhsuk-label nhsuk-radios__label" for=(id) { (choice.label) }
            @if let (Some(id), Some(text)) = (&hint, &choice.hint) {
                div class="nhsuk-hint nhsuk-radios__hint" id=(id) { (text) }
            }
        }
    }
}

/// The id of the radio at `index`, counted from 0, as nhsuk-frontend numbers them.
fn radio_id(name: &str, index: usize) -> String {
    if index == 0 { name.to_owned() } else { format!("{name}-{}", index.saturating_add(1)) }
}
