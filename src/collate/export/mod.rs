//! What a collation leaves as: files for people and for programs, made of [`Table`]s and of nothing else.
//!
//! In: tables, and what is said of all of them ([`About`]), the time among it. Out: bytes, the same for the same tables.
//! Text that came in a file is text in every one of them: it is escaped, never run and never taken for markup.

mod briefing;
mod chart;
mod csv;
mod guard;
mod package;
mod page;
mod preview;
mod receipts;
mod risk;
mod rows;
mod suppress;
mod whole;
mod workbook;

pub use self::csv::csv;
pub use briefing::briefing;
pub use package::package;
pub use preview::preview;
pub use receipts::{receipts, receipts_page};
pub use risk::risk_page;
pub use whole::{archive, everything, figures_of, tables};
pub use workbook::workbook;

use super::table::Table;
use crate::json::{self, Value};
use crate::time::Instant;
use thiserror::Error;

/// The `format` of a collation’s tables in JSON.
pub const FORMAT: &str = "ia-tables/1";

/// What is said of all tables together.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct About {
    /// The collection, by id.
    pub collection: String,
    /// What people call it.
    pub title: String,
    /// How it must be handled: `OFFICIAL`.
    pub classification: String,
    /// What it is of: the time that the operator states.
    pub made_at: Instant,
}

/// A file to be kept.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Exported {
    /// Its name, with the folder that it lies in.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Why tables could not be exported.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The archive was not written.
    #[error("the archive could not be written: {0}")]
    Archive(String),
    /// A CSV file was not written.
    #[error("the table {table} could not be written: {reason}")]
    Csv {
        /// The table, by id.
        table: &'static str,
        /// What the writer says.
        reason: String,
    },
    /// The workbook was not written.
    #[error("the workbook could not be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}

/// Tables as one document: what is said of all, then each as [`Table::to_json`] gives it. Texts are as they were given.
pub fn to_json(about: &About, tables: &[Table]) -> Value {
    crate::json!({
        "classification": &about.classification, "collection": &about.collection, "format": FORMAT,
        "made_at": about.made_at.to_london_text(), "tables": tables.iter().map(Table::to_json).collect::<Value>(),
        "title": &about.title,
    })
}

/// Every file for people, for programs and for spreadsheets: the workbook, the briefing, receipts, the publication preview,
/// the tables as JSON, and the folder `csv` with each table and what it is, `datapackage.json`. `figures` are the figures of single returns.
///
/// # Errors
/// [`ExportError`] where a writer fails: a table of more rows than a workbook has.
pub fn files(
    about: &About,
    tables: &[Table],
    figures: &Table,
) -> Result<Vec<Exported>, ExportError> {
    let of = |id: &str| tables.iter().find(|table| table.id == id);
    let mut files = vec![
        exported("briefing.html", briefing(about, tables)),
        Exported {
            name: "collation.xlsx".to_owned(),
            bytes: workbook(about, tables, &by_template(figures, tables))?,
        },
    ];
    files.push(exported("tables.json", json::canonical(&to_json(about, tables))));
    if let Some(preview) = of("publication_preview") {
        files.push(exported("publication-preview.csv", csv(preview)?));
    }
    let receipts = of("files").map(receipts);
    if let Some(receipts) = &receipts {
        files.push(exported("receipts.html", receipts_page(about, receipts)));
    }
    let mut written = Vec::new();
    for table in tables.iter().chain([figures]).chain(&receipts) {
        written.push((table, csv(table)?));
    }
    files.push(exported("csv/datapackage.json", package(about, &written)));
    for (table, text) in written {
        files.push(exported(&format!("csv/{}.csv", table.id), text));
    }
    Ok(files)
}

fn exported(name: &str, text: String) -> Exported {
    Exported { name: name.to_owned(), bytes: text.into_bytes() }
}

/// The figures of each kind of return, under what people call it: a sheet each.
pub fn by_template(figures: &Table, tables: &[Table]) -> Vec<Table> {
    let mut sheets: Vec<(&str, &str, Table)> = Vec::new();
    for (row, cells) in rows::rows_of(figures).into_iter().zip(&figures.rows) {
        let (template, stage) = (row.text("template"), row.text("stage"));
        if let Some((.., own)) = sheets.iter_mut().find(|own| (own.0, own.1) == (template, stage)) {
            own.rows.push(cells.clone());
            continue;
        }
        let returns = rows::rows(tables, "summary");
        let title =
            returns.iter().find(|own| own.is("template", template)).map(|own| own.text("title"));
        let title = [title.unwrap_or(template), stage].join(" ").trim().to_owned();
        sheets.push((template, stage, Table { title, rows: vec![cells.clone()], ..head(figures) }));
    }
    sheets.sort_by_key(|(template, stage, _)| (*template, *stage));
    sheets.into_iter().map(|(.., table)| table).collect()
}

/// A table without its rows.
fn head(table: &Table) -> Table {
    Table {
        id: table.id,
        title: table.title.clone(),
        note: table.note.clone(),
        columns: table.columns.clone(),
        rows: Vec::new(),
    }
}
