//! Expected against received, and whom to chase.

use maud::{Markup, html};

use super::table::{self, Shown, text};
use super::{Sort, VIEW_HEADING_ID, sorts, to, totals};
use crate::collate::Table;
use crate::page::collate::chase;
use crate::page::collate::state::{Made, State};
use crate::page::component::{cell, column_header, details, row_header};
use crate::page::live::Live;
use crate::page::text::outside;

pub(super) fn draw(state: &State, made: &Made, _: &Live) -> Markup {
    html! {
        h2 class="nhsuk-heading-m" id=(VIEW_HEADING_ID) tabindex="-1" { "Summary" }
        (summary(state, made))
        (totals::headlines(state, made))
        (areas(state, made))
        (returns(state, made))
    }
}

/// The counts of each return, side by side. Lines that are 0 everywhere are left out, except those that everybody looks for.
fn summary(state: &State, made: &Made) -> Markup {
    let Some(table) = made.table("summary") else { return html! {} };
    let kinds = sorts(state, made);
    let mut facts: Vec<(String, String)> = Vec::new();
    for row in 0..table.rows.len() {
        let fact = (text(table, row, "fact"), text(table, row, "label"));
        if !text(table, row, "template").is_empty() && !facts.contains(&fact) {
            facts.push(fact);
        }
    }
    let count = |fact: &str, Sort { template, stage, .. }: &Sort| {
        let wanted = [("template", template.as_str()), ("stage", stage), ("fact", fact)];
        let found = table::rows(table, &wanted).first().copied();
        found.map_or_else(String::new, |row| text(table, row, "count"))
    };
    let is_shown = |fact: &str| {
        ["expected", "received", "missing"].contains(&fact)
            || kinds.iter().any(|kind| !["", "0"].contains(&count(fact, kind).as_str()))
    };
    html! {
        p id="summary-notes" { (outside(&table.note)) }
        @if kinds.is_empty() { p { "No return is expected, and none came." } } @else {
            table class="ia-figures" role="table" aria-labelledby=(VIEW_HEADING_ID) aria-describedby="summary-notes" {
                thead role="rowgroup" {
                    tr role="row" {
                        (column_header("What is counted", false))
                        @for Sort { title, .. } in &kinds { (column_header(title, true)) }
                    }
                }
                tbody role="rowgroup" {
                    @for (fact, label) in facts.iter().filter(|(fact, _)| is_shown(fact)) {
                        tr role="row" data-fact=(fact) {
                            (row_header(&html! { (label) }))
                            @for kind in &kinds { (cell(&kind.title, None, &html! { (count(fact, kind)) })) }
                        }
                    }
                }
            }
        }
    }
}

const AREA: [(&str, &str); 9] = [
    ("area_name", "Area"),
    ("expected", ""),
    ("counts", ""),
    ("nil", ""),
    ("entered", ""),
    ("sender_not_confirmed", ""),
    ("late", ""),
    ("in_question", "To be settled"),
    ("missing", ""),
];

/// Counts by region, and by ICB on demand.
fn areas(state: &State, made: &Made) -> Markup {
    let Some(table) = made.table("areas") else { return html! {} };
    let of = |Sort { template, stage, title }: &Sort, area: &str, name: &str| {
        let wanted = [("template", template.as_str()), ("stage", stage), ("area", area)];
        let rows = table::rows(table, &wanted);
        let id = ["areas-", area, "-", template, stage].concat();
        let title = [title.as_str(), ", ", name].concat();
        let shown = Shown { id: &id, title: &title, note: "", table, columns: &AREA, rows };
        table::draw(state, &shown)
    };
    html! {
        @for kind in sorts(state, made) {
            (of(&kind, "region", "by region"))
            (details(&[&kind.title, ", by ICB"].concat(), &of(&kind, "icb", "by ICB")))
        }
    }
}

/// What came of each return that is expected or came.
fn returns(state: &State, made: &Made) -> Markup {
    let Some(table) = made.table("returns") else { return html! {} };
    let columns = [
        ("name", ""),
        ("organisation", "Code"),
        ("status_words", ""),
        ("revision", ""),
        ("received_at", ""),
        ("files", ""),
        ("entered", ""),
        ("next_step", ""),
        ("note", ""),
    ];
    html! {
        @for Sort { template, stage, title } in sorts(state, made) {
            @let rows = table::rows(table, &[("template", &template), ("stage", &stage)]);
            @let id = ["returns-", &template, &stage].concat();
            (details(&[&title, ": every organisation"].concat(), &table::draw(state, &Shown {
                id: &id, title: &title, note: &table.note, table, columns: &columns, rows,
            })))
        }
    }
}

/// One list for each region.
pub(super) fn chase(state: &State, made: &Made) -> Markup {
    let Some(table) = made.table("chase") else { return html! {} };
    html! {
        h2 class="nhsuk-heading-m" id=(VIEW_HEADING_ID) tabindex="-1" { "Returns outstanding" }
        @if !chase::is_anything_expected(&made.collation.owed) {
            p { "Nobody is known to owe a return: there is no list of expected organisations. Add it under “Change lists and times”." }
        } @else if table.rows.is_empty() {
            p { "Nothing is outstanding: figures of every expected return count." }
        } @else {
            p { "One list for each region, for its chief operating officer." }
        }
        @for (code, name) in chase::regions(table) {
            (region(state, table, &code, &name))
        }
    }
}

fn region(state: &State, table: &Table, code: &str, name: &str) -> Markup {
    let columns = [
        ("name", ""),
        ("organisation", "Code"),
        ("icb_name", ""),
        ("title", ""),
        ("stage", ""),
        ("status", ""),
        ("wanted_by", ""),
        ("contact", ""),
    ];
    let rows = table::rows(table, &[("region", code)]);
    let contact = rows.first().map(|row| text(table, *row, "region_contact")).unwrap_or_default();
    let title = if name.is_empty() { "No region known" } else { name };
    let id = ["chase-", code].concat();
    let note = if contact.is_empty() {
        String::new()
    } else {
        format!("Contact at the region: {contact}")
    };
    html! {
        (table::draw(state, &Shown { id: &id, title, note: &note, table, columns: &columns, rows }))
        div class="nhsuk-button-group ia-actions" {
            (to("copy-chase", code, "Copy the list", title))
            (to("save-chase", code, "Save the list", title))
        }
    }
}
