//! What several tests start from: the shipped set, and the return of the journeys.

use ia_returns::answers::{Place, entry};
use ia_returns::check::{self, Checked, Explanation};
use ia_returns::cli::sources;
use ia_returns::collection::author::{self, Files};
use ia_returns::collection::{Document, Set};
use ia_returns::file::{Draft, Sealed, Sealing, seal};
use ia_returns::json::{self, Value};
use ia_returns::sign::{self, Header, Kind, Role, SecretKey};
use ia_returns::time::Instant;
use std::sync::OnceLock;

/// Invented figures for RX1: due, absent for the action, absent for other reasons, by date and
/// staff group in list order. Other in scope is all zero.
pub(crate) const FIGURES: [[[i64; 3]; 5]; 3] = [
    [[88, 52, 4], [36, 21, 8], [12, 3, 0], [40, 9, 2], [0, 0, 0]],
    [[85, 49, 5], [37, 22, 2], [11, 4, 1], [41, 10, 1], [0, 0, 0]],
    [[8, 3, 0], [3, 1, 0], [0, 0, 0], [5, 0, 0], [0, 0, 0]],
];
pub(crate) const DAYS: [&str; 3] = ["2023-07-25", "2023-07-26", "2023-07-27"];
pub(crate) const GROUPS: [&str; 5] = [
    "diagnostic_radiographer",
    "therapeutic_radiographer",
    "sonographer",
    "imaging_radiotherapy_support",
    "other_in_scope",
];

/// 10:40 BST on 28 July 2023, inside the window.
pub(crate) const IN_TIME: &str = "2023-07-28T10:40:00+01:00";
/// 13:00 BST on the same day: the first second that is late.
pub(crate) const LATE: &str = "2023-07-28T13:00:00+01:00";

pub(crate) fn documents() -> &'static [Document] {
    static DOCUMENTS: OnceLock<Vec<Document>> = OnceLock::new();
    DOCUMENTS
        .get_or_init(|| author::compile(&sources::shipped()).expect("the shipped data compiles"))
}

pub(crate) fn set() -> Set {
    Set::load(documents()).expect("the shipped set loads")
}

/// The set of some files.
pub(crate) fn set_of(files: &Files) -> Set {
    let documents = author::compile(files)
        .unwrap_or_else(|faults| panic!("{}", faults.first().expect("a fault")));
    Set::load(&documents).expect("it loads")
}

pub(crate) fn at(text: &str) -> Instant {
    Instant::parse(text).expect("a time")
}

/// An empty draft for RX1.
pub(crate) fn empty(set: &Set, now: &str) -> Draft {
    let form = set.form("sor-2023-07", "workforce_sitrep").expect("the form").clone();
    let organisation = form.organisations.by_code("RX1").expect("RX1").clone();
    Draft::new(form, organisation, None, at(now))
}

/// Types an answer; panics where the id is none or the text is not read.
pub(crate) fn answer(draft: &mut Draft, id: &str, typed: &str) {
    let place =
        Place::parse(id, &draft.form, &draft.answers).unwrap_or_else(|| panic!("no place {id}"));
    let field = place.field(&draft.form).expect("a field");
    let read = entry::read(&draft.form, field, typed)
        .unwrap_or_else(|kind| panic!("{id}: {typed:?} is {kind:?}"));
    draft.answers.set(place, read);
}

pub(crate) fn cell(day: usize, group: usize, column: &str) -> String {
    format!("workforce.staffing.{}.{}.{column}", DAYS[day], GROUPS[group])
}

/// The journey's return: figures, names, sign-off, the query explained.
pub(crate) fn filled(set: &Set, now: &str) -> Draft {
    let mut draft = empty(set, now);
    for (day, groups) in FIGURES.iter().enumerate() {
        for (group, figures) in groups.iter().enumerate() {
            for (column, figure) in ["due_to_work", "absent_ia", "absent_other"].iter().zip(figures)
            {
                answer(&mut draft, &cell(day, group, column), &figure.to_string());
            }
        }
    }
    for (id, text) in [
        ("about.nil_return", "no"),
        ("about.submitter_name", "Information analyst on duty"),
        ("about.submitter_role", "Information analyst"),
        ("about.submitter_email", "information.analyst@nuh.nhs.uk"),
        ("declared.signoff_name", "Director on call"),
        ("declared.signoff_role", "duty_director"),
        ("declared.signoff_how", "by_phone"),
        ("declared.signoff_at", "2023-07-28T10:30"),
    ] {
        answer(&mut draft, id, text);
    }
    if now == LATE {
        answer(&mut draft, "about.late_reason", "The figures for the second day came at 13:05.");
    }
    let row = [("staff_group", GROUPS[1]), ("strike_date", DAYS[0])];
    draft.explanations.push(Explanation {
        rule: "BQ04".to_owned(),
        row: row.map(|(key, id)| (key.to_owned(), id.to_owned())).into_iter().collect(),
        text: "Eight were on booked annual leave before the action was called.".to_owned(),
    });
    draft
}

pub(crate) fn checked(draft: &Draft, now: &str) -> Checked {
    check::check(&draft.subject(at(now), &check::Mistakes::new()))
}

/// A value of another library as one of ours.
pub(crate) fn value(json: &serde_json::Value) -> Value {
    json::read(json.to_string().as_bytes()).expect("it is I-JSON")
}

/// Rule ids of the findings, with their rows' entries.
pub(crate) fn rules(checked: &Checked) -> Vec<String> {
    let name = |f: &check::Finding| {
        let row: Vec<&str> = f.row.values().map(String::as_str).collect();
        if row.is_empty() { f.rule.clone() } else { format!("{} {}", f.rule, row.join(" ")) }
    };
    checked.findings().iter().map(name).collect()
}

/// The journey's return, sealed with the key of seed 7.
pub(crate) fn sealed(set: &Set) -> Sealed {
    let key = SecretKey::from_seed([7; 32].into());
    let draft = filled(set, IN_TIME);
    seal(&draft, &Sealing::new(&draft, &key, at(IN_TIME), "native")).expect("it can be sealed")
}

/// The sealed return with a change made by somebody who holds a key: signed again, so that only a
/// re-check can tell.
pub(crate) fn resealed(set: &Set, change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut file = json::read(sealed(set).text.as_bytes()).expect("it reads");
    change(&mut file["return"]);
    let key = SecretKey::from_seed([7; 32].into());
    let header = Header {
        role: Role::Preparer,
        signer_name: "Information analyst on duty".to_owned(),
        signer_job_title: "Information analyst".to_owned(),
        signed_at: at(IN_TIME),
    };
    let payload = json::canonical(&file["return"]);
    let signature = sign::sign(&key, Kind::Return, payload.as_bytes(), &header);
    file["signatures"][0]["signature"] = signature.signature.into();
    json::canonical(&file).into_bytes()
}

/// Compares with a file under `tests/`, or writes it where `IA_WRITE` is set.
pub(crate) fn same_as_file(name: &str, text: &str) {
    same_as_bytes(name, text.as_bytes());
}

/// As [`same_as_file`], for what need not be text.
pub(crate) fn same_as_bytes(name: &str, bytes: &[u8]) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name);
    if std::env::var_os("IA_WRITE").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        std::fs::write(&path, bytes).expect("it can be written");
    }
    let found = std::fs::read(&path).unwrap_or_default();
    assert!(
        found == bytes,
        "{} is not what the code writes now: run with IA_WRITE=1 and read the change",
        path.display()
    );
}
