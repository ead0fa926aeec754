//! `verify --since`: what a return says otherwise than an earlier version of it.

use std::path::Path;

use super::output::Output;
use super::{Failure, edge};
use crate::check::Checked;
use crate::collection::Set;
use crate::file::{self, Change, Draft, Verified, Version};
use crate::json::Value;

/// The earlier version, as it was verified.
pub(super) struct Since {
    id: String,
    draft: Draft,
    checked: Checked,
}

impl Since {
    /// Reads and verifies the file of the earlier version.
    ///
    /// # Errors
    /// Where it cannot be read, does not verify, or what it answers is not in the set.
    pub(super) fn read(path: &Path, set: &Set) -> Result<Self, Failure> {
        let name = path.display();
        let refused = |why: String, help: &str| Failure::unreadable(format!("{name}: {why}"), help);
        let verified = file::verify(&edge::read(path)?, set)
            .map_err(|error| refused(error.to_string(), error.remedy()))?;
        let draft =
            Draft::of(&verified).map_err(|error| refused(error.to_string(), error.remedy()))?;
        let Some(checked) = verified.checked().cloned() else {
            let verdict = verified.verdict();
            return Err(refused(verdict.sentence(), verdict.next_step()));
        };
        Ok(Self { id: verified.id().to_owned(), draft, checked })
    }

    /// Says what the later version says otherwise.
    pub(super) fn say(&self, later: &Verified, output: &mut Output, one: &mut Output) {
        let is_named = later.content().supersedes.as_ref() == Some(&self.id);
        let versions = Draft::of(later).ok().zip(later.checked());
        let changes = versions.as_ref().and_then(|(draft, checked)| {
            let earlier = Version { draft: &self.draft, checked: &self.checked };
            file::compare(earlier, Version { draft, checked })
        });
        let Some(changes) = changes else {
            output.line("  the earlier file is of another return: it cannot be compared");
            return;
        };
        let revision = self.draft.revision;
        output.line(&if is_named {
            format!("  replaces version {revision}, the earlier file")
        } else {
            format!("  does not name version {revision}, the earlier file, as the one it replaces")
        });
        one.member("replaces_earlier", is_named);
        let all = [
            ("totals", &changes.totals),
            ("answers", &changes.answers),
            ("explanations", &changes.explanations),
        ];
        for (_, list) in all {
            for Change { question, was, is } in list {
                output.line(&format!("    {question}: was {was}, is {is}"));
            }
        }
        if changes.is_empty() {
            output.line("    both say the same");
        }
        let [totals, answers, explanations] = all.map(|(_, list)| {
            let list = list.iter().map(
                |Change { question, was, is }| crate::json!({ "is": is, "question": question, "was": was }),
            );
            list.collect::<Value>()
        });
        one.member(
            "changes",
            crate::json!({ "answers": answers, "explanations": explanations, "totals": totals }),
        );
    }
}
