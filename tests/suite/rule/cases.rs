//! Examples and faults, each with its exact outcome.

use ia_returns::rule::{Type, compile};
use serde::Deserialize;
use std::collections::BTreeMap;

use super::names::{Names, shown};

fn names() -> Names {
    Names::from_toml(include_str!("../../data/rule/names.toml"))
}

#[test]
fn expressions_give_what_the_examples_say() {
    let examples: BTreeMap<String, BTreeMap<String, String>> =
        toml::from_str(include_str!("../../data/rule/examples.toml")).expect("the examples");
    let names = names();
    for (expression, wanted) in examples.values().flatten() {
        let found = match names.run(expression) {
            Ok(value) => shown(&value),
            Err(blocked) => format!("blocked at {}: {blocked}", blocked.at),
        };
        assert_eq!(found, *wanted, "{expression}");
    }
}

#[derive(Deserialize)]
struct Faults {
    fault: Vec<FaultCase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FaultCase {
    expression: String,
    at: usize,
    message: String,
    help: String,
}

#[test]
fn faults_say_where_what_and_what_to_do() {
    let faults: Faults =
        toml::from_str(include_str!("../../data/rule/faults.toml")).expect("the faults");
    let names = names();
    for case in faults.fault {
        let fault = match compile(&case.expression, &names.shape) {
            Err(fault) => fault,
            Ok(program) => panic!("{} compiles to {:?}", case.expression, program.kind()),
        };
        assert_eq!(
            (fault.at, &fault.message, &fault.help),
            (case.at, &case.message, &case.help),
            "{}",
            case.expression
        );
    }
}

#[test]
fn reads_are_the_longest_paths_known() {
    let names = names();
    for (expression, wanted) in [
        ("1 + 2", ""),
        ("absent_ia > due_to_work", "absent_ia, due_to_work"),
        ("absent_ia > absent_ia - 1", "absent_ia"),
        ("staff_group.label", "staff_group.label"),
        ("answered(staff_group)", "staff_group"),
        ("size(workforce.staffing)", "workforce.staffing"),
        ("workforce.staffing.all(r, r.due > 0)", "workforce.staffing.due"),
        ("workforce.staffing.all(r, r.group.id == 'x')", "workforce.staffing.group.id"),
        ("workforce.staffing.sum(r, 1)", "workforce.staffing"),
        ("workforce.staffing.all(r, absent_ia > 0)", "absent_ia, workforce.staffing"),
        (
            "workforce.staffing.first(r, r.due > 0).absent",
            "workforce.staffing.absent, workforce.staffing.due",
        ),
        ("workforce.staffing.first(r, r.due > 0)", "workforce.staffing, workforce.staffing.due"),
        ("organisation.services.exists(s, s == 'x')", "organisation.services"),
        ("'acute' in organisation.services", "organisation.services"),
        ("about.email.contains('@')", "about.email"),
        ("state(bank_shift) == 'value'", "bank_shift"),
        (
            "(nil_return ? workforce.staffing : workforce.staffing).sum(r, r.due)",
            "nil_return, workforce.staffing",
        ),
    ] {
        let program = compile(expression, &names.shape).expect(expression);
        let reads: Vec<String> = program.reads().iter().map(|path| path.join(".")).collect();
        assert_eq!(reads.join(", "), wanted, "{expression}");
    }
}

#[test]
fn a_program_knows_its_type() {
    let names = names();
    for (expression, kind) in [
        ("absent_ia", Type::Int),
        ("nil_return", Type::Bool),
        ("lower('A')", Type::Text),
        ("strike_date.date", Type::Date),
        ("max(window.opens, window.closes)", Type::Moment),
        ("workforce.staffing.min(r, r.first_day)", Type::Date),
        ("['a']", Type::List(Box::new(Type::Text))),
        ("[[absent_ia]]", Type::List(Box::new(Type::List(Box::new(Type::Int))))),
    ] {
        assert_eq!(compile(expression, &names.shape).expect(expression).kind(), Some(&kind));
    }
}
