//! Faults of one answer on its own: missing, unreadable, out of bounds, changed, identifying.

use super::finding::{Finding, Given, RowKey, order};
use super::scene::{Scene, Where, is_open};
use super::{Subject, privacy, words};
use crate::answers::{Answer, Held, Place, Scalar, entry, row_keys};
use crate::json::is_noncharacter;
use crate::rule::Program;
use crate::template::source::{FaultKind, Field, Privacy};
use crate::template::{FieldKind, FieldPlan, Severity, Spot};

/// Checks every field that is asked.
pub(super) fn check(subject: &Subject<'_>, scene: &mut Scene<'_>, findings: &mut Vec<Finding>) {
    let template = &subject.form.template;
    for (s, (section, plan)) in
        template.source().sections.iter().zip(&template.plan().sections).enumerate()
    {
        for (f, (field, plan)) in section.fields.iter().zip(&plan.fields).enumerate() {
            let mut at = At { subject, findings };
            match (scene.asked.field(s, f), field.kind) {
                (false, _) => {}
                (true, FieldKind::Table) => table(&mut at, scene, (s, f), field, plan),
                (true, _) => {
                    let place = Place::plain(s, f);
                    let condition = plan.required_when.as_ref();
                    let required = field.required || is_true(scene, condition, Where::Whole);
                    at.answer(place, field, required);
                    at.prefilled(place, field, plan, scene);
                }
            }
        }
    }
    explanations(subject, findings);
}

fn is_within(field: &Field, number: i64) -> bool {
    let (least, greatest) = entry::bounds(field);
    (least..=greatest).contains(&number)
}

fn is_true(scene: &mut Scene<'_>, condition: Option<&Program>, at: Where) -> bool {
    condition.is_some() && scene.holds(condition, at)
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
    at.structure((s, f), field, scene);
    let rows = at.subject.answers.rows(s, f);
    let nothing_mistyped = at.subject.mistakes.is_empty();
    for &row in &*scene.asked_rows(number) {
        let Some(cells) = rows.get(row).map(|row| &row.cells) else { continue };
        scene.enter_row(number, row);
        let columns = field.columns.iter().zip(&plan.columns).zip(cells);
        for (column, ((item, plan), cell)) in columns.enumerate() {
            // Most answers are figures within their bounds, of which there is nothing to say.
            if nothing_mistyped
                && let Answer::Value(Scalar::Int(number)) = cell
                && is_within(item, *number)
            {
                continue;
            }
            let hidden = scene.asked.rows.get(number).and_then(|rows| rows.get(row));
            if hidden.is_some_and(|asked| asked.hidden.contains(&column)) {
                continue;
            }
            let condition = plan.required_when.as_ref();
            // What names a row cannot be left blank.
            let required = item.required
                || field.key_columns.contains(&item.id)
                || is_true(scene, condition, Where::Here);
            at.answer(Place::cell(s, f, row, column), item, required);
        }
        scene.leave();
    }
}

/// Explanations are free text too.
fn explanations(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for explanation in subject.explanations {
        let text = &explanation.text;
        let mut kinds = privacy::scan(text, Privacy::Strict);
        if text.chars().any(is_noncharacter) {
            kinds.push(FaultKind::Characters);
        }
        for kind in kinds {
            let label = explained(subject, &explanation.rule);
            let names = words::Names { label: &label, typed: text, ..words::Names::default() };
            let (rule, severity, message) =
                words::fault(subject.form, kind, FieldKind::Text, &names);
            findings.push(Finding {
                rule,
                severity,
                places: Vec::new(),
                row: explanation.row.clone(),
                message,
                // What is asked about an explanation is explained in it.
                given: Given::NotAsked,
                explained_by: None,
                order: [usize::MAX, 0, 0, 0, 0],
            });
        }
    }
}

/// What an explanation is called: after the question that its rule is shown at.
fn explained(subject: &Subject<'_>, rule: &str) -> String {
    let template = &subject.form.template;
    let number = template.source().rules.iter().position(|item| item.id == rule);
    let plan = number.and_then(|number| template.plan().rules.get(number));
    let place = plan.and_then(|plan| plan.places.first()).map(|spot| match *spot {
        Spot::Field(section, field) => Place::plain(section, field),
        Spot::Column(table, column) => {
            let table = template.plan().tables.get(table);
            let (section, field) = table.map_or((0, 0), |t| (t.section, t.field));
            Place::cell(section, field, 0, column)
        }
    });
    match place.and_then(|place| place.field(subject.form)) {
        Some(field) => format!("Explanation of {}", field.label),
        None => "Explanation".to_owned(),
    }
}

struct At<'s, 'f> {
    subject: &'s Subject<'s>,
    findings: &'f mut Vec<Finding>,
}

impl At<'_, '_> {
    fn say(&mut self, place: Place, field: &Field, kind: FaultKind, typed: &str) {
        self.say_within(place, field, kind, typed, entry::bounds(field));
    }

    fn say_within(
        &mut self,
        place: Place,
        field: &Field,
        kind: FaultKind,
        typed: &str,
        (least, greatest): (i64, i64),
    ) {
        let form = self.subject.form;
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
                let choice =
                    matches!(field.kind, FieldKind::Choice | FieldKind::Choices | FieldKind::YesNo);
                let kind = if choice { FaultKind::MissingChoice } else { FaultKind::Missing };
                self.say(place, field, kind, "");
            }
            Answer::Value(scalar) => {
                if let Some(kind) = entry::fault(self.subject.form, field, scalar) {
                    self.say(place, field, kind, &words::scalar(scalar));
                }
                if let Scalar::Text(text) = scalar {
                    self.identifying(place, field, text);
                }
            }
            Answer::NotKnown(reason) => {
                if field.not_known {
                    self.reason(place, field, reason);
                } else {
                    self.say(place, field, FaultKind::State, reason);
                }
                for kind in privacy::scan(reason, Privacy::Strict) {
                    self.say(place, field, kind, reason);
                }
            }
            Answer::NotApplicable if !self.may_be_left_out(place, field) => {
                self.say(place, field, FaultKind::State, "");
            }
            Answer::NotApplicable | Answer::Unanswered => {}
        }
    }

    /// Why an answer is not known is said as an explanation is.
    fn reason(&mut self, place: Place, field: &Field, reason: &str) {
        let bounds = [super::SHORTEST_EXPLANATION, super::LONGEST_EXPLANATION]
            .map(|bound| i64::try_from(bound).unwrap_or(i64::MAX));
        let length = entry::characters(reason.trim());
        let kind = match bounds {
            [least, _] if length < least => FaultKind::TooShort,
            [_, most] if length > most => FaultKind::TooLong,
            _ => return,
        };
        let [least, most] = bounds;
        self.say_within(place, field, kind, reason, (least, most));
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
        if free && field.prefill.is_none() {
            for kind in privacy::scan(text, field.privacy) {
                self.say(place, field, kind, text);
            }
        }
    }

    /// A prefilled value must be the one the collection and the organisation give.
    fn prefilled(&mut self, place: Place, field: &Field, plan: &FieldPlan, scene: &mut Scene<'_>) {
        let Some(program) = &plan.prefill else { return };
        let wanted = scene.run(program, Where::Here).map(|value| super::answer(field.kind, &value));
        let found = self.subject.answers.at(place);
        if wanted.as_ref() != Ok(found) {
            let typed = match found {
                Answer::Value(scalar) => words::scalar(scalar),
                _ => String::new(),
            };
            self.say(place, field, FaultKind::Prefilled, &typed);
        }
    }

    /// Rows outside the lists or not asked here, given twice, or left out.
    fn structure(&mut self, (s, f): (usize, usize), field: &Field, scene: &Scene<'_>) {
        let Subject { form, answers, .. } = *self.subject;
        let Some(Held::Table(table)) = answers.held(s, f) else { return };
        for stray in &table.strays {
            let rule = if stray.duplicate { &field.duplicate } else { &field.outside };
            let mut row = RowKey::new();
            for (key, entry) in field.keys.iter().zip(&stray.keys) {
                row.insert(key.id.clone(), entry.clone());
            }
            let message = words::stray(stray);
            self.structural((s, f), rule, row, message);
        }
        for (number, row) in table.rows.iter().enumerate() {
            let asked = scene.asked.row(form, s, f, number);
            let said = if asked && !row.present {
                Some((&field.missing, ["The row for ", " is left out. Add it."]))
            } else if !asked && row.read {
                Some((&field.outside, ["The row for ", " is not asked here. Take it out."]))
            } else if self.is_again((s, f), number, field) {
                Some((&field.duplicate, ["The row for ", " is given twice. Change one of them."]))
            } else {
                None
            };
            if let Some((rule, said)) = said {
                let place = Place::cell(s, f, number, 0);
                let key = words::row_key(form, answers, place);
                let message = words::of_row(form, answers, place, said);
                self.structural((s, f), rule, key, message);
            }
        }
    }

    /// Whether an earlier row that somebody added has the same keys.
    fn is_again(&self, (s, f): (usize, usize), row: usize, field: &Field) -> bool {
        let Subject { form, answers, .. } = *self.subject;
        if field.key_columns.is_empty() {
            return false;
        }
        let keys = row_keys(form, answers, s, f, row);
        keys.iter().all(|key| !key.entry.is_empty())
            && (0..row).any(|earlier| row_keys(form, answers, s, f, earlier) == keys)
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
