//! Organisation lists, expected lists, and what changed between two rounds.

use crate::support::set;
use ia_returns::cli::sources;
use ia_returns::collection::author::{self, Against, Base, Calendar, ods};
use ia_returns::collection::{
    By, Collection, Document, DocumentKind, Expected, Organisations, diff,
};
use ia_returns::json;
use ia_returns::template::author::File;
use ia_returns::time::Date;
use proptest::prelude::*;
use std::rc::Rc;
use std::sync::OnceLock;

fn file(path: &str, text: &str) -> File {
    File { path: path.to_owned(), text: text.to_owned() }
}

fn base() -> Base {
    let (base, faults) = Base::new(&sources::shipped());
    assert!(faults.is_empty(), "{faults:?}");
    base
}

fn list(id: &str) -> Rc<Organisations> {
    base().organisations.iter().find(|list| list.id() == id).unwrap().clone()
}

/// Codes found, with what they were found by.
fn found(list: &Organisations, text: &str) -> Vec<(By, String)> {
    list.find(text).into_iter().map(|(by, own)| (by, own.code.clone())).collect()
}

// Organisations.

#[test]
fn an_organisation_is_found_by_code_name_former_name_and_former_code() {
    let now = list("2026-07");
    for (text, by, codes) in [
        ("RX1", By::Code, &["RX1"][..]),
        (" rx1 ", By::Code, &["RX1"]),
        ("nottingham university hospitals nhs trust", By::Name, &["RX1"]),
        ("King’s College Hospital NHS Foundation Trust", By::Name, &["RJZ"]),
        ("Kings College Hospital NHS Foundation Trust", By::Name, &["RJZ"]),
        ("R1C", By::FormerCode, &["RW1"]),
        ("Solent NHS Trust", By::FormerName, &["RW1"]),
        ("Southern Health NHS Foundation Trust", By::FormerName, &["RW1"]),
        ("North Bristol NHS Trust", By::FormerName, &["RA7"]),
        // An ICB that was divided went to three.
        ("QNQ", By::FormerCode, &["QRL", "S0E4D", "S9B9J"]),
        ("NHS Frimley Integrated Care Board", By::FormerName, &["QRL", "S0E4D", "S9B9J"]),
        // Words of a name, and the beginnings of words.
        ("mersey west lanc", By::Words, &["RBN"]),
        ("Essex partner", By::Words, &["R1L"]),
    ] {
        let wanted: Vec<_> = codes.iter().map(|code| (by, (*code).to_owned())).collect();
        assert_eq!(found(&now, text), wanted, "{text}");
    }
    for text in ["", "  ", "’", "Xyzzy", "RX0"] {
        assert_eq!(found(&now, text), [], "{text}");
    }
}

#[test]
fn a_list_of_2023_has_the_trusts_and_names_of_its_date() {
    let (january, july, now) = (list("2023-01"), list("2023-07"), list("2026-07"));
    let is_open = |list: &Organisations, code: &str| list.by_code(code).is_some();
    for code in ["R1C", "RAP", "RRP", "RY9", "RYK", "TAF"] {
        assert!(is_open(&july, code) && !is_open(&now, code), "{code} had not closed in July 2023");
    }
    assert!(!is_open(&july, "G6V2S") && is_open(&now, "G6V2S"), "it opened in November 2024");
    // Closed on 31 March and 30 June 2023.
    for (code, into) in [("RA4", "RH5"), ("RVY", "RBN")] {
        assert!(is_open(&january, code) && !is_open(&july, code), "{code}");
        assert_eq!(found(&july, code), [(By::FormerCode, into.to_owned())]);
        assert_eq!(found(&january, code), [(By::Code, code.to_owned())]);
    }
    let name = |list: &Organisations, code: &str| list.by_code(code).unwrap().name.clone();
    assert_eq!(name(&july, "RA7"), "University Hospitals Bristol and Weston NHS Foundation Trust");
    assert_eq!(name(&now, "RA7"), "Bristol NHS Foundation Trust");
    assert_eq!(name(&july, "RW1"), "Southern Health NHS Foundation Trust");
    assert_eq!(name(&january, "RBN"), "St Helens and Knowsley Teaching Hospitals NHS Trust");
}

#[test]
fn every_organisation_knows_its_icb_its_region_and_its_services() {
    for list in &base().organisations {
        for own in list.all() {
            let of_kind =
                |code: &str, kind: &str| list.by_code(code).is_some_and(|home| home.kind == kind);
            assert!(
                own.kind == "region" || of_kind(&own.region_code, "region"),
                "{} {}",
                list.id(),
                own.code
            );
            assert!(
                own.kind != "trust" || of_kind(&own.icb_code, "icb"),
                "{} {}",
                list.id(),
                own.code
            );
        }
        assert_eq!(
            list.all().iter().filter(|own| own.kind == "region").count(),
            7,
            "{}",
            list.id()
        );
        let ambulance = |own: &&ia_returns::collection::Organisation| own.services == ["ambulance"];
        assert_eq!(list.all().iter().filter(ambulance).count(), 10, "{}", list.id());
    }
    let somerset = list("2023-07").by_code("RH5").unwrap().services.clone();
    assert_eq!(somerset, ["acute", "community", "mental_health"]);
}

// Lists out of what ODS publishes.

/// A line as ODS writes it: 27 cells in quotes.
fn line(code: &str, name: &str, region: &str, icb: &str, opens: &str, closes: &str) -> String {
    let mut cells = vec![""; 27];
    (cells[0], cells[1], cells[2], cells[3]) = (code, name, region, icb);
    (cells[4], cells[9], cells[10], cells[11]) =
        ("HEADQUARTERS, MAIN ROAD", "AA1 1AA", opens, closes);
    cells.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",") + "\n"
}

fn before() -> Organisations {
    let text = "code,name,kind,services,icb_code,region_code,former_names,former_codes\n\
        QAA,NHS East Integrated Care Board,icb,,,Y61,,\n\
        QBB,NHS West Integrated Care Board,icb,,,Y61,,\n\
        RAA,Alpha NHS Trust,trust,acute community,QAA,Y61,First Alpha NHS Trust,R00\n\
        RBB,Beta Children's NHS Trust,trust,acute,QAA,Y61,,\n\
        RCC,Gamma NHS Trust,trust,mental_health,QAA,Y61,,\n\
        RDD,Delta NHS Trust,trust,acute,QAA,Y61,,\n\
        Y61,East of England,region,,,,,\n";
    author::organisations(&file("before.csv", text)).unwrap()
}

fn etr() -> String {
    [
        line("RAA", "ALPHA AND OMEGA NHS FOUNDATION TRUST", "Y61", "QAA", "19910401", ""),
        line("RBB", "BETA CHILDREN'S NHS TRUST", "Y61", "QBB", "19910401", ""),
        line("RCC", "GAMMA NHS TRUST", "Y61", "QAA", "19910401", "20240930"),
        line("REE", "EPSILON NHS TRUST", "Y61", "QAA", "20241001", ""),
        line("RFF", "ZETA NHS TRUST", "Y61", "QAA", "20270401", ""),
        line("RT4", "WELSH AMBULANCE SERVICES NHS TRUST", "W00", "Q99", "19980401", ""),
    ]
    .concat()
}

#[test]
fn an_ods_file_makes_a_list_and_says_what_opened_closed_was_renamed_and_moved() {
    let on = Date::parse("2026-07-08").unwrap();
    let made = ods::import(&file("etr.csv", &etr()), "trust", on, &before()).unwrap();
    assert_eq!(
        made.csv,
        "code,name,kind,services,icb_code,region_code,former_names,former_codes\n\
         QAA,NHS East Integrated Care Board,icb,,,Y61,,\n\
         QBB,NHS West Integrated Care Board,icb,,,Y61,,\n\
         RAA,Alpha and Omega NHS Foundation Trust,trust,acute community,QAA,Y61,Alpha NHS Trust; First Alpha NHS Trust,R00\n\
         RBB,Beta Children's NHS Trust,trust,acute,QBB,Y61,,\n\
         REE,Epsilon NHS Trust,trust,,QAA,Y61,,\n\
         Y61,East of England,region,,,,,\n"
    );
    let said: Vec<&str> = made.changes.iter().map(|change| change.text.as_str()).collect();
    assert_eq!(
        said,
        [
            "Opened: REE Epsilon NHS Trust.",
            "Closed: RCC Gamma NHS Trust, on 30 September 2024. Add RCC to former_codes of what it became part of.",
            "Closed: RDD Delta NHS Trust, which the file has no more. Check it.",
            "Renamed: RAA Alpha NHS Trust is now Alpha and Omega NHS Foundation Trust.",
            "Moved: RBB Beta Children's NHS Trust, from ICB QAA to QBB.",
            "Services not known: REE Epsilon NHS Trust. Add them.",
            "Left out: RT4 WELSH AMBULANCE SERVICES NHS TRUST, not in an NHS England region (“W00”).",
        ]
    );
    // What it makes can be read again, and the same file a second time changes nothing.
    let again = author::organisations(&file("2026-07.csv", &made.csv)).unwrap();
    let made = ods::import(&file("etr.csv", &etr()), "trust", on, &again).unwrap();
    let kinds: Vec<&str> = made.changes.iter().map(|change| change.kind).collect();
    assert_eq!(kinds, ["left_out"]);
}

#[test]
fn a_trust_is_open_on_its_last_day_and_closed_on_the_next() {
    let count = |on: &str| {
        let on = Date::parse(on).unwrap();
        ods::import(&file("etr.csv", &etr()), "trust", on, &before()).unwrap().csv.contains("RCC,")
    };
    assert!(count("2024-09-30"));
    assert!(!count("2024-10-01"));
}

#[test]
fn a_file_that_is_not_of_ods_is_refused_with_line_and_column() {
    let on = Date::parse("2026-07-08").unwrap();
    let good = line("RAA", "ALPHA", "Y61", "QAA", "19910401", "");
    for (text, place, message) in [
        ("a,b\nc,d\n".to_owned(), (1, 1), "this line has 2 cells, and a file of ODS has 27"),
        (
            good.clone() + &line("RBB", "BETA", "Y61", "QZZ", "19910401", ""),
            (2, 20),
            "“QZZ” is no ICB of the list before",
        ),
        (
            good.clone() + &line("RBB", "BETA", "Y61", "QAA", "1991", ""),
            (2, 74),
            "“1991” is no date",
        ),
        (
            good.clone() + &line("RBB", "BETA", "Y61", "QAA", "19910231", ""),
            (2, 74),
            "“19910231” is no date",
        ),
        (
            good.clone() + &line("", "BETA", "Y61", "QAA", "19910401", ""),
            (2, 1),
            "a line without code or name",
        ),
        (good.clone() + &good, (2, 1), "“RAA” is there twice"),
        (
            good.clone() + "\"RBB\",\"BETA\"\n",
            (2, 1),
            "this line has 2 cells, and the first has 27",
        ),
    ] {
        let faults = ods::import(&file("etr.csv", &text), "trust", on, &before()).unwrap_err();
        assert_eq!((faults[0].line, faults[0].column), place, "{message}");
        assert_eq!(faults[0].message, message);
    }
}

// Expected lists.

const ROWS: &str = "organisation_code,action,returns,contact_name,contact_role,contact_email,contact_phone,deadline\n\
    Y60,sor-2023-07-25,self_assessment,,EPRR duty officer,england.midlands@nhs.net,0300 000 0000,2023-07-20T12:00\n\
    rx1,sor-2023-07-25,workforce_sitrep rescheduled_activity,,Head of EPRR,eprr@nuh.nhs.uk,,\n\
    RX1,sor-2023-07-25,workforce_sitrep,,Information analyst,,,2023-07-28T12:00\n";

fn expected(rows: &str) -> Expected {
    let mut files = sources::shipped();
    files.expected.retain(|file| file.stem() == "sor-2023-07");
    files.collections.retain(|file| file.stem() == "sor-2023-07");
    files.expected_rows = vec![file("collections/expected/sor-2023-07.csv", rows)];
    let documents = author::compile(&files).unwrap();
    let found = documents.iter().find(|d| d.kind == DocumentKind::Expected).unwrap();
    Expected::read(&json::read(found.json.as_bytes()).unwrap()).unwrap()
}

#[test]
fn an_expected_list_says_whom_to_ask_and_by_when() {
    let list = expected(ROWS);
    let organisations =
        set().form("sor-2023-07", "workforce_sitrep").unwrap().organisations.clone();
    let own = organisations.by_code("RX1").unwrap();
    // Two rows of one organisation are one entry.
    let owes = list.of("RX1").unwrap();
    assert_eq!(owes.returns, ["workforce_sitrep", "rescheduled_activity"]);
    assert_eq!(owes.actions, ["sor-2023-07-25"]);
    let roles: Vec<&str> = owes.contacts.iter().map(|contact| contact.role.as_str()).collect();
    assert_eq!(roles, ["Head of EPRR", "Information analyst"]);
    assert_eq!(list.deadline(own, "workforce_sitrep"), Some("2023-07-28T12:00"));
    assert_eq!(list.deadline(own, "rescheduled_activity"), None);
    // What the region asks of everybody is on the line of the region.
    assert_eq!(list.deadline(own, "self_assessment"), Some("2023-07-20T12:00"));
    assert_eq!(list.region_of(own).unwrap().contacts[0].email, "england.midlands@nhs.net");
    // An organisation elsewhere has no regional contact here.
    let other = organisations.by_code("RA7").unwrap();
    assert!(list.region_of(other).is_none() && list.deadline(other, "self_assessment").is_none());
}

#[test]
fn an_expected_list_reads_back_as_it_was_written_and_leaves_out_what_is_empty() {
    let list = expected(ROWS);
    let text = list.json();
    let again = Expected::read(&json::read(text.as_bytes()).unwrap()).unwrap();
    assert_eq!(again.organisations, list.organisations);
    assert_eq!(again.json(), text);
    assert!(!text.contains("icb_code") && !text.contains("\"name\":\"\""), "{text}");
    let plain =
        expected("organisation_code,action,returns\nRX1,sor-2023-07-25,workforce_sitrep\n").json();
    assert!(
        plain.contains(
            r#"{"actions":["sor-2023-07-25"],"code":"RX1","returns":["workforce_sitrep"]}"#
        ),
        "{plain}"
    );
}

#[test]
fn each_organisation_of_february_2023_is_in_its_own_actions() {
    let set = set();
    let list = set.expected("2023-02").unwrap();
    let actions = |code: &str| list.of(code).unwrap().actions.join(" ");
    assert_eq!(actions("RGP"), "csp-2023-02-09");
    assert_eq!(actions("RYA"), "gmb-2023-02-06 unite-2023-02-06 unite-2023-02-17");
    assert_eq!(
        actions("RX7"),
        "gmb-2023-02-06 unite-2023-02-06 unison-2023-02-10 unite-2023-02-22"
    );
    // Ambulance trusts owe no rescheduled activity.
    let form = set.form("2023-02", "workforce_sitrep").unwrap();
    for owes in &list.organisations {
        let services = &form.organisations.by_code(&owes.code).unwrap().services;
        let owed = owes.returns.iter().any(|id| id == "rescheduled_activity");
        assert_eq!(owed, *services != ["ambulance"], "{}", owes.code);
    }
}

#[test]
fn in_july_2023_the_seven_regions_owe_the_self_assessment_and_trusts_the_sitreps() {
    let set = set();
    let list = set.expected("sor-2023-07").unwrap();
    let owing = |id: &str| {
        list.organisations.iter().filter(|own| own.returns.iter().any(|own| own == id)).count()
    };
    assert_eq!(
        (owing("self_assessment"), owing("workforce_sitrep"), owing("rescheduled_activity")),
        (7, 6, 6)
    );
    assert!(!list.complete);
    let collection = &set.form("sor-2023-07", "self_assessment").unwrap().collection;
    let (due, window) = collection.due("self_assessment", None).unwrap();
    assert_eq!((&due.owed_by, due.open_to.len()), (&vec!["region".to_owned()], 2));
    assert_eq!(collection.classification(due), "OFFICIAL-SENSITIVE");
    assert!(window.unwrap().words().ends_with("10:00am BST on Friday 21 July 2023"));
    assert!(collection.submit_to("self_assessment", None).contains("National Operations Centre"));
    assert!(collection.due("learning", None).unwrap().1.is_none(), "rolling");
}

#[test]
fn the_doctors_of_july_2023_give_estimates_before_the_action_and_final_figures_after_it() {
    let set = set();
    let of_it = set.forms().iter().filter(|form| form.collection.source().id == "doctors-2023-07");
    let stages: Vec<_> =
        of_it.filter_map(|form| Some((form.stage?, form.window?.words()))).collect();
    assert_eq!(
        stages,
        [
            (
                "estimate",
                "9:00am BST on Friday 7 July 2023 to 1:00pm BST on Wednesday 12 July 2023"
                    .to_owned()
            ),
            (
                "final",
                "9:00am BST on Wednesday 19 July 2023 to 1:00pm BST on Monday 24 July 2023"
                    .to_owned()
            ),
        ]
    );
}

// The calendar.

#[test]
fn bank_holidays_are_those_of_the_dated_list() {
    let calendar: Calendar = base().calendar;
    let of_year = |year: &str| {
        calendar.days().iter().filter(|(day, _)| day.to_string().starts_with(year)).count()
    };
    let years = ["2022", "2023", "2024", "2025", "2026", "2027"].map(of_year);
    assert_eq!(years, [10, 9, 8, 8, 8, 8]);
    for (date, name) in [
        ("2022-09-19", Some("Bank Holiday for the State Funeral of Queen Elizabeth II")),
        ("2022-12-25", None),
        ("2022-12-27", Some("Christmas Day (substitute day)")),
        ("2023-05-08", Some("Bank holiday for the coronation of King Charles III")),
        ("2023-07-25", None),
        ("2023-08-28", Some("Summer bank holiday")),
        ("2024-01-01", Some("New Year’s Day")),
        ("2026-12-26", None),
        ("2026-12-28", Some("Boxing Day (substitute day)")),
    ] {
        assert_eq!(calendar.holiday(Date::parse(date).unwrap()), name, "{date}");
    }
    assert!(!calendar.covers(Date::parse("2028-01-01").unwrap()));
}

// What changed between two rounds.

fn round(change: &[(&str, &str)]) -> Rc<Collection> {
    let files = sources::shipped();
    let mut file =
        files.collections.iter().find(|file| file.stem() == "sor-2023-07").unwrap().clone();
    for (from, to) in change {
        assert!(file.text.contains(from), "{from}");
        file.text = file.text.replace(from, to);
    }
    author::collection(&file, &base()).unwrap_or_else(|faults| panic!("{faults:?}"))
}

#[test]
fn what_changed_between_two_rounds_is_said_in_words() {
    let none = diff(&round(&[]), &round(&[]), &[]);
    assert_eq!(none, []);
    let new = round(&[
        ("unions = [\"SoR\"]", "unions = [\"SoR\", \"Unite\"]"),
        ("closes = \"2023-07-28T13:00\"", "closes = \"2023-07-28T15:00\""),
        ("value = 15,", "value = 20,"),
        ("label = \"Sonographers\"", "label = \"Ultrasound staff\""),
        (
            "[[staff_groups]]\nid = \"other_in_scope\"",
            "[[staff_groups]]\nid = \"porter\"\nlabel = \"Porters\"\nresidual = false\ndefinition = \"Porters.\"\n\n[[staff_groups]]\nid = \"other_in_scope\"",
        ),
        ("open_to = [\"trust\", \"icb\"]\nopens", "open_to = [\"icb\"]\nopens"),
    ]);
    let said: Vec<String> = diff(&round(&[]), &new, &[("workforce_sitrep", "Workforce SitRep")])
        .into_iter()
        .map(|d| d.text)
        .collect();
    assert_eq!(
        said,
        [
            "Action “Society of Radiographers strike”, unions: “SoR” is now “SoR, Unite”",
            "Workforce SitRep, window: “9:00am to 1:00pm BST on Friday 28 July 2023” is now “9:00am to 3:00pm BST on Friday 28 July 2023”",
            "rescheduled_activity, window: “9:00am to 1:00pm BST on Friday 28 July 2023” is now “9:00am to 3:00pm BST on Friday 28 July 2023”",
            "self_assessment, open to: “trust, icb” is now “icb”",
            "Staff groups, “Sonographers”, label: “Sonographers” is now “Ultrasound staff”",
            "Staff groups, added: “Porters”",
            "Limit absent_other_query_pct: “15” is now “20”",
        ]
    );
}

#[test]
fn every_shipped_document_is_of_its_own_id() {
    let documents: Vec<Document> = author::compile(&sources::shipped()).unwrap();
    let ids: Vec<&str> = documents
        .iter()
        .filter(|d| d.kind == DocumentKind::Collection)
        .map(|d| d.id.as_str())
        .collect();
    for id in [
        "2023-02",
        "ambulance-2023-01",
        "doctors-2023-07",
        "practice",
        "sor-2023-07",
        "sor-2023-10",
    ] {
        assert_eq!(ids.iter().filter(|own| **own == id).count(), 1, "{id}");
    }
}

#[test]
fn the_newest_round_stands_first_and_practice_last() {
    let files = sources::shipped();
    let ids: Vec<&str> = files.collections.iter().map(File::stem).collect();
    let rounds = ["sor-2023-10", "sor-2023-07", "doctors-2023-07", "2023-02", "ambulance-2023-01"];
    assert_eq!(ids, [&rounds[..], &["practice"]].concat());
}

// What is no list at all.

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Any text is a list or has faults at a place; nothing stops the program.
    #[test]
    fn any_text_is_a_list_or_has_faults_that_are_in_it(
        heading in prop::sample::select(vec![
            "", "code,name,kind,services,icb_code,region_code\n", "organisation_code,action,returns,deadline\n",
            "format = \"ia-calendar/1\"\n",
        ]),
        body in "[\\PC\\n\\r\",;]{0,80}",
    ) {
        let text = format!("{heading}{body}");
        let own = file("any.csv", &text);
        let on = Date::parse("2026-07-08").unwrap();
        let july = july();
        let against = Against { collection: &july.0, organisations: &july.1 };
        let faults = [
            author::organisations(&own).err(),
            author::owes(&own, against).err(),
            Calendar::read(&own).err(),
            ods::import(&own, "trust", on, &july.1).err(),
        ];
        for fault in faults.into_iter().flatten().flatten() {
            prop_assert!(fault.line >= 1 && fault.column >= 1, "{fault}");
            prop_assert!(fault.line <= text.matches('\n').count() + 1, "{fault}");
        }
    }

    /// The place of a fault is the cell it is about, however the cells before it are written.
    #[test]
    fn the_place_of_a_cell_is_found_behind_any_cells(name in "[a-zé\",;' \n]{1,12}", quoted in any::<bool>()) {
        prop_assume!(!name.trim().is_empty());
        let must = quoted || name.contains([',', '"', '\n']);
        let cell = if must { format!("\"{}\"", name.replace('"', "\"\"")) } else { name.clone() };
        let text = format!("code,name,kind,services,icb_code,region_code\nR01,{cell},wrong,acute,,\n");
        let faults = author::organisations(&file("any.csv", &text)).unwrap_err();
        let line = text.lines().nth(faults[0].line - 1).unwrap();
        let at: String = line.chars().skip(faults[0].column - 1).collect();
        prop_assert!(at.starts_with("wrong,"), "{text:?} {}", faults[0]);
    }
}

/// The July round and its organisations, compiled once.
fn july() -> &'static (Collection, Organisations) {
    static JULY: OnceLock<(Collection, Organisations)> = OnceLock::new();
    JULY.get_or_init(|| {
        let form = set().form("sor-2023-07", "workforce_sitrep").unwrap().clone();
        let collection = Collection::read(form.collection.json().as_bytes()).unwrap();
        (collection, Organisations::read(form.organisations.json().as_bytes()).unwrap())
    })
}
