//! `check`: what the rules say of drafts and sealed returns, in page order.

use super::args::Check;
use super::files;
use super::output::{Output, Status};
use super::{Failure, edge, expected_list};
use crate::answers::Answers;
use crate::check::{self, Finding, GUIDE, Given, Outcome};
use crate::collection::{Form, Set};
use crate::file::{Draft, Verified};
use crate::json::{self, Value};
use crate::template::Severity;
use crate::time::Instant;
use std::path::PathBuf;

pub(super) fn run(verb: &Check, set: &Set, output: &mut Output) -> Result<Status, Failure> {
    let at = verb.at.as_deref().map(edge::time).transpose()?;
    let others = others(&verb.with.with, set)?;
    let list = expected_list::given(&verb.expected, set, &verb.remember)?;
    Ok(files::each(&verb.files.files, output, |name, bytes, output, one| {
        let found = file(bytes, set, at, &others)?;
        let status = say(name, &found, output, one);
        if let Some(list) = &list {
            let (form, code) = (&found.draft.form, &found.draft.organisation.code);
            let id = (form.collection.source().id.as_str(), form.template.source().id.as_str());
            expected_list::say(list, code, id, set, output, one);
        }
        Ok(status)
    }))
}

/// The sealed returns that are put at hand, each verified first.
pub(super) fn others(files: &[PathBuf], set: &Set) -> Result<Vec<Verified>, Failure> {
    let verified = files.iter().map(|path| {
        let bytes = edge::read(path)?;
        crate::file::verify(&bytes, set).map_err(|error| {
            Failure::unreadable(format!("{}: {error}", path.display()), error.remedy())
        })
    });
    verified.collect()
}

struct Found {
    draft: Draft,
    checked: check::Checked,
}

/// Checks a draft as of a time or now, a sealed return as of the time it was prepared.
fn file(
    bytes: &[u8],
    set: &Set,
    at: Option<Instant>,
    others: &[Verified],
) -> Result<Found, Failure> {
    let value = json::read(bytes).map_err(|e| Failure::unreadable(e.to_string(), e.remedy()))?;
    let (mut draft, now) = if value.get("return").is_some() {
        let verified = crate::file::verify(bytes, set)
            .map_err(|e| Failure::unreadable(e.to_string(), e.remedy()))?;
        let at = verified.content().prepared_at.as_deref().and_then(|at| Instant::parse(at).ok());
        (Draft::of(&verified).map_err(|e| Failure::unreadable(e.to_string(), e.remedy()))?, at)
    } else {
        (Draft::read(bytes, set).map_err(|e| Failure::unreadable(e.to_string(), e.remedy()))?, None)
    };
    let now = match now.or(at) {
        Some(now) => now,
        None => edge::now()?,
    };
    for other in others {
        draft.give(other.whole());
    }
    let checked = check::check(&draft.subject(now, &check::Mistakes::new()));
    Ok(Found { draft, checked })
}

fn say(name: &str, found: &Found, output: &mut Output, one: &mut Output) -> Status {
    let Found { draft, checked } = found;
    let (errors, queries, notes) = (
        checked.count(Severity::Error),
        checked.count(Severity::Query),
        checked.count(Severity::Note),
    );
    let unexplained = checked.unexplained().count();
    output.line(&format!("{name}: {errors} to correct, {queries} to explain ({unexplained} not explained), {notes} to note"));
    output.findings(checked.findings(), &draft.form, &draft.answers);
    one.member("errors", errors);
    one.member("unexplained", unexplained);
    say_findings(checked.findings(), &draft.form, &draft.answers, one);
    say_outcomes(&checked.outcomes(&draft.form, &draft.answers), output, one);
    if checked.is_sealable() { Status::Good } else { Status::Findings }
}

/// Says each grade and index with the facts that caused it.
fn say_outcomes(outcomes: &[Outcome], output: &mut Output, one: &mut Output) {
    if !outcomes.is_empty() {
        output.line(&format!("  Ratings. {GUIDE}"));
    }
    for Outcome { label, row_label, words, because, .. } in outcomes {
        let of = if row_label.is_empty() { String::new() } else { format!(", {row_label}") };
        output.line(&format!("    {label}{of}: {words}"));
        for fact in because {
            output.line(&format!("      {fact}"));
        }
    }
    let to_json = |item: &Outcome| {
        let result = item.result.clone().map_or(Value::Null, Value::String);
        crate::json!({
            "because": item.because.clone(), "id": &item.id, "result": result, "row": &item.row,
            "words": &item.words,
        })
    };
    one.member("ratings", outcomes.iter().map(to_json).collect::<Value>());
}

/// Says each finding; in JSON with rule, severity, row and place.
pub(super) fn say_findings(
    findings: &[Finding],
    form: &Form,
    answers: &Answers,
    output: &mut Output,
) {
    output.findings(findings, form, answers);
    output.member(
        "findings",
        findings.iter().map(|finding| to_json(finding, form, answers)).collect::<Value>(),
    );
}

impl Output {
    fn findings(&mut self, findings: &[Finding], form: &Form, answers: &Answers) {
        for finding in findings {
            let at =
                finding.places.first().map(|place| place.id(form, answers)).unwrap_or_default();
            self.line(&format!("  {} {} {at}", word(finding.severity), finding.rule));
            self.line(&format!("    {}", finding.message));
            match &finding.given {
                Given::Explained(text) => self.line(&format!("    explained: {text}")),
                Given::Missing => self.line("    not explained yet"),
                Given::NotAsked => {}
            }
        }
    }
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Query => "query",
        Severity::Note => "note",
    }
}

fn to_json(finding: &Finding, form: &Form, answers: &Answers) -> Value {
    let places: Vec<String> = finding.places.iter().map(|place| place.id(form, answers)).collect();
    let explanation = match &finding.given {
        Given::Explained(text) => Value::String(text.clone()),
        Given::Missing | Given::NotAsked => Value::Null,
    };
    crate::json!({
        "at": places, "explanation": explanation, "message": &finding.message,
        "row": &finding.row, "rule": &finding.rule, "severity": word(finding.severity),
    })
}
