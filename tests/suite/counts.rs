//! Which file counts: a table of what arrived and what becomes of it.

use crate::support::at;
use ia_returns::file::{Candidate, Oddity, Place, counts};
use ia_returns::register::{Received, Source};
use ia_returns::sorted::SortedSet;
use ia_returns::time::Window;

/// Window 09:00 to 13:00 on 28 July 2023. Each file: id, revision, what it replaces, when it came
/// (`?` where that is not known), and what becomes of it: its place, then what is odd.
const CASES: &[(&str, &[&str], &str)] = &[
    ("one file counts", &["a 1 - 09:30 counts"], ""),
    ("a file on the second of closing is late", &["a 1 - 13:00 late"], ""),
    ("a file whose time is not known is never late", &["a 1 - ? counts"], ""),
    (
        "the highest revision counts, whatever came first",
        &["a 1 - 10:00 replaced:b rollback", "b 2 a 09:30 counts"],
        "",
    ),
    (
        "a late correction does not count, and the first version stays",
        &["a 1 - 09:30 counts", "b 2 a 13:30 late"],
        "",
    ),
    (
        "two files of one revision fork, and the one before them counts meanwhile",
        &["a 1 - 09:30 counts", "b 2 a 10:00 fork:c", "c 2 a 10:30 fork:b"],
        "",
    ),
    (
        "where nothing stands before a fork, nothing counts",
        &["a 1 - 09:30 fork:b", "b 1 - 10:00 fork:a"],
        "",
    ),
    (
        "the operator’s choice settles a fork",
        &["a 1 - 09:30 replaced:c", "b 2 a 10:00 not_chosen", "c 2 a 10:30 counts"],
        "c",
    ),
    ("two choices settle nothing", &["a 1 - 09:30 fork:b", "b 1 - 10:00 fork:a"], "a b"),
    (
        "a revision after a fork counts",
        &["b 2 a 10:00 fork:c gap", "c 2 a 10:30 fork:b gap", "d 3 b 11:00 counts"],
        "",
    ),
    ("a late file makes no fork", &["a 1 - 09:30 counts", "b 1 - 13:30 late"], ""),
    ("the same file twice is one return", &["a 1 - 09:30 counts", "a 1 - 09:40 duplicate"], ""),
    (
        "a version whose predecessor has not arrived counts, and the gap is named",
        &["c 3 b 09:30 counts gap"],
        "",
    ),
    (
        "a version that replaces another than the one before it is named",
        &["a 1 - 09:30 replaced:c", "c 3 a 09:40 counts wrong_order"],
        "",
    ),
    (
        "what came at an unknown time is never after anything",
        &["a 1 - ? replaced:b", "b 2 a 09:30 counts"],
        "",
    ),
    ("nothing comes of nothing", &[], ""),
];

fn id(name: &str) -> String {
    name.repeat(64)
}

fn candidate(words: &[&str]) -> Candidate {
    let received = match words[3] {
        "?" => Received::Unknown,
        time => Received::At(at(&format!("2023-07-28T{time}:00+01:00")), Source::Stated),
    };
    let supersedes = (words[2] != "-").then(|| id(words[2]));
    Candidate { id: id(words[0]), revision: words[1].parse().unwrap(), supersedes, received }
}

fn said((place, odd): &(Place, Vec<Oddity>)) -> String {
    let name = |id: &String| id[..1].to_owned();
    let mut said = place.code().to_owned();
    match place {
        Place::Fork { others } => {
            said.push(':');
            said.push_str(&others.iter().map(name).collect::<Vec<_>>().join(","));
        }
        Place::Replaced { by } => said.extend([":", name(by).as_str()]),
        _ => {}
    }
    for oddity in odd {
        said.push(' ');
        said.push_str(oddity.code());
    }
    said
}

fn window() -> Window {
    Window::new(at("2023-07-28T09:00:00+01:00"), at("2023-07-28T13:00:00+01:00")).unwrap()
}

#[test]
fn each_file_becomes_what_the_table_says() {
    for (name, files, chosen) in CASES {
        let words: Vec<Vec<&str>> =
            files.iter().map(|file| file.split(' ').collect::<Vec<_>>()).collect();
        let candidates: Vec<Candidate> = words.iter().map(|words| candidate(words)).collect();
        let mut picked = SortedSet::new();
        for name in chosen.split_whitespace() {
            picked.insert(id(name));
        }
        let found: Vec<String> =
            counts(&candidates, Some(window()), &picked).iter().map(said).collect();
        let wanted: Vec<String> = words.iter().map(|words| words[4..].join(" ")).collect();
        assert_eq!(found, wanted, "{name}");
    }
}

#[test]
fn the_order_of_arrival_in_the_folder_changes_nothing_but_which_copy_is_the_copy() {
    for (name, files, chosen) in CASES.iter().filter(|(name, ..)| !name.contains("twice")) {
        let words: Vec<Vec<&str>> = files.iter().map(|file| file.split(' ').collect()).collect();
        let mut candidates: Vec<Candidate> = words.iter().map(|words| candidate(words)).collect();
        let mut picked = SortedSet::new();
        for name in chosen.split_whitespace() {
            picked.insert(id(name));
        }
        let mut forward = counts(&candidates, Some(window()), &picked);
        candidates.reverse();
        forward.reverse();
        assert_eq!(counts(&candidates, Some(window()), &picked), forward, "{name}");
    }
}

#[test]
fn without_a_window_nothing_is_late() {
    let file = candidate(&["a", "1", "-", "23:59"]);
    assert_eq!(counts(&[file], None, &SortedSet::new())[0].0, Place::Counts);
}
