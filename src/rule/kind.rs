//! The types of the language, and the shape of a record.

use crate::gather::Gather as _;
use std::rc::Rc;

/// What a value can be. There are no fractions anywhere.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Type {
    /// True or false.
    Bool,
    /// A day in the calendar.
    Date,
    /// A whole number from −2^63 to 2^63−1.
    Int,
    /// Any number of values of one type.
    List(Box<Type>),
    /// A whole second in time.
    Moment,
    /// Named values, each with its own type.
    Record(Rc<Shape>),
    /// Characters.
    Text,
}

impl Type {
    /// The type in the words that faults use, with its article.
    pub fn words(&self) -> &'static str {
        match self {
            Self::Bool => "true or false",
            Self::Date => "a date",
            Self::Int => "a whole number",
            Self::List(_) => "a list",
            Self::Moment => "a moment",
            Self::Record(_) => "a record",
            Self::Text => "text",
        }
    }

    /// Whether values of this type have an order: whole numbers, dates and moments.
    pub(super) fn is_ordered(&self) -> bool {
        matches!(self, Self::Date | Self::Int | Self::Moment)
    }
}

/// The names of a record and their types, in the order in which a record value holds its values.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Shape {
    entries: Vec<(Rc<str>, Type)>,
}

impl Shape {
    /// A shape with these names. Where a name comes twice the first is found; whoever makes the
    /// names (a template) has to refuse that.
    pub fn new<N: Into<Rc<str>>>(entries: impl IntoIterator<Item = (N, Type)>) -> Self {
        Self { entries: entries.into_iter().map(|(name, kind)| (name.into(), kind)).gather() }
    }

    /// This shape followed by more names: the names of a row after those of the whole return.
    #[must_use]
    pub fn with<N: Into<Rc<str>>>(&self, more: impl IntoIterator<Item = (N, Type)>) -> Self {
        let mut entries = self.entries.clone();
        entries.extend(more.into_iter().map(|(name, kind)| (name.into(), kind)));
        Self { entries }
    }

    /// Names and types in order.
    pub fn entries(&self) -> &[(Rc<str>, Type)] {
        &self.entries
    }

    /// Where the value of this name lies in a record, counted from 0.
    pub fn slot(&self, name: &str) -> Option<usize> {
        self.entries.iter().position(|(entry, _)| &**entry == name)
    }

    /// The type of the value at a slot.
    pub fn kind(&self, slot: usize) -> Option<&Type> {
        self.entries.get(slot).map(|(_, kind)| kind)
    }

    /// The slot and type of a name.
    pub(super) fn find(&self, name: &str) -> Option<(usize, &Type)> {
        let slot = self.slot(name)?;
        Some((slot, self.kind(slot)?))
    }
}
