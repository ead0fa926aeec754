//! What is wrong with an expression: a place, what is there, and what to do.

use crate::gather::Gather as _;

/// Why an expression cannot be compiled.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    /// Where, in bytes from the start of the expression, counted from 0.
    pub at: usize,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to do about it: lower case, no full stop, never empty.
    pub help: String,
}

impl Fault {
    /// A fault made of parts, so that no formatting machinery is needed.
    pub(super) fn new(at: usize, message: &[&str], help: &[&str]) -> Self {
        Self { at, message: message.concat(), help: help.concat() }
    }
}

/// Help for a name that is not there: the nearest names, or else the first of all names.
pub(super) fn suggest(name: &str, names: &[&str]) -> String {
    let limit = 1 + name.len() / 4;
    let mut near: Vec<(usize, &str)> = Vec::new();
    for known in names {
        let distance = distance(name, known);
        if distance <= limit || (name.len() >= 3 && known.contains(name)) {
            let place = near.partition_point(|other| *other < (distance, *known));
            near.insert(place, (distance, *known));
        }
    }
    let mut help = String::new();
    for (_, known) in near.iter().take(3) {
        help.push_str(if help.is_empty() { "did you mean `" } else { "` or `" });
        help.push_str(known);
    }
    if !near.is_empty() {
        return help + "`?";
    }
    for (count, known) in names.iter().enumerate() {
        help.push_str(if count == 0 { "use one of: " } else { ", " });
        if count == SHOWN {
            help.push('…');
            break;
        }
        help.push_str(known);
    }
    help
}

/// How many insertions, deletions and replacements of a letter, and swaps of two neighbours, lead
/// from one name to another.
fn distance(from: &str, to: &str) -> usize {
    // Two rows of the table of Wagner and Fischer are kept, for a swap looks back two. A long name
    // is cut, so that a hostile one cannot make this slow.
    let (from, to) = (letters(from), letters(to));
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).gather();
    let mut above = None;
    for (line, left) in from.iter().enumerate() {
        let mut this = vec![line + 1];
        let mut beside = line + 1;
        let mut previous = None;
        for (column, right) in to.iter().enumerate() {
            let cell = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(LONGEST);
            let replaced = cell(&last, column) + usize::from(left != right);
            beside = replaced.min(cell(&last, column + 1) + 1).min(beside + 1);
            if above == Some(right) && previous == Some(left) {
                beside = beside.min(cell(&before, column - 1) + 1);
            }
            this.push(beside);
            previous = Some(right);
        }
        before = std::mem::replace(&mut last, this);
        above = Some(left);
    }
    last.last().copied().unwrap_or(0)
}

fn letters(name: &str) -> Vec<char> {
    name.chars().take(LONGEST).gather()
}

/// The most names listed when none is near.
const SHOWN: usize = 14;

/// The most characters of a name that are compared.
const LONGEST: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_single_changes() {
        for (from, to, changes) in [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("kitten", "sitting", 3),
            ("due", "due", 0),
        ] {
            assert_eq!(distance(from, to), changes, "{from} to {to}");
        }
    }
}
