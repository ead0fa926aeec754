//! What has to be mended before going on.

use maud::{Markup, html};

use crate::page::text::visible;

/// The id that takes focus.
pub const SUMMARY_ID: &str = "error-summary";

/// One thing to mend: the sentence, and the id of the control that it is about.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Problem {
    /// The control; for a group, its first control.
    pub target: String,
    /// The same words as beside the control.
    pub text: String,
}

/// The list of things to mend, at the top of `main`; nothing when there are none.
///
/// Accessibility: takes focus when Continue is pressed with something to mend, and the title of the page then
/// begins with “Error: ”; every item links to its control, which takes focus (3.3.1, 2.4.3). Later changes
/// to the list are made in place and are not announced, because the message beside the control is.
pub fn error_summary(problems: &[Problem]) -> Markup {
    html! {
        @if !problems.is_empty() {
            div class="nhsuk-error-summary" id=(SUMMARY_ID) role="group" tabindex="-1"
                aria-labelledby="error-summary-title" {
                h2 class="nhsuk-error-summary__heading" id="error-summary-title" {
                    "There is a problem"
                }
                div class="nhsuk-error-summary__body" {
                    ul class="nhsuk-list nhsuk-error-summary__list" {
                        @for problem in problems {
                            li { a href={ "#" (problem.target) } { (visible(&problem.text)) } }
                        }
                    }
                }
            }
        }
    }
}
