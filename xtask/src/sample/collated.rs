//! A sample against the collation: what the generator says, and what the core finds.

use super::tests::{made, text};
use super::world::World;
use ia_returns::cli::sources;
use ia_returns::collate::export::{About, Exported, files};
use ia_returns::collate::{
    Bench, Cell, Collation, Decisions, Judged, Operator, Picture, Table, author, collate, figures,
    judge,
};
use ia_returns::collection::SignedExpected;
use ia_returns::json::Value;
use ia_returns::register::{Received, Register, Source};
use ia_returns::sign::Thumbprint;
use ia_returns::time::Instant;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::fs;
use std::path::Path;

const COLLECTION: &str = "sor-2023-07";

fn pictures() -> Vec<Picture> {
    let files = sources::pictures(None).unwrap();
    files.iter().map(|file| author::picture(file).unwrap().0).collect()
}

fn read(folder: &Path, name: &str) -> Vec<u8> {
    fs::read(folder.join(name)).unwrap()
}

/// Every file, judged, with the time that the manifest says.
fn judged(out: &Path, bench: &Bench<'_>) -> Vec<Judged> {
    let manifest = String::from_utf8(read(out, "received.csv")).unwrap();
    let times: BTreeMap<&str, Instant> = manifest
        .lines()
        .skip(1)
        .map(|line| line.rsplit_once(',').unwrap())
        .map(|(name, at)| (name, Instant::parse(at).unwrap()))
        .collect();
    let all = crate::workspace::entries(&out.join("returns")).unwrap().into_iter().map(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut judged = judge(&name, &fs::read(&path).unwrap(), bench);
        if let Some(at) = times.get(name.as_str()) {
            judged.received = Received::At(*at, Source::Manifest);
        }
        judged
    });
    all.collect()
}

/// What a file becomes, in the words of a collation.
fn code(becomes: &str) -> &str {
    match becomes {
        "differs" => "differs_on_recheck",
        "duplicate_names" | "not_json" | "truncated" => "not_a_return",
        "key_expired" | "key_revoked" | "other_organisation" => "key_not_taken",
        other => other,
    }
}

fn compare_files(collation: &Collation, summary: &Value) {
    let said: BTreeMap<&str, &str> = summary["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| (text(file, "name"), code(text(file, "becomes"))))
        .collect();
    let found: BTreeMap<&str, &str> =
        collation.files.iter().map(|file| (file.judged.name.as_str(), file.code())).collect();
    same(&said, &found);
}

/// Names what differs, and not what does not.
fn same<K: Debug + Ord, V: Debug + PartialEq>(said: &BTreeMap<K, V>, found: &BTreeMap<K, V>) {
    let keys: BTreeSet<&K> = said.keys().chain(found.keys()).collect();
    let differ: Vec<_> = keys
        .into_iter()
        .map(|key| (key, said.get(key), found.get(key)))
        .filter(|(_, said, found)| said != found)
        .collect();
    assert!(differ.is_empty(), "{differ:#?}");
}

fn compare_returns(collation: &Collation, summary: &Value) {
    let mut said: BTreeMap<(&str, &str), String> = BTreeMap::new();
    for own in summary["returns"].as_array().unwrap() {
        let expected = own.get("expected").and_then(Value::as_bool).unwrap();
        let status = text(own, "status");
        if !expected && ["does_not_count", "missing"].contains(&status) {
            // Nobody asked for it, and nothing came that anybody vouches for: a collation knows nothing of it.
            continue;
        }
        let asked = if expected { "expected" } else { "unexpected" };
        let revision = own.get("revision").and_then(Value::as_i64);
        let sender = if revision.is_some() { text(own, "sender") } else { "" };
        let words = format!("{asked} {status} {revision:?} {sender}");
        said.insert((text(own, "organisation"), text(own, "template")), words);
    }
    let found: BTreeMap<(&str, &str), String> = collation
        .owed
        .iter()
        .map(|own| {
            let sender = own.sender.map_or("", |sender| sender.code());
            let (asked, status) = (own.asked.code(), own.status.code());
            let words = format!("{asked} {status} {:?} {sender}", own.revision);
            ((own.organisation.as_str(), own.template.as_str()), words)
        })
        .collect();
    same(&said, &found);
}

/// The measure of a column, where the pictures have one.
fn measure(column: &str) -> &str {
    match column {
        "due_to_work" => "due",
        other => other,
    }
}

/// Sums and parts not known by measure, key, entry and area.
type Sums = BTreeMap<(String, String, String, String), (i64, i64)>;

fn said(summary: &Value, template: &str, keys: &[&str], part: &str) -> Sums {
    let mut sums = Sums::new();
    let totals = &summary["totals"][template];
    let parts: Vec<(&str, &Value)> = if part == "regions" {
        totals["regions"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(code, own)| (code.as_str(), own))
            .collect()
    } else {
        vec![("", &totals[part])]
    };
    for (area, own) in parts {
        for row in own["rows"].as_array().unwrap() {
            for (column, figure) in row["figures"].as_object().unwrap() {
                for (number, key) in keys.iter().enumerate() {
                    let entry = row["keys"][number].as_str().unwrap();
                    let of = [measure(column), key, entry, area].map(str::to_owned);
                    let sum = sums.entry(of.into()).or_default();
                    sum.0 += figure["sum"].as_i64().unwrap();
                    sum.1 += figure["not_known"].as_i64().unwrap();
                }
            }
        }
    }
    sums
}

fn found(totals: &Table, template: &str, part: &str) -> Sums {
    let of = |row: usize, column: &str| match totals.cell(row, column) {
        Some(Cell::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let number = |row: usize, column: &str| match totals.cell(row, column) {
        Some(Cell::Count(number)) => *number,
        Some(Cell::NotKnown { .. }) => 0,
        other => panic!("{column}: {other:?}"),
    };
    let (total, parts) = match part {
        "confirmed" => ("confirmed_total", "confirmed_not_known"),
        _ => ("total", "not_known"),
    };
    let area = if part == "regions" { "region" } else { "all" };
    (0..totals.rows.len())
        .filter(|&row| of(row, "template") == template && of(row, "area") == area)
        .filter(|&row| !of(row, "by").is_empty() && totals.cell(row, total) != Some(&Cell::Empty))
        .map(|row| {
            let key = (of(row, "measure"), of(row, "by"), of(row, "entry"), of(row, "area_code"));
            (key, (number(row, total), number(row, parts)))
        })
        .collect()
}

fn compare_totals(totals: &Table, summary: &Value) {
    let kinds: [(&str, &[&str]); 2] = [
        ("workforce_sitrep", &["strike_date", "staff_group"]),
        ("rescheduled_activity", &["activity_date"]),
    ];
    for (template, keys) in kinds {
        for part in ["all", "confirmed", "regions"] {
            let (said, found) =
                (said(summary, template, keys, part), found(totals, template, part));
            let compared: Vec<_> = said.keys().filter(|key| found.contains_key(*key)).collect();
            assert!(compared.len() > 10, "{template} {part}: {:?}", found.keys().next());
            for (key, sum) in &said {
                // Pictures do not look at every column.
                let measures = |own: &&(String, String, String, String)| own.0 == key.0;
                match found.get(key) {
                    Some(own) => assert_eq!(own, sum, "{template} {part} {key:?}"),
                    None => assert!(
                        !found.keys().any(|own| measures(&own)) || *sum == (0, 0),
                        "{template} {part} {key:?} is not there"
                    ),
                }
            }
        }
    }
}

fn exported(collation: &Collation, operator: &Operator<'_>) -> Vec<Exported> {
    let about = About {
        collection: COLLECTION.to_owned(),
        title: "Sample".to_owned(),
        classification: "OFFICIAL".to_owned(),
        made_at: operator.now,
    };
    let mut all = figures();
    for own in collation.figures.iter().filter(|own| own.counts) {
        all.rows.extend(collation.figures_of(own, operator, &Decisions::default()));
    }
    files(&about, &collation.tables(operator, &Decisions::default()), &all).unwrap()
}

#[test]
fn six_hundred_files_collate_to_what_the_generator_says_in_any_order() {
    let (out, summary) = made("collated", 600);
    let (world, pictures) = (World::new(COLLECTION, 3).unwrap(), pictures());
    let bench = Bench { set: &world.set, pictures: &pictures, collection: COLLECTION };
    let signer = String::from_utf8(read(&out, "register-signer.txt")).unwrap();
    let signer = Thumbprint::parse(signer.trim()).unwrap();
    let register = Register::read(&read(&out, "register.json"), &signer, None).unwrap();
    let expected = SignedExpected::read(&read(&out, "expected-list.json"), &signer).unwrap().list;
    let now = Instant::parse("2023-07-28T20:00:00+01:00").unwrap();
    let operator = Operator { bench, expected: Some(&expected), register: Some(&register), now };

    let mut judged = judged(&out, &bench);
    assert_eq!(judged.len(), 600);
    let first = collate(judged.clone(), &operator, &Decisions::default());
    compare_files(&first, &summary);
    compare_returns(&first, &summary);
    let tables = first.tables(&operator, &Decisions::default());
    compare_totals(tables.iter().find(|table| table.id == "totals").unwrap(), &summary);

    let bytes = exported(&first, &operator);
    judged.reverse();
    assert_eq!(
        bytes,
        exported(&collate(judged.clone(), &operator, &Decisions::default()), &operator)
    );
    // Every third first, then the others.
    let (mut some, others): (Vec<_>, Vec<_>) =
        judged.into_iter().enumerate().partition(|(number, _)| number % 3 == 0);
    some.extend(others);
    let mixed: Vec<Judged> = some.into_iter().map(|(_, judged)| judged).collect();
    assert_eq!(bytes, exported(&collate(mixed, &operator, &Decisions::default()), &operator));
    fs::remove_dir_all(out).unwrap();
}
