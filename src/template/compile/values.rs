//! Calculated values: in rows, in groups, in the return; each may use only those above it.

use super::super::plan::{
    CalculatedPlan, GradePlan, GroupPlan, HowPlan, IndexPlan, RowStep, TablePlan,
};
use super::super::source::{Calculated, Grade, How, Index, Scope};
use super::super::{Step, names, way};
use super::{Names, Work, longer, record, rows_of};
use crate::rule::{Program, Type};

impl Work<'_> {
    /// Calculated values of one scope, with their numbers.
    fn of_scope(&self, scope: Scope) -> Vec<(usize, Calculated)> {
        let all = self.source.calculated.iter().enumerate();
        all.filter(|(_, item)| item.scope == scope).map(|(n, item)| (n, item.clone())).collect()
    }

    pub(super) fn row_values(&mut self) {
        for (index, item) in self.of_scope(Scope::Row) {
            let way = way!["calculated", index, "table"].to_vec();
            let Some(table) = self.table_named(&way, item.table.as_ref()) else { continue };
            let names = self.row_names(table);
            let Some((plan, kind)) = self.calculated_value(index, &item, &names) else { continue };
            if let Some(table) = self.plan.tables.get_mut(table) {
                table.calculated.push(plan);
            }
            if let Some(row) = self.rows.get_mut(table) {
                row.push((item.id.clone(), kind));
            }
        }
    }

    pub(super) fn groups(&mut self) {
        for (g, group) in self.source.groups.iter().enumerate() {
            let Some(table) = self.table_named(way!["group", g, "table"], Some(&group.table))
            else {
                continue;
            };
            let way = way!["group", g, "by"].to_vec();
            let by = self.shared_named(&way, table, &group.by);
            let rows = self.rows.get(table).cloned().unwrap_or_default();
            let keys = by.iter().filter_map(|&k| rows.get(k).cloned()).collect();
            self.groups.push(keys);
            self.plan.groups.push(GroupPlan { table, by, calculated: Vec::new() });
        }
    }

    pub(super) fn group_values(&mut self) {
        for (index, item) in self.of_scope(Scope::Group) {
            let way = way!["calculated", index, "group"].to_vec();
            let Some(number) = self.group_named(&way, item.group.as_ref()) else { continue };
            let names = self.group_names(number);
            let Some((plan, kind)) = self.calculated_value(index, &item, &names) else { continue };
            if let Some(group) = self.plan.groups.get_mut(number) {
                group.calculated.push(plan);
            }
            if let Some(group) = self.groups.get_mut(number) {
                group.push((item.id.clone(), kind));
            }
        }
    }

    pub(super) fn totals(&mut self) {
        for (index, _) in self.of_scope(Scope::Pair) {
            self.fault(
                way!["calculated", index, "scope"],
                "nothing is calculated for pairs",
                "Use row, group or return.",
            );
        }
        for (index, item) in self.of_scope(Scope::Return) {
            let names = self.whole.clone();
            let Some((plan, kind)) = self.calculated_value(index, &item, &names) else { continue };
            self.plan.totals.push(plan);
            self.whole.push((item.id.clone(), kind));
        }
    }

    fn calculated_value(
        &mut self,
        index: usize,
        item: &Calculated,
        names: &Names,
    ) -> Option<(CalculatedPlan, Type)> {
        let way = way!["calculated", index].to_vec();
        let (how, kind) = match &item.how {
            How::Value { value, unknown } => {
                let value = self.program(&longer(&way, way!["value"]), value, names);
                let unknown = unknown
                    .as_ref()
                    .and_then(|text| self.program(&longer(&way, way!["unknown"]), text, names));
                let value = value?;
                let kind = value.kind()?.clone();
                (HowPlan::Value { value, unknown }, kind)
            }
            How::Grade(grades) => {
                (HowPlan::Grade(self.grades(&way, item, grades, names)), Type::Text)
            }
            How::Index(source) => {
                (HowPlan::Index(self.index(&longer(&way, way!["index"]), item, source)?), Type::Int)
            }
        };
        Some((CalculatedPlan { index, how }, kind))
    }

    fn grades(
        &mut self,
        way: &[Step],
        item: &Calculated,
        grades: &[Grade],
        names: &Names,
    ) -> Vec<GradePlan> {
        let whole_name = |table: &TablePlan| {
            let section = self.source.sections.get(table.section);
            let field = section.and_then(|s| s.fields.get(table.field));
            section.zip(field).map(|(s, f)| format!("{}.{}", s.id, f.id))
        };
        let table = item.table.as_ref().and_then(|name| {
            self.plan.tables.iter().position(|table| whole_name(table).as_ref() == Some(name))
        });
        let mut plans = Vec::new();
        for (g, grade) in grades.iter().enumerate() {
            let way = longer(way, way!["grade", g]);
            if !item.bands.iter().any(|band| band.id == grade.band) {
                self.fault(
                    &longer(&way, way!["band"]),
                    format!("“{}” is none of the bands", grade.band),
                    "Name one of bands = [{ id = …, label = … }].",
                );
            }
            if grade.when.is_none() != (g + 1 == grades.len()) {
                self.fault(
                    &way,
                    "only the last entry, and always the last, has no condition",
                    "End with the band that is left when nothing before it holds.",
                );
            }
            let when = grade
                .when
                .as_ref()
                .and_then(|text| self.condition(&longer(&way, way!["when"]), text, names));
            let way = longer(&way, way!["because"]);
            let because = self.message(&way, &grade.because, names, table);
            plans.push(GradePlan { when, because });
        }
        plans
    }

    fn index(&mut self, way: &[Step], item: &Calculated, source: &Index) -> Option<IndexPlan> {
        if item.scope != Scope::Return {
            self.fault(way, "an index is of the whole return", "Set scope = \"return\".");
        }
        let fits = |list: &[(String, i64)]| list.iter().all(|(_, number)| *number >= 0);
        let greatest = source.scores.iter().map(|(_, score)| *score).max().unwrap_or(0);
        if greatest <= 0 || source.scale <= 0 || !fits(&source.weights) || !fits(&source.scores) {
            self.fault(
                way,
                "weights and scores are at least 0, the greatest score and the scale at least 1",
                "Give them as whole numbers.",
            );
        }
        let table = self.table_named(&longer(way, way!["table"]), Some(&source.table))?;
        let names = self.row_names(table);
        let when = match &source.when {
            Some(text) => Some(self.condition(&longer(way, way!["when"]), text, &names)?),
            None => None,
        };
        let weight = self.looked_up(&longer(way, way!["weight"]), &source.weight, &names);
        let points = self.looked_up(&longer(way, way!["points"]), &source.points, &names);
        Some(IndexPlan { table, when, weight: weight?, points: points? })
    }

    fn looked_up(&mut self, way: &[Step], text: &str, names: &Names) -> Option<Program> {
        let program = self.program(way, text, names)?;
        if program.kind() != Some(&Type::Text) {
            self.fault(way, "this must be text, to look it up by", "Name a choice.");
            return None;
        }
        Some(program)
    }

    /// Puts the values of a row in an order in which each comes after what it reads: a column's
    /// `show_when` may read a calculated value, which reads other columns.
    pub(super) fn orders(&mut self) {
        for number in 0..self.plan.tables.len() {
            let (order, stuck) = self.order(number);
            if let Some(plan) = self.plan.tables.get_mut(number) {
                plan.order = order;
                if let Some(column) = stuck {
                    let way = way![
                        "section",
                        plan.section,
                        "field",
                        plan.field,
                        "column",
                        column,
                        "show_when"
                    ]
                    .to_vec();
                    self.fault(
                        &way,
                        "this goes round in a circle: what it reads depends on this column",
                        "Leave out of the condition what depends on the column itself.",
                    );
                }
            }
        }
    }

    fn order(&self, number: usize) -> (Vec<RowStep>, Option<usize>) {
        let (Some(plan), Some(field)) = (self.plan.tables.get(number), self.table_field(number))
        else {
            return (Vec::new(), None);
        };
        let section = self.plan.sections.get(plan.section);
        let columns = section.and_then(|s| s.fields.get(plan.field)).map(|f| &f.columns);
        let calculated = |n: usize| {
            let index = plan.calculated.get(n).map(|item| item.index)?;
            self.source.calculated.get(index)
        };
        let step_of = |name: &str| {
            let column = field.columns.iter().position(|c| c.id == name).map(RowStep::Column);
            let value = || {
                let mut all = 0..plan.calculated.len();
                all.find(|&n| calculated(n).is_some_and(|c| c.id == name)).map(RowStep::Calculated)
            };
            column.or_else(value)
        };
        let reads = |step: RowStep| {
            let programs: Vec<&Program> = match step {
                RowStep::Column(c) => {
                    columns.and_then(|all| all.get(c)?.show_when.as_ref()).into_iter().collect()
                }
                RowStep::Calculated(n) => {
                    plan.calculated.get(n).map(|item| item.how.programs()).unwrap_or_default()
                }
            };
            let names = programs.into_iter().flat_map(Program::reads).filter_map(|p| p.first());
            names.filter_map(|name| step_of(name)).collect::<Vec<_>>()
        };
        let steps = (0..field.columns.len()).map(RowStep::Column);
        let mut left: Vec<(RowStep, Vec<RowStep>)> = steps
            .chain((0..plan.calculated.len()).map(RowStep::Calculated))
            .map(|step| (step, reads(step)))
            .collect();
        let mut order: Vec<RowStep> = Vec::new();
        while let Some(next) =
            left.iter().position(|(_, reads)| reads.iter().all(|step| order.contains(step)))
        {
            order.push(left.remove(next).0);
        }
        let stuck = left.iter().find_map(|(step, _)| match step {
            RowStep::Column(column) => Some(*column),
            RowStep::Calculated(_) => None,
        });
        (order, stuck)
    }

    /// Base names, the group's keys, `rows`, then what is calculated in it so far.
    pub(super) fn group_names(&self, number: usize) -> Names {
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
    pub(super) fn whole_names(&mut self) {
        self.whole = names::fixed(self.source);
        for (s, section) in self.source.sections.iter().enumerate() {
            let mut fields = names::plain_fields(&section.fields);
            let tables = self.plan.tables.iter().enumerate().filter(|(_, t)| t.section == s);
            for (number, table) in tables {
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
}

impl HowPlan {
    /// Every program of it.
    pub(super) fn programs(&self) -> Vec<&Program> {
        match self {
            Self::Value { value, unknown } => std::iter::once(value).chain(unknown).collect(),
            Self::Grade(grades) => grades.iter().filter_map(|grade| grade.when.as_ref()).collect(),
            Self::Index(index) => {
                [&index.weight, &index.points].into_iter().chain(&index.when).collect()
            }
        }
    }
}
