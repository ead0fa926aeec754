//! A text input with a list of what it could mean.

use maud::{Markup, html};

use super::{Question, Standing, field_group};

/// One line of the list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OptionView<'a> {
    /// What is stored when it is chosen.
    pub value: &'a str,
    /// What is read.
    pub label: &'a str,
}

/// A combobox as it stands.
#[derive(Clone, Debug, Default)]
pub struct ComboboxView<'a> {
    /// Its id; the list is `<id>-list`, the lines `<id>-option-<n>`, the status `<id>-status`.
    pub id: &'a str,
    /// What stands in the input when it is drawn.
    pub value: &'a str,
    /// The lines that match what was typed.
    pub options: Vec<OptionView<'a>>,
    /// Which line is marked, counted from 0.
    pub active: Option<usize>,
    /// Whether the list is open.
    pub open: bool,
    /// How many lines match, in words, while the list is open.
    pub status: String,
}

/// An editable combobox with list autocomplete (ARIA Authoring Practices, combobox pattern, ARIA 1.2).
///
/// Accessibility: focus stays in the input; the marked line is named by `aria-activedescendant` and has
/// `aria-selected`; arrow keys, Enter and Escape work as the pattern says (2.1.1); how many lines match
/// is said by a status that is shown only where there is no line to see (4.1.3); the list scrolls, its lines are at least 24 px high (2.5.8).
pub fn combobox(question: &Question<'_>, standing: &Standing, view: &ComboboxView<'_>) -> Markup {
    let id = question.id;
    let list = super::tail(id, "-list");
    let control = html! {
        div class="ia-combobox" {
            input class=(standing.class()) id=(id) type="text" value=(view.value) role="combobox"
                aria-autocomplete="list" aria-expanded=(view.open) aria-controls=(list)
                aria-activedescendant=[active_id(view)] aria-invalid=[standing.invalid()]
                aria-describedby=[standing.described_by(id)]
                autocomplete="off" autocapitalize="none" spellcheck="false";
            ul class="ia-combobox__list" id=(list) role="listbox" aria-label=(question.label)
                data-region=(list) hidden[!view.open] { (options(view)) }
            div class=(status_class(view)) id={ (id) "-status" } role="status"
                data-region={ (id) "-status" } {
                (view.status)
            }
        }
    };
    field_group(question, standing, &control)
}

/// The class of the status, which everybody sees where there is no line to see.
pub fn status_class(view: &ComboboxView<'_>) -> &'static str {
    if view.open { "nhsuk-u-visually-hidden" } else { "ia-combobox__status" }
}

/// The lines of the list: the content of the region `<id>-list`.
pub fn options(view: &ComboboxView<'_>) -> Markup {
    html! {
        @for (index, option) in view.options.iter().enumerate() {
            li class="ia-combobox__option" id={ (view.id) "-option-" (index) } role="option"
                aria-selected=(view.active == Some(index)) data-action="choose"
                data-value=(option.value) { (option.label) }
        }
    }
}

/// The id of the marked line while the list is open.
pub fn active_id(view: &ComboboxView<'_>) -> Option<String> {
    let active = view.active.filter(|_| view.open)?;
    Some(format!("{}-option-{active}", view.id))
}
