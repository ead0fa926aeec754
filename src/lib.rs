//! `ia-returns`: NHS industrial-action returns, completed, checked and signed with no server.
//!
//! Data, then pure functions, then edges. Each module uses modules of lower layers only; the test
//! `tests/suite/source.rs` reads every `use crate::` line and enforces it.
//!
//! | layer | module | knows |
//! | --- | --- | --- |
//! | 0 | [`gather`] | collecting into a list, in little code |
//! | 1 | `base85` | bytes in letters that a page can hold; native |
//! | 1 | [`hash`](mod@hash) | SHA-256, by which documents are known |
//! | 1 | [`letters`] | small letters, words, what cannot be seen |
//! | 1 | [`sorted`] | maps and sets as sorted lists |
//! | 1 | [`tape`] | numbers and texts one after another: what the build hands to the engine |
//! | 1 | [`time`] | civil time in Europe/London, windows; reads no clock |
//! | 2 | [`json`](mod@json) | strict reading (RFC 7493), canonical writing (RFC 8785), places |
//! | 2 | [`rule`] | the expression language: compile and evaluate |
//! | 3 | [`sign`] | Ed25519 signatures as JWS, thumbprints, check codes, key files |
//! | 3 | [`template`] | what one kind of return asks: sections, fields, rules, calculated values |
//! | 4 | [`register`] | which key belongs to whom, and what that says of a signature |
//! | 4 | [`collection`] | one round: actions, windows, lists, parameters; organisations |
//! | 5 | [`answers`] | what an organisation answered, and the four states of an answer |
//! | 6 | [`check`] | findings and calculated values |
//! | 7 | [`file`](mod@file) | the file: drafts, sealing, verifying, re-checking |
//! | 7 | `describe` | a template as JSON Schema and as a page of words; native |
//! | 8 | [`checker`] | the checker for programs of others: text in, one JSON value out |
//! | 8 | [`collate`] | what a region makes of many returns; no DOM, no files |
//! | 9 | [`page`] | the pages as state, events and regions; no DOM |
//! | 10 | `browser`, `browser_approve`, `browser_collate`, `browser_keys`, `browser_module`, `cli` | the edges: DOM, files, clock, randomness |

pub mod answers;
#[cfg(not(target_arch = "wasm32"))]
pub mod base85;
pub mod check;
pub mod checker;
pub mod collate;
pub mod collection;
#[cfg(not(target_arch = "wasm32"))]
pub mod describe;
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

#[cfg(all(
    target_arch = "wasm32",
    not(any(feature = "keys", feature = "collate", feature = "module"))
))]
mod browser;
#[cfg(all(target_arch = "wasm32", feature = "approve"))]
mod browser_approve;
#[cfg(all(target_arch = "wasm32", feature = "collate"))]
mod browser_collate;
#[cfg(all(target_arch = "wasm32", feature = "keys", not(feature = "approve")))]
mod browser_keys;
#[cfg(all(target_arch = "wasm32", feature = "module"))]
mod browser_module;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
