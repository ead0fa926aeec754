//! Running the rules: on the return, on each row, on each group, on pairs of rows.

use super::finding::{Finding, Given, RowKey, order, place};
use super::scene::{Scene, Where};
use super::{Subject, values, words};
use crate::answers::Place;
use crate::gather::Gather as _;
use crate::rule::{Blocked, Value};
use crate::template::source::Rule;
use crate::template::{RulePlan, RuleScope, Severity, Spot};

/// Runs every rule whose inputs are at hand.
pub(super) fn run(subject: &Subject<'_>, scene: &mut Scene<'_>, findings: &mut Vec<Finding>) {
    let template = &subject.form.template;
    let rules = template.source().rules.iter().zip(&template.plan().rules).enumerate();
    let all: Vec<Running<'_>> =
        rules.map(|(number, (rule, plan))| Running { rule, plan, number }).gather();
    let at_hand: Vec<&Running<'_>> =
        all.iter().filter(|item| subject.has_inputs(&item.plan.inputs)).gather();
    let of = |scope: &dyn Fn(&RuleScope) -> bool| -> Vec<&Running<'_>> {
        at_hand.iter().copied().filter(|item| scope(&item.plan.scope)).gather()
    };
    let mut work = Work { subject, scene, findings };
    for rule in of(&|scope| *scope == RuleScope::Return) {
        work.run(rule, &At::WHOLE);
    }
    for table in 0..template.plan().tables.len() {
        work.rows(table, &of(&|scope| *scope == RuleScope::Row(table)));
        for rule in of(&|scope| matches!(scope, RuleScope::Pair(of, _) if *of == table)) {
            work.pairs(table, rule);
        }
    }
    for group in 0..template.plan().groups.len() {
        work.groups(group, &of(&|scope| *scope == RuleScope::Group(group)));
    }
}

struct Running<'r> {
    rule: &'r Rule,
    plan: &'r RulePlan,
    number: usize,
}

/// What a rule runs on.
struct At {
    scope: Where,
    /// The table and the row at whose cells it is shown; none for the return.
    row: Option<(usize, usize)>,
    /// The group and its number, where it runs on one.
    group: Option<(usize, usize)>,
}

impl At {
    const WHOLE: Self = Self { scope: Where::Whole, row: None, group: None };

    fn row(table: usize, row: usize) -> Self {
        Self { scope: Where::Here, row: Some((table, row)), group: None }
    }
}

struct Work<'w, 's, 'c> {
    subject: &'w Subject<'s>,
    scene: &'w mut Scene<'c>,
    findings: &'w mut Vec<Finding>,
}

impl Work<'_, '_, '_> {
    fn rows(&mut self, table: usize, rules: &[&Running<'_>]) {
        if rules.is_empty() {
            return;
        }
        for row in self.scene.asked_rows(table) {
            self.scene.enter_row(table, row);
            for rule in rules {
                self.run(rule, &At::row(table, row));
            }
            self.scene.leave();
        }
    }

    fn groups(&mut self, group: usize, rules: &[&Running<'_>]) {
        let Some(plan) = self.subject.form.template.plan().groups.get(group) else { return };
        let count =
            if rules.is_empty() { 0 } else { self.scene.groups.get(group).map_or(0, Vec::len) };
        for number in 0..count {
            let found = self.scene.groups.get(group).and_then(|g| g.get(number));
            let row = found.and_then(|g| g.rows.first()).copied().unwrap_or(0);
            self.scene.enter_group(group, number);
            let at = At { group: Some((group, number)), ..At::row(plan.table, row) };
            for rule in rules {
                self.run(rule, &at);
            }
            self.scene.leave();
        }
    }

    /// Each two rows that share what the rule names, the earlier first. The finding is at the later.
    fn pairs(&mut self, table: usize, rule: &Running<'_>) {
        let RuleScope::Pair(_, same) = &rule.plan.scope else { return };
        let rows: Vec<(usize, Option<Vec<Value>>)> = self
            .scene
            .asked_rows(table)
            .into_iter()
            .map(|row| {
                let values = self.scene.rows.get(table).and_then(|rows| rows.get(row));
                let shared = same.iter().map(|&slot| values::identity(values?.get(slot)?));
                (row, shared.collect())
            })
            .collect();
        for (number, (later, shared)) in rows.iter().enumerate() {
            for (earlier, other) in rows.iter().take(number) {
                if shared.is_none() || shared != other {
                    continue;
                }
                let pair = [self.scene.row(table, *earlier), self.scene.row(table, *later)];
                self.scene.enter(pair);
                self.run(rule, &At::row(table, *later));
                self.scene.leave();
            }
        }
    }

    fn run(&mut self, rule: &Running<'_>, at: &At) {
        let Running { rule, plan, number } = rule;
        match self.scene.run(&plan.when, at.scope) {
            Ok(Value::Bool(true)) => {}
            // False is silent, and so is what is not known.
            Ok(_) => return,
            Err(fault) => {
                self.findings.push(blocked(&rule.id, &rule.id, &fault));
                return;
            }
        }
        let message = words::message(self.scene, &plan.message, at.scope);
        let row = at.row.map_or(0, |(_, row)| row);
        let places: Vec<Place> =
            plan.places.iter().map(|spot| place(*spot, self.subject, row)).gather();
        let fallback = at.row.map_or([usize::MAX, 0, 0], |(table, row)| {
            let at = place(Spot::Column(table, 0), self.subject, row);
            [at.section, at.field, row]
        });
        self.findings.push(Finding {
            rule: rule.id.clone(),
            severity: rule.severity,
            order: order(&places, fallback, number + 1),
            places,
            row: self.key(at),
            message,
            given: if rule.severity == Severity::Query { Given::Missing } else { Given::NotAsked },
            explained_by: plan.explained_by.map(|spot| place(spot, self.subject, 0)),
        });
    }

    /// The keys of the row, or what the rows of the group share.
    fn key(&self, at: &At) -> RowKey {
        let Some((table, row)) = at.row else { return RowKey::new() };
        let place = place(Spot::Column(table, 0), self.subject, row);
        let Some((group, number)) = at.group else {
            return words::row_key(self.subject.form, self.subject.answers, place);
        };
        let plan = self.subject.form.template.plan().groups.get(group);
        let found = self.scene.groups.get(group).and_then(|g| g.get(number));
        let (Some(plan), Some(found)) = (plan, found) else { return RowKey::new() };
        let entries: Vec<&Value> = found.keys.iter().gather();
        values::heading(self.subject, table, &plan.by, &entries).0
    }
}

/// A sum that could not be done stops the return and names the rule (DESIGN.md 3).
pub(super) fn blocked(rule: &str, label: &str, fault: &Blocked) -> Finding {
    Finding {
        rule: rule.to_owned(),
        severity: Severity::Error,
        places: Vec::new(),
        row: RowKey::new(),
        message: format!(
            "“{label}” cannot be worked out from these figures: {fault}. Check that none of them is far too large."
        ),
        given: Given::NotAsked,
        explained_by: None,
        order: [usize::MAX, usize::MAX, 0, 0, 0],
    }
}
