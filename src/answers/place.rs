//! Where an answer stands, as numbers in the code and as one id on a page:
//! `workforce.staffing.2023-07-25.sonographer.due_to_work`.

use super::Answers;
use crate::collection::Form;
use crate::template::source::Field;

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

    /// The id of the row a cell is in: its key entries, joined by dots. Empty for a plain field.
    pub fn row_id(self, form: &Form, answers: &Answers) -> String {
        let Some((row, _)) = self.cell else { return String::new() };
        let ids = row_keys(form, answers, self.section, self.field, row);
        ids.into_iter().map(|(_, id, _)| id).collect::<Vec<_>>().join(".")
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
        let rest: Vec<&str> = steps.collect();
        let Some((column_id, keys)) = rest.split_last() else {
            return Some(Self::plain(section, field));
        };
        let column = fields.get(field)?.columns.iter().position(|item| item.id == *column_id)?;
        let row = (0..answers.rows(section, field).len()).find(|&row| {
            let found = row_keys(form, answers, section, field, row);
            found.iter().map(|(_, id, _)| *id).eq(keys.iter().copied())
        })?;
        Some(Self::cell(section, field, row, column))
    }
}

/// The keys of a row: each key's id, its entry's id and its entry's label.
pub(crate) fn row_keys<'f>(
    form: &'f Form,
    answers: &Answers,
    section: usize,
    field: usize,
    row: usize,
) -> Vec<(&'f str, &'f str, &'f str)> {
    let plan = form.template.plan();
    let Some(table) = plan.tables.iter().find(|t| t.section == section && t.field == field) else {
        return Vec::new();
    };
    let sections = &form.template.source().sections;
    let Some(source) = sections.get(section).and_then(|s| s.fields.get(field)) else {
        return Vec::new();
    };
    let Some(row) = answers.rows(section, field).get(row) else { return Vec::new() };
    let keys = source.keys.iter().zip(&table.lists).zip(&row.keys);
    keys.filter_map(|((key, &list), &entry)| {
        let entry = form.list(list).get(entry)?;
        Some((key.id.as_str(), entry.id.as_str(), entry.label.as_str()))
    })
    .collect()
}
