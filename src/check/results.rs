//! Grades and indexes as people read them: what came out, and the facts that caused it.

use super::{Checked, RowKey, Worked, words};
use crate::answers::{Answers, Place, row_keys};
use crate::collection::Form;
use crate::gather::Gather as _;
use crate::letters::Join as _;
use crate::rule::Value;
use crate::template::Named;
use crate::template::source::{Calculated, How};

/// What a page and the command line say beside every result (DESIGN.md 9.8).
pub const GUIDE: &str = "A guide of this tool, not an NHS England scale.";

/// One grade or index of a return.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Outcome {
    /// The id of the calculated value.
    pub id: String,
    /// What is rated.
    pub label: String,
    /// The row or group it is about; empty for the return.
    pub row: RowKey,
    /// The words for that row or group.
    pub row_label: String,
    /// The stored result: a band's id or a whole number; none where it cannot be told yet.
    pub result: Option<String>,
    /// The result in words.
    pub words: String,
    /// The colour of the band's tag, by its name in the NHS design system.
    pub tone: String,
    /// The facts that caused it, as sentences.
    pub because: Vec<String>,
}

impl Checked {
    /// Every grade and index that is of this return, in the order rows, groups, return.
    pub fn outcomes(&self, form: &Form, answers: &Answers) -> Vec<Outcome> {
        let mut all = Vec::new();
        for (plan, rows) in form.template.plan().tables.iter().zip(&self.values().rows) {
            for (row, worked) in rows.iter().enumerate() {
                let (section, field) = (plan.section, plan.field);
                let place = Place::cell(section, field, row, 0);
                let keys = row_keys(form, answers, section, field, row);
                let label: Vec<&str> = keys.iter().map(|key| &*key.label).gather();
                let label = label.joined(", ");
                let key = words::row_key(form, answers, place);
                all.extend(worked.iter().filter_map(|item| outcome(form, item, &key, &label)));
            }
        }
        for group in self.values().groups.iter().flatten() {
            let heading = group.heading(form);
            let label = heading.labels.joined(", ");
            let values = group.values.iter();
            all.extend(values.filter_map(|item| outcome(form, item, &heading.keys, &label)));
        }
        let totals = self.values().totals.iter();
        all.extend(totals.filter_map(|item| outcome(form, item, &RowKey::new(), "")));
        all
    }
}

/// A calculated value as a result, where it is one and applies here.
fn outcome(form: &Form, worked: &Worked, row: &RowKey, row_label: &str) -> Option<Outcome> {
    let source = form.template.source().calculated.get(worked.index)?;
    if !is_result(source) || worked.value == Value::Unknown(crate::rule::State::NotApplicable) {
        return None;
    }
    let result = match &worked.value {
        Value::Text(id) => Some(id.to_string()),
        Value::Int(number) => Some(number.to_string()),
        _ => None,
    };
    let named = Some(Named::Calculated(worked.index));
    Some(Outcome {
        id: source.id.clone(),
        label: source.label.clone(),
        row: row.clone(),
        row_label: row_label.to_owned(),
        result,
        words: words::in_words(form, named, &worked.value),
        tone: worked.band(source).map_or_else(String::new, |band| band.tone.clone()),
        because: worked.because.clone(),
    })
}

fn is_result(source: &Calculated) -> bool {
    !source.bands.is_empty() || matches!(source.how, How::Index(_))
}
