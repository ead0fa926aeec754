//! The syntax tree: what was written, before names and types are known.

use super::fault::Fault;
pub(super) use super::node::{Operator, Relation};

/// The most levels of an expression, in brackets and in operators. Reading, checking, running and
/// dropping an expression each go one call deeper per level.
pub(super) const MAX_DEPTH: usize = 64;

/// A part of an expression and where it stands.
pub(super) struct Expr<'s> {
    /// Byte offset of its first character.
    pub(super) at: usize,
    /// Byte offset of what names it: its operator, function or field; else the same as `at`.
    pub(super) mark: usize,
    pub(super) form: Form<'s>,
    height: usize,
}

/// What a part of an expression is.
pub(super) enum Form<'s> {
    And(Vec<Expr<'s>>),
    Arithmetic(Box<Expr<'s>>, Vec<Link<'s>>),
    Bool(bool),
    Call(&'s str, Vec<Expr<'s>>),
    Choose(Box<[Expr<'s>; 3]>),
    Compare(Relation, Box<[Expr<'s>; 2]>),
    Field(Box<Expr<'s>>, &'s str),
    In(Box<[Expr<'s>; 2]>),
    Int(i64),
    List(Vec<Expr<'s>>),
    Method(Box<Expr<'s>>, &'s str, Vec<Expr<'s>>),
    Minus(Box<Expr<'s>>),
    Name(&'s str),
    Not(Box<Expr<'s>>),
    Or(Vec<Expr<'s>>),
    Text(String),
}

/// One further operand of a sum or a product.
pub(super) struct Link<'s> {
    pub(super) operator: Operator,
    pub(super) mark: usize,
    pub(super) operand: Expr<'s>,
}

impl<'s> Expr<'s> {
    /// Puts a part together; a fault if it is more than [`MAX_DEPTH`] levels high.
    pub(super) fn new(at: usize, mark: usize, form: Form<'s>) -> Result<Self, Fault> {
        let height = 1 + form.tallest_part();
        if height > MAX_DEPTH { Err(too_deep(mark)) } else { Ok(Self { at, mark, form, height }) }
    }
}

impl Form<'_> {
    fn tallest_part(&self) -> usize {
        let tallest = |parts: &[Expr]| parts.iter().map(|part| part.height).max().unwrap_or(0);
        match self {
            Self::Bool(_) | Self::Int(_) | Self::Name(_) | Self::Text(_) => 0,
            Self::And(parts) | Self::Or(parts) | Self::List(parts) | Self::Call(_, parts) => {
                tallest(parts)
            }
            Self::Choose(parts) => tallest(&**parts),
            Self::Compare(_, parts) | Self::In(parts) => tallest(&**parts),
            Self::Field(part, _) | Self::Minus(part) | Self::Not(part) => part.height,
            Self::Method(on, _, parts) => on.height.max(tallest(parts)),
            Self::Arithmetic(first, links) => {
                links.iter().map(|link| link.operand.height).fold(first.height, usize::max)
            }
        }
    }
}

/// The fault of an expression beyond [`MAX_DEPTH`].
pub(super) fn too_deep(at: usize) -> Fault {
    Fault::new(
        at,
        &["the expression is nested more than 64 levels deep"],
        &["move a part of it into a calculated value of its own"],
    )
}
