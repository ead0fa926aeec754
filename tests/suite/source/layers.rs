//! The direction of dependencies: the table in `src/lib.rs` against what the code names.

use std::collections::BTreeMap;

/// Which layer each module is in.
pub(super) type Table = BTreeMap<String, u8>;

/// Reads the table in the doc comment of `src/lib.rs`: `//! | 0 | [`json`] | … |`.
pub(super) fn table(lib: &str) -> Table {
    let mut table = Table::new();
    for row in lib.lines().filter_map(|line| line.strip_prefix("//! |")) {
        let mut cells = row.split('|').map(str::trim);
        let (Some(layer), Some(modules)) = (cells.next(), cells.next()) else { continue };
        let Ok(layer) = layer.parse() else { continue };
        for module in modules.split('`').skip(1).step_by(2) {
            table.insert(module.to_owned(), layer);
        }
    }
    table
}

/// The top module that a file belongs to: `src/json/read.rs` → `json`; none for `lib.rs` and `main.rs`.
pub(super) fn module(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("src/")?;
    let name =
        inside.split_once('/').map_or_else(|| inside.strip_suffix(".rs"), |(top, _)| Some(top))?;
    (!["lib", "main"].contains(&name)).then_some(name)
}

/// What `code`, a part of `module`, uses that is not in a lower layer.
pub(super) fn breaches(table: &Table, module: Option<&str>, code: &str) -> Vec<String> {
    let Some(module) = module else { return Vec::new() };
    let own = table[module];
    let mut breaches = Vec::new();
    for used in used(code) {
        match table.get(&used) {
            Some(layer) if used != module && *layer >= own => {
                breaches.push(format!("layer {own} uses `{used}` of layer {layer}"));
            }
            _ => {}
        }
    }
    // The other way to name a sibling module, past the top of this one.
    let dense: String = code.split_whitespace().collect();
    for sibling in table.keys().filter(|name| *name != module) {
        if dense.contains(&format!("super::super::{sibling}::")) {
            breaches.push(format!("names `{sibling}` by way of `super`; write `crate::{sibling}`"));
        }
    }
    breaches
}

/// The top modules named in `crate::x` and `crate::{x, y::z}`; a macro or item at the top is named as well, and is
/// in no table.
fn used(code: &str) -> Vec<String> {
    let mut used = Vec::new();
    for after in code.split("crate::").skip(1) {
        match after.trim_start().strip_prefix('{') {
            Some(group) => used.extend(group_names(group)),
            None => used.push(name(after)),
        }
    }
    used
}

/// The first names in a group, up to its closing brace: `json, time::{Instant, Window}}` → `json`, `time`.
fn group_names(group: &str) -> Vec<String> {
    let mut names = vec![name(group)];
    let mut depth = 1;
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => names.push(name(&group[at + 1..])),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

fn name(text: &str) -> String {
    text.trim_start()
        .chars()
        .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIB: &str = "//! | layer | module | knows |\n//! | --- | --- | --- |\n//! | 0 | [`json`] | … |\n\
                       //! | 1 | [`sign`] | uses [`json`] |\n//! | 7 | `browser`, `cli` | … |";

    fn found(module: &str, code: &str) -> usize {
        breaches(&table(LIB), Some(module), code).len()
    }

    #[test]
    fn the_table_is_read() {
        let table = table(LIB);
        let names: Vec<&str> = table.keys().map(String::as_str).collect();
        assert_eq!(names, ["browser", "cli", "json", "sign"]);
        assert_eq!((table["json"], table["sign"], table["cli"]), (0, 1, 7));
    }

    #[test]
    fn a_use_of_a_higher_layer_is_noticed() {
        assert_eq!(found("sign", "use crate::json::read;"), 0);
        assert_eq!(found("json", "use crate::sign::Kind;"), 1);
        assert_eq!(
            found("json", "let k = crate :: sign::Kind::Return;".replace(" :: ", "::").as_str()),
            1
        );
        assert_eq!(found("json", "use crate::{json, sign::{Kind, Role}, cli};"), 2);
        assert_eq!(found("json", "use crate::json::read; pub(crate) fn f() {}"), 0);
    }

    #[test]
    fn a_use_within_a_layer_is_noticed() {
        assert_eq!(found("browser", "use crate::cli;"), 1);
    }

    #[test]
    fn a_way_round_by_super_is_noticed() {
        assert_eq!(found("json", "use super::super::sign::Kind;"), 1);
    }

    #[test]
    fn a_file_is_of_the_module_it_lies_in() {
        assert_eq!(module("src/json/read.rs"), Some("json"));
        assert_eq!(module("src/json.rs"), Some("json"));
        assert_eq!(module("src/lib.rs"), None);
    }
}
