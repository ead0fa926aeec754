//! What of a return is asked at all: fields, rows and cells that conditions hide are not.

use super::Place;
use crate::collection::Form;

/// What is asked. It is decided by a check; nothing else is stored in a file.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Asked {
    /// For each section, for each field, whether it is asked.
    pub fields: Vec<Vec<bool>>,
    /// For each table of the template's plan, for each row.
    pub rows: Vec<Vec<RowAsked>>,
}

/// What of a row is asked.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct RowAsked {
    /// Whether the row is.
    pub row: bool,
    /// The columns that are hidden in it, by number.
    pub hidden: Vec<usize>,
}

impl Asked {
    /// Whether a field is asked, by section and field number.
    pub fn field(&self, section: usize, field: usize) -> bool {
        self.fields.get(section).and_then(|s| s.get(field)).copied().unwrap_or(false)
    }

    /// Whether a row of a table is asked, by section, field and row number.
    pub fn row(&self, form: &Form, section: usize, field: usize, row: usize) -> bool {
        self.row_asked(form, section, field, row).is_some_and(|asked| asked.row)
    }

    /// Whether the answer at a place is asked.
    pub fn place(&self, form: &Form, place: Place) -> bool {
        let Place { section, field, cell } = place;
        let Some((row, column)) = cell else { return self.field(section, field) };
        self.row_asked(form, section, field, row)
            .is_some_and(|asked| asked.row && !asked.hidden.contains(&column))
    }

    fn row_asked(
        &self,
        form: &Form,
        section: usize,
        field: usize,
        row: usize,
    ) -> Option<&RowAsked> {
        let tables = &form.template.plan().tables;
        let table = tables.iter().position(|t| t.section == section && t.field == field)?;
        self.rows.get(table)?.get(row).filter(|_| self.field(section, field))
    }
}
