//! Calculated values: in each row, in each group, in the return.

use super::finding::{Finding, RowKey};
use super::rules::blocked;
use super::scene::{GroupScene, Scene, Where};
use super::{Subject, value, words};
use crate::answers::{Place, Row, RowAsked};
use crate::gather::Gather as _;
use crate::rule::{Program, State, Value};
use crate::template::source::{Band, Calculated, Field, How, Index};
use crate::template::{
    CalculatedPlan, FieldPlan, GradePlan, HowPlan, IndexPlan, RowStep, TablePlan,
};

/// A calculated value and how many of its parts are not known.
#[derive(Clone, Debug)]
pub struct Worked {
    /// Its number in the template's `calculated`.
    pub index: usize,
    /// The value.
    pub value: Value,
    /// How many parts are not known; 0 where the template does not count them.
    pub unknown: i64,
    /// Of a grade: the facts that caused it, as sentences.
    pub because: Vec<String>,
}

impl Worked {
    /// The band this came to, where the template has words for it.
    pub fn band<'s>(&self, source: &'s Calculated) -> Option<&'s Band> {
        let Value::Text(id) = &self.value else { return None };
        source.bands.iter().find(|band| band.id == **id)
    }
}

/// What is calculated in one group of rows.
#[derive(Clone, Debug)]
pub struct GroupValues {
    /// What its rows share: the id of each key, and of its entry.
    pub keys: RowKey,
    /// The words for those, in key order.
    pub labels: Vec<String>,
    /// The values, in template order.
    pub values: Vec<Worked>,
}

/// Everything calculated.
#[derive(Clone, Debug, Default)]
pub struct Values {
    /// For each table of the plan, for each row, its values; none in a row that is not asked.
    pub rows: Vec<Vec<Vec<Worked>>>,
    /// For each group of the template, its groups in list order.
    pub groups: Vec<Vec<GroupValues>>,
    /// Of the return.
    pub totals: Vec<Worked>,
}

/// Works everything out, in the order rows, groups, return.
pub(super) fn work_out(
    subject: &Subject<'_>,
    scene: &mut Scene<'_>,
    findings: &mut Vec<Finding>,
) -> Values {
    let mut work = Work { subject, scene, findings };
    let mut values = Values::default();
    for number in 0..subject.form.template.plan().tables.len() {
        values.rows.push(work.table(number));
    }
    for number in 0..subject.form.template.plan().groups.len() {
        values.groups.push(work.groups(number));
    }
    work.scene.lay_whole();
    for plan in &subject.form.template.plan().totals {
        let worked = work.worked(plan, Where::Whole);
        work.scene.whole.push(worked.value.clone());
        values.totals.push(worked);
    }
    values
}

struct Work<'w, 's, 'c> {
    subject: &'w Subject<'s>,
    scene: &'w mut Scene<'c>,
    findings: &'w mut Vec<Finding>,
}

impl Work<'_, '_, '_> {
    fn source(&self, index: usize) -> Option<&Calculated> {
        self.subject.form.template.source().calculated.get(index)
    }

    /// The value of a program; a sum that cannot be done stops the return and names the value.
    fn value(&mut self, index: usize, program: &Program, at: Where) -> Value {
        match self.scene.run(program, at) {
            Ok(value) => value,
            Err(fault) => {
                let names = self.source(index).map(|c| (c.id.clone(), c.label.clone()));
                let (id, label) = names.unwrap_or_default();
                self.findings.push(blocked(&id, &label, &fault));
                Value::Unknown(State::NotKnown)
            }
        }
    }

    fn worked(&mut self, plan: &CalculatedPlan, at: Where) -> Worked {
        let index = plan.index;
        match &plan.how {
            HowPlan::Value { value, unknown } => {
                let value = self.value(index, value, at);
                let unknown = match unknown.as_ref().map(|program| self.value(index, program, at)) {
                    Some(Value::Int(count)) => count,
                    _ => 0,
                };
                Worked { index, value, unknown, because: Vec::new() }
            }
            HowPlan::Grade(grades) => self.grade(index, grades, at),
            HowPlan::Index(plan) => self.index(index, plan),
        }
    }

    /// The first that holds gives the band; every condition of that band that holds is a fact. A
    /// condition of another band before it that cannot be decided leaves the grade open.
    fn grade(&mut self, index: usize, plans: &[GradePlan], at: Where) -> Worked {
        let form = self.subject.form;
        let source = form.template.source().calculated.get(index).map(|item| &item.how);
        let Some(How::Grade(grades)) = source else { return Worked::open(index, State::NotKnown) };
        let mut found: Option<&str> = None;
        let mut open: Vec<(&str, State)> = Vec::new();
        let mut because = Vec::new();
        for (grade, plan) in grades.iter().zip(plans) {
            if found.is_some_and(|band| band != grade.band) {
                continue;
            }
            let holds = match &plan.when {
                // What is left when nothing before it holds is no fact beside others.
                None if found.is_some() => Value::Bool(false),
                None => Value::Bool(true),
                Some(program) => self.value(index, program, at),
            };
            match holds {
                Value::Bool(true) => {
                    found = Some(&grade.band);
                    because.push(words::message(self.scene, &plan.because, at));
                }
                Value::Unknown(state) if found.is_none() => open.push((&grade.band, state)),
                _ => {}
            }
        }
        let undecided = open.iter().find(|(band, _)| Some(*band) != found);
        match (found, undecided) {
            (Some(band), None) => Worked { index, value: Value::text(band), unknown: 0, because },
            (_, Some((_, state))) => Worked::open(index, *state),
            (None, None) => Worked::open(index, State::NotApplicable),
        }
    }

    fn index(&mut self, index: usize, plan: &IndexPlan) -> Worked {
        let form = self.subject.form;
        let source = form.template.source().calculated.get(index).map(|item| &item.how);
        let Some(How::Index(source)) = source else { return Worked::open(index, State::NotKnown) };
        let (mut sum, mut weights, mut unknown) = (0_i64, 0_i64, 0);
        for row in self.scene.asked_rows(plan.table) {
            self.scene.enter_row(plan.table, row);
            if self.scene.holds(plan.when.as_ref(), Where::Here) {
                let weight = self.value(index, &plan.weight, Where::Here);
                let points = self.value(index, &plan.points, Where::Here);
                let looked = (look_up(&source.weights, &weight), look_up(&source.scores, &points));
                match looked {
                    (Looked::Up(weight), Looked::Up(points)) => {
                        sum = sum.saturating_add(weight.saturating_mul(points));
                        weights = weights.saturating_add(weight);
                    }
                    (Looked::PassedOver, _) | (_, Looked::PassedOver) => {}
                    _ => unknown += 1,
                }
            }
            self.scene.leave();
        }
        match scaled(source, sum, weights) {
            Some(number) => {
                Worked { index, value: Value::Int(number), unknown, because: Vec::new() }
            }
            None => Worked { unknown, ..Worked::open(index, State::NotApplicable) },
        }
    }

    fn table(&mut self, number: usize) -> Vec<Vec<Worked>> {
        let form = self.subject.form;
        let template = &form.template;
        let Some(plan) = template.plan().tables.get(number) else { return Vec::new() };
        let sections = &template.source().sections;
        let field = sections.get(plan.section).and_then(|s| s.fields.get(plan.field));
        let field_plan = template.plan().sections.get(plan.section);
        let field_plan = field_plan.and_then(|s| s.fields.get(plan.field));
        let (mut all, mut rows, mut asked) = (Vec::new(), Vec::new(), Vec::new());
        if let (Some(field), Some(field_plan), true) =
            (field, field_plan, self.scene.asked.field(plan.section, plan.field))
        {
            for row in self.subject.answers.rows(plan.section, plan.field) {
                let (worked, found) = self.row(plan, field, field_plan, row);
                rows.push(self.scene.entered().into());
                self.scene.leave();
                asked.push(found);
                all.push(worked);
            }
        }
        self.scene.rows.push(rows);
        self.scene.asked.rows.push(asked);
        all
    }

    /// Enters a row and settles its values, each after what it reads. A row that is not asked is
    /// left empty.
    fn row(
        &mut self,
        plan: &TablePlan,
        field: &Field,
        field_plan: &FieldPlan,
        row: &Row,
    ) -> (Vec<Worked>, RowAsked) {
        let form = self.subject.form;
        let keys = plan.lists.iter().zip(&row.keys).map(|(&list, &entry)| {
            let entry = form.list(list).get(entry);
            entry.map_or(Value::Unknown(State::NotApplicable), |e| e.value.clone())
        });
        self.scene.enter(keys);
        if !self.scene.holds(plan.row_when.as_ref(), Where::Here) {
            self.scene.leave();
            return (Vec::new(), RowAsked::default());
        }
        let keys = plan.lists.len();
        let columns = field.columns.len();
        let cells = field.columns.iter().zip(&row.cells);
        self.scene.enter(cells.map(|(column, answer)| value(column.kind, answer)));
        let waiting = plan.calculated.iter().map(|_| Value::Unknown(State::NotApplicable));
        self.scene.enter(waiting);
        let mut hidden = Vec::new();
        let mut worked: Vec<Option<Worked>> = vec![None; plan.calculated.len()];
        for step in &plan.order {
            match *step {
                RowStep::Column(column) => {
                    let condition =
                        field_plan.columns.get(column).and_then(|plan| plan.show_when.as_ref());
                    if condition.is_some() && !self.scene.holds(condition, Where::Here) {
                        self.scene.settle(keys + column, Value::Unknown(State::NotApplicable));
                        hidden.push(column);
                    }
                }
                RowStep::Calculated(number) => {
                    let Some(item) = plan.calculated.get(number) else { continue };
                    let found = self.worked(item, Where::Here);
                    self.scene.settle(keys + columns + number, found.value.clone());
                    if let Some(slot) = worked.get_mut(number) {
                        *slot = Some(found);
                    }
                }
            }
        }
        (worked.into_iter().flatten().gather(), RowAsked { row: true, hidden })
    }

    fn groups(&mut self, number: usize) -> Vec<GroupValues> {
        let form = self.subject.form;
        let Some(plan) = form.template.plan().groups.get(number) else { return Vec::new() };
        let (scenes, headings): (Vec<_>, Vec<_>) =
            gather(self.subject, self.scene, plan.table, &plan.by).into_iter().unzip();
        self.scene.groups.push(scenes);
        let mut all = Vec::new();
        for (group, (keys, labels)) in headings.into_iter().enumerate() {
            let mut values = Vec::new();
            for item in &plan.calculated {
                self.scene.enter_group(number, group);
                let worked = self.worked(item, Where::Here);
                self.scene.leave();
                let scene = self.scene.groups.get_mut(number).and_then(|g| g.get_mut(group));
                if let Some(scene) = scene {
                    scene.calculated.push(worked.value.clone());
                }
                values.push(worked);
            }
            all.push(GroupValues { keys, labels, values });
        }
        all
    }
}

impl Worked {
    /// A value that is not known.
    fn open(index: usize, state: State) -> Self {
        Self { index, value: Value::Unknown(state), unknown: 0, because: Vec::new() }
    }
}

enum Looked {
    Missing,
    PassedOver,
    Up(i64),
}

fn look_up(table: &[(String, i64)], value: &Value) -> Looked {
    match value {
        Value::Text(text) => {
            let found = table.iter().find(|(name, _)| **name == **text);
            found.map_or(Looked::Missing, |(_, number)| Looked::Up(*number))
        }
        Value::Unknown(State::NotApplicable) => Looked::PassedOver,
        _ => Looked::Missing,
    }
}

/// `scale × sum ÷ (greatest score × weights)`, rounded half up; none where nothing has weight.
fn scaled(source: &Index, sum: i64, weights: i64) -> Option<i64> {
    let greatest = source.scores.iter().map(|(_, score)| *score).max()?;
    let most = greatest.checked_mul(weights).filter(|most| *most > 0)?;
    let twice = sum.checked_mul(source.scale)?.checked_mul(2)?.checked_add(most)?;
    twice.checked_div(most.checked_mul(2)?)
}

type Heading = (RowKey, Vec<String>);

/// Gathers a table's rows by what they share, in the order of the first row of each group. A row in
/// which it is not known belongs to none.
fn gather(
    subject: &Subject<'_>,
    scene: &Scene<'_>,
    table: usize,
    by: &[usize],
) -> Vec<(GroupScene, Heading)> {
    let mut found: Vec<(Vec<Value>, GroupScene, Heading)> = Vec::new();
    for row in scene.asked_rows(table) {
        let Some(values) = scene.rows.get(table).and_then(|rows| rows.get(row)) else { continue };
        let entries: Vec<&Value> = by.iter().filter_map(|&slot| values.get(slot)).gather();
        let shared: Option<Vec<Value>> = entries.iter().map(|value| identity(value)).collect();
        let Some(shared) = shared else { continue };
        if let Some((_, group, _)) = found.iter_mut().find(|(key, _, _)| *key == shared) {
            group.rows.push(row);
            continue;
        }
        let heading = heading(subject, table, by, &entries);
        let keys = entries.into_iter().cloned().gather();
        found.push((shared, GroupScene { keys, rows: vec![row], calculated: Vec::new() }, heading));
    }
    found.into_iter().map(|(_, group, heading)| (group, heading)).gather()
}

/// What makes two entries the same: a record's id, or the value itself.
pub(super) fn identity(value: &Value) -> Option<Value> {
    match value {
        Value::Record(members) => members.first().cloned(),
        Value::Unknown(_) => None,
        other => Some(other.clone()),
    }
}

/// The ids and words of what the rows of a group share.
pub(super) fn heading(
    subject: &Subject<'_>,
    table: usize,
    by: &[usize],
    entries: &[&Value],
) -> Heading {
    let form = subject.form;
    let mut keys = RowKey::new();
    let mut labels = Vec::new();
    for (&slot, value) in by.iter().zip(entries) {
        let (name, named) = words::row_name(form, table, slot);
        let (id, label) = match value {
            Value::Record(members) => {
                let part = |n: usize| members.get(n).map(words::value).unwrap_or_default();
                (part(0), part(1))
            }
            Value::Date(days) => {
                let date = crate::time::Date::from_days(*days);
                (date.map(|d| d.to_string()).unwrap_or_default(), words::value(value))
            }
            value => (words::value(value), words::in_words(form, named, value)),
        };
        keys.insert(name.to_owned(), id);
        labels.push(label);
    }
    (keys, labels)
}

impl Values {
    /// A total of the return by its id.
    pub fn total<'v>(&'v self, subject: &Subject<'_>, id: &str) -> Option<&'v Worked> {
        let calculated = &subject.form.template.source().calculated;
        self.totals.iter().find(|w| calculated.get(w.index).is_some_and(|c| c.id == id))
    }

    /// What is calculated in the row of a place; nothing where the row is not asked.
    pub fn row(&self, subject: &Subject<'_>, place: Place) -> &[Worked] {
        let tables = &subject.form.template.plan().tables;
        let table =
            tables.iter().position(|t| t.section == place.section && t.field == place.field);
        let row = place.cell.map(|(row, _)| row);
        let found = table.zip(row).and_then(|(table, row)| self.rows.get(table)?.get(row));
        found.map_or(&[], Vec::as_slice)
    }
}
