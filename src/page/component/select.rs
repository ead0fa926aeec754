//! Selects: one answer of more than a few.

use maud::{Markup, html};

use super::{Question, Standing, field_group};

/// A select with its label; `choices` are pairs of what is stored and what is read.
///
/// Accessibility: native, so that typing ahead and announcements are the browser's own (2.1.1, 4.1.2); the first
/// choice is empty, so that nothing is answered by accident.
pub fn select(
    question: &Question<'_>,
    standing: &Standing,
    choices: &[(&str, &str)],
    chosen: &str,
) -> Markup {
    let id = question.id;
    let control = html! {
        select class=(standing.class()) id=(id) autocomplete="off"
            aria-invalid=[standing.invalid()] aria-describedby=[standing.described_by(id)] {
            option value="" { "Choose one" }
            @for (value, text) in choices {
                option value=(value) selected[chosen == *value] { (text) }
            }
        }
    };
    field_group(question, standing, &control)
}
