//! The one integration binary.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says what it expects by stopping; clippy's own exception covers only #[test] functions"
)]

mod json;
mod page;
mod shipped;
mod source;
mod support;
mod time;
