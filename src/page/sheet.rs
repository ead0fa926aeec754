//! A table of figures as a sheet: which box is beside which, and what a block of a spreadsheet becomes in it.

use super::layout::Table;
use super::said;
use super::work::Work;
use crate::answers::{Place, row_keys};
use crate::check::Finding;
use crate::time::Instant;

/// The boxes of a grid as they stand on the screen: the rows that are asked and not left out, from the first date to the last.
#[derive(Debug)]
pub(super) struct Sheet {
    at: (usize, usize),
    /// The rows of the table, by number.
    rows: Vec<usize>,
    columns: usize,
}

/// A box of a sheet: its row and its column there, from 0.
pub(super) type Spot = (usize, usize);

impl Sheet {
    /// The sheet of a table.
    pub(super) fn of(work: &Work, table: &Table) -> Self {
        let mut rows = Vec::new();
        for row in table.rows() {
            if work.is_asked(table, row) && !work.is_left_out(table.number, &row.entry) {
                rows.push(row.row);
            }
        }
        let sections = &work.draft.form.template.source().sections;
        let field = sections.get(table.at.0).and_then(|section| section.fields.get(table.at.1));
        Self { at: table.at, rows, columns: field.map_or(0, |field| field.columns.len()) }
    }

    /// The sheet that a box is in, and where; none for a box of no grid.
    pub(super) fn around(work: &Work, id: &str) -> Option<(Self, Spot)> {
        let place = work.layout.slot(id)?.place;
        let (row, column) = place.cell?;
        let table = work.layout.table((place.section, place.field))?;
        if !table.is_grid {
            return None;
        }
        let sheet = Self::of(work, table);
        let row = sheet.rows.iter().position(|known| *known == row)?;
        Some((sheet, (row, column)))
    }

    /// How many rows it has.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The row of the table that a row of the sheet is, by number; the last one past the end.
    pub(super) fn row(&self, row: usize) -> Option<usize> {
        self.rows.get(row).or(self.rows.last()).copied()
    }

    /// The id of a box; none outside the sheet.
    pub(super) fn id<'w>(&self, work: &'w Work, (row, column): Spot) -> Option<&'w str> {
        let row = *self.rows.get(row)?;
        if column >= self.columns {
            return None;
        }
        let slot = work.layout.at(Place::cell(self.at.0, self.at.1, row, column))?;
        Some(&slot.id)
    }

    /// What stands in all boxes, as a spreadsheet takes it: a tab between boxes, a line for each row.
    pub(super) fn text(&self, work: &Work) -> String {
        let mut text = String::new();
        for row in 0..self.rows.len() {
            for column in 0..self.columns {
                if column > 0 {
                    text.push('\t');
                }
                text.push_str(self.figure(work, (row, column)));
            }
            text.push('\n');
        }
        text
    }

    /// The same as a CSV file (RFC 4180) with headings, which can be filled in and read in again.
    pub(super) fn csv(&self, work: &Work) -> String {
        let mut text = String::new();
        let form = &work.draft.form;
        let sections = &form.template.source().sections;
        let field = sections.get(self.at.0).and_then(|section| section.fields.get(self.at.1));
        let Some(field) = field else { return text };
        for key in &field.keys {
            put_cell(&mut text, &key.label);
        }
        for column in &field.columns {
            put_cell(&mut text, &column.label);
        }
        for (place, row) in self.rows.iter().enumerate() {
            text.push_str("\r\n");
            for key in row_keys(form, &work.draft.answers, self.at.0, self.at.1, *row) {
                put_cell(&mut text, &key.label);
            }
            for column in 0..self.columns {
                put_cell(&mut text, self.figure(work, (place, column)));
            }
        }
        text.push_str("\r\n");
        text
    }

    /// What stands in a box; what cannot be read is no figure, and no formula either.
    fn figure<'w>(&self, work: &'w Work, at: Spot) -> &'w str {
        let slot = self.id(work, at).and_then(|id| work.layout.slot(id));
        let slot = slot.filter(|slot| !work.is_mistaken(slot.place));
        slot.map_or("", |slot| work.text(&slot.id).trim())
    }
}

/// Adds a cell to a line of CSV.
fn put_cell(text: &mut String, cell: &str) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push(',');
    }
    text.push('"');
    for letter in cell.chars() {
        if letter == '"' {
            text.push('"');
        }
        text.push(letter);
    }
    text.push('"');
}

/// A text that holds cells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cells<'t> {
    pub(super) text: &'t str,
    /// What stands between two cells.
    pub(super) separator: char,
}

impl<'t> Cells<'t> {
    /// As they are on the clipboard.
    pub(super) fn copied(text: &'t str) -> Self {
        Self { text, separator: '\t' }
    }

    /// As they are in a CSV file; spreadsheets that write 1,5 for one and a half put semicolons between cells.
    pub(super) fn of_file(text: &'t str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let first = text.lines().next().unwrap_or_default();
        let has = |byte| first.bytes().any(|other| other == byte);
        let separator = match (has(b'\t'), has(b';')) {
            (true, _) => '\t',
            (false, true) => ';',
            (false, false) => ',',
        };
        Self { text, separator }
    }
}

/// A block that was pasted, before anything is changed by it.
#[derive(Clone, Debug)]
pub(super) struct Pasted {
    /// The box it was pasted into.
    pub(super) from: String,
    /// What comes into which box, in order.
    pub(super) boxes: Vec<Coming>,
    /// How many figures fall outside the sheet.
    pub(super) outside: usize,
    /// Whether rows or columns of words were taken for headings.
    pub(super) headed: bool,
}

/// What comes into one box.
#[derive(Clone, Debug)]
pub(super) struct Coming {
    /// The box.
    pub(super) id: String,
    /// The text as it was copied.
    pub(super) given: String,
    /// The text as it would be typed.
    pub(super) text: String,
    /// Why it is refused, if it is.
    pub(super) refused: Option<String>,
}

impl Pasted {
    /// Lays a block over the boxes from `id` to the right and below. None where that is no grid, or nothing was pasted.
    ///
    /// Empty cells change nothing: blank is never 0. Leading rows and columns without a figure are headings.
    pub(super) fn new(work: &mut Work, id: &str, cells: Cells<'_>, now: Instant) -> Option<Self> {
        let (sheet, (row, column)) = Sheet::around(work, id)?;
        let block = block(cells.text, cells.separator);
        let (above, before) = headings(&block);
        let headed = above > 0 || before > 0;
        let mut pasted = Self { from: id.to_owned(), boxes: Vec::new(), outside: 0, headed };
        // The same reader and the same sentences as for what is typed: it is typed in, asked about, and taken out again.
        let changes = work.changes;
        let mut before_it = Vec::new();
        for (down, cells) in block.iter().enumerate() {
            for (right, given) in cells.iter().enumerate() {
                let text = as_typed(given);
                let (Some(down), Some(right)) =
                    (down.checked_sub(above), right.checked_sub(before))
                else {
                    continue;
                };
                if text.is_empty() {
                    continue;
                }
                let at = (row.saturating_add(down), column.saturating_add(right));
                let Some(id) = sheet.id(work, at).map(str::to_owned) else {
                    pasted.outside = pasted.outside.saturating_add(1);
                    continue;
                };
                before_it.push(work.text(&id).to_owned());
                work.type_text(&id, &text);
                let given = given.clone();
                pasted.boxes.push(Coming { id, given, text, refused: None });
            }
        }
        work.check(now);
        for coming in &mut pasted.boxes {
            coming.refused = refusal(work, &coming.id);
        }
        for (coming, text) in pasted.boxes.iter().zip(&before_it) {
            work.type_text(&coming.id, text);
        }
        work.check(now);
        work.changes = changes;
        (!pasted.boxes.is_empty() || pasted.outside > 0).then_some(pasted)
    }

    /// How many boxes it fills.
    pub(super) fn filled(&self) -> usize {
        let mut filled: usize = 0;
        for coming in &self.boxes {
            if coming.refused.is_none() {
                filled = filled.saturating_add(1);
            }
        }
        filled
    }
}

/// Why what stands in a box cannot be read.
fn refusal(work: &Work, id: &str) -> Option<String> {
    let place = work.layout.slot(id)?.place;
    if !work.is_mistaken(place) {
        return None;
    }
    let about =
        |finding: &&Finding| finding.places.contains(&place) && !said::is_missing(work, finding);
    Some(work.checked.findings().iter().find(about)?.message.clone())
}

/// The figures of a block without its headings, each as a person would type it.
#[cfg(any(not(target_arch = "wasm32"), feature = "collate"))]
pub(super) fn figures(cells: Cells<'_>) -> Vec<Vec<String>> {
    let block = block(cells.text, cells.separator);
    let (above, before) = headings(&block);
    let mut figures = Vec::new();
    for row in block.get(above..).unwrap_or_default() {
        let mut own = Vec::new();
        for cell in row.get(before..).unwrap_or_default() {
            own.push(as_typed(cell));
        }
        figures.push(own);
    }
    figures
}

/// The cells of a block as spreadsheets copy it: tabs between cells, lines between rows, and a cell that itself holds
/// either in double quotes, with its own quotes doubled.
fn block(text: &str, separator: char) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut cell = String::new();
    let mut quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => quoted = true,
            letter if letter == separator && !quoted => row.push(std::mem::take(&mut cell)),
            // Before a line feed a carriage return is half of one end of a line; alone it is one of its own.
            '\r' if !quoted && letters.peek() == Some(&'\n') => {}
            '\r' | '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            letter => cell.push(letter),
        }
    }
    row.push(cell);
    rows.push(row);
    rows
}

/// How many leading rows and columns are headings.
fn headings(block: &[Vec<String>]) -> (usize, usize) {
    let (mut rows, mut columns) = (0_usize, 0_usize);
    while block.get(rows).is_some_and(|row| is_heading(&mut row.iter().map(String::as_str))) {
        rows = rows.saturating_add(1);
    }
    let below = block.get(rows..).unwrap_or_default();
    while is_heading(&mut below.iter().map(|row| row.get(columns).map_or("", String::as_str))) {
        columns = columns.saturating_add(1);
    }
    (rows, columns)
}

/// Whether cells are a heading: words, and no figure. Two letters beside one another make words; one may be a slip, like
/// the O of 1O.
fn is_heading(cells: &mut dyn Iterator<Item = &str>) -> bool {
    let mut any_words = false;
    for cell in cells {
        let has_words =
            cell.as_bytes().windows(2).any(|two| two.iter().all(u8::is_ascii_alphabetic));
        if !has_words && cell.bytes().any(|byte| byte.is_ascii_digit()) {
            return false;
        }
        any_words |= has_words;
    }
    any_words
}

/// A spreadsheet's cell as a person would type it: without the spaces around it and between thousands; a dash alone is how
/// spreadsheets show 0.
fn as_typed(cell: &str) -> String {
    let text = cell.trim();
    if matches!(text, "-" | "\u{2013}" | "\u{2014}" | "\u{2212}") {
        return "0".to_owned();
    }
    let is_space = |letter: char| matches!(letter, ' ' | '\u{A0}' | '\u{2009}' | '\u{202F}');
    let mut groups = text.split(is_space);
    let first = groups.next().unwrap_or_default();
    let are_thousands = is_group(first, 1) && groups.clone().all(|group| is_group(group, 3));
    if !are_thousands {
        return text.to_owned();
    }
    let mut plain = first.to_owned();
    for group in groups {
        plain.push_str(group);
    }
    plain
}

/// Whether a text is three digits, or at least so many.
fn is_group(text: &str, least: usize) -> bool {
    (least..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The most that is pasted at once, in bytes: more than any table of this page holds, less than keeps a person waiting.
pub(super) const LONGEST: usize = 100_000;

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<Vec<String>>, bool) {
        let block = block(text, '\t');
        let (above, before) = headings(&block);
        let figures = block[above..].iter().map(|row| {
            let row = row.get(before..).unwrap_or_default();
            row.iter().map(|cell| as_typed(cell)).collect()
        });
        (figures.collect(), above > 0 || before > 0)
    }

    #[test]
    fn a_block_is_read_as_spreadsheets_copy_it() {
        for (text, wanted) in [
            ("1\t2\r\n3\t4\r\n", vec![vec!["1", "2"], vec!["3", "4"], vec![""]]),
            ("1\n2", vec![vec!["1"], vec!["2"]]),
            ("88\r36\r12", vec![vec!["88"], vec!["36"], vec!["12"]]),
            (" 1,024 \t 88\u{A0}", vec![vec!["1,024", "88"]]),
            ("1\u{A0}024\t12 345 678\t1\u{202F}000", vec![vec!["1024", "12345678", "1000"]]),
            (" -   \t\u{2013}\t\u{2212}", vec![vec!["0", "0", "0"]]),
            ("(5)\t-5\t12.0\t1 2", vec![vec!["(5)", "-5", "12.0", "1 2"]]),
            ("\"1\"\t\"2\"\"3\"", vec![vec!["1", "2\"3"]]),
            ("\t\t7", vec![vec!["", "", "7"]]),
            ("1O\t2", vec![vec!["1O", "2"]]),
        ] {
            let (block, headed) = read(text);
            assert_eq!(block, wanted, "{text:?}");
            assert!(!headed, "{text:?}");
        }
    }

    #[test]
    fn headings_are_taken_off() {
        let (block, headed) = read(
            "\t\"Due to\nstart\"\tAbsent\nDiagnostic radiographers\t88\t52\nSupport (band 4)\t40\tn/a\n",
        );
        assert!(headed);
        assert_eq!(block, [vec!["88", "52"], vec!["40", "n/a"], vec![]]);
    }

    #[test]
    fn words_alone_leave_nothing() {
        let (block, headed) = read("Diagnostic\nTherapeutic");
        assert!(headed);
        assert!(block.iter().flatten().all(String::is_empty), "{block:?}");
    }
}
