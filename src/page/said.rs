//! What the rules say, seen from the page: on which step it belongs, which control it is about, and what
//! stands in the way of going on.

use super::component::{Message, Problem, Severity, below, tail};
use super::layout::Layout;
use super::screen::start::ORGANISATION;
use super::step::Step;
use super::work::Work;
use crate::answers::Place;
use crate::check::Finding;
use crate::gather::Gather as _;
use crate::letters::Join as _;
use crate::sorted::SortedSet;
use crate::template;

/// The id that problems lead to which no control can mend.
const NOWHERE: &str = "heading";

/// What the page makes of the severity of a finding.
pub(super) fn severity(finding: &Finding) -> Severity {
    match finding.severity {
        template::Severity::Error => Severity::Error,
        template::Severity::Note => Severity::Note,
        template::Severity::Query => Severity::Query,
    }
}

/// The finding as a message beside a control.
pub(super) fn message(finding: &Finding) -> Message {
    Message { severity: severity(finding), text: finding.message.clone() }
}

/// Whether the finding is a query with a box of its own, and not one that another answer explains.
pub(super) fn has_box(finding: &Finding) -> bool {
    finding.severity == template::Severity::Query && finding.explained_by.is_none()
}

/// Whether the finding only says that something is not answered yet. Such findings wait for Continue.
pub(super) fn is_missing(work: &Work, finding: &Finding) -> bool {
    let [place] = finding.places.as_slice() else { return false };
    finding.severity == template::Severity::Error && work.is_open(*place)
}

/// How many required answers of a step are blank, and how many things on it are wrong.
pub(super) fn to_do(work: &Work, on: Step) -> (usize, usize) {
    let (mut open, mut wrong) = (0_usize, 0_usize);
    for finding in work.checked.findings() {
        if finding.severity != template::Severity::Error || step(work, finding) != on {
            continue;
        }
        let counted = if is_missing(work, finding) { &mut open } else { &mut wrong };
        *counted = counted.saturating_add(1);
    }
    (open, wrong)
}

/// What tells one finding from another for as long as the return is filled in.
pub(super) fn key(finding: &Finding) -> String {
    let mut places = Vec::new();
    for Place { section, field, cell } in &finding.places {
        places.push(match cell {
            Some((row, column)) => format!("{section}.{field}.{row}.{column}"),
            None => format!("{section}.{field}"),
        });
    }
    let row: Vec<&str> = finding.row.values().map(String::as_str).gather();
    [finding.rule.as_str(), " ", &row.joined(" "), " at ", &places.joined(" ")].concat()
}

/// Whether a finding was raised. Of thousands, most are of rules of which nothing was: those need no key.
pub(super) fn is_raised(raised: &SortedSet<String>, finding: &Finding) -> bool {
    is_of_raised_rule(raised, finding) && raised.contains(&key(finding))
}

fn is_of_raised_rule(raised: &SortedSet<String>, finding: &Finding) -> bool {
    for key in raised.iter() {
        if key.starts_with(&finding.rule) {
            return true;
        }
    }
    false
}

/// What of all that was raised can be said now, by the keys it is raised under: findings, and boxes that are not filled.
pub(super) fn standing(work: &Work, raised: &SortedSet<String>) -> SortedSet<String> {
    let mut standing = SortedSet::new();
    for finding in work.checked.findings() {
        if is_of_raised_rule(raised, finding) {
            standing.insert(key(finding));
        }
        if has_box(finding) && finding.is_unexplained() {
            standing.insert(box_id(work, finding));
        }
    }
    standing
}

/// How the ids of boxes in which queries are explained begin.
pub(super) const BOX: &str = "explanation";

/// The id of the box in which a query is explained, its row's keys in the order of the table:
/// `explanation.BQ04.2023-07-25.sonographer`.
pub(super) fn box_id(work: &Work, finding: &Finding) -> String {
    let rule = finding.rule.as_str();
    // A row that was added goes by its number: what names it may hold any character.
    let added = finding.places.first().and_then(|place| {
        let (row, _) = place.cell?;
        let is_added = work.draft.answers.is_added(place.section, place.field, row);
        is_added.then(|| row.saturating_add(1).to_string())
    });
    if let Some(row) = added {
        return [BOX, rule, &row].joined(".");
    }
    let mut row: Vec<&str> = Vec::new();
    for section in &work.draft.form.template.source().sections {
        for table in &section.fields {
            let keys = table.keys.iter().filter_map(|key| finding.row.get(&key.id));
            let keys = keys.map(String::as_str).gather();
            if keys.len() >= row.len() {
                row = keys;
            }
        }
    }
    let mut parts = vec![BOX, rule];
    parts.append(&mut row);
    parts.joined(".")
}

/// The step on which the finding can be mended.
pub(super) fn step(work: &Work, finding: &Finding) -> Step {
    if let Some((_, step)) = about_explanation(work, finding) {
        return step;
    }
    match finding.places.first() {
        Some(place) => match work.layout.at(*place) {
            // What is filled in by itself changes with the organisation alone.
            Some(slot) if finding.severity == template::Severity::Error => {
                slot.step.unwrap_or(Step::Start)
            }
            Some(slot) => slot.step.unwrap_or(Step::Check),
            None => work.layout.step_of(place.section),
        },
        None if finding.row.is_empty() => Step::Check,
        None => Step::Section(0),
    }
}

/// The step on which a query is explained: with the answers, or where it first comes up.
pub(super) fn step_of_box(work: &Work, finding: &Finding) -> Step {
    step(work, finding).max(Step::Check)
}

/// The control that a link to the finding leads to.
pub(super) fn target(work: &Work, finding: &Finding) -> String {
    if let Some((id, _)) = about_explanation(work, finding) {
        return id;
    }
    let Some(place) = finding.places.first() else { return NOWHERE.to_owned() };
    target_of(work, *place)
}

/// The first control of a place: an input, the first part of a date, the first radio.
pub(super) fn target_of(work: &Work, place: Place) -> String {
    let layout: &Layout = &work.layout;
    let Some(slot) = layout.at(place) else {
        let table = layout.table((place.section, place.field));
        let first = table.and_then(|table| layout.slots_of_row(table.at, 0).first());
        let added = table.filter(|table| table.is_free).map(|table| add_id(&table.id));
        return first
            .map_or_else(|| added.unwrap_or_else(|| NOWHERE.to_owned()), |slot| slot.id.clone());
    };
    if slot.step.is_none() {
        return ORGANISATION.to_owned();
    }
    let form = &work.draft.form;
    let Some(field) = place.field(form) else { return slot.id.clone() };
    match field.kind {
        template::FieldKind::Date | template::FieldKind::Moment => tail(&slot.id, ".day"),
        template::FieldKind::Choices => {
            let first = form.options(field).first().map_or("", |option| option.id.as_str());
            below(&slot.id, first)
        }
        _ => slot.id.clone(),
    }
}

/// The id of the button that adds a row to a table.
pub(super) fn add_id(table: &str) -> String {
    tail(table, "-add")
}

/// What has to be mended on a step before going on, in page order.
pub(super) fn problems(work: &Work, step_now: Step) -> Vec<Problem> {
    let mut problems: Vec<Problem> = Vec::new();
    for finding in work.checked.findings() {
        let problem = match finding.severity {
            template::Severity::Error if step(work, finding) == step_now => {
                Problem { target: target(work, finding), text: finding.message.clone() }
            }
            template::Severity::Query
                if finding.is_unexplained() && step_of_box(work, finding) == step_now =>
            {
                let Some(problem) = unexplained(work, finding) else { continue };
                problem
            }
            _ => continue,
        };
        problems.push(problem);
    }
    problems
}

/// The problem that a query is not explained; none where an error about the answer that explains it says so already.
fn unexplained(work: &Work, finding: &Finding) -> Option<Problem> {
    let Some(place) = finding.explained_by else {
        let target = box_id(work, finding);
        return Some(Problem { text: explain(work, &target), target });
    };
    let said = work.checked.findings().iter().any(|other| {
        other.severity == template::Severity::Error && other.places.first() == Some(&place)
    });
    (!said).then(|| Problem { target: target_of(work, place), text: finding.message.clone() })
}

/// What to do about an explanation that is missing or has the wrong length.
pub(super) fn explain(work: &Work, id: &str) -> String {
    let about = work.query(id).map(|query| heading(work, query)).unwrap_or_default();
    let written = work.text(id).trim().chars().count();
    match written {
        0 => format!("Explain the query about {about}"),
        1..=14 => format!("Say more about {about}: write at least 15 characters"),
        _ => format!("Shorten what you say about {about} to 500 characters or fewer"),
    }
}

/// What a query asks to be explained, in a few words.
pub(super) fn subject(work: &Work, finding: &Finding) -> String {
    let place = finding.places.first();
    match place.map(|place| work.layout.row(*place).is_some()) {
        Some(true) => format!("the figures for {}", heading(work, finding)),
        Some(false) => format!("the answer to {}", heading(work, finding)),
        None => heading(work, finding),
    }
}

/// What a query is about, in a few words: its row, or its question.
pub(super) fn heading(work: &Work, finding: &Finding) -> String {
    let Some(place) = finding.places.first() else {
        return "this return".to_owned();
    };
    if let Some(row) = work.layout.row(*place) {
        let labels: Vec<&str> =
            std::iter::once(&row.label).chain(&row.above).map(String::as_str).gather();
        return labels.joined(", ");
    }
    let label = place.field(&work.draft.form).map_or("this return", |field| field.label.as_str());
    format!("“{label}”")
}

/// The box that holds what the finding is about, where it is about an explanation itself; and its step.
///
/// Faults of explanations have no place among the answers; their ids are those of the template's fault texts.
fn about_explanation(work: &Work, finding: &Finding) -> Option<(String, Step)> {
    let faults = &work.draft.form.template.source().faults;
    if !finding.places.is_empty() || !faults.iter().any(|fault| fault.id == finding.rule) {
        return None;
    }
    let queries = work.checked.findings().iter().filter(|query| has_box(query));
    let query = queries.filter(|query| query.row == finding.row).find(|query| {
        let mut given = work.draft.explanations.iter();
        given.any(|given| given.rule == query.rule && given.row == query.row)
    })?;
    Some((box_id(work, query), step_of_box(work, query)))
}
