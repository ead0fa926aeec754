//! Inputs for files.

use maud::{Markup, html};

use super::{Question, Standing, field_group};

/// An input for one file with its label.
///
/// Accessibility: the browser's own input, so that it works by keyboard and the chosen name is announced (4.1.2).
pub fn file_input(question: &Question<'_>, standing: &Standing) -> Markup {
    let id = question.id;
    let control = html! {
        input class=(standing.class()) id=(id) type="file" aria-invalid=[standing.invalid()]
            aria-describedby=[standing.described_by(id)];
    };
    field_group(question, standing, &control)
}

/// An input for several files, or for a folder with everything in it.
///
/// Accessibility: as [`file_input`].
pub fn files_input(question: &Question<'_>, standing: &Standing, is_folder: bool) -> Markup {
    let id = question.id;
    let control = html! {
        input class=(standing.class()) id=(id) type="file" multiple webkitdirectory[is_folder]
            aria-invalid=[standing.invalid()] aria-describedby=[standing.described_by(id)];
    };
    field_group(question, standing, &control)
}
