//! The approver's page: somebody who did not type the figures sees what they are about to sign off, and signs it off.
//!
//! It has a state, events and screens of its own, and runs in an engine of its own: another person with another task, often
//! on a telephone, should not wait for what fills returns in. It shares with the submitter's page how answers, tables and
//! totals look, and with kept keys how a key file is opened.
//!
//! In: the bytes of chosen files. Out: one screen: the verdict, whose return it is, its totals, its queries, what changed since
//! the version before, and how to sign it off; below it everything that the file says.

mod judge;
mod reply;
mod screen;
mod sign_off;
mod state;
mod update;

pub use state::{Event, State};
pub use update::update;
