//! Writing programs, natively.

use super::{ENDS, FINDS, OPERATORS, RELATIONS, STATES, UNITS};
use crate::rule::Program;
use crate::rule::node::{Each, From, Node, Number, Pick, Place, Step, Test, Words};
use crate::rule::value::Value;
use crate::tape::Writer;
use std::mem::discriminant;

impl Program {
    /// Writes what is run. Its type and what it reads are for compiling, and stay behind.
    pub(crate) fn write(&self, writer: &mut Writer) {
        node(writer, &self.node);
    }
}

/// The number of one of some words.
fn word<T: Copy>(writer: &mut Writer, words: &[T], one: T) {
    let number = words.iter().position(|known| discriminant(known) == discriminant(&one));
    writer.place(number.unwrap_or(words.len()));
}

fn node(writer: &mut Writer, written: &Node) {
    match written {
        Node::Number { at, unit, number: part } => {
            writer.place(number_form(part));
            writer.place(*at);
            word(writer, UNITS, *unit);
            number(writer, part);
        }
        Node::Pick(part) => pick(writer, part),
        Node::Test { at, test: part } => {
            writer.place(test_form(part));
            writer.place(*at);
            test(writer, part);
        }
        Node::Words { at, words } => {
            let (form, of) = match words {
                Words::Join(of) => (12, of),
                Words::Lower(of) => (13, of),
                Words::State(of) => (14, of),
            };
            writer.place(form);
            writer.place(*at);
            node(writer, of);
        }
    }
}

fn test_form(test: &Test) -> usize {
    match test {
        Test::All(_) => 0,
        Test::And(_) => 1,
        Test::Answered(_) => 2,
        Test::Compare(..) => 3,
        Test::Exists(_) => 4,
        Test::Find(..) => 5,
        Test::In(_) => 6,
        Test::Not(_) => 7,
        Test::Or(_) => 8,
        Test::SameBool { .. } => 9,
        Test::SameText { .. } => 10,
        Test::StateIs { .. } => 11,
    }
}

fn test(writer: &mut Writer, written: &Test) {
    match written {
        Test::All(of) | Test::Exists(of) => each(writer, of),
        Test::And(parts) | Test::Or(parts) => writer.list(parts, node),
        Test::Answered(of) | Test::Not(of) => node(writer, of),
        Test::Compare(relation, parts) => {
            word(writer, RELATIONS, *relation);
            pair(writer, parts);
        }
        Test::Find(find, parts) => {
            word(writer, FINDS, *find);
            pair(writer, parts);
        }
        Test::In(parts) => pair(writer, parts),
        Test::SameBool { equal, pair: parts } | Test::SameText { equal, pair: parts } => {
            writer.flag(*equal);
            pair(writer, parts);
        }
        Test::StateIs { equal, of, state } => {
            writer.flag(*equal);
            node(writer, of);
            writer.maybe(state.as_ref(), |writer, state| word(writer, STATES, *state));
        }
    }
}

fn number_form(number: &Number) -> usize {
    match number {
        Number::Absolute(_) => 15,
        Number::Arithmetic(..) => 16,
        Number::Between(..) => 17,
        Number::Count(_) => 18,
        Number::CountUnknown(_) => 19,
        Number::DayOf(_) => 20,
        Number::Extreme(..) => 21,
        Number::ExtremeOf(..) => 22,
        Number::Minus(_) => 23,
        Number::SizeOfList(_) => 24,
        Number::SizeOfText(_) => 25,
        Number::Sum(_) => 26,
        Number::SumKnown(_) => 27,
    }
}

fn number(writer: &mut Writer, written: &Number) {
    match written {
        Number::Absolute(of)
        | Number::DayOf(of)
        | Number::Minus(of)
        | Number::SizeOfList(of)
        | Number::SizeOfText(of) => node(writer, of),
        Number::Arithmetic(first, steps) => {
            node(writer, first);
            writer.list(steps, |writer, Step { operator, at, operand }| {
                word(writer, OPERATORS, *operator);
                writer.place(*at);
                node(writer, operand);
            });
        }
        Number::Between(unit, parts) => {
            writer.number(*unit);
            pair(writer, parts);
        }
        Number::Count(of) | Number::CountUnknown(of) | Number::Sum(of) | Number::SumKnown(of) => {
            each(writer, of);
        }
        Number::Extreme(end, parts) => {
            word(writer, ENDS, *end);
            writer.list(parts, node);
        }
        Number::ExtremeOf(end, of) => {
            word(writer, ENDS, *end);
            each(writer, of);
        }
    }
}

fn pick(writer: &mut Writer, written: &Pick) {
    let form = match written {
        Pick::Choose(_) => 30,
        Pick::Constant(_) => 31,
        Pick::Field(..) => 32,
        Pick::Filter(_) => 33,
        Pick::First(_) => 34,
        Pick::Lines(_) => 35,
        Pick::List(_) => 36,
        Pick::Map(_) => 37,
        Pick::Read(Place { from: From::Local(_), .. }) => 38,
        Pick::Read(Place { from: From::Root(_), .. }) => 39,
    };
    writer.place(form);
    match written {
        Pick::Choose(parts) => parts.iter().for_each(|part| node(writer, part)),
        Pick::Constant(constant) => value(writer, constant),
        Pick::Field(of, slot) => {
            node(writer, of);
            writer.place(*slot);
        }
        Pick::Filter(of) | Pick::First(of) | Pick::Map(of) => each(writer, of),
        Pick::Lines(of) => node(writer, of),
        Pick::List(items) => writer.list(items, node),
        Pick::Read(Place { from: From::Local(slot) | From::Root(slot), fields }) => {
            writer.place(*slot);
            writer.list(fields, |writer, slot| writer.place(*slot));
        }
    }
}

fn pair(writer: &mut Writer, parts: &[Node; 2]) {
    for part in parts {
        node(writer, part);
    }
}

fn each(writer: &mut Writer, Each { at, list, local, body }: &Each) {
    writer.place(*at);
    node(writer, list);
    writer.place(*local);
    node(writer, body);
}

fn value(writer: &mut Writer, written: &Value) {
    let form = match written {
        Value::Bool(_) => 0,
        Value::Date(_) => 1,
        Value::Int(_) => 2,
        Value::List(_) => 3,
        Value::Moment(_) => 4,
        Value::Text(_) => 5,
        Value::Unknown(_) => 6,
        // No expression writes a record, so no constant is one; reading refuses it.
        Value::Record(_) => 7,
    };
    writer.place(form);
    match written {
        Value::Bool(flag) => writer.flag(*flag),
        Value::Date(days) => writer.number(i64::from(*days)),
        Value::Int(number) | Value::Moment(number) => writer.number(*number),
        Value::List(items) => writer.list(items, value),
        Value::Text(text) => writer.text(text),
        Value::Unknown(state) => word(writer, STATES, *state),
        Value::Record(_) => {}
    }
}
