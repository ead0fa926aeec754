//! What a case says of calculated values, against what a file would state.

use ia_returns::check::Checked;
use ia_returns::file::Draft;
use ia_returns::json::{Map, Value};
use ia_returns::template::author::to_json;

/// Stands for a value that is not known, which a file leaves out.
const UNKNOWN: &str = "unknown!";

/// What differs, in words.
pub(super) fn compare(wanted: &toml::Table, checked: &Checked, draft: &Draft) -> Vec<String> {
    let derived = checked.derived(&draft.form, &draft.answers);
    let found = derived.get("values").expect("values");
    let mut differs = Vec::new();
    for (part, wanted) in wanted {
        let wanted = to_json(wanted.clone());
        let wanted = wanted.as_object().expect("a table");
        if part == "totals" {
            members("totals", wanted, found.get(part), &mut differs);
            continue;
        }
        for (id, entries) in wanted {
            let keys = keys(draft, part, id);
            let all = found.get(part).and_then(|part| part.get(id)).and_then(Value::as_array);
            let Some(all) = all.filter(|_| !keys.is_empty()) else {
                differs.push(format!("nothing is calculated as {part}.{id}"));
                continue;
            };
            for entry in entries.as_array().into_iter().flatten().filter_map(Value::as_object) {
                let same = |other: &&Value| is_same(&keys, entry, other);
                let name = name(&keys, entry);
                members(&format!("{id} {name}"), entry, all.iter().find(same), &mut differs);
            }
        }
    }
    differs
}

/// What is calculated and not wanted: every total, and of every group and row what a file states.
pub(super) fn unnamed(wanted: &toml::Table, checked: &Checked, draft: &Draft) -> Vec<String> {
    let derived = checked.derived(&draft.form, &draft.answers);
    let found = derived.get("values").and_then(Value::as_object).expect("values");
    let wanted = to_json(toml::Value::Table(wanted.clone()));
    let mut unnamed = Vec::new();
    for (part, found) in found {
        let wanted = wanted.get(part);
        if part == "totals" {
            missing(part, found, wanted, &mut unnamed);
            continue;
        }
        for (id, entries) in found.as_object().into_iter().flatten() {
            let keys = keys(draft, part, id);
            let wanted = wanted.and_then(|part| part.get(id)).and_then(Value::as_array);
            for entry in entries.as_array().into_iter().flatten() {
                let members = entry.as_object().expect("an entry");
                let same = |other: &&Value| is_same(&keys, members, other);
                let other = wanted.into_iter().flatten().find(same);
                missing(&format!("{id} {}", name(&keys, members)), entry, other, &mut unnamed);
            }
        }
    }
    unnamed
}

fn missing(name: &str, found: &Value, wanted: Option<&Value>, unnamed: &mut Vec<String>) {
    for id in found.as_object().into_iter().flat_map(Map::keys) {
        if wanted.and_then(|wanted| wanted.get(id)).is_none() {
            unnamed.push(format!("{name}: {id}"));
        }
    }
}

/// The ids of what names an entry of a group or a table.
fn keys(draft: &Draft, part: &str, id: &str) -> Vec<String> {
    let source = draft.form.template.source();
    if part == "groups" {
        let group = source.groups.iter().find(|group| group.id == *id);
        return group.map_or_else(Vec::new, |group| group.by.clone());
    }
    let field = source.sections.iter().flat_map(|section| {
        section.fields.iter().map(move |f| (format!("{}.{}", section.id, f.id), f))
    });
    let found = field.into_iter().find(|(name, _)| name == id).map(|(_, field)| field);
    found.map_or_else(Vec::new, |field| {
        let keys = field.keys.iter().map(|key| key.id.clone());
        keys.chain(field.key_columns.iter().cloned()).collect()
    })
}

fn is_same(keys: &[String], entry: &Map, other: &Value) -> bool {
    keys.iter().all(|key| other.get(key) == entry.get(key))
}

fn name(keys: &[String], entry: &Map) -> String {
    let parts = keys.iter().filter_map(|key| entry.get(key).and_then(Value::as_str));
    parts.collect::<Vec<_>>().join(" ")
}

fn members(name: &str, wanted: &Map, found: Option<&Value>, differs: &mut Vec<String>) {
    for (id, wanted) in wanted {
        let found = found.and_then(|found| found.get(id));
        let same = match wanted.as_str() {
            Some(UNKNOWN) => found.is_none(),
            _ => found == Some(wanted),
        };
        if !same {
            let found = found.map_or_else(|| "not known".to_owned(), Value::to_string);
            differs.push(format!("{name}: {id} is {found}, not {wanted}"));
        }
    }
}
