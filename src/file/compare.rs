//! Two versions of one return: what the later one says otherwise.

use super::draft::Draft;
use crate::answers::{Answer, Place, row_keys};
use crate::check::{self, Checked, Explanation};
use crate::gather::Gather as _;
use crate::letters::Join as _;
use crate::template::FieldKind;

/// One thing that two versions say otherwise, in words.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Change {
    /// What is asked; in a table with its row: “Due to start a shift, Sonographers, Tuesday 25 July 2023”.
    pub question: String,
    /// What the earlier version says.
    pub was: String,
    /// What the later version says.
    pub is: String,
}

/// Everything that two versions say otherwise, each list in the order of the page.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Changes {
    /// What is calculated of the whole return.
    pub totals: Vec<Change>,
    /// What was answered.
    pub answers: Vec<Change>,
    /// How queries are explained.
    pub explanations: Vec<Change>,
}

impl Changes {
    /// Whether both say the same.
    pub fn is_empty(&self) -> bool {
        self.totals.is_empty() && self.answers.is_empty() && self.explanations.is_empty()
    }
}

/// What stands for a row that one version does not have.
const NO_ROW: &str = "no such row";
/// What stands for an explanation that one version does not have.
const NO_EXPLANATION: &str = "not explained";

/// A version of a return, and what a check finds in it.
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    /// What it says.
    pub draft: &'a Draft,
    /// What a check of that finds.
    pub checked: &'a Checked,
}

/// Compares two versions of a return of one organisation, question by question. None where they are of another
/// organisation or do not ask the same: of another collection, template or stage.
pub fn compare(earlier: Version<'_>, later: Version<'_>) -> Option<Changes> {
    let (a, b) = (&earlier.draft.form, &later.draft.form);
    let same = earlier.draft.organisation.code == later.draft.organisation.code
        && a.collection.sha256() == b.collection.sha256()
        && a.template.sha256() == b.template.sha256()
        && a.stage == b.stage;
    same.then(|| Changes {
        totals: totals(earlier, later),
        answers: answers(earlier.draft, later.draft),
        explanations: explanations(earlier, later),
    })
}

fn totals(earlier: Version<'_>, later: Version<'_>) -> Vec<Change> {
    let form = &later.draft.form;
    let mut changes = Vec::new();
    let (before, after) = (&earlier.checked.values().totals, &later.checked.values().totals);
    // Both are worked out by one template, so they stand in one order.
    for (was, is) in before.iter().zip(after) {
        let (was, words) = (check::worked_words(form, was), check::worked_words(form, is));
        if was != words
            && let Some(source) = form.template.source().calculated.get(is.index)
        {
            changes.push(Change { question: source.label.clone(), was, is: words });
        }
    }
    changes
}

fn answers(earlier: &Draft, later: &Draft) -> Vec<Change> {
    let mut changes = Vec::new();
    for (s, section) in later.form.template.source().sections.iter().enumerate() {
        for (f, field) in section.fields.iter().enumerate() {
            if field.kind == FieldKind::Table {
                rows(earlier, later, (s, f), &mut changes);
            } else {
                let place = Place::plain(s, f);
                answer((earlier, Some(place)), (later, Some(place)), &mut changes);
            }
        }
    }
    changes
}

/// One answer in two versions; a place is none where its row is in the other version alone.
fn answer(
    (earlier, was): (&Draft, Option<Place>),
    (later, is): (&Draft, Option<Place>),
    changes: &mut Vec<Change>,
) {
    let at = |draft: &Draft, place: Option<Place>| {
        place.map_or(Answer::Unanswered, |place| draft.answers.at(place).clone())
    };
    if at(earlier, was) == at(later, is) {
        return;
    }
    let words = |draft: &Draft, place: Option<Place>| {
        let field = place.and_then(|place| Some((place, place.field(&draft.form)?)));
        field.map_or_else(
            || NO_ROW.to_owned(),
            |(place, field)| check::answer_words(&draft.form, field, draft.answers.at(place)),
        )
    };
    let question = match (is, was) {
        (Some(place), _) => label(later, place),
        (None, Some(place)) => label(earlier, place),
        (None, None) => return,
    };
    changes.push(Change { question, was: words(earlier, was), is: words(later, is) });
}

fn label(draft: &Draft, place: Place) -> String {
    let field = place.field(&draft.form);
    field.map(|field| check::label(&draft.form, &draft.answers, place, field)).unwrap_or_default()
}

/// The rows of a table: each later one beside the earlier one of the same keys, then those that only the earlier one has.
fn rows(earlier: &Draft, later: &Draft, (s, f): (usize, usize), changes: &mut Vec<Change>) {
    let keys = |draft: &Draft, row| -> Vec<String> {
        let keys = row_keys(&draft.form, &draft.answers, s, f, row);
        keys.iter().map(|key| key.entry.to_owned()).gather()
    };
    let mut waiting: Vec<(usize, Vec<String>)> = Vec::new();
    for row in 0..earlier.answers.rows(s, f).len() {
        waiting.push((row, keys(earlier, row)));
    }
    let cells = |draft: &Draft, row: usize| {
        draft.answers.rows(s, f).get(row).map_or(0, |row| row.cells.len())
    };
    for row in 0..later.answers.rows(s, f).len() {
        let own = keys(later, row);
        let found = waiting.iter().position(|(_, keys)| *keys == own);
        let before = found.map(|at| waiting.remove(at).0);
        for column in 0..cells(later, row) {
            let was = before.map(|row| Place::cell(s, f, row, column));
            answer((earlier, was), (later, Some(Place::cell(s, f, row, column))), changes);
        }
    }
    for (row, _) in waiting {
        for column in 0..cells(earlier, row) {
            answer((earlier, Some(Place::cell(s, f, row, column))), (later, None), changes);
        }
    }
}

fn explanations(earlier: Version<'_>, later: Version<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    let find = |version: Version<'_>, given: &Explanation| -> Option<String> {
        let mut all = version.draft.explanations.iter();
        let found = all.find(|other| other.rule == given.rule && other.row == given.row);
        found.map(|found| found.text.clone())
    };
    let none = || NO_EXPLANATION.to_owned();
    for given in &later.draft.explanations {
        let was = find(earlier, given);
        if was.as_ref() != Some(&given.text) {
            let question = query(later, earlier, given);
            changes.push(Change {
                question,
                was: was.unwrap_or_else(none),
                is: given.text.clone(),
            });
        }
    }
    for given in &earlier.draft.explanations {
        if find(later, given).is_none() {
            let question = query(earlier, later, given);
            changes.push(Change { question, was: given.text.clone(), is: none() });
        }
    }
    changes
}

/// The query that an explanation belongs to, in its own words: as one version asks it, or else the other.
fn query(one: Version<'_>, other: Version<'_>, given: &Explanation) -> String {
    for version in [one, other] {
        let mut findings = version.checked.findings().iter();
        if let Some(found) = findings.find(|it| it.rule == given.rule && it.row == given.row) {
            return found.message.clone();
        }
    }
    let row: Vec<&str> = given.row.values().map(String::as_str).gather();
    if row.is_empty() {
        "a query".to_owned()
    } else {
        ["a query about ", &row.joined(", ")].concat()
    }
}
