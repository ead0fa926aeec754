//! Each rule of each shipped template has a case where it speaks and one where it is silent, or a reason why not.
//!
//! A rule that several templates share, word for word, is one rule: a case of any of them is a case of it.

use super::Found;
use ia_returns::template::Source;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exceptions {
    #[serde(default)]
    exception: Vec<Exception>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    rule: String,
    /// Only this template; else every one that has the rule.
    template: Option<String>,
    lacks: Lacks,
    reason: String,
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd)]
#[serde(rename_all = "snake_case")]
enum Lacks {
    Silent,
    Speaking,
}

/// What makes a rule this rule: its id, and what it says and when.
fn rules(source: &Source) -> BTreeSet<(String, String)> {
    let ids = super::ids::of(source);
    let told = |id: &String| {
        let found = source.rules.iter().filter(|rule| rule.id == *id);
        let each = found.map(|rule| format!("{:?}{:?}{}", rule.scope, rule.table, rule.when));
        each.collect::<Vec<_>>().join("\n")
    };
    ids.iter().map(|id| (id.clone(), told(id))).collect()
}

fn complaints(
    templates: &BTreeMap<String, BTreeSet<(String, String)>>,
    cases: &[(String, String, bool)],
    exceptions: &Exceptions,
) -> Vec<String> {
    let mut lacking = BTreeSet::new();
    for (template, rules) in templates {
        for rule in rules {
            let shares = |name: &String| templates.get(name).is_some_and(|r| r.contains(rule));
            for (lacks, speaks) in [(Lacks::Speaking, true), (Lacks::Silent, false)] {
                let has = cases.iter().any(|(name, id, speaking)| {
                    *id == rule.0 && *speaking == speaks && shares(name)
                });
                if !has {
                    lacking.insert((template.clone(), rule.0.clone(), lacks));
                }
            }
        }
    }
    let mut complaints = Vec::new();
    let mut unused = lacking.clone();
    for item in &exceptions.exception {
        let covers = |(template, rule, lacks): &&(String, String, Lacks)| {
            *rule == item.rule
                && *lacks == item.lacks
                && item.template.as_ref().is_none_or(|only| only == template)
        };
        let covered: Vec<_> = lacking.iter().filter(covers).cloned().collect();
        if covered.is_empty() {
            complaints.push(format!("{}: the exception is not needed: take it out", item.rule));
        }
        if item.reason.len() < 15 {
            complaints.push(format!("{}: the exception does not say why", item.rule));
        }
        for one in covered {
            unused.remove(&one);
        }
    }
    for (template, rule, lacks) in unused {
        complaints.push(format!("{template}: {rule} has no case: {lacks:?}"));
    }
    complaints
}

#[test]
fn every_rule_has_a_case_where_it_speaks_and_one_where_it_is_silent() {
    let set = crate::support::set();
    let mut templates = BTreeMap::new();
    for form in set.forms() {
        let source = form.template.source();
        templates.insert(source.id.clone(), rules(source));
    }
    let cases: Vec<_> = super::all()
        .into_iter()
        .map(|Found { template, case, .. }| (template, case.rule, !case.speaks.is_empty()))
        .collect();
    let exceptions =
        toml::from_str(include_str!("../../data/cases/exceptions.toml")).expect("the exceptions");
    let complaints = complaints(&templates, &cases, &exceptions);
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn a_rule_without_a_case_is_noticed() {
    let rule = |id: &str, told: &str| (id.to_owned(), told.to_owned());
    let templates = BTreeMap::from([
        ("a".to_owned(), BTreeSet::from([rule("XE01", "x > 0"), rule("XE02", "y > 0")])),
        ("b".to_owned(), BTreeSet::from([rule("XE01", "x > 0"), rule("XE02", "z > 0")])),
    ]);
    let case = |template: &str, id: &str, speaks| (template.to_owned(), id.to_owned(), speaks);
    let cases = [
        case("a", "XE01", true),
        case("b", "XE01", false),
        case("a", "XE02", true),
        case("a", "XE02", false),
    ];
    let exceptions: Exceptions = toml::from_str(
        r#"
        [[exception]]
        rule = "XE02"
        template = "b"
        lacks = "speaking"
        reason = "nothing that can be written in a file makes it speak"
        [[exception]]
        rule = "XE01"
        lacks = "silent"
        reason = "it has one"
        "#,
    )
    .unwrap();
    assert_eq!(
        complaints(&templates, &cases, &exceptions),
        [
            "XE01: the exception is not needed: take it out",
            "XE01: the exception does not say why",
            "b: XE02 has no case: Silent",
        ]
    );
}
