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
    let source = draft.form.template.source();
    let mut differs = Vec::new();
    for (part, wanted) in wanted {
        let wanted = to_json(wanted.clone());
        let wanted = wanted.as_object().expect("a table");
        if part == "totals" {
            members("totals", wanted, found.get(part), &mut differs);
            continue;
        }
        for (id, entries) in wanted {
            let keys: Vec<String> = if part == "groups" {
                let group = source.groups.iter().find(|group| group.id == *id);
                group.map_or_else(Vec::new, |group| group.by.clone())
            } else {
                let field = source.sections.iter().flat_map(|section| {
                    section.fields.iter().map(move |f| (format!("{}.{}", section.id, f.id), f))
                });
                let found = field.into_iter().find(|(name, _)| name == id).map(|(_, field)| field);
                found.map_or_else(Vec::new, |field| {
                    let keys = field.keys.iter().map(|key| key.id.clone());
                    keys.chain(field.key_columns.iter().cloned()).collect()
                })
            };
            let all = found.get(part).and_then(|part| part.get(id)).and_then(Value::as_array);
            let Some(all) = all.filter(|_| !keys.is_empty()) else {
                differs.push(format!("nothing is calculated as {part}.{id}"));
                continue;
            };
            for entry in entries.as_array().into_iter().flatten().filter_map(Value::as_object) {
                let same = |other: &&Value| keys.iter().all(|k| other.get(k) == entry.get(k));
                let name: Vec<&str> =
                    keys.iter().filter_map(|key| entry.get(key).and_then(Value::as_str)).collect();
                members(
                    &format!("{id} {}", name.join(" ")),
                    entry,
                    all.iter().find(same),
                    &mut differs,
                );
            }
        }
    }
    differs
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
