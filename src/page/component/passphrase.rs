//! Inputs for passphrases.

use maud::{Markup, html};

use super::{Question, Standing, field_group};

/// An input for a passphrase with its label; it is always drawn empty.
///
/// Accessibility: pasting is allowed, so that nobody has to remember or copy by hand (3.3.8); `autocomplete` says whether
/// a passphrase that is known or a new one is asked for (1.3.5).
pub fn passphrase(question: &Question<'_>, standing: &Standing, is_new: bool) -> Markup {
    let id = question.id;
    let purpose = if is_new { "new-password" } else { "current-password" };
    let control = html! {
        input class=(standing.class()) id=(id) type="password" autocomplete=(purpose) autocapitalize="none"
            spellcheck="false" aria-invalid=[standing.invalid()]
            aria-describedby=[standing.described_by(id)];
    };
    field_group(question, standing, &control)
}
