//! What an organisation answered. Blank is never zero: an answer is one of four states.
//!
//! In: JSON (`answers` and `declared` of a file) or what was typed ([`entry`]). Out: [`Answers`],
//! held in the order of the template, so that a place is two or four small numbers.

mod asked;
pub mod entry;
mod json;
mod place;

pub use asked::{Asked, RowAsked};
pub use json::AnswersError;
pub use place::{KeyOf, Place, row_keys};

use crate::collection::Form;
use crate::template::{FieldKind, TablePlan};

/// The value of an answer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Scalar {
    /// Yes or no.
    Bool(bool),
    /// A whole number; of a duration, its seconds.
    Int(i64),
    /// The ids of the options chosen, in their order.
    List(Vec<String>),
    /// Text, a choice's id, a date `2023-07-25` or London time `2023-07-28T10:30`.
    Text(String),
}

/// One answer, in one of its four states.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Answer {
    /// The question does not apply here.
    NotApplicable,
    /// The answer is not known, for this reason.
    NotKnown(String),
    /// Not answered yet.
    #[default]
    Unanswered,
    /// A value; zero is a value.
    Value(Scalar),
}

/// What one field holds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Held {
    /// A plain field's answer.
    One(Answer),
    /// A table's rows.
    Table(Table),
}

/// A table's rows: the product of its keys' lists, in list order, the last key fastest; or the rows
/// that people added.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Table {
    /// One for each combination of keys, whether the file had it or not; or those added.
    pub rows: Vec<Row>,
    /// Rows of a file that have no place in the table.
    pub strays: Vec<Stray>,
}

/// One row.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// For each key, the number of its entry in the list; none in a row that was added.
    pub keys: Vec<usize>,
    /// One answer for each column.
    pub cells: Vec<Answer>,
    /// Whether the file had this row (a page always does).
    pub present: bool,
    /// Whether it was read from a file.
    pub read: bool,
}

/// Where a row came from is not part of what it says.
impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        self.keys == other.keys && self.cells == other.cells && self.present == other.present
    }
}

impl Eq for Row {}

/// A row that has no place in its table.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Stray {
    /// The key values it gave, in key order.
    pub keys: Vec<String>,
    /// Whether the row was there already; otherwise its keys are not in the lists.
    pub duplicate: bool,
}

/// All answers of one return.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Answers {
    sections: Vec<Vec<Held>>,
}

impl Answers {
    /// No answers: every field unanswered, every table with all its rows, or none where people add
    /// them.
    pub fn empty(form: &Form) -> Self {
        let mut sections = Vec::new();
        for (s, section) in form.template.source().sections.iter().enumerate() {
            let mut fields = Vec::new();
            for (f, field) in section.fields.iter().enumerate() {
                fields.push(if field.kind == FieldKind::Table {
                    let tables = &form.template.plan().tables;
                    let plan = tables.iter().find(|plan| plan.section == s && plan.field == f);
                    let columns = field.columns.len();
                    Held::Table(plan.map(|plan| blank(form, plan, columns)).unwrap_or_default())
                } else {
                    Held::One(Answer::Unanswered)
                });
            }
            sections.push(fields);
        }
        Self { sections }
    }

    /// What a field holds, by section and field number.
    pub fn held(&self, section: usize, field: usize) -> Option<&Held> {
        self.sections.get(section)?.get(field)
    }

    /// The rows of a table, by section and field number; none where it is no table.
    pub fn rows(&self, section: usize, field: usize) -> &[Row] {
        match self.held(section, field) {
            Some(Held::Table(table)) => &table.rows,
            _ => &[],
        }
    }

    /// The answer at a place; unanswered where the place does not exist.
    pub fn at(&self, place: Place) -> &Answer {
        const NONE: &Answer = &Answer::Unanswered;
        match (self.held(place.section, place.field), place.cell) {
            (Some(Held::One(answer)), None) => answer,
            (Some(Held::Table(table)), Some((row, column))) => {
                table.rows.get(row).and_then(|r| r.cells.get(column)).unwrap_or(NONE)
            }
            _ => NONE,
        }
    }

    /// Sets the answer at a place; a place that does not exist is left alone.
    pub fn set(&mut self, place: Place, answer: Answer) {
        let held = self.sections.get_mut(place.section).and_then(|s| s.get_mut(place.field));
        match (held, place.cell) {
            (Some(Held::One(slot)), None) => *slot = answer,
            (Some(Held::Table(table)), Some((row, column))) => {
                if let Some(row) = table.rows.get_mut(row)
                    && let Some(slot) = row.cells.get_mut(column)
                {
                    row.present = true;
                    *slot = answer;
                }
            }
            _ => {}
        }
    }

    /// Adds a row with nothing answered to a table whose rows people add; gives its number. None
    /// where the table has its most rows already, or has a fixed set of them.
    pub fn add_row(&mut self, form: &Form, section: usize, field: usize) -> Option<usize> {
        let source = form.template.source().sections.get(section)?.fields.get(field)?;
        let most = source.max_rows.and_then(|most| usize::try_from(most).ok()).unwrap_or(0);
        let Held::Table(table) = self.held_mut(section, field)? else { return None };
        if source.key_columns.is_empty() || table.rows.len() >= most {
            return None;
        }
        table.rows.push(added(source.columns.len()));
        Some(table.rows.len() - 1)
    }

    /// Takes out a row that people added, by number.
    pub fn remove_row(&mut self, form: &Form, section: usize, field: usize, row: usize) {
        let source = form.template.source().sections.get(section);
        let is_free = source
            .and_then(|s| s.fields.get(field))
            .is_some_and(|field| !field.key_columns.is_empty());
        if let Some(Held::Table(table)) = self.held_mut(section, field)
            && is_free
            && row < table.rows.len()
        {
            table.rows.remove(row);
        }
    }

    fn held_mut(&mut self, section: usize, field: usize) -> Option<&mut Held> {
        self.sections.get_mut(section)?.get_mut(field)
    }
}

/// A row that somebody added, with nothing answered.
fn added(columns: usize) -> Row {
    Row { keys: Vec::new(), cells: vec![Answer::Unanswered; columns], present: true, read: false }
}

fn blank(form: &Form, plan: &TablePlan, columns: usize) -> Table {
    if !plan.key_columns.is_empty() {
        return Table::default();
    }
    let mut keys: Vec<Vec<usize>> = vec![Vec::new()];
    for &list in &plan.lists {
        let entries = form.list(list).len();
        let mut longer = Vec::with_capacity(keys.len() * entries);
        for key in &keys {
            for entry in 0..entries {
                let mut key = key.clone();
                key.push(entry);
                longer.push(key);
            }
        }
        keys = longer;
    }
    let mut table = Table::default();
    for keys in keys {
        let cells = vec![Answer::Unanswered; columns];
        table.rows.push(Row { keys, cells, present: true, read: false });
    }
    table
}
