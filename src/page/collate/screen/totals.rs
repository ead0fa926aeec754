//! What the returns add up to.

use maud::{Markup, html};

use super::chart::{Bar, bars};
use super::table::{self, Shown, text};
use super::{Sort, VIEW_HEADING_ID, sorts};
use crate::collate::{Cell, Table};
use crate::page::collate::state::{Made, State};
use crate::page::component::details;
use crate::page::words::number;

const WHOLE: [(&str, &str); 6] = [
    ("label", "Figure"),
    ("total", ""),
    ("unit", ""),
    ("returns", ""),
    ("nil", ""),
    ("not_known", ""),
];

const BOTH: [(&str, &str); 6] = [
    ("label", "Figure"),
    ("total", "Total of all that count"),
    ("returns", "Returns"),
    ("confirmed_total", "Of confirmed senders alone"),
    ("confirmed_returns", "Returns of confirmed senders"),
    ("unit", ""),
];

const BY: [(&str, &str); 6] = [
    ("entry_label", "Of"),
    ("total", ""),
    ("returns", ""),
    ("nil", ""),
    ("not_known", ""),
    ("confirmed_total", "Of confirmed senders alone"),
];

const AREA: [(&str, &str); 6] = [
    ("area_name", "Area"),
    ("total", ""),
    ("returns", ""),
    ("nil", ""),
    ("not_known", ""),
    ("confirmed_total", "Of confirmed senders alone"),
];

/// The totals of everything, for each kind of return.
pub(super) fn headlines(state: &State, made: &Made) -> Markup {
    whole(state, made, &WHOLE, "Totals")
}

/// The same with and without senders who are not confirmed.
pub(super) fn with_and_without(state: &State, made: &Made) -> Markup {
    whole(state, made, &BOTH, "With and without senders who are not confirmed")
}

fn whole(state: &State, made: &Made, columns: &[(&str, &str)], what: &str) -> Markup {
    let Some(table) = made.table("totals") else { return html! {} };
    html! {
        @for Sort { template, stage, title } in sorts(state, made) {
            @let rows = table::rows(table, &[("template", &template), ("stage", &stage), ("by", ""), ("area", "all")]);
            @if !rows.is_empty() {
                @let id = ["whole-", &template, &stage].concat();
                @let title = [what, ": ", &title].concat();
                (table::draw(state, &Shown { id: &id, title: &title, note: "", table, columns, rows }))
            }
        }
    }
}

pub(super) fn draw(state: &State, made: &Made) -> Markup {
    let Some(table) = made.table("totals") else { return html! {} };
    html! {
        h2 class="nhsuk-heading-m" id=(VIEW_HEADING_ID) tabindex="-1" { "What the returns add up to" }
        p { (table.note) }
        (whole(state, made, &WHOLE, "All"))
        @for kind in sorts(state, made) { (measures(state, made, &kind)) }
        (shares(state, made))
        (preview(state, made))
    }
}

/// Each figure of a return: by what it is divided, and by area.
fn measures(state: &State, made: &Made, Sort { template, stage, title }: &Sort) -> Markup {
    let Some(table) = made.table("totals") else { return html! {} };
    let of = [("template", template.as_str()), ("stage", stage.as_str())];
    let mut measures: Vec<(String, String)> = Vec::new();
    let mut keys: Vec<String> = Vec::new();
    for row in table::rows(table, &of) {
        let measure = (text(table, row, "measure"), text(table, row, "label"));
        if text(table, row, "by").is_empty() && !measures.contains(&measure) {
            measures.push(measure);
        }
        let key = text(table, row, "by");
        if !key.is_empty() && !keys.contains(&key) {
            keys.push(key);
        }
    }
    let part = |measure: &(String, String),
                more: &[(&str, &str)],
                columns: &[(&str, &str)],
                by: &str| {
        let mut wanted = of.to_vec();
        wanted.push(("measure", &measure.0));
        wanted.extend(more);
        let rows = table::rows(table, &wanted);
        let id = ["totals-", template, stage, "-", &measure.0, "-", &by.replace(' ', "-")].concat();
        let title = [&measure.1, ", ", by].concat();
        let chart = chart(table, &rows, columns, &id, &title);
        html! {
            @if !rows.is_empty() {
                (chart)
                (table::draw(state, &Shown { id: &id, title: &title, note: "", table, columns, rows }))
            }
        }
    };
    html! {
        @for measure in &measures {
            (details(&[title, ": ", &measure.1].concat(), &html! {
                @for key in &keys {
                    (part(measure, &[("by", key), ("area", "all")], &BY, &["by ", &key.replace('_', " ")].concat()))
                }
                (part(measure, &[("by", ""), ("area", "region")], &AREA, "by region"))
                (part(measure, &[("by", ""), ("area", "icb")], &AREA, "by ICB"))
            }))
        }
    }
}

/// What a table of totals says, to be looked at: its first column names the bars.
fn chart(table: &Table, rows: &[usize], columns: &[(&str, &str)], id: &str, title: &str) -> Markup {
    let Some((name, _)) = columns.first() else { return html! {} };
    let bar = |row: &usize| {
        let value = match table.cell(*row, "total") {
            Some(Cell::Count(count)) => Some(*count),
            _ => None,
        };
        let words = value.map_or_else(|| "not known".to_owned(), |value| number(value, 0));
        Bar { label: text(table, *row, name), value, words }
    };
    // Where no return counts, there is nothing to show.
    let told = rows.iter().filter(|row| table.cell(**row, "total") != Some(&Cell::Empty));
    let all: Vec<Bar> = told.map(bar).collect();
    bars(&[id, "-chart"].concat(), &[title, ", as a picture"].concat(), &all)
}

/// One total as a part of another.
fn shares(state: &State, made: &Made) -> Markup {
    let Some(table) = made.table("shares").filter(|table| !table.rows.is_empty()) else {
        return html! {};
    };
    let columns = [
        ("label", ""),
        ("area_name", "Area"),
        ("entry_label", "Of"),
        ("percent", ""),
        ("part", ""),
        ("of", ""),
        ("confirmed_percent", ""),
    ];
    let rows = table::rows(table, &[("area", "all")]);
    let shown =
        Shown { id: "shares", title: "Shares", note: &table.note, table, columns: &columns, rows };
    table::draw(state, &shown)
}

/// The totals as they could be published.
fn preview(state: &State, made: &Made) -> Markup {
    let Some(table) = made.table("publication_preview") else { return html! {} };
    let columns = [
        ("label", "Figure"),
        ("entry_label", "Of"),
        ("area_name", "Area"),
        ("unit", ""),
        ("returns", ""),
        ("published", ""),
    ];
    let rows = table::rows(table, &[]);
    let shown = Shown {
        id: "preview",
        title: &table.title,
        note: &table.note,
        table,
        columns: &columns,
        rows,
    };
    details("What could be published", &table::draw(state, &shown))
}
