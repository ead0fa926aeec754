//! When a return may be sent in.

use super::{Instant, TimeError};

/// A stretch of time, half-open: the opening instant is inside, the closing instant is late.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Window {
    opens: Instant,
    closes: Instant,
}

/// How an instant lies to a window.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum WindowState {
    /// The window has not opened.
    Before,
    /// The window is open.
    Open,
    /// The window has closed.
    Late,
}

impl Window {
    /// The window from `opens`, inclusive, to `closes`, exclusive.
    ///
    /// # Errors
    ///
    /// [`TimeError::WindowOrder`] unless it is open for at least a second.
    pub fn new(opens: Instant, closes: Instant) -> Result<Self, TimeError> {
        if opens < closes { Ok(Self { opens, closes }) } else { Err(TimeError::WindowOrder) }
    }

    /// The first instant inside.
    pub fn opens(self) -> Instant {
        self.opens
    }

    /// The first instant that is late.
    pub fn closes(self) -> Instant {
        self.closes
    }

    /// How `now` lies to this window.
    pub fn state(self, now: Instant) -> WindowState {
        if now < self.opens {
            WindowState::Before
        } else if now < self.closes {
            WindowState::Open
        } else {
            WindowState::Late
        }
    }
}

impl WindowState {
    /// The name that rules and files use: `before`, `open` or `late`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Open => "open",
            Self::Late => "late",
        }
    }
}
