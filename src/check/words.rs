//! Values as people read them, and the messages of faults, whose wording is in the template.

use super::finding::RowKey;
use crate::answers::{Answers, Place, Scalar, Stray};
use crate::collection::Form;
use crate::rule::Value;
use crate::template::source::{FaultKind, Field};
use crate::template::{FieldKind, Severity};
use crate::time::{Date, Instant};

/// What a fault's message may name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Names<'a> {
    pub(super) label: &'a str,
    pub(super) typed: &'a str,
    pub(super) least: i64,
    pub(super) greatest: i64,
    pub(super) count: i64,
}

/// The rule id, severity and message of a fault. The template's own kind of field comes first.
pub(super) fn fault(
    form: &Form,
    kind: FaultKind,
    field: FieldKind,
    names: &Names<'_>,
) -> (String, Severity, String) {
    let faults = &form.template.source().faults;
    let found = faults
        .iter()
        .find(|fault| fault.kind == kind && fault.field_kind == Some(field))
        .or_else(|| faults.iter().find(|fault| fault.kind == kind && fault.field_kind.is_none()));
    match found {
        Some(fault) => {
            let severity = fault.severity.unwrap_or(match kind {
                FaultKind::ContactDetails => Severity::Query,
                _ => Severity::Error,
            });
            (fault.id.clone(), severity, fill(&fault.message, names))
        }
        // The linter asks for a message of every kind, so this is a template made elsewhere.
        None => ("XE18".to_owned(), Severity::Error, format!("Check “{}”", names.label)),
    }
}

/// Fills `{label}`, `{typed}`, `{min}`, `{max}` and `{count}` in, once, left to right: what a
/// person typed is never looked at for names.
fn fill(message: &str, names: &Names<'_>) -> String {
    let mut text = String::new();
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            rest = after;
            break;
        };
        match name {
            "label" => text.push_str(names.label),
            "typed" => text.push_str(&shortened(names.typed)),
            "min" => text.push_str(&number_words(names.least)),
            "max" => text.push_str(&number_words(names.greatest)),
            "count" => text.push_str(&number_words(names.count)),
            _ => {}
        }
        rest = tail;
    }
    text.push_str(rest);
    text
}

/// Long texts are quoted by their beginning.
fn shortened(typed: &str) -> String {
    const MOST: usize = 60;
    if typed.chars().count() <= MOST {
        return typed.to_owned();
    }
    typed.chars().take(MOST).chain(['…']).collect()
}

/// A whole number with commas at thousands.
pub fn number_words(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    if number < 0 {
        text.push('\u{2212}');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A value as it stands in a message.
pub(super) fn value(value: &Value) -> String {
    match value {
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Date(days) => Date::from_days(*days).map(Date::words).unwrap_or_default(),
        Value::Int(number) => number_words(*number),
        Value::List(items) => items.iter().map(self::value).collect::<Vec<_>>().join(", "),
        Value::Moment(seconds) => Instant::from_seconds(*seconds)
            .map(|at| format!("{} on {}", at.clock_words(), at.date_words()))
            .unwrap_or_default(),
        Value::Record(_) => String::new(),
        Value::Text(text) => text.to_string(),
        Value::Unknown(_) => "not known".to_owned(),
    }
}

/// A stored value as text.
pub(super) fn scalar(scalar: &Scalar) -> String {
    match scalar {
        Scalar::Bool(true) => "yes".to_owned(),
        Scalar::Bool(false) => "no".to_owned(),
        Scalar::Int(number) => number.to_string(),
        Scalar::Text(text) => text.clone(),
    }
}

fn keys<'f>(form: &'f Form, answers: &Answers, place: Place) -> Vec<(&'f str, &'f str, &'f str)> {
    let Some((row, _)) = place.cell else { return Vec::new() };
    crate::answers::row_keys(form, answers, place.section, place.field, row)
}

/// The label of a field; of a cell, with its row: “Due to start a shift, Sonographers, Tuesday
/// 25 July 2023”.
pub(super) fn label(form: &Form, answers: &Answers, place: Place, field: &Field) -> String {
    let mut label = field.label.clone();
    for (_, _, entry) in keys(form, answers, place).into_iter().rev() {
        label.push_str(", ");
        label.push_str(entry);
    }
    label
}

/// The key of the row a place is in.
pub(super) fn row_key(form: &Form, answers: &Answers, place: Place) -> RowKey {
    keys(form, answers, place)
        .into_iter()
        .map(|(key, id, _)| (key.to_owned(), id.to_owned()))
        .collect()
}

/// A row that has no place in its table.
pub(super) fn stray(stray: &Stray) -> String {
    let row = stray.keys.join(", ");
    if stray.duplicate {
        format!("The row for {row} is given twice. Keep one of them.")
    } else {
        format!("The collection does not ask for {row}. Take the row out.")
    }
}

/// A row that the file does not have.
pub(super) fn left_out(form: &Form, answers: &Answers, place: Place) -> String {
    let labels: Vec<&str> =
        keys(form, answers, place).into_iter().map(|(_, _, label)| label).collect();
    format!("The row for {} is left out. Add it.", labels.join(", "))
}
