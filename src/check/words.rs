//! Values as people read them, and the messages of faults, whose wording is in the template.

use super::finding::RowKey;
use super::scene::{Scene, Where};
use super::values::Worked;
use crate::answers::entry::duration_words;
use crate::answers::{Answer, Answers, KeyOf, Place, Scalar, Stray};
use crate::collection::Form;
use crate::gather::Gather as _;
use crate::letters::Join as _;
use crate::rule::Value;
use crate::template::source::{Calculated, FaultKind, Field};
use crate::template::{FieldKind, Message, Named, Part, Severity};
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
                FaultKind::ContactDetails | FaultKind::NhsNumberReference => Severity::Query,
                FaultKind::PlaceholderNumber => Severity::Note,
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
    match typed.char_indices().nth(MOST) {
        None => typed.to_owned(),
        Some((end, _)) => [typed.get(..end).unwrap_or_default(), "…"].concat(),
    }
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

/// A message with its values filled in.
pub(super) fn message(scene: &mut Scene<'_>, message: &Message, at: Where) -> String {
    // Most are one to three lines.
    let mut text = String::with_capacity(240);
    for part in &message.parts {
        match part {
            Part::Words(words) => text.push_str(words),
            Part::Value(program, named) => {
                if let Ok(found) = scene.run(program, at) {
                    text.push_str(&in_words(scene.form, *named, &found));
                }
            }
        }
    }
    text
}

/// A value in the words of what it is the answer to.
pub(super) fn in_words(form: &Form, named: Option<Named>, found: &Value) -> String {
    let template = &form.template;
    let field = match named {
        None => None,
        Some(Named::Calculated(index)) => {
            let source = template.source().calculated.get(index);
            return source.map_or_else(|| value(found), |source| calculated(source, found));
        }
        Some(Named::Column(table, column)) => {
            let plan = template.plan().tables.get(table);
            plan.and_then(|p| Place::cell(p.section, p.field, 0, column).field(form))
        }
        Some(Named::Field(section, field)) => Place::plain(section, field).field(form),
    };
    field.map_or_else(|| value(found), |field| of_field(form, field, found))
}

/// A value in the words of the field that it is the answer to.
fn of_field(form: &Form, field: &Field, found: &Value) -> String {
    match found {
        Value::Int(seconds) if field.kind == FieldKind::Duration => duration_words(*seconds),
        Value::Text(id) => option(form, field, id),
        Value::List(items) => {
            let mut words = Vec::new();
            for item in &**items {
                words.push(match item {
                    Value::Text(id) => option(form, field, id),
                    other => value(other),
                });
            }
            words.joined(", ")
        }
        _ => value(found),
    }
}

/// An answer in words, whichever of the four states it is in.
pub fn answer_words(form: &Form, field: &Field, answer: &Answer) -> String {
    match answer {
        Answer::NotApplicable => "not applicable".to_owned(),
        Answer::NotKnown(reason) => ["not known: ", reason].concat(),
        Answer::Unanswered => "not answered".to_owned(),
        Answer::Value(_) => of_field(form, field, &super::value(field.kind, answer)),
    }
}

/// A calculated value in words: a number with its decimals and its unit, or what its band is called; and how many of its
/// parts are blank. A total of blanks alone is not nought.
pub fn worked_words(form: &Form, worked: &Worked) -> String {
    let named = Some(Named::Calculated(worked.index));
    let mut words = in_words(form, named, &worked.value);
    let source = form.template.source().calculated.get(worked.index);
    let is_percent = source.is_some_and(|source| source.unit == "%");
    if is_percent && matches!(worked.value, Value::Int(_)) {
        words.push('%');
    }
    if worked.unknown == 0 {
        return words;
    }
    let blank = [&number_words(worked.unknown), " blank"].concat();
    if worked.value == Value::Int(0) { blank } else { [&words, " (", &blank, ")"].concat() }
}

/// A calculated value: the words of its band, or the number with its decimals.
fn calculated(source: &Calculated, found: &Value) -> String {
    match found {
        Value::Text(id) => {
            let band = source.bands.iter().find(|band| band.id == **id);
            band.map_or_else(|| value(found), |band| band.label.clone())
        }
        Value::Int(number) if source.decimals > 0 => with_decimals(*number, source.decimals),
        _ => value(found),
    }
}

/// A whole number of tenths or hundredths as people write it: 591 with 1 decimal is 59.1.
pub fn with_decimals(number: i64, decimals: u8) -> String {
    let unit = 10_u64.saturating_pow(u32::from(decimals));
    let size = number.unsigned_abs();
    let whole = number_words(i64::try_from(size / unit).unwrap_or(i64::MAX));
    let sign = if number < 0 { "\u{2212}" } else { "" };
    let part = size % unit;
    if decimals == 0 {
        return [sign, &whole].concat();
    }
    format!("{sign}{whole}.{part:0width$}", width = usize::from(decimals))
}

fn option(form: &Form, field: &Field, id: &str) -> String {
    let found = form.options(field).iter().find(|option| option.id == id);
    found.map_or(id, |option| option.label.as_str()).to_owned()
}

/// A name of a row by its number there, and what has words for it.
pub(super) fn row_name(form: &Form, table: usize, slot: usize) -> (&str, Option<Named>) {
    let template = &form.template;
    let Some(plan) = template.plan().tables.get(table) else { return ("", None) };
    let section = template.source().sections.get(plan.section);
    let Some(field) = section.and_then(|s| s.fields.get(plan.field)) else { return ("", None) };
    if let Some(key) = field.keys.get(slot) {
        return (&key.id, None);
    }
    let column = slot - field.keys.len();
    if let Some(found) = field.columns.get(column) {
        return (&found.id, Some(Named::Column(table, column)));
    }
    let item = plan.calculated.get(column - field.columns.len());
    let source = item.and_then(|item| template.source().calculated.get(item.index));
    source.zip(item).map_or(("", None), |(source, item)| {
        (source.id.as_str(), Some(Named::Calculated(item.index)))
    })
}

/// A value as it stands in a message.
pub(super) fn value(value: &Value) -> String {
    match value {
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Date(days) => Date::from_days(*days).map(Date::words).unwrap_or_default(),
        Value::Int(number) => number_words(*number),
        Value::List(items) => items.iter().map(self::value).gather().joined(", "),
        Value::Moment(seconds) => Instant::from_seconds(*seconds)
            .map(|at| format!("{} on {}", at.clock_words(), at.date_words()))
            .unwrap_or_default(),
        Value::Record(_) => String::new(),
        Value::Text(text) => (**text).to_owned(),
        Value::Unknown(_) => "not known".to_owned(),
    }
}

/// A stored value as text.
pub(super) fn scalar(scalar: &Scalar) -> String {
    match scalar {
        Scalar::Bool(true) => "yes".to_owned(),
        Scalar::Bool(false) => "no".to_owned(),
        Scalar::Int(number) => number.to_string(),
        Scalar::List(ids) => ids.joined(", "),
        Scalar::Text(text) => text.clone(),
    }
}

fn keys<'a>(form: &'a Form, answers: &'a Answers, place: Place) -> Vec<KeyOf<'a>> {
    let Some((row, _)) = place.cell else { return Vec::new() };
    crate::answers::row_keys(form, answers, place.section, place.field, row)
}

/// The label of a field; of a cell, with its row: “Due to start a shift, Sonographers, Tuesday
/// 25 July 2023”.
pub fn label(form: &Form, answers: &Answers, place: Place, field: &Field) -> String {
    let mut label = field.label.clone();
    for key in keys(form, answers, place).into_iter().rev() {
        label.push_str(", ");
        label.push_str(&key.label);
    }
    label
}

/// The key of the row a place is in.
pub(super) fn row_key(form: &Form, answers: &Answers, place: Place) -> RowKey {
    let mut row = RowKey::new();
    for key in keys(form, answers, place) {
        row.insert(key.key.to_owned(), key.entry.to_owned());
    }
    row
}

/// A row that has no place in its table.
pub(super) fn stray(stray: &Stray) -> String {
    let row = stray.keys.joined(", ");
    if stray.duplicate {
        format!("The row for {row} is given twice. Keep one of them.")
    } else {
        format!("The collection does not ask for {row}. Take the row out.")
    }
}

/// What is said of a row that stands in the file: left out, given twice, not asked here.
pub(super) fn of_row(form: &Form, answers: &Answers, place: Place, said: [&str; 2]) -> String {
    let mut labels = Vec::new();
    for key in keys(form, answers, place) {
        labels.push(key.label);
    }
    let [before, after] = said;
    [before, &labels.joined(", "), after].concat()
}
