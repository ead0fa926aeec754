//! The values that expressions see, laid out in the order of
//! [`template::names`](crate::template::names).

use super::{Subject, fixed, value};
use crate::answers::{Answer, Asked, Place};
use crate::collection::Form;
use crate::gather::Gather as _;
use crate::rule::{Blocked, Program, State, Steps, Value};
use crate::template::FIXED;
use crate::template::FieldKind;
use std::rc::Rc;

/// Everything evaluated so far.
pub(super) struct Scene<'a> {
    pub(super) form: &'a Form,
    /// Names that every scope has, followed by those of the row, pair or group that is entered.
    base: Vec<Value>,
    /// How many names every scope has.
    common: usize,
    /// For each section, its plain fields.
    plain: Vec<Vec<Value>>,
    /// What is asked.
    pub(super) asked: Asked,
    /// For each table, for each row, its values: keys, columns, then what is calculated. A row that
    /// is not asked has none.
    pub(super) rows: Vec<Vec<Rc<[Value]>>>,
    /// Names of return scope.
    pub(super) whole: Vec<Value>,
    /// For each group of the template, its groups.
    pub(super) groups: Vec<Vec<GroupScene>>,
    steps: Steps,
}

/// One group of rows.
pub(super) struct GroupScene {
    /// What its rows share.
    pub(super) keys: Vec<Value>,
    /// Its rows, by number.
    pub(super) rows: Vec<usize>,
    /// What is calculated in it so far.
    pub(super) calculated: Vec<Value>,
}

/// Where a program runs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Where {
    /// In base scope, or in the row, pair or group that is entered.
    Here,
    /// In return scope.
    Whole,
}

impl<'a> Scene<'a> {
    /// Lays out the plain fields and decides which are asked. Tables wait for
    /// [`values`](super::values).
    pub(super) fn new(subject: &Subject<'a>) -> Self {
        let form = subject.form;
        let mut base = fixed::fixed(subject);
        let mut plain = Vec::new();
        for (s, section) in form.template.source().sections.iter().enumerate() {
            let fields = section.fields.iter().enumerate();
            let values: Vec<Value> = fields
                .filter(|(_, field)| field.kind != FieldKind::Table)
                .map(|(f, field)| value(field.kind, subject.answers.at(Place::plain(s, f))))
                .gather();
            base.push(Value::Record(values.as_slice().into()));
            plain.push(values);
        }
        let mut scene = Self {
            form,
            common: base.len(),
            base,
            plain,
            asked: Asked::default(),
            rows: Vec::new(),
            whole: Vec::new(),
            groups: Vec::new(),
            steps: Steps::new(super::STEPS),
        };
        scene.decide_shown();
        scene
    }

    /// Where the first section's record lies.
    fn sections_from(&self) -> usize {
        FIXED + self.form.template.source().inputs.len()
    }

    /// Runs a program.
    pub(super) fn run(&mut self, program: &Program, at: Where) -> Result<Value, Blocked> {
        let names = match at {
            Where::Here => &self.base,
            Where::Whole => &self.whole,
        };
        program.run(names, &mut self.steps)
    }

    /// Runs a program in base scope with one name more.
    pub(super) fn run_with(&mut self, program: &Program, more: Value) -> Result<Value, Blocked> {
        self.enter([more]);
        let result = self.run(program, Where::Here);
        self.leave();
        result
    }

    /// Whether a condition holds; one that cannot be decided does not.
    pub(super) fn holds(&mut self, condition: Option<&Program>, at: Where) -> bool {
        condition.is_none_or(|program| matches!(self.run(program, at), Ok(Value::Bool(true))))
    }

    /// Decides, from the top, what is asked; what is not asked is not applicable from there on.
    fn decide_shown(&mut self) {
        let template = self.form.template.clone();
        for (s, (section, plan)) in
            template.source().sections.iter().zip(&template.plan().sections).enumerate()
        {
            let section_shown = self.holds(plan.show_when.as_ref(), Where::Here);
            let mut shown = Vec::new();
            let mut slot = 0;
            for (field, plan) in section.fields.iter().zip(&plan.fields) {
                let is_shown = section_shown && self.holds(plan.show_when.as_ref(), Where::Here);
                shown.push(is_shown);
                if field.kind == FieldKind::Table {
                    continue;
                }
                if !is_shown {
                    self.hide(s, slot);
                }
                slot += 1;
            }
            self.asked.fields.push(shown);
        }
    }

    fn hide(&mut self, section: usize, slot: usize) {
        let at = self.sections_from() + section;
        let Some(values) = self.plain.get_mut(section) else { return };
        if let Some(value) = values.get_mut(slot) {
            *value = Value::Unknown(State::NotApplicable);
        }
        if let Some(record) = self.base.get_mut(at) {
            *record = Value::Record(values.as_slice().into());
        }
    }

    /// Adds the names of a row, a pair or a group, until [`Scene::leave`].
    pub(super) fn enter(&mut self, values: impl IntoIterator<Item = Value>) {
        self.base.extend(values);
    }

    /// Adds the names of a row.
    pub(super) fn enter_row(&mut self, table: usize, row: usize) {
        if let Some(values) = self.rows.get(table).and_then(|rows| rows.get(row)) {
            self.base.extend_from_slice(values);
        }
    }

    /// Adds the names of a group: what its rows share, `rows`, then what is calculated so far.
    pub(super) fn enter_group(&mut self, group: usize, number: usize) {
        let table = self.form.template.plan().groups.get(group).map_or(0, |g| g.table);
        if let Some(found) = self.groups.get(group).and_then(|g| g.get(number)) {
            let rows: Vec<Value> = found.rows.iter().map(|&row| self.row(table, row)).gather();
            self.base.extend_from_slice(&found.keys);
            self.base.push(Value::List(rows.into()));
            self.base.extend_from_slice(&found.calculated);
        }
    }

    /// Sets a name of what is entered, counted from its first.
    pub(super) fn settle(&mut self, slot: usize, value: Value) {
        if let Some(held) = self.base.get_mut(self.common + slot) {
            *held = value;
        }
    }

    /// The names of what is entered.
    pub(super) fn entered(&self) -> &[Value] {
        self.base.get(self.common..).unwrap_or_default()
    }

    /// Takes the names that were entered away.
    pub(super) fn leave(&mut self) {
        self.base.truncate(self.common);
    }

    /// One row as a record.
    pub(super) fn row(&self, table: usize, row: usize) -> Value {
        let values = self.rows.get(table).and_then(|rows| rows.get(row));
        Value::Record(values.cloned().unwrap_or_else(|| [].into()))
    }

    /// The rows of a table that are asked, by number.
    pub(super) fn asked_rows(&self, table: usize) -> Vec<usize> {
        let rows = self.asked.rows.get(table).map_or(&[][..], Vec::as_slice);
        rows.iter().enumerate().filter(|(_, asked)| asked.row).map(|(row, _)| row).gather()
    }

    /// Lays out return scope: as base, but sections also hold their tables; then the groups.
    pub(super) fn lay_whole(&mut self) {
        let template = self.form.template.clone();
        self.whole = self.base.iter().take(self.sections_from()).cloned().gather();
        for s in 0..template.source().sections.len() {
            let mut values = self.plain.get(s).cloned().unwrap_or_default();
            let tables = template.plan().tables.iter().enumerate();
            for (number, _) in tables.filter(|(_, table)| table.section == s) {
                let rows = self.asked_rows(number);
                values.push(Value::List(rows.iter().map(|&row| self.row(number, row)).collect()));
            }
            self.whole.push(Value::Record(values.into()));
        }
        for groups in &self.groups {
            let records = groups.iter().map(|group| {
                let values: Vec<Value> =
                    group.keys.iter().chain(&group.calculated).cloned().gather();
                Value::Record(values.into())
            });
            self.whole.push(Value::List(records.collect()));
        }
    }
}

/// Whether an answer still waits for the person.
pub(super) fn is_open(answer: &Answer) -> bool {
    *answer == Answer::Unanswered
}
