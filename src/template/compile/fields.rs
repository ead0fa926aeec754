//! Sections and fields: when they are asked and required, what fills them.

use super::super::plan::{FieldPlan, OptionsFrom, SectionPlan};
use super::super::source::{Field, FieldKind};
use super::super::{Step, names, way};
use super::{Names, Work, longer};

/// The name of the collection's actions among the lists that options come from.
const ACTIONS: &str = "actions";

impl Work<'_> {
    /// All but what is required, which may depend on calculated values.
    pub(super) fn sections(&mut self) {
        let base = self.base.clone();
        let mut table = 0;
        for (s, section) in self.source.sections.iter().enumerate() {
            let mut plan = SectionPlan::default();
            if let Some(text) = &section.show_when {
                plan.show_when = self.condition(way!["section", s, "show_when"], text, &base);
            }
            for (f, field) in section.fields.iter().enumerate() {
                let way = way!["section", s, "field", f].to_vec();
                let mut field_plan = self.field(&way, field, &base);
                if field.kind == FieldKind::Table {
                    let names = self.row_names(table);
                    for (c, column) in field.columns.iter().enumerate() {
                        let way = longer(&way, way!["column", c]);
                        field_plan.columns.push(self.field(&way, column, &names));
                    }
                    self.row_when(&way, field, table);
                    table += 1;
                }
                plan.fields.push(field_plan);
            }
            self.plan.sections.push(plan);
        }
    }

    fn field(&mut self, way: &[Step], field: &Field, names: &Names) -> FieldPlan {
        let at = |member: &str| longer(way, way![member]);
        let mut plan = FieldPlan::default();
        if let Some(text) = &field.show_when {
            plan.show_when = self.condition(&at("show_when"), text, names);
        }
        if let Some(text) = &field.prefill {
            plan.prefill = self.filling(&at("prefill"), text, field, names);
        }
        if let Some(text) = &field.default {
            let mut names = names.clone();
            names.push(names::expected());
            plan.default = self.filling(&at("default"), text, field, &names);
        }
        plan.options = self.options(way, field);
        plan
    }

    fn filling(
        &mut self,
        way: &[Step],
        text: &str,
        field: &Field,
        names: &Names,
    ) -> Option<crate::rule::Program> {
        let program = self.program(way, text, names)?;
        let wanted = names::answer(field.kind)?;
        if program.kind() != Some(&wanted) {
            self.fault(
                way,
                "what fills this field is of another type",
                "Use an expression of the field’s own type.",
            );
            return None;
        }
        Some(program)
    }

    fn options(&mut self, way: &[Step], field: &Field) -> Option<OptionsFrom> {
        let is_choice = matches!(field.kind, FieldKind::Choice | FieldKind::Choices);
        let Some(name) = &field.options_from else {
            if is_choice && field.options.is_empty() {
                self.fault(
                    way,
                    "a choice with no options",
                    "Add options = [{ id = …, label = … }], or options_from = \"a list\".",
                );
            }
            return None;
        };
        if name == ACTIONS {
            return Some(OptionsFrom::Actions);
        }
        let list = self.source.lists.iter().position(|list| list.id == *name);
        if list.is_none() {
            self.fault(
                &longer(way, way!["options_from"]),
                format!("there is no list “{name}”"),
                "Declare it with [[list]], or write \"actions\".",
            );
        }
        list.map(OptionsFrom::List)
    }

    /// Which rows are asked is decided before anything in them is, from their keys.
    fn row_when(&mut self, way: &[Step], field: &Field, table: usize) {
        let Some(text) = &field.row_when else { return };
        let mut names = self.base.clone();
        let keys = self.rows.get(table).map_or(&[][..], Vec::as_slice);
        names.extend(keys.iter().take(field.keys.len()).cloned());
        let program = self.condition(&longer(way, way!["row_when"]), text, &names);
        if let Some(plan) = self.plan.tables.get_mut(table) {
            plan.row_when = program;
        }
    }

    /// When fields are required, now that every calculated value has a type.
    pub(super) fn requirements(&mut self) {
        let mut table = 0;
        for (s, section) in self.source.sections.iter().enumerate() {
            for (f, field) in section.fields.iter().enumerate() {
                let way = way!["section", s, "field", f].to_vec();
                if let Some(text) = &field.required_when {
                    let whole = self.whole.clone();
                    let program =
                        self.condition(&longer(&way, way!["required_when"]), text, &whole);
                    if let Some(plan) = self.field_plan(s, f) {
                        plan.required_when = program;
                    }
                }
                if field.kind != FieldKind::Table {
                    continue;
                }
                let names = self.row_names(table);
                for (c, column) in field.columns.iter().enumerate() {
                    let Some(text) = &column.required_when else { continue };
                    let way = longer(&way, way!["column", c, "required_when"]);
                    let program = self.condition(&way, text, &names);
                    let plan = self.field_plan(s, f).and_then(|plan| plan.columns.get_mut(c));
                    if let Some(plan) = plan {
                        plan.required_when = program;
                    }
                }
                table += 1;
            }
        }
    }

    fn field_plan(&mut self, section: usize, field: usize) -> Option<&mut FieldPlan> {
        self.plan.sections.get_mut(section)?.fields.get_mut(field)
    }
}
