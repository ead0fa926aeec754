//! Figures that an organisation could have sent, and what they add up to. They are kept beside the file, so that what a
//! sample adds up to is known without reading it again.

use super::chance::Chance;

/// One answer of a table.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Cell {
    /// Nothing was typed.
    Blank,
    /// “Not known” was chosen.
    NotKnown,
    /// A figure.
    Number(i64),
}

/// One row of a table.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The entry of each key, in the order of the keys.
    pub(super) keys: Vec<String>,
    /// The answers by column. None: the row does not apply.
    pub(super) cells: Vec<(&'static str, Cell)>,
}

/// What a return says in figures.
#[derive(Clone, Debug, Default)]
pub(super) struct Figures {
    /// Why it is a nil return, where it is one.
    pub(super) nil: Option<&'static str>,
    /// The rows that are asked.
    pub(super) lines: Vec<Line>,
}

/// Of a hundred whose job it is, this many in each staff group, in the order of the list; the groups after these have few.
const SHARES: [i64; 5] = [46, 13, 10, 27, 4];
/// Of a hundred organisations, how many employ nobody in the second group (radiotherapy), and in a later one.
const WITHOUT: (i64, i64) = (55, 10);

/// Staff due to work and absent, for each day and each group (id, whether it is what is left over).
pub(super) fn workforce(
    days: &[String],
    groups: &[(String, bool)],
    nil: bool,
    chance: &mut Chance,
) -> Figures {
    let reason = if chance.percent(60) { "no_staff_took_part" } else { "no_staff_in_scope" };
    if nil && reason == "no_staff_in_scope" {
        return Figures { nil: Some(reason), lines: Vec::new() };
    }
    let size = chance.between(40, 420);
    let shares: Vec<i64> =
        days.iter().enumerate().map(|day| of_day(day, days.len(), chance)).collect();
    let mut lines = Vec::new();
    for (number, (group, residual)) in groups.iter().enumerate() {
        let share = SHARES.get(number).copied().unwrap_or(2);
        let rare = if number == 1 { WITHOUT.0 } else { WITHOUT.1 };
        let employed = number == 0 || *residual || !chance.percent(rare);
        let taking_part = chance.between(28, 78);
        for (day, of_day) in days.iter().zip(&shares) {
            let keys = vec![day.clone(), group.clone()];
            let cells = if employed {
                let due = size * share * of_day / 10_000;
                let due = if *residual { due.min(6) } else { due.max(1) };
                staff(due, if nil { 0 } else { taking_part }, number == 0 && !nil, chance)
            } else {
                Vec::new()
            };
            lines.push(Line { keys, cells });
        }
    }
    // In the order of the table: days, then groups.
    lines.sort_by_key(|line| days.iter().position(|day| line.keys.first() == Some(day)));
    Figures { nil: nil.then_some(reason), lines }
}

/// How many of a hundred staff have a shift: few on the last of several days, when the action ends in the morning.
fn of_day((day, _): (usize, &String), days: usize, chance: &mut Chance) -> i64 {
    if days > 1 && day + 1 == days { chance.between(8, 15) } else { chance.between(82, 100) }
}

/// One row. `some` makes sure that somebody was absent.
fn staff(due: i64, taking_part: i64, some: bool, chance: &mut Chance) -> Vec<(&'static str, Cell)> {
    let share = if taking_part == 0 { 0 } else { taking_part + chance.between(-6, 6) };
    let absent = (due * share / 100).max(i64::from(some)).min(due);
    // Now and then so many that a rule asks.
    let most = if chance.percent(2) { 30 } else { 9 };
    let other = (due * chance.between(0, most) / 100).min(due - absent);
    let other = optional(other, chance);
    let at_work = due - absent - if let Cell::Number(other) = other { other } else { due - absent };
    let derogation = optional(at_work * chance.between(0, 30) / 100, chance);
    vec![
        ("due_to_work", Cell::Number(due)),
        ("absent_ia", Cell::Number(absent)),
        ("absent_other", other),
        ("working_derogation", derogation),
    ]
}

/// A figure that need not be given.
fn optional(figure: i64, chance: &mut Chance) -> Cell {
    match chance.between(1, 100) {
        1..=6 => Cell::Blank,
        7..=10 => Cell::NotKnown,
        _ => Cell::Number(figure),
    }
}

/// Activity that was moved, for each day, in the settings that an organisation has.
pub(super) fn rescheduled(
    days: &[String],
    settings: &[&str],
    nil: bool,
    chance: &mut Chance,
) -> Figures {
    if nil {
        let reason = chance.text(&["no_activity_moved", "no_staff_took_part", "no_staff_in_scope"]);
        return Figures { nil: Some(reason), lines: Vec::new() };
    }
    let size = chance.between(4, 60);
    let line = |day: &String, chance: &mut Chance| {
        let mut cells = Vec::new();
        let mut all = 0;
        let mut add = |column, figure| {
            all += figure;
            cells.push((column, Cell::Number(figure)));
        };
        if settings.contains(&"acute") {
            add("ip_ordinary", chance.between(0, size / 4));
            add("ip_day_case", chance.between(0, size));
            add("outpatient", chance.between(size, size * 9));
        }
        for column in ["community", "mental_health", "learning_disability"] {
            if settings.contains(&column) {
                add(column, chance.between(1, size * 3));
            }
        }
        let acute = settings.contains(&"acute");
        if acute {
            cells.push(("of_cancer", optional(chance.between(0, size), chance)));
        }
        cells.push(("no_new_date", optional(chance.between(0, all / 3), chance)));
        Line { keys: vec![day.clone()], cells }
    };
    Figures { nil: None, lines: days.iter().map(|day| line(day, chance)).collect() }
}

/// What somebody who looked again found otherwise: one more in the first figure.
pub(super) fn corrected(figures: &Figures) -> Figures {
    let mut corrected = figures.clone();
    // The first column is a whole of which others are parts: more of it is always possible.
    let first = corrected.lines.iter_mut().find_map(|line| line.cells.first_mut());
    if let Some((_, Cell::Number(figure))) = first {
        *figure += 1;
    }
    corrected
}
