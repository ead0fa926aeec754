//! Values, and the ways in which a value can be missing.

use crate::gather::Gather as _;
use std::rc::Rc;

/// Why there is no value.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum State {
    /// The question does not apply here: `{"na":true}`.
    NotApplicable,
    /// The organisation has said that it does not know: `{"not_known":"reason"}`.
    NotKnown,
    /// Nothing has been entered. Blank is never zero.
    Unanswered,
}

impl State {
    /// The word that `state(x)` gives.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotApplicable => "not_applicable",
            Self::NotKnown => "not_known",
            Self::Unanswered => "unanswered",
        }
    }
}

/// A value that an expression reads or gives.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Value {
    /// True or false.
    Bool(bool),
    /// Days since 1970-01-01.
    Date(i32),
    /// A whole number.
    Int(i64),
    /// Values of one type; each may be unknown.
    List(Rc<[Value]>),
    /// Seconds since 1970-01-01T00:00Z.
    Moment(i64),
    /// Values in the order of the record's [`Shape`](super::Shape); each may be unknown.
    Record(Rc<[Value]>),
    /// Characters.
    Text(Rc<str>),
    /// No value, and why.
    Unknown(State),
}

impl Value {
    /// Text.
    pub fn text(text: &str) -> Self {
        Self::Text(text.into())
    }

    /// A list of texts.
    pub fn texts(texts: &[String]) -> Self {
        let mut list = Vec::with_capacity(texts.len());
        for text in texts {
            list.push(Self::text(text));
        }
        Self::List(list.into())
    }

    /// A list of values.
    pub fn list(values: impl IntoIterator<Item = Value>) -> Self {
        Self::List(values.into_iter().gather_shared())
    }

    /// A record; the values are in the order of its shape.
    pub fn record(values: impl IntoIterator<Item = Value>) -> Self {
        Self::Record(values.into_iter().gather_shared())
    }
}
