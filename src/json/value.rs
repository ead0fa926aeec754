//! A document in memory.

use std::fmt;
use std::ops::Index;

use super::canonical;
use crate::gather::Gather as _;
use crate::sorted::SortedMap;

/// The members of an object, in the order of their names.
pub type Map = SortedMap<String, Value>;

/// A JSON value whose numbers are whole.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Value {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// Text.
    String(String),
    /// A list.
    Array(Vec<Value>),
    /// Members by name.
    Object(Map),
}

impl Value {
    /// The text, where it is one.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// The whole number, where it is one.
    pub fn as_i64(&self) -> Option<i64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    /// True or false, where it is either.
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// The items, where it is a list.
    pub fn as_array(&self) -> Option<&Vec<Self>> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// The members, where it is an object.
    pub fn as_object(&self) -> Option<&Map> {
        if let Self::Object(members) = self { Some(members) } else { None }
    }

    /// The members, to change them, where it is an object.
    pub fn as_object_mut(&mut self) -> Option<&mut Map> {
        if let Self::Object(members) = self { Some(members) } else { None }
    }

    /// The member of this name, to change it, where it is an object that has one.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Self> {
        self.as_object_mut()?.get_mut(name)
    }

    /// The member of this name, where it is an object that has one.
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?.get(name)
    }
}

/// An object of these members, whose values are taken. A slice, so that one copy of it serves every call.
pub fn object(members: &mut [(&str, Value)]) -> Value {
    let take = |(name, value): &mut (&str, Value)| ((*name).to_owned(), std::mem::take(value));
    Value::Object(members.iter_mut().map(take).collect())
}

/// The canonical form (RFC 8785).
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&canonical(self))
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::String(text.clone())
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Value {
    /// Counts beyond 2^63 cannot be: nothing fills that much memory.
    fn from(count: usize) -> Self {
        Self::Number(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<Map> for Value {
    fn from(members: Map) -> Self {
        Self::Object(members)
    }
}

impl From<&SortedMap<String, String>> for Value {
    fn from(texts: &SortedMap<String, String>) -> Self {
        Self::Object(texts.iter().map(|(name, text)| (name.clone(), text.into())).collect())
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Self {
        Self::Array(items.into_iter().map(Into::into).gather())
    }
}

impl<T: Into<Value>, const N: usize> From<[T; N]> for Value {
    fn from(items: [T; N]) -> Self {
        Self::Array(items.into_iter().map(Into::into).gather())
    }
}

impl FromIterator<Self> for Value {
    fn from_iter<I: IntoIterator<Item = Self>>(items: I) -> Self {
        Self::Array(items.into_iter().gather())
    }
}

impl FromIterator<(String, Self)> for Value {
    fn from_iter<I: IntoIterator<Item = (String, Self)>>(members: I) -> Self {
        Self::Object(members.into_iter().collect())
    }
}

impl PartialEq<str> for Value {
    fn eq(&self, text: &str) -> bool {
        self.as_str() == Some(text)
    }
}

impl PartialEq<&str> for Value {
    fn eq(&self, text: &&str) -> bool {
        self.as_str() == Some(*text)
    }
}

impl PartialEq<i32> for Value {
    fn eq(&self, number: &i32) -> bool {
        self.as_i64() == Some((*number).into())
    }
}

/// The member of this name; `null` where there is none.
impl Index<&str> for Value {
    type Output = Self;

    fn index(&self, name: &str) -> &Self {
        self.get(name).unwrap_or(&Self::Null)
    }
}

/// The item at this place; `null` where there is none.
impl Index<usize> for Value {
    type Output = Self;

    fn index(&self, place: usize) -> &Self {
        self.as_array().and_then(|items| items.get(place)).unwrap_or(&Self::Null)
    }
}

/// The member of this name, to change it; a new one where there is none, and a new object where there is none.
#[cfg(not(target_arch = "wasm32"))]
impl std::ops::IndexMut<&str> for Value {
    fn index_mut(&mut self, name: &str) -> &mut Self {
        if self.as_object().is_none() {
            *self = Self::Object(Map::new());
        }
        match self {
            Self::Object(members) => members.entry(name.to_owned()),
            other => other,
        }
    }
}

/// The item at this place, to change it; as of any list, a place past its end is a fault of the caller.
#[cfg(not(target_arch = "wasm32"))]
impl std::ops::IndexMut<usize> for Value {
    #[allow(clippy::indexing_slicing, reason = "what an index does, and only in native code")]
    fn index_mut(&mut self, place: usize) -> &mut Self {
        match self {
            Self::Array(items) => &mut items[place],
            other => other,
        }
    }
}

/// A JSON value as it is written. Objects and mixed lists inside it are written with `json!` of their own:
/// `json!({ "a": json!([1, true]), "b": "c" })`.
#[macro_export]
macro_rules! json {
    (null) => { $crate::json::Value::Null };
    ({ $($name:literal : $value:expr),* $(,)? }) => {
        $crate::json::object(&mut [$(($name, $crate::json::Value::from($value))),*])
    };
    ([$($item:expr),* $(,)?]) => {
        $crate::json::Value::Array(vec![$($crate::json::Value::from($item)),*])
    };
    ($value:expr) => { $crate::json::Value::from($value) };
}
