//! Which file counts: the highest unforked revision that was received inside the window (DESIGN.md 4).

use crate::gather::Gather as _;
use crate::register::Received;
use crate::sorted::SortedSet;
use crate::time::Window;

/// A return as this question sees it. All are of one organisation, collection, template and stage, and
/// every one was verified and may count.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Candidate {
    /// The return's id.
    pub id: String,
    /// Its revision, from 1.
    pub revision: i64,
    /// The id of the return that it replaces.
    pub supersedes: Option<String>,
    /// When it was received.
    pub received: Received,
}

/// What becomes of one file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Place {
    /// It counts.
    Counts,
    /// A file with the same return is there already.
    Duplicate,
    /// Another file has the same revision and says something else: neither counts until the operator
    /// chooses.
    Fork {
        /// The ids of the others.
        others: Vec<String>,
    },
    /// It was received after the window closed.
    Late,
    /// The operator chose another file of the same revision.
    NotChosen,
    /// A higher revision counts.
    Replaced {
        /// The id of the return that counts.
        by: String,
    },
}

/// Something about the order of revisions that the operator should know. It stops nothing.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Oddity {
    /// The return that it replaces is not here.
    Gap,
    /// It was received after a higher revision.
    Rollback,
    /// The return that it replaces is not the revision before it.
    WrongOrder,
}

impl Place {
    /// One word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Counts => "counts",
            Self::Duplicate => "duplicate",
            Self::Fork { .. } => "fork",
            Self::Late => "late",
            Self::NotChosen => "not_chosen",
            Self::Replaced { .. } => "replaced",
        }
    }

    /// It in a sentence.
    pub fn sentence(&self) -> &'static str {
        match self {
            Self::Counts => "This is the return that counts.",
            Self::Duplicate => "This is another copy of a return that is here already.",
            Self::Fork { .. } => {
                "Another file has the same version number and says something else. Choose which one counts."
            }
            Self::Late => "It arrived after the window closed.",
            Self::NotChosen => "You chose another file with the same version number.",
            Self::Replaced { .. } => "A later version counts.",
        }
    }
}

impl Oddity {
    /// One word for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Gap => "gap",
            Self::Rollback => "rollback",
            Self::WrongOrder => "wrong_order",
        }
    }

    /// It in a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Gap => "The version that it replaces has not arrived.",
            Self::Rollback => "It arrived after a later version.",
            Self::WrongOrder => "It does not replace the version before it.",
        }
    }
}

/// What becomes of each file, in the order given: its place, and what is odd about it. `chosen` holds the
/// ids that the operator chose where revisions fork.
pub fn counts(
    files: &[Candidate],
    window: Option<Window>,
    chosen: &SortedSet<String>,
) -> Vec<(Place, Vec<Oddity>)> {
    let is_late = |file: &Candidate| {
        // Unknown is unknown, never late.
        file.received.time().zip(window).is_some_and(|(at, window)| at >= window.closes())
    };
    let is_copy = |number: usize, file: &Candidate| {
        files.iter().take(number).any(|before| before.id == file.id)
    };
    let rivals = |file: &Candidate| -> Vec<String> {
        let mut others: Vec<String> = files
            .iter()
            .filter(|other| {
                other.revision == file.revision && other.id != file.id && !is_late(other)
            })
            .map(|other| other.id.clone())
            .gather();
        others.sort_unstable();
        others.dedup();
        others
    };
    // A choice settles a fork: what was chosen stands alone, the others fall away.
    let settled = |file: &Candidate| {
        let others = rivals(file);
        let mine = chosen.contains(&file.id);
        match others.iter().any(|other| chosen.contains(other)) {
            _ if others.is_empty() => None,
            true if mine => Some(Place::Fork { others }),
            true => Some(Place::NotChosen),
            false if mine => None,
            false => Some(Place::Fork { others }),
        }
    };
    let standing = files.iter().filter(|file| !is_late(file) && settled(file).is_none());
    let best = standing.max_by_key(|file| file.revision).map(|file| file.id.clone());
    let place = |(number, file): (usize, &Candidate)| {
        let place = if is_copy(number, file) {
            Place::Duplicate
        } else if is_late(file) {
            Place::Late
        } else if let Some(place) = settled(file) {
            place
        } else {
            match &best {
                Some(best) if *best != file.id => Place::Replaced { by: best.clone() },
                _ => Place::Counts,
            }
        };
        (place, oddities(file, files))
    };
    files.iter().enumerate().map(place).gather()
}

fn oddities(file: &Candidate, files: &[Candidate]) -> Vec<Oddity> {
    let mut odd = Vec::new();
    if let Some(id) = &file.supersedes {
        match files.iter().find(|other| other.id == *id) {
            None => odd.push(Oddity::Gap),
            Some(other) if other.revision + 1 != file.revision => odd.push(Oddity::WrongOrder),
            Some(_) => {}
        }
    }
    let after = |other: &Candidate| {
        let times = other.received.time().zip(file.received.time());
        other.revision > file.revision && times.is_some_and(|(theirs, mine)| theirs < mine)
    };
    if files.iter().any(after) {
        odd.push(Oddity::Rollback);
    }
    odd
}
