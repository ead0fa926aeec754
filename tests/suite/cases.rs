//! Rules by example, as data: `tests/data/cases/<template>/<rule>-<sentence>.toml`, one file, one cause.
//! `tests/README.md` says how a case is written.

mod case;
mod coverage;
mod ids;
mod values;

use case::{Case, Outcome};
use ia_returns::collection::Set;
use ia_returns::file::Draft;
use ia_returns::time::Instant;
use std::fs;
use std::path::{Path, PathBuf};

/// What the names of worked returns begin with.
const WORKED: &str = "worked-";

/// A case, and where it stands.
struct Found {
    /// `workforce_sitrep/BE04-more-absent-than-due`, without the ending.
    name: String,
    template: String,
    case: Case,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases")
}

/// Every case, in the order of the names; the bases they start from are none.
fn all() -> Vec<Found> {
    let mut found = Vec::new();
    for template in entries(&folder()).into_iter().filter(|path| path.is_dir()) {
        let id = stem(&template);
        for path in entries(&template) {
            let file = stem(&path);
            if file.starts_with("base-") {
                continue;
            }
            let name = format!("{id}/{file}");
            let text = fs::read_to_string(&path).unwrap();
            let case = Case::read(&text).unwrap_or_else(|reason| panic!("{name}: {reason}"));
            found.push(Found { name, template: id.clone(), case });
        }
    }
    found
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

/// The base that a case starts from, by its name.
fn base(template: &str, name: &str) -> toml::Table {
    let path = folder().join(template).join(format!("base-{name}.toml"));
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.parse().unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// A complete base as a draft, and when it is of.
pub(crate) fn complete(set: &Set, template: &str) -> (Draft, Instant) {
    let case = Case::of_base(&base(template, "complete"), "complete").unwrap();
    let draft = case.draft(set, template, &|name| base(template, name));
    (draft.unwrap_or_else(|reason| panic!("{template}: {reason}")), case.now().unwrap())
}

#[test]
fn every_rule_speaks_and_is_silent_as_its_cases_say() {
    let set = crate::support::set();
    let cases = all();
    let mut complaints = Vec::new();
    for Found { name, template, case } in &cases {
        let about = if case.rule.is_empty() { "value" } else { &case.rule };
        let file = name.split('/').next_back().unwrap();
        if file.starts_with(WORKED) {
            continue;
        }
        if !file.starts_with(&format!("{about}-")) {
            complaints.push(format!("{name}: the file name does not begin with {about}-"));
        }
        match case.run(&set, template, &|name| base(template, name)) {
            Ok(outcome) => {
                let wrong = case.compare(&outcome);
                complaints.extend(wrong.iter().map(|what| format!("{name}: {what}")));
            }
            Err(reason) => complaints.push(format!("{name}: {reason}")),
        }
    }
    assert!(!cases.is_empty(), "there are no cases");
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

/// Whole returns, from the first answer to the last total, as a person with paper and pencil would work them out.
#[test]
fn worked_returns_add_up_to_what_was_worked_out_by_hand() {
    let set = crate::support::set();
    let mut complaints = Vec::new();
    let mut seen = Vec::new();
    for Found { name, template, case } in &all() {
        if !name.split('/').next_back().unwrap().starts_with(WORKED) {
            continue;
        }
        seen.push(name.clone());
        match case.run(&set, template, &|name| base(template, name)) {
            Ok(outcome) => {
                let wrong = case.compare_whole(&outcome);
                complaints.extend(wrong.iter().map(|what| format!("{name}: {what}")));
            }
            Err(reason) => complaints.push(format!("{name}: {reason}")),
        }
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
    for kind in ["an-acute-trust", "an-ambulance-trust", "a-region", "a-nil-return"] {
        assert!(seen.iter().any(|name| name.ends_with(kind)), "no worked return of {kind}");
    }
}

/// The base returns themselves have no errors and no unexplained queries, else every case starts from a mistake.
#[test]
fn every_complete_base_can_be_sealed() {
    let set = crate::support::set();
    let mut complaints = Vec::new();
    for template in entries(&folder()).into_iter().filter(|path| path.is_dir()) {
        let id = stem(&template);
        for path in entries(&template).iter().filter(|path| stem(path).starts_with("base-")) {
            let name = stem(path)["base-".len()..].to_owned();
            let table = base(&id, &name);
            let Some(case) = Case::of_base(&table, &name) else {
                complaints.push(format!("{id}/base-{name}: no collection, organisation and at"));
                continue;
            };
            match case.run(&set, &id, &|name| base(&id, name)) {
                Ok(Outcome { sealable: true, .. }) => {}
                Ok(outcome) => complaints.push(format!("{id}/base-{name}: {:?}", outcome.said)),
                Err(reason) => complaints.push(format!("{id}/base-{name}: {reason}")),
            }
        }
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

/// Every base return as a draft, and the time it is checked at.
pub(crate) fn bases(set: &Set) -> Vec<(String, Draft, Instant)> {
    let mut drafts = Vec::new();
    for template in entries(&folder()).into_iter().filter(|path| path.is_dir()) {
        let id = stem(&template);
        for path in entries(&template).iter().filter(|path| stem(path).starts_with("base-")) {
            let name = stem(path)["base-".len()..].to_owned();
            let case = Case::of_base(&base(&id, &name), &name).unwrap();
            let draft = case.draft(set, &id, &|name| base(&id, name)).unwrap();
            drafts.push((format!("{id}/base-{name}"), draft, case.now().unwrap()));
        }
    }
    drafts
}

/// Every case whose answers can be sealed, as a draft, and the time it is checked at.
pub(crate) fn sealable(set: &Set) -> Vec<(String, Draft, Instant)> {
    let mut drafts = Vec::new();
    for Found { name, template, case } in all() {
        let base = |name: &str| base(&template, name);
        if let Ok(Outcome { sealable: true, .. }) = case.run(set, &template, &base) {
            let draft = case.draft(set, &template, &base).unwrap();
            drafts.push((name, draft, case.now().unwrap()));
        }
    }
    drafts
}

// The harness notices what it says it notices.

const NAMES: &str = r#"
at = "2023-07-28T10:40"
collection = "sor-2023-07"
organisation = "RX1"
"#;

fn complaints_of(text: &str) -> Vec<String> {
    let case = Case::read(&format!("{NAMES}{text}")).unwrap();
    let set = crate::support::set();
    let none = |_: &str| toml::Table::new();
    match case.run(&set, "workforce_sitrep", &none) {
        Ok(outcome) => case.compare(&outcome),
        Err(reason) => vec![reason],
    }
}

const ROW: &str = r#"
[[answers.workforce.staffing]]
strike_date = "2023-07-25"
staff_group = "sonographer"
due_to_work = 88
absent_ia = 98
"#;

#[test]
fn a_case_that_is_true_has_no_complaint() {
    let speaks = r#"speaks = ["strike_date=2023-07-25 staff_group=sonographer"]"#;
    let said = complaints_of(&format!("rule = \"BE04\"\n{speaks}\nsays = [\"98\", \"88\"]\n{ROW}"));
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn a_case_that_is_not_true_is_noticed() {
    for (text, wanted) in [
        ("rule = \"BE04\"\nspeaks = []", "speaks at"),
        ("rule = \"BE05\"\nspeaks = [\"\"]", "does not speak at"),
        ("rule = \"BE99\"\nspeaks = []", "no rule"),
        (
            "rule = \"BE04\"\nspeaks = [\"staff_group=sonographer strike_date=2023-07-25\"]\nsays = [\"97\"]",
            "does not say",
        ),
    ] {
        let said = complaints_of(&format!("{text}\n{ROW}"));
        assert!(said.len() == 1 && said[0].contains(wanted), "{text}: {said:?}");
    }
}

#[test]
fn a_value_that_is_another_is_noticed() {
    let row = "values.rows.\"workforce.staffing\" = [{ strike_date = \"2023-07-25\"";
    for (text, wanted) in [
        ("values.totals.peak_date = \"Tuesday 25 July 2023\"", None),
        ("values.totals.peak_date = \"unknown!\"", Some("peak_date is \"Tuesday 25 July 2023\"")),
        ("values.totals.person_days_absent = { not_known = 14, value = 98 }", None),
        ("values.totals.person_days_absent = 98", Some("person_days_absent is {")),
        ("values.totals.peak = 98", Some("peak is not known, not 98")),
        ("values.totals.peak = \"unknown!\"", None),
        (
            "values.groups.by_day = [{ strike_date = \"2023-07-25\" }]",
            Some("nothing is calculated"),
        ),
        (&format!("{row}, staff_group = \"sonographer\", participation_pct = 1114 }}]"), None),
        (
            &format!("{row}, staff_group = \"sonographer\", participation_pct = 1113 }}]"),
            Some("participation_pct is 1114, not 1113"),
        ),
    ] {
        let said = complaints_of(&format!("{text}\n{ROW}"));
        match wanted {
            None => assert!(said.is_empty(), "{text}: {said:?}"),
            Some(wanted) => {
                assert!(said.len() == 1 && said[0].contains(wanted), "{text}: {said:?}");
            }
        }
    }
}

#[test]
fn a_worked_return_that_leaves_something_out_is_noticed() {
    let case = Case::read(&format!("{NAMES}{ROW}")).unwrap();
    let set = crate::support::set();
    let outcome = case.run(&set, "workforce_sitrep", &|_| toml::Table::new()).unwrap();
    let said = case.compare_whole(&outcome);
    for wanted in [
        "totals: peak_absent is not worked out",
        "by_date 2023-07-25: day_due is not worked out",
        "workforce.staffing 2023-07-25 sonographer: participation_pct is not worked out",
        "also (\"BE04\"",
        "it cannot be sealed",
    ] {
        assert!(said.iter().any(|line| line.starts_with(wanted)), "no “{wanted}” in {said:#?}");
    }
}

#[test]
fn an_answer_that_no_file_can_hold_is_refused_by_the_reader() {
    let said = complaints_of("rule = \"BE04\"\nspeaks = []\nanswers.about.nil_return = 3");
    assert!(said.len() == 1 && said[0].contains("/answers/about/nil_return"), "{said:?}");
}
