//! The one integration binary.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says what it expects by stopping; clippy's own exception covers only #[test] functions"
)]

/// A JSON value as it is written, nested as you like.
macro_rules! json {
    ($($json:tt)+) => { crate::support::value(&serde_json::json!($($json)+)) };
}

mod approve;
mod cases;
mod checker;
mod cmd;
mod collate;
mod collection;
mod compare;
mod corpus;
mod counts;
mod describe;
mod engine;
mod export;
mod file;
mod format;
mod json;
mod keys;
mod laws;
mod lint;
mod lists;
mod london;
mod page;
mod plan;
mod rounds;
mod rule;
mod senders;
mod shipped;
mod sign;
mod source;
mod support;
mod template_lint;
mod time;
mod vectors;
mod workforce;
