//! What a collation leaves as: files for people and for programs, made of [`Table`]s and of nothing else.
//!
//! In: tables, and what is said of all of them ([`About`]), the time among it. Out: bytes, the same for the same tables.
//! Text that came in a file is text in every one of them: it is escaped, never run and never taken for markup.

mod csv;
mod guard;
mod package;
mod preview;
mod suppress;
mod workbook;

pub use self::csv::csv;
pub use package::package;
pub use preview::preview;
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

/// Every file for programs and for spreadsheets: `tables.json`, `tables.xlsx`, and the folder `csv` with a table each and
/// what they are, `datapackage.json`.
///
/// # Errors
/// [`ExportError`] where a writer fails: a table of more rows than a workbook has.
pub fn files(about: &About, tables: &[Table]) -> Result<Vec<Exported>, ExportError> {
    let mut files = vec![
        Exported {
            name: "tables.json".to_owned(),
            bytes: json::canonical(&to_json(about, tables)).into_bytes(),
        },
        Exported { name: "tables.xlsx".to_owned(), bytes: workbook(about, tables)? },
    ];
    let mut written = Vec::new();
    for table in tables {
        written.push((table, csv(table)?));
    }
    files.push(Exported {
        name: "csv/datapackage.json".to_owned(),
        bytes: package(about, &written).into_bytes(),
    });
    for (table, text) in written {
        files.push(Exported { name: format!("csv/{}.csv", table.id), bytes: text.into_bytes() });
    }
    Ok(files)
}
