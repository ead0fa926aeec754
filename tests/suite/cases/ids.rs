//! The rule ids of domain.md 10, each accounted for: `tests/data/rule-ids.toml`.

use ia_returns::template::Source;
use ia_returns::template::source::Field;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Every rule id that a template can say: of its rules, of its faults, and of the structure of its tables.
pub(super) fn of(source: &Source) -> BTreeSet<String> {
    let rules = source.rules.iter().map(|rule| &rule.id);
    let faults = source.faults.iter().map(|fault| &fault.id);
    let fields = source.sections.iter().flat_map(|section| &section.fields);
    let structure = fields.flat_map(|Field { outside, missing, duplicate, .. }| {
        [outside, missing, duplicate].into_iter().filter(|id| !id.is_empty())
    });
    rules.chain(faults).chain(structure).cloned().collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ids {
    /// Ids of the domain notes.
    domain: BTreeMap<String, Home>,
    /// Ids that the notes do not have, and why we have them.
    added: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
enum Home {
    /// The templates that have it.
    Templates(Vec<String>),
    /// It is no rule of a template, and what does its work.
    Elsewhere(String),
    /// It is not asked at all, and why.
    Withdrawn(String),
}

fn ids() -> Ids {
    toml::from_str(include_str!("../../data/rule-ids.toml")).expect("the ids")
}

/// What is wrong, given the ids that each template has.
fn complaints(ids: &Ids, templates: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let mut complaints = Vec::new();
    for (id, home) in &ids.domain {
        let wanted = match home {
            Home::Templates(names) => names.as_slice(),
            Home::Elsewhere(why) | Home::Withdrawn(why) => {
                if why.len() < 15 {
                    complaints.push(format!("{id}: say why"));
                }
                &[]
            }
        };
        for name in wanted {
            if !templates.get(name).is_some_and(|ids| ids.contains(id)) {
                complaints.push(format!("{id} is not in {name}"));
            }
        }
        for (name, _) in templates.iter().filter(|(_, ids)| ids.contains(id)) {
            if !wanted.contains(name) {
                complaints.push(format!("{id} is in {name}, and the list does not say so"));
            }
        }
    }
    let known = |id: &String| ids.domain.contains_key(id) || ids.added.contains_key(id);
    let all: BTreeSet<&String> = templates.values().flatten().collect();
    for id in all.iter().filter(|id| !known(id)) {
        complaints
            .push(format!("{id} is in no list: it is neither in the notes nor said to be added"));
    }
    for id in ids.added.keys().filter(|id| !all.contains(id)) {
        complaints.push(format!("{id} is said to be added, and no template has it"));
    }
    complaints
}

#[test]
fn every_rule_id_of_the_domain_notes_is_in_a_template_or_accounted_for() {
    let set = crate::support::set();
    let mut templates = BTreeMap::new();
    for form in set.forms() {
        let source = form.template.source();
        templates.insert(source.id.clone(), of(source));
    }
    let complaints = complaints(&ids(), &templates);
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn an_id_that_is_nowhere_is_noticed() {
    let text = r#"
    [domain]
    AE01 = { templates = ["a"] }
    AE02 = { elsewhere = "the reader of files sees to it" }
    AE03 = { templates = ["b"] }
    [added]
    XE90 = "not in the notes, and nowhere else"
    "#;
    let ids: Ids = toml::from_str(text).unwrap();
    let has = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>();
    let templates = BTreeMap::from([
        ("a".to_owned(), has(&["AE02", "AQ77"])),
        ("b".to_owned(), has(&["AE03"])),
    ]);
    assert_eq!(
        complaints(&ids, &templates),
        [
            "AE01 is not in a",
            "AE02 is in a, and the list does not say so",
            "AQ77 is in no list: it is neither in the notes nor said to be added",
            "XE90 is said to be added, and no template has it",
        ]
    );
}
