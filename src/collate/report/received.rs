//! Expected against received: the summary, one row for each return, counts by area, and whom to chase.

use super::names::{self, Names};
use crate::collate::collation::{Collation, From, Sender, Why};
use crate::collate::decisions::Decisions;
use crate::collate::owed::{Asked, Owed, Status};
use crate::collate::table::{Cell, Kind, Table};
use crate::collection::Contact;
use crate::register::Received;
use std::collections::BTreeMap;

/// How it is known when a file was received, in a word.
pub(super) fn source(received: Received) -> Cell {
    match received {
        Received::At(_, source) => Cell::text(source.word()),
        Received::Unknown => Cell::Empty,
    }
}

/// What is counted of the returns of one template at one stage: its id, what it is called, and which returns it counts.
type Fact = (&'static str, &'static str, fn(&Owed) -> bool);

const FACTS: [Fact; 17] = [
    ("expected", "Expected", |own| own.asked == Asked::Expected),
    ("expected_counts", "Expected, and figures count", |own| {
        own.asked == Asked::Expected && own.status.counts()
    }),
    ("missing", "Expected, and nothing came", |own| {
        own.asked == Asked::Expected && own.status == Status::Missing
    }),
    ("outstanding", "Expected, and no figures count", Owed::is_outstanding),
    ("received", "Received and counted, nil returns among them", |own| own.revision.is_some()),
    ("nil", "Nil returns", |own| own.status == Status::Nil),
    ("revised", "A later version than the first counts", |own| {
        own.revision.is_some_and(|revision| revision > 1)
    }),
    ("entered", "Entered by region", |own| own.status == Status::Entered),
    ("late", "Late, and nothing else counts", |own| own.status == Status::Late),
    ("fork", "Two versions differ: choose", |own| own.status == Status::Fork),
    ("held", "Held: sender not confirmed", |own| own.status == Status::DoesNotCount(Why::Held)),
    (
        "does_not_count",
        "Came, and does not count",
        |own| matches!(own.status, Status::DoesNotCount(why) if why != Why::Held),
    ),
    ("sender_known", "Counted, sender in the list of senders", |own| {
        own.sender == Some(Sender::Known)
    }),
    ("sender_confirmed", "Counted, sender confirmed here", |own| {
        own.sender == Some(Sender::Confirmed)
    }),
    ("sender_not_confirmed", "Counted, sender not confirmed", |own| {
        own.sender == Some(Sender::NotConfirmed)
    }),
    ("open", "Came from who may complete it and owes nothing", |own| {
        own.asked == Asked::Open && own.status != Status::Missing
    }),
    ("unexpected", "Came, and is not on the expected list", |own| {
        own.asked == Asked::Unexpected && own.status != Status::Missing
    }),
];

/// The counts of everything. They can be added up by nobody: a return stands in several of them.
pub(super) fn summary(collation: &Collation, names: Names<'_>) -> Table {
    let mut table = Table::new(
        "summary",
        "Summary",
        &note(names),
        &[
            ("template", "Return, by id", Kind::Code),
            ("stage", "Stage", Kind::Code),
            ("title", "Return", Kind::Text),
            ("fact", "What is counted, by id", Kind::Code),
            ("label", "What is counted", Kind::Text),
            ("count", "Count", Kind::Count),
        ],
    );
    let mut groups: BTreeMap<(&str, Option<&str>), Vec<&Owed>> = BTreeMap::new();
    for own in &collation.owed {
        groups.entry((&own.template, own.stage)).or_default().push(own);
    }
    let is_complete = names.operator.expected.is_some_and(|list| list.complete);
    for ((template, stage), all) in groups {
        let title = names.title(template, stage);
        let mut row = |fact: &str, label: &str, count: Cell| {
            let stage = Cell::text(stage.unwrap_or_default());
            let (fact, label) = (Cell::text(fact), Cell::text(label));
            table.push(vec![Cell::text(template), stage, Cell::text(title), fact, label, count]);
        };
        let count = |is: fn(&Owed) -> bool| all.iter().filter(|own| is(own)).count();
        for (fact, label, is) in FACTS {
            row(fact, label, Cell::count(count(is)));
        }
        let (expected, counted) = (count(FACTS[0].2), count(FACTS[1].2));
        if is_complete && expected > 0 {
            let percent = counted.saturating_mul(100).checked_div(expected).unwrap_or_default();
            row(
                "percent",
                "Per cent of those expected whose figures count, rounded down",
                Cell::count(percent),
            );
        }
    }
    let mut files: BTreeMap<&str, usize> = BTreeMap::new();
    for file in &collation.files {
        *files.entry(file.code()).or_default() += 1;
    }
    let mut row = |fact: &str, label: &str, count: usize| {
        let (fact, label) = (Cell::text(fact), Cell::text(label));
        table.push(vec![Cell::Empty, Cell::Empty, Cell::Empty, fact, label, Cell::count(count)]);
    };
    row("files", "Files", collation.files.len());
    for (code, count) in files {
        row(&["files_", code].concat(), &["Files: ", &code.replace('_', " ")].concat(), count);
    }
    table
}

fn note(names: Names<'_>) -> String {
    let counted = "A return is counted in every line that it fits, so the lines do not add up.";
    match names.operator.expected {
        None => {
            [counted, " There is no expected list, so nothing is known to be missing."].concat()
        }
        Some(list) if list.complete => counted.to_owned(),
        Some(list) => {
            let gap = " The expected list is not complete, so no percentage is shown.";
            let said =
                if list.note.is_empty() { String::new() } else { [" ", &list.note].concat() };
            [counted, gap, &said].concat()
        }
    }
}

/// One row for each return that is owed or came.
pub(super) fn returns(collation: &Collation, decisions: &Decisions) -> Table {
    let mut table = Table::new(
        "returns",
        "Expected and received",
        "One row for each return that is expected, or came all the same. A time of receipt that is not known is empty: it is never late.",
        &[
            ("template", "Return, by id", Kind::Code),
            ("stage", "Stage", Kind::Code),
            ("organisation", "Organisation code", Kind::Code),
            ("name", "Organisation", Kind::Text),
            ("kind", "Kind of organisation", Kind::Code),
            ("icb", "ICB code", Kind::Code),
            ("region", "Region code", Kind::Code),
            ("asked", "Whether it is expected", Kind::Code),
            ("status", "What came of it, in a word", Kind::Code),
            ("status_words", "What came of it", Kind::Text),
            ("revision", "Version that counts", Kind::Count),
            ("sender", "Sender", Kind::Code),
            ("received_at", "Received", Kind::Time),
            ("received_by", "How that is known", Kind::Code),
            ("files", "Files that came", Kind::Count),
            ("counted_file", "File that counts", Kind::Text),
            ("id", "Return id that counts", Kind::Code),
            ("entered", "Entered by region: source, who and when", Kind::Text),
            ("next_step", "What to do next", Kind::Text),
            ("note", "Notes", Kind::Text),
        ],
    );
    for own in &collation.owed {
        let file = own.files.iter().filter_map(|file| collation.files.get(*file));
        let file: Vec<_> = file.collect();
        let counting = file.iter().find(|file| file.counts());
        let id = counting.and_then(|file| file.as_return()).map(|found| found.id.as_str());
        let notes = decisions.notes.iter().filter(|note| {
            note.organisation == own.organisation
                && (note.template.is_empty() || note.template == own.template)
        });
        let notes: Vec<&str> = notes.map(|note| note.text.as_str()).collect();
        let steps = file.iter().map(|file| file.next_step.as_str()).filter(|step| !step.is_empty());
        let mut steps: Vec<&str> = steps.collect();
        steps.sort_unstable();
        steps.dedup();
        let mut row = names::owed(own);
        row.extend([
            Cell::text(&own.kind),
            Cell::text(&own.icb),
            Cell::text(&own.region),
            Cell::text(own.asked.code()),
            Cell::text(own.status.code()),
            Cell::text(own.status.words()),
            own.revision.map_or(Cell::Empty, Cell::Count),
            Cell::text(own.sender.map_or("", Sender::code)),
            Cell::time(own.received.time()),
            source(own.received),
            Cell::count(own.files.len()),
            Cell::text(counting.map_or("", |file| &file.judged.name)),
            Cell::text(id.unwrap_or_default()),
            Cell::text(entered(own, collation, decisions)),
            Cell::text(steps.join(" ")),
            Cell::text(notes.join(" ")),
        ]);
        table.push(row);
    }
    table
}

/// How figures came that the region entered, where they count.
fn entered(own: &Owed, collation: &Collation, decisions: &Decisions) -> String {
    let figures = own.figures.and_then(|figures| collation.figures.get(figures));
    let Some(From::Entered(number)) = figures.map(|figures| figures.from) else {
        return String::new();
    };
    let found = decisions.entered.get(number);
    found.map_or_else(String::new, |own| {
        let at = own.at.to_london_text();
        format!("from {}: said by {}, entered by {}, {at}", own.source.words(), own.from, own.by)
    })
}

/// How many returns of each template came to what, by region and by ICB.
pub(super) fn areas(collation: &Collation, names: Names<'_>) -> Table {
    let mut table = Table::new(
        "areas",
        "Expected and received, by area",
        "Counts of organisations, never of staff or patients. “all” is every area; an ICB stands in its region too.",
        &[
            ("template", "Return, by id", Kind::Code),
            ("stage", "Stage", Kind::Code),
            ("area", "Kind of area", Kind::Code),
            ("area_code", "Area code", Kind::Code),
            ("area_name", "Area", Kind::Text),
            ("expected", "Expected", Kind::Count),
            ("counts", "Expected, and figures count", Kind::Count),
            ("nil", "Of which nil", Kind::Count),
            ("entered", "Of which entered by region", Kind::Count),
            ("sender_not_confirmed", "Of which sender not confirmed", Kind::Count),
            ("late", "Late", Kind::Count),
            ("in_question", "To be settled: fork, held, does not count", Kind::Count),
            ("missing", "Missing", Kind::Count),
            ("not_expected", "Came, and was not expected", Kind::Count),
        ],
    );
    let mut all: BTreeMap<(&str, Option<&str>, u8, &str), [usize; 9]> = BTreeMap::new();
    for own in &collation.owed {
        for (rank, code) in areas_of(own) {
            let counts = all.entry((&own.template, own.stage, rank, code)).or_default();
            for (count, is) in counts.iter_mut().zip(area_facts(own)) {
                *count += usize::from(is);
            }
        }
    }
    for ((template, stage, rank, code), counts) in all {
        let mut row = vec![Cell::text(template), Cell::text(stage.unwrap_or_default())];
        row.extend(area(rank, code, names));
        row.extend(counts.map(Cell::count));
        table.push(row);
    }
    table
}

fn area_facts(own: &Owed) -> [bool; 9] {
    let expected = own.asked == Asked::Expected;
    let counts = expected && own.status.counts();
    let in_question = matches!(own.status, Status::Fork | Status::DoesNotCount(_));
    [
        expected,
        counts,
        counts && own.status == Status::Nil,
        counts && own.status == Status::Entered,
        counts && own.sender == Some(Sender::NotConfirmed),
        expected && own.status == Status::Late,
        expected && in_question,
        expected && own.status == Status::Missing,
        !expected && own.status != Status::Missing,
    ]
}

/// The areas that something counts in: everywhere, its region, its ICB.
pub(super) fn areas_of(own: &Owed) -> Vec<(u8, &str)> {
    let mut areas = vec![(0, "")];
    if !own.region.is_empty() {
        areas.push((1, own.region.as_str()));
    }
    if !own.icb.is_empty() {
        areas.push((2, own.icb.as_str()));
    }
    areas
}

/// The cells that name an area.
pub(super) fn area(rank: u8, code: &str, names: Names<'_>) -> [Cell; 3] {
    let kind = match rank {
        0 => "all",
        1 => "region",
        _ => "icb",
    };
    [Cell::text(kind), Cell::text(code), Cell::text(names.organisation(code))]
}

/// Whom to chase: one list for each region, for its chief operating officer, with whom to call.
pub(super) fn chase(collation: &Collation, names: Names<'_>) -> Table {
    let mut table = Table::new(
        "chase",
        "To be chased",
        "Every return that is expected and of which no figures count, by region, with whom to ask. Sorted so that each region’s part can be copied.",
        &[
            ("region", "Region code", Kind::Code),
            ("region_name", "Region", Kind::Text),
            ("region_contact", "Contact at the region", Kind::Text),
            ("icb", "ICB code", Kind::Code),
            ("icb_name", "ICB", Kind::Text),
            ("organisation", "Organisation code", Kind::Code),
            ("name", "Organisation", Kind::Text),
            ("template", "Return, by id", Kind::Code),
            ("stage", "Stage", Kind::Code),
            ("title", "Return", Kind::Text),
            ("status", "What came of it", Kind::Text),
            ("wanted_by", "Wanted by the region, London time", Kind::Text),
            ("closes", "Window closes", Kind::Time),
            ("contact", "Whom to ask", Kind::Text),
        ],
    );
    let mut all: Vec<&Owed> = collation.owed.iter().filter(|own| own.is_outstanding()).collect();
    all.sort_by_key(|own| (&own.region, &own.icb, &own.organisation, &own.template, own.stage));
    for own in all {
        let list = names.operator.expected;
        let region = list.and_then(|list| list.of(&own.region));
        table.push(vec![
            Cell::text(&own.region),
            Cell::text(names.organisation(&own.region)),
            Cell::text(region.map(|own| contacts(&own.contacts)).unwrap_or_default()),
            Cell::text(&own.icb),
            Cell::text(names.organisation(&own.icb)),
            Cell::text(&own.organisation),
            Cell::text(&own.name),
            Cell::text(&own.template),
            Cell::text(own.stage.unwrap_or_default()),
            Cell::text(names.title(&own.template, own.stage)),
            Cell::text(own.status.words()),
            Cell::text(&own.wanted_by),
            Cell::time(own.closes),
            Cell::text(contacts(&own.contacts)),
        ]);
    }
    table
}

fn contacts(all: &[Contact]) -> String {
    let one = |own: &Contact| {
        let parts = [&own.name, &own.role, &own.email, &own.phone];
        let parts: Vec<&str> =
            parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        parts.join(", ")
    };
    all.iter().map(one).collect::<Vec<_>>().join("; ")
}
