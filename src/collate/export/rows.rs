//! Reading a table row by row, by the ids of its columns. A column that is not there is empty.

use crate::collate::table::{Cell, Table};
use crate::time::Instant;

/// A row of a table.
#[derive(Clone, Copy)]
pub(super) struct Row<'t> {
    table: &'t Table,
    number: usize,
}

/// The rows of the table with this id; none where there is no such table.
pub(super) fn rows<'t>(tables: &'t [Table], id: &str) -> Vec<Row<'t>> {
    let table = tables.iter().find(|table| table.id == id);
    table.map_or_else(Vec::new, rows_of)
}

/// The rows of a table.
pub(super) fn rows_of(table: &Table) -> Vec<Row<'_>> {
    (0..table.rows.len()).map(|number| Row { table, number }).collect()
}

impl<'t> Row<'t> {
    /// The cell in a column.
    pub(super) fn cell(self, column: &str) -> &'t Cell {
        const NONE: &Cell = &Cell::Empty;
        self.table.cell(self.number, column).unwrap_or(NONE)
    }

    /// A text or a code; empty where it is none.
    pub(super) fn text(self, column: &str) -> &'t str {
        match self.cell(column) {
            Cell::Text(text) => text,
            _ => "",
        }
    }

    /// A number; 0 where there is none.
    pub(super) fn count(self, column: &str) -> i64 {
        match self.cell(column) {
            Cell::Count(count) => *count,
            _ => 0,
        }
    }

    /// Whether a column has this text; `""` where it is empty.
    pub(super) fn is(self, column: &str, text: &str) -> bool {
        self.text(column) == text
    }

    /// The cell in words for people: a number with its thousands, or why there is none.
    pub(super) fn words(self, column: &str) -> String {
        let decimals = self.table.column(column).and_then(|at| self.table.columns.get(at));
        match self.cell(column) {
            Cell::Count(count) => number(*count, decimals.map_or(0, |column| column.decimals)),
            Cell::Time(at) => moment(*at),
            other => other.plain(0),
        }
    }
}

/// A time in words: London’s date and clock.
pub(super) fn moment(at: Instant) -> String {
    [&at.date_words(), ", ", &at.clock_words()].concat()
}

/// A number with its thousands, and its decimals where it has any.
fn number(count: i64, decimals: u8) -> String {
    if decimals == 0 {
        crate::check::number_words(count)
    } else {
        crate::check::with_decimals(count, decimals)
    }
}
