//! Faults of one answer on its own: missing, unreadable, out of bounds, changed, identifying.

use super::finding::{Finding, Given, RowKey, order};
use super::scene::{Scene, is_open};
use super::{Subject, privacy, words};
use crate::answers::{Answer, Place, Scalar, entry};
use crate::json::is_noncharacter;
use crate::rule::Value;
use crate::template::source::{FaultKind, Field, Privacy};
use crate::template::{FieldKind, FieldPlan, Severity};

/// Checks every field that is asked.
pub(super) fn check(subject: &Subject<'_>, scene: &mut Scene<'_>, findings: &mut Vec<Finding>) {
    let template = &subject.form.template;
    for (s, (section, plan)) in
        template.source().sections.iter().zip(&template.plan().sections).enumerate()
    {
        for (f, (field, plan)) in section.fields.iter().zip(&plan.fields).enumerate() {
            let shown = scene.shown.get(s).and_then(|s| s.get(f)).copied().unwrap_or(false);
            let mut at = At { subject, findings };
            match (shown, field.kind) {
                (false, _) => {}
                (true, FieldKind::Table) => table(&mut at, scene, (s, f), field, plan),
                (true, _) => {
                    let place = Place::plain(s, f);
                    let required = field.required || is_true(plan, |p| scene.run(p));
                    at.answer(place, field, required);
                    at.prefilled(place, field, plan, scene);
                }
            }
        }
    }
    explanations(subject, findings);
}

fn is_true(
    plan: &FieldPlan,
    run: impl FnOnce(&crate::rule::Program) -> Result<Value, crate::rule::Blocked>,
) -> bool {
    plan.required_when.as_ref().is_some_and(|program| matches!(run(program), Ok(Value::Bool(true))))
}

fn table(
    at: &mut At<'_, '_>,
    scene: &mut Scene<'_>,
    (s, f): (usize, usize),
    field: &Field,
    plan: &FieldPlan,
) {
    let tables = &at.subject.form.template.plan().tables;
    let Some(number) = tables.iter().position(|t| t.section == s && t.field == f) else { return };
    at.structure((s, f), field);
    for row in 0..scene.row_count(number) {
        for (column, (item, plan)) in field.columns.iter().zip(&plan.columns).enumerate() {
            let required = item.required || is_true(plan, |p| scene.run_row(p, number, row));
            at.answer(Place::cell(s, f, row, column), item, required);
        }
    }
}

/// Explanations are free text too.
fn explanations(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for explanation in subject.explanations {
        let text = &explanation.text;
        let kind = match privacy::scan(text) {
            Some(FaultKind::NhsNumber) => FaultKind::NhsNumber,
            _ if text.chars().any(is_noncharacter) => FaultKind::Characters,
            _ => continue,
        };
        let names = words::Names {
            label: "Explanation",
            typed: &explanation.text,
            ..words::Names::default()
        };
        let (rule, severity, message) = words::fault(subject.form, kind, FieldKind::Text, &names);
        findings.push(Finding {
            rule,
            severity,
            places: Vec::new(),
            row: explanation.row.clone(),
            message,
            given: Given::NotAsked,
            explained_by: None,
            order: [usize::MAX, 0, 0, 0, 0],
        });
    }
}

struct At<'s, 'f> {
    subject: &'s Subject<'s>,
    findings: &'f mut Vec<Finding>,
}

impl At<'_, '_> {
    fn say(&mut self, place: Place, field: &Field, kind: FaultKind, typed: &str) {
        let form = self.subject.form;
        let (least, greatest) = entry::bounds(field);
        let label = words::label(form, self.subject.answers, place, field);
        let names =
            words::Names { label: &label, typed, least, greatest, count: entry::characters(typed) };
        let (rule, severity, message) = words::fault(form, kind, field.kind, &names);
        let places = vec![place];
        self.findings.push(Finding {
            rule,
            severity,
            row: words::row_key(form, self.subject.answers, place),
            message,
            given: if severity == Severity::Query { Given::Missing } else { Given::NotAsked },
            explained_by: None,
            order: order(&places, [0; 3], 0),
            places,
        });
    }

    fn answer(&mut self, place: Place, field: &Field, required: bool) {
        if let Some(mistake) = self.subject.mistakes.get(&place) {
            self.say(place, field, mistake.kind, &mistake.typed);
            return;
        }
        match self.subject.answers.at(place) {
            answer if is_open(answer) && required && field.prefill.is_none() => {
                let choice = matches!(field.kind, FieldKind::Choice | FieldKind::YesNo);
                let kind = if choice { FaultKind::MissingChoice } else { FaultKind::Missing };
                self.say(place, field, kind, "");
            }
            Answer::Value(scalar) => {
                if let Some(kind) = entry::fault(field, scalar) {
                    self.say(place, field, kind, &words::scalar(scalar));
                }
                if let Scalar::Text(text) = scalar {
                    self.identifying(place, field, text);
                }
            }
            Answer::NotKnown(reason) => {
                if !field.not_known {
                    self.say(place, field, FaultKind::State, reason);
                } else if !super::finding::is_long_enough(reason) {
                    self.say(place, field, FaultKind::TooLong, reason);
                }
                if let Some(kind) = privacy::scan(reason) {
                    self.say(place, field, kind, reason);
                }
            }
            Answer::NotApplicable if !self.may_be_left_out(place, field) => {
                self.say(place, field, FaultKind::State, "");
            }
            Answer::NotApplicable | Answer::Unanswered => {}
        }
    }

    /// A field may be not applicable where it says so; a cell, where its whole row is.
    fn may_be_left_out(&self, place: Place, field: &Field) -> bool {
        let Some((row, _)) = place.cell else { return field.not_applicable.is_some() };
        let section = self.subject.form.template.source().sections.get(place.section);
        let Some(table) = section.and_then(|s| s.fields.get(place.field)) else { return false };
        let left_out = |column| {
            let cell = Place::cell(place.section, place.field, row, column);
            *self.subject.answers.at(cell) == Answer::NotApplicable
        };
        table.columns.iter().any(|column| column.not_applicable.is_some())
            && (0..table.columns.len()).all(left_out)
    }

    fn identifying(&mut self, place: Place, field: &Field, text: &str) {
        let free = matches!(field.kind, FieldKind::Line | FieldKind::Text);
        if free
            && field.privacy == Privacy::Strict
            && field.prefill.is_none()
            && let Some(kind) = privacy::scan(text)
        {
            self.say(place, field, kind, text);
        }
    }

    /// A prefilled value must be the one the collection and the organisation give.
    fn prefilled(&mut self, place: Place, field: &Field, plan: &FieldPlan, scene: &mut Scene<'_>) {
        let Some(program) = &plan.prefill else { return };
        let wanted = scene.run(program).map(|value| super::answer(field.kind, &value));
        let found = self.subject.answers.at(place);
        if wanted.as_ref() != Ok(found) {
            let typed = match found {
                Answer::Value(scalar) => words::scalar(scalar),
                _ => String::new(),
            };
            self.say(place, field, FaultKind::Prefilled, &typed);
        }
    }

    /// Rows outside the lists, given twice, or left out.
    fn structure(&mut self, (s, f): (usize, usize), field: &Field) {
        let Some(crate::answers::Held::Table(table)) = self.subject.answers.held(s, f) else {
            return;
        };
        for stray in &table.strays {
            let rule = if stray.duplicate { &field.duplicate } else { &field.outside };
            let keys = field.keys.iter().zip(&stray.keys);
            let row: RowKey = keys.map(|(key, entry)| (key.id.clone(), entry.clone())).collect();
            let message = words::stray(stray);
            self.structural((s, f), rule, row, message);
        }
        for (number, _) in table.rows.iter().enumerate().filter(|(_, row)| !row.present) {
            let place = Place::cell(s, f, number, 0);
            let row = words::row_key(self.subject.form, self.subject.answers, place);
            let message = words::left_out(self.subject.form, self.subject.answers, place);
            self.structural((s, f), &field.missing, row, message);
        }
    }

    fn structural(&mut self, (s, f): (usize, usize), rule: &str, row: RowKey, message: String) {
        let places = vec![Place::plain(s, f)];
        self.findings.push(Finding {
            rule: rule.to_owned(),
            severity: Severity::Error,
            order: order(&places, [0; 3], 0),
            places,
            row,
            message,
            given: Given::NotAsked,
            explained_by: None,
        });
    }
}
