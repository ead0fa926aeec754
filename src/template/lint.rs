//! Faults in a template that are not about expressions: ids used twice, forms that do not fit,
//! wording that breaks the house rules.

use super::fault::{Fault, Step, way};
use super::source::{FORMAT, Field, FieldKind, Severity, Source};
use std::collections::BTreeSet;

/// Words that are never said to people, and what to say instead.
const NEVER: [(&str, &str); 6] = [
    ("please", "Say what to do, without “please”."),
    ("invalid", "Say what to enter instead."),
    ("mandatory", "Say “Enter …” or “Select …”."),
    ("sorry", "Say what happened and what to do."),
    ("oops", "Say what happened and what to do."),
    ("forbidden", "Say what to do instead."),
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
    ids(source, &mut faults);
    sections(source, &mut faults);
    wording(source, &mut faults);
    faults
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
        faults.push(Fault::new(
            way,
            format!("the id “{name}” is used twice"),
            "Give each its own id.",
        ));
    }
}

fn ids(source: &Source, faults: &mut Vec<Fault>) {
    let mut names: BTreeSet<String> =
        ["params", "organisation", "collection", "window", "now", "revision", "rows", "a", "b"]
            .map(str::to_owned)
            .into();
    for (number, section) in source.sections.iter().enumerate() {
        once(&mut names, &section.id, way!["section", number, "id"], faults);
    }
    for (number, group) in source.groups.iter().enumerate() {
        once(&mut names, &group.id, way!["group", number, "id"], faults);
    }
    let mut scoped = BTreeSet::new();
    for (number, item) in source.calculated.iter().enumerate() {
        let way = way!["calculated", number, "id"].to_vec();
        let home = item.table.as_ref().or(item.group.as_ref());
        match home {
            // Two groups may each have a `due_total`.
            Some(home) if !scoped.insert((home.clone(), item.id.clone())) => {
                let message = format!("the id “{}” is used twice", item.id);
                faults.push(Fault::new(&way, message, "Give each its own id."));
            }
            Some(_) => {}
            None => once(&mut names, &item.id, &way, faults),
        }
    }
    let mut rules = BTreeSet::new();
    for (number, rule) in source.rules.iter().enumerate() {
        once(&mut rules, &rule.id, way!["rule", number, "id"], faults);
        let letter = match rule.severity {
            Severity::Error => 'E',
            Severity::Query => 'Q',
            Severity::Note => 'N',
        };
        if rule.place.is_empty() && rule.severity != Severity::Note {
            faults.push(Fault::new(
                way!["rule", number, "place"],
                format!("{} is shown nowhere", rule.id),
                "Name the field it is shown at.",
            ));
        }
        if rule.explained_by.is_some() && letter != 'Q' {
            faults.push(Fault::new(
                way!["rule", number, "explained_by"],
                "only a query is explained",
                "Leave explained_by out, or make the rule a query.",
            ));
        }
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

fn sections(source: &Source, faults: &mut Vec<Fault>) {
    for (s, section) in source.sections.iter().enumerate() {
        let mut fields = BTreeSet::new();
        for (f, field) in section.fields.iter().enumerate() {
            let way = way!["section", s, "field", f].to_vec();
            once(&mut fields, &field.id, &way, faults);
            form(field, &way, faults);
            if field.kind == FieldKind::Table {
                table(field, &way, faults);
            }
        }
    }
}

/// Members that a field of this kind needs or cannot have.
fn form(field: &Field, way: &[Step], faults: &mut Vec<Fault>) {
    let is_table = field.kind == FieldKind::Table;
    let is_plain = field.columns.is_empty() && field.keys.is_empty();
    if !is_table && !is_plain {
        faults.push(Fault::new(way, "only a table has keys and columns", "Set type = \"table\"."));
    }
    if let (Some(min), Some(max)) = (field.min, field.max)
        && min > max
    {
        faults.push(Fault::new(way, format!("min {min} is more than max {max}"), "Swap them."));
    }
    let mut options = BTreeSet::new();
    for choice in &field.options {
        once(&mut options, &choice.id, way, faults);
    }
}

fn table(field: &Field, way: &[Step], faults: &mut Vec<Fault>) {
    if field.keys.is_empty() == field.key_columns.is_empty() || field.max_rows.is_none() {
        faults.push(Fault::new(
            way,
            "a table needs max_rows, and either keys or key_columns",
            "Add keys = [{ id = …, label = …, list = … }], or key_columns where people add rows.",
        ));
    }
    let mut ids = BTreeSet::new();
    for key in &field.keys {
        once(&mut ids, &key.id, way, faults);
    }
    for column in &field.columns {
        once(&mut ids, &column.id, way, faults);
        if column.kind == FieldKind::Table {
            faults.push(Fault::new(way, "a table inside a table", "Make it a table of its own."));
        }
        form(column, way, faults);
    }
}

fn wording(source: &Source, faults: &mut Vec<Fault>) {
    let mut say = |way: &[Step], text: &str| {
        let lower = text.to_lowercase();
        for (word, help) in NEVER {
            if lower.split(|c: char| !c.is_alphabetic()).any(|w| w == word) {
                faults.push(Fault::new(way, format!("the word “{word}”"), help));
            }
        }
        // Inside {…} stands an expression, where a straight quote is right.
        let words: String =
            text.split('{').map(|p| p.rsplit_once('}').map_or(p, |(_, w)| w)).collect();
        if words.contains(['"', '\'']) {
            faults.push(Fault::new(
                way,
                "straight quotes in wording",
                "Use curly quotes: ‘ ’ “ ”.",
            ));
        }
    };
    say(way!["title"], &source.title);
    say(way!["purpose"], &source.purpose);
    for (s, section) in source.sections.iter().enumerate() {
        say(way!["section", s, "title"], &section.title);
        for (g, text) in section.guidance.iter().enumerate() {
            say(way!["section", s, "guidance", g], text);
        }
        for (f, field) in section.fields.iter().enumerate() {
            for part in std::iter::once(field).chain(&field.columns) {
                let way = way!["section", s, "field", f].to_vec();
                let options = part.options.iter().flat_map(|o| [&o.label, &o.hint]);
                let words = [&part.label, &part.hint, &part.short];
                for text in words.into_iter().chain(&part.guidance).chain(options) {
                    say(&way, text);
                }
            }
        }
    }
    for (number, rule) in source.rules.iter().enumerate() {
        say(way!["rule", number, "message"], &rule.message);
    }
    for (number, fault) in source.faults.iter().enumerate() {
        say(way!["fault", number, "message"], &fault.message);
    }
}
