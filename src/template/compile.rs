//! Source to plan: every expression typed, every name resolved, every fault with its place.

use super::fault::{Fault, Step, way};
use super::names;
use super::plan::{
    CalculatedPlan, FieldPlan, GroupPlan, Message, Part, Plan, RulePlan, RuleScope, SectionPlan,
    Spot, TablePlan,
};
use super::source::{Calculated, Field, FieldKind, Rule, Scope, Source};
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
    work.sections();
    work.calculated(Scope::Row);
    work.groups();
    work.calculated(Scope::Group);
    work.whole_names();
    work.calculated(Scope::Return);
    work.rules();
    if work.faults.is_empty() { Ok(work.plan) } else { Err(work.faults) }
}

fn record(names: Names) -> Type {
    Type::Record(Rc::new(Shape::new(names)))
}

fn rows_of(names: Names) -> Type {
    Type::List(Box::new(record(names)))
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

    fn program(&mut self, path: &[Step], text: &str, names: &Names) -> Option<Program> {
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

    fn condition(&mut self, path: &[Step], text: &str, names: &Names) -> Option<Program> {
        let program = self.program(path, text, names)?;
        if *program.kind() != Type::Bool {
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
                let mut lists = Vec::new();
                for (k, key) in field.keys.iter().enumerate() {
                    match self.source.lists.iter().position(|l| l.id == key.list) {
                        Some(list) => lists.push(list),
                        None => self.fault(
                            way!["section", s, "field", f, "keys", k, "list"],
                            format!("there is no list “{}”", key.list),
                            "Declare it with [[list]].",
                        ),
                    }
                }
                self.rows.push(names::row(self.source, field));
                self.plan.tables.push(TablePlan {
                    section: s,
                    field: f,
                    lists,
                    calculated: Vec::new(),
                });
            }
        }
    }

    fn sections(&mut self) {
        let base = self.base.clone();
        for (s, section) in self.source.sections.iter().enumerate() {
            let mut plan = SectionPlan::default();
            if let Some(text) = &section.show_when {
                plan.show_when = self.condition(way!["section", s, "show_when"], text, &base);
            }
            for (f, field) in section.fields.iter().enumerate() {
                let way = way!["section", s, "field", f].to_vec();
                let mut field_plan = self.field(&way, field, &base);
                if field.kind == FieldKind::Table {
                    let names = self.row_names(s, f);
                    for (c, column) in field.columns.iter().enumerate() {
                        let mut way = way.clone();
                        way.extend_from_slice(way!["column", c]);
                        field_plan.columns.push(self.field(&way, column, &names));
                    }
                }
                plan.fields.push(field_plan);
            }
            self.plan.sections.push(plan);
        }
    }

    /// Base names and the plain names of the rows of one table.
    fn row_names(&self, section: usize, field: usize) -> Names {
        let mut names = self.base.clone();
        let number = self.plan.tables.iter().position(|t| t.section == section && t.field == field);
        names.extend(number.and_then(|n| self.rows.get(n)).cloned().unwrap_or_default());
        names
    }

    fn field(&mut self, way: &[Step], field: &Field, names: &Names) -> FieldPlan {
        let at = |member: &str| {
            let mut way = way.to_vec();
            way.push(member.into());
            way
        };
        let mut plan = FieldPlan::default();
        if let Some(text) = &field.show_when {
            plan.show_when = self.condition(&at("show_when"), text, names);
        }
        if let Some(text) = &field.required_when {
            plan.required_when = self.condition(&at("required_when"), text, names);
        }
        if let Some(text) = &field.prefill {
            plan.prefill = self.program(&at("prefill"), text, names);
            let wanted = names::answer(field.kind);
            if let (Some(program), Some(wanted)) = (&plan.prefill, wanted)
                && *program.kind() != wanted
            {
                self.fault(
                    &at("prefill"),
                    "what fills this field is of another type",
                    "Use an expression of the field’s own type.",
                );
            }
        }
        if field.kind == FieldKind::Choice && field.options.is_empty() {
            self.fault(way, "a choice with no options", "Add options = [{ id = …, label = … }].");
        }
        plan
    }

    fn groups(&mut self) {
        for (g, group) in self.source.groups.iter().enumerate() {
            let Some(table) = self.table_named(way!["group", g, "table"], Some(&group.table))
            else {
                continue;
            };
            let way = way!["group", g, "by"].to_vec();
            let by = self.keys_named(&way, table, &group.by);
            let rows = self.rows.get(table).cloned().unwrap_or_default();
            let keys = by.iter().filter_map(|&k| rows.get(k).cloned()).collect();
            self.groups.push(keys);
            self.plan.groups.push(GroupPlan { table, by, calculated: Vec::new() });
        }
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

    fn keys_named(&mut self, way: &[Step], table: usize, keys: &[String]) -> Vec<usize> {
        let mut found = Vec::new();
        for key in keys {
            let position =
                self.table_field(table).and_then(|f| f.keys.iter().position(|k| k.id == *key));
            match position {
                Some(position) => found.push(position),
                None => self.fault(
                    way,
                    format!("the table has no key “{key}”"),
                    "Name one of the table’s keys.",
                ),
            }
        }
        found
    }

    fn table_field(&self, table: usize) -> Option<&Field> {
        let plan = self.plan.tables.get(table)?;
        self.source.sections.get(plan.section)?.fields.get(plan.field)
    }

    /// Compiles the calculated values of one scope, in order, so that each may use those above it.
    fn calculated(&mut self, scope: Scope) {
        for (index, item) in self.source.calculated.iter().enumerate() {
            if item.scope != scope {
                if item.scope == Scope::Pair && scope == Scope::Return {
                    self.fault(
                        way!["calculated", index, "scope"],
                        "nothing is calculated for pairs",
                        "Use row, group or return.",
                    );
                }
                continue;
            }
            match scope {
                Scope::Row => {
                    let way = way!["calculated", index, "table"].to_vec();
                    let Some(table) = self.table_named(&way, item.table.as_ref()) else { continue };
                    let mut names = self.base.clone();
                    names.extend(self.rows.get(table).cloned().unwrap_or_default());
                    let Some((plan, kind)) = self.calculated_value(index, item, &names) else {
                        continue;
                    };
                    if let Some(table) = self.plan.tables.get_mut(table) {
                        table.calculated.push(plan);
                    }
                    if let Some(row) = self.rows.get_mut(table) {
                        row.push((item.id.clone(), kind));
                    }
                }
                Scope::Group => {
                    let number =
                        self.source.groups.iter().position(|g| item.group.as_ref() == Some(&g.id));
                    let Some(number) = number else {
                        self.fault(
                            way!["calculated", index, "group"],
                            "there is no such group",
                            "Name a [[group]].",
                        );
                        continue;
                    };
                    let names = self.group_names(number);
                    let Some((plan, kind)) = self.calculated_value(index, item, &names) else {
                        continue;
                    };
                    if let Some(group) = self.plan.groups.get_mut(number) {
                        group.calculated.push(plan);
                    }
                    if let Some(group) = self.groups.get_mut(number) {
                        group.push((item.id.clone(), kind));
                    }
                }
                Scope::Pair | Scope::Return => {
                    let names = self.whole.clone();
                    let Some((plan, kind)) = self.calculated_value(index, item, &names) else {
                        continue;
                    };
                    self.plan.totals.push(plan);
                    self.whole.push((item.id.clone(), kind));
                }
            }
        }
    }

    fn calculated_value(
        &mut self,
        index: usize,
        item: &Calculated,
        names: &Names,
    ) -> Option<(CalculatedPlan, Type)> {
        let value = self.program(way!["calculated", index, "value"], &item.value, names);
        let mut unknown = None;
        if let Some(text) = &item.unknown {
            unknown = self.program(way!["calculated", index, "unknown"], text, names);
        }
        let value = value?;
        let kind = value.kind().clone();
        Some((CalculatedPlan { index, value, unknown }, kind))
    }

    /// Base names, the group's keys, `rows`, then what is calculated in it so far.
    fn group_names(&self, number: usize) -> Names {
        let mut names = self.base.clone();
        let Some(plan) = self.plan.groups.get(number) else { return names };
        let own = self.groups.get(number).cloned().unwrap_or_default();
        let keys = plan.by.len();
        names.extend(own.iter().take(keys).cloned());
        names.push((
            "rows".to_owned(),
            rows_of(self.rows.get(plan.table).cloned().unwrap_or_default()),
        ));
        names.extend(own.into_iter().skip(keys));
        names
    }

    /// Return scope: as base, but sections also hold their tables; then the groups.
    fn whole_names(&mut self) {
        self.whole = names::fixed(self.source);
        for (s, section) in self.source.sections.iter().enumerate() {
            let mut fields = names::plain_fields(&section.fields);
            for (number, table) in
                self.plan.tables.iter().enumerate().filter(|(_, t)| t.section == s)
            {
                if let (Some(field), Some(rows)) =
                    (section.fields.get(table.field), self.rows.get(number))
                {
                    fields.push((field.id.clone(), rows_of(rows.clone())));
                }
            }
            self.whole.push((section.id.clone(), record(fields)));
        }
        for (group, names) in self.source.groups.iter().zip(&self.groups) {
            self.whole.push((group.id.clone(), rows_of(names.clone())));
        }
    }

    fn rules(&mut self) {
        for (index, rule) in self.source.rules.iter().enumerate() {
            let Some((scope, names)) = self.rule_scope(index, rule) else { continue };
            let when = self.condition(way!["rule", index, "when"], &rule.when, &names);
            let message = self.message(way!["rule", index, "message"], &rule.message, &names);
            let places = self.places(index, rule, &scope);
            let explained_by =
                rule.explained_by.as_ref().and_then(|name| self.explained_by(index, name));
            if let Some(when) = when {
                self.plan.rules.push(RulePlan { scope, when, message, places, explained_by });
            }
        }
    }

    fn rule_scope(&mut self, index: usize, rule: &Rule) -> Option<(RuleScope, Names)> {
        let way = way!["rule", index, "table"].to_vec();
        let mut names = self.base.clone();
        match rule.scope {
            Scope::Return => Some((RuleScope::Return, self.whole.clone())),
            Scope::Row => {
                let table = self.table_named(&way, rule.table.as_ref())?;
                names.extend(self.rows.get(table).cloned().unwrap_or_default());
                Some((RuleScope::Row(table), names))
            }
            Scope::Group => {
                let number =
                    self.source.groups.iter().position(|g| rule.group.as_ref() == Some(&g.id));
                let Some(number) = number else {
                    self.fault(
                        way!["rule", index, "group"],
                        "there is no such group",
                        "Name a [[group]].",
                    );
                    return None;
                };
                Some((RuleScope::Group(number), self.group_names(number)))
            }
            Scope::Pair => {
                let table = self.table_named(&way, rule.table.as_ref())?;
                let same = self.keys_named(way!["rule", index, "same"], table, &rule.same);
                let row = record(self.rows.get(table).cloned().unwrap_or_default());
                names.push(("a".to_owned(), row.clone()));
                names.push(("b".to_owned(), row));
                Some((RuleScope::Pair(table, same), names))
            }
        }
    }

    fn places(&mut self, index: usize, rule: &Rule, scope: &RuleScope) -> Vec<Spot> {
        let table = match scope {
            RuleScope::Return => None,
            RuleScope::Row(table) | RuleScope::Pair(table, _) => Some(*table),
            RuleScope::Group(group) => self.plan.groups.get(*group).map(|g| g.table),
        };
        let mut spots = Vec::new();
        for (number, place) in rule.place.iter().enumerate() {
            let column = table.and_then(|t| {
                let columns = &self.table_field(t)?.columns;
                columns.iter().position(|c| c.id == *place).map(|c| Spot::Column(t, c))
            });
            match column.or_else(|| self.spot(place)) {
                Some(spot) => spots.push(spot),
                None => self.fault(
                    way!["rule", index, "place", number],
                    format!("there is no field “{place}” to show this at"),
                    "Name a column of the rule’s table, or section.field.",
                ),
            }
        }
        spots
    }

    fn spot(&self, name: &str) -> Option<Spot> {
        let (section, field) = name.split_once('.')?;
        let s = self.source.sections.iter().position(|item| item.id == section)?;
        let f = self.source.sections.get(s)?.fields.iter().position(|item| item.id == field)?;
        Some(Spot::Field(s, f))
    }

    fn explained_by(&mut self, index: usize, name: &str) -> Option<Spot> {
        let spot = self.spot(name);
        if spot.is_none() {
            self.fault(
                way!["rule", index, "explained_by"],
                format!("there is no field “{name}”"),
                "Name it as section.field.",
            );
        }
        spot
    }

    /// Splits a message at its `{…}` and compiles each.
    fn message(&mut self, way: &[Step], text: &str, names: &Names) -> Message {
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
                Ok(program) => parts.push(Part::Value(program)),
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
}
