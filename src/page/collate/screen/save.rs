//! What leaves the page, and figures that came another way.

use maud::{Markup, html};

use super::table::when;
use super::{VIEW_HEADING_ID, question_of, secondary, time_parts, to};
use crate::collate::SOURCES;
use crate::page::collate::state::{
    BY, FIGURES, FIGURES_AT, FIGURES_AT_PARTS, FIGURES_FROM, FIGURES_SOURCE, Made, REGION, State,
    TABLE,
};
use crate::page::component::{Input, file_input, input, select};
use crate::page::live::Live;
use crate::page::text::outside;
use crate::page::words::capitalised;

pub(super) fn draw(state: &State, made: &Made, live: &Live) -> Markup {
    let tables: Vec<(&str, &str)> =
        made.tables.iter().map(|table| (table.id, table.title.as_str())).collect();
    html! {
        h2 class="nhsuk-heading-m" id=(VIEW_HEADING_ID) tabindex="-1" { "For people" }
        p { "The briefing is one page of A4: what came, the headlines, whom to chase, what to ask. Open the saved file to print it." }
        (secondary("save-briefing", "Save the briefing (HTML)"))
        p { "The table of receipts has one line for each sealed return that came. Open the saved file, and copy its rows into an e-mail." }
        (secondary("save-receipts", "Save the table of receipts (HTML)"))
        h2 class="nhsuk-heading-m" { "Everything in one file" }
        p { "The workbook, the briefing, every table as CSV with a description for programs (datapackage.json), the figures of each return, and what you decided." }
        (secondary("save-all", "Save everything (ZIP)"))
        h2 class="nhsuk-heading-m" { "The tables" }
        p { "The workbook has a sheet for each table. No cell of it is a formula." }
        (secondary("save-workbook", "Save a workbook (XLSX)"))
        p { "All tables as one document, for programs:" }
        (secondary("save-json", "Save all tables (JSON)"))
        (select(&question_of(TABLE), live.of(TABLE), &tables, state.text(TABLE)))
        (secondary("save-table", "Save this table (CSV)"))
        (regional(state, live))
        h2 class="nhsuk-heading-m" { "This collation" }
        p { "What you decided here, to go on tomorrow or to hand over: senders confirmed, versions chosen, figures entered. The returns are not in it. Keep them beside it." }
        (secondary("save-collation", "Save this collation"))
    }
}

/// The return of the region, begun from those of its trusts.
fn regional(state: &State, live: &Live) -> Markup {
    let forms = state.set.forms().iter();
    let form = forms.into_iter().find(|form| {
        form.collection.source().id == state.collection
            && state.pictures.iter().any(|picture| {
                picture.regional.is_some() && picture.template == form.template.source().id
            })
    });
    let Some(form) = form else { return html! {} };
    let all = form.organisations.all().iter().filter(|own| own.kind == "region");
    let regions: Vec<(&str, &str)> =
        all.map(|own| (own.code.as_str(), own.name.as_str())).collect();
    html! {
        h2 class="nhsuk-heading-m" { "The return of the region" }
        p { "A draft of “" (form.template.source().title) "” with the counts, the services of concern and the trusts that nothing is known of. Open it in the page that completes returns, review it, and seal it there." }
        (select(&question_of(REGION), live.of(REGION), &regions, state.text(REGION)))
        (secondary("save-region", "Save the draft"))
    }
}

/// Figures that came another way, and a form to enter more.
pub(super) fn entered(state: &State, made: &Made, live: &Live) -> Markup {
    let sources: Vec<(&str, String)> = SOURCES
        .iter()
        .map(|(word, source)| {
            (*word, capitalised(source.words().split_once(' ').map_or("", |(_, word)| word)))
        })
        .collect();
    let sources: Vec<(&str, &str)> =
        sources.iter().map(|(word, label)| (*word, label.as_str())).collect();
    html! {
        h2 class="nhsuk-heading-m" id=(VIEW_HEADING_ID) tabindex="-1" { "Figures entered by region" }
        p { "An organisation that cannot send a sealed return can give its figures by telephone, in an e-mail or in a workbook. They count, are shown apart, and give way to the organisation’s own file." }
        @if made.collation.entered.is_empty() { p { "No figures are entered." } } @else {
            ul class="nhsuk-list" {
                @for (number, (found, own)) in made.collation.entered.iter().zip(&state.decisions.entered).enumerate() {
                    li {
                        strong { (outside(&found.name)) " (" (outside(&found.organisation)) ")" }
                        ", from " (own.source.words()) ": said by " (outside(&own.from)) " at " (when(own.at)) ", entered by " (outside(&own.by)) ". "
                        @if let Some(why) = &found.refused { strong { "They do not count: " } (outside(why)) ". " }
                        (to("take-out", &number.to_string(), "Take out", &found.organisation))
                    }
                }
            }
        }
        h2 class="nhsuk-heading-m" { "Who gave the figures" }
        (input(&question_of(FIGURES_FROM), live.of(FIGURES_FROM), &Input { id: FIGURES_FROM, value: state.text(FIGURES_FROM), ..Input::default() }))
        (select(&question_of(FIGURES_SOURCE), live.of(FIGURES_SOURCE), &sources, state.text(FIGURES_SOURCE)))
        (time_parts(state, FIGURES_AT, FIGURES_AT_PARTS, live))
        (input(&question_of(BY), live.of(BY), &Input { id: BY, value: state.text(BY), autocomplete: Some("name"), ..Input::default() }))
        (super::typed::draw(state, live))
        h2 class="nhsuk-heading-m" { "Add a file with the figures" }
        p { "A draft that was begun in the page that completes returns; or a CSV file with the columns organisation, return, stage, from, source, at, by, answer and figure, which may have the figures of several organisations and says itself who gave them." }
        (file_input(&question_of(FIGURES), live.of(FIGURES)))
        (secondary("enter", "Add the file"))
    }
}
