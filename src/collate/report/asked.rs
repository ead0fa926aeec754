//! What there is to ask: explanations and queries by rule and organisation, what a check found otherwise than was
//! signed, and what two returns of one organisation say differently.

use super::names;
use crate::collate::collation::{Collation, From};
use crate::collate::table::{Cell, Kind, Table};
use crate::file::ContentVerdict;
use crate::template::Severity;

/// Every query and error of every return that was checked, by rule, then by organisation.
pub(super) fn findings(collation: &Collation) -> Table {
    let mut table = Table::new(
        "findings",
        "Queries and explanations",
        "What the rules said when every return was checked again, by rule and by organisation, with the explanation where there is one. Notes are left out. A row for a return that does not count says so.",
        &[
            ("template", "Return, by id", Kind::Code),
            ("stage", "Stage", Kind::Code),
            ("rule", "Rule", Kind::Code),
            ("organisation", "Organisation code", Kind::Code),
            ("name", "Organisation", Kind::Text),
            ("kind", "Kind", Kind::Code),
            ("message", "What was asked", Kind::Text),
            ("explanation", "What explains it", Kind::Text),
            ("counts", "The return counts", Kind::Code),
            ("from", "File, or entered by region", Kind::Text),
        ],
    );
    let mut rows = Vec::new();
    for own in &collation.owed {
        for (from, counts, raised) in sources(own, collation) {
            for one in raised {
                let kind = match (one.severity, &one.explanation) {
                    (Severity::Error, _) => "error",
                    (_, Some(_)) => "explained",
                    (_, None) => "unexplained",
                };
                rows.push(vec![
                    Cell::text(&own.template),
                    Cell::text(own.stage.unwrap_or_default()),
                    Cell::text(&one.rule),
                    Cell::text(&own.organisation),
                    Cell::text(&own.name),
                    Cell::text(kind),
                    Cell::text(&one.message),
                    Cell::text(one.explanation.as_deref().unwrap_or_default()),
                    Cell::yes(counts),
                    Cell::name(&from),
                ]);
            }
        }
    }
    // By rule first: what one rule asked of everybody stands together. What is equal keeps its order.
    let key = |row: &Vec<Cell>| row.iter().take(3).map(|cell| cell.plain(0)).collect::<Vec<_>>();
    rows.sort_by_cached_key(key);
    for row in rows {
        table.push(row);
    }
    table
}

type Said<'c> = (String, bool, &'c [crate::collate::judge::Raised]);

/// Whatever was checked of one return: its files, each return once, and figures entered.
fn sources<'c>(own: &crate::collate::owed::Owed, collation: &'c Collation) -> Vec<Said<'c>> {
    let mut said: Vec<Said<'c>> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for file in own.files.iter().filter_map(|number| collation.files.get(*number)) {
        let Some(found) = file.as_return().filter(|found| !seen.contains(&found.id.as_str()))
        else {
            continue;
        };
        seen.push(&found.id);
        said.push((file.judged.name.clone(), file.counts(), &found.raised));
    }
    for figures in collation.figures.iter().filter(|figures| figures.counts) {
        let is_mine = collation.owed.get(figures.owed).is_some_and(|owed| std::ptr::eq(owed, own));
        if let (true, From::Entered(_)) = (is_mine, figures.from) {
            said.push(("entered by region".to_owned(), true, collation.raised(figures)));
        }
    }
    said
}

/// What a check here found otherwise than was signed.
pub(super) fn differences(collation: &Collation) -> Table {
    let mut table = Table::new(
        "differences",
        "Differences from what was signed",
        "Where a check here, with the same rules, finds something else than the file says. Such a return does not count.",
        &[
            ("file", "File", Kind::Text),
            ("template", "Return, by id", Kind::Code),
            ("organisation", "Organisation code", Kind::Code),
            ("name", "Organisation, as the file says", Kind::Text),
            ("at", "Where in the file", Kind::Code),
            ("said", "The file says", Kind::Text),
            ("found", "A check finds", Kind::Text),
        ],
    );
    for file in &collation.files {
        let Some(found) = file.as_return() else { continue };
        let ContentVerdict::Differs(all) = &found.verdict else { continue };
        for difference in all {
            table.push(vec![
                Cell::name(&file.judged.name),
                Cell::text(&found.template),
                Cell::text(&found.organisation.code),
                Cell::text(&found.organisation.name),
                Cell::text(&difference.pointer),
                Cell::text(&difference.said),
                Cell::text(&difference.found),
            ]);
        }
    }
    table
}

/// What the rules ask that read two returns of one organisation.
pub(super) fn questions(collation: &Collation) -> Table {
    let mut table = Table::new(
        "questions",
        "Questions to ask",
        "Two returns of one organisation do not seem to fit together, and the one was not at hand when the other was sealed. These are questions to ask: they change nothing in what counts.",
        &[
            ("template", "Return, by id", Kind::Code),
            ("stage", "Stage", Kind::Code),
            ("organisation", "Organisation code", Kind::Code),
            ("name", "Organisation", Kind::Text),
            ("rule", "Rule", Kind::Code),
            ("question", "Question", Kind::Text),
            ("read", "Returns compared, by id", Kind::Code),
        ],
    );
    for question in &collation.questions {
        let Some(own) = collation.owed.get(question.owed) else { continue };
        let mut row = names::owed(own);
        row.extend([
            Cell::text(&question.rule),
            Cell::text(&question.message),
            Cell::text(question.read.join(" ")),
        ]);
        table.push(row);
    }
    table
}
