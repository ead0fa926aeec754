//! Any text at all, and expressions at the limits.

use std::rc::Rc;

use ia_returns::rule::{MAX_BYTES, Reason, Shape, Steps, Type, Value, compile};
use proptest::prelude::*;

use super::names::{Names, PLENTY};

/// What expressions are made of, so that arbitrary text gets past the first token.
const PIECES: [&str; 58] = [
    "n",
    "p",
    "t",
    "d",
    "m",
    "ns",
    "rows",
    "r",
    "s",
    "nothing",
    "true",
    "false",
    "in",
    "0",
    "7",
    "9223372036854775807",
    "1.5",
    "'a'",
    "\"b\"",
    "'",
    "\\",
    "é",
    "‘",
    "&&",
    "||",
    "!",
    "==",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "=",
    "+",
    "-",
    "*",
    "/",
    "%",
    "?",
    ":",
    "(",
    ")",
    "[",
    "]",
    ",",
    ".",
    ".all(r, ",
    ".sum(r, ",
    ".first(s, ",
    ".min(r, ",
    "answered(",
    "state(",
    "size(",
    "min(",
    "days(",
    "date('2023-07-25')",
    ".startsWith(",
    " ",
];

fn names() -> Names {
    Names::from_toml(
        "n = 7\np = true\nt = 'text'\nd = 2023-07-25\nm = 2023-07-28T09:00:00+01:00\nns = [1, 2]
        rows = [{ n = 1, ns = [3] }, { n = 2, ns = [4] }]",
    )
}

fn compile_and_run(text: &str) {
    let names = names();
    match compile(text, &names.shape) {
        Ok(program) => drop(program.run(&names.values, &mut Steps::new(PLENTY))),
        Err(fault) => {
            assert!(text.is_char_boundary(fault.at), "{text:?}: {fault:?}");
            assert!(!fault.message.is_empty() && !fault.help.is_empty(), "{text:?}: {fault:?}");
        }
    }
}

proptest! {
    #[test]
    fn any_text_compiles_or_has_a_fault_inside_it(text in any::<String>()) {
        compile_and_run(&text);
    }

    #[test]
    fn any_row_of_pieces_compiles_or_has_a_fault_inside_it(
        pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40),
    ) {
        compile_and_run(&pieces.concat());
        compile_and_run(&pieces.join(" "));
    }
}

#[test]
fn deep_nesting_is_a_fault_and_not_a_stack_overflow() {
    let names = names();
    let message = "the expression is nested more than 64 levels deep";
    for (start, middle, end) in [
        ("(", "n", ")"),
        ("[", "n", "]"),
        ("!", "p", ""),
        ("-", "n", ""),
        ("- ", "n", ""),
        ("abs(", "n", ")"),
        ("p ? n : ", "n", ""),
        ("p ? ", "n", " : n"),
        ("ns.all(r, ", "p", ")"),
        ("", "rows", ".first(r, p)"),
        ("", "n", ".n"),
        ("(n + ", "n", ")"),
        ("n * (n + ", "n", ")"),
    ] {
        let nested = |levels: usize| [&start.repeat(levels), middle, &end.repeat(levels)].concat();
        let faulty = |levels: usize| matches!(compile(&nested(levels), &names.shape), Err(fault) if fault.message == message);
        assert!(!faulty(30), "{}", nested(30));
        for levels in 0..65 {
            compile_and_run(&nested(levels));
        }
        assert!(faulty(65), "{}", nested(65));
        let most = MAX_BYTES / (start.len() + end.len()) - middle.len();
        assert!(faulty(most), "{most} times {start}{end}");
    }
}

#[test]
fn the_64th_level_is_the_last() {
    let names = names();
    let nested = |levels: usize| ["(".repeat(levels), "n".to_owned(), ")".repeat(levels)].concat();
    assert_eq!(names.run(&nested(63)), Ok(Value::Int(7)));
    assert!(compile(&nested(64), &names.shape).is_err());
}

#[test]
fn a_long_row_of_one_operator_is_one_level() {
    let names = names();
    let sum = vec!["n"; 2_000].join(" + ");
    assert_eq!(names.run(&sum), Ok(Value::Int(14_000)));
    let all = vec!["p"; 1_000].join(" && ");
    assert_eq!(names.run(&all), Ok(Value::Bool(true)));
}

#[test]
fn an_expression_has_at_most_ten_thousand_bytes() {
    let names = names();
    let longest = format!("n{}", " ".repeat(MAX_BYTES - 1));
    assert_eq!(names.run(&longest), Ok(Value::Int(7)));
    let fault = compile(&format!("{longest} "), &names.shape).unwrap_err();
    assert_eq!((fault.at, &*fault.message), (10_000, "the expression is longer than 10000 bytes"));
}

#[test]
fn steps_are_counted_and_end() {
    let names = names();
    // One for `sum`, one for each row, one for each product, one for the comparison.
    let program = compile("rows.sum(r, r.n * 2) == 6", &names.shape).unwrap();
    let mut steps = Steps::new(100);
    assert_eq!(program.run(&names.values, &mut steps), Ok(Value::Bool(true)));
    assert_eq!(steps.left(), 94);
    for limit in 0..6 {
        let blocked = program.run(&names.values, &mut Steps::new(limit)).unwrap_err();
        assert_eq!(blocked.reason, Reason::TooManySteps, "with {limit} steps");
    }
    let mut exact = Steps::new(6);
    assert_eq!(program.run(&names.values, &mut exact), Ok(Value::Bool(true)));
    assert_eq!(program.run(&names.values, &mut exact).unwrap_err().reason, Reason::TooManySteps);
}

#[test]
fn rows_within_rows_within_rows_use_up_the_budget() {
    let mut names = Names::default();
    let many = Value::list((0..200).map(Value::Int));
    names.add("many", Type::List(Box::new(Type::Int)), many);
    let program = compile(
        "many.all(a, many.all(b, many.all(c, many.all(d, a + b + c + d >= 0))))",
        &names.shape,
    )
    .unwrap();
    let blocked = program.run(&names.values, &mut Steps::new(1_000_000)).unwrap_err();
    assert_eq!(blocked.reason, Reason::TooManySteps);
}

#[test]
fn long_texts_cost_more_steps() {
    let mut names = Names::default();
    names.add("t", Type::Text, Value::text(&"a".repeat(64_000)));
    let program = compile("t.contains('b')", &names.shape).unwrap();
    let blocked = program.run(&names.values, &mut Steps::new(1_000)).unwrap_err();
    assert_eq!((blocked.at, blocked.reason), (2, Reason::TooManySteps));
    assert_eq!(program.run(&names.values, &mut Steps::new(1_001)), Ok(Value::Bool(false)));
}

#[test]
fn values_that_do_not_fit_the_shape_block_and_do_not_panic() {
    let shape = Rc::new(Shape::new([
        ("n", Type::Int),
        ("ns", Type::List(Box::new(Type::Int))),
        ("r", Type::Record(Rc::new(Shape::new([("a", Type::Int)])))),
    ]));
    for expression in ["n + 1", "ns.sum(x, x)", "r.a + 1", "size(ns)", "min(n, 2)"] {
        let program = compile(expression, &shape).unwrap();
        for roots in [
            vec![],
            vec![Value::Bool(true), Value::Bool(true), Value::Bool(true)],
            vec![Value::text(""), Value::list([Value::text("")]), Value::record([])],
        ] {
            let result = program.run(&roots, &mut Steps::new(PLENTY));
            match result {
                Ok(value) => assert_eq!(expression, "size(ns)", "{value:?}"),
                Err(blocked) => assert_eq!(blocked.reason, Reason::Mismatch, "{expression}"),
            }
        }
    }
}
