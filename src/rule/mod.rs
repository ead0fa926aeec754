//! The expression language of rules, calculated values and conditions: a subset of CEL over whole
//! numbers, true and false, text, dates, moments, lists and records.
//!
//! In goes an expression and the [`Shape`] of the names that it may use; out comes a typed
//! [`Program`], or a [`Fault`] with its place. The engine of the pages only runs programs: the build
//! compiles them and hands them over on a [tape](crate::tape). A program run on values gives a [`Value`], which may
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
#[cfg(not(target_arch = "wasm32"))]
mod calendar;
#[cfg(not(target_arch = "wasm32"))]
mod check;
mod evaluate;
#[cfg(not(target_arch = "wasm32"))]
mod fault;
#[cfg(not(target_arch = "wasm32"))]
mod kind;
#[cfg(not(target_arch = "wasm32"))]
mod lexer;
mod node;
#[cfg(not(target_arch = "wasm32"))]
mod parser;
mod tape;
#[cfg(not(target_arch = "wasm32"))]
mod tree;
mod value;

use std::fmt;
use std::rc::Rc;

pub use blocked::{Blocked, Reason, Steps};
#[cfg(not(target_arch = "wasm32"))]
pub use fault::Fault;
#[cfg(not(target_arch = "wasm32"))]
pub use kind::{Shape, Type};
pub use value::{State, Value};

use crate::tape::{Read, Reader};
use evaluate::{Course, Evaluator};
use node::Node;

/// The longest expression, in bytes.
#[cfg(not(target_arch = "wasm32"))]
pub const MAX_BYTES: usize = 10_000;

/// An expression that has been read, checked and bound to the slots of its names.
///
/// It never changes, and cloning it is cheap.
#[derive(Clone)]
pub struct Program {
    node: Rc<Node>,
    #[cfg(not(target_arch = "wasm32"))]
    compiled: Option<Rc<Compiled>>,
}

/// What is known of a program that was compiled here, and not of one that was read.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Debug)]
struct Compiled {
    kind: Type,
    reads: Vec<Vec<String>>,
}

/// Reads and checks an expression against the names that it may use.
///
/// # Errors
///
/// A [`Fault`] with the byte offset where the text is not an expression of the language or longer
/// than [`MAX_BYTES`], is nested more than 64 levels deep, uses a name that `roots` does not have,
/// puts a value where its type does not fit, or holds a condition that reads no names.
#[cfg(not(target_arch = "wasm32"))]
pub fn compile(source: &str, roots: &Rc<Shape>) -> Result<Program, Fault> {
    if source.len() > MAX_BYTES {
        let help = ["move parts of it into calculated values of their own"];
        return Err(Fault::new(MAX_BYTES, &["the expression is longer than 10000 bytes"], &help));
    }
    let tree = parser::parse(source)?;
    let checked = check::check(&tree, roots)?;
    let compiled = Compiled { kind: checked.kind, reads: checked.reads };
    Ok(Program { node: Rc::new(checked.node), compiled: Some(Rc::new(compiled)) })
}

impl fmt::Debug for Program {
    /// What is run, and nothing else: a program reads the same wherever it comes from.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.node.fmt(f)
    }
}

impl Program {
    /// Reads a program that was compiled by the build.
    pub(crate) fn read(reader: &mut Reader) -> Read<Self> {
        let node = Rc::new(tape::node(reader)?);
        Ok(Self {
            node,
            #[cfg(not(target_arch = "wasm32"))]
            compiled: None,
        })
    }

    /// The type of what the program gives, where it was compiled here.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn kind(&self) -> Option<&Type> {
        self.compiled.as_ref().map(|compiled| &compiled.kind)
    }

    /// The names read, as paths from the roots, sorted, each once; none where the program was not
    /// compiled here. Fields of rows continue the path of their list:
    /// `workforce.staffing.all(r, r.absent_ia == 0)` reads `workforce`, `staffing`, `absent_ia`. A
    /// path that ends at a list or record stands for all that is in it.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn reads(&self) -> &[Vec<String>] {
        self.compiled.as_ref().map_or(&[], |compiled| &compiled.reads)
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
