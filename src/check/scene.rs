//! The values that expressions see, laid out in the order of
//! [`template::names`](crate::template::names).

use super::{Subject, value};
use crate::answers::{Answer, Place};
use crate::collection::{Form, Organisation};
use crate::rule::{Blocked, Program, State, Steps, Value};
use crate::template::FieldKind;
use crate::template::names::FIXED;
use crate::time::Instant;

/// Everything evaluated so far.
pub(super) struct Scene<'a> {
    form: &'a Form,
    /// Names that every scope has.
    pub(super) base: Vec<Value>,
    /// For each section, its plain fields.
    plain: Vec<Vec<Value>>,
    /// What is asked, by section and field.
    pub(super) shown: Vec<Vec<bool>>,
    /// For each table, each row's values: keys, columns, then what is calculated.
    pub(super) rows: Vec<Vec<Vec<Value>>>,
    /// Names of return scope.
    pub(super) whole: Vec<Value>,
    /// For each group of the template, its groups: keys, then what is calculated, and the rows.
    pub(super) groups: Vec<Vec<GroupScene>>,
    pub(super) steps: Steps,
}

/// One group of rows.
pub(super) struct GroupScene {
    /// The keys' entries.
    pub(super) keys: Vec<Value>,
    /// Its rows, by number.
    pub(super) rows: Vec<usize>,
    /// What is calculated in it so far.
    pub(super) calculated: Vec<Value>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(subject: &Subject<'a>) -> Self {
        let form = subject.form;
        let mut base = fixed(form, subject.organisation, subject.now, subject.revision);
        let mut plain = Vec::new();
        for (s, section) in form.template.source().sections.iter().enumerate() {
            let fields = section.fields.iter().enumerate();
            let values: Vec<Value> = fields
                .filter(|(_, field)| field.kind != FieldKind::Table)
                .map(|(f, field)| value(field.kind, subject.answers.at(Place::plain(s, f))))
                .collect();
            base.push(Value::Record(values.as_slice().into()));
            plain.push(values);
        }
        let mut scene = Self {
            form,
            base,
            plain,
            shown: Vec::new(),
            rows: Vec::new(),
            whole: Vec::new(),
            groups: Vec::new(),
            steps: Steps::new(super::STEPS),
        };
        scene.decide_shown();
        scene.lay_rows(subject);
        scene
    }

    /// Runs a program in base scope.
    pub(super) fn run(&mut self, program: &Program) -> Result<Value, Blocked> {
        program.run(&self.base, &mut self.steps)
    }

    /// Decides, from the top, what is asked; what is not asked is not applicable from there on.
    fn decide_shown(&mut self) {
        let template = self.form.template.clone();
        for (s, (section, plan)) in
            template.source().sections.iter().zip(&template.plan().sections).enumerate()
        {
            let section_shown = self.holds(plan.show_when.as_ref());
            let mut shown = Vec::new();
            let mut slot = 0;
            for (field, plan) in section.fields.iter().zip(&plan.fields) {
                let is_shown = section_shown && self.holds(plan.show_when.as_ref());
                shown.push(is_shown);
                if field.kind == FieldKind::Table {
                    continue;
                }
                if !is_shown {
                    self.hide(s, slot);
                }
                slot += 1;
            }
            self.shown.push(shown);
        }
    }

    /// A condition that cannot be decided yet does not ask.
    fn holds(&mut self, condition: Option<&Program>) -> bool {
        condition.is_none_or(|program| matches!(self.run(program), Ok(Value::Bool(true))))
    }

    fn hide(&mut self, section: usize, slot: usize) {
        let Some(values) = self.plain.get_mut(section) else { return };
        if let Some(value) = values.get_mut(slot) {
            *value = Value::Unknown(State::NotApplicable);
        }
        if let Some(record) = self.base.get_mut(FIXED + section) {
            *record = Value::Record(values.as_slice().into());
        }
    }

    /// Lays out each shown table's rows: keys as list entries, then columns.
    fn lay_rows(&mut self, subject: &Subject<'_>) {
        let template = &self.form.template;
        for plan in &template.plan().tables {
            let section = template.source().sections.get(plan.section);
            let Some(field) = section.and_then(|s| s.fields.get(plan.field)) else { continue };
            let shown = self.shown.get(plan.section).and_then(|s| s.get(plan.field));
            let rows = match shown {
                Some(true) => subject.answers.rows(plan.section, plan.field),
                _ => &[],
            };
            let lay = |row: &crate::answers::Row| {
                let entries = plan.lists.iter().zip(&row.keys);
                let keys = entries.map(|(&list, &entry)| {
                    self.form
                        .list(list)
                        .get(entry)
                        .map_or(Value::Unknown(State::NotApplicable), |e| e.value.clone())
                });
                let cells = field.columns.iter().zip(&row.cells);
                keys.chain(cells.map(|(column, answer)| value(column.kind, answer))).collect()
            };
            self.rows.push(rows.iter().map(lay).collect());
        }
    }

    /// Runs a program in row scope.
    pub(super) fn run_row(
        &mut self,
        program: &Program,
        table: usize,
        row: usize,
    ) -> Result<Value, Blocked> {
        let count = self.base.len();
        if let Some(values) = self.rows.get(table).and_then(|rows| rows.get(row)) {
            self.base.extend_from_slice(values);
        }
        let result = program.run(&self.base, &mut self.steps);
        self.base.truncate(count);
        result
    }

    /// Runs a program in pair scope.
    pub(super) fn run_pair(
        &mut self,
        program: &Program,
        pair: [Value; 2],
    ) -> Result<Value, Blocked> {
        let count = self.base.len();
        self.base.extend(pair);
        let result = program.run(&self.base, &mut self.steps);
        self.base.truncate(count);
        result
    }

    /// Runs a program in group scope: keys, `rows`, then what is calculated in the group so far.
    pub(super) fn run_group(
        &mut self,
        program: &Program,
        group: usize,
        number: usize,
    ) -> Result<Value, Blocked> {
        let count = self.base.len();
        let table = self.form.template.plan().groups.get(group).map_or(0, |g| g.table);
        if let Some(found) = self.groups.get(group).and_then(|g| g.get(number)) {
            let rows: Vec<Value> = found.rows.iter().map(|&row| self.row(table, row)).collect();
            self.base.extend_from_slice(&found.keys);
            self.base.push(Value::List(rows.into()));
            self.base.extend_from_slice(&found.calculated);
        }
        let result = program.run(&self.base, &mut self.steps);
        self.base.truncate(count);
        result
    }

    /// Runs a program in return scope.
    pub(super) fn run_whole(&mut self, program: &Program) -> Result<Value, Blocked> {
        program.run(&self.whole, &mut self.steps)
    }

    /// One row as a record.
    pub(super) fn row(&self, table: usize, row: usize) -> Value {
        let values = self.rows.get(table).and_then(|rows| rows.get(row));
        Value::Record(values.map_or(&[][..], Vec::as_slice).into())
    }

    /// How many rows a table has that are asked.
    pub(super) fn row_count(&self, table: usize) -> usize {
        self.rows.get(table).map_or(0, Vec::len)
    }

    /// Lays out return scope: as base, but sections also hold their tables; then the groups.
    pub(super) fn lay_whole(&mut self) {
        let template = self.form.template.clone();
        self.whole = self.base.iter().take(FIXED).cloned().collect();
        for s in 0..template.source().sections.len() {
            let mut values = self.plain.get(s).cloned().unwrap_or_default();
            for (number, _) in
                template.plan().tables.iter().enumerate().filter(|(_, t)| t.section == s)
            {
                let rows: Vec<Value> =
                    (0..self.row_count(number)).map(|row| self.row(number, row)).collect();
                values.push(Value::List(rows.into()));
            }
            self.whole.push(Value::Record(values.into()));
        }
        for groups in &self.groups {
            let records = groups.iter().map(|group| {
                let values: Vec<Value> =
                    group.keys.iter().chain(&group.calculated).cloned().collect();
                Value::Record(values.into())
            });
            self.whole.push(Value::List(records.collect()));
        }
    }
}

/// `params`, `organisation`, `collection`, `window`, `now`, `revision`.
fn fixed(form: &Form, organisation: &Organisation, now: Instant, revision: i64) -> Vec<Value> {
    let moment = |at: Instant| Value::Moment(at.seconds());
    let none = || Value::Unknown(State::NotApplicable);
    let state = form.window_state(now).name();
    let listed = form.organisations.by_code(&organisation.code).is_some();
    vec![
        form.parameters().clone(),
        record([
            text(&organisation.code),
            text(&organisation.name),
            text(&organisation.kind),
            texts(&organisation.services),
            text(&organisation.icb_code),
            text(&organisation.region_code),
            Value::Bool(listed),
        ]),
        collection(form),
        record([
            text(state),
            form.window.map_or_else(none, |w| moment(w.opens())),
            form.window.map_or_else(none, |w| moment(w.closes())),
            Value::Bool(form.window.is_none()),
        ]),
        moment(now),
        Value::Int(revision),
    ]
}

fn collection(form: &Form) -> Value {
    let source = form.collection.source();
    let times = form.collection.actions();
    let actions = source.actions.iter().zip(times).map(|(action, (starts, ends))| {
        record([
            text(&action.id),
            text(&action.title),
            texts(&action.unions),
            Value::Moment(starts.seconds()),
            Value::Moment(ends.seconds()),
        ])
    });
    let ids: Vec<&str> = source.actions.iter().map(|a| a.id.as_str()).collect();
    let mut unions: Vec<&str> =
        source.actions.iter().flat_map(|a| &a.unions).map(String::as_str).collect();
    unions.dedup();
    let first = times.iter().map(|(starts, _)| starts.seconds()).min().unwrap_or(0);
    let last = times.iter().map(|(_, ends)| ends.seconds()).max().unwrap_or(0);
    record([
        text(&source.id),
        text(&source.title),
        text(&source.classification),
        text(&source.reference),
        Value::Bool(source.practice),
        Value::List(actions.collect()),
        text(&ids.join(", ")),
        text(&unions.join(", ")),
        Value::Moment(first),
        Value::Moment(last),
    ])
}

fn record<const N: usize>(values: [Value; N]) -> Value {
    Value::Record(values.into())
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

fn texts(items: &[String]) -> Value {
    Value::List(items.iter().map(|item| text(item)).collect())
}

/// Whether an answer still waits for the person.
pub(super) fn is_open(answer: &Answer) -> bool {
    *answer == Answer::Unanswered
}
