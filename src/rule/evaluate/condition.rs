//! Conditions: what decides, and what an unknown part leaves open.

use super::{Evaluator, Run, Stop};
use crate::letters::holds;
use crate::rule::node::{Each, Find, Node, Relation, Test};
use crate::rule::value::{State, Value};

impl Evaluator<'_> {
    pub(super) fn test_of(&mut self, at: usize, test: &Test) -> Run<bool> {
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
            let visited = self.visit(each, item)?;
            let part = self.at(&visited).test(&each.body);
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
            Find::Anywhere => holds(&text, &part),
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
