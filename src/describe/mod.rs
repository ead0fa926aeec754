//! A template for those who do not read TOML: JSON Schema for programs that make drafts ([`schema`]), a page of words
//! for people who sign it off ([`docs`]). Native only; no page carries it.

mod docs;
mod markdown;
mod questions;
mod schema;
mod worked;

pub use docs::docs;
pub use schema::schema;
