//! One collection joined with one of its templates: every list and parameter present and of the
//! type that the template's rules were checked against.

use super::{Collection, Due, Organisations};
use crate::json::Value as Json;
use crate::rule::Value;
use crate::template::source::{List, Plain};
use crate::template::{Fault, Step, Template, way};
use crate::time::{self, LocalTime, Window};
use std::rc::Rc;

/// One entry of a list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The id, as stored in a row.
    pub id: String,
    /// What people read.
    pub label: String,
    /// The note beside it, where the list has one (`note` or `definition`).
    pub note: String,
    /// The entry as rules see it.
    pub value: Value,
}

/// What is to be answered: a template in a collection.
#[derive(Clone, Debug)]
pub struct Form {
    /// The collection.
    pub collection: Rc<Collection>,
    /// The template.
    pub template: Rc<Template>,
    /// `estimate` or `final`, where the collection asks for the template once for each.
    pub stage: Option<&'static str>,
    /// The organisations of the collection's date.
    pub organisations: Rc<Organisations>,
    /// The window; absent: always open.
    pub window: Option<Window>,
    lists: Vec<Vec<Entry>>,
    parameters: Value,
}

impl Form {
    /// Joins a template with a collection.
    ///
    /// # Errors
    /// Lists or parameters that are missing, of another type, or that no template asks for.
    pub fn new(
        collection: Rc<Collection>,
        template: Rc<Template>,
        stage: Option<&'static str>,
        organisations: Rc<Organisations>,
    ) -> Result<Self, Vec<Fault>> {
        let source = template.source();
        let mut faults = Vec::new();
        let Some((Due { sha256, .. }, window)) = collection.due(&source.id, stage) else {
            return Err(vec![Fault::new(
                way!["return"],
                format!("the collection does not ask for {}", source.id),
                "Add a [[return]] for it.",
            )]);
        };
        if sha256 != template.sha256() {
            faults.push(Fault::new(
                way!["return"],
                format!("the collection was made for another version of {}", source.id),
                "Build the collection again.",
            ));
        }
        let lists =
            source.lists.iter().map(|list| entries(list, &collection, &mut faults)).collect();
        let parameters = parameters(&template, &collection, &mut faults);
        if faults.is_empty() {
            Ok(Self { collection, template, stage, organisations, window, lists, parameters })
        } else {
            Err(faults)
        }
    }

    /// The entries of the template's list with this number.
    pub fn list(&self, number: usize) -> &[Entry] {
        self.lists.get(number).map_or(&[], Vec::as_slice)
    }

    /// The record of the parameters.
    pub fn parameters(&self) -> &Value {
        &self.parameters
    }

    /// The window's state at a time: `before`, `open` or `late`. Without a window, `open`.
    pub fn window_state(&self, now: crate::time::Instant) -> time::WindowState {
        self.window.map_or(time::WindowState::Open, |window| window.state(now))
    }
}

fn entries(list: &List, collection: &Collection, faults: &mut Vec<Fault>) -> Vec<Entry> {
    let Some(items) = Some(collection.source().list(&list.id)).filter(|items| !items.is_empty())
    else {
        faults.push(Fault::new(
            way!["lists", list.id.as_str()],
            format!("the list “{}” has no entries", list.id),
            format!("Add [[{}]] entries.", list.id),
        ));
        return Vec::new();
    };
    let mut found: Vec<Entry> = Vec::new();
    for (number, item) in items.iter().enumerate() {
        let way = way!["lists", list.id.as_str(), number].to_vec();
        let text =
            |name: &str| item.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
        let (id, label) = (text("id"), text("label"));
        if id.is_empty() || label.is_empty() || found.iter().any(|entry| entry.id == id) {
            faults.push(Fault::new(
                &way,
                "an entry needs an id of its own and a label",
                "Add them.",
            ));
        }
        if let Some(name) = item.keys().find(|name| {
            !matches!(name.as_str(), "id" | "label")
                && !list.attributes.iter().any(|(known, _)| known == *name)
        }) {
            faults.push(Fault::new(
                &way,
                format!("no template knows the attribute “{name}”"),
                "Take it out, or declare it in the template’s [[list]].",
            ));
        }
        let mut values = vec![Value::Text(id.as_str().into()), Value::Text(label.as_str().into())];
        for (name, kind) in &list.attributes {
            match item
                .get(name)
                .ok_or_else(|| format!("“{name}” is missing"))
                .and_then(|v| plain(*kind, v))
            {
                Ok(value) => values.push(value),
                Err(reason) => faults.push(Fault::new(
                    &way,
                    reason,
                    format!("Give “{name}” as {}.", kind_words(*kind)),
                )),
            }
        }
        let note = [text("note"), text("definition")]
            .into_iter()
            .find(|t| !t.is_empty())
            .unwrap_or_default();
        found.push(Entry { id, label, note, value: Value::Record(values.into()) });
    }
    found
}

fn parameters(template: &Template, collection: &Collection, faults: &mut Vec<Fault>) -> Value {
    let mut values = Vec::new();
    for parameter in &template.source().parameters {
        let way: &[Step] = way!["parameters", parameter.id.as_str()];
        let setting = collection.source().parameter(&parameter.id);
        match setting
            .ok_or_else(|| "is missing".to_owned())
            .and_then(|s| plain(parameter.kind, &s.value))
        {
            Ok(value) => values.push(value),
            Err(reason) => faults.push(Fault::new(
                way,
                format!("the parameter “{}” {reason}", parameter.id),
                format!("Give it as {}: {}", kind_words(parameter.kind), parameter.meaning),
            )),
        }
    }
    Value::Record(values.into())
}

fn kind_words(kind: Plain) -> &'static str {
    match kind {
        Plain::Bool => "true or false",
        Plain::Date => "a date, like \"2023-07-25\"",
        Plain::Int => "a whole number",
        Plain::Moment => "London time, like \"2023-07-25T08:00\"",
        Plain::Text => "text",
        Plain::Texts => "a list of texts",
    }
}

/// Reads a plain value of the collection.
fn plain(kind: Plain, value: &Json) -> Result<Value, String> {
    let wrong = || format!("is not {}", kind_words(kind));
    let text = || value.as_str().ok_or_else(wrong);
    match kind {
        Plain::Bool => value.as_bool().map(Value::Bool).ok_or_else(wrong),
        Plain::Date => {
            time::Date::parse(text()?).map(|d| Value::Date(d.days())).map_err(|e| e.to_string())
        }
        Plain::Int => value.as_i64().map(Value::Int).ok_or_else(wrong),
        Plain::Moment => LocalTime::parse(text()?)
            .and_then(LocalTime::instant)
            .map(|i| Value::Moment(i.seconds()))
            .map_err(|e| e.to_string()),
        Plain::Text => text().map(|t| Value::Text(t.into())),
        Plain::Texts => {
            let items = value.as_array().ok_or_else(wrong)?;
            let texts: Option<Vec<_>> =
                items.iter().map(|i| i.as_str().map(|t| Value::Text(t.into()))).collect();
            texts.map(|t| Value::List(t.into())).ok_or_else(wrong)
        }
    }
}
