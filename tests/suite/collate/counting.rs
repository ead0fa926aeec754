//! Which files count, and what came of what is owed: tests/data/collate/counting.toml.

use super::made::{
    Desk, Make, NOW, ROUND, changed, differing, expected, header, key, rows, sealed, table,
    thumbprint, workforce,
};
use crate::support::at;
use ia_returns::collate::{Confirmed, Decisions, Judged, Operator, collate, judge};
use ia_returns::file::Sealed;
use ia_returns::json;
use ia_returns::register::{Entry, Received, Register, Revocation, Source};
use ia_returns::time::Instant;
use std::collections::BTreeMap;

struct Case {
    name: String,
    judged: Vec<Judged>,
    ids: BTreeMap<String, String>,
    table: toml::Table,
}

fn texts<'t>(table: &'t toml::Table, name: &str) -> Vec<&'t str> {
    let all = table.get(name).and_then(toml::Value::as_array);
    all.into_iter().flatten().map(|item| item.as_str().expect("text")).collect()
}

/// `09:30`, `12:59:59(manifest)`, `?`
fn received(text: &str) -> Received {
    if text == "?" {
        return Received::Unknown;
    }
    let (time, source) = text.trim_end_matches(')').split_once('(').unwrap_or((text, "stated"));
    let source = match source {
        "email" => Source::Email,
        "manifest" => Source::Manifest,
        "stated" => Source::Stated,
        other => panic!("{other}"),
    };
    let time = if time.len() == 5 { format!("{time}:00") } else { time.to_owned() };
    Received::At(at(&format!("2023-07-28T{time}+01:00")), source)
}

fn cases(desk: &Desk) -> Vec<Case> {
    let file: toml::Table =
        include_str!("../../data/collate/counting.toml").parse().expect("it is TOML");
    let all = file["case"].as_array().expect("cases");
    all.iter().map(|case| made(case.as_table().expect("a case"), desk)).collect()
}

fn made(table: &toml::Table, desk: &Desk) -> Case {
    let (mut ids, mut files): (BTreeMap<String, String>, BTreeMap<String, Sealed>) =
        (BTreeMap::new(), BTreeMap::new());
    let mut judged = Vec::new();
    for (number, line) in texts(table, "files").into_iter().enumerate() {
        let words: Vec<&str> = line.split(' ').collect();
        let special = words.get(6).copied().unwrap_or_default();
        let make = Make {
            round: match special {
                "practice" => "practice",
                "other" => "sor-2023-10",
                _ => ROUND,
            },
            organisation: words[1],
            revision: words[2].parse().expect("a version"),
            replaces: (words[3] != "-").then(|| ids[words[3]].clone()),
            nil: special == "nil",
            more: i64::try_from(number).expect("few"),
        };
        let key = key(words[4]);
        let file = match special.strip_prefix("copy:") {
            Some(other) => files[other].clone(),
            None => sealed(workforce(&desk.set, &make), &key),
        };
        let bytes = match special {
            "differs" => differing(&file, &key),
            "changed" => changed(&file),
            _ => file.text.clone().into_bytes(),
        };
        ids.insert(words[0].to_owned(), file.id.clone());
        files.insert(words[0].to_owned(), file);
        let mut one = judge(words[0], &bytes, &desk.bench());
        one.received = received(words[5]);
        judged.push(one);
    }
    let name = table["name"].as_str().expect("a name").to_owned();
    Case { name, judged, ids, table: table.clone() }
}

fn register(case: &Case) -> Register {
    let issued = at("2023-07-20T09:00:00+01:00");
    let mut register = Register::new(issued);
    for line in texts(&case.table, "register") {
        let words: Vec<&str> = line.split(' ').collect();
        let role = "Information analyst".to_owned();
        assert!(register.add(Entry::new(
            thumbprint(words[0]),
            words[1].to_owned(),
            role,
            issued,
            None
        )));
        if words.get(2) == Some(&"revoked") {
            let reason = "It was lost".to_owned();
            let revocation = Revocation { at: at("2023-07-28T10:00:00+01:00"), reason };
            assert!(register.revoke(&thumbprint(words[0]), &revocation));
        }
    }
    let text = register.seal(&key("k200"), &header(NOW));
    Register::read(text.as_bytes(), &thumbprint("k200"), None).expect("it reads")
}

fn decisions(case: &Case) -> Decisions {
    let mut decisions = Decisions::about(ROUND);
    for line in texts(&case.table, "confirm") {
        let (key, code) = line.split_once(' ').expect("key and organisation");
        let at: Instant = at(NOW);
        let (organisation, by) = (code.to_owned(), "Collator on duty".to_owned());
        decisions.confirm(Confirmed { key: thumbprint(key), organisation, by, at });
    }
    let chosen = texts(&case.table, "choose");
    decisions.chosen = chosen.into_iter().map(|name| case.ids[name].clone()).collect();
    decisions
}

#[test]
fn each_file_becomes_what_the_table_says() {
    let desk = Desk::new(None);
    for case in cases(&desk) {
        let list = expected(&texts(&case.table, "expected"), &["workforce_sitrep"]);
        let (register, decisions) = (register(&case), decisions(&case));
        let operator =
            Operator { expected: Some(&list), register: Some(&register), ..desk.operator() };
        let mut first: Option<String> = None;
        for turn in 0..case.judged.len() {
            let mut judged = case.judged.clone();
            judged.rotate_left(turn);
            if turn % 2 == 1 {
                judged.reverse();
            }
            let collation = collate(judged, &operator, &decisions);
            let tables = collation.tables(&operator, &decisions);
            let become_: Vec<String> = rows(table(&tables, "files"), &[], &["file", "verdict"])
                .iter()
                .map(|row| row.replace('|', " "))
                .collect();
            assert_eq!(become_, texts(&case.table, "become"), "{}", case.name);
            let columns = ["organisation", "asked", "status", "revision", "sender"];
            let owed: Vec<String> = rows(table(&tables, "returns"), &[], &columns)
                .iter()
                .map(|row| {
                    let cells: Vec<&str> = row
                        .split('|')
                        .map(|cell| if cell.is_empty() { "-" } else { cell })
                        .collect();
                    cells.join(" ")
                })
                .collect();
            assert_eq!(owed, texts(&case.table, "owed"), "{}", case.name);
            let filter = [("measure", "absent_ia"), ("by", ""), ("area", "all")];
            let totals = rows(table(&tables, "totals"), &filter, &["returns", "confirmed_returns"]);
            let totals = totals.first().cloned().unwrap_or_else(|| "0|0".to_owned());
            let wanted = case.table["returns"].as_array().expect("two numbers");
            let wanted: Vec<String> = wanted
                .iter()
                .map(|number| number.as_integer().expect("a number").to_string())
                .collect();
            assert_eq!(totals, wanted.join("|"), "{}", case.name);
            let whole: String =
                tables.iter().map(|table| json::canonical(&table.to_json())).collect();
            let before = first.get_or_insert_with(|| whole.clone());
            assert!(*before == whole, "{}: another order of files gives other tables", case.name);
        }
    }
}
