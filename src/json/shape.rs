//! From values to types.

use serde::de::DeserializeOwned;
use thiserror::Error;

use super::place::{Shown, push_segment};
use super::strict::Strict;
use super::{ReadError, ReadFault, Value, locate, read};

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

/// Reads a document of type `T`.
///
/// # Errors
///
/// Every fault of [`read`], and [`ReadFault::Shape`] for every fault of [`shape`], at the start of the
/// value that is wrong.
pub fn read_as<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ReadError> {
    let value = read(bytes)?;
    shape(&value).map_err(|ShapeError { pointer, reason }| ReadError {
        fault: ReadFault::Shape { reason },
        place: locate(bytes, &pointer),
    })
}

/// Takes a value as a `T`. Types of files say `deny_unknown_fields`, so that nothing that was signed is
/// passed over in silence, and never `untagged`, `tag` or `flatten`, behind which serde takes an array
/// for an object.
///
/// # Errors
///
/// [`ShapeError`] where a `null` stands anywhere in the value (a member without a value is left out, so
/// that there is one way to say so), and where `T` does not take it.
pub fn shape<T: DeserializeOwned>(value: &Value) -> Result<T, ShapeError> {
    let mut pointer = String::new();
    if holds_null(value, &mut pointer) {
        return Err(ShapeError { pointer, reason: "found null, expected a value".to_owned() });
    }
    T::deserialize(Strict(value)).map_err(|refusal| ShapeError {
        pointer: refusal.pointer(),
        reason: Shown(&refusal.reason).to_string(),
    })
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
