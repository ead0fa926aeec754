//! Faults in a collection that only an author can make: dates that do not fit the action, markings that are too low,
//! words that are never said. What makes a collection unusable is found by [`Collection`] itself.

mod days;
mod returns;
mod wording;
mod workbooks;

use super::Base;
use crate::collection::Collection;
use crate::template::Fault;

pub(super) use wording::of_text;

/// Every fault, by its place in the compiled form.
pub(super) fn lint(collection: &Collection, base: &Base) -> Vec<Fault> {
    let mut faults = returns::lint(collection);
    faults.extend(days::lint(collection, &base.calendar));
    faults.extend(workbooks::lint(collection, &base.templates));
    faults.extend(wording::lint(collection.source()));
    faults
}
