//! Times as people in England say them.

use std::fmt;

use super::scan::Scan;
use super::{Date, Instant, TimeError, london};

/// A day and a time of day in London, in whole minutes. Written `2023-07-28T09:00`.
///
/// Twice a year a time is skipped or happens twice; [`LocalTime::instant`] says so and never guesses.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct LocalTime {
    date: Date,
    /// Minutes since midnight, as the clock counts them.
    minutes: u32,
}

impl LocalTime {
    /// Reads `2023-07-28T09:00`; nothing else, not even seconds.
    ///
    /// # Errors
    ///
    /// [`TimeError::LocalForm`], [`TimeError::NoSuchDate`], [`TimeError::NoSuchTime`] or
    /// [`TimeError::Year`].
    pub fn parse(text: &str) -> Result<Self, TimeError> {
        let mut scan = Scan(text);
        let mut parts = || {
            let date = scan.date()?;
            scan.mark("T")?;
            let time = scan.pair()?;
            scan.end()?;
            Some((date, time))
        };
        let ([year, month, day], [hour, minute]) = parts().ok_or(TimeError::LocalForm)?;
        Self::new(Date::from_civil(year, month, day)?, hour, minute)
    }

    /// `hour` 0 to 23 and `minute` 0 to 59 on `date`.
    ///
    /// # Errors
    ///
    /// [`TimeError::NoSuchTime`].
    pub fn new(date: Date, hour: u32, minute: u32) -> Result<Self, TimeError> {
        if hour > 23 || minute > 59 {
            return Err(TimeError::NoSuchTime);
        }
        Ok(Self { date, minutes: hour * 60 + minute })
    }

    /// The minute that London shows at some [`Instant`], counted from midnight.
    pub(super) fn shown(date: Date, minutes: u32) -> Self {
        Self { date, minutes }
    }

    /// The day.
    pub fn date(self) -> Date {
        self.date
    }

    /// The hour, 0 to 23.
    pub fn hour(self) -> u32 {
        self.minutes / 60
    }

    /// The minute, 0 to 59.
    pub fn minute(self) -> u32 {
        self.minutes % 60
    }

    /// The instant at which the clock in London shows this time.
    ///
    /// # Errors
    ///
    /// [`TimeError::Gap`] and [`TimeError::Overlap`] on the two days when clocks change.
    pub fn instant(self) -> Result<Instant, TimeError> {
        london::instant(self)
    }

    /// The seconds to this time from 1 January 1970, if London kept Greenwich time.
    pub(super) fn seconds(self) -> i64 {
        i64::from(self.date.days()) * 86_400 + i64::from(self.minutes) * 60
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{:02}:{:02}", self.date, self.hour(), self.minute())
    }
}
