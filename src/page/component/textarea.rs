//! Text areas: text of several lines.

use maud::{Markup, html};

use super::{Question, Standing, field_group};

/// A text area and what stands in it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Textarea<'a> {
    /// How many lines it shows.
    pub rows: u8,
    /// What stands in it when it is drawn; afterwards only the person changes it.
    pub value: &'a str,
    /// Whether it only shows a text, for copying.
    pub read_only: bool,
}

/// A text area with its label.
///
/// Accessibility: nothing stops typing at a limit, because silence loses words; the limit is in the hint
/// and, once passed, in a message (3.3.2).
pub fn textarea(question: &Question<'_>, standing: &Standing, area: &Textarea<'_>) -> Markup {
    let id = question.id;
    let control = html! {
        // HTML drops one line break after the start tag, so one is written for it to drop.
        textarea class=(standing.class()) id=(id) rows=(area.rows) autocomplete="off"
            readonly[area.read_only] aria-invalid=[standing.invalid()]
            aria-describedby=[standing.described_by(id)] { "\n" (area.value) }
    };
    field_group(question, standing, &control)
}
