//! Source to plan: every expression typed, every name resolved, every fault with its place.

mod fields;
mod rules;
mod values;

use super::fault::{Fault, Step, way};
use super::names;
use super::plan::{Message, Named, Part, Plan, Spot, TablePlan};
use super::source::{Field, FieldKind, Scope, Source};
use crate::rule::{self, Program, Shape, Type};
use std::rc::Rc;

type Names = Vec<(String, Type)>;

/// Compiles one template, reporting every fault found.
pub(super) fn compile(source: &Source) -> Result<Plan, Vec<Fault>> {
    let mut base = names::fixed(source);
    for section in &source.sections {
        base.push((section.id.clone(), record(names::plain_fields(&section.fields))));
    }
    let mut work = Work {
        source,
        base,
        plan: Plan::default(),
        faults: Vec::new(),
        rows: Vec::new(),
        groups: Vec::new(),
        whole: Vec::new(),
    };
    work.tables();
    work.row_values();
    work.sections();
    work.orders();
    work.groups();
    work.group_values();
    work.whole_names();
    work.totals();
    work.requirements();
    work.rules();
    if work.faults.is_empty() { Ok(work.plan) } else { Err(work.faults) }
}

fn record(names: Names) -> Type {
    Type::Record(Rc::new(Shape::new(names)))
}

fn rows_of(names: Names) -> Type {
    Type::List(Box::new(record(names)))
}

/// A way with one more step.
fn longer(way: &[Step], more: &[Step]) -> Vec<Step> {
    way.iter().chain(more).cloned().collect()
}

struct Work<'a> {
    source: &'a Source,
    plan: Plan,
    faults: Vec<Fault>,
    /// Names that every scope has.
    base: Names,
    /// Names of each table's rows, growing as values are calculated.
    rows: Vec<Names>,
    /// Names of each group (keys and calculated values), growing likewise.
    groups: Vec<Names>,
    /// Names of return scope, growing likewise.
    whole: Names,
}

impl Work<'_> {
    fn fault(&mut self, path: &[Step], message: impl Into<String>, help: impl Into<String>) {
        self.faults.push(Fault::new(path, message, help));
    }

    /// Compiles an expression that may read inputs.
    fn with_inputs(&mut self, path: &[Step], text: &str, names: &Names) -> Option<Program> {
        match rule::compile(text, &Rc::new(Shape::new(names.clone()))) {
            Ok(program) => Some(program),
            Err(fault) => {
                self.faults.push(Fault {
                    path: path.to_vec(),
                    offset: fault.at,
                    message: fault.message,
                    help: fault.help,
                });
                None
            }
        }
    }

    /// Compiles an expression. Only rules read other returns: a value that did would change with
    /// what is at hand.
    fn program(&mut self, path: &[Step], text: &str, names: &Names) -> Option<Program> {
        let program = self.with_inputs(path, text, names)?;
        if let Some(input) = self.inputs_of(&program).first() {
            let id = self.source.inputs.get(*input).map_or("", |input| input.id.as_str());
            let message = format!("“{id}” is another return, which only rules may read");
            self.fault(path, message, "Make it a rule, or leave it out.");
            return None;
        }
        Some(program)
    }

    /// The inputs that a program reads, by number.
    fn inputs_of(&self, program: &Program) -> Vec<usize> {
        let inputs = self.source.inputs.iter().enumerate();
        let read =
            |id: &str| program.reads().iter().any(|path| path.first().is_some_and(|p| p == id));
        inputs.filter(|(_, input)| read(&input.id)).map(|(number, _)| number).collect()
    }

    fn condition(&mut self, path: &[Step], text: &str, names: &Names) -> Option<Program> {
        let program = self.program(path, text, names)?;
        self.is_condition(path, program)
    }

    /// A condition must be true or false, and must be able to change.
    fn is_condition(&mut self, path: &[Step], program: Program) -> Option<Program> {
        if program.kind() != Some(&Type::Bool) {
            self.fault(
                path,
                "a condition must be true or false",
                "Compare something, for example `absent_ia > 0`.",
            );
            return None;
        }
        if program.reads().is_empty() {
            self.fault(
                path,
                "this condition never changes: it reads no answer",
                "Name an answer or a parameter in it, or leave it out.",
            );
            return None;
        }
        Some(program)
    }

    fn tables(&mut self) {
        for (s, section) in self.source.sections.iter().enumerate() {
            for (f, field) in section.fields.iter().enumerate() {
                if field.kind != FieldKind::Table {
                    continue;
                }
                let way = way!["section", s, "field", f].to_vec();
                let lists = self.key_lists(&way, field);
                let key_columns = self.key_columns(&way, field);
                self.rows.push(names::row(self.source, field));
                self.plan.tables.push(TablePlan {
                    section: s,
                    field: f,
                    lists,
                    key_columns,
                    row_when: None,
                    calculated: Vec::new(),
                    order: Vec::new(),
                });
            }
        }
    }

    fn key_lists(&mut self, way: &[Step], field: &Field) -> Vec<usize> {
        let mut lists = Vec::new();
        for (k, key) in field.keys.iter().enumerate() {
            match self.source.lists.iter().position(|l| l.id == key.list) {
                Some(list) => lists.push(list),
                None => self.fault(
                    &longer(way, way!["keys", k, "list"]),
                    format!("there is no list “{}”", key.list),
                    "Declare it with [[list]].",
                ),
            }
        }
        lists
    }

    fn key_columns(&mut self, way: &[Step], field: &Field) -> Vec<usize> {
        let mut columns = Vec::new();
        for (k, id) in field.key_columns.iter().enumerate() {
            let number = field.columns.iter().position(|column| column.id == *id);
            let kind = number.and_then(|n| field.columns.get(n)).map(|column| column.kind);
            match (number, kind) {
                (Some(number), Some(FieldKind::Choice | FieldKind::Date | FieldKind::Line)) => {
                    columns.push(number);
                }
                _ => self.fault(
                    &longer(way, way!["key_columns", k]),
                    format!("“{id}” is no column that can name a row"),
                    "Name a column of type line, choice or date.",
                ),
            }
        }
        columns
    }

    fn table_field(&self, table: usize) -> Option<&Field> {
        let plan = self.plan.tables.get(table)?;
        self.source.sections.get(plan.section)?.fields.get(plan.field)
    }

    fn table_named(&mut self, way: &[Step], name: Option<&String>) -> Option<usize> {
        let found = self.plan.tables.iter().position(|t| {
            let section = self.source.sections.get(t.section);
            let field = section.and_then(|s| s.fields.get(t.field));
            section
                .zip(field)
                .is_some_and(|(s, f)| name.is_some_and(|n| *n == format!("{}.{}", s.id, f.id)))
        });
        if found.is_none() {
            let name = name.map_or("", String::as_str);
            self.fault(
                way,
                format!("there is no table “{name}”"),
                "Name a table as section.field.",
            );
        }
        found
    }

    fn group_named(&mut self, way: &[Step], name: Option<&String>) -> Option<usize> {
        let number = self.source.groups.iter().position(|g| name == Some(&g.id));
        if number.is_none() {
            self.fault(way, "there is no such group", "Name a [[group]].");
        }
        number
    }

    /// The names of a row that rows share, by number: keys, or columns and values that are text.
    fn shared_named(&mut self, way: &[Step], table: usize, names: &[String]) -> Vec<usize> {
        let mut found = Vec::new();
        for name in names {
            let row = self.rows.get(table).map_or(&[][..], Vec::as_slice);
            let position = row.iter().position(|(known, kind)| {
                known == name && matches!(kind, Type::Record(_) | Type::Text | Type::Date)
            });
            match position {
                Some(position) => found.push(position),
                None => self.fault(
                    way,
                    format!("the table has no key “{name}”"),
                    "Name one of the table’s keys, or a column that holds a choice.",
                ),
            }
        }
        found
    }

    /// Base names and the names of the rows of one table, with what is calculated in them so far.
    fn row_names(&self, table: usize) -> Names {
        let mut names = self.base.clone();
        names.extend(self.rows.get(table).cloned().unwrap_or_default());
        names
    }

    /// Splits a message at its `{…}` and compiles each.
    fn message(
        &mut self,
        way: &[Step],
        text: &str,
        names: &Names,
        table: Option<usize>,
    ) -> Message {
        let mut parts = Vec::new();
        let mut rest = text;
        let mut done = 0;
        while let Some((words, after)) = rest.split_once('{') {
            let Some((inside, tail)) = after.split_once('}') else {
                self.fault(way, "a { with no } after it", "Close the expression with }.");
                break;
            };
            parts.push(Part::Words(words.to_owned()));
            let at = done + words.len() + 1;
            match rule::compile(inside, &Rc::new(Shape::new(names.clone()))) {
                Ok(program) => parts.push(Part::Value(program, self.named(inside.trim(), table))),
                Err(fault) => self.faults.push(Fault {
                    path: way.to_vec(),
                    offset: at + fault.at,
                    message: fault.message,
                    help: fault.help,
                }),
            }
            done = at + inside.len() + 1;
            rest = tail;
        }
        parts.push(Part::Words(rest.to_owned()));
        Message { parts }
    }

    /// What has words for a name in a message: `about.nil_reason`, a column, a grade.
    fn named(&self, name: &str, table: Option<usize>) -> Option<Named> {
        let calculated = |id: &str, scope: Scope| {
            let all = self.source.calculated.iter();
            let mut all = all.enumerate().filter(|(_, item)| item.scope == scope);
            all.find(|(_, item)| item.id == id).map(|(number, _)| Named::Calculated(number))
        };
        if let Some(table) = table {
            let id = name.strip_prefix("a.").or_else(|| name.strip_prefix("b.")).unwrap_or(name);
            let field = self.table_field(table);
            let column = field.and_then(|f| f.columns.iter().position(|c| c.id == id));
            if let Some(column) = column {
                return Some(Named::Column(table, column));
            }
            if let Some(found) = calculated(id, Scope::Row) {
                return Some(found);
            }
        }
        if let Some(Spot::Field(section, field)) = self.spot(name) {
            return Some(Named::Field(section, field));
        }
        calculated(name, Scope::Group).or_else(|| calculated(name, Scope::Return))
    }
}
