//! Reading an object member by member.
//!
//! Types that the pages carry are read with this instead of derived code: a derived reader of the
//! template alone is 100 KB of the engine, this is 8. What does not depend on the type that is read is a function
//! of its own, so that it is in the engine once. A getter never fails; the first fault is kept and
//! [`Members::done`] gives it, so that a type is read as one expression.

use super::place::push_segment;
use super::shape::ShapeError;
use super::{Map, Value};
use crate::letters::Join as _;

/// The members of one object, while they are read.
pub struct Members<'v> {
    value: &'v Value,
    names: Vec<&'static str>,
    fault: Option<ShapeError>,
}

impl<'v> Members<'v> {
    /// Begins to read an object; anything else is the first fault.
    pub fn of(value: &'v Value) -> Self {
        let is_object = value.as_object().is_some();
        let fault = if is_object { None } else { Some(found(value, "an object")) };
        Self { value, names: Vec::new(), fault }
    }

    fn fail(&mut self, name: &str, mut fault: ShapeError) {
        if self.fault.is_none() {
            let mut pointer = String::new();
            push_segment(&mut pointer, name);
            pointer.push_str(&fault.pointer);
            fault.pointer = pointer;
            self.fault = Some(fault);
        }
    }

    /// A member, if it is there.
    pub fn get(&mut self, name: &'static str) -> Option<&'v Value> {
        self.names.push(name);
        self.value.get(name)
    }

    /// A member that must be there.
    pub fn need(&mut self, name: &'static str) -> Option<&'v Value> {
        let value = self.get(name);
        if value.is_none() && self.fault.is_none() {
            let reason = format!("“{name}” is missing");
            self.fault = Some(ShapeError { pointer: String::new(), reason });
        }
        value
    }

    fn taken<T>(
        &mut self,
        name: &'static str,
        value: &Value,
        taken: Option<T>,
        wanted: &str,
    ) -> Option<T> {
        if taken.is_none() {
            self.fail(name, found(value, wanted));
        }
        taken
    }

    /// Text that must be there.
    pub fn text(&mut self, name: &'static str) -> String {
        let value = self.need(name);
        self.as_text(name, value).unwrap_or_default()
    }

    /// Text that may be left out.
    pub fn maybe_text(&mut self, name: &'static str) -> Option<String> {
        let value = self.get(name);
        self.as_text(name, value)
    }

    fn as_text(&mut self, name: &'static str, value: Option<&Value>) -> Option<String> {
        let value = value?;
        self.taken(name, value, value.as_str(), "text").map(str::to_owned)
    }

    /// True or false; false where it is left out.
    pub fn flag(&mut self, name: &'static str) -> bool {
        let Some(value) = self.get(name) else { return false };
        self.taken(name, value, value.as_bool(), "true or false").unwrap_or_default()
    }

    /// A whole number that must be there.
    pub fn whole(&mut self, name: &'static str) -> i64 {
        let value = self.need(name);
        self.as_whole(name, value).unwrap_or_default()
    }

    /// A whole number that may be left out.
    pub fn maybe_whole(&mut self, name: &'static str) -> Option<i64> {
        let value = self.get(name);
        self.as_whole(name, value)
    }

    fn as_whole(&mut self, name: &'static str, value: Option<&Value>) -> Option<i64> {
        let value = value?;
        self.taken(name, value, value.as_i64(), "a whole number")
    }

    /// One of some words, which must be there.
    pub fn word<T: Copy + Default>(&mut self, name: &'static str, words: &[(&str, T)]) -> T {
        let value = self.need(name);
        self.as_word(name, value, words).unwrap_or_default()
    }

    /// One of some words, which may be left out.
    pub fn maybe_word<T: Copy>(&mut self, name: &'static str, words: &[(&str, T)]) -> Option<T> {
        let value = self.get(name);
        self.as_word(name, value, words)
    }

    fn as_word<T: Copy>(
        &mut self,
        name: &'static str,
        value: Option<&Value>,
        words: &[(&str, T)],
    ) -> Option<T> {
        let place = self.place_of(name, value?, &|at| words.get(at).map(|(known, _)| *known))?;
        words.get(place).map(|(_, meaning)| *meaning)
    }

    /// Which of the known words a value is.
    fn place_of<'w>(
        &mut self,
        name: &'static str,
        value: &Value,
        known: &dyn Fn(usize) -> Option<&'w str>,
    ) -> Option<usize> {
        let word = value.as_str().unwrap_or_default();
        let mut wanted = String::from("one of ");
        let mut place = 0;
        while let Some(known) = known(place) {
            if known == word {
                return Some(place);
            }
            wanted.push_str(if place == 0 { "" } else { ", " });
            wanted.push_str(known);
            place = place.saturating_add(1);
        }
        self.fail(name, found(value, &wanted));
        None
    }

    /// A list of objects; empty where it is left out.
    pub fn list<T>(&mut self, name: &'static str, read: fn(&mut Members<'_>) -> T) -> Vec<T> {
        let mut list = Vec::new();
        self.each_object(name, &mut |members| list.push(read(members)));
        list
    }

    fn each_object(&mut self, name: &'static str, read: &mut dyn FnMut(&mut Members<'_>)) {
        self.each(name, &mut |item| {
            let mut members = Members::of(item);
            read(&mut members);
            members.ended()
        });
    }

    /// A list of anything; empty where it is left out.
    pub fn items<T>(
        &mut self,
        name: &'static str,
        read: fn(&Value) -> Result<T, ShapeError>,
    ) -> Vec<T> {
        let mut list = Vec::new();
        self.each(name, &mut |item| read(item).map(|item| list.push(item)));
        list
    }

    fn each(&mut self, name: &'static str, read: &mut dyn FnMut(&Value) -> Result<(), ShapeError>) {
        let Some(value) = self.get(name) else { return };
        let Some(items) = self.taken(name, value, value.as_array(), "a list") else { return };
        for (index, item) in items.iter().enumerate() {
            if let Err(fault) = read(item) {
                self.fail(name, fault.under(&index.to_string()));
                return;
            }
        }
    }

    /// A list of texts; empty where it is left out.
    pub fn texts(&mut self, name: &'static str) -> Vec<String> {
        self.items(name, |item| item.as_str().map(str::to_owned).ok_or_else(|| found(item, "text")))
    }

    /// The members of an object under their names, in the order of the names; none where it is
    /// left out.
    pub fn named<T>(
        &mut self,
        name: &'static str,
        read: fn(&Value) -> Result<T, ShapeError>,
    ) -> Vec<(String, T)> {
        let mut list = Vec::new();
        self.each_named(name, &mut |key, item| {
            read(item).map(|item| list.push((key.to_owned(), item)))
        });
        list
    }

    fn each_named(
        &mut self,
        name: &'static str,
        read: &mut dyn FnMut(&str, &Value) -> Result<(), ShapeError>,
    ) {
        let Some(value) = self.get(name) else { return };
        let Some(map) = self.taken(name, value, value.as_object(), "an object") else { return };
        for (key, item) in map {
            if let Err(fault) = read(key, item) {
                self.fail(name, fault.under(key));
                return;
            }
        }
    }

    /// A member of a type of its own, which must be there.
    pub fn part<T>(&mut self, name: &'static str, read: fn(&mut Members<'_>) -> T) -> T {
        // Where it is missing, that is the first fault and what is read of nothing is never used.
        let mut members = Members::of(self.need(name).unwrap_or(&Value::Null));
        let part = read(&mut members);
        self.join(name, members);
        part
    }

    fn join(&mut self, name: &str, part: Members<'_>) {
        if let Err(fault) = part.ended() {
            self.fail(name, fault);
        }
    }

    /// An object as it is, which must be there.
    pub fn map(&mut self, name: &'static str) -> Map {
        let map = self
            .need(name)
            .and_then(|value| self.taken(name, value, value.as_object(), "an object"));
        map.cloned().unwrap_or_default()
    }

    /// Says that the object as a whole is not what was wanted, unless a fault was found before or a member is unknown.
    pub fn refuse(&mut self, wanted: &str) {
        self.look_for_unknown();
        if self.fault.is_none() {
            self.fault = Some(found(self.value, wanted));
        }
    }

    /// Gives what was read.
    ///
    /// # Errors
    ///
    /// The first fault, or a member that no getter asked for.
    pub fn done<T>(self, whole: T) -> Result<T, ShapeError> {
        self.ended().map(|()| whole)
    }

    fn ended(mut self) -> Result<(), ShapeError> {
        self.look_for_unknown();
        match self.fault {
            None => Ok(()),
            Some(fault) => Err(fault),
        }
    }

    fn look_for_unknown(&mut self) {
        let map = self.value.as_object();
        let unknown =
            map.and_then(|map| map.keys().find(|key| !self.names.contains(&key.as_str())));
        if let Some(unknown) = unknown {
            let reason = format!("unknown member, expected one of {}", self.names.joined(", "));
            self.fail(unknown, ShapeError { pointer: String::new(), reason });
        }
    }
}

/// Reads one object as a whole.
///
/// # Errors
///
/// The first fault, or a member that `read` does not ask for.
pub fn whole<T>(value: &Value, read: fn(&mut Members<'_>) -> T) -> Result<T, ShapeError> {
    let mut members = Members::of(value);
    let whole = read(&mut members);
    members.done(whole)
}

/// What was found and what was wanted.
pub fn found(value: &Value, wanted: &str) -> ShapeError {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    let mut reason = format!("found {kind}");
    if let Value::String(text) = value {
        reason.push_str(" “");
        reason.extend(text.chars().take(60));
        reason.push('”');
    }
    reason.push_str(", expected ");
    reason.push_str(wanted);
    ShapeError { pointer: String::new(), reason }
}
