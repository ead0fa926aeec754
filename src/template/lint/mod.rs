//! Faults in a template that are not about expressions: ids used twice, forms that do not fit, rules without a source,
//! wording that breaks the house rules.

mod fields;
mod rules;
mod said;
mod values;

use super::fault::{Fault, Step, way};
use super::source::{FORMAT, Scope, Source};
use std::collections::BTreeSet;

/// Names that expressions have already.
const TAKEN: [&str; 10] = [
    "params",
    "organisation",
    "collection",
    "window",
    "now",
    "revision",
    "rows",
    "a",
    "b",
    super::names::EXPECTED,
];

pub(super) fn lint(source: &Source) -> Vec<Fault> {
    let mut faults = Vec::new();
    if source.format != FORMAT {
        faults.push(Fault::new(
            way!["format"],
            format!("the format is “{}”", source.format),
            format!("Write format = \"{FORMAT}\"."),
        ));
    }
    names(source, &mut faults);
    ids(source, &mut faults);
    fields::lint(source, &mut faults);
    values::lint(source, &mut faults);
    rules::lint(source, &mut faults);
    said::lint(source, &mut faults);
    faults
}

/// A way with more steps.
fn longer(way: &[Step], more: &[Step]) -> Vec<Step> {
    way.iter().chain(more).cloned().collect()
}

fn twice(name: &str, way: &[Step]) -> Fault {
    Fault::new(way, format!("the id “{name}” is used twice"), "Give each its own id.")
}

/// Records an id and reports it if it was there already.
fn once(seen: &mut BTreeSet<String>, name: &str, way: &[Step], faults: &mut Vec<Fault>) {
    let shape = !name.is_empty()
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if !shape {
        faults.push(Fault::new(
            way,
            format!("“{name}” is not an id"),
            "Use letters, digits and _, starting with a letter.",
        ));
    }
    if !seen.insert(name.to_owned()) {
        faults.push(twice(name, way));
    }
}

/// What expressions read by a name of its own: sections, groups, calculated values, other returns.
fn names(source: &Source, faults: &mut Vec<Fault>) {
    let mut names: BTreeSet<String> = TAKEN.map(str::to_owned).into();
    for (number, section) in source.sections.iter().enumerate() {
        once(&mut names, &section.id, way!["section", number, "id"], faults);
    }
    for (number, group) in source.groups.iter().enumerate() {
        once(&mut names, &group.id, way!["group", number, "id"], faults);
    }
    let mut scoped = in_rows(source);
    for (number, item) in source.calculated.iter().enumerate() {
        let way = way!["calculated", number, "id"].to_vec();
        let home = match item.scope {
            Scope::Row => item.table.as_ref(),
            Scope::Group => item.group.as_ref(),
            Scope::Pair | Scope::Return => None,
        };
        match home {
            // Two groups may each have a `due_total`.
            Some(home) if !scoped.insert((home.clone(), item.id.clone())) => {
                faults.push(twice(&item.id, &way));
            }
            Some(_) => {}
            None => once(&mut names, &item.id, &way, faults),
        }
    }
    for (number, input) in source.inputs.iter().enumerate() {
        once(&mut names, &input.id, way!["input", number, "id"], faults);
        let mut own = BTreeSet::new();
        for (index, value) in input.values.iter().enumerate() {
            once(&mut own, &value.id, way!["input", number, "values", index, "id"], faults);
        }
        for (index, rows) in input.rows.iter().enumerate() {
            once(&mut own, &rows.id, way!["input", number, "rows", index, "id"], faults);
        }
    }
}

/// The keys and columns of each table, beside which its rows have what is calculated.
fn in_rows(source: &Source) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for section in &source.sections {
        for field in &section.fields {
            let table = format!("{}.{}", section.id, field.id);
            let keys = field.keys.iter().map(|key| &key.id);
            let ids = keys.chain(field.columns.iter().map(|column| &column.id));
            found.extend(ids.map(|id| (table.clone(), id.clone())));
        }
    }
    found
}

fn ids(source: &Source, faults: &mut Vec<Fault>) {
    let mut rules = BTreeSet::new();
    for (number, rule) in source.rules.iter().enumerate() {
        once(&mut rules, &rule.id, way!["rule", number, "id"], faults);
    }
    let mut lists = BTreeSet::new();
    for (number, list) in source.lists.iter().enumerate() {
        once(&mut lists, &list.id, way!["list", number, "id"], faults);
    }
    let mut parameters = BTreeSet::new();
    for (number, parameter) in source.parameters.iter().enumerate() {
        once(&mut parameters, &parameter.id, way!["parameter", number, "id"], faults);
    }
}
