//! Rows of CSV files, each cell with its place, so that a fault names line and column.

use crate::template::author::{AuthorFault, File};

/// What to do where a file cannot be read as CSV.
const HELP: &str =
    "Write it as comma-separated values, with texts that hold a comma in double quotes.";

/// One line of a CSV file.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    cells: Vec<String>,
    starts: Vec<usize>,
}

impl Row {
    /// The cell in the column with this number, without white space around it.
    pub(crate) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }

    /// Where that cell starts in the file, in bytes.
    pub(crate) fn at(&self, column: usize) -> usize {
        let last = self.starts.last().copied().unwrap_or_default();
        self.starts.get(column).copied().unwrap_or(last)
    }

    /// How many cells there are.
    pub(crate) fn width(&self) -> usize {
        self.cells.len()
    }

    /// The words of a cell.
    pub(crate) fn words(&self, column: usize) -> Vec<String> {
        self.cell(column).split_whitespace().map(str::to_owned).collect()
    }

    /// The parts of a cell between semicolons.
    pub(crate) fn parts(&self, column: usize) -> Vec<String> {
        let parts = self.cell(column).split(';').map(str::trim);
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// A fault at a cell.
    pub(crate) fn fault(
        &self,
        file: &File,
        column: usize,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> AuthorFault {
        AuthorFault::at(file, self.at(column), message, help)
    }
}

/// The rows of a file whose first line names its columns. `needed` columns must be there, in this order and first;
/// those of `more` may follow, in any order, and a row has them all at the places they have in `more`.
pub(crate) fn named(
    file: &File,
    needed: &[&str],
    more: &[&str],
) -> Result<Vec<Row>, Vec<AuthorFault>> {
    let mut rows = unnamed(file)?.into_iter();
    let heading = rows.next();
    let names: Vec<&str> =
        heading.iter().flat_map(|row| row.cells.iter().map(|cell| cell.trim())).collect();
    let whole = [needed, more].concat();
    let known = |name: &&str| more.contains(name);
    let rest = names.get(needed.len()..).unwrap_or_default();
    if !names.starts_with(needed) || !rest.iter().all(known) {
        let wanted = needed.join(",");
        let after = if more.is_empty() {
            String::new()
        } else {
            format!(" After these you may add {}.", more.join(", "))
        };
        let help = format!("Start the file with {wanted}.{after}");
        return Err(vec![AuthorFault::at(
            file,
            0,
            "the first line does not name the columns",
            help,
        )]);
    }
    let place = |name: &str| names.iter().position(|own| *own == name);
    let sorted = |row: Row| Row {
        cells: whole
            .iter()
            .map(|name| place(name).and_then(|at| row.cells.get(at)).cloned().unwrap_or_default())
            .collect(),
        starts: whole.iter().map(|name| row.at(place(name).unwrap_or_default())).collect(),
    };
    Ok(rows.map(sorted).collect())
}

/// The rows of a file as they stand, each with as many cells as the first.
pub(crate) fn unnamed(file: &File) -> Result<Vec<Row>, Vec<AuthorFault>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(file.text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let at = error.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(0));
            let at = at + blank(file.text.get(at..).unwrap_or_default());
            vec![AuthorFault::at(file, at, words(&error), HELP)]
        })?;
        let at = record.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(0));
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        let starts = starts(file.text.as_bytes(), at, cells.len());
        rows.push(Row { cells, starts });
    }
    Ok(rows)
}

/// A text as a cell of a CSV file.
pub(crate) fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// What is wrong, without the byte numbers of the reader: the place is said as line and column.
fn words(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("this line has {len} cells, and the first has {expected_len}")
        }
        csv::ErrorKind::Utf8 { .. } => "this line is not in UTF-8".to_owned(),
        _ => error.to_string(),
    }
}

/// How many bytes of line breaks a text starts with.
fn blank(text: &str) -> usize {
    text.len() - text.trim_start_matches(['\r', '\n']).len()
}

/// Where each cell of the line at `from` starts.
fn starts(bytes: &[u8], from: usize, count: usize) -> Vec<usize> {
    let is_break = |at: &usize| matches!(bytes.get(*at), Some(b'\r' | b'\n'));
    let mut at = from;
    while is_break(&at) {
        at += 1;
    }
    let mut found = Vec::new();
    let mut quoted = false;
    found.push(at);
    while found.len() < count && at < bytes.len() {
        match bytes.get(at) {
            // Two quotes inside a quoted cell leave it and enter it again.
            Some(b'"') => quoted = !quoted,
            Some(b',') if !quoted => found.push(at + 1),
            _ => {}
        }
        at += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> File {
        File { path: "list.csv".to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_cell_knows_its_place_behind_quoted_commas_and_empty_lines() {
        let file = file("a,b,c\n\n\"one, \"\"two\"\"\",é,x\n");
        let rows = named(&file, &["a", "b"], &["c"]).unwrap();
        let fault = rows[0].fault(&file, 2, "m", "h");
        assert_eq!((rows[0].cell(0), rows[0].cell(1)), ("one, \"two\"", "é"));
        assert_eq!((fault.line, fault.column), (3, 18));
    }

    #[test]
    fn columns_that_may_follow_stand_in_any_order() {
        let rows = named(&file("a,d,c\n1,2,3\n"), &["a"], &["b", "c", "d"]).unwrap();
        let cells: Vec<&str> = (0..4).map(|column| rows[0].cell(column)).collect();
        assert_eq!(cells, ["1", "", "3", "2"]);
    }

    #[test]
    fn a_line_with_too_few_cells_and_a_heading_of_other_names_are_faults() {
        let fault = &named(&file("a,b\n1,2\n3\n"), &["a", "b"], &[]).unwrap_err()[0];
        assert_eq!(
            (fault.line, fault.message.as_str()),
            (3, "this line has 1 cells, and the first has 2")
        );
        let fault = &named(&file("a,x\n1,2\n"), &["a"], &["b"]).unwrap_err()[0];
        assert_eq!(fault.help, "Start the file with a. After these you may add b.");
    }
}
