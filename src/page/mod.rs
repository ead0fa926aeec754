//! The submitter's page as data and pure functions. No DOM, no clock, no randomness.
//!
//! In: [`Event`]s. Out: [`Effect`]s. [`update`] is all there is between them: it changes the [`State`], works out the
//! live parts of the step on the screen, and asks for those that differ from what is shown to be replaced.
//!
//! | module | knows |
//! | --- | --- |
//! | [`component`] | the markup of nhsuk-frontend, one part per file |
//! | [`combobox`], [`moment`], [`words`], [`text`] | small machines and words, without markup or state |
//! | `sheet`, `cells` | a table as a sheet to type in, a return as cells to copy |
//! | `step`, `layout` | which steps there are, and which question stands on which |
//! | `work`, `said` | the return being filled in, and what the rules say of it |
//! | `keeping` | what is kept in the browser, and whether it is |
//! | `live` | what changes on a step, and what has to be done to show it |
//! | `screen` | how each step looks |
//! | `update` | what each event does |
//! | [`keys`] | kept keys, requests and receipts: a page within the page, in an engine of its own |
//! | [`approve`] | the approver's page, in an engine of its own |
//! | [`collate`] | the collator's page, in an engine of its own |

#[cfg(any(not(target_arch = "wasm32"), feature = "approve"))]
pub mod approve;
mod cells;
#[cfg(any(not(target_arch = "wasm32"), feature = "collate"))]
pub mod collate;
pub mod combobox;
pub mod component;
mod event;
mod keeping;
#[cfg(any(not(target_arch = "wasm32"), feature = "keys"))]
pub mod keys;
mod layout;
mod live;
pub mod moment;
mod said;
mod screen;
mod sheet;
mod state;
mod step;
pub mod text;
mod update;
pub mod words;
mod work;

pub use event::{Effect, Event, Seed};
pub use keeping::{HERE, KeptDraft, Store};
pub use state::State;
pub use step::Step;
pub use update::update;
