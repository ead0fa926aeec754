//! The words for what tables name by id: organisations, areas, templates, measures and the entries of lists.

use crate::collate::collation::Operator;
use crate::collate::entered::form;
use crate::collate::owed::{Owed, organisations};
use crate::collate::picture::{By, Measure, Picture};
use crate::collate::table::Cell;
use crate::collection::Form;
use crate::template::source::{Calculated, Field};

/// What tables are written with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Names<'a> {
    pub(super) operator: &'a Operator<'a>,
}

/// What a measure is called where it is divided, and what it counts.
pub(super) struct Called {
    pub(super) label: String,
    pub(super) unit: String,
}

impl<'a> Names<'a> {
    pub(super) fn form(self, template: &str, stage: Option<&str>) -> Option<&'a Form> {
        form(&self.operator.bench, template, stage)
    }

    pub(super) fn picture(self, template: &str) -> Option<&'a Picture> {
        self.operator.bench.pictures.iter().find(|picture| picture.template == template)
    }

    /// What people call a template.
    pub(super) fn title(self, template: &str, stage: Option<&str>) -> &'a str {
        self.form(template, stage).map_or("", |form| form.template.source().title.as_str())
    }

    /// The name of an organisation, an ICB or a region; nothing where it is not listed.
    pub(super) fn organisation(self, code: &str) -> &'a str {
        let own = organisations(self.operator).and_then(|all| all.by_code(code));
        own.map_or("", |own| own.name.as_str())
    }
}

/// The first cells of a row about what is owed: template, stage, organisation, name.
pub(super) fn owed(owed: &Owed) -> Vec<Cell> {
    vec![
        Cell::text(&owed.template),
        Cell::text(owed.stage.unwrap_or_default()),
        Cell::text(&owed.organisation),
        Cell::text(&owed.name),
    ]
}

/// What a measure is called, as a whole or by one of its keys.
pub(super) fn measure(form: &Form, measure: &Measure, by: Option<&By>) -> Called {
    let value = by.map_or(measure.whole.as_str(), |by| by.value.as_str());
    let called =
        |label: &str, unit: &str| Called { label: label.to_owned(), unit: unit.to_owned() };
    if let Some(calculated) = calculated(form, value) {
        return called(&calculated.label, &calculated.unit);
    }
    let found = match by {
        Some(by) => column(form, &by.table, &by.value),
        None => field(form, value),
    };
    found.map_or_else(|| called("", ""), |field| called(&field.label, &field.unit))
}

/// The entries of the list that a key of a table takes, in their order: id and label.
pub(super) fn entries<'f>(form: &'f Form, table: &str, key: &str) -> Vec<(&'f str, &'f str)> {
    let Some(number) = list(form, table, key) else { return Vec::new() };
    form.list(number).iter().map(|own| (own.id.as_str(), own.label.as_str())).collect()
}

/// A calculated value, by id.
pub(super) fn calculated<'f>(form: &'f Form, id: &str) -> Option<&'f Calculated> {
    form.template.source().calculated.iter().find(|own| own.id == id)
}

/// A field, by `section.field`.
pub(super) fn field<'f>(form: &'f Form, id: &str) -> Option<&'f Field> {
    let (section, field) = id.split_once('.')?;
    let section = form.template.source().sections.iter().find(|own| own.id == section)?;
    section.fields.iter().find(|own| own.id == field)
}

/// A column of a table.
pub(super) fn column<'f>(form: &'f Form, table: &str, id: &str) -> Option<&'f Field> {
    field(form, table)?.columns.iter().find(|column| column.id == id)
}

/// The heading of a column, a key or a calculated value of a row.
pub(super) fn heading<'f>(form: &'f Form, table: &str, id: &str) -> &'f str {
    let key = || {
        let table = field(form, table)?;
        Some(table.keys.iter().find(|key| key.id == id)?.label.as_str())
    };
    let own = calculated(form, id).map(|own| own.label.as_str());
    own.or_else(|| column(form, table, id).map(|own| own.label.as_str())).or_else(key).unwrap_or("")
}

/// The number of the list that a key of a table takes its entries from.
fn list(form: &Form, table: &str, key: &str) -> Option<usize> {
    let (section, field) = table.split_once('.')?;
    let sections = &form.template.source().sections;
    let s = sections.iter().position(|own| own.id == section)?;
    let f = sections.get(s)?.fields.iter().position(|own| own.id == field)?;
    let key = sections.get(s)?.fields.get(f)?.keys.iter().position(|own| own.id == key)?;
    let plan =
        form.template.plan().tables.iter().find(|plan| plan.section == s && plan.field == f)?;
    plan.lists.get(key).copied()
}
