//! The frame of a question: label or legend, hint, messages, control.

use maud::{Markup, html};

use super::{Standing, group_id, hint_id, message_id, messages};

/// How large a label or legend is.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Size {
    /// Bold, 36 px on a wide screen: the only question of a step.
    Large,
    /// Bold, 26 px: one question of several.
    Medium,
    /// As the text around it.
    #[default]
    Plain,
    /// Bold, 22 px.
    Small,
}

impl Size {
    /// The ending of nhsuk-frontend's modifier class, when there is one.
    fn suffix(self) -> Option<&'static str> {
        match self {
            Self::Large => Some("--l"),
            Self::Medium => Some("--m"),
            Self::Plain => None,
            Self::Small => Some("--s"),
        }
    }
}

/// A form group around one labelled control.
///
/// Accessibility: the label names the control by `for` (1.3.1, 4.1.2); hint and messages stand between label
/// and control, in the order in which they are read out (3.3.1, 3.3.2). The messages are a keyed region, so
/// that the control itself is never redrawn and keeps focus and caret.
pub fn field_group(
    id: &str,
    (label, size): (&str, Size),
    hint: Option<&str>,
    standing: &Standing,
    control: &Markup,
) -> Markup {
    let class = size.suffix().map(|suffix| format!("nhsuk-label nhsuk-label{suffix}"));
    html! {
        div class=(standing.group_class()) id=(group_id(id)) {
            label class=(class.as_deref().unwrap_or("nhsuk-label")) for=(id) { (label) }
            (below_the_label(id, hint, standing))
            (control)
        }
    }
}

/// A form group around several controls that answer one question.
///
/// Accessibility: the legend names the group, and `aria-describedby` on the fieldset names hint and messages,
/// because a screen reader reads them on entering the group (1.3.1, 3.3.1). `tabindex` is not set: links to the
/// group lead to its first control.
pub fn fieldset_group(
    id: &str,
    (legend, size): (&str, Size),
    hint: Option<&str>,
    standing: &Standing,
    controls: &Markup,
) -> Markup {
    let class =
        size.suffix().map(|suffix| format!("nhsuk-fieldset__legend nhsuk-fieldset__legend{suffix}"));
    html! {
        div class=(standing.group_class()) id=(group_id(id)) {
            fieldset class="nhsuk-fieldset" id={ (id) "-fieldset" }
                aria-describedby=[standing.described_by(id)] {
                legend class=(class.as_deref().unwrap_or("nhsuk-fieldset__legend")) { (legend) }
                (below_the_label(id, hint, standing))
                (controls)
            }
        }
    }
}

/// Hint and messages.
fn below_the_label(id: &str, hint: Option<&str>, standing: &Standing) -> Markup {
    html! {
        @if let Some(hint) = hint {
            div class="nhsuk-hint" id=(hint_id(id)) { (hint) }
        }
        div data-region=(message_id(id)) { (messages(id, &standing.messages)) }
    }
}
