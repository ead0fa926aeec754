//! Running a program on values: left to right, in a bounded number of steps.

mod condition;
mod number;

use std::ops::Deref;
use std::rc::Rc;

use super::blocked::{Blocked, Reason, Steps};
use super::node::{Each, From, Node, Pick, Place, Unit, Words};
use super::value::{State, Value};
use crate::gather::TryGather as _;

/// Why there is no plain result. `?` carries both outwards: most operators pass an unknown on. It is
/// small, so that results fit into registers; where it was blocked stands in the [`Course`].
#[derive(Clone, Copy)]
pub(super) enum Stop {
    Blocked(Reason),
    Unknown(State),
}

impl Stop {
    /// Whether it stands even where it was met only because an earlier part is unknown. A division
    /// by zero there does not: what is unknown may be the very test that guards it.
    fn is_final(self) -> bool {
        matches!(self, Self::Blocked(Reason::Mismatch | Reason::TooManySteps))
    }
}

/// How far a run is.
pub(super) struct Course {
    /// The steps that are left.
    pub(super) steps: Steps,
    /// Where it was blocked last.
    blocked_at: usize,
}

impl Course {
    pub(super) fn new(steps: Steps) -> Self {
        Self { steps, blocked_at: 0 }
    }
}

type Run<T> = Result<T, Stop>;

/// One run of one program, or of a part of it on one row.
pub(super) struct Evaluator<'r> {
    /// The values of the names that every scope has.
    base: &'r [Value],
    /// The values of those that follow them: of a row, a pair or a group.
    own: &'r [Value],
    course: &'r mut Course,
    /// The row being visited, innermost first.
    visited: Option<&'r Visited<'r>>,
}

/// A row that a list function stands at.
pub(super) struct Visited<'r> {
    item: &'r Value,
    /// The slot it is read by.
    local: usize,
    outer: Option<&'r Visited<'r>>,
}

/// The items of a list: those of a name, or some that were just worked out.
enum Items<'r> {
    Made(Vec<Value>),
    Named(&'r [Value]),
    One([Value; 1]),
    Shared(Rc<[Value]>),
}

impl Deref for Items<'_> {
    type Target = [Value];

    fn deref(&self) -> &[Value] {
        match self {
            Self::Made(items) => items,
            Self::Named(items) => items,
            Self::One(items) => items,
            Self::Shared(items) => items,
        }
    }
}

impl<'r> Evaluator<'r> {
    pub(super) fn new(base: &'r [Value], own: &'r [Value], course: &'r mut Course) -> Self {
        Self { base, own, course, visited: None }
    }

    /// The value of a node, an unknown being a value too.
    pub(super) fn result(&mut self, node: &Node) -> Result<Value, Blocked> {
        match self.value(node) {
            Ok(value) => Ok(value),
            Err(Stop::Unknown(state)) => Ok(Value::Unknown(state)),
            Err(Stop::Blocked(reason)) => Err(self.told(reason)),
        }
    }

    /// Whether a condition is true; one that is unknown is not.
    pub(super) fn is_true(&mut self, node: &Node) -> Result<bool, Blocked> {
        match self.test(node) {
            Ok(holds) => Ok(holds),
            Err(Stop::Unknown(_)) => Ok(false),
            Err(Stop::Blocked(reason)) => Err(self.told(reason)),
        }
    }

    #[cold]
    fn told(&self, reason: Reason) -> Blocked {
        // A mismatch has no place: it is a fault of whoever made the values.
        let at = if reason == Reason::Mismatch { 0 } else { self.course.blocked_at };
        Blocked { at, reason }
    }

    /// The value of a node among others of a list.
    fn item(&mut self, node: &Node) -> Run<Value> {
        match self.value(node) {
            Err(Stop::Unknown(state)) => Ok(Value::Unknown(state)),
            result => result,
        }
    }

    fn value(&mut self, node: &Node) -> Run<Value> {
        match node {
            Node::Number { at, unit, number } => {
                let number = self.number_of(*at, number)?;
                Ok(match unit {
                    Unit::Day => match i32::try_from(number) {
                        Ok(days) => Value::Date(days),
                        Err(_) => return Err(self.blocked(*at, Reason::Overflow)),
                    },
                    Unit::One => Value::Int(number),
                    Unit::Second => Value::Moment(number),
                })
            }
            Node::Pick(pick) => self.pick(pick),
            Node::Test { at, test } => self.test_of(*at, test).map(Value::Bool),
            Node::Words { at, words } => self.words_of(*at, words).map(Value::Text),
        }
    }

    // Most operands are names, conditions and sums: those need no call of their own. In the engine
    // of the pages size counts for more.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    #[cfg_attr(
        not(target_arch = "wasm32"),
        expect(clippy::inline_always, reason = "measured by the bench")
    )]
    fn test(&mut self, node: &Node) -> Run<bool> {
        match node {
            Node::Test { at, test } => self.test_of(*at, test),
            other => self.test_in(other),
        }
    }

    fn test_in(&mut self, node: &Node) -> Run<bool> {
        match node {
            Node::Pick(Pick::Read(place)) => bool_in(self.read(place)?).ok_or(MISMATCH),
            other => bool_in(&self.value(other)?).ok_or(MISMATCH),
        }
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    #[cfg_attr(
        not(target_arch = "wasm32"),
        expect(clippy::inline_always, reason = "measured by the bench")
    )]
    fn number(&mut self, node: &Node) -> Run<i64> {
        match node {
            Node::Number { at, number, .. } => self.number_of(*at, number),
            Node::Pick(Pick::Constant(value)) => number_in(value).ok_or(MISMATCH),
            Node::Pick(Pick::Read(place)) => number_in(self.read(place)?).ok_or(MISMATCH),
            other => number_in(&self.value(other)?).ok_or(MISMATCH),
        }
    }

    fn text(&mut self, node: &Node) -> Run<Rc<str>> {
        let value = match node {
            Node::Words { at, words } => return self.words_of(*at, words),
            Node::Pick(Pick::Constant(value)) => value,
            Node::Pick(Pick::Read(place)) => self.read(place)?,
            other => &self.value(other)?,
        };
        match value {
            Value::Text(text) => Ok(text.clone()),
            _ => Err(MISMATCH),
        }
    }

    fn list(&mut self, node: &Node) -> Run<Items<'r>> {
        match node {
            Node::Pick(Pick::Filter(each)) => self.filter(each).map(Items::Made),
            Node::Pick(Pick::List(items)) => match &**items {
                [item] => Ok(Items::One([self.item(item)?])),
                items => self.each_of(items).map(Items::Made),
            },
            Node::Pick(Pick::Map(each)) => self.map(each).map(Items::Made),
            Node::Pick(Pick::Read(place)) => match self.read(place)? {
                Value::List(items) => Ok(Items::Named(items)),
                _ => Err(MISMATCH),
            },
            other => match self.value(other)? {
                Value::List(items) => Ok(Items::Shared(items)),
                _ => Err(MISMATCH),
            },
        }
    }

    fn each_of(&mut self, items: &[Node]) -> Run<Vec<Value>> {
        items.iter().map(|item| self.item(item)).try_gather()
    }

    fn filter(&mut self, each: &Each) -> Run<Vec<Value>> {
        let mut kept = Vec::new();
        for item in self.list(&each.list)?.iter() {
            let visited = self.visit(each, item)?;
            if self.at(&visited).test(&each.body)? {
                kept.push(item.clone());
            }
        }
        Ok(kept)
    }

    fn map(&mut self, each: &Each) -> Run<Vec<Value>> {
        let mut mapped = Vec::new();
        for item in self.list(&each.list)?.iter() {
            let visited = self.visit(each, item)?;
            mapped.push(self.at(&visited).item(&each.body)?);
        }
        Ok(mapped)
    }

    /// The state of a node's value; none where it has a value.
    fn state(&mut self, node: &Node) -> Run<Option<State>> {
        let state = match node {
            Node::Pick(Pick::Read(place)) => self.read(place).err(),
            other => self.value(other).err(),
        };
        match state {
            None => Ok(None),
            Some(Stop::Unknown(state)) => Ok(Some(state)),
            Some(blocked) => Err(blocked),
        }
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    #[cfg_attr(
        not(target_arch = "wasm32"),
        expect(clippy::inline_always, reason = "measured by the bench")
    )]
    fn read(&self, place: &Place) -> Run<&'r Value> {
        let mut value = match place.from {
            From::Local(slot) => self.local(slot),
            From::Root(slot) => match self.base.get(slot) {
                None => self.own.get(slot - self.base.len()),
                value => value,
            },
        };
        for slot in &place.fields {
            value = match value {
                Some(Value::Record(values)) => values.get(*slot),
                Some(Value::Unknown(state)) => return Err(Stop::Unknown(*state)),
                _ => None,
            };
        }
        known(value.ok_or(MISMATCH)?)
    }

    fn local(&self, slot: usize) -> Option<&'r Value> {
        let mut visited = self.visited;
        while let Some(Visited { item, local, outer }) = visited {
            if *local == slot {
                return Some(item);
            }
            visited = *outer;
        }
        None
    }

    fn pick(&mut self, pick: &Pick) -> Run<Value> {
        match pick {
            Pick::Choose(parts) => {
                let [condition, one, other] = &**parts;
                self.choose(condition, one, other)
            }
            Pick::Constant(value) => Ok(value.clone()),
            Pick::Field(record, slot) => match self.value(record)? {
                Value::Record(values) => known(values.get(*slot).ok_or(MISMATCH)?).cloned(),
                _ => Err(MISMATCH),
            },
            Pick::Filter(each) => Ok(Value::List(self.filter(each)?.into())),
            Pick::First(each) => {
                for item in self.list(&each.list)?.iter() {
                    let visited = self.visit(each, item)?;
                    if self.at(&visited).test(&each.body)? {
                        return known(item).cloned();
                    }
                }
                Err(Stop::Unknown(State::NotApplicable))
            }
            Pick::Lines(of) => {
                let text = self.text(of)?;
                self.spend_on(0, &text)?;
                let lines = text.split('\n').map(str::trim).filter(|line| !line.is_empty());
                Ok(Value::list(lines.map(Value::text)))
            }
            Pick::List(items) => Ok(Value::List(self.each_of(items)?.into())),
            Pick::Map(each) => Ok(Value::List(self.map(each)?.into())),
            Pick::Read(place) => self.read(place).cloned(),
        }
    }

    /// `? :`. Where the condition is unknown, two equal branches still decide.
    fn choose(&mut self, condition: &Node, one: &Node, other: &Node) -> Run<Value> {
        let state = match self.test(condition) {
            Ok(true) => return self.value(one),
            Ok(false) => return self.value(other),
            Err(Stop::Unknown(state)) => state,
            Err(blocked) => return Err(blocked),
        };
        if let Some(one) = self.branch(one)?
            && let Some(other) = self.branch(other)?
            && self.same(&one, &other)?
        {
            return Ok(one);
        }
        Err(Stop::Unknown(state))
    }

    /// A branch looked at without knowing that it will be taken.
    fn branch(&mut self, node: &Node) -> Run<Option<Value>> {
        match self.value(node) {
            Ok(value) => Ok(Some(value)),
            Err(stop) if stop.is_final() => Err(stop),
            Err(_) => Ok(None),
        }
    }

    /// Whether two values are the same through and through.
    fn same(&mut self, one: &Value, other: &Value) -> Run<bool> {
        self.spend(0, 1)?;
        let ((Value::List(ones), Value::List(others))
        | (Value::Record(ones), Value::Record(others))) = (one, other)
        else {
            return Ok(one == other);
        };
        if ones.len() != others.len() {
            return Ok(false);
        }
        for (one, other) in ones.iter().zip(others.iter()) {
            if !self.same(one, other)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn words_of(&mut self, at: usize, words: &Words) -> Run<Rc<str>> {
        self.spend(at, 1)?;
        match words {
            Words::Join(of) => {
                let mut joined = String::new();
                let list = self.list(of)?;
                for (number, item) in list.iter().enumerate() {
                    self.spend(at, 1)?;
                    let Value::Text(text) = known(item)? else { return Err(MISMATCH) };
                    // Each once: two actions of one union name it once.
                    if list.iter().take(number).any(|before| before == item) {
                        continue;
                    }
                    if !joined.is_empty() {
                        joined.push_str(", ");
                    }
                    joined.push_str(text);
                    self.spend_on(at, text)?;
                }
                Ok(joined.into())
            }
            Words::Lower(of) => {
                let text = self.text(of)?;
                self.spend_on(at, &text)?;
                let is_lower = !text.bytes().any(|byte| byte.is_ascii_uppercase());
                Ok(if is_lower { text } else { text.to_ascii_lowercase().into() })
            }
            Words::State(of) => Ok(self.state(of)?.map_or("value", State::word).into()),
        }
    }

    /// Steps to an item of a list.
    fn visit<'i>(&mut self, each: &Each, item: &'i Value) -> Run<Visited<'i>>
    where
        'r: 'i,
    {
        self.spend(each.at, 1)?;
        Ok(Visited { item, local: each.local, outer: self.visited })
    }

    /// The same run, standing at an item.
    fn at<'i>(&'i mut self, visited: &'i Visited<'i>) -> Evaluator<'i> {
        Evaluator { base: self.base, own: self.own, course: self.course, visited: Some(visited) }
    }

    fn spend_on(&mut self, at: usize, text: &str) -> Run<()> {
        self.spend(at, u64::try_from(text.len() / 64).unwrap_or(u64::MAX))
    }

    fn spend(&mut self, at: usize, steps: u64) -> Run<()> {
        if self.course.steps.take(steps) {
            Ok(())
        } else {
            Err(self.blocked(at, Reason::TooManySteps))
        }
    }

    #[cold]
    fn blocked(&mut self, at: usize, reason: Reason) -> Stop {
        self.course.blocked_at = at;
        Stop::Blocked(reason)
    }
}

fn known(value: &Value) -> Run<&Value> {
    match value {
        Value::Unknown(state) => Err(Stop::Unknown(*state)),
        value => Ok(value),
    }
}

fn number_in(value: &Value) -> Option<i64> {
    match value {
        Value::Int(number) | Value::Moment(number) => Some(*number),
        Value::Date(days) => Some(i64::from(*days)),
        _ => None,
    }
}

fn bool_in(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(value) => Some(*value),
        _ => None,
    }
}

/// A value is not of the type that was stated for it.
const MISMATCH: Stop = Stop::Blocked(Reason::Mismatch);
