//! What the rules say: what has to be corrected, what is not explained yet, what was explained and how.

use maud::{Markup, html};

use crate::check::{Explanation, Finding, Given};
use crate::gather::Gather as _;
use crate::page::approve::judge::File;
use crate::page::live::Live;
use crate::page::text::{outside_lines, visible};
use crate::page::words::count;
use crate::page::work::Work;
use crate::template::Severity;

/// The region that holds them: with the earlier version at hand more may be asked.
const REGION: &str = "queries";

pub(super) fn live(file: &File, live: &mut Live) {
    live.region(REGION, html! { @if let Some(work) = &file.work { (all(work)) } });
}

pub(super) fn draw(live: &Live) -> Markup {
    html! { div data-region=(REGION) { (live.at(REGION)) } }
}

/// The gravest first.
fn all(work: &Work) -> Markup {
    let (mut errors, mut open, mut explained) = (Vec::new(), Vec::new(), Vec::new());
    for finding in work.checked.findings() {
        match (finding.severity, &finding.given) {
            (Severity::Error, _) => errors.push(finding),
            (Severity::Query, Given::Explained(text)) => explained.push((finding, text.as_str())),
            (Severity::Query, _) => open.push(finding),
            (Severity::Note, _) => {}
        }
    }
    let others = others(work);
    html! {
        (listed("To be corrected", &errors))
        (listed("Queries that are not explained", &open))
        @if !explained.is_empty() || !others.is_empty() {
            h2 class="nhsuk-heading-m" { "Queries explained" }
            @for (finding, text) in explained { (explanation(&finding.message, text)) }
            @for other in others {
                (explanation("A query that compares this return with another one, which is not here.", &other.text))
            }
        }
        @if errors.is_empty() && open.is_empty() {
            p { "Nothing has to be corrected, and no query is left without an explanation." }
        }
    }
}

fn listed(heading: &str, findings: &[&Finding]) -> Markup {
    html! {
        @if !findings.is_empty() {
            h2 class="nhsuk-heading-m" { (heading) ": " (count(findings.len(), "thing", "things")) }
            ul class="nhsuk-list nhsuk-list--bullet" {
                @for finding in findings { li { (visible(&finding.message)) } }
            }
        }
    }
}

fn explanation(message: &str, text: &str) -> Markup {
    html! {
        div class="ia-query" {
            p { (visible(message)) }
            blockquote class="ia-explanation" { p { (outside_lines(text)) } }
        }
    }
}

/// Explanations of queries that cannot be asked again here.
fn others(work: &Work) -> Vec<&Explanation> {
    let is_asked = |given: &&Explanation| {
        let mut findings = work.checked.findings().iter();
        findings.any(|finding| finding.rule == given.rule && finding.row == given.row)
    };
    work.draft.explanations.iter().filter(|given| !is_asked(given)).gather()
}
