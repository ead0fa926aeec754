//! The submitter's page as data and pure functions: state, events, effects, views.

pub mod combobox;
pub mod component;
pub mod text;
