//! Every fault of collections, expected lists, organisation lists and the calendar, as data: `tests/data/lint/`, one
//! file a fault. Each is a shipped file with one change, and what is said of it: where, what, and what to do.

use crate::support::same_as_file;
use ia_returns::cli::sources;
use ia_returns::collection::author::{self, Files};
use ia_returns::template::author::{AuthorFault, File};
use std::fs;
use std::path::Path;

/// The file of the shipped data with this path.
fn file_of<'f>(files: &'f mut Files, path: &str) -> &'f mut File {
    let Files { templates, collections, expected, expected_rows, organisations, calendar } = files;
    let all = [templates, collections, expected, expected_rows, organisations, calendar];
    let mut all = all.into_iter().flatten();
    all.find(|file| file.path == path).unwrap_or_else(|| panic!("there is no {path}"))
}

/// The shipped data with the change of a case.
fn changed(case: &toml::Table) -> Files {
    let mut files = sources::shipped();
    let path = case["file"].as_str().unwrap();
    let file = file_of(&mut files, path);
    if let Some(text) = case.get("text") {
        text.as_str().unwrap().clone_into(&mut file.text);
    }
    for change in case.get("change").and_then(toml::Value::as_array).into_iter().flatten() {
        let (from, to) = (change["from"].as_str().unwrap(), change["to"].as_str().unwrap());
        assert!(file.text.contains(from), "{path} does not say {from}");
        file.text = file.text.replacen(from, to, 1);
    }
    // Only what the case is about: the other rounds say the same again of a list that is changed.
    let is_rows = path.contains("/expected/");
    let own = if is_rows { "sor-2023-07" } else { file.stem() }.to_owned();
    let keep = |file: &File| {
        path.starts_with("collections/") && (file.stem() == own || file.stem() == "sor-2023-07")
    };
    files.collections.retain(keep);
    files.collections.sort_by(|a, b| a.path.cmp(&b.path));
    files.expected.retain(|file| is_rows && file.stem() == own);
    files
}

/// What stands at the place of a fault.
fn text_at<'t>(fault: &AuthorFault, text: &'t str) -> &'t str {
    let line = text.lines().nth(fault.line - 1).unwrap_or_default();
    let start = line.char_indices().nth(fault.column - 1).map_or(line.len(), |(at, _)| at);
    &line[start..]
}

#[test]
fn every_fault_is_said_where_it_is_and_with_what_to_do() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/lint");
    let mut names: Vec<_> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    assert!(names.len() > 90, "the cases are not there");
    for path in names {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let written = fs::read_to_string(&path).unwrap();
        let case: toml::Table = written.parse().unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut files = changed(&case);
        let faults = author::compile(&files).err().unwrap_or_default();
        assert!(!faults.is_empty(), "{name}: nothing is said");
        let mut said = written.split("\n[[fault]]").next().unwrap().trim_end().to_owned() + "\n";
        for fault in &faults {
            assert_eq!(fault.file, case["file"].as_str().unwrap(), "{name}: {fault}");
            let at = text_at(fault, &file_of(&mut files, &fault.file).text);
            assert!(!at.is_empty(), "{name}: {fault} is past the end of its line");
            let (message, help) = (fault.message.as_str(), fault.help.as_str());
            for (member, text) in [("\n[[fault]]\nat", at), ("message", message), ("help", help)] {
                said.extend([member, " = '''", text, "'''\n"]);
            }
        }
        same_as_file(&format!("data/lint/{name}"), &said);
    }
}
