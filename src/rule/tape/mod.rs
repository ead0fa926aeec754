//! Programs on a tape. Each form has a number, which stands first; then its parts, in the order of their declaration.

#[cfg(not(target_arch = "wasm32"))]
mod write;

use super::node::{
    Each, End, Find, From, Node, Number, Operator, Pick, Place, Relation, Step, Test, Unit, Words,
};
use super::value::{State, Value};
use crate::tape::{Broken, Read, Reader};

const UNITS: &[Unit] = &[Unit::Day, Unit::One, Unit::Second];
const RELATIONS: &[Relation] = &[
    Relation::Equal,
    Relation::Greater,
    Relation::GreaterOrEqual,
    Relation::Less,
    Relation::LessOrEqual,
    Relation::NotEqual,
];
const OPERATORS: &[Operator] =
    &[Operator::Add, Operator::Divide, Operator::Multiply, Operator::Remainder, Operator::Subtract];
const FINDS: &[Find] = &[Find::Anywhere, Find::AtEnd, Find::AtStart];
const ENDS: &[End] = &[End::Greatest, End::Least];
const STATES: &[State] = &[State::NotApplicable, State::NotKnown, State::Unanswered];

fn one_of<T: Copy>(reader: &mut Reader, words: &[T]) -> Read<T> {
    words.get(reader.place()?).copied().ok_or(Broken)
}

/// Reads one program's node.
pub(super) fn node(reader: &mut Reader) -> Read<Node> {
    reader.deeper(|reader| {
        let form = reader.place()?;
        if let 30.. = form {
            return pick(form, reader).map(Node::Pick);
        }
        let at = reader.place()?;
        Ok(match form {
            0..=11 => Node::Test { at, test: test(form, reader)? },
            12..=14 => Node::Words { at, words: words(form, reader)? },
            _ => {
                let unit = one_of(reader, UNITS)?;
                Node::Number { at, unit, number: number(form, reader)? }
            }
        })
    })
}

fn test(form: usize, reader: &mut Reader) -> Read<Test> {
    Ok(match form {
        0 => Test::All(each(reader)?),
        1 => Test::And(nodes(reader)?),
        2 => Test::Answered(boxed(reader)?),
        3 => Test::Compare(one_of(reader, RELATIONS)?, pair(reader)?),
        4 => Test::Exists(each(reader)?),
        5 => Test::Find(one_of(reader, FINDS)?, pair(reader)?),
        6 => Test::In(pair(reader)?),
        7 => Test::Not(boxed(reader)?),
        8 => Test::Or(nodes(reader)?),
        9 => Test::SameBool { equal: reader.flag()?, pair: pair(reader)? },
        10 => Test::SameText { equal: reader.flag()?, pair: pair(reader)? },
        _ => Test::StateIs {
            equal: reader.flag()?,
            of: boxed(reader)?,
            state: reader.maybe(|reader| one_of(reader, STATES))?,
        },
    })
}

fn words(form: usize, reader: &mut Reader) -> Read<Words> {
    let of = boxed(reader)?;
    Ok(match form {
        12 => Words::Join(of),
        13 => Words::Lower(of),
        _ => Words::State(of),
    })
}

fn number(form: usize, reader: &mut Reader) -> Read<Number> {
    Ok(match form {
        15 => Number::Absolute(boxed(reader)?),
        16 => Number::Arithmetic(boxed(reader)?, reader.list(step)?.into()),
        17 => Number::Between(reader.number()?, pair(reader)?),
        18 => Number::Count(each(reader)?),
        19 => Number::CountUnknown(each(reader)?),
        20 => Number::DayOf(boxed(reader)?),
        21 => Number::Extreme(one_of(reader, ENDS)?, nodes(reader)?),
        22 => Number::ExtremeOf(one_of(reader, ENDS)?, each(reader)?),
        23 => Number::Minus(boxed(reader)?),
        24 => Number::SizeOfList(boxed(reader)?),
        25 => Number::SizeOfText(boxed(reader)?),
        26 => Number::Sum(each(reader)?),
        27 => Number::SumKnown(each(reader)?),
        _ => return Err(Broken),
    })
}

fn pick(form: usize, reader: &mut Reader) -> Read<Pick> {
    Ok(match form {
        30 => Pick::Choose(Box::new([node(reader)?, node(reader)?, node(reader)?])),
        31 => Pick::Constant(value(reader)?),
        32 => Pick::Field(boxed(reader)?, reader.place()?),
        33 => Pick::Filter(each(reader)?),
        34 => Pick::First(each(reader)?),
        35 => Pick::Lines(boxed(reader)?),
        36 => Pick::List(nodes(reader)?),
        37 => Pick::Map(each(reader)?),
        38 => Pick::Read(place(From::Local, reader)?),
        39 => Pick::Read(place(From::Root, reader)?),
        _ => return Err(Broken),
    })
}

fn place(from: fn(usize) -> From, reader: &mut Reader) -> Read<Place> {
    Ok(Place { from: from(reader.place()?), fields: reader.list(Reader::place)? })
}

fn boxed(reader: &mut Reader) -> Read<Box<Node>> {
    node(reader).map(Box::new)
}

fn pair(reader: &mut Reader) -> Read<Box<[Node; 2]>> {
    Ok(Box::new([node(reader)?, node(reader)?]))
}

fn nodes(reader: &mut Reader) -> Read<Box<[Node]>> {
    reader.list(node).map(Into::into)
}

fn each(reader: &mut Reader) -> Read<Each> {
    Ok(Each {
        at: reader.place()?,
        list: boxed(reader)?,
        local: reader.place()?,
        body: boxed(reader)?,
    })
}

fn step(reader: &mut Reader) -> Read<Step> {
    let operator = one_of(reader, OPERATORS)?;
    Ok(Step { operator, at: reader.place()?, operand: node(reader)? })
}

/// A constant. Records have none.
fn value(reader: &mut Reader) -> Read<Value> {
    reader.deeper(|reader| {
        Ok(match reader.place()? {
            0 => Value::Bool(reader.flag()?),
            1 => Value::Date(i32::try_from(reader.number()?).map_err(|_| Broken)?),
            2 => Value::Int(reader.number()?),
            3 => Value::List(reader.list(value)?.into()),
            4 => Value::Moment(reader.number()?),
            5 => Value::text(reader.text()?),
            6 => Value::Unknown(one_of(reader, STATES)?),
            _ => return Err(Broken),
        })
    })
}
