//! What the answers add up to, compared with what a case says.

use ia_returns::json::{Map, Value};

/// A value that is not there: not known yet, or not applicable.
const UNKNOWN: &str = "unknown!";

/// Where what is worked out differs from what is wanted. What the case does not name does not matter.
pub(super) fn differences(wanted: &Value, found: &Value) -> Vec<String> {
    let mut said = Vec::new();
    for (part, wanted) in members(wanted) {
        match (part.as_str(), found.get(part)) {
            ("totals", Some(found)) => said.extend(unlike("totals", wanted, found)),
            ("rows" | "groups", Some(found)) => {
                for (list, rows) in members(wanted) {
                    said.extend(in_list(part, list, rows, found.get(list)));
                }
            }
            _ => said.push(format!("{part} is none of rows, groups, totals")),
        }
    }
    said
}

/// Each wanted row against the list. One row has to have all that is wanted, its keys included; else the nearest tells what differs.
fn in_list(part: &str, list: &str, rows: &Value, found: Option<&Value>) -> Vec<String> {
    let Some(found) = found.and_then(Value::as_array) else {
        return vec![format!("no list {list}")];
    };
    let name = format!("{part}.{list}");
    let mut said = Vec::new();
    for wanted in rows.as_array().into_iter().flatten() {
        let differences = found.iter().map(|row| unlike(&name, wanted, row));
        match differences.min_by_key(Vec::len) {
            Some(least) if least.len() < members(wanted).count() => said.extend(least),
            _ => said.push(format!("{name} has no {wanted:?}")),
        }
    }
    said
}

fn unlike(name: &str, wanted: &Value, found: &Value) -> Vec<String> {
    let differs = |(id, wanted): (&String, &Value)| {
        let is = found.get(id);
        let same = if wanted.as_str() == Some(UNKNOWN) { is.is_none() } else { is == Some(wanted) };
        let is = is.map_or_else(|| "not there".to_owned(), words);
        (!same).then(|| format!("{name}.{id} is {is}, not {}", words(wanted)))
    };
    members(wanted).filter_map(differs).collect()
}

fn words(value: &Value) -> String {
    ia_returns::json::canonical(value)
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter).map(|(name, value)| (name, value))
}
