//! The briefing: what a collation comes to, on one page of A4. Its lists are cut to fit, and say so.

use super::About;
use super::chart::{Bar, bars};
use super::page::{page, told};
use super::rows::{Row, moment, rows};
use crate::collate::table::{Cell, Table};
use maud::{Markup, html};

/// The most lines of each part, so that all of them fit on a page.
const MOST_BARS: usize = 6;
const MOST_MISSING: usize = 12;
const MOST_REGIONS: usize = 8;
const MOST_RISKS: usize = 6;

/// Writes the briefing from the tables of a collation.
pub fn briefing(about: &About, tables: &[Table]) -> String {
    let title = format!("Briefing: {}", about.title);
    let body = html! {
        p.marking { (about.classification) }
        main {
            h1 { (title) }
            p { "As at " (moment(about.made_at)) ". " (note(tables)) }
            (received(tables))
            (headlines(tables))
            div.side {
                @for (title, by, unit, bars_of) in charts(tables) {
                    (bars(&title, [&by, &unit], &bars_of))
                }
            }
            (regions(tables))
            div.side {
                (missing(tables))
                div { (risks(tables)) (questions(tables)) }
            }
        }
        p.marking { (about.classification) }
    };
    page(&title, &body)
}

/// What the summary says of the expected list.
fn note(tables: &[Table]) -> &str {
    let note = tables.iter().find(|table| table.id == "summary").map_or("", |table| &table.note);
    // Its first sentence is about the table itself.
    note.split_once(". ").map_or("", |(_, rest)| rest)
}

/// What people call a return, with its stage.
fn called(tables: &[Table], row: Row<'_>) -> String {
    let (template, stage) = (row.text("template"), row.text("stage"));
    let titles = rows(tables, "summary");
    let title = titles.iter().find(|own| own.is("template", template) && own.is("stage", stage));
    let title = title.map_or(template, |own| own.text("title"));
    if stage.is_empty() { title.to_owned() } else { format!("{title}, {stage}") }
}

fn of_all<'t>(tables: &'t [Table], id: &str) -> impl Iterator<Item = Row<'t>> {
    rows(tables, id).into_iter().filter(|row| row.is("area", "all"))
}

fn received(tables: &[Table]) -> Markup {
    let columns =
        ["expected", "counts", "nil", "late", "in_question", "missing", "sender_not_confirmed"];
    let heads = [
        "Expected",
        "Counted",
        "Of which nil",
        "Late",
        "To settle",
        "Missing",
        "Sender not confirmed",
    ];
    html! {
        table {
            caption { "Returns" }
            thead { tr { th scope="col" { "Return" } @for head in heads { th.number scope="col" { (head) } } } }
            tbody {
                @for row in of_all(tables, "areas") {
                    tr {
                        th scope="row" { (called(tables, row)) }
                        @for column in columns { td.number { (row.words(column)) } }
                    }
                }
            }
        }
    }
}

/// The rows of the totals that are published as a headline, for all areas.
fn headline_rows(tables: &[Table]) -> Vec<Row<'_>> {
    of_all(tables, "totals").filter(|row| row.is("headline", "yes")).collect()
}

fn headlines(tables: &[Table]) -> Markup {
    let whole = headline_rows(tables).into_iter().filter(|row| row.is("by", ""));
    html! {
        table {
            caption { "Headlines" }
            thead { tr {
                th scope="col" { "Figure" }
                th.number scope="col" { "All that count" }
                th.number scope="col" { "Confirmed senders alone" }
                th.number scope="col" { "Parts not known" }
            } }
            tbody {
                @for row in whole {
                    tr {
                        th scope="row" { (row.text("label")) " (" (row.text("unit")) ")" div.note { (row.text("note")) } }
                        td.number { (row.words("total")) }
                        td.number { (row.words("confirmed_total")) }
                        td.number { (row.words("not_known")) }
                    }
                }
            }
        }
    }
}

type Chart = (String, String, String, Vec<Bar>);

/// For each headline its figures by the first thing that it is divided by; else what share took part.
fn charts(tables: &[Table]) -> Vec<Chart> {
    let divided: Vec<Row<'_>> =
        headline_rows(tables).into_iter().filter(|row| !row.is("by", "")).collect();
    let mut charts: Vec<Chart> = Vec::new();
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for first in &divided {
        let of = (first.text("template"), first.text("measure"));
        if seen.contains(&of) || charts.len() == 2 {
            continue;
        }
        seen.push(of);
        let same = |row: &&Row<'_>| {
            ["template", "stage", "measure", "by"].iter().all(|c| row.is(c, first.text(c)))
        };
        let found: Vec<Bar> =
            divided.iter().filter(same).take(MOST_BARS).map(|row| bar(*row)).collect();
        let unit = first.text("unit").to_owned();
        charts.push((first.text("label").to_owned(), "Date".to_owned(), unit, found));
    }
    charts
}

fn bar(row: Row<'_>) -> Bar {
    let value = match row.cell("total") {
        Cell::Count(value) => Some(*value),
        _ => None,
    };
    Bar { label: row.text("entry_label").to_owned(), value, words: row.words("total") }
}

/// Each region with its returns and its headlines.
fn regions(tables: &[Table]) -> Markup {
    let areas: Vec<Row<'_>> =
        rows(tables, "areas").into_iter().filter(|row| row.is("area", "region")).collect();
    let mut codes: Vec<&str> = areas.iter().map(|row| row.text("area_code")).collect();
    codes.sort_unstable();
    codes.dedup();
    let sum = |code: &str, column: &str| -> i64 {
        areas.iter().filter(|row| row.is("area_code", code)).map(|row| row.count(column)).sum()
    };
    let heads: Vec<Row<'_>> =
        headline_rows(tables).into_iter().filter(|row| row.is("by", "")).collect();
    let totals = rows(tables, "totals");
    let total = |code: &str, head: &Row<'_>| {
        let own = totals.iter().find(|row| {
            row.is("area", "region")
                && row.is("area_code", code)
                && row.is("by", "")
                && ["template", "stage", "measure"].iter().all(|c| row.is(c, head.text(c)))
        });
        own.map_or_else(|| "no returns".to_owned(), |row| row.words("total"))
    };
    html! {
        table {
            caption { "Regions" }
            thead { tr {
                th scope="col" { "Region" }
                @for head in ["Expected", "Counted", "Missing"] { th.number scope="col" { (head) } }
                @for head in &heads { th.number scope="col" { (head.text("label")) } }
            } }
            tbody {
                @for code in codes.iter().take(MOST_REGIONS) {
                    @let name = areas.iter().find(|row| row.is("area_code", code));
                    tr {
                        th scope="row" { (told(name.map_or(code, |row| row.text("area_name")))) }
                        @for column in ["expected", "counts", "missing"] { td.number { (crate::check::number_words(sum(code, column))) } }
                        @for head in &heads { td.number { (total(code, head)) } }
                    }
                }
            }
        }
    }
}

fn missing(tables: &[Table]) -> Markup {
    let chase = rows(tables, "chase");
    html! {
        div {
            h2 { "To be chased: " (chase.len()) }
            @if chase.is_empty() { p { "Nobody." } } @else {
                ul {
                    @for row in chase.iter().take(MOST_MISSING) {
                        li { (told(row.text("name"))) " (" (told(row.text("organisation"))) "): " (row.text("title")) ". " (row.text("status")) }
                    }
                }
                (rest(chase.len(), MOST_MISSING, "the table “To be chased”"))
            }
        }
    }
}

/// The ratings that most organisations have, as the tables order them.
fn risks(tables: &[Table]) -> Markup {
    let ratings = rows(tables, "ratings");
    html! {
        @if !ratings.is_empty() {
            h2 { "Risk" }
            p.note { "Ratings are a guide of this tool, not an NHS England scale." }
            ul {
                @for row in ratings.iter().take(MOST_RISKS) {
                    li { (row.text("line_label")) ": " (row.text("rating_label")) ", " (row.words("organisations")) }
                }
            }
            (rest(ratings.len(), MOST_RISKS, "the table “Risk, counted”"))
        }
    }
}

fn questions(tables: &[Table]) -> Markup {
    let count = |id: &str| rows(tables, id).len();
    let open = rows(tables, "findings").iter().filter(|row| row.is("explanation", "")).count();
    html! {
        h2 { "To ask" }
        ul {
            li { "Returns of one organisation that do not seem to fit together: " (count("questions")) }
            li { "Queries and errors without an explanation: " (open) }
            li { "Differences between what was signed and what a check here finds: " (count("differences")) }
        }
    }
}

/// How many are left out, and where they are.
fn rest(all: usize, shown: usize, place: &str) -> Markup {
    let more = all.saturating_sub(shown);
    html! { @if more > 0 { p { "And " (more) " more: see " (place) "." } } }
}
