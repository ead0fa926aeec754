//! Rows taken together: what they share, and the words for it.

use super::finding::RowKey;
use super::scene::Scene;
use super::{Subject, words};
use crate::answers::Row;
use crate::collection::Form;
use crate::rule::Value;
use std::rc::Rc;

/// What names rows that share something.
#[derive(Clone, Debug)]
pub struct Heading {
    /// The id of each key, and of its entry.
    pub keys: RowKey,
    /// The words for the entries, in key order.
    pub labels: Vec<String>,
}

/// The rows of a table, by number, that are the same in these names.
pub(super) fn alike(
    subject: &Subject<'_>,
    scene: &Scene<'_>,
    table: usize,
    slots: &[usize],
) -> Vec<Vec<usize>> {
    let Some(plan) = subject.form.template.plan().tables.get(table) else { return Vec::new() };
    let rows = Rows {
        names: scene.rows.get(table).map_or(&[], Vec::as_slice),
        given: subject.answers.rows(plan.section, plan.field),
        slots,
        // Keys are numbers of entries: quicker to compare than what they stand for.
        by_key: slots.iter().all(|slot| *slot < plan.lists.len()),
    };
    let mut found: Vec<Vec<usize>> = Vec::new();
    // Rows that are alike stand together or in turn: the last group is looked at first, then those
    // after it.
    let mut last = 0;
    for &row in &*scene.asked_rows(table) {
        if !rows.is_known(row) {
            continue;
        }
        let (before, after) = found.split_at(last);
        let is_like =
            |group: &Vec<usize>| group.first().is_some_and(|&first| rows.same(first, row));
        let like = after.iter().position(is_like).map(|place| last + place);
        let like = like.or_else(|| before.iter().position(is_like));
        if let Some(group) = like.and_then(|place| found.get_mut(place)) {
            group.push(row);
        } else {
            let mut group = Vec::with_capacity(4);
            group.push(row);
            found.push(group);
        }
        last = like.unwrap_or(found.len() - 1);
    }
    found
}

/// The rows of a table, by what is compared.
struct Rows<'r> {
    names: &'r [Rc<[Value]>],
    given: &'r [Row],
    slots: &'r [usize],
    by_key: bool,
}

impl Rows<'_> {
    fn name(&self, row: usize, slot: usize) -> Option<&Value> {
        self.names.get(row)?.get(slot).and_then(identity)
    }

    fn is_known(&self, row: usize) -> bool {
        self.by_key || self.slots.iter().all(|&slot| self.name(row, slot).is_some())
    }

    fn same(&self, one: usize, other: usize) -> bool {
        if !self.by_key {
            return self.slots.iter().all(|&slot| self.name(one, slot) == self.name(other, slot));
        }
        let (Some(one), Some(other)) = (self.given.get(one), self.given.get(other)) else {
            return false;
        };
        self.slots.iter().all(|&slot| one.keys.get(slot) == other.keys.get(slot))
    }
}

/// What makes two entries the same: a record's id, or the value itself.
fn identity(value: &Value) -> Option<&Value> {
    match value {
        Value::Record(members) => members.first(),
        Value::Unknown(_) => None,
        other => Some(other),
    }
}

/// What names a group of the template, by its number there: the ids and words of what its rows share.
pub(super) fn heading(form: &Form, group: usize, shared: &[Value]) -> Heading {
    let plan = form.template.plan().groups.get(group);
    let (table, by) = plan.map_or((0, &[][..]), |plan| (plan.table, &*plan.by));
    let mut keys = RowKey::new();
    let mut labels = Vec::with_capacity(by.len());
    for (&slot, value) in by.iter().zip(shared) {
        let (name, named) = words::row_name(form, table, slot);
        let (id, label) = match value {
            Value::Record(members) => {
                let part = |n: usize| members.get(n).map(words::value).unwrap_or_default();
                (part(0), part(1))
            }
            Value::Date(days) => {
                let date = crate::time::Date::from_days(*days);
                (date.map(|d| d.to_string()).unwrap_or_default(), words::value(value))
            }
            value => (words::value(value), words::in_words(form, named, value)),
        };
        keys.insert(name.to_owned(), id);
        labels.push(label);
    }
    Heading { keys, labels }
}
