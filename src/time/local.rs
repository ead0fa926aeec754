//! Times as people in England say them.

use std::fmt;

use chrono::{LocalResult, NaiveDateTime, NaiveTime, TimeZone, Timelike, Utc};

use super::scan::Scan;
use super::{Date, Instant, LONDON, TimeError};

/// A day and a time of day in London, in whole minutes. Written `2023-07-28T09:00`.
///
/// Twice a year a time is skipped or happens twice; [`LocalTime::instant`] says so and never guesses.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct LocalTime {
    date: Date,
    time: NaiveTime,
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
        let time = NaiveTime::from_hms_opt(hour, minute, 0).ok_or(TimeError::NoSuchTime)?;
        Ok(Self { date, time })
    }

    /// The minute that `local`, which London shows at some [`Instant`], lies in.
    pub(super) fn of_naive(local: NaiveDateTime) -> Self {
        let time = local.time().with_second(0).unwrap_or_default();
        Self { date: Date::of_naive(local.date()), time }
    }

    /// The day.
    pub fn date(self) -> Date {
        self.date
    }

    /// The hour, 0 to 23.
    pub fn hour(self) -> u32 {
        self.time.hour()
    }

    /// The minute, 0 to 59.
    pub fn minute(self) -> u32 {
        self.time.minute()
    }

    /// The instant at which the clock in London shows this time.
    ///
    /// # Errors
    ///
    /// [`TimeError::Gap`] and [`TimeError::Overlap`] on the two days when clocks change.
    pub fn instant(self) -> Result<Instant, TimeError> {
        let at =
            |time: chrono::DateTime<chrono_tz::Tz>| Instant::from_utc(time.with_timezone(&Utc));
        match LONDON.from_local_datetime(&self.date.naive().and_time(self.time)) {
            LocalResult::Single(time) => at(time),
            LocalResult::Ambiguous(first, second) => {
                Err(TimeError::Overlap { local: self, first: at(first)?, second: at(second)? })
            }
            LocalResult::None => Err(TimeError::Gap { local: self }),
        }
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{:02}:{:02}", self.date, self.hour(), self.minute())
    }
}
