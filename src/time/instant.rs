//! Points in time, the same for everybody.

use std::fmt;

use super::date::DAYS;
use super::scan::Scan;
use super::{Date, LocalTime, TimeError, london};

/// Seconds in a day.
const DAY: i64 = 86_400;

/// A point in time, in whole seconds, within [`YEARS`](super::YEARS). Written as RFC 3339 with London's offset.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Instant {
    seconds: i64,
}

/// What calendar and clock in London show at an instant.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Civil {
    /// The year, such as 2023.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: u32,
    /// The day of the month, 1 to 31.
    pub day: u32,
    /// The hour, 0 to 23.
    pub hour: u32,
    /// The minute, 0 to 59.
    pub minute: u32,
    /// The second, 0 to 59.
    pub second: u32,
    /// How far London is ahead of Greenwich, in seconds: 3600 in summer, else 0.
    pub offset: i32,
}

impl Instant {
    /// The instant `seconds` after 1970-01-01T00:00:00Z; before it if negative.
    ///
    /// # Errors
    ///
    /// [`TimeError::Year`].
    pub fn from_seconds(seconds: i64) -> Result<Self, TimeError> {
        let within = seconds >= i64::from(DAYS.start) * DAY && seconds < i64::from(DAYS.end) * DAY;
        if within { Ok(Self { seconds }) } else { Err(TimeError::Year) }
    }

    /// Whole seconds since 1970-01-01T00:00:00Z; negative before it.
    pub fn seconds(self) -> i64 {
        self.seconds
    }

    /// Reads RFC 3339 in whole seconds, `2023-07-28T10:40:00+01:00` or with `Z`. An offset must be
    /// given; any offset will do.
    ///
    /// # Errors
    ///
    /// [`TimeError::InstantForm`], [`TimeError::NoSuchDate`], [`TimeError::NoSuchTime`] (a leap second
    /// too) or [`TimeError::Year`].
    pub fn parse(text: &str) -> Result<Self, TimeError> {
        Self::read(text, false)
    }

    /// Reads what a device gives, such as `2023-07-28T09:40:00.123Z`; a fraction of a second is cut off.
    ///
    /// # Errors
    ///
    /// As for [`Instant::parse`].
    pub fn parse_device(text: &str) -> Result<Self, TimeError> {
        Self::read(text, true)
    }

    fn read(text: &str, fraction: bool) -> Result<Self, TimeError> {
        let Parts { date: [year, month, day], time: [hour, minute, second], offset_minutes } =
            Parts::read(text, fraction).ok_or(TimeError::InstantForm)?;
        let date = Date::from_civil(year, month, day)?;
        if hour > 23 || minute > 59 || second > 59 {
            return Err(TimeError::NoSuchTime);
        }
        let time = i64::from(hour * 3600 + minute * 60 + second);
        Self::from_seconds(i64::from(date.days()) * DAY + time - offset_minutes * 60)
    }

    /// The day that London shows, and the seconds since its midnight by London's clocks.
    fn london(self) -> (Date, u32) {
        let shown = self.seconds + i64::from(self.offset());
        let days = i32::try_from(shown.div_euclid(DAY)).unwrap_or_default();
        (Date::shown(days), u32::try_from(shown.rem_euclid(DAY)).unwrap_or_default())
    }

    /// How far London is ahead of Greenwich, in seconds.
    pub(super) fn offset(self) -> i32 {
        london::hours_ahead(self.seconds) * 3600
    }

    /// RFC 3339 in whole seconds with London's offset: `2023-07-28T10:40:00+01:00`. One instant has one
    /// such text.
    pub fn to_london_text(self) -> String {
        let Civil { year, month, day, hour, minute, second, offset } = self.civil();
        let hours = offset / 3600;
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}+{hours:02}:00")
    }

    /// What calendar and clock in London show.
    pub fn civil(self) -> Civil {
        let (date, seconds) = self.london();
        let [year, month, day] = date.civil();
        Civil {
            year,
            month: month.cast_unsigned(),
            day: day.cast_unsigned(),
            hour: seconds / 3600,
            minute: seconds / 60 % 60,
            second: seconds % 60,
            offset: self.offset(),
        }
    }

    /// The day that the calendar in London shows.
    pub fn date(self) -> Date {
        self.london().0
    }

    /// What calendar and clock in London show, without seconds.
    pub fn local(self) -> LocalTime {
        let (date, seconds) = self.london();
        LocalTime::shown(date, seconds / 60)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_london_text())
    }
}

/// The numbers in an RFC 3339 text, unchecked.
struct Parts {
    date: [u32; 3],
    time: [u32; 3],
    offset_minutes: i64,
}

impl Parts {
    fn read(text: &str, fraction: bool) -> Option<Self> {
        let mut scan = Scan(text);
        let date = scan.date()?;
        scan.mark("T")?;
        let [hour, minute] = scan.pair()?;
        scan.mark(":")?;
        let time = [hour, minute, scan.digits(2)?];
        if fraction && scan.mark(".").is_some() {
            scan.digits(1)?;
            while scan.digits(1).is_some() {}
        }
        let offset_minutes = Self::offset(&mut scan)?;
        scan.end()?;
        Some(Self { date, time, offset_minutes })
    }

    fn offset(scan: &mut Scan<'_>) -> Option<i64> {
        if scan.mark("Z").is_some() {
            return Some(0);
        }
        let sign = if scan.mark("+").is_some() {
            1
        } else {
            scan.mark("-")?;
            -1
        };
        let [hours, minutes] = scan.pair()?;
        (hours < 24 && minutes < 60).then_some(sign * i64::from(hours * 60 + minutes))
    }
}
