//! Where an answer stands, as numbers in the code and as one id on a page:
//! `workforce.staffing.2023-07-25.sonographer.due_to_work`.

use super::{Answer, Answers, Scalar};
use crate::collection::Form;
use crate::gather::Gather as _;
use crate::letters::Join as _;
use crate::template::source::Field;
use std::borrow::Cow;

/// The place of one answer.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Place {
    /// The section, by number.
    pub section: usize,
    /// The field in it, by number.
    pub field: usize,
    /// In a table: row and column, by number.
    pub cell: Option<(usize, usize)>,
}

impl Place {
    /// The place of a plain field.
    pub fn plain(section: usize, field: usize) -> Self {
        Self { section, field, cell: None }
    }

    /// The place of a cell.
    pub fn cell(section: usize, field: usize, row: usize, column: usize) -> Self {
        Self { section, field, cell: Some((row, column)) }
    }

    /// The field, or the column of a cell.
    pub fn field(self, form: &Form) -> Option<&Field> {
        let section = form.template.source().sections.get(self.section)?;
        let field = section.fields.get(self.field)?;
        match self.cell {
            None => Some(field),
            Some((_, column)) => field.columns.get(column),
        }
    }

    /// The id of the row a cell is in: its key entries, joined by dots; the number, from 1, of a row
    /// that was added, whose keys change while they are typed. Empty for a plain field.
    pub fn row_id(self, form: &Form, answers: &Answers) -> String {
        let Some((row, _)) = self.cell else { return String::new() };
        if answers.is_added(self.section, self.field, row) {
            return (row + 1).to_string();
        }
        let ids = row_keys(form, answers, self.section, self.field, row);
        ids.iter().map(|key| key.entry).gather().joined(".")
    }

    /// The id as it is used on a page and in messages.
    pub fn id(self, form: &Form, answers: &Answers) -> String {
        let Some(section) = form.template.source().sections.get(self.section) else {
            return String::new();
        };
        let Some(field) = section.fields.get(self.field) else { return section.id.clone() };
        match self.cell {
            None => format!("{}.{}", section.id, field.id),
            Some((_, column)) => {
                let column = field.columns.get(column).map_or("", |c| c.id.as_str());
                let row = self.row_id(form, answers);
                format!("{}.{}.{row}.{column}", section.id, field.id)
            }
        }
    }

    /// The place with this id; the reverse of [`Place::id`].
    pub fn parse(id: &str, form: &Form, answers: &Answers) -> Option<Self> {
        let mut steps = id.split('.');
        let (section_id, field_id) = (steps.next()?, steps.next()?);
        let sections = &form.template.source().sections;
        let section = sections.iter().position(|item| item.id == section_id)?;
        let fields = &sections.get(section)?.fields;
        let field = fields.iter().position(|item| item.id == field_id)?;
        let rest: Vec<&str> = steps.gather();
        let Some((column_id, keys)) = rest.split_last() else {
            return Some(Self::plain(section, field));
        };
        let column = fields.get(field)?.columns.iter().position(|item| item.id == *column_id)?;
        let row = (0..answers.rows(section, field).len()).find(|&row| {
            if answers.is_added(section, field, row) {
                return matches!(keys, [key] if *key == (row + 1).to_string());
            }
            let found = row_keys(form, answers, section, field, row);
            found.iter().map(|key| key.entry).eq(keys.iter().copied())
        })?;
        Some(Self::cell(section, field, row, column))
    }
}

/// One key of a row.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct KeyOf<'a> {
    /// The key's id: of a key of the table, or of a column that names the row.
    pub key: &'a str,
    /// The entry's id, or what the column holds; empty where it is blank.
    pub entry: &'a str,
    /// The words for it.
    pub label: Cow<'a, str>,
}

impl Answers {
    /// Whether a row was added by somebody, rather than being one of a fixed set.
    pub fn is_added(&self, section: usize, field: usize, row: usize) -> bool {
        self.rows(section, field).get(row).is_some_and(|row| row.keys.is_empty())
    }
}

/// The keys of a row, in their order.
pub fn row_keys<'a>(
    form: &'a Form,
    answers: &'a Answers,
    section: usize,
    field: usize,
    row: usize,
) -> Vec<KeyOf<'a>> {
    let tables = &form.template.plan().tables;
    let plan = tables.iter().find(|t| t.section == section && t.field == field);
    let sections = &form.template.source().sections;
    let source = sections.get(section).and_then(|s| s.fields.get(field));
    let held = answers.rows(section, field).get(row);
    let (Some(plan), Some(source), Some(held)) = (plan, source, held) else { return Vec::new() };
    let mut found = Vec::new();
    if plan.key_columns.is_empty() {
        for ((key, &list), &entry) in source.keys.iter().zip(&plan.lists).zip(&held.keys) {
            if let Some(entry) = form.list(list).get(entry) {
                let label = Cow::Borrowed(entry.label.as_str());
                found.push(KeyOf { key: &key.id, entry: &entry.id, label });
            }
        }
        return found;
    }
    for &column in &plan.key_columns {
        let (Some(column), Some(cell)) = (source.columns.get(column), held.cells.get(column))
        else {
            continue;
        };
        let entry = match cell {
            Answer::Value(Scalar::Text(text)) => text.as_str(),
            _ => "",
        };
        let option = form.options(column).iter().find(|option| option.id == entry);
        let label = match option {
            Some(option) => Cow::Borrowed(option.label.as_str()),
            None if entry.is_empty() => Cow::Owned(format!("row {}", row + 1)),
            None => Cow::Borrowed(entry),
        };
        found.push(KeyOf { key: &column.id, entry, label });
    }
    found
}
