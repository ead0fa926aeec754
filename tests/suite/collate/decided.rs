//! What the operator decides: kept, read again, strictly; figures that were entered.

use super::made::{
    Desk, Make, NOW, ROUND, changed, expected, key, rows, sealed, table, thumbprint, workforce,
};
use crate::support::{answer, at, cell};
use ia_returns::collate::{Confirmed, Decisions, Entered, Note, Source, Stamp};
use ia_returns::file::DraftFile;
use ia_returns::json;

fn entered(desk: &Desk, make: &Make<'_>, source: Source, wrong: bool) -> Entered {
    let mut draft = workforce(&desk.set, make);
    // Nobody at the region knows who prepared it, or who agreed it.
    for id in ["about.submitter_name", "about.submitter_email", "declared.signoff_name"] {
        let place = ia_returns::answers::Place::parse(id, &draft.form, &draft.answers);
        draft.answers.set(place.expect("a place"), ia_returns::answers::Answer::Unanswered);
    }
    if wrong {
        answer(&mut draft, &cell(0, 0, "absent_ia"), "9999");
    }
    let text = draft.write(at(NOW));
    Entered {
        draft: DraftFile::read(text.as_bytes()).expect("a draft"),
        from: "Operations manager".to_owned(),
        by: "Collator on duty".to_owned(),
        at: at(NOW),
        source,
    }
}

pub(super) fn full(desk: &Desk) -> Decisions {
    let mut decisions = Decisions::about(ROUND);
    decisions.chosen = vec!["b".repeat(64), "a".repeat(64)];
    let organisation = "RX1".to_owned();
    let by = "Collator on duty".to_owned();
    decisions.confirm(Confirmed { key: thumbprint("k1"), organisation, by, at: at(NOW) });
    decisions.entered.push(entered(desk, &Make::default(), Source::Telephone, false));
    decisions.notes.push(Note {
        organisation: "RX1".to_owned(),
        template: String::new(),
        text: "Will send by noon.".to_owned(),
        by: "Collator on duty".to_owned(),
        at: at(NOW),
    });
    decisions.received.push(Stamp { id: "a".repeat(64), at: at(NOW) });
    decisions.see(&["c".repeat(64), "a".repeat(64)], at(NOW));
    decisions
}

#[test]
fn what_was_decided_is_kept_and_read_again_in_whatever_order_it_was_decided() {
    let desk = Desk::new(None);
    let decisions = full(&desk);
    let read = Decisions::read(decisions.write().as_bytes()).expect("it reads");
    assert_eq!(read.write(), decisions.write());
    assert_eq!(read.entered, decisions.entered);
    assert!(read.confirms(&thumbprint("k1"), "RX1") && !read.confirms(&thumbprint("k1"), "RHQ"));
    let mut other = decisions.clone();
    other.chosen.reverse();
    other.seen.reverse();
    assert_eq!(other.write(), decisions.write());
}

#[test]
fn what_is_not_exactly_such_a_document_is_refused() {
    let desk = Desk::new(None);
    let good = json::canonical(&full(&desk).to_json());
    for (from, to, why) in [
        ("\"format\":\"ia-collation/1\"", "\"format\":\"ia-collation/2\"", "format"),
        ("\"notes\":", "\"note\":", "note"),
        ("\"source\":\"telephone\"", "\"source\":\"guess\"", "guess"),
        ("\"key\":\"", "\"key\":\"x", "key"),
        ("T14:00:00+01:00", "T14:00:00", "at"),
        ("\"format\":\"ia-draft/1\"", "\"format\":\"ia-return/1\"", "draft"),
    ] {
        let text = good.replacen(from, to, 1);
        assert_ne!(text, good, "{from}");
        let error = Decisions::read(text.as_bytes()).expect_err(from).to_string();
        assert!(error.contains(why), "{from}: {error}");
    }
}

#[test]
fn seen_is_when_it_was_seen_first() {
    let mut decisions = Decisions::about(ROUND);
    decisions.see(&["a".to_owned()], at("2023-07-28T11:00:00+01:00"));
    decisions.see(&["a".to_owned(), "b".to_owned()], at(NOW));
    assert_eq!(decisions.seen_at("a"), Some(at("2023-07-28T11:00:00+01:00")));
    assert_eq!(decisions.seen_at("b"), Some(at(NOW)));
}

#[test]
fn new_is_what_arrived_since_or_was_never_seen() {
    let mut desk = Desk::new(None);
    let one = sealed(workforce(&desk.set, &Make::default()), &key("k1"));
    let two =
        sealed(workforce(&desk.set, &Make { organisation: "RHQ", ..Make::default() }), &key("k2"));
    let early = at("2023-07-28T11:00:00+01:00");
    desk.decisions.see(std::slice::from_ref(&one.id), early);
    let collation = desk.collate(&[("one", one.text.as_bytes()), ("two", two.text.as_bytes())]);
    let since = |time: &str| rows(&collation.news(at(time), &desk.decisions), &[], &["file"]);
    assert_eq!(since("2023-07-28T11:30:00+01:00"), ["two"]);
    assert_eq!(since("2023-07-28T11:00:00+01:00"), ["one", "two"]);
}

/// Status, who it is from, returns in the total of all, of confirmed senders, and of those entered.
fn came_of(desk: &Desk, files: &[(&str, &[u8])]) -> String {
    let tables = desk.tables(&desk.collate(files));
    let owed = rows(table(&tables, "returns"), &[], &["organisation", "status", "entered"]);
    let filter = [("measure", "due"), ("by", ""), ("area", "all")];
    let wanted = ["returns", "confirmed_returns", "entered_returns"];
    format!("{} {}", owed.join(" "), rows(table(&tables, "totals"), &filter, &wanted).join(" "))
}

#[test]
fn figures_that_were_entered_count_apart_and_give_way_to_the_organisations_own_file() {
    let mut desk = Desk::new(Some(expected(&["RX1"], &["workforce_sitrep"])));
    let file = sealed(workforce(&desk.set, &Make::default()), &key("k1"));
    let own = entered(&desk, &Make { more: 3, ..Make::default() }, Source::Workbook, false);
    desk.decisions.entered = vec![own];
    let said = "from a workbook: said by Operations manager, entered by Collator on duty, 2023-07-28T14:00:00+01:00";
    assert_eq!(came_of(&desk, &[]), format!("RX1|entered|{said} 1|1|1"));
    // Its own file counts instead; among confirmed senders it does not yet, and there the entered figures stay.
    assert_eq!(came_of(&desk, &[("file", file.text.as_bytes())]), "RX1|received| 1|1|0");
    let by = "Collator on duty".to_owned();
    let organisation = "RX1".to_owned();
    desk.decisions.confirm(Confirmed { key: thumbprint("k1"), organisation, by, at: at(NOW) });
    assert_eq!(came_of(&desk, &[("file", file.text.as_bytes())]), "RX1|received| 1|1|0");
    // A file that does not count leaves them.
    let broken = changed(&file);
    assert_eq!(came_of(&desk, &[("file", &broken)]), format!("RX1|entered|{said} 1|1|1"));
}

#[test]
fn figures_that_cannot_be_are_refused_and_of_several_the_latest_count() {
    let mut desk = Desk::new(Some(expected(&["RX1"], &["workforce_sitrep"])));
    desk.decisions.entered = vec![entered(&desk, &Make::default(), Source::Email, true)];
    assert_eq!(came_of(&desk, &[]), "RX1|missing| ");
    let refused = desk.collate(&[]).entered[0].refused.clone().expect("it is refused");
    assert!(refused.contains("9,999"), "{refused}");
    let mut early = entered(&desk, &Make { more: 7, ..Make::default() }, Source::Email, false);
    early.at = at("2023-07-28T11:00:00+01:00");
    let late = entered(&desk, &Make { more: 1, ..Make::default() }, Source::Telephone, false);
    for both in [[early.clone(), late.clone()], [late, early]] {
        desk.decisions.entered = both.to_vec();
        let tables = desk.tables(&desk.collate(&[]));
        let filter = [("measure", "due"), ("by", ""), ("area", "all")];
        let base: i64 = crate::support::FIGURES.iter().flatten().map(|figures| figures[0]).sum();
        let wanted = (base + 1).to_string();
        assert_eq!(rows(table(&tables, "totals"), &filter, &["total"]), [wanted]);
    }
}
