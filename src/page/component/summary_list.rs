//! What was answered, as a list of questions and answers.

use maud::{Markup, html};

/// One question, its answer, and where to change it.
#[derive(Clone, Debug)]
pub struct SummaryRow<'a> {
    /// The question's label.
    pub key: &'a str,
    /// The answer.
    pub value: Markup,
    /// The step's address, and the id of the control that takes focus there.
    pub change: Option<(&'a str, String)>,
}

/// Questions and answers, each with a link to change it.
///
/// Accessibility: a description list; every “Change” link says in hidden words what it changes, so that it makes
/// sense in a list of links (2.4.4). Links lead to the control, not only to its step (2.4.3).
pub fn summary_list(rows: &[SummaryRow<'_>]) -> Markup {
    html! {
        dl class="nhsuk-summary-list" {
            @for row in rows {
                div class="nhsuk-summary-list__row" {
                    dt class="nhsuk-summary-list__key" { (row.key) }
                    dd class="nhsuk-summary-list__value" { (row.value) }
                    @if let Some((address, target)) = &row.change {
                        dd class="nhsuk-summary-list__actions" {
                            (change_link(address, target, row.key))
                        }
                    }
                }
            }
        }
    }
}

/// A link that goes to a step and puts focus on one of its controls.
fn change_link(address: &str, target: &str, what: &str) -> Markup {
    html! {
        a class="nhsuk-link" href=(address) data-action="change" data-value=(target) {
            "Change" span class="nhsuk-u-visually-hidden" { " " (what) }
        }
    }
}
