//! The bounds of a run, and what happens at them.

use std::fmt;

/// How much work is left. One budget can serve many programs, one after another.
///
/// A step is one operator or function, one row visited, or 64 bytes of text looked through; so the
/// same program on the same values takes the same steps everywhere.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Steps {
    left: u64,
}

impl Steps {
    /// A budget of so many steps.
    pub fn new(limit: u64) -> Self {
        Self { left: limit }
    }

    /// The steps not yet taken.
    pub fn left(&self) -> u64 {
        self.left
    }

    /// Takes steps; whether there were as many. If not, none are left for anything else either.
    pub(super) fn take(&mut self, steps: u64) -> bool {
        let enough = steps <= self.left;
        self.left = self.left.saturating_sub(steps);
        enough
    }
}

/// A program that could not be run to its end, and where.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{reason}")]
pub struct Blocked {
    /// The operator or function that was being worked out, in bytes from the start of the
    /// expression, counted from 0.
    pub at: usize,
    /// What happened.
    pub reason: Reason,
}

/// Why a program could not be run to its end.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Reason {
    /// The right side of `/` or `%` is 0.
    DivisionByZero,
    /// A value is not of the type that the shape states: a fault of whoever made the values.
    Mismatch,
    /// A result does not fit into 64 bits.
    Overflow,
    /// The budget of [`Steps`] is used up.
    TooManySteps,
}

impl fmt::Display for Reason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::DivisionByZero => "division by zero",
            Self::Mismatch => "a value is not of the type that was stated for it",
            Self::Overflow => "a result is too large for 64 bits",
            Self::TooManySteps => "more steps than a check may take",
        })
    }
}

impl Reason {
    /// What the author of the expression can do.
    pub fn remedy(self) -> &'static str {
        match self {
            Self::DivisionByZero => "test for 0 first, like due > 0 ? absent / due : 0",
            Self::Mismatch => "make values and shape from the same template",
            Self::Overflow => "use smaller factors, or limit the answers that go in",
            Self::TooManySteps => "visit fewer rows: put inner totals into calculated values",
        }
    }
}
