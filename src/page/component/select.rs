//! Selects: one answer of more than a few.

use maud::{Markup, html};

use super::{Control, Size, Standing, field_group};

/// A select with its label; `choices` are pairs of what is stored and what is read.
///
/// Accessibility: native, so that typing ahead and announcements are the browser's own (2.1.1, 4.1.2); the first
/// choice is empty, so that nothing is answered by accident.
pub fn select(
    id: &str,
    label: (&str, Size),
    hint: Option<&str>,
    standing: &Standing,
    (choices, chosen): (&[(&str, &str)], Option<&str>),
) -> Markup {
    let standing = Standing {
        control: Control::Select,
        has_hint: hint.is_some(),
        messages: standing.messages.clone(),
    };
    let control = html! {
        select class=(standing.class()) id=(id) autocomplete="off"
            aria-invalid=[standing.invalid()] aria-describedby=[standing.described_by(id)] {
            option value="" { "Choose one" }
            @for (value, text) in choices {
                option value=(value) selected[chosen == Some(*value)] { (text) }
            }
        }
    };
    field_group(id, label, hint, &standing, &control)
}
