//! Calculated values: in each row, in each group, in the return.

use super::alike::{self, Heading};
use super::finding::Finding;
use super::rules::blocked;
use super::scene::{Scene, Where};
use super::{Subject, value, words};
use crate::answers::{Place, Row, RowAsked};
use crate::collection::Form;
use crate::gather::Gather as _;
use crate::rule::{Program, State, Value};
use crate::template::source::{Band, Calculated, Field, How, Index};
use crate::template::{
    CalculatedPlan, FieldPlan, GradePlan, HowPlan, IndexPlan, RowStep, TablePlan,
};
use std::rc::Rc;

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
    /// Of a grade: the number of the one that would hold without those facts, where that can be told.
    otherwise: Option<usize>,
}

impl Worked {
    /// The band that it would come to without the facts that caused it.
    pub fn otherwise<'s>(&self, source: &'s Calculated) -> Option<&'s Band> {
        let How::Grade(grades) = &source.how else { return None };
        let grade = grades.get(self.otherwise?)?;
        source.bands.iter().find(|band| band.id == grade.band)
    }

    /// The band this came to, where the template has words for it.
    pub fn band<'s>(&self, source: &'s Calculated) -> Option<&'s Band> {
        let Value::Text(id) = &self.value else { return None };
        source.bands.iter().find(|band| band.id == **id)
    }
}

/// What is calculated in one group of rows.
#[derive(Clone, Debug)]
pub struct GroupValues {
    /// The number of its group in the template.
    group: usize,
    /// What expressions see of it: first what its rows share.
    names: Rc<[Value]>,
    /// The values, in template order.
    pub values: Vec<Worked>,
}

impl GroupValues {
    /// What names its rows, in words of the form it was worked out in.
    pub fn heading(&self, form: &Form) -> Heading {
        alike::heading(form, self.group, &self.names)
    }
}

/// What is calculated in the rows of one table, one row after another.
#[derive(Clone, Debug, Default)]
pub struct RowValues {
    all: Vec<Worked>,
    /// Where each row ends in it.
    ends: Vec<usize>,
}

impl RowValues {
    /// The values of a row; none in a row that is not asked.
    pub fn get(&self, row: usize) -> Option<&[Worked]> {
        let start = row.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.all.get(start..*self.ends.get(row)?)
    }

    /// Every row.
    pub fn iter(&self) -> impl Iterator<Item = &[Worked]> {
        (0..self.ends.len()).filter_map(|row| self.get(row))
    }
}

/// Everything calculated.
#[derive(Clone, Debug, Default)]
pub struct Values {
    /// For each table of the plan, its rows.
    pub rows: Vec<RowValues>,
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
                Worked { value, unknown, ..Worked::open(index, State::NotKnown) }
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
        let (mut otherwise, mut is_told) = (None, false);
        for (number, (grade, plan)) in grades.iter().zip(plans).enumerate() {
            if found.is_some_and(|band| band != grade.band) {
                if !is_told {
                    let holds = plan.when.as_ref().map(|program| self.scene.run(program, at));
                    let is_false = matches!(holds, Some(Ok(Value::Bool(false))));
                    is_told = !is_false;
                    otherwise = match holds {
                        None | Some(Ok(Value::Bool(true))) => Some(number),
                        _ => None,
                    };
                }
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
            (Some(band), None) => {
                Worked { index, value: Value::text(band), unknown: 0, because, otherwise }
            }
            (_, Some((_, state))) => Worked::open(index, *state),
            (None, None) => Worked::open(index, State::NotApplicable),
        }
    }

    fn index(&mut self, index: usize, plan: &IndexPlan) -> Worked {
        let form = self.subject.form;
        let source = form.template.source().calculated.get(index).map(|item| &item.how);
        let Some(How::Index(source)) = source else { return Worked::open(index, State::NotKnown) };
        let (mut sum, mut weights, mut unknown) = (0_i64, 0_i64, 0);
        for &row in &*self.scene.asked_rows(plan.table) {
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
            Some(number) => Worked {
                value: Value::Int(number),
                unknown,
                ..Worked::open(index, State::NotKnown)
            },
            None => Worked { unknown, ..Worked::open(index, State::NotApplicable) },
        }
    }

    fn table(&mut self, number: usize) -> RowValues {
        let form = self.subject.form;
        let template = &form.template;
        let mut values = RowValues::default();
        let Some(plan) = template.plan().tables.get(number) else { return values };
        let sections = &template.source().sections;
        let field = sections.get(plan.section).and_then(|s| s.fields.get(plan.field));
        let field_plan = template.plan().sections.get(plan.section);
        let field_plan = field_plan.and_then(|s| s.fields.get(plan.field));
        let (mut rows, mut asked) = (Vec::new(), Vec::new());
        if let (Some(field), Some(field_plan), true) =
            (field, field_plan, self.scene.asked.field(plan.section, plan.field))
        {
            let given = self.subject.answers.rows(plan.section, plan.field);
            rows.reserve(given.len());
            asked.reserve(given.len());
            values.ends.reserve(given.len());
            values.all.reserve(given.len() * plan.calculated.len());
            for row in given {
                self.lay_row(plan, field, row);
                asked.push(self.row(plan, field, field_plan, &mut values.all));
                values.ends.push(values.all.len());
                rows.push(self.scene.take_row());
            }
        }
        self.scene.add_table(rows, asked);
        values
    }

    /// Enters a row with its keys and cells; what is calculated is still waiting.
    fn lay_row(&mut self, plan: &TablePlan, field: &Field, row: &Row) {
        let keys = plan.lists.iter().zip(&row.keys).map(|(&list, &entry)| {
            let entry = self.subject.form.list(list).get(entry);
            entry.map_or(WAITING, |entry| entry.value.clone())
        });
        let cells = field.columns.iter().zip(&row.cells);
        let count = plan.lists.len() + field.columns.len() + plan.calculated.len();
        let mut names = Vec::with_capacity(count);
        names.extend(keys);
        names.extend(cells.map(|(column, answer)| value(column.kind, answer)));
        names.resize(names.len() + plan.calculated.len(), WAITING);
        self.scene.lay_row(names.into());
    }

    /// Settles the values of the row that is entered, each after what it reads. A row that is not
    /// asked is left empty.
    fn row(
        &mut self,
        plan: &TablePlan,
        field: &Field,
        field_plan: &FieldPlan,
        all: &mut Vec<Worked>,
    ) -> RowAsked {
        if !self.scene.holds(plan.row_when.as_ref(), Where::Here) {
            self.scene.leave();
            return RowAsked::default();
        }
        let (keys, columns) = (plan.lists.len(), field.columns.len());
        let mut hidden = Vec::new();
        let start = all.len();
        all.extend(plan.calculated.iter().map(|i| Worked::open(i.index, State::NotApplicable)));
        for step in &plan.order {
            match *step {
                RowStep::Column(column) => {
                    let condition =
                        field_plan.columns.get(column).and_then(|plan| plan.show_when.as_ref());
                    if condition.is_some() && !self.scene.holds(condition, Where::Here) {
                        self.scene.settle(keys + column, WAITING);
                        hidden.push(column);
                    }
                }
                RowStep::Calculated(number) => {
                    let Some(item) = plan.calculated.get(number) else { continue };
                    let found = self.worked(item, Where::Here);
                    self.scene.settle(keys + columns + number, found.value.clone());
                    if let Some(slot) = all.get_mut(start + number) {
                        *slot = found;
                    }
                }
            }
        }
        RowAsked { row: true, hidden }
    }

    fn groups(&mut self, number: usize) -> Vec<GroupValues> {
        let form = self.subject.form;
        let Some(plan) = form.template.plan().groups.get(number) else { return Vec::new() };
        let alike = alike::alike(self.subject, self.scene, plan.table, &plan.by);
        let mut all = Vec::with_capacity(alike.len());
        let mut scenes = Vec::with_capacity(alike.len());
        for rows in alike {
            let first = rows.first().copied().unwrap_or(0);
            self.scene.enter_shared(plan.table, first, &plan.by);
            let records = rows.iter().map(|&row| self.scene.row(plan.table, row)).gather_shared();
            self.scene.enter([Value::List(records)]);
            let mut values = Vec::with_capacity(plan.calculated.len());
            for item in &plan.calculated {
                let worked = self.worked(item, Where::Here);
                self.scene.enter([worked.value.clone()]);
                values.push(worked);
            }
            let scene = self.scene.lay_group(plan.by.len(), first);
            all.push(GroupValues { group: number, names: scene.names(), values });
            scenes.push(scene);
        }
        self.scene.groups.push(scenes);
        all
    }
}

/// A value that is not settled yet.
const WAITING: Value = Value::Unknown(State::NotApplicable);

impl Worked {
    /// A value that is not known.
    fn open(index: usize, state: State) -> Self {
        Self {
            index,
            value: Value::Unknown(state),
            unknown: 0,
            because: Vec::new(),
            otherwise: None,
        }
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
        found.unwrap_or_default()
    }
}
