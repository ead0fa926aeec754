//! Operators: which types they take, and what they give.

use super::{Checker, Typed, unit_of, unlike, wrong_type};
use crate::rule::fault::Fault;
use crate::rule::kind::Type;
use crate::rule::node::{Node, Number, Pick, Step, Test, Unit};
use crate::rule::tree::{Expr, Form, Link, Relation};
use crate::rule::value::State;

impl<'s> Checker<'s> {
    pub(super) fn arithmetic(
        &mut self,
        at: usize,
        first: &Expr<'s>,
        links: &[Link<'s>],
    ) -> Result<Typed, Fault> {
        let user = links.first().map_or("", |link| link.operator.sign());
        let first = self.expect(first, user, &Type::Int)?;
        let mut steps = Vec::with_capacity(links.len());
        for Link { operator, mark, operand } in links {
            let operand = self.expect(operand, operator.sign(), &Type::Int)?;
            steps.push(Step { operator: *operator, at: *mark, operand });
        }
        Ok(number(at, Number::Arithmetic(Box::new(first), steps.into())))
    }

    pub(super) fn minus(&mut self, at: usize, of: &Expr<'s>) -> Result<Typed, Fault> {
        let of = self.expect(of, "`-`", &Type::Int)?;
        Ok(number(at, Number::Minus(Box::new(of))))
    }

    pub(super) fn choose(&mut self, parts: &[Expr<'s>; 3]) -> Result<Typed, Fault> {
        let [condition, one, other] = parts;
        let condition = self.condition(condition, "`?`")?;
        let first = self.value(one)?;
        let second = self.value(other)?;
        if first.kind != second.kind {
            return Err(unlike(other.at, "`? :`", &first.kind, &second.kind));
        }
        let parts = Box::new([condition, first.node, second.node]);
        Ok(Typed::new(first.kind, Node::Pick(Pick::Choose(parts))))
    }

    pub(super) fn compare(
        &mut self,
        mark: usize,
        relation: Relation,
        pair: &[Expr<'s>; 2],
    ) -> Result<Typed, Fault> {
        if let Some(test) = self.state_compared(relation, pair)? {
            return Ok(Typed::test(mark, test));
        }
        let [left, right] = pair;
        let first = self.value(left)?;
        let second = self.value(right)?;
        if first.kind != second.kind {
            return Err(unlike(mark, relation.sign(), &first.kind, &second.kind));
        }
        let pair = Box::new([first.node, second.node]);
        let equal = match relation {
            Relation::Equal => Some(true),
            Relation::NotEqual => Some(false),
            _ => None,
        };
        let test = match (&first.kind, equal) {
            (kind, _) if kind.is_ordered() => Test::Compare(relation, pair),
            (Type::Bool, Some(equal)) => Test::SameBool { equal, pair },
            (Type::Text, Some(equal)) => Test::SameText { equal, pair },
            (kind, _) => return Err(not_compared(mark, relation, kind)),
        };
        Ok(Typed::test(mark, test))
    }

    /// `state(x) == 'unanswered'`: the word is checked here, for a wrong one would never be met.
    fn state_compared(
        &mut self,
        relation: Relation,
        pair: &[Expr<'s>; 2],
    ) -> Result<Option<Test>, Fault> {
        let [left, right] = pair;
        let (call, text) = match (&left.form, &right.form) {
            (Form::Call(name, of), Form::Text(text)) => ((name, of), (right.at, text)),
            (Form::Text(text), Form::Call(name, of)) => ((name, of), (left.at, text)),
            _ => return Ok(None),
        };
        let equal = match relation {
            Relation::Equal => true,
            Relation::NotEqual => false,
            _ => return Ok(None),
        };
        let ((&"state", of), (at, text)) = (call, text) else { return Ok(None) };
        let [of] = &**of else { return Ok(None) };
        let states = [State::NotApplicable, State::NotKnown, State::Unanswered];
        let state = states.into_iter().find(|state| state.word() == text);
        if state.is_none() && text != "value" {
            let help = "it is 'value', 'unanswered', 'not_known' or 'not_applicable'";
            return Err(Fault::new(at, &["`state` never gives '", text, "'"], &[help]));
        }
        let of = Box::new(self.value(of)?.node);
        Ok(Some(Test::StateIs { equal, of, state }))
    }

    pub(super) fn within(&mut self, mark: usize, pair: &[Expr<'s>; 2]) -> Result<Typed, Fault> {
        let [item, list] = pair;
        let item = self.value(item)?;
        let within = self.value(list)?;
        let Type::List(kind) = within.kind else {
            let help = match within.kind {
                Type::Text => "look inside text with .contains('…')",
                _ => "write the values in brackets: x in ['a', 'b']",
            };
            let message = ["`in` needs a list on its right; this is ", within.kind.words()];
            return Err(Fault::new(list.at, &message, &[help]));
        };
        if item.kind != *kind {
            return Err(unlike(mark, "`in`", &item.kind, &kind));
        }
        if matches!(item.kind, Type::List(_) | Type::Record(_)) {
            return Err(not_compared(mark, Relation::Equal, &item.kind));
        }
        Ok(Typed::test(mark, Test::In(Box::new([item.node, within.node]))))
    }

    /// Operands of one ordered type, for `min` and `max`.
    pub(super) fn ordered(
        &mut self,
        user: &str,
        parts: &[Expr<'s>],
    ) -> Result<(Box<[Node]>, Type), Fault> {
        let mut kind: Option<Type> = None;
        let mut nodes = Vec::with_capacity(parts.len());
        for part in parts {
            let typed = self.value(part)?;
            if !typed.kind.is_ordered() {
                return Err(wrong_type(part.at, user, ORDERED, &typed.kind));
            }
            match &kind {
                None => kind = Some(typed.kind),
                Some(kind) if *kind == typed.kind => {}
                Some(kind) => return Err(unlike(part.at, user, kind, &typed.kind)),
            }
            nodes.push(typed.node);
        }
        Ok((nodes.into(), kind.unwrap_or(Type::Int)))
    }
}

/// A checked part that gives a whole number.
pub(super) fn number(at: usize, number: Number) -> Typed {
    Typed::new(Type::Int, Node::Number { at, unit: Unit::One, number })
}

/// A checked part that gives a number, a date or a moment.
pub(super) fn ordered(at: usize, kind: Type, number: Number) -> Typed {
    let unit = unit_of(&kind);
    Typed::new(kind, Node::Number { at, unit, number })
}

fn not_compared(at: usize, relation: Relation, kind: &Type) -> Fault {
    let help = match kind {
        Type::Record(_) => "compare one of its parts, like .id",
        Type::List(_) => "ask about its items: .all(r, …), .exists(r, …) or size(…)",
        _ => "only whole numbers, dates and moments have an order; use == or !=",
    };
    Fault::new(at, &[relation.sign(), " cannot compare ", kind.words()], &[help])
}

/// The types that have an order, in words.
pub(super) const ORDERED: &str = "whole numbers, dates or moments";
