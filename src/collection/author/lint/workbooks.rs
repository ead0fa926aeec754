//! Cell maps name answers that exist.

use crate::collection::{Block, Collection};
use crate::template::source::{Field, Scope, Source};
use crate::template::{Fault, FieldKind, Step, Template, way};
use std::rc::Rc;

pub(super) fn lint(collection: &Collection, templates: &[Rc<Template>]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let source = collection.source();
    for (number, workbook) in source.workbooks.iter().enumerate() {
        let due = source.returns.iter().find(|due| due.template == workbook.template);
        let template = due.and_then(|due| templates.iter().find(|t| t.source().id == due.template));
        let Some(template) = template else {
            let way = way!["workbook", number, "template"];
            let message = format!("the collection asks for no “{}”", workbook.template);
            faults.push(Fault::new(way, message, "Name the template of a [[return]]."));
            continue;
        };
        if workbook.blocks.is_empty() {
            let help = "Add [[workbook.block]].";
            faults.push(Fault::new(way!["workbook", number], "a workbook without cells", help));
        }
        for (place, block) in workbook.blocks.iter().enumerate() {
            let way = way!["workbook", number, "block", place].to_vec();
            check(block, template.source(), &way, &mut faults);
        }
    }
    faults
}

fn check(block: &Block, template: &Source, way: &[Step], faults: &mut Vec<Fault>) {
    let mut fault = |name: &str, number: Option<usize>, message: String, help: &str| {
        let mut way = way.to_vec();
        way.push(name.into());
        way.extend(number.map(Step::from));
        faults.push(Fault::new(&way, message, help));
    };
    for (number, id) in block.fields.iter().enumerate() {
        let plain = field(template, id).is_some_and(|field| field.kind != FieldKind::Table);
        if !plain && !is_total(template, id) {
            let message = format!("{} has no answer “{id}”", template.id);
            fault(
                "fields",
                Some(number),
                message,
                "Name an answer as section.field, or a total of the return.",
            );
        }
    }
    let Some(id) = &block.table else {
        if block.fields.is_empty() {
            fault(
                "fields",
                None,
                "a block without cells".to_owned(),
                "Give fields, or table and columns.",
            );
        }
        return;
    };
    if !block.fields.is_empty() {
        fault("fields", None, "a block of fields and a table".to_owned(), "Make them two blocks.");
    }
    let Some(table) = field(template, id).filter(|field| field.kind == FieldKind::Table) else {
        let message = format!("{} has no table “{id}”", template.id);
        fault("table", None, message, "Name a table as section.field.");
        return;
    };
    let is_key = |id: &String| table.keys.iter().any(|key| key.id == *id);
    let is_column = |id: &String| table.columns.iter().any(|column| column.id == *id);
    let of_row = |name: &String| {
        let mut rows = template.calculated.iter().filter(|c| c.scope == Scope::Row);
        rows.any(|c| c.id == *name && c.table.as_ref() == Some(id))
    };
    for (number, key) in block.keys.iter().enumerate().filter(|(_, k)| !is_key(k) && !is_column(k))
    {
        fault("keys", Some(number), format!("{id} has no key “{key}”"), "Name a key of the table.");
    }
    for (number, column) in block.columns.iter().enumerate() {
        if !is_column(column) && !of_row(column) {
            let help = "Name a column or a calculated value of its rows.";
            fault("columns", Some(number), format!("{id} has no column “{column}”"), help);
        }
    }
    if block.columns.is_empty() {
        fault(
            "columns",
            None,
            "a table without columns".to_owned(),
            "Name the columns from left to right.",
        );
    }
}

/// The field that `section.field` names.
fn field<'t>(template: &'t Source, id: &str) -> Option<&'t Field> {
    let (section, field) = id.split_once('.')?;
    let mut sections = template.sections.iter().filter(|own| own.id == section);
    sections.find_map(|own| own.fields.iter().find(|own| own.id == field))
}

fn is_total(template: &Source, id: &str) -> bool {
    template.calculated.iter().any(|own| own.scope == Scope::Return && own.id == id)
}
