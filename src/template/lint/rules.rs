//! Rules, and what is said of an answer on its own: ids, places, sources, and that every message names what it is about.

use super::super::fault::{Fault, Step, way};
use super::super::source::{FieldKind, Rule, Severity, Source};

/// What a message of a fault may have filled in.
const FILLED: [&str; 5] = ["label", "typed", "min", "max", "count"];

/// The letter of the part that templates share.
const SHARED: char = 'X';

pub(super) fn lint(source: &Source, faults: &mut Vec<Fault>) {
    for (number, item) in source.rules.iter().enumerate() {
        rule(item, number, faults);
    }
    letters(source, faults);
    let mut seen = Vec::new();
    for (number, item) in source.faults.iter().enumerate() {
        let at = |member: &str| way!["fault", number, member].to_vec();
        if !is_rule_id(&item.id) {
            faults.push(not_a_rule_id(&item.id, &at("id")));
        }
        no_source(&item.id, &item.source, &at("source"), faults);
        filled(&item.message, &at("message"), faults);
        let about = (item.kind, item.field_kind);
        if seen.contains(&about) {
            let help = "Keep one of them, or give each a type of its own.";
            faults.push(Fault::new(&at("kind"), "there is another message of this kind", help));
        }
        seen.push(about);
        if item.field_kind == Some(FieldKind::Table) {
            let help = "Name the type of its columns.";
            faults.push(Fault::new(&at("type"), "a table has no answer of its own", help));
        }
    }
}

/// A letter A to E or X; E, Q or N; a number of two digits.
pub(super) fn is_rule_id(id: &str) -> bool {
    let mut letters = id.chars();
    let template = letters.next().is_some_and(|c| matches!(c, 'A'..='E' | SHARED));
    let severity = letters.next().is_some_and(|c| matches!(c, 'E' | 'Q' | 'N'));
    let number = letters.as_str();
    template && severity && number.len() == 2 && number.chars().all(|c| c.is_ascii_digit())
}

pub(super) fn not_a_rule_id(id: &str, way: &[Step]) -> Fault {
    Fault::new(
        way,
        format!("“{id}” is no rule id"),
        "Write a letter for the template (A to E, or X for the shared part), then E, Q or N, then two digits: BQ04.",
    )
}

fn rule(rule: &Rule, number: usize, faults: &mut Vec<Fault>) {
    let at = |member: &str| way!["rule", number, member].to_vec();
    if !is_rule_id(&rule.id) {
        faults.push(not_a_rule_id(&rule.id, &at("id")));
    }
    let asks = rule.severity != Severity::Note;
    if rule.place.is_empty() && asks {
        let message = format!("{} is shown nowhere", rule.id);
        faults.push(Fault::new(&at("place"), message, "Name the field it is shown at."));
    }
    if rule.explained_by.is_some() && rule.severity != Severity::Query {
        faults.push(Fault::new(
            &at("explained_by"),
            "only a query is explained",
            "Leave explained_by out, or make the rule a query.",
        ));
    }
    no_source(&rule.id, &rule.source, &at("source"), faults);
    if asks && !rule.message.contains(['{', '“']) {
        faults.push(Fault::new(
            &at("message"),
            "the message names no field and no value",
            "Name the question in “…”, and give its value in {…}.",
        ));
    }
}

fn no_source(id: &str, source: &str, way: &[Step], faults: &mut Vec<Fault>) {
    if source.trim().is_empty() {
        let help = "Say which letter, guidance or decision it comes from.";
        faults.push(Fault::new(way, format!("{id} has no source"), help));
    }
}

/// A template has one letter for the rules that are its own.
fn letters(source: &Source, faults: &mut Vec<Fault>) {
    let own = source.rules.iter().enumerate().filter(|(_, rule)| is_rule_id(&rule.id));
    let mut own = own.filter(|(_, rule)| !rule.id.starts_with(SHARED));
    let Some((_, first)) = own.next() else { return };
    for (number, rule) in own.filter(|(_, rule)| rule.id.chars().next() != first.id.chars().next())
    {
        faults.push(Fault::new(
            way!["rule", number, "id"],
            format!("{} and {} are of two templates", first.id, rule.id),
            "Begin the ids of one template with one letter.",
        ));
    }
}

/// A message of a fault names the question, and has nothing filled in but what is there to fill.
fn filled(message: &str, way: &[Step], faults: &mut Vec<Fault>) {
    let mut at = 0;
    let mut fault = |offset: usize, message: String, help: String| {
        faults.push(Fault { offset, ..Fault::new(way, message, help) });
    };
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('{') {
        at += before.len();
        let Some((name, tail)) = after.split_once('}') else {
            fault(at, "a { with no } after it".to_owned(), "Close it with }.".to_owned());
            return;
        };
        if !FILLED.contains(&name) {
            let names = FILLED.map(|name| format!("{{{name}}}")).join(", ");
            let help = format!("Use one of {names}.");
            fault(at, format!("nothing is filled in for {{{name}}}"), help);
        }
        at += name.len() + 2;
        rest = tail;
    }
    if !message.contains("{label}") {
        let help = "Name the question with “{label}”.";
        fault(0, "the message names no field".to_owned(), help.to_owned());
    }
}
