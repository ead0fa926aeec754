//! The files themselves: what was found of each, and who sent what.

use super::names::Names;
use super::received::source;
use crate::collate::collation::{Collation, File};
use crate::collate::decisions::Decisions;
use crate::collate::judge::{Return, What};
use crate::collate::table::{Cell, Kind, Table};
use crate::register::Standing;
use crate::sign::{Role, Thumbprint};
use crate::time::Instant;
use std::collections::{BTreeMap, BTreeSet};

/// One row for each file.
pub(super) fn files(collation: &Collation) -> Table {
    let mut table = Table::new(
        "files",
        "Files",
        "Every file that was given, what was found of it, and what to do. Nothing in a file was believed that was not checked here.",
        &[
            ("file", "File", Kind::Text),
            ("bytes", "Bytes", Kind::Count),
            ("verdict", "What it is, in a word", Kind::Code),
            ("sentence", "What was found", Kind::Text),
            ("next_step", "What to do next", Kind::Text),
            ("counts", "It counts", Kind::Code),
            ("counts_confirmed", "It counts among confirmed senders alone", Kind::Code),
            ("organisation", "Organisation code", Kind::Code),
            ("name", "Organisation, as the file says", Kind::Text),
            ("collection", "Collection", Kind::Code),
            ("template", "Return, by id", Kind::Code),
            ("stage", "Stage", Kind::Code),
            ("revision", "Version", Kind::Count),
            ("received_at", "Received", Kind::Time),
            ("received_by", "How that is known", Kind::Code),
            ("prepared_at", "Sealed, by the sender’s clock", Kind::Time),
            ("sealed_late", "Sealed after the window closed, by the sender’s clock", Kind::Code),
            ("sender", "Sender", Kind::Code),
            ("id", "Return id", Kind::Code),
        ],
    );
    for file in &collation.files {
        let mut row = vec![
            Cell::name(&file.judged.name),
            Cell::Count(i64::try_from(file.judged.bytes).unwrap_or(i64::MAX)),
            Cell::text(file.code()),
            Cell::text(file.sentence()),
            Cell::text(&file.next_step),
        ];
        if let What::Return(found) = &file.judged.what {
            row.extend(of_return(file, found));
        }
        table.push(row);
    }
    table
}

fn of_return(file: &File, found: &Return) -> [Cell; 14] {
    [
        Cell::yes(file.counts()),
        Cell::yes(file.counts_confirmed),
        Cell::text(&found.organisation.code),
        Cell::text(&found.organisation.name),
        Cell::text(&found.collection.id),
        Cell::text(&found.template),
        Cell::text(found.stage.unwrap_or_default()),
        Cell::Count(found.revision),
        Cell::time(file.judged.received.time()),
        source(file.judged.received),
        Cell::time(found.prepared_at),
        Cell::yes(found.says_late),
        Cell::text(file.sender.code()),
        Cell::text(&found.id),
    ]
}

/// The returns that are new since a time.
pub(super) fn news(collation: &Collation, since: Instant, decisions: &Decisions) -> Table {
    let mut table = Table::new(
        "news",
        "New",
        &format!(
            "What arrived at {since} or later or, where the time of receipt is not known, was not seen in a collation before then."
        ),
        &[
            ("file", "File", Kind::Text),
            ("template", "Return, by id", Kind::Code),
            ("stage", "Stage", Kind::Code),
            ("organisation", "Organisation code", Kind::Code),
            ("name", "Organisation, as the file says", Kind::Text),
            ("revision", "Version", Kind::Count),
            ("received_at", "Received", Kind::Time),
            ("seen_at", "Seen first", Kind::Time),
            ("verdict", "What became of it", Kind::Code),
            ("sentence", "What was found", Kind::Text),
        ],
    );
    for file in &collation.files {
        let Some(found) = file.as_return() else { continue };
        let (received, seen) = (file.judged.received.time(), decisions.seen_at(&found.id));
        let is_new = match (received, seen) {
            (Some(at), _) | (None, Some(at)) => at >= since,
            // Nobody has seen it until now.
            (None, None) => true,
        };
        if is_new {
            table.push(vec![
                Cell::name(&file.judged.name),
                Cell::text(&found.template),
                Cell::text(found.stage.unwrap_or_default()),
                Cell::text(&found.organisation.code),
                Cell::text(&found.organisation.name),
                Cell::Count(found.revision),
                Cell::time(received),
                Cell::time(seen),
                Cell::text(file.code()),
                Cell::text(file.sentence()),
            ]);
        }
    }
    table
}

/// What is known of a key on the returns of one organisation.
#[derive(Default)]
struct Use<'a> {
    returns: BTreeSet<&'a str>,
    header: Option<(&'a str, &'a str, &'static str)>,
    standing: Option<&'a Standing>,
    confirmed: bool,
}

/// Who sealed what: one row for each organisation and key.
pub(super) fn senders(collation: &Collation, names: Names<'_>, decisions: &Decisions) -> Table {
    let mut table = Table::new(
        "senders",
        "Senders",
        "One row for each organisation and each key that sealed a return of it. To confirm a sender, call the organisation on a number you know and compare the check code.",
        &[
            ("organisation", "Organisation code", Kind::Code),
            ("name", "Organisation", Kind::Text),
            ("check_code", "Check code", Kind::Code),
            ("key", "Thumbprint of the key", Kind::Code),
            ("signer", "Signer", Kind::Text),
            ("job_title", "Job title", Kind::Text),
            ("role", "Role", Kind::Code),
            ("standing", "Sender", Kind::Code),
            ("sentence", "What is known of them", Kind::Text),
            ("next_step", "What to do next", Kind::Text),
            ("returns", "Returns sealed", Kind::Count),
            ("also", "The same key sealed returns of", Kind::Text),
        ],
    );
    let mut all: BTreeMap<(&str, String), (Thumbprint, Use<'_>)> = BTreeMap::new();
    let mut claims: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for file in &collation.files {
        let Some(found) = file.as_return() else { continue };
        for (signature, standing) in found.signatures.iter().zip(&file.standings) {
            let (key, header) = (signature.thumbprint.to_string(), &signature.header);
            let code = found.organisation.code.as_str();
            claims.entry(key.clone()).or_default().insert(code);
            let (_, own) =
                all.entry((code, key)).or_insert_with(|| (signature.thumbprint, Use::default()));
            own.returns.insert(&found.id);
            let role = match header.role {
                Role::Approver => "approver",
                Role::Preparer => "preparer",
            };
            let said = (header.signer_name.as_str(), header.signer_job_title.as_str(), role);
            // Of several, the first by name: whatever the order of files.
            own.header = Some(own.header.map_or(said, |held| held.min(said)));
            own.standing = Some(standing);
            own.confirmed = decisions.confirms(&signature.thumbprint, code);
        }
    }
    for ((code, key), (thumbprint, own)) in all {
        let (signer, job_title, role) = own.header.unwrap_or_default();
        let standing = own.standing.unwrap_or(&Standing::NotConfirmed);
        let is_new = *standing == Standing::NotConfirmed;
        let (word, sentence, step) = if is_new && own.confirmed {
            ("confirmed", "confirmed here".to_owned(), "")
        } else {
            (standing.code(), standing.sentence(), standing.next_step())
        };
        let others: Vec<&str> = claims
            .get(&key)
            .into_iter()
            .flatten()
            .copied()
            .filter(|other| *other != code)
            .collect();
        table.push(vec![
            Cell::text(code),
            Cell::text(names.organisation(code)),
            Cell::text(thumbprint.check_code()),
            Cell::text(key),
            Cell::text(signer),
            Cell::text(job_title),
            Cell::text(role),
            Cell::text(word),
            Cell::text(sentence),
            Cell::text(step),
            Cell::count(own.returns.len()),
            Cell::text(others.join(", ")),
        ]);
    }
    table
}
