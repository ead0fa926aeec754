//! Returns for the tests of collation, sealed as organisations seal them.

use crate::support::{FIGURES, GROUPS, answer, at, set};
use ia_returns::check::Explanation;
use ia_returns::cli::sources;
use ia_returns::collate::{Bench, Cell, Collation, Decisions, Operator, Picture, Table, author};
use ia_returns::collection::{Contact, Expected, Owes, Set};
use ia_returns::file::{Draft, Sealed, Sealing, seal};
use ia_returns::json;
use ia_returns::sign::{Header, Kind, Role, SecretKey, Thumbprint, document};

pub(crate) const ROUND: &str = "sor-2023-07";
/// When the collation is made.
pub(crate) const NOW: &str = "2023-07-28T14:00:00+01:00";

/// The key `k7` of a test.
pub(crate) fn key(name: &str) -> SecretKey {
    let number: u8 = name.trim_start_matches('k').parse().expect("a number");
    SecretKey::from_seed([number; 32].into())
}

pub(crate) fn thumbprint(name: &str) -> Thumbprint {
    key(name).public().thumbprint()
}

pub(crate) fn header(time: &str) -> Header {
    Header {
        role: Role::Preparer,
        signer_name: "Information analyst on duty".to_owned(),
        signer_job_title: "Information analyst".to_owned(),
        signed_at: at(time),
    }
}

/// The pictures that are shipped.
pub(crate) fn pictures() -> Vec<Picture> {
    let files = sources::pictures(None).expect("they are shipped");
    files.iter().map(|file| author::picture(file).expect("a picture").0).collect()
}

/// What a test starts a return with.
pub(crate) struct Make<'a> {
    pub(crate) round: &'a str,
    pub(crate) organisation: &'a str,
    pub(crate) revision: i64,
    pub(crate) replaces: Option<String>,
    pub(crate) nil: bool,
    /// Put on top of the first figure of staff due to work, so that two returns differ.
    pub(crate) more: i64,
}

impl Default for Make<'_> {
    fn default() -> Self {
        Self { round: ROUND, organisation: "RX1", revision: 1, replaces: None, nil: false, more: 0 }
    }
}

/// 10:00 on the day of the window, in every round that these tests use.
fn prepared(round: &str) -> &'static str {
    match round {
        ROUND => "2023-07-28T10:00:00+01:00",
        "practice" => "2026-06-08T10:00:00+01:00",
        "sor-2023-10" => "2023-10-06T10:00:00+01:00",
        _ => "2023-07-28T10:00:00+01:00",
    }
}

/// A draft of a workforce return.
pub(crate) fn workforce(set: &Set, make: &Make<'_>) -> Draft {
    let form = set.form(make.round, "workforce_sitrep").expect("the form").clone();
    let organisation = form.organisations.by_code(make.organisation).expect("it is listed").clone();
    let mut draft = Draft::new(form, organisation, None, at(prepared(make.round)));
    draft.revision = make.revision;
    draft.supersedes.clone_from(&make.replaces);
    let days: Vec<String> = draft.form.list(0).iter().map(|day| day.id.clone()).collect();
    for (day, groups) in days.iter().zip(FIGURES) {
        for (group, figures) in GROUPS.iter().zip(groups) {
            let first = *day == days[0] && *group == GROUPS[0];
            let due = figures[0] + if first { make.more } else { 0 };
            let absent = if make.nil { 0 } else { figures[1] };
            for (column, figure) in
                [("due_to_work", due), ("absent_ia", absent), ("absent_other", 0)]
            {
                let id = format!("workforce.staffing.{day}.{group}.{column}");
                answer(&mut draft, &id, &figure.to_string());
            }
        }
    }
    answer(&mut draft, "about.nil_return", if make.nil { "yes" } else { "no" });
    if make.nil {
        answer(&mut draft, "about.nil_reason", "no_staff_took_part");
    }
    people(&mut draft, make.revision);
    draft
}

/// Who prepared it, and who agreed it.
pub(crate) fn people(draft: &mut Draft, revision: i64) {
    for (id, text) in [
        ("about.submitter_name", "Information analyst on duty"),
        ("about.submitter_role", "Information analyst"),
        ("about.submitter_email", "information.analyst@nuh.nhs.uk"),
        ("declared.signoff_name", "Director on call"),
        ("declared.signoff_role", "duty_director"),
        ("declared.signoff_how", "by_phone"),
        ("declared.signoff_at", "2023-07-28T09:30"),
    ] {
        answer(draft, id, text);
    }
    if revision > 1 {
        answer(draft, "about.revision_reason", "The night shift was counted twice before.");
    }
}

/// Explains every query, as a trust would.
pub(crate) fn explain(draft: &mut Draft, time: &str) {
    let checked = crate::support::checked(draft, time);
    for finding in checked.unexplained() {
        draft.explanations.push(Explanation {
            rule: finding.rule.clone(),
            row: finding.row.clone(),
            text: "The figures were compared with the rota and are right.".to_owned(),
        });
    }
}

pub(crate) fn sealed(mut draft: Draft, key: &SecretKey) -> Sealed {
    let time = prepared(&draft.form.collection.source().id.clone());
    explain(&mut draft, time);
    let sealing = Sealing::new(&draft, key, at(time), "native");
    seal(&draft, &sealing).unwrap_or_else(|error| panic!("{error}"))
}

/// A file whose total was changed by whoever holds the key.
pub(crate) fn differing(file: &Sealed, key: &SecretKey) -> Vec<u8> {
    let mut value = json::read(file.text.as_bytes()).expect("it reads");
    value["return"]["derived"]["values"]["totals"]["person_days_absent"] = 1_000_001.into();
    let payload = value["return"].clone();
    let signature = document::signature(&payload, Kind::Return, key, &header(NOW));
    document::write(payload, Kind::Return, vec![signature]).into_bytes()
}

/// A file that was changed after it was sealed.
pub(crate) fn changed(file: &Sealed) -> Vec<u8> {
    file.text.replacen("\"due_to_work\": 8", "\"due_to_work\": 9", 1).into_bytes()
}

/// An expected list of workforce returns.
pub(crate) fn expected(codes: &[&str], templates: &[&str]) -> Expected {
    let owes = |code: &&str| Owes {
        code: (*code).to_owned(),
        actions: vec!["sor-2023-07-25".to_owned()],
        returns: templates.iter().map(|id| (*id).to_owned()).collect(),
        contacts: vec![Contact {
            name: "Operations desk".to_owned(),
            email: format!("desk.{}@example.nhs.uk", code.to_lowercase()),
            ..Contact::default()
        }],
        ..Owes::default()
    };
    Expected {
        format: "ia-expected/1".to_owned(),
        collection: ROUND.to_owned(),
        serial: 1,
        issued: "2023-07-20".to_owned(),
        complete: true,
        note: String::new(),
        organisations: codes.iter().map(owes).collect(),
    }
}

/// Everything an operator has, for tests that only look.
pub(crate) struct Desk {
    pub(crate) set: Set,
    pub(crate) pictures: Vec<Picture>,
    pub(crate) expected: Option<Expected>,
    pub(crate) decisions: Decisions,
}

impl Desk {
    pub(crate) fn new(expected: Option<Expected>) -> Self {
        Self { set: set(), pictures: pictures(), expected, decisions: Decisions::about(ROUND) }
    }

    pub(crate) fn bench(&self) -> Bench<'_> {
        Bench { set: &self.set, pictures: &self.pictures, collection: ROUND }
    }

    pub(crate) fn operator(&self) -> Operator<'_> {
        Operator {
            bench: self.bench(),
            expected: self.expected.as_ref(),
            register: None,
            now: at(NOW),
        }
    }

    /// A collation of files that all came at an unknown time.
    pub(crate) fn collate(&self, files: &[(&str, &[u8])]) -> Collation {
        let bench = self.bench();
        let judged =
            files.iter().map(|(name, bytes)| ia_returns::collate::judge(name, bytes, &bench));
        ia_returns::collate::collate(judged.collect(), &self.operator(), &self.decisions)
    }

    pub(crate) fn tables(&self, collation: &Collation) -> Vec<Table> {
        collation.tables(&self.operator(), &self.decisions)
    }
}

/// A table, by id.
pub(crate) fn table<'t>(tables: &'t [Table], id: &str) -> &'t Table {
    tables.iter().find(|table| table.id == id).unwrap_or_else(|| panic!("no table {id}"))
}

/// The rows in which columns have these texts, as the texts of other columns.
pub(crate) fn rows(table: &Table, filter: &[(&str, &str)], wanted: &[&str]) -> Vec<String> {
    let text = |row: usize, column: &str| {
        let place = table.column(column).unwrap_or_else(|| panic!("no column {column}"));
        table
            .cell(row, column)
            .map_or_else(String::new, |cell: &Cell| cell.plain(table.columns[place].decimals))
    };
    (0..table.rows.len())
        .filter(|row| filter.iter().all(|(column, wanted)| text(*row, column) == *wanted))
        .map(|row| wanted.iter().map(|column| text(row, column)).collect::<Vec<_>>().join("|"))
        .collect()
}
