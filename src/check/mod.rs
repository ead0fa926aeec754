//! Checking: what the rules say of the answers, and what the answers add up to.
//!
//! In: a [`Subject`] (form, organisation, answers, the time, what was typed and could not be
//! read). Out: [`Checked`]: findings in page order, calculated values, what is asked at all.
//! Pure: the same subject gives the same result, in every engine.

mod alike;
mod derived;
mod fields;
mod finding;
mod fixed;
mod privacy;
mod results;
mod rules;
mod scene;
mod values;
mod words;

pub use alike::Heading;
pub use finding::{Explanation, Finding, Given, RowKey};
pub use fixed::{InputReturn, Inputs};
pub use results::{GUIDE, Outcome};
pub use values::{GroupValues, RowValues, Values, Worked};
pub use words::{answer_words, label, number_words, with_decimals, worked_words};

use crate::answers::{Answer, Answers, Asked, Place, Scalar};
use crate::collection::{Form, Organisation, Owes};
use crate::rule::{State, Value};
use crate::sorted::SortedMap;
use crate::template::source::FaultKind;
use crate::template::{FieldKind, FieldPlan, Severity};
use crate::time::{Instant, LocalTime};
use scene::Scene;

/// Fewest characters of an explanation (domain.md 3).
pub const SHORTEST_EXPLANATION: usize = 15;
/// Most characters of an explanation (domain.md 3).
pub const LONGEST_EXPLANATION: usize = 500;
/// How many steps all rules of one check may take together.
const STEPS: u64 = 4_000_000;

/// Something typed that could not be read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Mistake {
    /// What is wrong with it.
    pub kind: FaultKind,
    /// What was typed.
    pub typed: String,
}

/// What was typed and could not be read, by its place.
pub type Mistakes = SortedMap<Place, Mistake>;

/// What is checked.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The template in its collection.
    pub form: &'a Form,
    /// Who answers.
    pub organisation: &'a Organisation,
    /// What they answered.
    pub answers: &'a Answers,
    /// How queries were explained.
    pub explanations: &'a [Explanation],
    /// What was typed and could not be read; these places are not answered.
    pub mistakes: &'a Mistakes,
    /// The present while drafting; the time it was prepared when a file is checked again.
    pub now: Instant,
    /// From 1.
    pub revision: i64,
    /// Other returns that rules may read.
    pub inputs: &'a Inputs,
}

impl Subject<'_> {
    /// Whether every input with these numbers is at hand.
    fn has_inputs(&self, numbers: &[usize]) -> bool {
        let inputs = &self.form.template.source().inputs;
        numbers.iter().all(|&number| {
            let given = inputs.get(number).and_then(|input| self.inputs.get(&input.id));
            given.is_some_and(|given| given.said.is_some())
        })
    }
}

/// What a check found. It comes only from [`check`].
#[derive(Clone, Debug)]
pub struct Checked {
    findings: Vec<Finding>,
    values: Values,
    asked: Asked,
}

impl Checked {
    /// The findings, in page order.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// What the answers add up to.
    pub fn values(&self) -> &Values {
        &self.values
    }

    /// Whether a field is asked, by section and field number.
    pub fn is_shown(&self, section: usize, field: usize) -> bool {
        self.asked.field(section, field)
    }

    /// What is asked at all: fields, rows, cells.
    pub fn asked(&self) -> &Asked {
        &self.asked
    }

    /// How many findings have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|f| f.severity == severity).count()
    }

    /// Queries that are not explained yet.
    pub fn unexplained(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.is_unexplained())
    }

    /// What stands in the way of sealing, in page order: errors, and queries that are not explained yet.
    pub fn in_the_way(self) -> Vec<Finding> {
        let mut findings = self.findings;
        findings.retain(|finding| finding.severity == Severity::Error || finding.is_unexplained());
        findings
    }

    /// Whether the return can be sealed: no errors, and every query explained.
    pub fn is_sealable(&self) -> bool {
        self.count(Severity::Error) == 0 && self.unexplained().next().is_none()
    }
}

/// Checks a subject.
pub fn check(subject: &Subject<'_>) -> Checked {
    let mut scene = Scene::new(subject);
    let mut findings = Vec::new();
    let values = values::work_out(subject, &mut scene, &mut findings);
    fields::check(subject, &mut scene, &mut findings);
    rules::run(subject, &mut scene, &mut findings);
    findings.sort_by_key(Finding::order);
    for finding in &mut findings {
        finding.explain(subject);
    }
    Checked { findings, values, asked: scene.asked }
}

/// Answers with every prefilled field filled from the collection and the organisation.
pub fn fill(subject: &Subject<'_>) -> Answers {
    let mut scene = Scene::new(subject);
    filled(subject, |plan| scene.run(plan.prefill.as_ref()?, scene::Where::Here).ok())
}

/// Answers as a return starts with them: defaults, which can be changed, from what the expected list
/// says of the organisation.
pub fn start(subject: &Subject<'_>, owes: Option<&Owes>) -> Answers {
    let mut scene = Scene::new(subject);
    filled(subject, |plan| scene.run_with(plan.default.as_ref()?, fixed::expected(owes)).ok())
}

/// The answers, with those plain fields set for which there is a value.
fn filled(subject: &Subject<'_>, mut value: impl FnMut(&FieldPlan) -> Option<Value>) -> Answers {
    let mut filled = subject.answers.clone();
    for (s, section) in subject.form.template.plan().sections.iter().enumerate() {
        for (f, plan) in section.fields.iter().enumerate() {
            if let Some(value) = value(plan) {
                let place = Place::plain(s, f);
                let kind = place.field(subject.form).map(|field| field.kind);
                filled.set(place, answer(kind.unwrap_or(FieldKind::Line), &value));
            }
        }
    }
    filled
}

/// An answer as rules see it.
pub(crate) fn value(kind: FieldKind, answer: &Answer) -> Value {
    match answer {
        Answer::NotApplicable => Value::Unknown(State::NotApplicable),
        Answer::NotKnown(_) => Value::Unknown(State::NotKnown),
        Answer::Unanswered => Value::Unknown(State::Unanswered),
        Answer::Value(Scalar::Bool(value)) => Value::Bool(*value),
        Answer::Value(Scalar::Int(value)) => Value::Int(*value),
        Answer::Value(Scalar::List(ids)) => Value::texts(ids),
        Answer::Value(Scalar::Text(text)) => match kind {
            FieldKind::Date => crate::time::Date::parse(text)
                .map_or(Value::Unknown(State::Unanswered), |date| Value::Date(date.days())),
            FieldKind::Moment => LocalTime::parse(text)
                .and_then(LocalTime::instant)
                .map_or(Value::Unknown(State::Unanswered), |at| Value::Moment(at.seconds())),
            _ => Value::Text(text.as_str().into()),
        },
    }
}

/// A value as the answer that a field of this kind stores.
fn answer(kind: FieldKind, value: &Value) -> Answer {
    let scalar = match value {
        Value::Bool(value) => Scalar::Bool(*value),
        Value::Int(value) => Scalar::Int(*value),
        Value::Text(text) if text.is_empty() => return Answer::Unanswered,
        Value::Text(text) => Scalar::Text((**text).to_owned()),
        Value::Date(days) => match crate::time::Date::from_days(*days) {
            Ok(date) => Scalar::Text(date.to_string()),
            Err(_) => return Answer::Unanswered,
        },
        Value::Moment(seconds) if kind == FieldKind::Moment => {
            match Instant::from_seconds(*seconds) {
                Ok(at) => Scalar::Text(at.local().to_string()),
                Err(_) => return Answer::Unanswered,
            }
        }
        Value::List(items) if !items.is_empty() => {
            let mut ids = Vec::new();
            for item in &**items {
                let Value::Text(id) = item else { return Answer::Unanswered };
                ids.push((**id).to_owned());
            }
            Scalar::List(ids)
        }
        Value::Moment(_) | Value::List(_) | Value::Record(_) | Value::Unknown(_) => {
            return Answer::Unanswered;
        }
    };
    Answer::Value(scalar)
}
