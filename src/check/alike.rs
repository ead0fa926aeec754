//! Rows taken together: what they share, and the words for it.

use super::finding::RowKey;
use super::scene::Scene;
use super::{Subject, words};
use crate::answers::Row;
use crate::rule::Value;
use std::rc::Rc;

/// The ids and the words of what rows share.
pub(super) type Heading = (RowKey, Vec<String>);

/// Rows that share something.
pub(super) struct Gathered {
    /// By number, never none.
    pub(super) rows: Vec<usize>,
    /// What they share.
    pub(super) shared: Vec<Value>,
    /// What names them: the ids and words of what they share.
    pub(super) heading: Heading,
}

/// Gathers a table's rows by what they share, in the order of the first row of each group. A row in
/// which it is not known belongs to none.
pub(super) fn gather(
    subject: &Subject<'_>,
    scene: &Scene<'_>,
    table: usize,
    by: &[usize],
) -> Vec<Gathered> {
    let alike = alike(subject, scene, table, by).into_iter().map(|rows| {
        let names = rows.first().and_then(|&first| scene.rows.get(table)?.get(first));
        let shared = by.iter().filter_map(|&slot| names?.get(slot)).cloned();
        let shared: Vec<Value> = shared.collect();
        let heading = heading(subject, table, by, &shared);
        Gathered { rows, shared, heading }
    });
    alike.collect()
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

/// The ids and words of what the rows of a group share.
pub(super) fn heading(
    subject: &Subject<'_>,
    table: usize,
    by: &[usize],
    entries: &[Value],
) -> Heading {
    let form = subject.form;
    let mut keys = Vec::with_capacity(by.len());
    let mut labels = Vec::with_capacity(by.len());
    for (&slot, value) in by.iter().zip(entries) {
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
        keys.push((name.to_owned(), id));
        labels.push(label);
    }
    (keys.into_iter().collect(), labels)
}
