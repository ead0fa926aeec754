//! What befalls the returns of an organisation, and how often: the proportions of a sample.

use super::chance::Chance;

/// What befalls one return that an organisation owes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Story {
    /// The only file that came was changed after it was sealed.
    Changed,
    /// Two files of the first version say different things: neither counts.
    ForkFirst,
    /// Two files of the second version say different things: the first version counts.
    ForkLater,
    /// The second version came, the first never did.
    Gap,
    /// It came after the window closed.
    Late,
    /// The first version came in time, the second after the window closed: the first counts.
    LateRevision,
    /// Nothing came.
    Missing,
    /// A nil return in time.
    Nil,
    /// One file in time.
    Plain,
    /// Versions after the first, this many, all in time: the last counts.
    Revised(usize),
}

/// How often of a hundred returns that are owed.
pub(super) const STORIES: &[(i64, Story)] = &[
    (59, Story::Plain),
    (9, Story::Nil),
    (7, Story::Revised(1)),
    (3, Story::Revised(2)),
    (1, Story::Revised(4)),
    (5, Story::Late),
    (2, Story::LateRevision),
    (2, Story::ForkFirst),
    (2, Story::ForkLater),
    (2, Story::Gap),
    (2, Story::Changed),
    (6, Story::Missing),
];
/// Of a hundred returns, how many are sealed with a key that no register has.
pub(super) const NOT_CONFIRMED: i64 = 15;
/// Of a hundred plain returns, how many the manifest does not name, so that it is not known when they came.
pub(super) const NOT_IN_MANIFEST: i64 = 2;
/// Of a hundred plain returns, how many were sealed on a computer whose clock is ahead: late by its word, and in time.
pub(super) const CLOCK_AHEAD: i64 = 2;
/// Of a hundred organisations, how many the expected list leaves out.
pub(super) const NOT_EXPECTED: i64 = 2;
/// Of a hundred files, how many are none that could count.
pub(super) const STRAY_FILES: usize = 10;

/// A file that does not count, whatever else is there.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Stray {
    /// Changed after it was sealed.
    Changed,
    /// Sealed again by somebody who changed what it adds up to.
    Differs,
    /// A draft.
    Draft,
    /// A second copy of a file.
    Duplicate,
    /// One name twice in an object.
    DuplicateNames,
    /// No bytes.
    Empty,
    /// Sealed with a key that had run out.
    KeyExpired,
    /// Sealed with a key that was withdrawn.
    KeyRevoked,
    /// Another kind of file.
    NotJson,
    /// For another collection.
    OtherCollection,
    /// Sealed with the key of another organisation.
    OtherOrganisation,
    /// For practice.
    Practice,
    /// The first part of a file.
    Truncated,
    /// A spreadsheet.
    Workbook,
}

/// How often of a hundred of them.
pub(super) const STRAYS: &[(i64, Stray)] = &[
    (12, Stray::Workbook),
    (12, Stray::Changed),
    (10, Stray::Duplicate),
    (10, Stray::Truncated),
    (8, Stray::OtherCollection),
    (8, Stray::Practice),
    (8, Stray::Draft),
    (7, Stray::NotJson),
    (6, Stray::DuplicateNames),
    (5, Stray::Differs),
    (5, Stray::OtherOrganisation),
    (4, Stray::Empty),
    (3, Stray::KeyRevoked),
    (2, Stray::KeyExpired),
];

impl Story {
    /// How many files it leaves behind.
    pub(super) fn files(self) -> usize {
        match self {
            Self::Missing => 0,
            Self::Changed | Self::Gap | Self::Late | Self::Nil | Self::Plain => 1,
            Self::ForkFirst | Self::LateRevision => 2,
            Self::ForkLater => 3,
            Self::Revised(times) => times + 1,
        }
    }

    /// What befalls the return on top: another version in time. Only where that changes nothing else.
    fn longer(self) -> Self {
        match self {
            Self::Plain => Self::Revised(1),
            Self::Revised(times) => Self::Revised(times + 1),
            other => other,
        }
    }
}

/// A story for each of so many returns that are owed, which together leave exactly so many files behind. Where chance
/// gives too few, organisations send more versions; where too many, the last ones are missing.
pub(super) fn stories(owed: usize, files: usize, chance: &mut Chance) -> Vec<Story> {
    let mut left = files;
    let mut all: Vec<Story> = Vec::new();
    for _ in 0..owed {
        let drawn = chance.weighed(STORIES).copied().unwrap_or(Story::Plain);
        let story = if drawn.files() <= left {
            drawn
        } else if left > 0 {
            Story::Plain
        } else {
            Story::Missing
        };
        left -= story.files();
        all.push(story);
    }
    while left > 0 {
        let before = left;
        for story in &mut all {
            let longer = story.longer();
            if left > 0 && longer != *story {
                *story = longer;
                left -= 1;
            }
        }
        // Nobody sent one file in time: the first does.
        if left == before {
            match all.first_mut() {
                Some(first) => {
                    left += first.files();
                    left = left.saturating_sub(1);
                    *first = Story::Plain;
                }
                None => break,
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stories_leave_as_many_files_as_were_asked_for() {
        for (owed, files) in [(1, 0), (1, 1), (1, 9), (10, 3), (400, 540), (400, 9_000)] {
            let mut chance = Chance::new(1, 1);
            let all = stories(owed, files, &mut chance);
            assert_eq!(all.len(), owed);
            assert_eq!(
                all.iter().map(|story| story.files()).sum::<usize>(),
                files,
                "{owed} {files}"
            );
        }
    }

    #[test]
    fn proportions_are_of_a_hundred() {
        assert_eq!(STORIES.iter().map(|(weight, _)| weight).sum::<i64>(), 100);
        assert_eq!(STRAYS.iter().map(|(weight, _)| weight).sum::<i64>(), 100);
    }
}
