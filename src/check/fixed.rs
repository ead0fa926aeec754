//! The names that every scope has: parameters, organisation, collection, window, the time, the
//! revision, and other returns at hand.

use super::Subject;
use crate::collection::Owes;
use crate::json::Value as Json;
use crate::rule::{State, Value};
use crate::sorted::SortedMap;
use crate::template::source::{Input, InputRows, InputValue, Plain};
use crate::time::Instant;

/// Another return that rules read.
#[derive(Clone, Debug, PartialEq)]
pub struct InputReturn {
    /// Its id, as `inputs` of a file names it.
    pub id: String,
    /// Its member `return`; absent where it is named but not at hand.
    pub said: Option<Json>,
}

/// Other returns, by the ids that the template reads them by.
pub type Inputs = SortedMap<String, InputReturn>;

/// `params`, `organisation`, `collection`, `window`, `now`, `revision`, then the inputs.
pub(super) fn fixed(subject: &Subject<'_>) -> Vec<Value> {
    let Subject { form, organisation, now, revision, .. } = *subject;
    let moment = |at: Instant| Value::Moment(at.seconds());
    let none = || Value::Unknown(State::NotApplicable);
    let state = form.window_state(now).name();
    let listed = form.organisations.by_code(&organisation.code).is_some();
    let mut values = vec![
        form.parameters().clone(),
        record([
            text(&organisation.code),
            text(&organisation.name),
            text(&organisation.kind),
            Value::texts(&organisation.services),
            text(&organisation.icb_code),
            text(&organisation.region_code),
            Value::Bool(listed),
        ]),
        form.names().clone(),
        record([
            text(state),
            form.window.map_or_else(none, |w| moment(w.opens())),
            form.window.map_or_else(none, |w| moment(w.closes())),
            Value::Bool(form.window.is_none()),
        ]),
        moment(now),
        Value::Int(revision),
    ];
    for item in &form.template.source().inputs {
        let given = subject.inputs.get(&item.id).and_then(|given| given.said.as_ref());
        values.push(input(item, given));
    }
    values
}

/// What the expected list says of the organisation, for answers that are filled at the start.
pub(super) fn expected(owes: Option<&Owes>) -> Value {
    let actions = owes.filter(|owes| !owes.actions.is_empty());
    let none = Value::Unknown(State::Unanswered);
    record([Value::Bool(owes.is_some()), actions.map_or(none, |owes| Value::texts(&owes.actions))])
}

/// The values and lists that are read of another return; all unknown where it is not at hand.
fn input(input: &Input, said: Option<&Json>) -> Value {
    let mut values = vec![Value::Unknown(State::NotKnown); input.values.len() + input.rows.len()];
    if let Some(said) = said {
        let (singles, lists) = values.split_at_mut(input.values.len());
        for (value, InputValue { kind, at, .. }) in singles.iter_mut().zip(&input.values) {
            *value = plain(*kind, find(said, at));
        }
        for (value, list) in lists.iter_mut().zip(&input.rows) {
            *value = rows(list, said);
        }
    }
    Value::Record(values.into())
}

/// `section.field`, `declared.field`, `totals.id`, `groups.id` or `revision` of a return.
fn find<'j>(said: &'j Json, at: &str) -> Option<&'j Json> {
    let Some((first, second)) = at.split_once('.') else { return said.get(at) };
    let home = match first {
        "declared" => said.get("declared"),
        "groups" | "totals" => said.get("derived")?.get("values")?.get(first),
        section => said.get("answers")?.get(section),
    };
    home?.get(second)
}

fn rows(list: &InputRows, said: &Json) -> Value {
    let Some(items) = find(said, &list.at).and_then(Json::as_array) else {
        return Value::Unknown(State::Unanswered);
    };
    let mut found = Vec::new();
    for item in items {
        let mut row = Vec::new();
        for (name, kind) in &list.columns {
            row.push(plain(*kind, item.get(name)));
        }
        found.push(Value::Record(row.into()));
    }
    Value::List(found.into())
}

/// An answer or a calculated value of another return; one that does not fit its type is unanswered.
fn plain(kind: Plain, value: Option<&Json>) -> Value {
    let Some(value) = value else { return Value::Unknown(State::Unanswered) };
    if value.get("na").is_some() {
        return Value::Unknown(State::NotApplicable);
    }
    if value.get("not_known").is_some() {
        return Value::Unknown(State::NotKnown);
    }
    crate::collection::plain(kind, value).unwrap_or(Value::Unknown(State::Unanswered))
}

fn record<const N: usize>(values: [Value; N]) -> Value {
    Value::Record(values.into())
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}
