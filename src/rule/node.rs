//! What is run: typed, with every name turned into slots. Made by the checker only.

use super::value::{State, Value};

/// A part of a program. Each kind of operator is at home in one variant, so that whole numbers and
/// conditions are worked out without being wrapped in a [`Value`].
#[derive(Debug)]
pub(super) enum Node {
    /// Gives a whole number, a date or a moment.
    Number { at: usize, unit: Unit, number: Number },
    /// Gives any type.
    Pick(Pick),
    /// Gives true or false.
    Test { at: usize, test: Test },
    /// Gives text.
    Words { at: usize, words: Words },
}

/// What a 64-bit number stands for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Unit {
    Day,
    One,
    Second,
}

/// A condition.
#[derive(Debug)]
pub(super) enum Test {
    All(Each),
    And(Box<[Node]>),
    Answered(Box<Node>),
    Compare(Relation, Box<[Node; 2]>),
    Exists(Each),
    Find(Find, Box<[Node; 2]>),
    In(Box<[Node; 2]>),
    Not(Box<Node>),
    Or(Box<[Node]>),
    /// Whether two conditions are the same or, where `equal` is false, differ.
    SameBool {
        equal: bool,
        pair: Box<[Node; 2]>,
    },
    /// The same for two texts.
    SameText {
        equal: bool,
        pair: Box<[Node; 2]>,
    },
    /// `state(x) == 'word'`; no state stands for `'value'`.
    StateIs {
        equal: bool,
        of: Box<Node>,
        state: Option<State>,
    },
}

/// A 64-bit number.
#[derive(Debug)]
pub(super) enum Number {
    Absolute(Box<Node>),
    Arithmetic(Box<Node>, Box<[Step]>),
    /// Whole units, each of so many of the operands' own, from the first operand to the second.
    Between(i64, Box<[Node; 2]>),
    Count(Each),
    CountUnknown(Each),
    /// The day of a moment in London.
    DayOf(Box<Node>),
    Extreme(End, Box<[Node]>),
    ExtremeOf(End, Each),
    Minus(Box<Node>),
    SizeOfList(Box<Node>),
    SizeOfText(Box<Node>),
    Sum(Each),
    SumKnown(Each),
}

/// Text.
#[derive(Debug)]
pub(super) enum Words {
    Join(Box<Node>),
    Lower(Box<Node>),
    State(Box<Node>),
}

/// A value of any type, taken from somewhere.
#[derive(Debug)]
pub(super) enum Pick {
    Choose(Box<[Node; 3]>),
    Constant(Value),
    Field(Box<Node>, usize),
    Filter(Each),
    First(Each),
    /// The lines of a text that are not empty.
    Lines(Box<Node>),
    List(Box<[Node]>),
    Map(Each),
    Read(Place),
}

/// Where a named value lies: a slot of the roots or of the rows being visited, then slots of
/// records inside records.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) from: From,
    pub(super) fields: Vec<usize>,
}

/// The start of a place.
#[derive(Clone, Copy, Debug)]
pub(super) enum From {
    Local(usize),
    Root(usize),
}

/// A list, and what is asked of each of its items.
#[derive(Debug)]
pub(super) struct Each {
    /// Offset of the function's name.
    pub(super) at: usize,
    pub(super) list: Box<Node>,
    /// The slot of the item being visited.
    pub(super) local: usize,
    pub(super) body: Box<Node>,
}

impl Each {
    /// The slot that the body reads, where it names a part of the item and does nothing else.
    pub(super) fn part(&self) -> Option<usize> {
        let Node::Pick(Pick::Read(Place { from: From::Local(local), fields })) = &*self.body else {
            return None;
        };
        match fields.as_slice() {
            [slot] if *local == self.local => Some(*slot),
            _ => None,
        }
    }
}

/// One further operand of a sum or product.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) operator: Operator,
    pub(super) at: usize,
    pub(super) operand: Node,
}

/// Which end of an order.
#[derive(Clone, Copy, Debug)]
pub(super) enum End {
    Greatest,
    Least,
}

/// Where in a text another text is looked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Find {
    Anywhere,
    AtEnd,
    AtStart,
}

/// An operator of arithmetic.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Operator {
    Add,
    Divide,
    Multiply,
    Remainder,
    Subtract,
}

#[cfg(not(target_arch = "wasm32"))]
impl Operator {
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Add => "`+`",
            Self::Divide => "`/`",
            Self::Multiply => "`*`",
            Self::Remainder => "`%`",
            Self::Subtract => "`-`",
        }
    }
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Relation {
    Equal,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    NotEqual,
}

#[cfg(not(target_arch = "wasm32"))]
impl Relation {
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Equal => "`==`",
            Self::Greater => "`>`",
            Self::GreaterOrEqual => "`>=`",
            Self::Less => "`<`",
            Self::LessOrEqual => "`<=`",
            Self::NotEqual => "`!=`",
        }
    }
}
