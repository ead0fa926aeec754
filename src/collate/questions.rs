//! The rules that read two returns of one organisation, run when both are at hand: questions to ask.

use super::collation::{Collation, File, From, Operator};
use super::judge::Return;
use crate::check::Given;
use crate::file;
use crate::template::Severity;
use std::collections::BTreeMap;

/// What a rule asks that reads two returns of one organisation. It changes nothing in what counts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Question {
    /// What is owed that it is about: its number among [`Collation::owed`].
    pub owed: usize,
    /// The rule.
    pub rule: String,
    /// What is asked.
    pub message: String,
    /// The ids of the other returns that it reads.
    pub read: Vec<String>,
}

/// Runs the rules that read another return, for every organisation of which more than one counts.
pub(super) fn questions(collation: &Collation, operator: &Operator<'_>) -> Vec<Question> {
    let mut of: BTreeMap<&str, Vec<(usize, &Return)>> = BTreeMap::new();
    for figures in collation.figures.iter().filter(|figures| figures.counts) {
        let From::File(number) = figures.from else { continue };
        if let Some(found) = collation.files.get(number).and_then(File::as_return) {
            of.entry(&found.organisation.code).or_default().push((figures.owed, found));
        }
    }
    let mut questions = Vec::new();
    for mine in of.values().filter(|mine| mine.len() > 1) {
        let all: Vec<file::Whole<'_>> = mine.iter().map(|(_, own)| whole(own)).collect();
        for (owed, own) in mine {
            let (found, read) = file::across(whole(own), &all, operator.bench.set);
            for finding in found {
                // What was asked and explained when it was sealed needs no asking.
                let known = own
                    .raised
                    .iter()
                    .any(|raised| raised.rule == finding.rule && raised.message == finding.message);
                if finding.severity != Severity::Note
                    && !known
                    && !matches!(finding.given, Given::Explained(_))
                {
                    let (rule, message) = (finding.rule, finding.message);
                    questions.push(Question { owed: *owed, rule, message, read: read.clone() });
                }
            }
        }
    }
    questions.sort_by_key(|question| question.owed);
    questions
}

fn whole(own: &Return) -> file::Whole<'_> {
    (&own.id, &own.canonical)
}
