//! Answers as they stand in a file: `{section: {field: A}}`, a table as an array of rows known by
//! their key fields. `A` is absent, a scalar, an array of ids, `{"na": true}` or
//! `{"not_known": "reason"}`.

use super::place::row_keys;
use super::{Answer, Answers, Asked, Held, Place, Row, Scalar, Stray};
use crate::collection::Form;
use crate::gather::Gather as _;
use crate::json::{Map, Value};
use crate::template::FieldKind;
use crate::template::source::{Field, SectionKind};
use thiserror::Error;

/// Why answers could not be read: the place, and what stands there.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("{message} (at {pointer})")]
pub struct AnswersError {
    /// The JSON pointer (RFC 6901) from the members read.
    pub pointer: String,
    /// What is wrong.
    pub message: String,
}

impl AnswersError {
    fn new(pointer: &str, message: impl Into<String>) -> Self {
        Self { pointer: pointer.to_owned(), message: message.into() }
    }
}

type Members = Map;

impl Answers {
    /// Reads the members `answers` and `declared` of a file.
    ///
    /// # Errors
    /// A section or field the template does not have, a value of another type, a row that is no
    /// object. Rows outside the lists, given twice or left out are kept for the rules to name.
    pub fn read(form: &Form, answers: &Members, declared: &Members) -> Result<Self, AnswersError> {
        let mut read = Self::empty(form);
        let sections = &form.template.source().sections;
        for (id, value) in answers {
            let pointer = under("/answers", id);
            let section = sections
                .iter()
                .position(|s| s.id == *id && s.kind == SectionKind::Answers)
                .ok_or_else(|| AnswersError::new(&pointer, "the template has no such section"))?;
            let fields = object(&pointer, value)?;
            read.section(form, section, &pointer, fields)?;
        }
        match sections.iter().position(|s| s.kind == SectionKind::Declared) {
            Some(section) => read.section(form, section, "/declared", declared)?,
            None if declared.is_empty() => {}
            None => return Err(AnswersError::new("/declared", "the template declares nothing")),
        }
        Ok(read)
    }

    fn section(
        &mut self,
        form: &Form,
        section: usize,
        pointer: &str,
        members: &Members,
    ) -> Result<(), AnswersError> {
        let Some(source) = form.template.source().sections.get(section) else { return Ok(()) };
        for (field, item) in source.fields.iter().enumerate() {
            if item.kind == FieldKind::Table
                && let Some(Held::Table(table)) = self.held_mut(section, field)
            {
                for row in &mut table.rows {
                    row.present = false;
                }
            }
        }
        for (id, value) in members {
            let pointer = under(pointer, id);
            let number = source.fields.iter().position(|f| f.id == *id);
            let Some((number, field)) = number.and_then(|n| Some((n, source.fields.get(n)?)))
            else {
                return Err(AnswersError::new(&pointer, "the template has no such field"));
            };
            if field.kind == FieldKind::Table {
                self.table(form, (section, number), field, &pointer, value)?;
            } else {
                let answer = answer(field, &pointer, value)?;
                if let Some(Held::One(slot)) = self.held_mut(section, number) {
                    *slot = answer;
                }
            }
        }
        Ok(())
    }

    fn table(
        &mut self,
        form: &Form,
        (section, number): (usize, usize),
        field: &Field,
        pointer: &str,
        value: &Value,
    ) -> Result<(), AnswersError> {
        let Value::Array(rows) = value else {
            return Err(AnswersError::new(pointer, "a table is an array of rows"));
        };
        let most = field.max_rows.and_then(|m| usize::try_from(m).ok()).unwrap_or(usize::MAX);
        if rows.len() > most {
            return Err(AnswersError::new(
                pointer,
                [&rows.len().to_string(), " rows, and the most is ", &most.to_string()].concat(),
            ));
        }
        let count = self.rows(section, number).len();
        let mut known: Vec<Vec<String>> = Vec::new();
        for row in 0..count {
            let mut entries = Vec::new();
            for key in row_keys(form, self, section, number, row) {
                entries.push(key.entry.to_owned());
            }
            known.push(entries);
        }
        for (index, value) in rows.iter().enumerate() {
            let pointer = under(pointer, &index.to_string());
            let members = object(&pointer, value)?;
            let (keys, cells) = row(field, &pointer, members)?;
            let Some(Held::Table(table)) = self.held_mut(section, number) else { return Ok(()) };
            if !field.key_columns.is_empty() {
                table.rows.push(Row { cells, present: true, read: true, ..Row::default() });
                continue;
            }
            let place = known.iter().position(|key| *key == keys);
            match place.and_then(|at| table.rows.get_mut(at)) {
                Some(row) if !row.present => {
                    row.present = true;
                    row.read = true;
                    row.cells = cells;
                }
                found => table.strays.push(Stray { keys, duplicate: found.is_some() }),
            }
        }
        Ok(())
    }

    /// Writes the members `answers` and `declared`, leaving out what is hidden. Rows stand in
    /// template order; a row with nothing answered still has its keys.
    pub fn write(&self, form: &Form, asked: &Asked) -> (Members, Members) {
        let mut answers = Members::new();
        let mut declared = Members::new();
        for (s, section) in form.template.source().sections.iter().enumerate() {
            let mut members = Members::new();
            for (f, field) in section.fields.iter().enumerate().filter(|(f, _)| asked.field(s, *f))
            {
                let value = match self.held(s, f) {
                    Some(Held::One(answer)) => to_json(answer),
                    Some(Held::Table(table)) => {
                        let mut rows = Vec::new();
                        for row in 0..table.rows.len() {
                            if asked.row(form, s, f, row) {
                                rows.push(self.write_row(form, asked, (s, f), field, row));
                            }
                        }
                        Some(Value::Array(rows))
                    }
                    None => None,
                };
                if let Some(value) = value {
                    members.insert(field.id.clone(), value);
                }
            }
            match section.kind {
                SectionKind::Declared => declared = members,
                SectionKind::Answers if members.is_empty() => {}
                SectionKind::Answers => {
                    answers.insert(section.id.clone(), Value::Object(members));
                }
            }
        }
        (answers, declared)
    }

    fn write_row(
        &self,
        form: &Form,
        asked: &Asked,
        (s, f): (usize, usize),
        field: &Field,
        row: usize,
    ) -> Value {
        let mut members = Members::new();
        if field.key_columns.is_empty() {
            for key in row_keys(form, self, s, f, row) {
                members.insert(key.key.to_owned(), Value::String(key.entry.to_owned()));
            }
        }
        let cells = self.rows(s, f).get(row).map_or(&[][..], |row| row.cells.as_slice());
        for (number, (column, answer)) in field.columns.iter().zip(cells).enumerate() {
            if asked.place(form, Place::cell(s, f, row, number))
                && let Some(value) = to_json(answer)
            {
                members.insert(column.id.clone(), value);
            }
        }
        Value::Object(members)
    }
}

/// The pointer to a member of what is at another.
fn under(pointer: &str, id: &str) -> String {
    [pointer, "/", id].concat()
}

fn object<'v>(pointer: &str, value: &'v Value) -> Result<&'v Members, AnswersError> {
    value.as_object().ok_or_else(|| AnswersError::new(pointer, "this must be an object"))
}

/// The keys, in key order, and the cells, in column order, of one row of a file.
fn row(
    field: &Field,
    pointer: &str,
    members: &Members,
) -> Result<(Vec<String>, Vec<Answer>), AnswersError> {
    let mut keys = Vec::new();
    for key in &field.keys {
        let value = members.get(&key.id).and_then(Value::as_str);
        let value = value.ok_or_else(|| {
            AnswersError::new(pointer, ["the row does not say its ", &key.id].concat())
        })?;
        keys.push(value.to_owned());
    }
    let mut cells = vec![Answer::Unanswered; field.columns.len()];
    for (id, value) in members {
        if field.keys.iter().any(|key| key.id == *id) {
            continue;
        }
        let pointer = under(pointer, id);
        let column = field.columns.iter().zip(&mut cells).find(|(column, _)| column.id == *id);
        let Some((column, slot)) = column else {
            return Err(AnswersError::new(&pointer, "the table has no such column"));
        };
        *slot = answer(column, &pointer, value)?;
    }
    Ok((keys, cells))
}

impl Answer {
    /// The answer to a field in the form of a file; nothing where it is of another type.
    pub fn of(field: &Field, value: &Value) -> Option<Self> {
        answer(field, "", value).ok()
    }
}

fn answer(field: &Field, pointer: &str, value: &Value) -> Result<Answer, AnswersError> {
    let wrong = |wanted: &str| AnswersError::new(pointer, ["this must be ", wanted].concat());
    if let Value::Object(state) = value {
        let mut members = state.iter();
        return match (members.next(), members.next()) {
            (Some((name, Value::Bool(true))), None) if name == "na" => Ok(Answer::NotApplicable),
            (Some((name, Value::String(reason))), None)
                if name == "not_known" && !reason.trim().is_empty() =>
            {
                Ok(Answer::NotKnown(reason.clone()))
            }
            _ => Err(wrong("a value, {\"na\": true} or {\"not_known\": \"the reason\"}")),
        };
    }
    let scalar = match field.kind {
        FieldKind::Choices => Scalar::List(ids(value).ok_or_else(|| wrong("a list of answers"))?),
        FieldKind::Count => Scalar::Int(value.as_i64().ok_or_else(|| wrong("a whole number"))?),
        FieldKind::Duration => {
            Scalar::Int(value.as_i64().ok_or_else(|| wrong("a whole number of seconds"))?)
        }
        FieldKind::YesNo => Scalar::Bool(value.as_bool().ok_or_else(|| wrong("true or false"))?),
        _ => Scalar::Text(value.as_str().ok_or_else(|| wrong("text"))?.to_owned()),
    };
    Ok(Answer::Value(scalar))
}

/// A list of ids with something in it, each once.
fn ids(value: &Value) -> Option<Vec<String>> {
    let mut ids: Vec<String> = Vec::new();
    for item in value.as_array()? {
        ids.push(item.as_str()?.to_owned());
    }
    // Side by side, so that a long list costs no more than its sorting.
    let mut sorted: Vec<&String> = ids.iter().gather();
    sorted.sort_unstable();
    let twice = sorted.windows(2).any(|pair| matches!(pair, [one, other] if one == other));
    (!ids.is_empty() && !twice).then_some(ids)
}

fn to_json(answer: &Answer) -> Option<Value> {
    let state = |name: &str, value: Value| Some(crate::json::object(&mut [(name, value)]));
    match answer {
        Answer::NotApplicable => state("na", Value::Bool(true)),
        Answer::NotKnown(reason) => state("not_known", Value::String(reason.clone())),
        Answer::Unanswered => None,
        Answer::Value(Scalar::Bool(value)) => Some(Value::Bool(*value)),
        Answer::Value(Scalar::Int(value)) => Some(Value::from(*value)),
        Answer::Value(Scalar::List(ids)) => Some(ids.clone().into()),
        Answer::Value(Scalar::Text(value)) => Some(Value::String(value.clone())),
    }
}
