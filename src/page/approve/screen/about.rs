//! Whose return it is, of what, by whom, and what it adds up to.

use maud::{Markup, html};

use super::practice;
use super::verdict::when;
use crate::answers::Answer;
use crate::check::GUIDE;
use crate::file::Verified;
use crate::page::approve::judge::{File, preparer};
use crate::page::approve::state::{FILE_NAME, State};
use crate::page::component::{Colour, SummaryRow, summary_list, tag};
use crate::page::screen::{answers, totals};
use crate::page::text::{outside, visible};
use crate::page::work::Work;
use crate::template::source::SectionKind;
use crate::time::WindowState;

pub(super) fn draw(state: &State, file: &File) -> Markup {
    html! {
        (summary_list(&rows(state, file)))
        @if let Some(work) = &file.work {
            h2 class="nhsuk-heading-m" { "Totals" }
            (totals::whole(work))
            (ratings(work))
        }
    }
}

fn row(key: &str, value: Markup) -> SummaryRow<'_> {
    SummaryRow { key, value, change: None }
}

fn rows<'s>(state: &'s State, file: &'s File) -> Vec<SummaryRow<'s>> {
    let mut rows = Vec::new();
    let name = state.signed.as_ref().map_or(state.text(FILE_NAME), |offer| offer.name.as_str());
    if !name.is_empty() {
        rows.push(row("File", outside(name)));
    }
    let Some(work) = &file.work else {
        if let Some(seal) = &file.seal {
            let content = seal.content();
            let organisation = &content.organisation;
            rows.push(row("Organisation", named(&organisation.name, &organisation.code)));
            rows.push(row("Return", outside(&content.template.id)));
            rows.push(row("Collection", outside(&content.collection.id)));
            prepared(seal, &mut rows);
        }
        return rows;
    };
    let (draft, form) = (&work.draft, &work.draft.form);
    rows.push(row("Organisation", named(&draft.organisation.name, &draft.organisation.code)));
    rows.push(row("Return", html! { (form.template.source().title) }));
    rows.push(row("Collection", html! { (practice(file)) (form.collection.source().title) }));
    rows.push(row("Window", window(file, work)));
    rows.push(row("Version", html! { (draft.revision) }));
    if let Some(seal) = &file.seal {
        prepared(seal, &mut rows);
    }
    declared(work, &mut rows);
    rows
}

fn named(name: &str, code: &str) -> Markup {
    html! { (outside(name)) " (" (outside(code)) ")" }
}

/// Who sealed it, and when.
fn prepared(seal: &Verified, rows: &mut Vec<SummaryRow<'_>>) {
    let Some(found) = preparer(seal) else { return };
    let header = &found.header;
    rows.push(row(
        "Prepared by",
        html! {
            (outside(&header.signer_name)) " (" (outside(&header.signer_job_title)) ")"
        },
    ));
    rows.push(row("Sealed at", html! { (when(found)) " by the clock of that computer" }));
}

/// Who agreed it and how, as the return says.
fn declared<'w>(work: &'w Work, rows: &mut Vec<SummaryRow<'w>>) {
    for slot in &work.layout.slots {
        let form = &work.draft.form;
        let section = form.template.source().sections.get(slot.place.section);
        let answer = work.draft.answers.at(slot.place);
        if section.is_some_and(|section| section.kind == SectionKind::Declared)
            && *answer != Answer::Unanswered
            && let Some(field) = slot.place.field(form)
        {
            rows.push(row(&field.label, answers::answer(work, field, answer)));
        }
    }
}

/// The window, and whether a sealed return was prepared in it.
fn window(file: &File, work: &Work) -> Markup {
    let form = &work.draft.form;
    let sealed = file.seal.as_ref().and_then(preparer).map(|found| found.header.signed_at);
    let is_late = sealed.is_some_and(|at| form.window_state(at) == WindowState::Late);
    html! {
        @match form.window {
            Some(window) => (window.words()),
            None => "Always open",
        }
        @if is_late { ". " strong { "Sealed after it closed." } }
    }
}

/// The ratings of parts of the return, with the facts that caused them.
fn ratings(work: &Work) -> Markup {
    let mut rated = work.checked.outcomes(&work.draft.form, &work.draft.answers);
    rated.retain(|outcome| !outcome.row_label.is_empty() && !outcome.tone.is_empty());
    html! {
        @if !rated.is_empty() {
            h2 class="nhsuk-heading-m" { "Ratings" }
            ul class="nhsuk-list" {
                @for outcome in &rated {
                    li {
                        (visible(&outcome.row_label)) ", " (outcome.label) ": "
                        (tag(Colour::of(&outcome.tone), &outcome.words))
                        @for fact in &outcome.because { " " (visible(fact)) }
                    }
                }
            }
            p class="nhsuk-hint" { (GUIDE) }
        }
    }
}
