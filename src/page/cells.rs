//! A return as cells in the order of the collection's official workbook, so that one entry serves both.

use super::screen::totals::heading;
use super::work::Work;
use crate::answers::{Answer, Place, Scalar, row_keys};
use crate::collection::{Block, Workbook};
use crate::rule::Value;
use crate::template::source::{Field, Scope};

/// The workbook that a return can be copied into, where its collection has one.
pub(super) fn workbook(work: &Work) -> Option<&Workbook> {
    let form = &work.draft.form;
    let mut workbooks = form.collection.source().workbooks.iter();
    workbooks.find(|book| book.template == form.template.source().id)
}

/// The cells, as a spreadsheet takes them: a tab between cells, a line for each row.
pub(super) fn text(work: &Work, workbook: &Workbook) -> String {
    let mut text = String::new();
    for block in &workbook.blocks {
        for id in &block.fields {
            put(&mut text, &single(work, id));
            end_row(&mut text);
        }
        rows(work, block, &mut text);
    }
    text
}

/// An answer, or a total of the return.
fn single(work: &Work, id: &str) -> String {
    let form = &work.draft.form;
    if let Some(place) = Place::parse(id, form, &work.draft.answers) {
        return place.field(form).map(|field| cell(work, field, place)).unwrap_or_default();
    }
    let calculated = &form.template.source().calculated;
    let mut totals = work.checked.values().totals.iter();
    let total = totals.find(|total| calculated.get(total.index).is_some_and(|it| it.id == id));
    total.map(|total| plain(&total.value)).unwrap_or_default()
}

/// The rows of a table.
fn rows(work: &Work, block: &Block, text: &mut String) {
    let form = &work.draft.form;
    let table = work.layout.tables.iter().find(|table| Some(&table.id) == block.table.as_ref());
    let Some(table) = table else { return };
    let Some(field) = super::screen::grid::field(work, table) else { return };
    let column_of = |id: &String| field.columns.iter().position(|column| column.id == *id);
    let source = form.template.source();
    let mut of_row = Vec::new();
    for calculated in &source.calculated {
        if calculated.scope == Scope::Row {
            of_row.push(calculated);
        }
    }
    if block.heading {
        for id in &block.keys {
            let key = field.keys.iter().find(|key| key.id == *id);
            put(text, key.map_or(id, |key| &key.label));
        }
        for id in &block.columns {
            let column = column_of(id).and_then(|at| field.columns.get(at));
            let calculated = of_row.iter().find(|it| it.id == *id);
            let words = match (column, calculated) {
                (Some(it), _) => heading(&it.short, &it.label),
                (None, Some(it)) => heading(&it.short, &it.label),
                (None, None) => id,
            };
            put(text, words);
        }
        end_row(text);
    }
    for row in table.rows().filter(|row| work.is_asked(table, row)) {
        let keys = row_keys(form, &work.draft.answers, table.at.0, table.at.1, row.row);
        for id in &block.keys {
            put(text, keys.iter().find(|key| key.key == id).map_or("", |key| &key.label));
        }
        let worked = work.checked.values().rows.get(table.number);
        let worked = worked.and_then(|rows| rows.get(row.row)).unwrap_or_default();
        for id in &block.columns {
            if let Some(column) = column_of(id) {
                let place = Place::cell(table.at.0, table.at.1, row.row, column);
                put(
                    text,
                    &field.columns.get(column).map(|it| cell(work, it, place)).unwrap_or_default(),
                );
            } else {
                let is_it =
                    |index: usize| source.calculated.get(index).is_some_and(|it| it.id == *id);
                let value = worked.iter().find(|item| is_it(item.index));
                put(text, &value.map(|item| plain(&item.value)).unwrap_or_default());
            }
        }
        end_row(text);
    }
}

/// An answer as a cell. Blank and not applicable are empty cells.
fn cell(work: &Work, field: &Field, place: Place) -> String {
    let options = work.draft.form.options(field);
    let label = |id: &str| {
        let option = options.iter().find(|option| option.id == id);
        option.map_or_else(|| id.to_owned(), |option| option.label.clone())
    };
    match work.draft.answers.at(place) {
        Answer::NotApplicable | Answer::Unanswered => String::new(),
        Answer::NotKnown(_) => "not known".to_owned(),
        Answer::Value(Scalar::Bool(yes)) => if *yes { "Yes" } else { "No" }.to_owned(),
        Answer::Value(Scalar::Int(number)) => number.to_string(),
        Answer::Value(Scalar::List(ids)) => {
            let mut words = String::new();
            for id in ids {
                if !words.is_empty() {
                    words.push_str(", ");
                }
                words.push_str(&label(id));
            }
            words
        }
        Answer::Value(Scalar::Text(text)) => label(text),
    }
}

/// A calculated value as a cell.
fn plain(value: &Value) -> String {
    match value {
        Value::Int(number) => number.to_string(),
        Value::Text(text) => text.to_string(),
        Value::Bool(yes) => if *yes { "Yes" } else { "No" }.to_owned(),
        _ => String::new(),
    }
}

/// Adds a cell to a row. What a spreadsheet would take for a formula is marked as text, as people mark it there.
fn put(text: &mut String, cell: &str) {
    if cell.starts_with(['=', '+', '-', '@']) && cell.parse::<i64>().is_err() {
        text.push('\'');
    }
    for letter in cell.chars() {
        text.push(if letter.is_control() { ' ' } else { letter });
    }
    text.push('\t');
}

fn end_row(text: &mut String) {
    text.pop();
    text.push('\n');
}
