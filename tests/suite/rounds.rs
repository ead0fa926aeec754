//! The promise of the whole: next month’s strike is a copied file. The program that is built already checks it.

use crate::support::{answer, at};
use ia_returns::cli::sources;
use ia_returns::collection::{Set, author};
use ia_returns::file::Draft;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The July round with other dates, another window, one staff group more and another limit.
const CHANGES: [(&str, &str); 18] = [
    ("id = \"sor-2023-07\"\n", "id = \"next-month\"\n"),
    ("title = \"Society of Radiographers, 25 to 27 July 2023\"", "title = \"Next month\""),
    ("by 1:00pm on Friday 28 July 2023. The window", "in time. The window"),
    ("2023-07-25T08:00", "2023-08-08T08:00"),
    ("2023-07-27T08:00", "2023-08-10T08:00"),
    ("2023-07-28T09:00", "2023-08-11T09:00"),
    ("2023-07-28T13:00", "2023-08-11T13:00"),
    ("2023-07-19T10:00", "2023-08-02T10:00"),
    ("2023-07-21T10:00", "2023-08-04T10:00"),
    ("by 10:00am on Friday 21 July 2023", "in time"),
    ("Tuesday 25 July 2023", "Tuesday 8 August 2023"),
    ("Wednesday 26 July 2023", "Wednesday 9 August 2023"),
    ("Thursday 27 July 2023", "Thursday 10 August 2023"),
    ("\"2023-07-25\"", "\"2023-08-08\""),
    ("\"2023-07-26\"", "\"2023-08-09\""),
    ("\"2023-07-27\"", "\"2023-08-10\""),
    ("label = \"Sonographers\"", "label = \"Ultrasound staff\""),
    ("absent_other_query_pct = { value = 15,", "absent_other_query_pct = { value = 30,"),
];

/// A file in a folder of its own, which is there when this is made.
fn written(name: &str, text: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rounds");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path
}

/// A draft of a round: 88 and 36 due, and of these 4 and 8 away for other reasons; more sonographers away than due.
fn draft(set: &Set, collection: &str, day: &str, now: &str) -> String {
    let form = set.form(collection, "workforce_sitrep").unwrap().clone();
    let organisation = form.organisations.by_code("RX1").unwrap().clone();
    let mut draft = Draft::new(form, organisation, None, at(now));
    for (cell, figure) in [
        ("diagnostic_radiographer.due_to_work", "88"),
        ("diagnostic_radiographer.absent_ia", "52"),
        ("diagnostic_radiographer.absent_other", "4"),
        ("therapeutic_radiographer.due_to_work", "36"),
        ("therapeutic_radiographer.absent_ia", "21"),
        ("therapeutic_radiographer.absent_other", "8"),
        ("sonographer.due_to_work", "12"),
        ("sonographer.absent_ia", "13"),
    ] {
        answer(&mut draft, &format!("workforce.staffing.{day}.{cell}"), figure);
    }
    draft.write(at(now))
}

/// What the built program says.
fn said(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_ia-returns")).args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_copied_collection_with_other_dates_staff_groups_and_limits_changes_what_check_says_with_no_rebuild()
 {
    let mut files = sources::shipped();
    let mut copy =
        files.collections.iter().find(|file| file.stem() == "sor-2023-07").unwrap().clone();
    for (from, to) in CHANGES {
        assert!(copy.text.contains(from), "{from}");
        copy.text = copy.text.replace(from, to);
    }
    copy.path = "next-month.toml".to_owned();
    let collection = written("next-month.toml", &copy.text);
    files.collections.push(copy);
    let set =
        Set::load(&author::compile(&files).unwrap_or_else(|faults| panic!("{faults:?}"))).unwrap();
    let (july, august) = ("2023-07-28T10:40:00+01:00", "2023-08-11T10:40:00+01:00");
    let old = written("old.json", &draft(&set, "sor-2023-07", "2023-07-25", july));
    let new = written("new.json", &draft(&set, "next-month", "2023-08-08", august));
    let [collection, old, new] = [&collection, &old, &new].map(|path| path.to_str().unwrap());

    let before = said(&["check", "--at", july, old]);
    assert!(before.contains("query BQ04"), "8 of 36 is more than 15%: {before}");
    assert!(before.contains("“Sonographers”, Tuesday 25 July 2023"), "{before}");
    let after = said(&["--collection", collection, "check", "--at", august, new]);
    assert!(!after.contains("BQ04"), "8 of 36 is not more than 30%: {after}");
    assert!(after.contains("“Ultrasound staff”, Tuesday 8 August 2023"), "{after}");
    assert!(!after.contains("25 July"), "{after}");
    // Two weeks later the window of July had closed, and that of August is open.
    let late = said(&["check", "--at", august, old]);
    assert!(late.contains("XQ07") && !after.contains("XQ07"), "{late}");
    // Without the file the program does not know the round.
    let unknown =
        Command::new(env!("CARGO_BIN_EXE_ia-returns")).args(["check", new]).output().unwrap();
    assert_eq!(unknown.status.code(), Some(3));
}
