//! `ia-returns`: NHS industrial-action returns, completed, checked and signed with no server.
//!
//! Data, then pure functions, then edges. Each module uses modules of lower layers only; the test
//! `tests/suite/source.rs` reads every `use crate::` line and enforces it.
//!
//! | layer | module | knows |
//! | --- | --- | --- |
//! | 0 | [`gather`] | collecting into a list, in little code |
//! | 0 | [`hash`](mod@hash) | SHA-256, by which documents are known |
//! | 0 | [`letters`] | small letters, words, what cannot be seen |
//! | 0 | [`sorted`] | maps and sets as sorted lists |
//! | 0 | [`tape`] | numbers and texts one after another: what the build hands to the engine |
//! | 0 | [`time`] | civil time in Europe/London, windows; reads no clock |
//! | 1 | [`json`](mod@json) | strict reading (RFC 7493), canonical writing (RFC 8785), places |
//! | 1 | [`rule`] | the expression language: compile and evaluate |
//! | 2 | [`sign`] | Ed25519 signatures as JWS, thumbprints, check codes, key files |
//! | 2 | [`template`] | what one kind of return asks: sections, fields, rules, calculated values |
//! | 3 | [`register`] | which key belongs to whom, and what that says of a signature |
//! | 3 | [`collection`] | one round: actions, windows, lists, parameters; organisations |
//! | 4 | [`answers`] | what an organisation answered, and the four states of an answer |
//! | 5 | [`check`] | findings and calculated values |
//! | 6 | [`file`](mod@file) | the file: drafts, sealing, verifying, re-checking |
//! | 7 | [`page`] | the submitter's page as state, events and regions; no DOM |
//! | 8 | `browser`, `cli` | the edges: DOM, files, clock, randomness |

pub mod answers;
pub mod check;
pub mod collection;
pub mod file;
pub mod gather;
pub mod hash;
pub mod json;
pub mod letters;
pub mod page;
pub mod register;
pub mod rule;
pub mod sign;
pub mod sorted;
pub mod tape;
pub mod template;
pub mod time;

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
