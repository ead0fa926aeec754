//! What the returns add up to: by date, staff group and whatever else a template divides by, by region and by ICB; with
//! and without senders who are not confirmed. Nil returns and what is not known are counted apart, and every total
//! says what it is.

use super::names::{self, Names};
use super::received::{area, areas_of};
use crate::collate::collation::{Collation, Figures, From};
use crate::collate::facts::Amount;
use crate::collate::owed::Owed;
use crate::collate::picture::{Measure, Picture};
use crate::collate::table::{Cell, Kind, Table};
use crate::collection::Form;
use std::collections::BTreeMap;

/// A sum over returns.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Sum {
    /// The returns that the question applies to.
    returns: i64,
    /// Of those, the returns that say that there is nothing to report.
    nil: i64,
    /// Of those, the returns of which nothing of it is known.
    unknown: i64,
    /// What is known, added up.
    pub(super) value: i64,
    /// How many parts are not known.
    pub(super) not_known: i64,
}

impl Sum {
    fn add(&mut self, amount: Amount, nil: bool) {
        match amount {
            Amount::NotApplicable => return,
            Amount::NotKnown => {
                self.unknown += 1;
                self.not_known = self.not_known.saturating_add(1);
            }
            Amount::Known { value, not_known } => {
                self.value = self.value.saturating_add(value);
                self.not_known = self.not_known.saturating_add(not_known);
            }
        }
        self.returns += 1;
        self.nil += i64::from(nil);
    }

    fn total(self) -> Cell {
        match self.returns {
            0 => Cell::Empty,
            all if all == self.unknown => Cell::NotKnown { parts: self.not_known },
            _ => Cell::Count(self.value),
        }
    }
}

/// The sums of one figure: of all returns that count, of those whose senders are confirmed, of those entered by region.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    pub(super) all: Sum,
    pub(super) confirmed: Sum,
    entered: Sum,
}

/// Measure and key by number, entry, rank and code of the area.
type Key<'c> = (usize, Option<usize>, &'c str, u8, &'c str);

/// The totals of the returns of one template at one stage.
pub(super) struct Totals<'c> {
    pub(super) sums: BTreeMap<Key<'c>, Sums>,
}

impl<'c> Totals<'c> {
    pub(super) fn of(collation: &'c Collation, template: &str, stage: Option<&str>) -> Self {
        let mut sums: BTreeMap<Key<'c>, Sums> = BTreeMap::new();
        for figures in &collation.figures {
            let Some(own) = collation.owed.get(figures.owed) else { continue };
            if own.template == template && own.stage == stage {
                add(figures, own, collation, &mut sums);
            }
        }
        Self { sums }
    }
}

fn add<'c>(
    figures: &Figures,
    own: &'c Owed,
    collation: &'c Collation,
    sums: &mut BTreeMap<Key<'c>, Sums>,
) {
    let Some(facts) = collation.facts(figures) else { return };
    let nil = facts.nil == Some(true);
    let areas = areas_of(own);
    for part in &facts.parts {
        for (rank, code) in &areas {
            let key = (part.measure, part.by, part.entry.as_str(), *rank, *code);
            let sums = sums.entry(key).or_default();
            if figures.counts {
                sums.all.add(part.amount, nil);
            }
            if figures.counts_confirmed {
                sums.confirmed.add(part.amount, nil);
            }
            if figures.counts && matches!(figures.from, From::Entered(_)) {
                sums.entered.add(part.amount, nil);
            }
        }
    }
}

/// Templates and stages of which figures count, in their order.
pub(super) fn kinds(collation: &Collation) -> Vec<(&str, Option<&'static str>)> {
    let mut kinds: Vec<(&str, Option<&'static str>)> =
        collation.owed.iter().map(|own| (own.template.as_str(), own.stage)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// The totals, and the shares of one in another.
pub(super) fn tables(collation: &Collation, names: Names<'_>) -> [Table; 2] {
    let (mut totals, mut shares) = (blank_totals(), blank_shares());
    for (template, stage) in kinds(collation) {
        let (Some(form), Some(picture)) = (names.form(template, stage), names.picture(template))
        else {
            continue;
        };
        let found = Totals::of(collation, template, stage);
        for (number, measure) in picture.measures.iter().enumerate() {
            for by in std::iter::once(None).chain((0..measure.by.len()).map(Some)) {
                for line in lines(&found, (number, by), (form, measure)) {
                    let mut row = vec![Cell::text(template), Cell::text(stage.unwrap_or_default())];
                    row.extend(cells(&line, (form, measure, by), names));
                    totals.push(row);
                }
            }
        }
        for line in share_lines(&found, (form, picture), names) {
            let mut row = vec![Cell::text(template), Cell::text(stage.unwrap_or_default())];
            row.extend(line);
            shares.push(row);
        }
    }
    [totals, shares]
}

fn blank_totals() -> Table {
    Table::new(
        "totals",
        "Totals",
        "Sums over the returns that count. What is not known is not in a sum: “parts not known” says how much is left out. Nil returns count as 0 and are counted apart. A total that is part of another says so and is not to be added to it.",
        &[
            ("template", "Return, by id", Kind::Code),
            ("stage", "Stage", Kind::Code),
            ("measure", "Figure, by id", Kind::Code),
            ("label", "Figure", Kind::Text),
            ("unit", "What is counted", Kind::Text),
            ("headline", "Published headline", Kind::Code),
            ("by", "Divided by", Kind::Code),
            ("entry", "Entry, by id", Kind::Code),
            ("entry_label", "Entry", Kind::Text),
            ("area", "Kind of area", Kind::Code),
            ("area_code", "Area code", Kind::Code),
            ("area_name", "Area", Kind::Text),
            ("returns", "Returns", Kind::Count),
            ("nil", "Of which nil", Kind::Count),
            ("total", "Total", Kind::Count),
            ("not_known", "Parts not known", Kind::Count),
            ("confirmed_returns", "Returns, confirmed senders alone", Kind::Count),
            ("confirmed_total", "Total, confirmed senders alone", Kind::Count),
            ("confirmed_not_known", "Parts not known, confirmed senders alone", Kind::Count),
            ("entered_returns", "Returns entered by region", Kind::Count),
            ("entered_total", "Of the total, entered by region", Kind::Count),
            ("note", "What it is", Kind::Text),
        ],
    )
}

fn blank_shares() -> Table {
    Table::new(
        "shares",
        "Shares",
        "One total as a part of another, in per cent with one decimal, rounded half up. Empty where the whole is below the least that the collection names, not known where a part of either total is not known.",
        &[
            ("template", "Return, by id", Kind::Code),
            ("stage", "Stage", Kind::Code),
            ("share", "Share, by id", Kind::Code),
            ("label", "Share", Kind::Text),
            ("by", "Divided by", Kind::Code),
            ("entry", "Entry, by id", Kind::Code),
            ("entry_label", "Entry", Kind::Text),
            ("area", "Kind of area", Kind::Code),
            ("area_code", "Area code", Kind::Code),
            ("area_name", "Area", Kind::Text),
            ("part", "Part", Kind::Count),
            ("of", "Of", Kind::Count),
            ("percent", "Per cent", Kind::Count),
            ("confirmed_percent", "Per cent, confirmed senders alone", Kind::Count),
        ],
    )
    .with_decimals("percent", 1)
    .with_decimals("confirmed_percent", 1)
}

/// One figure for one entry in one area.
struct Line<'c> {
    entry: &'c str,
    entry_label: &'c str,
    rank: u8,
    area: &'c str,
    sums: Sums,
}

/// The lines of a measure by one key, in the order of areas, then of the list.
fn lines<'c>(
    totals: &Totals<'c>,
    (measure, by): (usize, Option<usize>),
    (form, source): (&'c Form, &Measure),
) -> Vec<Line<'c>> {
    let key = by.and_then(|by| source.by.get(by));
    let entries = key.map(|by| names::entries(form, &by.table, &by.key)).unwrap_or_default();
    let first = (measure, by, "", 0, "");
    let own = totals.sums.range(first..).take_while(|((m, b, ..), _)| (*m, *b) == (measure, by));
    let mut lines: Vec<(usize, Line<'c>)> = own
        .map(|(&(_, _, entry, rank, area), sums)| {
            let place = entries.iter().position(|(id, _)| *id == entry);
            let label = place.and_then(|place| entries.get(place)).map_or("", |(_, label)| label);
            let place = place.unwrap_or(usize::MAX);
            (place, Line { entry, entry_label: label, rank, area, sums: *sums })
        })
        .collect();
    lines.sort_by_key(|(place, line)| (line.rank, line.area, *place, line.entry));
    lines.into_iter().map(|(_, line)| line).collect()
}

fn cells(
    line: &Line<'_>,
    (form, measure, by): (&Form, &Measure, Option<usize>),
    names: Names<'_>,
) -> Vec<Cell> {
    let key = by.and_then(|by| measure.by.get(by));
    let called = names::measure(form, measure, key);
    let Sums { all, confirmed, entered } = line.sums;
    let mut row = vec![
        Cell::text(&measure.id),
        Cell::text(called.label),
        Cell::text(called.unit),
        Cell::yes(measure.headline),
        Cell::text(key.map_or("", |by| by.key.as_str())),
        Cell::text(line.entry),
        Cell::text(line.entry_label),
    ];
    row.extend(area(line.rank, line.area, names));
    row.extend([
        Cell::Count(all.returns),
        Cell::Count(all.nil),
        all.total(),
        Cell::Count(all.not_known),
        Cell::Count(confirmed.returns),
        confirmed.total(),
        Cell::Count(confirmed.not_known),
        Cell::Count(entered.returns),
        entered.total(),
        Cell::text(&measure.note),
    ]);
    row
}

fn share_lines(
    totals: &Totals<'_>,
    (form, picture): (&Form, &Picture),
    names: Names<'_>,
) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for share in &picture.shares {
        let (Some(part), Some(whole)) = (picture.measure(&share.part), picture.measure(&share.of))
        else {
            continue;
        };
        let least = least(form, &share.least);
        let Some(source) = picture.measures.get(whole) else { continue };
        for by in std::iter::once(None).chain((0..source.by.len()).map(Some)) {
            let key = by.and_then(|by| source.by.get(by));
            let other = by.and_then(|_| {
                let part = picture.measures.get(part)?;
                part.by.iter().position(|own| Some(&own.key) == key.map(|key| &key.key))
            });
            if by.is_some() && other.is_none() {
                continue;
            }
            for line in lines(totals, (whole, by), (form, source)) {
                let place = (part, other, line.entry, line.rank, line.area);
                let parts = totals.sums.get(&place).copied().unwrap_or_default();
                let mut row = vec![
                    Cell::text(&share.id),
                    Cell::text(&share.label),
                    Cell::text(key.map_or("", |by| by.key.as_str())),
                    Cell::text(line.entry),
                    Cell::text(line.entry_label),
                ];
                row.extend(area(line.rank, line.area, names));
                row.extend([
                    parts.all.total(),
                    line.sums.all.total(),
                    percent(parts.all, line.sums.all, least),
                    percent(parts.confirmed, line.sums.confirmed, least),
                ]);
                rows.push(row);
            }
        }
    }
    rows
}

/// Below which whole the collection wants no share to be given.
pub(super) fn least(form: &Form, parameter: &str) -> i64 {
    let own = form.collection.source().parameter(parameter);
    own.and_then(|own| own.value.as_i64()).unwrap_or(1).max(1)
}

fn percent(part: Sum, of: Sum, least: i64) -> Cell {
    let parts = part.not_known.saturating_add(of.not_known);
    if of.value < least {
        Cell::Empty
    } else if parts > 0 {
        Cell::NotKnown { parts }
    } else {
        tenths(part.value, of.value).map_or(Cell::Empty, Cell::Count)
    }
}

/// A part of a whole in tenths of a per cent, rounded half up; none of nothing.
pub(super) fn tenths(part: i64, of: i64) -> Option<i64> {
    let twice = part.checked_mul(2_000)?.checked_add(of)?;
    twice.checked_div(of.checked_mul(2)?)
}
