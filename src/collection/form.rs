//! One collection joined with one of its templates: every list and parameter present and of the
//! type that the template's rules were checked against.

use super::{Collection, Due, Organisations};
use crate::json::Value as Json;
use crate::letters::Join as _;
use crate::rule::Value;
use crate::template::source::{Choice, Field, List, Plain};
use crate::template::{Fault, IN_WORDS, Step, Template, way, words};
use crate::time::{self, LocalTime, Window};
use std::rc::Rc;

/// The stage of a return whose collection names none.
const FINAL: &str = "final";

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
    /// For each list its entries as options, then the collection's actions.
    options: Vec<Vec<Choice>>,
    parameters: Value,
    /// The collection as rules see it.
    names: Value,
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
                words!("the collection does not ask for {}", source.id),
                "Add a [[return]] for it.",
            )]);
        };
        if sha256 != template.sha256() {
            faults.push(Fault::new(
                way!["return"],
                words!("the collection was made for another version of {}", source.id),
                "Build the collection again.",
            ));
        }
        let mut lists = Vec::new();
        for list in &source.lists {
            lists.push(entries(list, &collection, &mut faults));
        }
        let parameters = parameters(&template, &collection, &mut faults);
        if faults.is_empty() {
            let options = options(&lists, &collection);
            let names = names(&collection, &source.id, stage);
            Ok(Self {
                collection,
                template,
                stage,
                organisations,
                window,
                lists,
                options,
                parameters,
                names,
            })
        } else {
            Err(faults)
        }
    }

    /// The entries of the template's list with this number.
    pub fn list(&self, number: usize) -> &[Entry] {
        self.lists.get(number).map_or(&[], Vec::as_slice)
    }

    /// The stage in rules and in the file: `estimate` or `final`.
    pub fn stage_word(&self) -> &'static str {
        self.stage.unwrap_or(FINAL)
    }

    /// The marking of this return: its own, else the collection's.
    pub fn classification(&self) -> &str {
        classification(&self.collection, &self.template.source().id, self.stage)
    }

    /// What a choice may be: its own options, or the entries of the list it names.
    pub fn options<'f>(&'f self, field: &'f Field) -> &'f [Choice] {
        let Some(name) = &field.options_from else { return &field.options };
        let lists = &self.template.source().lists;
        // The actions stand after the lists.
        let number = lists.iter().position(|list| list.id == *name).unwrap_or(lists.len());
        self.options.get(number).map_or(&[], Vec::as_slice)
    }

    /// The record of the parameters.
    pub fn parameters(&self) -> &Value {
        &self.parameters
    }

    /// The record of the collection, in the order of [`names`](crate::template::names).
    pub fn names(&self) -> &Value {
        &self.names
    }

    /// The window's state at a time: `before`, `open` or `late`. Without a window, `open`.
    pub fn window_state(&self, now: crate::time::Instant) -> time::WindowState {
        self.window.map_or(time::WindowState::Open, |window| window.state(now))
    }
}

fn classification<'c>(
    collection: &'c Collection,
    template: &str,
    stage: Option<&'static str>,
) -> &'c str {
    let due = collection.due(template, stage);
    let own = due.map(|(due, _)| collection.classification(due));
    own.unwrap_or(&collection.source().classification)
}

/// The collection as rules see it. It is the same for every return, so it is made once.
fn names(collection: &Collection, template: &str, stage: Option<&'static str>) -> Value {
    let source = collection.source();
    let mut actions = Vec::new();
    for (action, (starts, ends)) in source.actions.iter().zip(collection.actions()) {
        actions.push(Value::Record(Rc::new([
            Value::text(&action.id),
            Value::text(&action.title),
            Value::texts(&action.unions),
            Value::text(&action.unions.joined(", ")),
            Value::Moment(starts.seconds()),
            Value::Moment(ends.seconds()),
        ])));
    }
    Value::Record(Rc::new([
        Value::text(&source.id),
        Value::text(&source.title),
        Value::text(classification(collection, template, stage)),
        Value::text(&source.reference),
        Value::Bool(source.practice),
        Value::text(stage.unwrap_or(FINAL)),
        Value::List(actions.into()),
    ]))
}

/// The entries of each list as options, then the actions.
fn options(lists: &[Vec<Entry>], collection: &Collection) -> Vec<Vec<Choice>> {
    let choice = |id: &str, label: &str, hint: &str| Choice {
        id: id.to_owned(),
        label: label.to_owned(),
        hint: hint.to_owned(),
    };
    let mut all = Vec::new();
    for list in lists {
        let mut choices = Vec::new();
        for Entry { id, label, note, .. } in list {
            choices.push(choice(id, label, note));
        }
        all.push(choices);
    }
    let mut actions = Vec::new();
    for action in &collection.source().actions {
        actions.push(choice(&action.id, &action.title, ""));
    }
    all.push(actions);
    all
}

/// The entries of a list: its own, or those that the collection gives.
fn entries(list: &List, collection: &Collection, faults: &mut Vec<Fault>) -> Vec<Entry> {
    let given = collection.source().list(&list.id);
    if !list.entries.is_empty() && !given.is_empty() {
        faults.push(Fault::new(
            way!["lists", list.id.as_str()],
            words!("the list “{}” belongs to the template", list.id),
            "Take it out of the collection.",
        ));
    }
    let items = if list.entries.is_empty() { given } else { &list.entries };
    let Some(items) = Some(items).filter(|items| !items.is_empty()) else {
        faults.push(Fault::new(
            way!["lists", list.id.as_str()],
            words!("the list “{}” has no entries", list.id),
            words!("Add [[{}]] entries.", list.id),
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
        let mut values = vec![Value::Text(id.as_str().into()), Value::Text(label.as_str().into())];
        for (name, kind) in &list.attributes {
            let given = match (item.get(name), kind) {
                // A list of texts may be left out: it is then empty.
                (None, Plain::Texts) => Ok(Value::List([].into())),
                (None, _) => Err(words!("“{name}” is missing")),
                (Some(value), kind) => plain(*kind, value).ok_or_else(|| why_not(*kind, value)),
            };
            match given {
                Ok(value) => values.push(value),
                Err(reason) => faults.push(Fault::new(
                    &way,
                    reason,
                    words!("Give “{name}” as {}.", kind_words(*kind)),
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
        let given = match setting.map(|setting| &setting.value) {
            None => Err("is missing".to_owned()),
            Some(value) => {
                plain(parameter.kind, value).ok_or_else(|| why_not(parameter.kind, value))
            }
        };
        match given {
            Ok(value) => values.push(value),
            Err(reason) => faults.push(Fault::new(
                way,
                words!("the parameter “{}” {reason}", parameter.id),
                words!("Give it as {}: {}", kind_words(parameter.kind), parameter.meaning),
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

/// A plain value of a collection or a file, where it is one of this kind.
pub(crate) fn plain(kind: Plain, value: &Json) -> Option<Value> {
    Some(match kind {
        Plain::Bool => Value::Bool(value.as_bool()?),
        Plain::Date => Value::Date(time::Date::parse(value.as_str()?).ok()?.days()),
        Plain::Int => Value::Int(value.as_i64()?),
        Plain::Moment => {
            let local = LocalTime::parse(value.as_str()?).ok()?;
            Value::Moment(local.instant().ok()?.seconds())
        }
        Plain::Text => Value::text(value.as_str()?),
        Plain::Texts => {
            let mut texts = Vec::new();
            for item in value.as_array()? {
                texts.push(Value::text(item.as_str()?));
            }
            Value::List(texts.into())
        }
    })
}

/// Why a value is not one of its kind.
fn why_not(kind: Plain, value: &Json) -> String {
    let error = match (kind, value.as_str()) {
        (Plain::Date, Some(text)) if IN_WORDS => time::Date::parse(text).err(),
        (Plain::Moment, Some(text)) if IN_WORDS => {
            LocalTime::parse(text).and_then(LocalTime::instant).err()
        }
        _ => None,
    };
    match error {
        Some(error) => words!("{error}"),
        None => words!("is not {}", kind_words(kind)),
    }
}
