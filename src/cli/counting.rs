//! Which of several files counts: forks, gaps, rollbacks and late ones, each named (DESIGN.md 4).

use super::output::{Output, Status};
use crate::collection::Form;
use crate::file::{Candidate, Oddity, Place, Verified, counts};
use crate::json::Value;
use crate::register::Received;
use crate::sorted::SortedSet;
use std::rc::Rc;

/// A return that was verified and may count.
pub(super) struct Standing {
    name: String,
    /// Organisation, collection, template and stage: what one return is owed for.
    owed: (String, String, String, Option<String>),
    form: Rc<Form>,
    candidate: Candidate,
}

impl Standing {
    /// It, where the operator holds its form.
    pub(super) fn of(name: &str, verified: &Verified, received: Received) -> Option<Self> {
        let (content, form) = (verified.content(), verified.form()?.clone());
        Some(Self {
            name: name.to_owned(),
            owed: (
                content.organisation.code.clone(),
                content.collection.sha256.clone(),
                content.template.id.clone(),
                content.stage().map(str::to_owned),
            ),
            form,
            candidate: Candidate {
                id: verified.id().to_owned(),
                revision: content.revision,
                supersedes: content.supersedes.clone(),
                received,
            },
        })
    }
}

/// Says which file counts, of every return that there are several files of, or of which it is known when it came. A fork
/// is for the operator to settle.
pub(super) fn say(all: &[Standing], chosen: &[String], output: &mut Output) -> Status {
    let chosen: SortedSet<String> = chosen.iter().cloned().collect();
    let mut seen: Vec<&Standing> = Vec::new();
    let mut documents = Vec::new();
    let mut status = Status::Good;
    for one in all {
        if seen.iter().any(|other| other.owed == one.owed) {
            continue;
        }
        seen.push(one);
        let group: Vec<&Standing> = all.iter().filter(|other| other.owed == one.owed).collect();
        let files: Vec<Candidate> = group.iter().map(|one| one.candidate.clone()).collect();
        if group.len() == 1 && one.candidate.received == Received::Unknown {
            continue;
        }
        let found = counts(&files, one.form.window, &chosen);
        let (organisation, template) = (&one.owed.0, &one.owed.2);
        output.line(&format!("Which file counts for {organisation}, {template}:"));
        for (own, (place, odd)) in group.iter().zip(&found) {
            // Of one file alone it is not known what else has arrived.
            let odd: &[Oddity] = if group.len() == 1 { &[] } else { odd };
            line(own, place, odd, output);
            documents.push(to_json(own, place, odd));
            if matches!(place, Place::Fork { .. }) {
                status = Status::Findings;
            }
        }
    }
    if !documents.is_empty() {
        output.member("counts", Value::Array(documents));
    }
    status.max(unknown(all, &chosen, output))
}

/// A choice of a file that is not there settles nothing, and must not look as if it did.
fn unknown(all: &[Standing], chosen: &SortedSet<String>, output: &mut Output) -> Status {
    let is_there = |id: &&String| all.iter().any(|one| one.candidate.id == **id);
    let unknown: Vec<&String> = chosen.iter().filter(|id| !is_there(id)).collect();
    for id in &unknown {
        output.line(&format!(
            "--choose {id}: none of these files has this id, or it may not count. Copy the id from what is said of the fork."
        ));
    }
    if unknown.is_empty() {
        return Status::Good;
    }
    let unknown: Value = unknown.into_iter().map(|id| Value::from(id.as_str())).collect();
    output.member("chosen_unknown", unknown);
    Status::Findings
}

fn line(own: &Standing, place: &Place, odd: &[Oddity], output: &Output) {
    let mut text = format!("  {}: {}", own.name, place.sentence());
    for oddity in odd {
        text.push(' ');
        text.push_str(oddity.sentence());
    }
    output.line(&text);
    if matches!(place, Place::Fork { .. }) {
        output.line(&format!(
            "    Ask the sender which one is right, then give --choose {}",
            own.candidate.id
        ));
    }
}

fn to_json(own: &Standing, place: &Place, odd: &[Oddity]) -> Value {
    let odd: Value = odd.iter().map(|oddity| Value::from(oddity.code())).collect();
    crate::json!({
        "file": own.name.as_str(), "id": &own.candidate.id, "odd": odd, "place": place.code(),
    })
}
