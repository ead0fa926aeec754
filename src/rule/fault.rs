//! What is wrong with an expression: a place, what is there, and what to do.

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
pub(super) fn suggest<'n>(name: &str, names: impl Iterator<Item = &'n str> + Clone) -> String {
    let mut near: Vec<(usize, &str)> = names
        .clone()
        .map(|known| (distance(name, known), known))
        .filter(|(distance, known)| *distance <= 1 + known.len().min(name.len()) / 4)
        .collect();
    near.sort_unstable();
    if near.is_empty() {
        let all: Vec<&str> = names.collect();
        let shown = all.get(..SHOWN).unwrap_or(&all);
        let more = if shown.len() < all.len() { ", …" } else { "" };
        return ["use one of: ", &shown.join(", "), more].concat();
    }
    near.truncate(3);
    let near: Vec<String> = near.iter().map(|(_, known)| ["`", known, "`"].concat()).collect();
    ["did you mean ", &near.join(" or "), "?"].concat()
}

/// How many single-character insertions, deletions and replacements lead from one name to another.
fn distance(from: &str, to: &str) -> usize {
    // One row of the table of Wagner and Fischer at a time; a long name is cut, so that a hostile
    // one cannot make this slow.
    let mut row: Vec<usize> = (0..=to.chars().take(LONGEST).count()).collect();
    for (line, left) in from.chars().take(LONGEST).enumerate() {
        let mut corner = line;
        let mut previous = line + 1;
        if let Some(cell) = row.first_mut() {
            *cell = previous;
        }
        for (cell, right) in row.iter_mut().skip(1).zip(to.chars()) {
            let replaced = corner + usize::from(left != right);
            corner = *cell;
            previous = replaced.min(corner + 1).min(previous + 1);
            *cell = previous;
        }
    }
    row.last().copied().unwrap_or(0)
}

/// The most names listed when none is near.
const SHOWN: usize = 12;

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
