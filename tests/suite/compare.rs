//! Two versions of a return, compared.

use ia_returns::answers::{Answer, Held, Place};
use ia_returns::check::Explanation;
use ia_returns::collection::Set;
use ia_returns::file::{Change, Draft, Version, compare};

use crate::support::{GROUPS, IN_TIME, answer, at, cell, checked, filled, set};

fn change(question: &str, was: &str, is: &str) -> Change {
    Change { question: question.to_owned(), was: was.to_owned(), is: is.to_owned() }
}

fn changes(earlier: &Draft, later: &Draft) -> ia_returns::file::Changes {
    let (before, after) = (checked(earlier, IN_TIME), checked(later, IN_TIME));
    let earlier = Version { draft: earlier, checked: &before };
    compare(earlier, Version { draft: later, checked: &after }).expect("they ask the same")
}

#[test]
fn a_version_says_what_it_said() {
    let set = set();
    let draft = filled(&set, IN_TIME);
    assert!(changes(&draft, &draft).is_empty());
}

#[test]
fn a_figure_a_total_an_answer_and_an_explanation_are_named_in_words() {
    let set = set();
    let earlier = filled(&set, IN_TIME);
    let mut later = earlier.clone();
    answer(&mut later, &cell(1, 0, "due_to_work"), "1086");
    answer(&mut later, "declared.signoff_at", "2023-07-28T11:20");
    answer(&mut later, "about.submitter_name", "");
    later.explanations[0].text = "Nine were on leave that had been booked before.".to_owned();
    let found = changes(&earlier, &later);
    assert_eq!(
        found.totals,
        [
            change("Due to start a shift, all dates", "366", "1,367"),
            change("At work, all dates", "169", "1,170"),
        ]
    );
    assert_eq!(
        found.answers,
        [
            change("Your name", "Information analyst on duty", "not answered"),
            change(
                "When did they agree?",
                "10:30am on Friday 28 July 2023",
                "11:20am on Friday 28 July 2023"
            ),
            change(
                "Due to start a shift, Diagnostic radiographers, Wednesday 26 July 2023",
                "85",
                "1,086"
            ),
        ]
    );
    let [explained] = found.explanations.as_slice() else { panic!("one: {found:?}") };
    assert!(explained.question.contains("Therapeutic radiographers"), "{}", explained.question);
    assert!(explained.was.starts_with("Eight were") && explained.is.starts_with("Nine were"));
}

#[test]
fn an_explanation_that_only_one_version_has_is_named() {
    let set = set();
    let earlier = filled(&set, IN_TIME);
    let mut later = earlier.clone();
    later.explanations.clear();
    later.explanations.push(Explanation {
        rule: "BQ99".to_owned(),
        row: [("staff_group".to_owned(), GROUPS[2].to_owned())].into_iter().collect(),
        text: "What no rule asks for any more.".to_owned(),
    });
    let found = changes(&earlier, &later).explanations;
    assert_eq!(
        found[0],
        change("a query about sonographer", "not explained", "What no rule asks for any more.")
    );
    assert_eq!(found[1].is, "not explained");
}

fn learning(set: &Set, columns: &[&[&str]]) -> Draft {
    let form = set.form("sor-2023-07", "learning").expect("the form").clone();
    let organisation = form.organisations.by_code("RX1").expect("RX1").clone();
    let mut draft = Draft::new(form.clone(), organisation, None, at(IN_TIME));
    let (s, f) = free_table(&draft);
    for texts in columns {
        let row = draft.answers.add_row(&form, s, f).expect("there is room");
        for (column, text) in texts.iter().enumerate() {
            let place = Place::cell(s, f, row, column);
            let id = place.id(&form, &draft.answers);
            let field = place.field(&form).expect("a field");
            assert!(!field.id.is_empty(), "{id}");
            draft.answers.set(place, Answer::NotKnown((*text).to_owned()));
        }
    }
    draft
}

/// The first table whose rows people add.
fn free_table(draft: &Draft) -> (usize, usize) {
    let sections = &draft.form.template.source().sections;
    sections
        .iter()
        .enumerate()
        .find_map(|(s, section)| {
            let f = section.fields.iter().position(|field| !field.key_columns.is_empty())?;
            matches!(draft.answers.held(s, f), Some(Held::Table(_))).then_some((s, f))
        })
        .expect("a table that people add rows to")
}

#[test]
fn a_row_that_only_one_version_has_is_named() {
    let set = set();
    let (one, two) = (learning(&set, &[&["first"]]), learning(&set, &[]));
    let added = changes(&two, &one).answers;
    assert_eq!(
        (added.len(), added[0].was.as_str(), added[0].is.as_str()),
        (1, "no such row", "not known: first")
    );
    let removed = changes(&one, &two).answers;
    assert_eq!((removed.len(), removed[0].is.as_str()), (1, "no such row"));
}

#[test]
fn returns_that_ask_something_else_are_not_compared() {
    let set = set();
    let draft = filled(&set, IN_TIME);
    let other = learning(&set, &[]);
    let mut elsewhere = draft.clone();
    elsewhere.organisation.code = "RXN".to_owned();
    let (own, theirs) = (checked(&draft, IN_TIME), checked(&other, IN_TIME));
    let version = Version { draft: &draft, checked: &own };
    assert!(compare(version, Version { draft: &other, checked: &theirs }).is_none());
    assert!(compare(version, Version { draft: &elsewhere, checked: &own }).is_none());
}
