//! Kept keys, requests to be known as a sender, and receipts: a small page within the page, for those who ask for it.
//!
//! It has a state, events and effects of its own, and runs in an engine of its own, so that the page's engine carries none
//! of it. What the two share is on the screen: the page draws an empty place, this fills it. The page's engine gets one thing
//! from here: the secret of the opened key, byte by byte, in place of random ones, when a return is sealed.

mod receipt;
mod screen;
mod state;
mod update;

pub use state::{Event, Panel, Random, State, Wait};
pub use update::update;
