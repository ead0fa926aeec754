//! Rules: what they run on, when they speak, what they say, where.

use super::super::plan::{Message, Part, RulePlan, RuleScope, Spot};
use super::super::source::{Rule, Scope};
use super::super::way;
use super::{Names, Work, record};

/// The section that says what the return is about: its organisation, action and dates.
const ABOUT: &str = "about";

impl Work<'_> {
    pub(super) fn rules(&mut self) {
        for (index, rule) in self.source.rules.iter().enumerate() {
            let Some((scope, names)) = self.rule_scope(index, rule) else { continue };
            let way = way!["rule", index, "when"].to_vec();
            let when = self.with_inputs(&way, &rule.when, &names);
            let when = when.and_then(|program| self.is_condition(&way, program));
            let table = self.table_of(&scope);
            let message =
                self.message(way!["rule", index, "message"], &rule.message, &names, table);
            let places = self.places(index, rule, &scope);
            self.names_what_is_near(index, &message, &places, table);
            let explained_by =
                rule.explained_by.as_ref().and_then(|name| self.explained_by(index, name));
            if let Some(when) = when {
                let mut inputs = self.inputs_of(&when);
                for part in &message.parts {
                    if let Part::Value(program, _) = part {
                        inputs.extend(self.inputs_of(program));
                    }
                }
                inputs.sort_unstable();
                inputs.dedup();
                let plan = RulePlan { scope, when, message, places, explained_by, inputs };
                self.plan.rules.push(plan);
            }
        }
    }

    fn rule_scope(&mut self, index: usize, rule: &Rule) -> Option<(RuleScope, Names)> {
        let way = way!["rule", index, "table"].to_vec();
        match rule.scope {
            Scope::Return => Some((RuleScope::Return, self.whole.clone())),
            Scope::Row => {
                let table = self.table_named(&way, rule.table.as_ref())?;
                Some((RuleScope::Row(table), self.row_names(table)))
            }
            Scope::Group => {
                let way = way!["rule", index, "group"].to_vec();
                let number = self.group_named(&way, rule.group.as_ref())?;
                Some((RuleScope::Group(number), self.group_names(number)))
            }
            Scope::Pair => {
                let table = self.table_named(&way, rule.table.as_ref())?;
                let same = self.shared_named(way!["rule", index, "same"], table, &rule.same);
                let row = record(self.rows.get(table).cloned().unwrap_or_default());
                let mut names = self.base.clone();
                names.push(("a".to_owned(), row.clone()));
                names.push(("b".to_owned(), row));
                Some((RuleScope::Pair(table, same), names))
            }
        }
    }

    /// The table that a rule looks at.
    fn table_of(&self, scope: &RuleScope) -> Option<usize> {
        match scope {
            RuleScope::Return => None,
            RuleScope::Row(table) | RuleScope::Pair(table, _) => Some(*table),
            RuleScope::Group(group) => self.plan.groups.get(*group).map(|g| g.table),
        }
    }

    fn places(&mut self, index: usize, rule: &Rule, scope: &RuleScope) -> Vec<Spot> {
        let table = self.table_of(scope);
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

    /// A message is read beside the fields it is shown at: what it names must be there too, or people are told to mend
    /// what they do not see. What the return is about may be named anywhere.
    fn names_what_is_near(
        &mut self,
        index: usize,
        message: &Message,
        places: &[Spot],
        table: Option<usize>,
    ) {
        let of_table = |table: &usize| self.plan.tables.get(*table).map(|plan| plan.section);
        let mut near: Vec<usize> = table.iter().filter_map(of_table).collect();
        near.extend(places.iter().filter_map(|spot| match spot {
            Spot::Field(section, _) => Some(*section),
            Spot::Column(table, _) => of_table(table),
        }));
        if near.is_empty() {
            return;
        }
        let mut far = Vec::new();
        for part in &message.parts {
            let Part::Value(program, _) = part else { continue };
            for path in program.reads() {
                let [section, field, ..] = path.as_slice() else { continue };
                let at = self.source.sections.iter().position(|item| item.id == *section);
                if section != ABOUT && at.is_some_and(|at| !near.contains(&at)) {
                    far.push([section, ".", field].concat());
                }
            }
        }
        far.sort_unstable();
        far.dedup();
        for name in far {
            self.fault(
                way!["rule", index, "message"],
                format!(
                    "the message names {name}, which is in a section where the rule is not shown"
                ),
                format!("Add “{name}” to `place`, or leave it out of the message."),
            );
        }
    }

    pub(super) fn spot(&self, name: &str) -> Option<Spot> {
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
}
