//! What is said about a control, beside it.

use maud::{Markup, html};

use super::{Message, Severity, message_id};
use crate::page::text::visible;

/// One message.
///
/// Accessibility: an error begins with the hidden word “Error”, as nhsuk-frontend does; queries and notes
/// say what they are in words that everybody sees, so that colour carries nothing alone (1.4.1).
pub fn message(message: &Message) -> Markup {
    let text = visible(&message.text);
    html! {
        @match message.severity {
            Severity::Error => span class="nhsuk-error-message" {
                span class="nhsuk-u-visually-hidden" { "Error: " } (text)
            },
            Severity::Query => span class="ia-message" data-severity="query" {
                strong { "Query: " } (text)
            },
            Severity::Note => span class="ia-message" data-severity="note" {
                strong { "Note: " } (text)
            },
        }
    }
}

/// The messages of one control, in a wrapper with the id that the control's `aria-describedby` names;
/// nothing at all when there are none.
pub fn messages(id: &str, said: &[Message]) -> Markup {
    html! {
        @if !said.is_empty() {
            span class="ia-messages" id=(message_id(id)) {
                @for one in said { (message(one)) }
            }
        }
    }
}
