//! The step that shows what will be sealed.

use maud::{Markup, html};

use super::answers::{self, Change};
use super::{keys, totals};
use crate::page::component::{Button, SummaryRow, button, inset, summary_list};
use crate::page::said;
use crate::page::state::State;
use crate::page::step::Step;
use crate::page::text::outside;
use crate::page::words::{count, number};
use crate::page::work::Work;

pub(super) fn draw(state: &State) -> Markup {
    let Some(work) = &state.work else { return html! {} };
    html! {
        (summary_list(&what(work)))
        h2 class="nhsuk-heading-m" { "Totals" }
        (totals::whole(work))
        h2 class="nhsuk-heading-m" { "Who prepared and agreed it" }
        (answers::questions(work, Step::Declaration, Change::Offered))
        (inset(&html! {
            p { "Sealing locks what you have entered: whoever opens the file can see that nothing in it was changed since." }
            p { "It does not send the file. You send it yourself, and the next page says where." }
        }))
        (keys::place("seal", "Use a sender file that you keep", [
            &work.draft.organisation.code,
            work.text("about.submitter_name"),
            work.text("about.submitter_role"),
        ]))
        (button(&Button { action: "seal", text: "Seal and save the file", ..Button::default() }))
    }
}

/// Which return this is, and what is in it.
pub(super) fn what(work: &Work) -> Vec<SummaryRow<'_>> {
    let draft = &work.draft;
    let findings = work.checked.findings();
    let explained = findings.iter().filter(|it| said::has_box(it) && !it.is_unexplained());
    let organisation =
        html! { (outside(&draft.organisation.name)) " (" (outside(&draft.organisation.code)) ")" };
    let row = |key, value| SummaryRow { key, value, change: None };
    vec![
        row("Organisation", organisation),
        row("Return", html! { (draft.form.template.source().title) }),
        row("Collection", html! { (draft.form.collection.source().title) }),
        row("Version", html! { (number(draft.revision, 0)) }),
        row("Queries explained", html! { (count(explained.count(), "query", "queries")) }),
    ]
}
