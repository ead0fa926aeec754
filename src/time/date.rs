//! Days of the calendar.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::scan::Scan;
use super::{TimeError, YEARS};

/// A day of the Gregorian calendar within [`YEARS`]. Written `2023-07-25`.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Date(NaiveDate);

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
        let year = i32::try_from(year).map_err(|_| TimeError::Year)?;
        Self::from_naive(NaiveDate::from_ymd_opt(year, month, day).ok_or(TimeError::NoSuchDate)?)
    }

    /// The day `days` after 1 January 1970; before it if negative.
    ///
    /// # Errors
    ///
    /// [`TimeError::Year`].
    pub fn from_days(days: i32) -> Result<Self, TimeError> {
        Self::from_naive(NaiveDate::from_epoch_days(days).ok_or(TimeError::Year)?)
    }

    fn from_naive(date: NaiveDate) -> Result<Self, TimeError> {
        if YEARS.contains(&date.year()) { Ok(Self(date)) } else { Err(TimeError::Year) }
    }

    /// A day that London shows at some [`super::Instant`]: [`YEARS`] begin and end with London keeping
    /// Greenwich time, so it lies within them too.
    pub(super) fn of_naive(date: NaiveDate) -> Self {
        Self(date)
    }

    pub(super) fn naive(self) -> NaiveDate {
        self.0
    }

    /// Whole days since 1 January 1970; negative before it.
    pub fn days(self) -> i32 {
        self.0.to_epoch_days()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}
