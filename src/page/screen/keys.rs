//! The place for kept keys and receipts. What stands in it is drawn by an engine of its own (`crate::page::keys`), which
//! comes when a person opens it: until then there is nothing but its name.

use maud::{Markup, html};

use crate::page::component::details;

/// The place on a step. `about` is what a request to be known as a sender begins with: organisation, name, job title.
pub(super) fn place(panel: &str, summary: &str, about: [&str; 3]) -> Markup {
    let [organisation, name, job_title] = about;
    html! {
        div class="ia-keys" id="keys" data-panel=(panel) data-organisation=(organisation)
            data-name=(name) data-job-title=(job_title) {
            div role="status" data-region="keys-open" {}
            (details(summary, &html! { div data-region="keys" {} }))
        }
    }
}
