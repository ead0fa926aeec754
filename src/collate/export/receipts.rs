//! What arrived, to be pasted into an e-mail: one line for each sealed return, so that senders see that theirs is there.

use super::About;
use super::page::{page, told};
use super::rows::{Row, moment, rows_of};
use crate::collate::table::{Cell, Kind, Table};
use maud::html;

/// What of the table of files is told to senders. What was found wrong with others is not among it.
const TOLD: [&str; 8] =
    ["organisation", "name", "template", "stage", "revision", "received_at", "sentence", "id"];

/// The receipts, from the table of files.
pub fn receipts(files: &Table) -> Table {
    let mut table = Table::new(
        "receipts",
        "Receipts",
        "One row for each sealed return that came. The return id is that which the sender’s page shows. This list is not signed: `ia-returns receipt new` signs a receipt.",
        &[],
    );
    let places: Vec<usize> = TOLD.iter().filter_map(|id| files.column(id)).collect();
    table.columns = places.iter().filter_map(|at| files.columns.get(*at)).cloned().collect();
    let mut found: Vec<Row<'_>> =
        rows_of(files).into_iter().filter(|row| !row.is("id", "")).collect();
    found.sort_by_key(|row| {
        ["organisation", "template", "stage", "id"].map(|column| row.text(column))
    });
    for row in found {
        table.push(
            TOLD.iter()
                .filter(|id| files.column(id).is_some())
                .map(|id| row.cell(id).clone())
                .collect(),
        );
    }
    table
}

/// The receipts as a page: the table can be copied into an e-mail.
pub fn receipts_page(about: &About, receipts: &Table) -> String {
    let title = format!("Receipts: {}", about.title);
    let numbers = |kind: Kind| (kind == Kind::Count).then_some("number");
    let body = html! {
        p.marking { (about.classification) }
        main {
            h1 { (title) }
            p { "As at " (moment(about.made_at)) ". Copy the table, or the rows of one organisation, into an email." }
            table {
                caption { "Returns received" }
                thead { tr { @for column in &receipts.columns { th scope="col" class=[numbers(column.kind)] { (column.title) } } } }
                tbody {
                    @for (row, cells) in rows_of(receipts).into_iter().zip(&receipts.rows) {
                        tr {
                            @for (column, cell) in receipts.columns.iter().zip(cells) {
                                td class=[numbers(column.kind)] {
                                    @match cell {
                                        Cell::Text(text) => { (told(text)) }
                                        _ => { (row.words(column.id)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        p.marking { (about.classification) }
    };
    page(&title, &body)
}
