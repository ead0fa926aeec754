//! Where the risk is, in words.

use maud::{Markup, html};

use super::VIEW_HEADING_ID;
use super::table::{self, Shown};
use crate::collate::Table;
use crate::page::collate::state::{Made, State};

pub(super) fn draw(state: &State, made: &Made) -> Markup {
    let one = |id: &str, columns: &[(&str, &str)]| {
        let table = made.table(id);
        html! { @if let Some(table) = table { (all(state, id, table, columns)) } }
    };
    html! {
        h2 class="nhsuk-heading-m" id=(VIEW_HEADING_ID) tabindex="-1" { "Where the risk is" }
        (one("ratings", &[("line_label", ""), ("rating_label", ""), ("organisations", "")]))
        (one("risk", &[("name", ""), ("organisation", "Code"), ("line_label", ""), ("rating_label", ""), ("facts", "")]))
        (one("tallies", &[("label", ""), ("area_name", "Area"), ("first_label", ""), ("second_label", ""), ("rows", ""), ("organisations", "")]))
        (one("results", &[("name", ""), ("organisation", "Code"), ("label", ""), ("words", "")]))
    }
}

fn all(state: &State, id: &str, table: &Table, columns: &[(&str, &str)]) -> Markup {
    let rows = table::rows(table, &[]);
    let id = ["all-", id].concat();
    html! {
        @if !rows.is_empty() {
            (table::draw(state, &Shown { id: &id, title: &table.title, note: &table.note, table, columns, rows }))
        }
    }
}
