//! A template for those who do not read TOML: JSON Schema for programs that make drafts ([`schema`]), a page of words
//! for people who sign it off ([`docs`]), a form on paper for when no computer runs ([`blank`]). Native only; no page
//! carries it.

mod blank;
mod docs;
mod markdown;
mod questions;
mod schema;
mod worked;

pub use blank::blank;
pub use docs::docs;
pub use schema::schema;
