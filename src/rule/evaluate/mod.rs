//! Running a program on values: left to right, in a bounded number of steps.

mod condition;
mod number;

use std::rc::Rc;

use super::blocked::{Blocked, Reason, Steps};
use super::node::{Each, From, Node, Pick, Place, Unit, Words};
use super::value::{State, Value};

/// Why there is no plain result. `?` carries both outwards: most operators pass an unknown on.
pub(super) enum Stop {
    Blocked(Blocked),
    Unknown(State),
}

impl Stop {
    /// Whether it stands even where it was met only because an earlier part is unknown. A division
    /// by zero there does not: what is unknown may be the very test that guards it.
    fn is_final(&self) -> bool {
        let Self::Blocked(blocked) = self else { return false };
        matches!(blocked.reason, Reason::Mismatch | Reason::TooManySteps)
    }
}

type Run<T> = Result<T, Stop>;

/// One run of one program.
pub(super) struct Evaluator<'r> {
    roots: &'r [Value],
    steps: &'r mut Steps,
    /// The rows being visited, outermost first.
    locals: Vec<Value>,
}

impl<'r> Evaluator<'r> {
    pub(super) fn new(roots: &'r [Value], steps: &'r mut Steps) -> Self {
        Self { roots, steps, locals: Vec::new() }
    }

    /// The value of a node, an unknown being a value too.
    pub(super) fn result(&mut self, node: &Node) -> Result<Value, Blocked> {
        match self.value(node) {
            Ok(value) => Ok(value),
            Err(Stop::Unknown(state)) => Ok(Value::Unknown(state)),
            Err(Stop::Blocked(blocked)) => Err(blocked),
        }
    }

    fn value(&mut self, node: &Node) -> Run<Value> {
        match node {
            Node::Number { at, unit, number } => {
                let number = self.number_of(*at, number)?;
                Ok(match unit {
                    Unit::Day => Value::Date(i32::try_from(number).map_err(|_| overflow(*at))?),
                    Unit::One => Value::Int(number),
                    Unit::Second => Value::Moment(number),
                })
            }
            Node::Pick(pick) => self.pick(pick),
            Node::Test { at, test } => self.test_of(*at, test).map(Value::Bool),
            Node::Words { at, words } => self.words_of(*at, words).map(Value::Text),
        }
    }

    fn test(&mut self, node: &Node) -> Run<bool> {
        let value = match node {
            Node::Test { at, test } => return self.test_of(*at, test),
            Node::Pick(Pick::Read(place)) => bool_in(self.read(place)?),
            other => bool_in(&self.value(other)?),
        };
        value.ok_or_else(mismatch)
    }

    fn number(&mut self, node: &Node) -> Run<i64> {
        let value = match node {
            Node::Number { at, number, .. } => return self.number_of(*at, number),
            Node::Pick(Pick::Read(place)) => number_in(self.read(place)?),
            Node::Pick(Pick::Constant(value)) => number_in(value),
            other => number_in(&self.value(other)?),
        };
        value.ok_or_else(mismatch)
    }

    fn text(&mut self, node: &Node) -> Run<Rc<str>> {
        match self.value(node)? {
            Value::Text(text) => Ok(text),
            _ => Err(mismatch()),
        }
    }

    fn list(&mut self, node: &Node) -> Run<Rc<[Value]>> {
        match self.value(node)? {
            Value::List(items) => Ok(items),
            _ => Err(mismatch()),
        }
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

    fn read(&self, place: &Place) -> Run<&Value> {
        let mut value = match place.from {
            From::Local(slot) => self.locals.get(slot),
            From::Root(slot) => self.roots.get(slot),
        };
        for slot in &place.fields {
            value = match value {
                Some(Value::Record(values)) => values.get(*slot),
                Some(Value::Unknown(state)) => return Err(Stop::Unknown(*state)),
                _ => None,
            };
        }
        match value {
            Some(Value::Unknown(state)) => Err(Stop::Unknown(*state)),
            Some(value) => Ok(value),
            None => Err(mismatch()),
        }
    }

    fn pick(&mut self, pick: &Pick) -> Run<Value> {
        match pick {
            Pick::Choose(parts) => {
                let [condition, one, other] = &**parts;
                self.choose(condition, one, other)
            }
            Pick::Constant(value) => Ok(value.clone()),
            Pick::Field(record, slot) => match self.value(record)? {
                Value::Record(values) => known(values.get(*slot).ok_or_else(mismatch)?),
                _ => Err(mismatch()),
            },
            Pick::Filter(each) => {
                let mut kept = Vec::new();
                for item in self.list(&each.list)?.iter() {
                    self.visit(each, item)?;
                    if self.test(&each.body)? {
                        kept.push(item.clone());
                    }
                }
                Ok(Value::List(kept.into()))
            }
            Pick::First(each) => {
                for item in self.list(&each.list)?.iter() {
                    self.visit(each, item)?;
                    if self.test(&each.body)? {
                        return known(item);
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
            Pick::List(items) => {
                let items: Result<_, _> = items.iter().map(|item| self.result(item)).collect();
                Ok(Value::List(items.map_err(Stop::Blocked)?))
            }
            Pick::Map(each) => {
                let mut mapped = Vec::new();
                for item in self.list(&each.list)?.iter() {
                    self.visit(each, item)?;
                    mapped.push(self.result(&each.body).map_err(Stop::Blocked)?);
                }
                Ok(Value::List(mapped.into()))
            }
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
                    let Value::Text(text) = known(item)? else { return Err(mismatch()) };
                    // Each once: two actions of one union name it once.
                    if list.iter().take(number).any(|before| before == item) {
                        continue;
                    }
                    if !joined.is_empty() {
                        joined.push_str(", ");
                    }
                    joined.push_str(&text);
                    self.spend_on(at, &text)?;
                }
                Ok(joined.into())
            }
            Words::Lower(of) => {
                let text = self.text(of)?;
                self.spend_on(at, &text)?;
                Ok(text.to_ascii_lowercase().into())
            }
            Words::State(of) => Ok(self.state(of)?.map_or("value", State::word).into()),
        }
    }

    /// Puts an item where the body of a list function looks for it.
    fn visit(&mut self, each: &Each, item: &Value) -> Run<()> {
        self.spend(each.at, 1)?;
        match self.locals.get_mut(each.local) {
            Some(local) => *local = item.clone(),
            // The checker numbers nested rows from 0, so the next one is always at the end.
            None => self.locals.push(item.clone()),
        }
        Ok(())
    }

    fn spend_on(&mut self, at: usize, text: &str) -> Run<()> {
        self.spend(at, u64::try_from(text.len() / 64).unwrap_or(u64::MAX))
    }

    fn spend(&mut self, at: usize, steps: u64) -> Run<()> {
        if self.steps.take(steps) {
            return Ok(());
        }
        Err(Stop::Blocked(Blocked { at, reason: Reason::TooManySteps }))
    }
}

fn known(value: &Value) -> Run<Value> {
    match value {
        Value::Unknown(state) => Err(Stop::Unknown(*state)),
        value => Ok(value.clone()),
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

fn overflow(at: usize) -> Stop {
    Stop::Blocked(Blocked { at, reason: Reason::Overflow })
}

fn mismatch() -> Stop {
    Stop::Blocked(Blocked { at: 0, reason: Reason::Mismatch })
}
