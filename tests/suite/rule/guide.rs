//! The guide for authors, `docs/rule-language.md`, is run: what it says is what happens.
//!
//! A block marked `toml` holds the names. In a block marked `rule`, a line `expression => result`
//! has that result. In a block marked `fault`, the line under an expression has its `^` where the
//! fault is, then the message; the line after it, the help. A table whose first head is an
//! expression in `p` and `q` is a table of results: `p` down, `q` across.

use ia_returns::rule::{State, Value, compile};

use super::names::{Names, constant, kind_of, shown};

const GUIDE: &str = include_str!("../../../docs/rule-language.md");

/// The blocks with this mark, each with the number of its first line.
fn blocks(mark: &str) -> Vec<Vec<(usize, &'static str)>> {
    let mut blocks = Vec::new();
    let mut lines = GUIDE.lines().enumerate().map(|(number, line)| (number + 1, line));
    while let Some((_, line)) = lines.next() {
        if let Some(found) = line.strip_prefix("```") {
            let block: Vec<_> = lines.by_ref().take_while(|(_, line)| *line != "```").collect();
            if found == mark {
                blocks.push(block);
            }
        }
    }
    blocks
}

fn names() -> Names {
    let blocks = blocks("toml");
    assert_eq!(blocks.len(), 1, "one block holds the names");
    let lines: Vec<&str> = blocks[0].iter().map(|(_, line)| *line).collect();
    Names::from_toml(&lines.join("\n"))
}

#[test]
fn every_example_gives_the_result_beside_it() {
    let names = names();
    let mut count = 0;
    for (number, line) in blocks("rule").into_iter().flatten() {
        let Some((expression, wanted)) = line.rsplit_once(" => ") else {
            panic!("line {number} has no result: {line}")
        };
        let found = match names.run(expression.trim_end()) {
            Ok(value) => shown(&value),
            Err(blocked) => format!("stopped: {blocked}"),
        };
        assert_eq!(found, wanted.trim(), "line {number}: {line}");
        count += 1;
    }
    assert!(count > 60, "only {count} examples were read");
}

#[test]
fn every_fault_is_the_one_shown() {
    let names = names();
    let mut count = 0;
    for block in blocks("fault") {
        for case in block.chunks(4) {
            let [(number, expression), (_, message), (_, help), ..] = case else {
                panic!("three lines are needed: {case:?}")
            };
            let Err(fault) = compile(expression, &names.shape) else {
                panic!("line {number} has no fault: {expression}")
            };
            assert_eq!(Some(fault.at), message.find('^'), "line {number}: {fault:?}");
            assert_eq!(fault.message, message.trim_start_matches([' ', '^']), "line {number}");
            assert_eq!(fault.help, help.trim(), "line {number}");
            count += 1;
        }
    }
    assert!(count > 10, "only {count} faults were read");
}

#[test]
fn every_truth_table_is_right() {
    let mut cells = 0;
    let mut heads: Vec<&str> = Vec::new();
    for (number, line) in GUIDE.lines().enumerate() {
        let Some(row) = line.strip_prefix("| ").and_then(|line| line.strip_suffix(" |")) else {
            heads.clear();
            continue;
        };
        let row: Vec<&str> = row.split(" | ").map(|cell| cell.trim().trim_matches('*')).collect();
        if heads.is_empty() {
            heads = row;
            continue;
        }
        let expression = heads[0].trim_matches('`').replace("\\|", "|");
        let is_table = expression.contains('p') && expression.contains('q') && heads.len() == 6;
        if !is_table || row[0].starts_with('-') {
            continue;
        }
        for (head, wanted) in heads.iter().zip(&row).skip(1) {
            let (p, q, wanted) = (cell(row[0]), cell(head), cell(wanted));
            let kind = if matches!(heads[1], "true") { "bool" } else { "int" };
            let mut names = Names::default();
            names.add("p", kind_of(kind), p);
            names.add("q", kind_of(kind), q);
            assert_eq!(names.run(&expression), Ok(wanted), "line {}: {line}", number + 1);
            cells += 1;
        }
    }
    assert_eq!(cells, 75, "three tables of 25");
}

fn cell(text: &str) -> Value {
    match text {
        "not applicable" => Value::Unknown(State::NotApplicable),
        "not known" => Value::Unknown(State::NotKnown),
        "unanswered" => Value::Unknown(State::Unanswered),
        value => constant(value),
    }
}
