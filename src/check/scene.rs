//! The values that expressions see, laid out in the order of
//! [`template::names`](crate::template::names).

use super::{Subject, fixed, value};
use crate::answers::{Answer, Asked, Place, RowAsked};
use crate::collection::Form;
use crate::gather::Gather as _;
use crate::rule::{Blocked, Program, State, Steps, Value};
use crate::template::FIXED;
use crate::template::FieldKind;
use std::rc::Rc;

/// Everything evaluated so far.
pub(super) struct Scene<'a> {
    pub(super) form: &'a Form,
    /// Names that every scope has.
    base: Vec<Value>,
    /// Names of what is entered, one after another.
    own: Vec<Value>,
    /// What is entered.
    entered: Entered,
    /// For each section, its plain fields.
    plain: Vec<Vec<Value>>,
    /// What is asked.
    pub(super) asked: Asked,
    /// For each table, for each row, its values: keys, columns, then what is calculated. A row that
    /// is not asked has none.
    pub(super) rows: Vec<Vec<Rc<[Value]>>>,
    /// For each table, the rows that are asked, by number.
    numbers: Vec<Rc<[usize]>>,
    /// Names of return scope.
    pub(super) whole: Vec<Value>,
    /// For each group of the template, its groups.
    pub(super) groups: Vec<Vec<GroupScene>>,
    steps: Steps,
}

/// One group of rows.
pub(super) struct GroupScene {
    /// Its first row, by number.
    pub(super) first: usize,
    /// How many names its rows share.
    keys: usize,
    /// What its rows share, the list of its rows, then what is calculated.
    names: Rc<[Value]>,
}

impl GroupScene {
    /// What expressions see of it: first what its rows share.
    pub(super) fn names(&self) -> Rc<[Value]> {
        self.names.clone()
    }

    /// The group as a record of return scope, which does not have its rows.
    fn record(&self) -> Value {
        let shared = self.names.get(..self.keys).unwrap_or_default();
        let calculated = self.names.get(self.keys + 1..).unwrap_or_default();
        Value::Record(shared.iter().chain(calculated).cloned().gather_shared())
    }
}

/// What a program in base scope sees beside the names of every scope.
enum Entered {
    /// A group, by the group of the template and its number in that.
    Group(usize, usize),
    /// A row that is being laid out.
    Laid(Rc<[Value]>),
    /// The names in `own`; none of them, in base scope.
    Own,
    /// A row, by table and number.
    Row(usize, usize),
}

impl Entered {
    fn names<'n>(
        &'n self,
        own: &'n [Value],
        rows: &'n [Vec<Rc<[Value]>>],
        groups: &'n [Vec<GroupScene>],
    ) -> &'n [Value] {
        match self {
            Self::Group(group, number) => {
                let found = groups.get(*group).and_then(|groups| groups.get(*number));
                found.map_or(&[], |group| &*group.names)
            }
            Self::Laid(names) => names,
            Self::Own => own,
            Self::Row(table, row) => {
                let found = rows.get(*table).and_then(|rows| rows.get(*row));
                found.map_or(&[], |row| &**row)
            }
        }
    }
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
            base,
            own: Vec::new(),
            entered: Entered::Own,
            plain,
            asked: Asked::default(),
            rows: Vec::new(),
            numbers: Vec::new(),
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
        match at {
            Where::Here => {
                let own = self.entered.names(&self.own, &self.rows, &self.groups);
                program.run_in(&self.base, own, &mut self.steps)
            }
            Where::Whole => program.run_in(&self.whole, &[], &mut self.steps),
        }
    }

    /// Whether a condition is true. One that is unknown is not.
    pub(super) fn is_true(&mut self, program: &Program, at: Where) -> Result<bool, Blocked> {
        match at {
            Where::Here => {
                let own = self.entered.names(&self.own, &self.rows, &self.groups);
                program.is_true(&self.base, own, &mut self.steps)
            }
            Where::Whole => program.is_true(&self.whole, &[], &mut self.steps),
        }
    }

    /// The rows of a table of which a condition is true, or which block it. Most conditions are of
    /// rows, and most are false.
    pub(super) fn rows_where(
        &mut self,
        program: &Program,
        table: usize,
    ) -> Vec<(usize, Result<bool, Blocked>)> {
        let mut found = Vec::new();
        let rows = self.rows.get(table).map_or(&[][..], Vec::as_slice);
        let numbers = self.numbers.get(table).map_or(&[][..], |numbers| numbers);
        for &row in numbers {
            let names = rows.get(row).map_or(&[][..], |names| names);
            let result = program.is_true(&self.base, names, &mut self.steps);
            if result != Ok(false) {
                found.push((row, result));
            }
        }
        found
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
        condition.is_none_or(|program| self.is_true(program, at) == Ok(true))
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

    /// Adds names of a pair or a group, until [`Scene::leave`].
    pub(super) fn enter(&mut self, values: impl IntoIterator<Item = Value>) {
        values.into_iter().gather_into(&mut self.own);
    }

    /// Adds the names that rows share, read from the first of them.
    pub(super) fn enter_shared(&mut self, table: usize, row: usize, slots: &[usize]) {
        let Some(names) = self.rows.get(table).and_then(|rows| rows.get(row)) else { return };
        for &slot in slots {
            self.own.extend(names.get(slot).cloned());
        }
    }

    /// Enters a row.
    pub(super) fn enter_row(&mut self, table: usize, row: usize) {
        self.entered = Entered::Row(table, row);
    }

    /// Enters a group.
    pub(super) fn enter_group(&mut self, group: usize, number: usize) {
        self.entered = Entered::Group(group, number);
    }

    /// Enters a row that is being laid out.
    pub(super) fn lay_row(&mut self, names: Rc<[Value]>) {
        self.entered = Entered::Laid(names);
    }

    /// Sets a name of the row that is being laid out, by its number.
    pub(super) fn settle(&mut self, slot: usize, value: Value) {
        if let Entered::Laid(names) = &mut self.entered
            && let Some(held) = Rc::get_mut(names).and_then(|names| names.get_mut(slot))
        {
            *held = value;
        }
    }

    /// Leaves the row that was laid out; it is empty where it is not asked.
    pub(super) fn take_row(&mut self) -> Rc<[Value]> {
        match std::mem::replace(&mut self.entered, Entered::Own) {
            Entered::Laid(names) => names,
            _ => Rc::default(),
        }
    }

    /// Takes away the names that were entered.
    pub(super) fn leave(&mut self) {
        self.entered = Entered::Own;
        self.own.clear();
    }

    /// Leaves a group, whose rows share the first `keys` names, with its names laid out.
    pub(super) fn lay_group(&mut self, keys: usize, first: usize) -> GroupScene {
        GroupScene { first, keys, names: self.own.drain(..).gather_shared() }
    }

    /// One row as a record.
    pub(super) fn row(&self, table: usize, row: usize) -> Value {
        let values = self.rows.get(table).and_then(|rows| rows.get(row));
        Value::Record(values.cloned().unwrap_or_else(|| [].into()))
    }

    /// Adds the rows of the next table, each laid out and said to be asked or not.
    pub(super) fn add_table(&mut self, rows: Vec<Rc<[Value]>>, asked: Vec<RowAsked>) {
        let numbered = asked.iter().enumerate().filter(|(_, asked)| asked.row);
        self.numbers.push(numbered.map(|(row, _)| row).gather_shared());
        self.rows.push(rows);
        self.asked.rows.push(asked);
    }

    /// The rows of a table that are asked, by number.
    pub(super) fn asked_rows(&self, table: usize) -> Rc<[usize]> {
        self.numbers.get(table).cloned().unwrap_or_default()
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
                values.push(Value::List(
                    rows.iter().map(|&row| self.row(number, row)).gather_shared(),
                ));
            }
            self.whole.push(Value::Record(values.into()));
        }
        for groups in &self.groups {
            let records = groups.iter().map(GroupScene::record);
            self.whole.push(Value::List(records.gather_shared()));
        }
    }
}

/// Whether an answer still waits for the person.
pub(super) fn is_open(answer: &Answer) -> bool {
    matches!(answer, Answer::Unanswered)
}
