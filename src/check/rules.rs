//! Running the rules: on the return, on each row, on each group, on pairs of rows.

use super::finding::{Finding, Given, RowKey, order, place};
use super::scene::Scene;
use super::{Subject, words};
use crate::answers::Place;
use crate::rule::{Blocked, Program, Value};
use crate::template::source::Rule;
use crate::template::{Part, RulePlan, RuleScope, Severity, Spot};

/// Runs every rule.
pub(super) fn run(subject: &Subject<'_>, scene: &mut Scene<'_>, findings: &mut Vec<Finding>) {
    let template = &subject.form.template;
    for (number, (rule, plan)) in
        template.source().rules.iter().zip(&template.plan().rules).enumerate()
    {
        let mut running = Running { subject, scene, findings, rule, plan, number };
        match &plan.scope {
            RuleScope::Return => running.whole(),
            RuleScope::Row(table) => running.rows(*table),
            RuleScope::Group(group) => running.groups(*group),
            RuleScope::Pair(table, same) => running.pairs(*table, same),
        }
    }
}

struct Running<'r, 's, 'c> {
    subject: &'r Subject<'s>,
    scene: &'r mut Scene<'c>,
    findings: &'r mut Vec<Finding>,
    rule: &'r Rule,
    plan: &'r RulePlan,
    number: usize,
}

impl<'c> Running<'_, '_, 'c> {
    fn whole(&mut self) {
        self.try_on(Scene::run_whole, 0, RowKey::new(), [usize::MAX, 0, 0]);
    }

    fn rows(&mut self, table: usize) {
        for row in 0..self.scene.row_count(table) {
            let at = self.at(table, row);
            let key = words::row_key(self.subject.form, self.subject.answers, at);
            self.try_on(
                |scene, program| scene.run_row(program, table, row),
                row,
                key,
                [at.section, at.field, row],
            );
        }
    }

    fn groups(&mut self, group: usize) {
        let plan = self.subject.form.template.plan().groups.get(group);
        let Some((table, by)) = plan.map(|p| (p.table, p.by.clone())) else { return };
        let count = self.scene.groups.get(group).map_or(0, Vec::len);
        for number in 0..count {
            let found = self.scene.groups.get(group).and_then(|g| g.get(number));
            let row = found.and_then(|g| g.rows.first()).copied().unwrap_or(0);
            let at = self.at(table, row);
            let Place { section, field, .. } = at;
            let keys = crate::answers::row_keys(
                self.subject.form,
                self.subject.answers,
                section,
                field,
                row,
            );
            let shared = by.iter().filter_map(|&key| keys.get(key));
            let key = shared.map(|(key, id, _)| ((*key).to_owned(), (*id).to_owned())).collect();
            self.try_on(
                |scene, program| scene.run_group(program, group, number),
                row,
                key,
                [section, field, row],
            );
        }
    }

    /// Each two rows that share the named keys, the earlier first. The finding is at the later.
    fn pairs(&mut self, table: usize, same: &[usize]) {
        let count = self.scene.row_count(table);
        for later in 0..count {
            for earlier in 0..later {
                if !self.share(table, same, earlier, later) {
                    continue;
                }
                let pair = [self.scene.row(table, earlier), self.scene.row(table, later)];
                let at = self.at(table, later);
                let key = words::row_key(self.subject.form, self.subject.answers, at);
                let run = |scene: &mut Scene<'c>, program: &Program| {
                    scene.run_pair(program, pair.clone())
                };
                self.try_on(run, later, key, [at.section, at.field, later]);
            }
        }
    }

    fn share(&self, table: usize, same: &[usize], a: usize, b: usize) -> bool {
        let Place { section, field, .. } = self.at(table, a);
        let rows = self.subject.answers.rows(section, field);
        let (Some(a), Some(b)) = (rows.get(a), rows.get(b)) else { return false };
        same.iter().all(|&key| a.keys.get(key) == b.keys.get(key))
    }

    fn at(&self, table: usize, row: usize) -> Place {
        place(Spot::Column(table, 0), self.subject, row)
    }

    fn try_on(
        &mut self,
        mut run: impl FnMut(&mut Scene<'c>, &Program) -> Result<Value, Blocked>,
        row: usize,
        key: RowKey,
        fallback: [usize; 3],
    ) {
        match run(self.scene, &self.plan.when) {
            Ok(Value::Bool(true)) => {}
            // False is silent, and so is what is not known.
            Ok(_) => return,
            Err(fault) => {
                self.findings.push(blocked(&self.rule.id, &self.rule.id, &fault));
                return;
            }
        }
        let mut message = String::new();
        for part in &self.plan.message.parts {
            match part {
                Part::Words(text) => message.push_str(text),
                Part::Value(program) => {
                    if let Ok(value) = run(self.scene, program) {
                        message.push_str(&words::value(&value));
                    }
                }
            }
        }
        let places: Vec<Place> =
            self.plan.places.iter().map(|spot| place(*spot, self.subject, row)).collect();
        self.findings.push(Finding {
            rule: self.rule.id.clone(),
            severity: self.rule.severity,
            order: order(&places, fallback, self.number + 1),
            places,
            row: key,
            message,
            given: if self.rule.severity == Severity::Query {
                Given::Missing
            } else {
                Given::NotAsked
            },
            explained_by: self.plan.explained_by.map(|spot| place(spot, self.subject, 0)),
        });
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
