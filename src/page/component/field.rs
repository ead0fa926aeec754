//! The frame of a question: label or legend, hint, messages, control.

use maud::{Markup, html};

use super::{Control, Message, Standing, details, group_id, hint_id, message_id, messages};

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

/// What is asked: the words around a control.
#[derive(Clone, Copy, Debug, Default)]
pub struct Question<'a> {
    /// The id of the control.
    pub id: &'a str,
    /// The label or legend.
    pub label: &'a str,
    /// Whether the label says that it may be left blank.
    pub optional: bool,
    /// How large the label is.
    pub size: Size,
    /// One line below the label; none when empty.
    pub hint: &'a str,
    /// What was answered last time, where that is at hand.
    pub last: Option<&'a Markup>,
    /// Guidance that opens on demand.
    pub help: &'a [String],
    /// Where the question is the first heading of its step: what stands above it in that heading.
    pub caption: Option<&'a Markup>,
}

impl<'a> Question<'a> {
    /// One question of several on a step, with a hint or an empty one.
    pub const fn small(id: &'a str, label: &'a str, hint: &'a str) -> Self {
        let size = Size::Small;
        Self { id, label, optional: false, size, hint, last: None, help: &[], caption: None }
    }

    /// The standing of a control of this kind under this question.
    pub fn standing(&self, control: Control, messages: &[Message]) -> Standing {
        Standing {
            control,
            has_hint: !self.hint.is_empty() || self.last.is_some(),
            messages: messages.to_vec(),
        }
    }
}

/// A form group around one labelled control.
///
/// Accessibility: the label names the control by `for` (1.3.1, 4.1.2); hint and messages stand between label
/// and control, in the order in which they are read out (3.3.1, 3.3.2). The messages are a keyed region, so
/// that the control itself is never redrawn and keeps focus and caret.
pub fn field_group(question: &Question<'_>, standing: &Standing, control: &Markup) -> Markup {
    let Question { id, label, size, .. } = *question;
    let class = size.suffix().map(|suffix| format!("nhsuk-label nhsuk-label{suffix}"));
    html! {
        div class=(standing.group_class()) id=(group_id(id)) {
            label class=(class.as_deref().unwrap_or("nhsuk-label")) for=(id) { (label) (mark(question)) }
            (below_the_label(question, standing))
            (control)
        }
    }
}

/// A form group around several controls that answer one question.
///
/// Accessibility: the legend names the group, and `aria-describedby` on the fieldset names hint and messages,
/// because a screen reader reads them on entering the group (1.3.1, 3.3.1). `tabindex` is not set: links to the
/// group lead to its first control.
pub fn fieldset_group(question: &Question<'_>, standing: &Standing, controls: &Markup) -> Markup {
    let Question { id, label, size, .. } = *question;
    let class = size
        .suffix()
        .map(|suffix| format!("nhsuk-fieldset__legend nhsuk-fieldset__legend{suffix}"));
    html! {
        div class=(standing.group_class()) id=(group_id(id)) {
            fieldset class="nhsuk-fieldset" id={ (id) "-fieldset" }
                aria-describedby=[standing.described_by(id)] {
                legend class=(class.as_deref().unwrap_or("nhsuk-fieldset__legend")) {
                    @match question.caption {
                        Some(caption) => h1 class="nhsuk-fieldset__heading" id="heading" tabindex="-1" {
                            (caption) (label) (mark(question))
                        },
                        None => { (label) (mark(question)) },
                    }
                }
                (below_the_label(question, standing))
                (controls)
            }
        }
    }
}

/// What a question that may be left blank says of itself.
fn mark(question: &Question<'_>) -> &'static str {
    if question.optional { " (optional)" } else { "" }
}

/// Hint, guidance and messages.
fn below_the_label(question: &Question<'_>, standing: &Standing) -> Markup {
    let Question { id, label, hint, last, help, .. } = *question;
    let summary = format!("Help with “{label}”");
    html! {
        @if !hint.is_empty() || last.is_some() {
            div class="nhsuk-hint" id=(hint_id(id)) {
                (hint)
                @if let Some(last) = last { div class="ia-last" { "Last time: " (last) } }
            }
        }
        @if !help.is_empty() {
            (details(&summary, &html! { @for paragraph in help { p { (paragraph) } } }))
        }
        div data-region=(message_id(id)) { (messages(id, &standing.messages)) }
    }
}
