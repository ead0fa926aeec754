//! What there is to ask: explanations and queries, differences, questions, and who lies far from the others.

use maud::{Markup, html};

use super::table::{self, Shown, text};
use super::{Sort, VIEW_HEADING_ID, sorts};
use crate::collate::Table;
use crate::page::collate::state::{Made, State};
use crate::page::component::details;

pub(super) fn draw(state: &State, made: &Made) -> Markup {
    html! {
        h2 class="nhsuk-heading-m" id=(VIEW_HEADING_ID) tabindex="-1" { "What every return was asked again" }
        (questions(state, made))
        (findings(state, made))
        (differences(state, made))
        (compared(state, made))
    }
}

fn all(
    state: &State,
    id: &str,
    table: &Table,
    columns: &[(&str, &str)],
    rows: Vec<usize>,
) -> Markup {
    table::draw(state, &Shown { id, title: &table.title, note: &table.note, table, columns, rows })
}

fn questions(state: &State, made: &Made) -> Markup {
    let Some(table) = made.table("questions").filter(|table| !table.rows.is_empty()) else {
        return html! {};
    };
    let columns = [("name", ""), ("organisation", "Code"), ("question", "")];
    all(state, "questions", table, &columns, table::rows(table, &[]))
}

/// What rules said, each kind of return on its own; those that nobody explained first.
fn findings(state: &State, made: &Made) -> Markup {
    let Some(table) = made.table("findings") else { return html! {} };
    let columns = [
        ("name", ""),
        ("organisation", "Code"),
        ("kind", "What it is"),
        ("message", ""),
        ("explanation", ""),
        ("counts", ""),
    ];
    html! {
        @for Sort { template, stage, title } in sorts(state, made) {
            @let of = [("template", template.as_str()), ("stage", stage.as_str())];
            @let open: Vec<usize> = table::rows(table, &of).into_iter().filter(|row| text(table, *row, "kind") != "explained").collect();
            @let told = table::rows(table, &[of[0], of[1], ("kind", "explained")]);
            @if !open.is_empty() {
                @let id = ["open-", &template, &stage].concat();
                @let title = [title.as_str(), ": errors, and queries that nobody explained"].concat();
                (table::draw(state, &Shown { id: &id, title: &title, note: "", table, columns: &columns, rows: open }))
            }
            @let id = ["explained-", &template, &stage].concat();
            @let title = [title.as_str(), ": explanations"].concat();
            (table::draw(state, &Shown { id: &id, title: &title, note: &table.note, table, columns: &columns, rows: told }))
        }
    }
}

fn differences(state: &State, made: &Made) -> Markup {
    let Some(table) = made.table("differences").filter(|table| !table.rows.is_empty()) else {
        return html! {};
    };
    let columns = [("file", ""), ("name", "Organisation"), ("at", ""), ("said", ""), ("found", "")];
    all(state, "differences", table, &columns, table::rows(table, &[]))
}

/// Who lies far from organisations of the same services: noted, not judged.
fn compared(state: &State, made: &Made) -> Markup {
    let Some(table) = made.table("compared").filter(|table| !table.rows.is_empty()) else {
        return html! {};
    };
    let columns = [
        ("name", ""),
        ("organisation", "Code"),
        ("label", ""),
        ("percent", ""),
        ("lies", ""),
        ("lower", ""),
        ("median", ""),
        ("upper", ""),
        ("organisations", ""),
    ];
    let far =
        table::rows(table, &[]).into_iter().filter(|row| text(table, *row, "lies").contains("far"));
    html! {
        (all(state, "compared", table, &columns, far.collect()))
        (details("Every organisation compared", &table::draw(state, &Shown {
            id: "compared-all", title: "Every organisation", note: "", table, columns: &columns, rows: table::rows(table, &[]),
        })))
    }
}
