//! The collator's page: somebody who receives hundreds of files sees at once who is missing, what is wrong and what it adds up
//! to.
//!
//! It has a state, events and screens of its own, and runs in an engine of its own, as the approver's page does. What is made of
//! the files is [`collate`](crate::collate)'s; the screens show its tables, and every export is made of the same tables.
//!
//! In: what stands in inputs, the bytes of chosen files, events. Out: screens, and files to keep. Files are judged one at a time
//! ([`State::add`]) while the page's script waits between slices, so that the page answers and Cancel works.

mod chase;
mod lists;
mod out;
mod screen;
mod state;
mod typing;
mod update;

pub use state::{Ask, Event, State};
pub use update::update;
