//! What is said of a value that is not of the shape asked for.

use thiserror::Error;

use super::Value;
use super::place::{Shown, push_segment};

/// A value that is not of the shape asked for. Displays as a sentence without capital or full stop.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("{reason}{}", at(pointer))]
pub struct ShapeError {
    /// JSON pointer (RFC 6901) of the value that is wrong, or of the object that lacks a member.
    pub pointer: String,
    /// What was found and what was expected.
    pub reason: String,
}

impl ShapeError {
    /// The same fault, seen from one step further out.
    #[must_use]
    pub fn under(mut self, step: &str) -> Self {
        let mut pointer = String::new();
        push_segment(&mut pointer, step);
        pointer.push_str(&self.pointer);
        self.pointer = pointer;
        self
    }
}

fn at(pointer: &str) -> String {
    if pointer.is_empty() { String::new() } else { format!(" (at {})", Shown(pointer)) }
}

/// Refuses a `null` anywhere in a value: a member without a value is left out, so that there is one
/// way to say so.
///
/// # Errors
///
/// [`ShapeError`] with the place of the first.
pub fn refuse_null(value: &Value) -> Result<(), ShapeError> {
    let mut pointer = String::new();
    if holds_null(value, &mut pointer) {
        return Err(ShapeError { pointer, reason: "found null, expected a value".to_owned() });
    }
    Ok(())
}

/// Whether there is a `null`; `pointer` then leads to the first, in the order of the members' names.
fn holds_null(value: &Value, pointer: &mut String) -> bool {
    let length = pointer.len();
    let mut inside = |segment: &str, value| {
        pointer.truncate(length);
        push_segment(pointer, segment);
        holds_null(value, pointer)
    };
    let found = match value {
        Value::Null => return true,
        Value::Array(items) => items.iter().enumerate().any(|(index, item)| {
            matches!(item, Value::Null | Value::Array(_) | Value::Object(_))
                && inside(&index.to_string(), item)
        }),
        Value::Object(members) => members.iter().any(|(name, member)| {
            matches!(member, Value::Null | Value::Array(_) | Value::Object(_))
                && inside(name, member)
        }),
        _ => false,
    };
    if !found {
        pointer.truncate(length);
    }
    found
}
