//! The workforce return of July 2023: what the rules say, what it adds up to.

use crate::support::{IN_TIME, LATE, answer, cell, checked, empty, filled, rules, set};
use ia_returns::check::Explanation;
use ia_returns::template::Severity;

#[test]
fn the_journeys_return_raises_one_query_and_notes() {
    let set = set();
    let checked = checked(&filled(&set, IN_TIME), IN_TIME);
    assert_eq!(
        rules(&checked),
        [
            "BN01 2023-07-25",
            "BQ04 therapeutic_radiographer 2023-07-25",
            "BN01 2023-07-27",
            "BQ03 therapeutic_radiographer 2023-07-27",
        ]
    );
    assert!(checked.is_sealable());
}

#[test]
fn one_second_after_the_window_the_return_is_late_and_its_reason_is_asked() {
    let set = set();
    let mut draft = filled(&set, LATE);
    assert!(rules(&checked(&draft, LATE)).contains(&"XQ07".to_owned()));
    assert!(checked(&draft, LATE).is_sealable());
    answer(&mut draft, "about.late_reason", "");
    let found = checked(&draft, LATE);
    assert!(!found.is_sealable());
    assert!(rules(&found).contains(&"XE19".to_owned()));
}

#[test]
fn an_empty_draft_asks_for_every_required_figure_and_adds_nothing_up() {
    let set = set();
    let draft = empty(&set, IN_TIME);
    let found = checked(&draft, IN_TIME);
    let missing = found.findings().iter().filter(|f| f.rule == "XE19").count();
    // 15 rows of 2 required figures; nil return; name, role, email; four of the sign-off.
    assert_eq!(missing, 30 + 1 + 3 + 4);
    let subject = draft
        .subject(crate::support::at(IN_TIME), &ia_returns::check::Mistakes::new())
        .form
        .clone();
    let total = &found.values().totals[0];
    assert_eq!(subject.template.source().calculated[total.index].id, "total_due");
    assert_eq!(total.unknown, 15, "blank is never zero");
}

#[test]
fn more_absent_than_due_is_an_error_beside_the_cell_with_both_figures() {
    let set = set();
    let mut draft = filled(&set, IN_TIME);
    answer(&mut draft, &cell(0, 0, "absent_ia"), "98");
    let found = checked(&draft, IN_TIME);
    let finding = found.findings().iter().find(|f| f.rule == "BE04").expect("BE04");
    assert_eq!(finding.severity, Severity::Error);
    assert!(
        finding.message.contains("98") && finding.message.contains("88"),
        "{}",
        finding.message
    );
    assert_eq!(finding.places[0].id(&draft.form, &draft.answers), cell(0, 0, "absent_ia"));
    assert!(!found.is_sealable());
}

#[test]
fn totals_are_worked_out_by_hand_and_agree() {
    let set = set();
    let draft = filled(&set, IN_TIME);
    let derived = checked(&draft, IN_TIME).derived(&draft.form, &draft.answers);
    // 25 July 88+36+12+40, 26 July 85+37+11+41, 27 July 8+3+0+5.
    assert_eq!(derived["values"]["totals"]["total_due"], 176 + 174 + 16);
    // 52+21+3+9, 49+22+4+10, 3+1.
    assert_eq!(derived["values"]["totals"]["person_days_absent"], 85 + 85 + 4);
    assert_eq!(derived["values"]["totals"]["peak_absent"], 85);
    assert_eq!(derived["values"]["totals"]["peak_date"], "Tuesday 25 July 2023");
    let day = &derived["values"]["groups"]["by_date"][1];
    assert_eq!(day["strike_date"], "2023-07-26");
    assert_eq!(day["day_absent_other"], 9);
    let row = &derived["values"]["rows"]["workforce.staffing"][0];
    // 88 - 52 - 4; 52 of 88 is 59.09 per cent.
    assert_eq!((row["at_work"].as_i64(), row["participation_pct"].as_i64()), (Some(32), Some(591)));
}

#[test]
fn an_explanation_of_fourteen_characters_does_not_explain() {
    let set = set();
    let mut draft = filled(&set, IN_TIME);
    draft.explanations[0].text = "Too short text".to_owned();
    assert_eq!(checked(&draft, IN_TIME).unexplained().count(), 1);
    draft.explanations[0].text.push('.');
    assert_eq!(checked(&draft, IN_TIME).unexplained().count(), 0);
}

#[test]
fn an_explanation_for_another_row_does_not_explain() {
    let set = set();
    let mut draft = filled(&set, IN_TIME);
    let other = Explanation {
        row: [("strike_date".to_owned(), "2023-07-26".to_owned())].into_iter().collect(),
        ..draft.explanations[0].clone()
    };
    draft.explanations = vec![other];
    assert_eq!(checked(&draft, IN_TIME).unexplained().count(), 1);
}

#[test]
fn a_nil_return_asks_who_was_due_unless_nobody_is_employed() {
    let set = set();
    let mut draft = empty(&set, IN_TIME);
    answer(&mut draft, "about.nil_return", "yes");
    answer(&mut draft, "about.nil_reason", "no_staff_took_part");
    let asked = checked(&draft, IN_TIME).findings().iter().filter(|f| !f.row.is_empty()).count();
    assert!(asked >= 15, "due to work is still asked");
    answer(&mut draft, "about.nil_reason", "no_staff_in_scope");
    let found = checked(&draft, IN_TIME);
    assert!(found.findings().iter().all(|f| f.row.is_empty()), "{:?}", rules(&found));
}

#[test]
fn all_zero_without_saying_nil_is_an_error_and_nil_with_absences_too() {
    let set = set();
    let mut draft = filled(&set, IN_TIME);
    answer(&mut draft, "about.nil_return", "yes");
    assert!(rules(&checked(&draft, IN_TIME)).contains(&"XE09".to_owned()));
    let mut draft = filled(&set, IN_TIME);
    for day in 0..3 {
        for group in 0..5 {
            answer(&mut draft, &cell(day, group, "absent_ia"), "0");
        }
    }
    assert!(rules(&checked(&draft, IN_TIME)).contains(&"XE10".to_owned()));
}

#[test]
fn a_text_that_no_file_can_carry_is_asked_about_before_it_is_sealed() {
    let set = set();
    let mut draft = filled(&set, IN_TIME);
    draft.explanations[0].text.push('\u{ffff}');
    assert!(rules(&checked(&draft, IN_TIME)).iter().any(|rule| rule.starts_with("XE20")));
    let place =
        ia_returns::answers::Place::parse("about.comment", &draft.form, &draft.answers).unwrap();
    let field = place.field(&draft.form).unwrap();
    assert!(ia_returns::answers::entry::read(&draft.form, field, "a\u{fffe}b").is_err());
}
