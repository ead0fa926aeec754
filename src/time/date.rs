//! Days of the calendar.

use std::fmt;

use super::civil::{civil, days_to, days_to_year};
use super::scan::Scan;
use super::{TimeError, YEARS};

/// The days within [`YEARS`], counted from 1 January 1970.
pub(super) const DAYS: std::ops::Range<i32> =
    days_to_year(*YEARS.start())..days_to_year(*YEARS.end() + 1);

/// A day of the Gregorian calendar within [`YEARS`]. Written `2023-07-25`.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Date {
    days: i32,
}

impl Date {
    /// Reads `2023-07-25`; nothing else, not even white space.
    ///
    /// # Errors
    ///
    /// [`TimeError::DateForm`], [`TimeError::NoSuchDate`] or [`TimeError::Year`].
    pub fn parse(text: &str) -> Result<Self, TimeError> {
        let mut scan = Scan(text);
        let [year, month, day] = scan.date().ok_or(TimeError::DateForm)?;
        scan.end().ok_or(TimeError::DateForm)?;
        Self::from_civil(year, month, day)
    }

    /// The day number `day` of a month, both from 1.
    ///
    /// # Errors
    ///
    /// [`TimeError::NoSuchDate`] or [`TimeError::Year`].
    pub fn from_civil(year: u32, month: u32, day: u32) -> Result<Self, TimeError> {
        let part = |number: u32| i32::try_from(number).ok().filter(|number| *number < 10_000);
        let (Some(year), Some(month), Some(day)) = (part(year), part(month), part(day)) else {
            return Err(TimeError::NoSuchDate);
        };
        Self::from_days(days_to(year, month, day).ok_or(TimeError::NoSuchDate)?)
    }

    /// The day `days` after 1 January 1970; before it if negative.
    ///
    /// # Errors
    ///
    /// [`TimeError::Year`].
    pub fn from_days(days: i32) -> Result<Self, TimeError> {
        if DAYS.contains(&days) { Ok(Self { days }) } else { Err(TimeError::Year) }
    }

    /// A day that London shows at some [`super::Instant`]: [`YEARS`] begin and end with London keeping
    /// Greenwich time, so it lies within them too.
    pub(super) fn shown(days: i32) -> Self {
        Self { days }
    }

    /// Year, month and day.
    pub(super) fn civil(self) -> [i32; 3] {
        civil(self.days)
    }

    /// Whole days since 1 January 1970; negative before it.
    pub fn days(self) -> i32 {
        self.days
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [year, month, day] = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}
