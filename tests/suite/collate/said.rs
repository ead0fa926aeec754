//! What is said: of files that are no returns, of what two returns say differently, of what explains a query, of
//! organisations compared; and the return of a region.

use super::made::{
    Desk, Make, NOW, differing, expected, key, people, rows, sealed, table, workforce,
};
use crate::support::{answer, at, cell};
use ia_returns::collate::{Judged, OtherKind, What, export, judge, regional};
use ia_returns::file::Draft;

#[test]
fn every_file_is_named_for_what_it_is() {
    let desk = Desk::new(None);
    let good = sealed(workforce(&desk.set, &Make::default()), &key("k1"));
    let draft = workforce(&desk.set, &Make::default()).write(at(NOW));
    let register = include_bytes!("../../vectors/genuine/register.json");
    let receipt = include_bytes!("../../vectors/genuine/receipt.json");
    let ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on";
    let office = b"PK\x03\x04 [Content_Types].xml xl/workbook.xml";
    let list = ia_returns::json::canonical(&json!({"format": "ia-expected/1"}));
    let saved = desk.decisions.write();
    let large = vec![b' '; ia_returns::json::MAX_BYTES + 1];
    for (bytes, kind) in [
        (&b""[..], OtherKind::Empty),
        (b"Our figures are in the workbook.", OtherKind::NotAReturn),
        (b"PK\x03\x04 an archive", OtherKind::NotAReturn),
        (b"{}", OtherKind::NotAReturn),
        (b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n", OtherKind::KeyFile),
        (ole, OtherKind::Workbook),
        (office, OtherKind::Workbook),
        (draft.as_bytes(), OtherKind::Draft),
        (register, OtherKind::Register),
        (receipt, OtherKind::Receipt),
        (list.as_bytes(), OtherKind::ExpectedList),
        (saved.as_bytes(), OtherKind::Collation),
        (&super::made::changed(&good), OtherKind::Changed),
        (&large, OtherKind::TooLarge),
    ] {
        let found = judge("file", bytes, &desk.bench());
        let What::Other(other) = &found.what else { panic!("{kind:?}: {found:?}") };
        assert_eq!(other.kind, kind, "{}", other.sentence);
        assert!(!other.sentence.is_empty() && other.next_step.ends_with('.'), "{other:?}");
    }
}

#[test]
fn what_is_judged_can_be_handed_from_one_thread_to_another() {
    fn goes<T: Send>() {}
    goes::<Judged>();
}

/// A nil return of rescheduled activity.
fn nil_activity(desk: &Desk) -> Draft {
    let form = desk.set.form("sor-2023-07", "rescheduled_activity").expect("the form").clone();
    let organisation = form.organisations.by_code("RX1").expect("RX1").clone();
    let mut draft = Draft::new(form, organisation, None, at("2023-07-28T10:00:00+01:00"));
    people(&mut draft, 1);
    for (id, text) in [
        ("about.nil_return", "yes"),
        ("about.nil_reason", "no_activity_moved"),
        ("activity.services_provided", "acute, community"),
        ("activity.attribution_declared", "yes"),
        ("activity.overlap_action", "none"),
    ] {
        answer(&mut draft, id, text);
    }
    for day in ["2023-07-25", "2023-07-26", "2023-07-27"] {
        for column in ["ip_ordinary", "ip_day_case", "outpatient", "community"] {
            answer(&mut draft, &format!("activity.rescheduled.{day}.{column}"), "0");
        }
    }
    draft
}

#[test]
fn two_returns_that_do_not_fit_together_are_a_question_and_change_nothing() {
    let desk = Desk::new(Some(expected(&["RX1"], &["workforce_sitrep", "rescheduled_activity"])));
    let workforce = sealed(workforce(&desk.set, &Make::default()), &key("k1"));
    let activity = sealed(nil_activity(&desk), &key("k1"));
    let both = [("a", activity.text.as_bytes()), ("b", workforce.text.as_bytes())];
    let tables = desk.tables(&desk.collate(&both));
    let columns = ["organisation", "template", "rule", "read"];
    let questions = rows(table(&tables, "questions"), &[], &columns);
    let of = |rule: &str| format!("RX1|rescheduled_activity|{rule}|{}", workforce.id);
    let wanted = [
        of("CQ10"),
        // No outpatient appointment moved on either date on which more than ten were absent.
        of("CQ01"),
        of("CQ01"),
        format!("RX1|workforce_sitrep|BQ10|{}", activity.id),
    ];
    assert_eq!(questions, wanted);
    assert_eq!(rows(table(&tables, "returns"), &[], &["status"]), ["nil", "received"]);
    // One alone asks nothing.
    let tables = desk.tables(&desk.collate(&both[..1]));
    assert!(table(&tables, "questions").rows.is_empty());
}

#[test]
fn explanations_are_listed_by_rule_and_what_was_not_explained_is_named() {
    let desk = Desk::new(None);
    let mut draft = workforce(&desk.set, &Make::default());
    answer(&mut draft, &cell(0, 1, "absent_other"), "8");
    let file = sealed(draft, &key("k1"));
    let tables = desk.tables(&desk.collate(&[("file", file.text.as_bytes())]));
    let columns = ["rule", "organisation", "kind", "explanation", "counts"];
    let found = rows(table(&tables, "findings"), &[("rule", "BQ04")], &columns);
    let text = "The figures were compared with the rota and are right.";
    assert_eq!(found, [format!("BQ04|RX1|explained|{text}|yes")]);
}

#[test]
fn differences_from_what_was_signed_are_listed() {
    let desk = Desk::new(None);
    let file = sealed(workforce(&desk.set, &Make::default()), &key("k1"));
    let bytes = differing(&file, &key("k1"));
    let tables = desk.tables(&desk.collate(&[("file", &bytes)]));
    let found = rows(table(&tables, "differences"), &[], &["at", "said"]);
    assert_eq!(found, ["/derived/values/totals/person_days_absent|1000001"]);
}

#[test]
fn somebody_far_from_organisations_of_the_same_services_is_noted() {
    let desk = Desk::new(None);
    let form = desk.set.form("sor-2023-07", "workforce_sitrep").expect("the form").clone();
    let acute: Vec<&str> = form
        .organisations
        .all()
        .iter()
        .filter(|own| own.kind == "trust" && own.services == ["acute"])
        .map(|own| own.code.as_str())
        .take(9)
        .collect();
    assert_eq!(acute.len(), 9);
    let files: Vec<(String, String)> = acute
        .iter()
        .enumerate()
        .map(|(number, code)| {
            // The last has a thousand more staff, so that a far smaller share of them took part.
            let more = if number == 8 { 1_000 } else { i64::try_from(number).expect("few") };
            let draft = workforce(&desk.set, &Make { organisation: code, more, ..Make::default() });
            ((*code).to_owned(), sealed(draft, &key("k1")).text)
        })
        .collect();
    let given: Vec<(&str, &[u8])> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let tables = desk.tables(&desk.collate(&given));
    let compared = table(&tables, "compared");
    assert_eq!(rows(compared, &[("lies", "far below")], &["organisation"]), [acute[8]]);
    assert_eq!(rows(compared, &[("lies", "among")], &["organisation"]).len(), 8);
    // Below eight, nothing is said of what is usual.
    let tables = desk.tables(&desk.collate(&given[2..]));
    assert_eq!(rows(table(&tables, "compared"), &[("lies", "")], &["median"]), [""; 7]);
    // One key for nine organisations is said of each.
    let also = rows(table(&tables, "senders"), &[("organisation", acute[8])], &["also"]);
    assert_eq!(also, [acute[2..8].join(", ")]);
}

/// The self-assessment of a trust: every service is provided, the first rated red.
fn assessment(desk: &Desk, code: &str) -> Draft {
    let form = desk.set.form("sor-2023-07", "self_assessment").expect("the form").clone();
    let organisation = form.organisations.by_code(code).expect("listed").clone();
    let mut draft = Draft::new(form.clone(), organisation, None, at("2023-07-20T10:00:00+01:00"));
    people(&mut draft, 1);
    for (id, text) in [
        ("context.mandate_status", "yes"),
        ("context.staff_in_scope", "120"),
        ("context.planning_absence_pct", "50"),
        ("context.planning_basis", "earlier_action"),
        ("context.recall_confirmed", "yes"),
        ("context.last_staff_side_meeting", "2023-07-18"),
        ("declared.signoff_at", "2023-07-20T09:30"),
    ] {
        answer(&mut draft, id, text);
    }
    let lines: Vec<String> = form.list(0).iter().map(|entry| entry.id.clone()).collect();
    for (number, line) in lines.iter().filter(|line| !line.starts_with("other")).enumerate() {
        let mut say = |column: &str, text: &str| {
            answer(&mut draft, &format!("services.lines.{line}.{column}"), text);
        };
        if number > 0 {
            say("provided_here", "no");
            continue;
        }
        for (column, text) in [
            ("provided_here", "yes"),
            ("criticality", "critical"),
            ("normal_posts", "6"),
            ("safe_minimum_posts", "4"),
            ("expected_posts", "2"),
            ("derogation_status", "in_discussion"),
            ("service_status", "open_life_and_limb"),
            ("confidence", "low"),
            ("likelihood", "4"),
            ("consequence", "4"),
            ("mitigation", "Consultants cover the first night from the rota."),
            ("mitigation_owner", "Head of imaging"),
            ("escalate", "yes"),
        ] {
            say(column, text);
        }
    }
    let items: Vec<String> = form.list(1).iter().map(|entry| entry.id.clone()).collect();
    for item in items {
        answer(&mut draft, &format!("checklist.items.{item}.status"), "compliant");
    }
    draft
}

#[test]
fn the_return_of_a_region_is_begun_with_what_its_trusts_said() {
    let desk = Desk::new(Some(expected(&["RX1", "RHQ", "RTR"], &["workforce_sitrep"])));
    let form = desk.set.form("sor-2023-07", "workforce_sitrep").expect("the form").clone();
    let region = form.organisations.by_code("RX1").expect("RX1").region_code.clone();
    let mut draft = assessment(&desk, "RX1");
    super::made::explain(&mut draft, "2023-07-20T10:00:00+01:00");
    let file = {
        use ia_returns::file::{Sealing, seal};
        let key = key("k1");
        let sealing = Sealing::new(&draft, &key, at("2023-07-20T10:00:00+01:00"), "native");
        seal(&draft, &sealing).unwrap_or_else(|error| panic!("{error}"))
    };
    let collation = desk.collate(&[("file", file.text.as_bytes())]);
    let tables = desk.tables(&collation);
    let red = [("rating", "red")];
    let risk = rows(table(&tables, "risk"), &red, &["organisation", "line", "rating", "facts"]);
    assert_eq!(risk.len(), 1);
    assert!(risk[0].starts_with("RX1|ed_plain_film|red|"), "{risk:?}");
    let counted = rows(table(&tables, "ratings"), &red, &["line", "rating", "organisations"]);
    assert_eq!(counted, ["ed_plain_film|red|1"]);
    let grids = collation.crosstabs(&desk.operator());
    let [grid] = grids.as_slice() else { panic!("one list of ratings: {grids:?}") };
    assert_eq!(grid.label, "Services, as each trust rates them");
    assert_eq!(grid.ratings[..3], ["Red", "Amber", "Green"], "in the order of the template");
    assert_eq!(grid.rows.len(), 1);
    assert_eq!(grid.rows[0].organisation, "RX1");
    assert_eq!(grid.rows[0].cells[0], [0], "the first line is red");
    assert_eq!(grid.rows[0].cells.len(), grid.lines.len());
    let about = export::About::of(&collation, &desk.operator());
    let page = export::risk_page(&about, &grids).expect("a page");
    assert!(page.contains("<span class=\"risk risk-0\">Red</span>"), "{page}");
    assert_eq!(export::risk_page(&about, &[]), None);
    let results = rows(table(&tables, "results"), &[], &["result", "value"]);
    assert_eq!(results[..2], ["overall_rag|red", "checklist_level|full"]);
    let begun = regional(&collation, &desk.operator(), &region).expect("it is begun");
    let text = begun.write(at(NOW));
    let value = ia_returns::json::read(text.as_bytes()).expect("it reads");
    let answers = &value["draft"]["answers"];
    let concerns = &answers["overview"]["services_of_concern"];
    assert_eq!(concerns[0]["org"], "RX1");
    assert_eq!(concerns[0]["service"], "ed_plain_film");
    assert_eq!(concerns[0]["rating"], "red");
    assert_eq!(concerns[0]["concern_status"], "open_life_and_limb");
    assert_eq!(answers["context"]["staff_in_scope"], 120);
    let missing = answers["overview"]["trusts_not_heard"].as_str().unwrap_or_default().to_owned();
    let mine =
        |code: &str| form.organisations.by_code(code).is_some_and(|own| own.region_code == region);
    assert!(!missing.contains("RX1"), "{missing}");
    for code in ["RHQ", "RTR"] {
        assert_eq!(missing.contains(code), mine(code), "{missing}");
    }
    assert!(regional(&collation, &desk.operator(), "RX1").is_none(), "a trust is no region");
}

#[test]
fn no_percentage_is_shown_while_the_list_is_not_complete() {
    let mut list = expected(&["RX1", "RHQ"], &["workforce_sitrep"]);
    for (complete, wanted) in [(true, vec!["50"]), (false, vec![])] {
        list.complete = complete;
        let desk = Desk::new(Some(list.clone()));
        let file = sealed(workforce(&desk.set, &Make::default()), &key("k1"));
        let tables = desk.tables(&desk.collate(&[("file", file.text.as_bytes())]));
        let found = rows(table(&tables, "summary"), &[("fact", "percent")], &["count"]);
        assert_eq!(found, wanted);
    }
}

#[test]
fn the_chase_list_names_whom_to_ask() {
    let desk = Desk::new(Some(expected(&["RX1", "RHQ"], &["workforce_sitrep"])));
    let file = sealed(workforce(&desk.set, &Make::default()), &key("k1"));
    let tables = desk.tables(&desk.collate(&[("file", file.text.as_bytes())]));
    let found = rows(table(&tables, "chase"), &[], &["organisation", "status", "contact"]);
    assert_eq!(found, ["RHQ|Missing|Operations desk, desk.rhq@example.nhs.uk"]);
}

#[test]
fn what_cannot_be_seen_is_made_visible_and_every_row_has_a_cell_for_each_column() {
    let desk = Desk::new(None);
    let name = "a\u{202e}b\n<script>.json";
    let tables = desk.tables(&desk.collate(&[(name, b"")]));
    let found = rows(table(&tables, "files"), &[], &["file"]);
    assert_eq!(found, ["a\\u{202e}b\\u{a}<script>.json"]);
    let file = sealed(workforce(&desk.set, &Make::default()), &key("k1"));
    for table in desk.tables(&desk.collate(&[("file", file.text.as_bytes())])) {
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{}", table.id);
    }
}
