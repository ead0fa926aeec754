//! The one form in which a collation leaves: tables. Every export is made of them and of nothing else.

use crate::json::{Value, object};
use crate::letters::is_unseen;
use crate::time::Instant;
use std::fmt::Write as _;

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// An id or a code: to be compared, never added up.
    Code,
    /// A whole number, of the column's unit; with decimals, of its last decimal.
    Count,
    /// Text for people, as it was given: it may begin with what a spreadsheet takes for a formula.
    Text,
    /// A point in time.
    Time,
}

impl Kind {
    /// One word for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Count => "count",
            Self::Text => "text",
            Self::Time => "time",
        }
    }
}

/// A column of a table.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Column {
    /// Its id: small letters and `_`, the same in every version.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What its cells are.
    pub kind: Kind,
    /// How many digits of its counts are decimals: 1 shows 591 as 59.1.
    pub decimals: u8,
}

/// One cell.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Cell {
    /// A whole number.
    Count(i64),
    /// Nothing: there is nothing to say.
    Empty,
    /// The question does not apply there.
    NotApplicable,
    /// Nobody knows the figure: how many parts of it are not known.
    NotKnown {
        /// At least 1.
        parts: i64,
    },
    /// Text or a code, with what cannot be seen made visible: made with [`Cell::text`].
    Text(String),
    /// A point in time.
    Time(Instant),
}

impl Cell {
    /// Text; nothing where it is empty. What cannot be seen is made visible; line breaks and tabs stay.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            return Self::Empty;
        }
        if text.chars().any(is_unseen) {
            Self::Text(visible(&text, is_unseen))
        } else {
            Self::Text(text)
        }
    }

    /// The name of a file, on one line.
    pub fn name(name: &str) -> Self {
        Self::Text(visible(name, |letter| letter.is_control() || is_unseen(letter)))
    }

    /// A number of things.
    pub fn count(count: usize) -> Self {
        Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// A time, where there is one.
    pub fn time(at: Option<Instant>) -> Self {
        at.map_or(Self::Empty, Self::Time)
    }

    /// `yes` or nothing.
    pub fn yes(flag: bool) -> Self {
        if flag { Self::Text("yes".to_owned()) } else { Self::Empty }
    }

    /// The cell in words without its heading: what a plain text file shows. What is not known or does not apply says so.
    pub fn plain(&self, decimals: u8) -> String {
        match self {
            Self::Count(number) => digits(*number, decimals),
            Self::Empty => String::new(),
            Self::NotApplicable => "not applicable".to_owned(),
            Self::NotKnown { .. } => "not known".to_owned(),
            Self::Text(text) => text.clone(),
            Self::Time(at) => at.to_london_text(),
        }
    }

    /// As JSON: a number, a text, `null` where it is empty, and the two states as a return writes them.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Count(number) => Value::from(*number),
            Self::Empty => Value::Null,
            Self::NotApplicable => object(&mut [("na", Value::Bool(true))]),
            Self::NotKnown { parts } => object(&mut [("not_known", Value::from(*parts))]),
            Self::Text(text) => Value::String(text.clone()),
            Self::Time(at) => Value::String(at.to_london_text()),
        }
    }
}

/// Text with some of its characters made visible: a file cannot add a line, or turn round what stands beside it.
fn visible(text: &str, hides: fn(char) -> bool) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        if hides(letter) {
            let _ = write!(safe, "\\u{{{:x}}}", u32::from(letter));
        } else {
            safe.push(letter);
        }
    }
    safe
}

/// A number in plain digits, as programs read it: 1024, 59.1, -3.
fn digits(number: i64, decimals: u8) -> String {
    let width = usize::from(decimals);
    let sign = if number < 0 { "-" } else { "" };
    let text = format!("{:0>least$}", number.unsigned_abs(), least = width + 1);
    let (whole, part) = text.split_at(text.len() - width);
    if width == 0 { [sign, whole].concat() } else { [sign, whole, ".", part].concat() }
}

/// A table: rows in an order that is the same for the same files, in whatever order they were read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Table {
    /// Its id, which names its file: small letters and `_`.
    pub id: &'static str,
    /// What people call it.
    pub title: String,
    /// What it means, and what is not counted in it.
    pub note: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows; each has a cell for every column.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table without rows.
    pub fn new(
        id: &'static str,
        title: &str,
        note: &str,
        columns: &[(&'static str, &'static str, Kind)],
    ) -> Self {
        let column = |(id, title, kind): &(&'static str, &'static str, Kind)| Column {
            id,
            title,
            kind: *kind,
            decimals: 0,
        };
        Self {
            id,
            title: title.to_owned(),
            note: note.to_owned(),
            columns: columns.iter().map(column).collect(),
            rows: Vec::new(),
        }
    }

    /// Says how many digits of a column’s counts are decimals.
    #[must_use]
    pub fn with_decimals(mut self, column: &str, decimals: u8) -> Self {
        for own in self.columns.iter_mut().filter(|own| own.id == column) {
            own.decimals = decimals;
        }
        self
    }

    /// Adds a row. Cells that are left out are empty, and none is more than there are columns.
    pub fn push(&mut self, mut row: Vec<Cell>) {
        row.resize(self.columns.len(), Cell::Empty);
        self.rows.push(row);
    }

    /// The number of a column.
    pub fn column(&self, id: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.id == id)
    }

    /// The cell of a row in a column.
    pub fn cell(&self, row: usize, column: &str) -> Option<&Cell> {
        self.rows.get(row)?.get(self.column(column)?)
    }

    /// As JSON: what the columns are, then the rows as lists in their order.
    pub fn to_json(&self) -> Value {
        let column = |column: &Column| {
            crate::json!({
                "decimals": i64::from(column.decimals), "id": column.id, "kind": column.kind.word(), "title": column.title,
            })
        };
        let row = |row: &Vec<Cell>| row.iter().map(Cell::to_json).collect::<Value>();
        crate::json!({
            "columns": self.columns.iter().map(column).collect::<Value>(), "id": self.id, "note": &self.note,
            "rows": self.rows.iter().map(row).collect::<Value>(), "title": &self.title,
        })
    }
}
