//! What a rule says, where, and how it was explained.

use super::{LONGEST_EXPLANATION, SHORTEST_EXPLANATION, Subject};
use crate::answers::{Answer, Place, Scalar};
use crate::sorted::SortedMap;
use crate::template::{Severity, Spot};

/// Which row or group a finding is about: each key's id and its entry's id. Empty for the return.
pub type RowKey = SortedMap<String, String>;

/// The answer to a query.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Explanation {
    /// The rule that asks.
    pub rule: String,
    /// The row or group it asks about.
    pub row: RowKey,
    /// What explains it, 15 to 500 characters.
    pub text: String,
}

/// How a query was explained.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Given {
    /// In this text.
    Explained(String),
    /// Not yet, or not in 15 to 500 characters.
    Missing,
    /// Not asked: an error or a note.
    NotAsked,
}

/// What a rule says of one row, group or return.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// How much it weighs.
    pub severity: Severity,
    /// The places it is shown at; the first is where a link leads.
    pub places: Vec<Place>,
    /// The row or group it is about.
    pub row: RowKey,
    /// What is said to people.
    pub message: String,
    /// How it was explained.
    pub given: Given,
    /// The plain field whose answer explains it.
    pub explained_by: Option<Place>,
    /// Where it stands on the page: section, field, row, column, then the rule's own order.
    pub(super) order: [usize; 5],
}

impl Finding {
    pub(super) fn order(&self) -> [usize; 5] {
        self.order
    }

    /// Whether it is a query that waits for its explanation.
    pub fn is_unexplained(&self) -> bool {
        self.severity == Severity::Query && self.given == Given::Missing
    }

    pub(super) fn explain(&mut self, subject: &Subject<'_>) {
        if self.severity != Severity::Query {
            return;
        }
        let text = if let Some(place) = self.explained_by {
            match subject.answers.at(place) {
                Answer::Value(Scalar::Text(text)) => Some(text),
                _ => None,
            }
        } else {
            let found =
                subject.explanations.iter().find(|e| e.rule == self.rule && e.row == self.row);
            found.map(|explanation| &explanation.text)
        };
        if let Some(text) = text.filter(|text| is_long_enough(text)) {
            self.given = Given::Explained(text.clone());
        }
    }
}

/// Whether a text is 15 to 500 characters, spaces at its ends not counted.
fn is_long_enough(text: &str) -> bool {
    (SHORTEST_EXPLANATION..=LONGEST_EXPLANATION).contains(&text.trim().chars().count())
}

/// The place of a spot in a row, or the plain place.
pub(super) fn place(spot: Spot, subject: &Subject<'_>, row: usize) -> Place {
    match spot {
        Spot::Field(section, field) => Place::plain(section, field),
        Spot::Column(table, column) => {
            let plan = subject.form.template.plan().tables.get(table);
            let (section, field) = plan.map_or((0, 0), |t| (t.section, t.field));
            Place::cell(section, field, row, column)
        }
    }
}

/// Where a finding stands on the page.
pub(super) fn order(places: &[Place], fallback: [usize; 3], rule: usize) -> [usize; 5] {
    match places.first() {
        Some(Place { section, field, cell: Some((row, column)) }) => {
            [*section, *field, *row, *column, rule]
        }
        Some(Place { section, field, cell: None }) => [*section, *field, 0, 0, rule],
        None => [fallback[0], fallback[1], fallback[2], 0, rule],
    }
}
