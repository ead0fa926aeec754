//! Organisations compared with those that have the same services: median and quartiles, noted and not judged.

use super::names::{self, Names};
use super::totals::{kinds, least, tenths};
use crate::collate::collation::Collation;
use crate::collate::facts::Amount;
use crate::collate::owed::Owed;
use crate::collate::table::{Cell, Kind, Table};
use std::collections::BTreeMap;

/// Fewer organisations than this say nothing of what is usual.
const FEWEST: usize = 8;

/// The quartiles of some values, each one of the values themselves: the smallest that at least a quarter, a half, three
/// quarters of them do not exceed (nearest rank).
pub(super) fn quartiles(values: &[i64]) -> Option<[i64; 3]> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let rank = |quarters: usize| {
        let place = (sorted.len() * quarters).div_ceil(4);
        sorted.get(place.checked_sub(1)?).copied()
    };
    Some([rank(1)?, rank(2)?, rank(3)?])
}

/// How a value lies to the quartiles: far is more than one and a half times their distance beyond them.
fn lies(value: i64, [lower, _, upper]: [i64; 3]) -> &'static str {
    let reach = upper.saturating_sub(lower).saturating_mul(3);
    if value.saturating_mul(2) < lower.saturating_mul(2).saturating_sub(reach) {
        "far below"
    } else if value.saturating_mul(2) > upper.saturating_mul(2).saturating_add(reach) {
        "far above"
    } else {
        "among"
    }
}

/// One value of one organisation.
struct Value<'c> {
    owed: &'c Owed,
    value: i64,
}

/// Every share of every organisation, beside those with the same services.
pub(super) fn table(collation: &Collation, names: Names<'_>) -> Table {
    let mut table = Table::new(
        "compared",
        "Compared with organisations of the same services",
        "Noted, not judged: a share far from the others is a question to ask, and often has a good answer. Quartiles are those of organisations with exactly the same services (nearest rank), given from 8 organisations on; “far” is more than one and a half times their distance beyond them.",
        &[
            ("template", "Return, by id", Kind::Code),
            ("stage", "Stage", Kind::Code),
            ("organisation", "Organisation code", Kind::Code),
            ("name", "Organisation", Kind::Text),
            ("services", "Services", Kind::Code),
            ("share", "Share, by id", Kind::Code),
            ("label", "Share", Kind::Text),
            ("percent", "Per cent", Kind::Count),
            ("organisations", "Organisations compared", Kind::Count),
            ("lower", "Lower quartile", Kind::Count),
            ("median", "Median", Kind::Count),
            ("upper", "Upper quartile", Kind::Count),
            ("lies", "How it lies to them", Kind::Text),
        ],
    );
    for column in ["percent", "lower", "median", "upper"] {
        table = table.with_decimals(column, 1);
    }
    for (template, stage) in kinds(collation) {
        let (Some(form), Some(picture)) = (names.form(template, stage), names.picture(template))
        else {
            continue;
        };
        for share in &picture.shares {
            let (Some(part), Some(of)) = (picture.measure(&share.part), picture.measure(&share.of))
            else {
                continue;
            };
            let least = least(form, &share.least);
            let mut groups: BTreeMap<String, Vec<Value<'_>>> = BTreeMap::new();
            for figures in collation.figures.iter().filter(|figures| figures.counts) {
                let Some(owed) = collation.owed.get(figures.owed) else { continue };
                let facts = collation.facts(figures);
                let Some(facts) =
                    facts.filter(|_| owed.template == template && owed.stage == stage)
                else {
                    continue;
                };
                if let Some(value) = value(facts.whole(part), facts.whole(of), least) {
                    let group = services(owed).join(" ");
                    groups.entry(group).or_default().push(Value { owed, value });
                }
            }
            for (services, values) in groups {
                for row in rows(&services, &values, (&share.id, &share.label)) {
                    table.push(row);
                }
            }
        }
    }
    table
}

fn services(owed: &Owed) -> Vec<&str> {
    let mut services: Vec<&str> = owed.services.iter().map(String::as_str).collect();
    services.sort_unstable();
    services
}

/// A share of one return; none where a part of it is not known, or the whole is too small.
fn value(part: Option<Amount>, of: Option<Amount>, least: i64) -> Option<i64> {
    match (part?, of?) {
        (
            Amount::Known { value: part, not_known: 0 },
            Amount::Known { value: of, not_known: 0 },
        ) if of >= least => tenths(part, of),
        _ => None,
    }
}

fn rows(services: &str, values: &[Value<'_>], (id, label): (&str, &str)) -> Vec<Vec<Cell>> {
    let numbers: Vec<i64> = values.iter().map(|own| own.value).collect();
    let found = quartiles(&numbers).filter(|_| numbers.len() >= FEWEST);
    let mut rows = Vec::new();
    for Value { owed, value } in values {
        let mut row = names::owed(owed);
        row.extend([
            Cell::text(services),
            Cell::text(id),
            Cell::text(label),
            Cell::Count(*value),
            Cell::count(numbers.len()),
        ]);
        if let Some(found) = found {
            row.extend(found.map(Cell::Count));
            row.push(Cell::text(lies(*value, found)));
        }
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::{lies, quartiles};

    #[test]
    fn quartiles_are_values_that_are_there() {
        assert_eq!(quartiles(&[]), None);
        assert_eq!(quartiles(&[5]), Some([5, 5, 5]));
        assert_eq!(quartiles(&[4, 1, 3, 2]), Some([1, 2, 3]));
        assert_eq!(quartiles(&[9, 1, 8, 2, 7, 3, 6, 4, 5]), Some([3, 5, 7]));
    }

    #[test]
    fn far_is_beyond_one_and_a_half_times_the_distance() {
        let of = [10, 20, 30];
        let at = |value| lies(value, of);
        assert_eq!(
            [at(-20), at(-21), at(60), at(61)],
            ["among", "far below", "among", "far above"]
        );
    }
}
