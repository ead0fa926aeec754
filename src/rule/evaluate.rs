//! Running a program on values: left to right, in a bounded number of steps.

use std::fmt;
use std::rc::Rc;

use super::node::{Each, End, Find, From, Node, Number, Pick, Place, Step, Test, Unit, Words};
use super::tree::{Operator, Relation};
use super::value::{State, Value};

/// How much work is left. One budget can serve many programs, one after another.
///
/// A step is one operator or function, one row visited, or 64 bytes of text looked through; so the
/// same program on the same values takes the same steps everywhere.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Steps {
    left: u64,
}

impl Steps {
    /// A budget of so many steps.
    pub fn new(limit: u64) -> Self {
        Self { left: limit }
    }

    /// The steps not yet taken.
    pub fn left(&self) -> u64 {
        self.left
    }
}

/// A program that could not be run to its end, and where.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{reason}")]
pub struct Blocked {
    /// The operator or function that was being worked out, in bytes from the start of the
    /// expression, counted from 0.
    pub at: usize,
    /// What happened.
    pub reason: Reason,
}

/// Why a program could not be run to its end.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Reason {
    /// The right side of `/` or `%` is 0.
    DivisionByZero,
    /// A value is not of the type that the shape states: a fault of whoever made the values.
    Mismatch,
    /// A result does not fit into 64 bits.
    Overflow,
    /// The budget of [`Steps`] is used up.
    TooManySteps,
}

impl fmt::Display for Reason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::DivisionByZero => "division by zero",
            Self::Mismatch => "a value is not of the type that was stated for it",
            Self::Overflow => "a result is too large for 64 bits",
            Self::TooManySteps => "more steps than a check may take",
        })
    }
}

impl Reason {
    /// What the author of the expression can do.
    pub fn remedy(self) -> &'static str {
        match self {
            Self::DivisionByZero => "test for 0 first, like due > 0 ? absent / due : 0",
            Self::Mismatch => "make values and shape from the same template",
            Self::Overflow => "use smaller factors, or limit the answers that go in",
            Self::TooManySteps => "visit fewer rows: put inner totals into calculated values",
        }
    }
}

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
            Pick::First(each) => {
                for item in self.list(&each.list)?.iter() {
                    self.visit(each, item)?;
                    if self.test(&each.body)? {
                        return known(item);
                    }
                }
                Err(Stop::Unknown(State::NotApplicable))
            }
            Pick::List(items) => {
                let items: Result<_, _> = items.iter().map(|item| self.result(item)).collect();
                Ok(Value::List(items.map_err(Stop::Blocked)?))
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

    fn test_of(&mut self, at: usize, test: &Test) -> Run<bool> {
        self.spend(at, 1)?;
        match test {
            Test::All(each) => self.decide_each(each, false),
            Test::And(parts) => self.decide(parts, false),
            Test::Answered(of) => Ok(self.state(of)?.is_none()),
            Test::Compare(relation, pair) => {
                let [left, right] = &**pair;
                let (left, right) = (self.number(left)?, self.number(right)?);
                Ok(match relation {
                    Relation::Equal => left == right,
                    Relation::Greater => left > right,
                    Relation::GreaterOrEqual => left >= right,
                    Relation::Less => left < right,
                    Relation::LessOrEqual => left <= right,
                    Relation::NotEqual => left != right,
                })
            }
            Test::Exists(each) => self.decide_each(each, true),
            Test::Find(find, pair) => self.find(at, *find, pair),
            Test::In(pair) => self.is_in(at, pair),
            Test::Not(of) => Ok(!self.test(of)?),
            Test::Or(parts) => self.decide(parts, true),
            Test::SameBool { equal, pair } => {
                let [left, right] = &**pair;
                Ok((self.test(left)? == self.test(right)?) == *equal)
            }
            Test::SameText { equal, pair } => {
                let [left, right] = &**pair;
                Ok((self.text(left)? == self.text(right)?) == *equal)
            }
            Test::StateIs { equal, of, state } => Ok((self.state(of)? == *state) == *equal),
        }
    }

    /// `&&` and `||`: the first part equal to `deciding` decides, even after an unknown one.
    fn decide(&mut self, parts: &[Node], deciding: bool) -> Run<bool> {
        let mut pending = None;
        for part in parts {
            let part = self.test(part);
            if weigh(part, deciding, &mut pending)? {
                return Ok(deciding);
            }
        }
        pending.map_or(Ok(!deciding), |state| Err(Stop::Unknown(state)))
    }

    /// `all` and `exists`: as `&&` and `||` over the rows.
    fn decide_each(&mut self, each: &Each, deciding: bool) -> Run<bool> {
        let mut pending = None;
        for item in self.list(&each.list)?.iter() {
            self.visit(each, item)?;
            let part = self.test(&each.body);
            if weigh(part, deciding, &mut pending)? {
                return Ok(deciding);
            }
        }
        pending.map_or(Ok(!deciding), |state| Err(Stop::Unknown(state)))
    }

    fn find(&mut self, at: usize, find: Find, pair: &[Node; 2]) -> Run<bool> {
        let [text, part] = pair;
        let (text, part) = (self.text(text)?, self.text(part)?);
        self.spend_on(at, &text)?;
        Ok(match find {
            Find::Anywhere => text.contains(&*part),
            Find::AtEnd => text.ends_with(&*part),
            Find::AtStart => text.starts_with(&*part),
        })
    }

    fn is_in(&mut self, at: usize, pair: &[Node; 2]) -> Run<bool> {
        let [item, list] = pair;
        let (wanted, list) = (self.value(item)?, self.list(list)?);
        let mut found = false;
        for item in list.iter() {
            self.spend(at, 1)?;
            // All are looked at: an unknown item makes the answer unknown wherever it stands.
            match item {
                Value::Unknown(state) => return Err(Stop::Unknown(*state)),
                item => found |= *item == wanted,
            }
        }
        Ok(found)
    }

    fn number_of(&mut self, at: usize, number: &Number) -> Run<i64> {
        self.spend(at, 1)?;
        let fits = |number: Option<i64>| number.ok_or_else(|| overflow(at));
        match number {
            Number::Absolute(of) => fits(self.number(of)?.checked_abs()),
            Number::Arithmetic(first, steps) => {
                let mut total = self.number(first)?;
                for Step { operator, at, operand } in steps {
                    let operand = self.number(operand)?;
                    total = arithmetic(*at, *operator, total, operand)?;
                }
                Ok(total)
            }
            Number::Between(unit, pair) => {
                let [from, to] = &**pair;
                let (from, to) = (self.number(from)?, self.number(to)?);
                fits(to.checked_sub(from).and_then(|apart| apart.checked_div(*unit)))
            }
            Number::Extreme(end, parts) => {
                let mut best = None;
                for part in parts {
                    let part = self.number(part)?;
                    best = Some(end.of(best, part));
                }
                best.ok_or_else(mismatch)
            }
            Number::Minus(of) => fits(self.number(of)?.checked_neg()),
            Number::SizeOfList(of) => fits(i64::try_from(self.list(of)?.len()).ok()),
            Number::SizeOfText(of) => {
                let text = self.text(of)?;
                self.spend_on(at, &text)?;
                // Every character has one byte that is not a continuation (RFC 3629 section 3).
                let characters = text.bytes().filter(|byte| byte & 0xC0 != 0x80).count();
                fits(i64::try_from(characters).ok())
            }
            Number::Count(each) => self.count(each),
            Number::CountUnknown(each) => self.count_unknown(each),
            Number::ExtremeOf(end, each) => self.extreme_of(*end, each),
            Number::Sum(each) => self.sum(each),
            Number::SumKnown(each) => self.sum_known(each),
        }
    }

    fn count(&mut self, each: &Each) -> Run<i64> {
        let mut count = 0;
        for item in self.list(&each.list)?.iter() {
            self.visit(each, item)?;
            count += i64::from(self.test(&each.body)?);
        }
        Ok(count)
    }

    /// How many items are unanswered or not known. A list that is so itself counts as one.
    fn count_unknown(&mut self, each: &Each) -> Run<i64> {
        let items = match self.list(&each.list) {
            Err(Stop::Unknown(state)) => return Ok(i64::from(is_gap(Some(state)))),
            items => items?,
        };
        let mut count = 0;
        for item in items.iter() {
            self.visit(each, item)?;
            count += i64::from(is_gap(self.state(&each.body)?));
        }
        Ok(count)
    }

    fn extreme_of(&mut self, end: End, each: &Each) -> Run<i64> {
        let mut best = None;
        for item in self.list(&each.list)?.iter() {
            self.visit(each, item)?;
            best = Some(end.of(best, self.number(&each.body)?));
        }
        best.ok_or(Stop::Unknown(State::NotApplicable))
    }

    fn sum(&mut self, each: &Each) -> Run<i64> {
        let mut total = 0;
        for item in self.list(&each.list)?.iter() {
            self.visit(each, item)?;
            let part = self.number(&each.body)?;
            total = arithmetic(each.at, Operator::Add, total, part)?;
        }
        Ok(total)
    }

    fn sum_known(&mut self, each: &Each) -> Run<i64> {
        let items = match self.list(&each.list) {
            Err(Stop::Unknown(_)) => return Ok(0),
            items => items?,
        };
        let mut total = 0;
        for item in items.iter() {
            self.visit(each, item)?;
            match self.number(&each.body) {
                Err(Stop::Unknown(_)) => {}
                part => total = arithmetic(each.at, Operator::Add, total, part?)?,
            }
        }
        Ok(total)
    }

    fn words_of(&mut self, at: usize, words: &Words) -> Run<Rc<str>> {
        self.spend(at, 1)?;
        match words {
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
        match self.steps.left.checked_sub(steps) {
            Some(left) => {
                self.steps.left = left;
                Ok(())
            }
            None => Err(Stop::Blocked(Blocked { at, reason: Reason::TooManySteps })),
        }
    }
}

impl End {
    fn of(self, best: Option<i64>, next: i64) -> i64 {
        match self {
            Self::Greatest => best.map_or(next, |best| best.max(next)),
            Self::Least => best.map_or(next, |best| best.min(next)),
        }
    }
}

/// Whether one part decides `&&` (deciding: false) or `||` (deciding: true); keeps the first
/// unknown in `pending`.
fn weigh(part: Run<bool>, deciding: bool, pending: &mut Option<State>) -> Run<bool> {
    match part {
        Ok(part) => return Ok(part == deciding),
        Err(Stop::Unknown(state)) if pending.is_none() => *pending = Some(state),
        Err(stop) if pending.is_none() || stop.is_final() => return Err(stop),
        Err(_) => {}
    }
    Ok(false)
}

fn arithmetic(at: usize, operator: Operator, left: i64, right: i64) -> Run<i64> {
    let result = match operator {
        Operator::Add => left.checked_add(right),
        Operator::Divide | Operator::Remainder if right == 0 => {
            return Err(Stop::Blocked(Blocked { at, reason: Reason::DivisionByZero }));
        }
        Operator::Divide => left.checked_div(right),
        Operator::Multiply => left.checked_mul(right),
        Operator::Remainder => left.checked_rem(right),
        Operator::Subtract => left.checked_sub(right),
    };
    result.ok_or_else(|| overflow(at))
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

fn is_gap(state: Option<State>) -> bool {
    matches!(state, Some(State::NotKnown | State::Unanswered))
}

fn overflow(at: usize) -> Stop {
    Stop::Blocked(Blocked { at, reason: Reason::Overflow })
}

fn mismatch() -> Stop {
    Stop::Blocked(Blocked { at: 0, reason: Reason::Mismatch })
}
