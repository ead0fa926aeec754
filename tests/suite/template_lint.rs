//! Every fault of templates, as data: `tests/data/template-lint/`, one file a fault. Each is the small template of
//! `tests/data/engine/` with one change, and what is said of it: where, what, and what to do.

use crate::support::same_as_file;
use ia_returns::cli::sources;
use ia_returns::template::author::{AuthorFault, File, template};
use std::fs;
use std::path::Path;

fn small() -> File {
    let text = include_str!("../data/engine/audit.toml").to_owned();
    File { path: "audit.toml".to_owned(), text }
}

/// The small template with the change of a case.
fn changed(name: &str, case: &toml::Table) -> File {
    let mut file = small();
    for change in case["change"].as_array().unwrap() {
        let (from, to) = (change["from"].as_str().unwrap(), change["to"].as_str().unwrap());
        assert!(file.text.contains(from), "{name}: the template does not say {from}");
        file.text = file.text.replacen(from, to, 1);
    }
    file
}

/// What stands at the place of a fault: line and column, and the rest of the line.
fn place(fault: &AuthorFault, text: &str) -> String {
    let line = text.lines().nth(fault.line - 1).unwrap_or_default();
    let rest: String = line.chars().skip(fault.column - 1).collect();
    assert!(!rest.is_empty(), "{fault} is past the end of its line");
    format!("{}:{} {rest}", fault.line, fault.column)
}

#[test]
fn every_fault_of_a_template_is_said_where_it_is_and_with_what_to_do() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/template-lint");
    let mut paths: Vec<_> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() > 65, "the cases are not there");
    for path in paths {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let written = fs::read_to_string(&path).unwrap();
        let case: toml::Table = written.parse().unwrap_or_else(|error| panic!("{name}: {error}"));
        let file = changed(&name, &case);
        let faults = template(&file, &[]).err().unwrap_or_default();
        assert!(!faults.is_empty(), "{name}: nothing is said");
        let mut said =
            written.split("\n[[fault]]\nat").next().unwrap().trim_end().to_owned() + "\n";
        for fault in &faults {
            let at = place(fault, &file.text);
            let (message, help) = (fault.message.as_str(), fault.help.as_str());
            for (member, text) in [("\n[[fault]]\nat", &*at), ("message", message), ("help", help)]
            {
                said.extend([member, " = '''", text, "'''\n"]);
            }
        }
        same_as_file(&format!("data/template-lint/{name}"), &said);
    }
}

#[test]
fn the_small_template_has_no_fault_of_its_own() {
    let faults = template(&small(), &[]).err().unwrap_or_default();
    assert!(faults.is_empty(), "{faults:?}");
}

#[test]
fn a_fault_of_a_shared_part_is_said_in_the_part_for_each_template_that_includes_it() {
    let mut files = sources::shipped().templates;
    let part = files.iter_mut().find(|file| file.path == "templates/envelope.toml").unwrap();
    let (from, to) =
        ("“{label}” is “{typed}”. Enter a whole number in digits", "“{label}” is {value}");
    assert!(part.text.contains(from));
    part.text = part.text.replacen(from, to, 1);
    let line = part.text.lines().position(|line| line.contains(to)).unwrap() + 1;
    for name in ["learning", "workforce_sitrep"] {
        let file = files.iter().find(|file| file.stem() == name).unwrap();
        let faults = template(file, &files).unwrap_err();
        let [fault] = faults.as_slice() else { panic!("{faults:?}") };
        assert_eq!((fault.file.as_str(), fault.line), ("templates/envelope.toml", line));
        assert_eq!(fault.message, "nothing is filled in for {value}");
    }
}
