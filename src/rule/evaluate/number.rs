//! Numbers: arithmetic that never wraps, and totals over rows.

use super::{Evaluator, MISMATCH, Run, Stop, known, number_in};
use crate::rule::blocked::Reason;
use crate::rule::node::{Each, End, Number, Operator, Step};
use crate::rule::value::{State, Value};
use crate::time::Instant;

impl Evaluator<'_> {
    pub(super) fn number_of(&mut self, at: usize, number: &Number) -> Run<i64> {
        self.spend(at, 1)?;
        match number {
            Number::Absolute(of) => {
                let number = self.number(of)?.checked_abs();
                self.fits(at, number)
            }
            Number::Arithmetic(first, steps) => {
                let mut total = self.number(first)?;
                for Step { operator, at, operand } in steps {
                    let operand = self.number(operand)?;
                    total = self.arithmetic(*at, *operator, total, operand)?;
                }
                Ok(total)
            }
            Number::Between(unit, pair) => {
                let [from, to] = &**pair;
                let (from, to) = (self.number(from)?, self.number(to)?);
                self.fits(at, to.checked_sub(from).and_then(|apart| apart.checked_div(*unit)))
            }
            Number::DayOf(of) => {
                let instant = Instant::from_seconds(self.number(of)?);
                self.fits(at, instant.ok().map(|instant| i64::from(instant.date().days())))
            }
            Number::Extreme(end, parts) => {
                let mut best = None;
                for part in parts {
                    let part = self.number(part)?;
                    best = Some(end.of(best, part));
                }
                best.ok_or(MISMATCH)
            }
            Number::Minus(of) => {
                let number = self.number(of)?.checked_neg();
                self.fits(at, number)
            }
            Number::SizeOfList(of) => {
                let length = i64::try_from(self.list(of)?.len()).ok();
                self.fits(at, length)
            }
            Number::SizeOfText(of) => {
                let text = self.text(of)?;
                self.spend_on(at, &text)?;
                // Every character has one byte that is not a continuation (RFC 3629 section 3).
                let characters = text.bytes().filter(|byte| byte & 0xC0 != 0x80).count();
                self.fits(at, i64::try_from(characters).ok())
            }
            Number::Count(each) => self.count(each),
            Number::CountUnknown(each) => self.count_unknown(each),
            Number::ExtremeOf(end, each) => self.extreme_of(*end, each),
            Number::Sum(each) => self.sum(each, false),
            Number::SumKnown(each) => self.sum(each, true),
        }
    }

    fn count(&mut self, each: &Each) -> Run<i64> {
        let mut count = 0;
        for item in self.list(&each.list)?.iter() {
            let visited = self.visit(each, item)?;
            count += i64::from(self.at(&visited).test(&each.body)?);
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
        if let Some(slot) = each.part() {
            self.spend_on_each(each, &items)?;
            for item in items.iter() {
                match part_of(item, slot) {
                    Ok(_) => {}
                    Err(Stop::Unknown(state)) => count += i64::from(is_gap(Some(state))),
                    Err(stop) => return Err(stop),
                }
            }
            return Ok(count);
        }
        for item in items.iter() {
            let visited = self.visit(each, item)?;
            let state = self.at(&visited).state(&each.body)?;
            count += i64::from(is_gap(state));
        }
        Ok(count)
    }

    fn extreme_of(&mut self, end: End, each: &Each) -> Run<i64> {
        let mut best = None;
        for item in self.list(&each.list)?.iter() {
            let visited = self.visit(each, item)?;
            best = Some(end.of(best, self.at(&visited).number(&each.body)?));
        }
        best.ok_or(Stop::Unknown(State::NotApplicable))
    }

    /// The total; where `known`, of what is known of it.
    fn sum(&mut self, each: &Each, known: bool) -> Run<i64> {
        let items = match self.list(&each.list) {
            Err(Stop::Unknown(_)) if known => return Ok(0),
            items => items?,
        };
        let part = each.part();
        if part.is_some() {
            self.spend_on_each(each, &items)?;
        }
        let mut total = 0;
        for item in items.iter() {
            let number = if let Some(slot) = part {
                part_of(item, slot).and_then(|part| number_in(part).ok_or(MISMATCH))
            } else {
                let visited = self.visit(each, item)?;
                self.at(&visited).number(&each.body)
            };
            match number {
                Err(Stop::Unknown(_)) if known => {}
                number => total = self.arithmetic(each.at, Operator::Add, total, number?)?,
            }
        }
        Ok(total)
    }

    /// Takes the steps of visiting every item at once. Bodies that only name a part of the item,
    /// like `r.due_to_work`, are most of the work of a check, so such a part is looked up in place.
    fn spend_on_each(&mut self, each: &Each, items: &[Value]) -> Run<()> {
        self.spend(each.at, u64::try_from(items.len()).unwrap_or(u64::MAX))
    }

    fn arithmetic(&mut self, at: usize, operator: Operator, left: i64, right: i64) -> Run<i64> {
        let result = match operator {
            Operator::Add => left.checked_add(right),
            Operator::Divide | Operator::Remainder if right == 0 => {
                return Err(self.blocked(at, Reason::DivisionByZero));
            }
            Operator::Divide => left.checked_div(right),
            Operator::Multiply => left.checked_mul(right),
            Operator::Remainder => left.checked_rem(right),
            Operator::Subtract => left.checked_sub(right),
        };
        self.fits(at, result)
    }

    fn fits(&mut self, at: usize, number: Option<i64>) -> Run<i64> {
        match number {
            Some(number) => Ok(number),
            None => Err(self.blocked(at, Reason::Overflow)),
        }
    }
}

fn part_of(item: &Value, slot: usize) -> Run<&Value> {
    match item {
        Value::Record(values) => known(values.get(slot).ok_or(MISMATCH)?),
        Value::Unknown(state) => Err(Stop::Unknown(*state)),
        _ => Err(MISMATCH),
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

fn is_gap(state: Option<State>) -> bool {
    matches!(state, Some(State::NotKnown | State::Unanswered))
}
