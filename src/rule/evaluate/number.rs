//! Numbers: arithmetic that never wraps, and totals over rows.

use super::{Evaluator, Run, Stop, mismatch, overflow};
use crate::rule::blocked::{Blocked, Reason};
use crate::rule::node::{Each, End, Number, Operator, Step};
use crate::rule::value::State;
use crate::time::Instant;

impl Evaluator<'_> {
    pub(super) fn number_of(&mut self, at: usize, number: &Number) -> Run<i64> {
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
            Number::DayOf(of) => {
                let at = Instant::from_seconds(self.number(of)?);
                fits(at.ok().map(|at| i64::from(at.date().days())))
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
}

impl End {
    fn of(self, best: Option<i64>, next: i64) -> i64 {
        match self {
            Self::Greatest => best.map_or(next, |best| best.max(next)),
            Self::Least => best.map_or(next, |best| best.min(next)),
        }
    }
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

fn is_gap(state: Option<State>) -> bool {
    matches!(state, Some(State::NotKnown | State::Unanswered))
}
