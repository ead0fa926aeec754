//! A table as CSV (RFC 4180): a line of column ids, then the rows. UTF-8 without a byte-order mark.

use super::ExportError;
use super::guard::guarded;
use crate::collate::table::{Cell, Column, Kind, Table};

/// What stands in a column of counts where there is no count. [`package`](super::package) names them as missing values.
pub(super) const MISSING: [&str; 4] = ["", "*", "not applicable", "not known"];

/// Writes a table.
///
/// # Errors
/// [`ExportError::Csv`], which only a table whose rows differ in length can cause.
pub fn csv(table: &Table) -> Result<String, ExportError> {
    let failed = |reason: String| ExportError::Csv { table: table.id, reason };
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let mut write =
        |row: Vec<String>| writer.write_record(row).map_err(|error| failed(error.to_string()));
    write(table.columns.iter().map(|column| column.id.to_owned()).collect())?;
    for row in &table.rows {
        write(row.iter().zip(&table.columns).map(|(cell, column)| field(cell, column)).collect())?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| failed(error.to_string()))
}

fn field(cell: &Cell, column: &Column) -> String {
    match (cell, column.kind) {
        (Cell::Text(text), Kind::Count) => text.clone(),
        (Cell::Text(text), _) => guarded(text).into_owned(),
        _ => cell.plain(column.decimals),
    }
}
