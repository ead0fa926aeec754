//! Civil time in Europe/London, instants, and windows.
//!
//! Letters give times as people in England say them; files hold instants. This module turns one into
//! the other and into words. It reads no clock: whoever needs the present passes it in.
//!
//! When London changes its clocks is in a table that the build writes (`london.rs`).
//!
//! ```
//! use ia_returns::time::{LocalTime, Window, WindowState};
//!
//! let opens = LocalTime::parse("2023-07-28T09:00")?.instant()?;
//! let closes = LocalTime::parse("2023-07-28T13:00")?.instant()?;
//! assert_eq!(opens.to_london_text(), "2023-07-28T09:00:00+01:00");
//! assert_eq!(Window::new(opens, closes)?.state(closes), WindowState::Late);
//! # Ok::<(), ia_returns::time::TimeError>(())
//! ```

mod civil;
mod date;
mod instant;
mod local;
mod london;
mod scan;
mod window;
mod words;

use thiserror::Error;

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use civil::days_to;
pub use date::Date;
pub use instant::{Civil, Instant};
pub use local::LocalTime;
pub use window::{Window, WindowState};
pub use words::{MONTHS, WEEKDAYS, duration_words};

/// The first and last year that are read, both inclusive: those for which the zone data give the rule.
pub const YEARS: std::ops::RangeInclusive<i32> = 1900..=2099;

/// Why a text or a number is not a time. Displays as a phrase without capital or full stop, to follow
/// what was found.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum TimeError {
    /// Not a date in the form that files use.
    #[error("not a date in the form 2023-07-25")]
    DateForm,
    /// The London clock skips this time, because clocks go forward.
    #[error("{local} does not happen in London: the clocks go forward over it")]
    Gap {
        /// The time that was asked for.
        local: LocalTime,
    },
    /// Not an instant in the form of RFC 3339 with whole seconds.
    #[error("not a time in the form 2023-07-28T10:40:00+01:00")]
    InstantForm,
    /// Not a London time in the form that files use.
    #[error("not a time in the form 2023-07-28T09:00")]
    LocalForm,
    /// A date that no calendar has, such as 30 February.
    #[error("a date that does not exist")]
    NoSuchDate,
    /// A time that no clock shows, such as 24:00.
    #[error("a time of day that does not exist")]
    NoSuchTime,
    /// The London clock shows this time twice, because clocks go back.
    #[error("{local} happens twice in London: the clocks go back over it")]
    Overlap {
        /// The time that was asked for.
        local: LocalTime,
        /// The first instant at which the clock shows it, in summer time.
        first: Instant,
        /// The second instant, in Greenwich time.
        second: Instant,
    },
    /// A window closes before it opens, or as it opens.
    #[error("a window that closes before it opens")]
    WindowOrder,
    /// Outside [`YEARS`].
    #[error("a year outside {} to {}", YEARS.start(), YEARS.end())]
    Year,
}

impl TimeError {
    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::DateForm => "Write year, month and day, like 2023-07-25",
            Self::Gap { .. } | Self::Overlap { .. } => {
                "Give a time at least an hour earlier or later on that day"
            }
            Self::InstantForm => "Write date, time and offset, like 2023-07-28T10:40:00+01:00",
            Self::LocalForm => "Write date and time, like 2023-07-28T09:00",
            Self::NoSuchDate => "Check the day and the month",
            Self::NoSuchTime => "Check the time: it runs from 00:00 to 23:59",
            Self::WindowOrder => "Give a closing time after the opening time",
            Self::Year => "Check the year",
        }
    }
}
