//! Running the rules: on the return, on each row, on each group, on pairs of rows.

use super::finding::{Finding, Given, RowKey, order, place};
use super::scene::{Scene, Where};
use super::{Subject, alike, words};
use crate::answers::Place;
use crate::rule::Blocked;
use crate::template::source::Rule;
use crate::template::{RulePlan, RuleScope, Severity, Spot};

/// Runs every rule whose inputs are at hand.
pub(super) fn run(subject: &Subject<'_>, scene: &mut Scene<'_>, findings: &mut Vec<Finding>) {
    let template = &subject.form.template;
    let rules = template.source().rules.iter().zip(&template.plan().rules).enumerate();
    let mut work = Work { subject, scene, findings };
    for (number, (rule, plan)) in rules {
        if !subject.has_inputs(&plan.inputs) {
            continue;
        }
        let rule = Running { rule, plan, number };
        match &plan.scope {
            RuleScope::Return => work.run(&rule, &At::WHOLE),
            RuleScope::Row(table) => work.rows(*table, &rule),
            RuleScope::Group(group) => work.groups(*group, &rule),
            RuleScope::Pair(table, same) => work.pairs(*table, same, &rule),
        }
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
    fn rows(&mut self, table: usize, rule: &Running<'_>) {
        for (row, result) in self.scene.rows_where(&rule.plan.when, table) {
            self.scene.enter_row(table, row);
            self.hear(rule, &At::row(table, row), result);
        }
        self.scene.leave();
    }

    fn groups(&mut self, group: usize, rule: &Running<'_>) {
        let Some(plan) = self.subject.form.template.plan().groups.get(group) else { return };
        for number in 0..self.scene.groups.get(group).map_or(0, Vec::len) {
            let found = self.scene.groups.get(group).and_then(|g| g.get(number));
            let row = found.map_or(0, |found| found.first);
            self.scene.enter_group(group, number);
            self.run(rule, &At { group: Some((group, number)), ..At::row(plan.table, row) });
        }
        self.scene.leave();
    }

    /// Each two rows that share what the rule names, the earlier first. The finding is at the later.
    fn pairs(&mut self, table: usize, same: &[usize], rule: &Running<'_>) {
        for group in alike::alike(self.subject, self.scene, table, same) {
            for (number, later) in group.iter().enumerate() {
                for earlier in group.iter().take(number) {
                    let pair = [self.scene.row(table, *earlier), self.scene.row(table, *later)];
                    self.scene.enter(pair);
                    self.run(rule, &At::row(table, *later));
                    self.scene.leave();
                }
            }
        }
    }

    fn run(&mut self, rule: &Running<'_>, at: &At) {
        let result = self.scene.is_true(&rule.plan.when, at.scope);
        self.hear(rule, at, result);
    }

    fn hear(&mut self, rule: &Running<'_>, at: &At, result: Result<bool, Blocked>) {
        match result {
            Ok(true) => self.say(rule, at),
            // False is silent, and so is what is not known.
            Ok(false) => {}
            Err(fault) => self.findings.push(blocked(&rule.rule.id, &rule.rule.id, &fault)),
        }
    }

    fn say(&mut self, rule: &Running<'_>, at: &At) {
        let Running { rule, plan, number } = rule;
        let message = words::message(self.scene, &plan.message, at.scope);
        let row = at.row.map_or(0, |(_, row)| row);
        // What is hidden shows nothing: a finding stands at what is asked, and at all where nothing is.
        let mut places = Vec::with_capacity(plan.places.len());
        for spot in &plan.places {
            places.push(place(*spot, self.subject, row));
        }
        if places.iter().any(|at| self.is_asked(*at)) {
            places.retain(|at| self.is_asked(*at));
        }
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

    fn is_asked(&self, at: Place) -> bool {
        self.scene.asked.place(self.subject.form, at)
    }

    /// The keys of the row, or what the rows of the group share.
    fn key(&self, at: &At) -> RowKey {
        let Some((table, row)) = at.row else { return RowKey::new() };
        let place = place(Spot::Column(table, 0), self.subject, row);
        let Some((group, number)) = at.group else {
            return words::row_key(self.subject.form, self.subject.answers, place);
        };
        let found = self.scene.groups.get(group).and_then(|g| g.get(number));
        let Some(found) = found else { return RowKey::new() };
        alike::heading(self.subject.form, group, &found.names()).keys
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
