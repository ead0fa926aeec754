//! Laws that hold for every return: the order of rows says nothing, doing more never looks worse, and a check that is
//! made twice finds the same.

use crate::support::{IN_TIME, at, checked, filled, set};
use ia_returns::answers::{Answer, Answers, Place, Scalar};
use ia_returns::check::{self, Checked, Mistakes};
use ia_returns::collection::Set;
use ia_returns::file::Draft;
use ia_returns::json::Value as Json;
use ia_returns::rule::Value;
use proptest::prelude::*;

/// Answers of a checklist, from the worst to the best; not applicable is none of them.
const STATUSES: [&str; 3] = ["non_compliant", "partial", "compliant"];

struct Checklist {
    draft: Draft,
    table: (usize, usize),
    column: usize,
    /// Bands of the grade, from the worst to the best.
    bands: Vec<String>,
    grade: &'static str,
}

fn checklist(
    set: &Set,
    (collection, template): (&str, &str),
    code: &str,
    field: (&str, &str),
    grade: &'static str,
) -> Checklist {
    let form = set.form(collection, template).expect("the form").clone();
    let organisation = form.organisations.by_code(code).expect("the organisation").clone();
    let mut draft = Draft::new(form.clone(), organisation, None, at(IN_TIME));
    let actions = form.collection.source().actions.iter().map(|action| action.id.clone());
    let place = Place::parse("about.action_id", &form, &draft.answers).expect("the actions");
    draft.answers.set(place, Answer::Value(Scalar::List(actions.collect())));
    let source = form.template.source();
    let section = source.sections.iter().position(|s| s.id == field.0).expect("the section");
    let at =
        source.sections[section].fields.iter().position(|f| f.id == field.1).expect("the table");
    let column = source.sections[section].fields[at].columns.iter().position(|c| c.id == "status");
    let calculated = source.calculated.iter().find(|c| c.id == grade).expect("the grade");
    let bands = calculated.bands.iter().map(|band| band.id.clone()).collect();
    Checklist { draft, table: (section, at), column: column.expect("status"), bands, grade }
}

impl Checklist {
    fn rows(&self) -> usize {
        self.draft.answers.rows(self.table.0, self.table.1).len()
    }

    fn set(&mut self, row: usize, status: &str) {
        let place = Place::cell(self.table.0, self.table.1, row, self.column);
        self.draft.answers.set(place, Answer::Value(Scalar::Text(status.to_owned())));
    }

    /// How good the grade is; none while it is open.
    fn grade(&self) -> Option<usize> {
        let (found, mistakes) = (checked(&self.draft, IN_TIME), Mistakes::new());
        let worked =
            found.values().total(&self.draft.subject(at(IN_TIME), &mistakes), self.grade)?;
        match &worked.value {
            Value::Text(band) => self.bands.iter().position(|known| **known == **band),
            _ => None,
        }
    }
}

fn never_worse(
    mut list: Checklist,
    before: &[usize],
    better: &[usize],
) -> Result<(), TestCaseError> {
    let rows = list.rows();
    for row in 0..rows {
        list.set(row, STATUSES[before[row % before.len()]]);
    }
    let first = list.grade();
    for row in better {
        list.set(row % rows, "compliant");
    }
    let second = list.grade();
    prop_assert!(second >= first, "{first:?} became {second:?}");
    for row in 0..rows {
        list.set(row, "compliant");
    }
    prop_assert!(list.grade() >= second);
    prop_assert!(list.grade().is_some(), "everything is answered, so there is a grade");
    Ok(())
}

fn derived(draft: &Draft, found: &Checked) -> Json {
    found.derived(&draft.form, &draft.answers)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn more_that_is_done_never_worsens_the_level_of_the_checklist(
        before in prop::collection::vec(0..3_usize, 25),
        better in prop::collection::vec(0..25_usize, 0..6),
    ) {
        let set = set();
        let of = ("sor-2023-07", "self_assessment");
        let list = checklist(&set, of, "RX1", ("checklist", "items"), "checklist_level");
        never_worse(list, &before, &better)?;
    }

    #[test]
    fn more_that_is_ready_never_worsens_the_rating_of_readiness(
        before in prop::collection::vec(0..3_usize, 7),
        better in prop::collection::vec(0..25_usize, 0..6),
    ) {
        let set = set();
        let of = ("ambulance-2023-01", "readiness");
        let list = checklist(&set, of, "RX9", ("readiness", "items"), "overall_rag");
        never_worse(list, &before, &better)?;
    }

    #[test]
    fn the_order_of_rows_in_a_file_changes_nothing(seed in prop::collection::vec(any::<u16>(), 15)) {
        let set = set();
        let draft = filled(&set, IN_TIME);
        let found = checked(&draft, IN_TIME);
        let (mut answers, declared) = draft.answers.write(&draft.form, found.asked());
        let rows = answers.get_mut("workforce").and_then(|section| section.get_mut("staffing"));
        let Some(Json::Array(rows)) = rows else { panic!("the rows") };
        let mut order: Vec<(u16, Json)> = seed.into_iter().zip(rows.drain(..)).collect();
        order.sort_by_key(|(key, _)| *key);
        rows.extend(order.into_iter().map(|(_, row)| row));
        let shuffled = Answers::read(&draft.form, &answers, &declared).expect("it reads");
        let again = Draft { answers: shuffled, ..draft.clone() };
        prop_assert_eq!(derived(&again, &checked(&again, IN_TIME)), derived(&draft, &found));
    }

    #[test]
    fn a_check_made_twice_finds_the_same(figures in prop::collection::vec(0..200_i64, 45)) {
        let set = set();
        let mut draft = filled(&set, IN_TIME);
        let place = Place::parse("workforce.staffing.2023-07-25.sonographer.due_to_work", &draft.form, &draft.answers);
        let Place { section, field, .. } = place.expect("a cell");
        for (number, figure) in figures.iter().enumerate() {
            let cell = Place::cell(section, field, number / 3, number % 3);
            draft.answers.set(cell, Answer::Value(Scalar::Int(*figure)));
        }
        let first = checked(&draft, IN_TIME);
        let second = check::check(&draft.subject(at(IN_TIME), &Mistakes::new()));
        prop_assert_eq!(first.findings(), second.findings());
        prop_assert_eq!(derived(&draft, &first), derived(&draft, &second));
    }
}
