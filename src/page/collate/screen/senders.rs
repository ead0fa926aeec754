//! Who is not confirmed, and which of two versions counts.

use maud::{Markup, html};

use super::table::{self, Shown, text, when};
use super::{VIEW_HEADING_ID, question_of, to, totals};
use crate::collate::{Amount, Fate, File, Owed, Return, Status};
use crate::file::Place;
use crate::page::collate::state::{BY, Made, State};
use crate::page::component::{Input, cell, check_code, column_header, details, input, row_header};
use crate::page::live::Live;
use crate::page::text::outside;
use crate::page::words::number;

/// Senders to be confirmed, and what counts with and without them.
pub(super) fn draw(state: &State, made: &Made, live: &Live) -> Markup {
    let Some(table) = made.table("senders") else { return html! {} };
    let open = table::rows(table, &[("standing", "not_confirmed")]);
    html! {
        h2 class="nhsuk-heading-m" id=(VIEW_HEADING_ID) tabindex="-1" { "Senders not confirmed" }
        p { "A return is not confirmed when nobody has said whose key sealed it. To confirm a sender, call the organisation on a number you know, and ask for the check code: their page showed it when they sealed the return." }
        @if open.is_empty() { p { "There is no sender to confirm." } } @else {
            (input(&question_of(BY), live.of(BY), &Input { id: BY, value: state.text(BY), autocomplete: Some("name"), ..Input::default() }))
            (list(table, &open))
        }
        (totals::with_and_without(state, made))
        (everybody(state, table))
    }
}

/// Each sender with the code to compare and the button to confirm.
fn list(table: &crate::collate::Table, rows: &[usize]) -> Markup {
    let headings = ["Organisation", "Sealed by", "Check code", "Returns", "Confirm"];
    html! {
        table class="ia-figures ia-table" role="table" aria-labelledby=(VIEW_HEADING_ID) {
            thead role="rowgroup" { tr role="row" { @for heading in headings { (column_header(heading, false)) } } }
            tbody role="rowgroup" {
                @for row in rows {
                    @let said = |id: &str| text(table, *row, id);
                    @let value = [&said("organisation"), " ", &said("key")].concat();
                    tr role="row" {
                        (row_header(&html! { (outside(&said("name"))) " (" (outside(&said("organisation"))) ")" }))
                        (cell("Sealed by", None, &html! {
                            (outside(&said("signer"))) ", " (outside(&said("job_title")))
                            @if !said("also").is_empty() { br; "The same key sealed returns of " (outside(&said("also"))) "." }
                        }))
                        (cell("Check code", None, &html! { strong { (check_code(&said("check_code"))) } }))
                        (cell("Returns", None, &html! { (said("returns")) }))
                        (cell("Confirm", None, &to("confirm", &value, "Confirm", &said("organisation"))))
                    }
                }
            }
        }
    }
}

fn everybody(state: &State, table: &crate::collate::Table) -> Markup {
    let columns = [
        ("organisation", "Code"),
        ("name", ""),
        ("signer", ""),
        ("job_title", ""),
        ("check_code", ""),
        ("sentence", ""),
        ("next_step", ""),
        ("returns", ""),
    ];
    let shown = Shown {
        id: "senders-all",
        title: "Every sender",
        note: "",
        table,
        columns: &columns,
        rows: table::rows(table, &[]),
    };
    details("Every sender, and what is known of them", &table::draw(state, &shown))
}

/// Versions to choose between.
pub(super) fn choose(state: &State, made: &Made) -> Markup {
    let forks = made.collation.owed.iter().filter(|own| own.status == Status::Fork);
    let forks: Vec<&Owed> = forks.collect();
    html! {
        h2 class="nhsuk-heading-m" id=(VIEW_HEADING_ID) tabindex="-1" { "Versions that differ" }
        @if forks.is_empty() { p { "There is nothing to choose: no two versions with the same number differ." } } @else {
            p { "Two files have the same version number and say different things. Neither counts until you choose. Ask the sender which one is right." }
        }
        @for own in forks { (versions(state, made, own)) }
        @if !state.decisions.chosen.is_empty() {
            h2 class="nhsuk-heading-m" { "Chosen" }
            ul class="nhsuk-list" {
                @for id in &state.decisions.chosen { (chosen(made, id)) }
            }
        }
    }
}

fn versions(state: &State, made: &Made, own: &Owed) -> Markup {
    let files = own.files.iter().filter_map(|number| made.collation.files.get(*number));
    let is_version = |file: &&File| matches!(&file.fate, Fate::Placed(Place::Fork { .. }, _));
    let found: Vec<(&File, &Return)> =
        files.filter(is_version).filter_map(|file| Some((file, file.as_return()?))).collect();
    let picture = state.pictures.iter().find(|picture| picture.template == own.template);
    let measures = picture.map_or(&[][..], |picture| picture.measures.as_slice());
    let id = ["versions-", &own.organisation, "-", &own.template, own.stage.unwrap_or_default()]
        .concat();
    let title = state.set.templates().iter().find(|it| it.source().id == own.template);
    let title = title.map_or("", |it| it.source().title.as_str());
    let label = |number: usize| {
        let totals = made.table("totals")?;
        let id = measures.get(number)?.id.as_str();
        let row = *table::rows(totals, &[("template", &own.template), ("measure", id), ("by", "")])
            .first()?;
        Some(text(totals, row, "label"))
    };
    html! {
        h3 class="nhsuk-heading-s" id=(id) { (outside(&own.name)) " (" (outside(&own.organisation)) "), " (title) }
        table class="ia-figures ia-table" role="table" aria-labelledby=(id) {
            thead role="rowgroup" {
                tr role="row" {
                    (column_header("File", false)) (column_header("Version", true)) (column_header("Received", false)) (column_header("Sealed", false))
                    @for (number, measure) in measures.iter().enumerate() { (column_header(&label(number).unwrap_or_else(|| measure.id.clone()), true)) }
                    (column_header("Choose", false))
                }
            }
            tbody role="rowgroup" {
                @for (file, version) in &found {
                    tr role="row" {
                        (row_header(&outside(&file.judged.name)))
                        (cell("Version", None, &html! { (version.revision) }))
                        (cell("Received", None, &html! { @match file.judged.received.time() { Some(at) => (when(at)), None => "not known" } }))
                        (cell("Sealed", None, &html! { @if let Some(at) = version.prepared_at { (when(at)) } }))
                        @for (number, measure) in measures.iter().enumerate() {
                            (cell(&label(number).unwrap_or_else(|| measure.id.clone()), None, &amount(version.facts.whole(number))))
                        }
                        (cell("Choose", None, &to("choose", &version.id, "Count this one", &file.judged.name)))
                    }
                }
            }
        }
    }
}

fn amount(amount: Option<Amount>) -> Markup {
    html! {
        @match amount {
            Some(Amount::Known { value, not_known }) => {
                (number(value, 0)) @if not_known > 0 { ", and " (not_known) " parts not known" }
            },
            Some(Amount::NotApplicable) => "not applicable",
            Some(Amount::NotKnown) | None => "not known",
        }
    }
}

fn chosen(made: &Made, id: &str) -> Markup {
    let files = made.collation.files.iter();
    let mut found = files.filter_map(|file| Some((file, file.as_return()?)));
    let found = found.find(|(_, own)| own.id == id);
    html! {
        li {
            @match found {
                Some((file, own)) => {
                    (outside(&file.judged.name)) ", " (outside(&own.organisation.name)) ", version " (own.revision) ". "
                    (to("take-back", id, "Take back", &file.judged.name))
                },
                None => {
                    "A version that is not among the files here. " (to("take-back", id, "Take back", ""))
                },
            }
        }
    }
}
