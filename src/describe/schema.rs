//! What a file may hold as answers, as JSON Schema 2020-12: what the reader of files takes and the check of each answer
//! on its own lets pass. What rules say of answers together is not in it, nor which answers are required: a draft may
//! leave any of them out.

use crate::answers::entry;
use crate::check::{LONGEST_EXPLANATION, SHORTEST_EXPLANATION};
use crate::collection::Form;
use crate::gather::Gather as _;
use crate::json;
use crate::json::{Map, Value};
use crate::template::FieldKind;
use crate::template::source::{Field, Section, SectionKind};

/// London civil date and time, whole minutes. That the time is there, and there once, no pattern says.
const MOMENT: &str =
    "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]$";
const DATE: &str = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
/// More than spaces.
const SOMETHING: &str = "\\S";

/// The schema of the members `answers` and `declared` of a draft or a return.
pub fn schema(form: &Form) -> Value {
    let template = form.template.source();
    let collection = form.collection.source();
    let of_kind = |kind: SectionKind| {
        let sections = template.sections.iter().filter(move |section| section.kind == kind);
        sections.map(|section| (section.id.clone(), self::section(form, section)))
    };
    let answers = members(of_kind(SectionKind::Answers).collect(), Vec::new());
    // What is declared stands in one section, and the member holds its answers.
    let declared = of_kind(SectionKind::Declared).next().map(|(_, schema)| schema);
    let declared = declared.unwrap_or_else(|| members(Map::new(), Vec::new()));
    let stage = form.stage.map(|stage| format!(", {stage}")).unwrap_or_default();
    let both = [("answers", answers), ("declared", declared)];
    let both = both.map(|(name, schema)| (name.to_owned(), schema)).into_iter().collect();
    let mut whole = members(both, vec!["answers".to_owned(), "declared".to_owned()]);
    let title = format!("{}{stage}: {}", template.title, collection.title);
    let comment = format!(
        "Template {} version {}, SHA-256 {}. Collection {}, SHA-256 {}.",
        template.id,
        template.version,
        form.template.sha256(),
        collection.id,
        form.collection.sha256(),
    );
    for (name, value) in [
        ("$schema", Value::from("https://json-schema.org/draft/2020-12/schema")),
        ("$comment", comment.into()),
        ("$defs", states()),
        ("title", title.into()),
        ("description", template.purpose.as_str().into()),
    ] {
        set(&mut whole, name, value);
    }
    whole
}

/// The two answers that are no value.
fn states() -> Value {
    let state = |name: &str, of: Value, says: &str| {
        let mut state =
            members([(name.to_owned(), of)].into_iter().collect(), vec![name.to_owned()]);
        set(&mut state, "description", says.into());
        state
    };
    let reason = json!({
        "maxLength": LONGEST_EXPLANATION, "minLength": SHORTEST_EXPLANATION, "pattern": SOMETHING,
        "type": "string",
    });
    json!({
        "na": state("na", json!({ "const": true }), "Not applicable: so for every column of the row together. The reader takes it of any answer; it stands here where the template allows it."),
        "not_known": state("not_known", reason, "Not known, and why. The reader takes it of any answer; it stands here where the template allows it."),
    })
}

/// An object of these members and no other.
fn members(properties: Map, required: Vec<String>) -> Value {
    let mut object =
        json!({ "additionalProperties": false, "properties": properties, "type": "object" });
    if !required.is_empty() {
        set(&mut object, "required", required.into());
    }
    object
}

fn set(schema: &mut Value, name: &str, value: Value) {
    if let Some(members) = schema.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
}

fn section(form: &Form, section: &Section) -> Value {
    let fields = section.fields.iter().map(|field| {
        let schema = if field.kind == FieldKind::Table {
            table(form, field)
        } else {
            answer(form, field, field.not_applicable.is_some())
        };
        (field.id.clone(), schema)
    });
    let mut schema = members(fields.collect(), Vec::new());
    set(&mut schema, "title", section.title.as_str().into());
    if section.show_when.is_some() {
        set(&mut schema, "description", "Left out where it is not asked.".into());
    }
    schema
}

/// Rows known by their keys. What people name rows by may be blank while they write it.
fn table(form: &Form, field: &Field) -> Value {
    let mut properties = Map::new();
    for key in &field.keys {
        let lists = &form.template.source().lists;
        let list = lists.iter().position(|list| list.id == key.list);
        let entries = list.map(|number| form.list(number)).unwrap_or_default();
        let ids = entries.iter().map(|entry| entry.id.clone()).gather();
        let schema = json!({ "enum": ids, "title": &key.label, "type": "string" });
        properties.insert(key.id.clone(), schema);
    }
    // One column says the words, and the whole row is marked.
    let not_applicable = field.columns.iter().any(|column| column.not_applicable.is_some());
    for column in &field.columns {
        properties.insert(column.id.clone(), answer(form, column, not_applicable));
    }
    let keys = field.keys.iter().map(|key| key.id.clone()).gather();
    let mut schema = json!({ "items": members(properties, keys), "type": "array" });
    if let Some(most) = field.max_rows {
        set(&mut schema, "maxItems", most.into());
    }
    let by = match field.key_columns.as_slice() {
        [] => "One row for each combination of its keys that is asked, each once.".to_owned(),
        names => format!("Rows that people add, named by {}, each once.", names.join(" and ")),
    };
    set(&mut schema, "title", field.label.as_str().into());
    set(&mut schema, "description", by.into());
    schema
}

fn answer(form: &Form, field: &Field, not_applicable: bool) -> Value {
    let mut schema = value(form, field);
    let state = |name: &str| json!({ "$ref": format!("#/$defs/{name}") });
    let states: Vec<Value> = [("na", not_applicable), ("not_known", field.not_known)]
        .into_iter()
        .filter(|(_, allowed)| *allowed)
        .map(|(name, _)| state(name))
        .gather();
    if !states.is_empty() {
        let all: Vec<Value> = std::iter::once(schema).chain(states).gather();
        schema = json!({ "anyOf": all });
    }
    set(&mut schema, "title", field.label.as_str().into());
    let description = description(field);
    if !description.is_empty() {
        set(&mut schema, "description", description.into());
    }
    schema
}

/// What else there is to know, in sentences.
fn description(field: &Field) -> String {
    let mut said = Vec::new();
    if !field.unit.is_empty() {
        said.push(format!("Unit: {}.", field.unit));
    }
    if field.kind == FieldKind::Duration {
        said.push("Whole seconds.".to_owned());
    }
    if field.kind == FieldKind::Moment {
        said.push("Like 2023-07-28T09:00, in UK time.".to_owned());
    }
    if field.prefill.is_some() {
        said.push("Filled in from the collection and the organisation.".to_owned());
    }
    if !field.hint.is_empty() {
        said.push(field.hint.clone());
    }
    said.extend(field.guidance.iter().cloned());
    said.join(" ")
}

fn value(form: &Form, field: &Field) -> Value {
    let (least, greatest) = entry::bounds(field);
    let options = || form.options(field).iter().map(|option| option.id.clone()).gather();
    match field.kind {
        FieldKind::Choice => json!({ "enum": options(), "type": "string" }),
        FieldKind::Choices => {
            let item = json!({ "enum": options(), "type": "string" });
            json!({ "items": item, "minItems": 1, "type": "array", "uniqueItems": true })
        }
        FieldKind::Count | FieldKind::Duration => {
            json!({ "maximum": greatest, "minimum": least, "type": "integer" })
        }
        FieldKind::Date => json!({ "format": "date", "pattern": DATE, "type": "string" }),
        FieldKind::Moment => json!({ "pattern": MOMENT, "type": "string" }),
        FieldKind::YesNo => json!({ "type": "boolean" }),
        FieldKind::Email => json!({
            "format": "email", "maxLength": greatest, "minLength": least.max(1), "type": "string",
        }),
        // A table is no answer; it has a schema of its own.
        FieldKind::Line | FieldKind::Table | FieldKind::Text => json!({
            "maxLength": greatest, "minLength": least.max(1), "pattern": SOMETHING, "type": "string",
        }),
    }
}
