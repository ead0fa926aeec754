//! How a control stands: what is said about it now, and so how it is marked.

use super::{hint_id, message_id};
use crate::gather::Gather as _;
use crate::letters::Join as _;

/// How much a message asks of a person.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    /// Stops the return until it is mended.
    Error,
    /// Needs an explanation.
    Query,
    /// Information only.
    Note,
}

/// One sentence about a control.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Message {
    /// How much it asks.
    pub severity: Severity,
    /// The sentence; the same words stand in the error summary.
    pub text: String,
}

/// What kind of control a standing belongs to; it fixes the classes.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Control {
    /// A cell of a table: a text input without a form group of its own.
    #[default]
    Cell,
    /// A group of radios, checkboxes or date parts: marked on its fieldset.
    Fieldset,
    /// A text input in a form group; the class gives its width.
    Input(&'static str),
    /// A select.
    Select,
    /// A text area.
    Textarea,
}

/// A control's kind, whether it has a hint, and its messages in the order they are shown.
///
/// Accessibility: a control with an error carries `aria-invalid="true"`; hint and messages are named by
/// `aria-describedby`, hint first (success criteria 3.3.1 and 1.3.1).
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Standing {
    /// What kind of control it is.
    pub control: Control,
    /// Whether a hint stands before it.
    pub has_hint: bool,
    /// What is said about it now.
    pub messages: Vec<Message>,
}

impl Standing {
    /// Whether one of the messages is an error.
    pub fn is_error(&self) -> bool {
        self.messages.iter().any(|message| message.severity == Severity::Error)
    }

    /// The value of `aria-invalid`, when it is to be there at all.
    ///
    /// Not on a fieldset: ARIA 1.2 gives its role no such state.
    pub fn invalid(&self) -> Option<&'static str> {
        (self.is_error() && self.control != Control::Fieldset).then_some("true")
    }

    /// The value of `aria-describedby`, when there is a hint or a message.
    pub fn described_by(&self, id: &str) -> Option<String> {
        match (self.has_hint, self.messages.is_empty()) {
            (false, true) => None,
            (true, true) => Some(hint_id(id)),
            (false, false) => Some(message_id(id)),
            (true, false) => Some(format!("{} {}", hint_id(id), message_id(id))),
        }
    }

    /// The classes of the control itself.
    pub fn class(&self) -> String {
        let (base, width, error) = match self.control {
            Control::Cell => ("nhsuk-input", "nhsuk-input--width-5", "nhsuk-input--error"),
            Control::Fieldset => ("nhsuk-fieldset", "", ""),
            Control::Input(width) => ("nhsuk-input", width, "nhsuk-input--error"),
            Control::Select => ("nhsuk-select", "", "nhsuk-select--error"),
            Control::Textarea => ("nhsuk-textarea", "", "nhsuk-textarea--error"),
        };
        let error = if self.is_error() { error } else { "" };
        classes(&[base, width, error])
    }

    /// The classes of the form group around the control.
    pub fn group_class(&self) -> String {
        let error = if self.is_error() { "nhsuk-form-group--error" } else { "" };
        classes(&["nhsuk-form-group", error])
    }
}

/// Class names with one space between them; empty ones are left out.
fn classes(names: &[&str]) -> String {
    let there: Vec<&str> = names.iter().copied().filter(|name| !name.is_empty()).gather();
    there.joined(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(severity: Severity) -> Standing {
        let messages = vec![Message { severity, text: "Enter a whole number, like 12".to_owned() }];
        Standing { control: Control::Cell, has_hint: true, messages }
    }

    #[test]
    fn an_error_marks_the_control_and_its_group() {
        let standing = said(Severity::Error);
        assert_eq!(standing.invalid(), Some("true"));
        assert_eq!(standing.described_by("a").as_deref(), Some("a-hint a-message"));
        assert_eq!(standing.class(), "nhsuk-input nhsuk-input--width-5 nhsuk-input--error");
        assert_eq!(standing.group_class(), "nhsuk-form-group nhsuk-form-group--error");
    }

    #[test]
    fn a_query_is_described_but_marks_nothing_as_wrong() {
        let standing = said(Severity::Query);
        assert_eq!(standing.invalid(), None);
        assert_eq!(standing.described_by("a").as_deref(), Some("a-hint a-message"));
        assert_eq!(standing.group_class(), "nhsuk-form-group");
    }

    #[test]
    fn a_fieldset_is_never_said_to_be_invalid() {
        let standing = Standing { control: Control::Fieldset, ..said(Severity::Error) };
        assert_eq!(standing.invalid(), None);
    }
}
