//! The expression language of rules, calculated values and conditions: a subset of CEL over whole
//! numbers, true and false, text, dates, moments, lists and records.
//!
//! In goes an expression and the [`Shape`] of the names that it may use; out comes a typed
//! [`Program`], or a [`Fault`] with its place. A program run on values gives a [`Value`], which may
//! be unknown, or says why it is [`Blocked`]. What names exist is for whoever calls: nothing here
//! knows of templates. The language is described for its authors in `docs/rule-language.md`.
//!
//! ```
//! use std::rc::Rc;
//! use ia_returns::rule::{Shape, State, Steps, Type, Value, compile};
//!
//! let names = ["due_to_work", "absent_ia", "absent_other"].map(|name| (name, Type::Int));
//! let program = compile("absent_ia + absent_other <= due_to_work", &Rc::new(Shape::new(names)))?;
//!
//! let mut steps = Steps::new(1_000);
//! let answers = [Value::Int(88), Value::Int(52), Value::Int(4)];
//! assert_eq!(program.run(&answers, &mut steps), Ok(Value::Bool(true)));
//!
//! let answers = [Value::Int(88), Value::Int(52), Value::Unknown(State::NotKnown)];
//! assert_eq!(program.run(&answers, &mut steps), Ok(Value::Unknown(State::NotKnown)));
//! # Ok::<(), ia_returns::rule::Fault>(())
//! ```

mod blocked;
mod calendar;
mod check;
mod evaluate;
mod fault;
mod kind;
mod lexer;
mod node;
mod parser;
mod tree;
mod value;

use std::rc::Rc;

pub use blocked::{Blocked, Reason, Steps};
pub use fault::Fault;
pub(crate) use fault::IN_WORDS;
pub use kind::{Shape, Type};
pub use value::{State, Value};

use evaluate::{Course, Evaluator};
use node::Node;

/// The longest expression, in bytes.
pub const MAX_BYTES: usize = 10_000;

/// An expression that has been read, checked and bound to the slots of its names.
///
/// It never changes, and cloning it is cheap.
#[derive(Clone, Debug)]
pub struct Program {
    node: Rc<Node>,
    kind: Type,
    reads: Rc<[Vec<String>]>,
}

/// Reads and checks an expression against the names that it may use.
///
/// # Errors
///
/// A [`Fault`] with the byte offset where the text is not an expression of the language or longer
/// than [`MAX_BYTES`], is nested more than 64 levels deep, uses a name that `roots` does not have,
/// puts a value where its type does not fit, or holds a condition that reads no names.
pub fn compile(source: &str, roots: &Rc<Shape>) -> Result<Program, Fault> {
    if source.len() > MAX_BYTES {
        let help = ["move parts of it into calculated values of their own"];
        return Err(Fault::new(MAX_BYTES, &["the expression is longer than 10000 bytes"], &help));
    }
    let tree = parser::parse(source)?;
    let checked = check::check(&tree, roots)?;
    Ok(Program { node: Rc::new(checked.node), kind: checked.kind, reads: checked.reads.into() })
}

impl Program {
    /// The type of what the program gives.
    pub fn kind(&self) -> &Type {
        &self.kind
    }

    /// The names read, as paths from the roots, sorted, each once. Fields of rows continue the path
    /// of their list: `workforce.staffing.all(r, r.absent_ia == 0)` reads
    /// `workforce`, `staffing`, `absent_ia`. A path that ends at a list or record stands for all
    /// that is in it.
    pub fn reads(&self) -> &[Vec<String>] {
        &self.reads
    }

    /// Runs the program. `roots` holds the values of the names, in the order of the shape that it
    /// was compiled with; steps taken are taken off `steps`.
    ///
    /// # Errors
    ///
    /// [`Blocked`] where a result leaves 64 bits, a number is divided by zero, the steps are used
    /// up, or a value is not of the type that the shape states.
    pub fn run(&self, roots: &[Value], steps: &mut Steps) -> Result<Value, Blocked> {
        self.run_in(roots, &[], steps)
    }

    /// Runs the program on values that lie in two places: those of `base`, then those of `own`.
    ///
    /// # Errors
    ///
    /// As [`Program::run`].
    pub fn run_in(
        &self,
        base: &[Value],
        own: &[Value],
        steps: &mut Steps,
    ) -> Result<Value, Blocked> {
        let mut course = Course::new(steps.clone());
        let result = Evaluator::new(base, own, &mut course).result(&self.node);
        *steps = course.steps;
        result
    }

    /// Whether a condition is true of such values. One that is unknown is not.
    ///
    /// # Errors
    ///
    /// As [`Program::run`]; the program gives no true or false.
    pub fn is_true(
        &self,
        base: &[Value],
        own: &[Value],
        steps: &mut Steps,
    ) -> Result<bool, Blocked> {
        let mut course = Course::new(steps.clone());
        let result = Evaluator::new(base, own, &mut course).is_true(&self.node);
        *steps = course.steps;
        result
    }
}
