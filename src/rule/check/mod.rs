//! A syntax tree to a typed program: names become slots, types are made to fit.

mod call;
mod list;
mod operator;

use std::rc::Rc;

use super::blocked::Steps;
use super::evaluate::{Course, Evaluator};
use super::fault::{Fault, suggest};
use super::kind::{Shape, Type};
use super::node::{From, Node, Pick, Place, Test, Unit};
use super::tree::{Expr, Form};
use super::value::Value;
use crate::gather::Gather as _;

/// What is left when names and types are known.
pub(super) struct Checked {
    pub(super) node: Node,
    pub(super) kind: Type,
    pub(super) reads: Vec<Vec<String>>,
}

/// Checks a whole expression.
pub(super) fn check(tree: &Expr, roots: &Shape) -> Result<Checked, Fault> {
    let mut checker = Checker { roots, locals: Vec::new(), reads: Vec::new(), named: 0 };
    let whole = checker.value(tree)?;
    if whole.kind == Type::Bool && checker.named == 0 {
        return Err(always(tree.at, &whole.node));
    }
    Ok(Checked { node: whole.node, kind: whole.kind, reads: checker.reads })
}

struct Checker<'s> {
    roots: &'s Shape,
    /// The rows being visited, outermost first; a row's slot is its place here.
    locals: Vec<Local<'s>>,
    reads: Vec<Vec<String>>,
    /// How many times a name has been met.
    named: usize,
}

struct Local<'s> {
    name: &'s str,
    kind: Type,
    path: Option<Vec<String>>,
}

/// A checked part.
struct Typed {
    node: Node,
    kind: Type,
    /// The path of names that it is, while it is nothing but a path: not yet among the reads, for a
    /// field may still follow.
    path: Option<Vec<String>>,
}

impl Typed {
    fn new(kind: Type, node: Node) -> Self {
        Self { node, kind, path: None }
    }

    fn constant(kind: Type, value: Value) -> Self {
        Self::new(kind, Node::Pick(Pick::Constant(value)))
    }

    fn test(at: usize, test: Test) -> Self {
        Self::new(Type::Bool, Node::Test { at, test })
    }
}

impl<'s> Checker<'s> {
    /// A part whose value is used as it is.
    fn value(&mut self, expr: &Expr<'s>) -> Result<Typed, Fault> {
        let mut typed = self.part(expr)?;
        if let Some(path) = typed.path.take() {
            self.has_read(path);
        }
        Ok(typed)
    }

    /// Notes a path among the reads, which are sorted, each once.
    fn has_read(&mut self, path: Vec<String>) {
        if let Err(place) = self.reads.binary_search(&path) {
            self.reads.insert(place, path);
        }
    }

    /// A part that must have this type, for the sake of `user`: an operator or a function.
    fn expect(&mut self, expr: &Expr<'s>, user: &str, wanted: &Type) -> Result<Node, Fault> {
        let typed = self.value(expr)?;
        if typed.kind == *wanted {
            Ok(typed.node)
        } else {
            Err(wrong_type(expr.at, user, wanted.words(), &typed.kind))
        }
    }

    /// A condition that has to read a name: what is always true or always false says nothing.
    fn condition(&mut self, expr: &Expr<'s>, user: &str) -> Result<Node, Fault> {
        let before = self.named;
        let node = self.expect(expr, user, &Type::Bool)?;
        if self.named == before { Err(always(expr.at, &node)) } else { Ok(node) }
    }

    fn part(&mut self, expr: &Expr<'s>) -> Result<Typed, Fault> {
        match &expr.form {
            Form::Bool(value) => Ok(Typed::constant(Type::Bool, Value::Bool(*value))),
            Form::Int(value) => Ok(Typed::constant(Type::Int, Value::Int(*value))),
            Form::Text(value) => Ok(Typed::constant(Type::Text, Value::text(value))),
            Form::Name(name) => self.name(expr.at, name),
            Form::Field(on, name) => self.field(expr.mark, on, name),
            Form::List(items) => self.list_of(expr.at, items),
            Form::Call(name, arguments) => self.call(expr, name, arguments),
            Form::Method(on, name, arguments) => self.method(expr, on, name, arguments),
            Form::Not(of) => {
                let of = self.expect(of, "`!`", &Type::Bool)?;
                Ok(Typed::test(expr.at, Test::Not(Box::new(of))))
            }
            Form::And(parts) => {
                let parts = self.conditions(parts, "`&&`")?;
                Ok(Typed::test(expr.mark, Test::And(parts)))
            }
            Form::Or(parts) => {
                let parts = self.conditions(parts, "`||`")?;
                Ok(Typed::test(expr.mark, Test::Or(parts)))
            }
            Form::Choose(parts) => self.choose(parts),
            Form::Compare(relation, pair) => self.compare(expr.mark, *relation, pair),
            Form::In(pair) => self.within(expr.mark, pair),
            Form::Minus(of) => self.minus(expr.at, of),
            Form::Arithmetic(first, links) => self.arithmetic(expr.mark, first, links),
        }
    }

    fn conditions(&mut self, parts: &[Expr<'s>], user: &str) -> Result<Box<[Node]>, Fault> {
        parts.iter().map(|part| self.condition(part, user)).collect()
    }

    fn name(&mut self, at: usize, name: &str) -> Result<Typed, Fault> {
        self.named += 1;
        if let Some(slot) = self.locals.iter().position(|local| local.name == name)
            && let Some(local) = self.locals.get(slot)
        {
            let place = Place { from: From::Local(slot), fields: Vec::new() };
            let node = Node::Pick(Pick::Read(place));
            return Ok(Typed { node, kind: local.kind.clone(), path: local.path.clone() });
        }
        let Some((slot, kind)) = self.roots.find(name) else { return Err(self.no_name(at, name)) };
        let place = Place { from: From::Root(slot), fields: Vec::new() };
        let node = Node::Pick(Pick::Read(place));
        Ok(Typed { node, kind: kind.clone(), path: Some(vec![name.to_owned()]) })
    }

    fn no_name(&self, at: usize, name: &str) -> Fault {
        let help = match name {
            "null" | "None" | "nil" => "test for a missing answer with !answered(x)".to_owned(),
            "True" | "TRUE" => "write true".to_owned(),
            "False" | "FALSE" => "write false".to_owned(),
            _ if call::is_function(name) => ["write ", name, "(…)"].concat(),
            _ => {
                let mut names: Vec<&str> = self.locals.iter().map(|local| local.name).gather();
                names.extend(names_of(self.roots));
                suggest(name, &names)
            }
        };
        Fault::new(at, &["there is no `", name, "` here"], &[&help])
    }

    fn field(&mut self, mark: usize, on: &Expr<'s>, name: &str) -> Result<Typed, Fault> {
        let base = self.part(on)?;
        let Type::Record(shape) = &base.kind else {
            return Err(no_part(mark, name, &base.kind));
        };
        let Some((slot, kind)) = shape.find(name) else {
            let names: Vec<&str> = names_of(shape).gather();
            let help = suggest(name, &names);
            return Err(Fault::new(mark, &["there is no `", name, "` in this record"], &[&help]));
        };
        let kind = kind.clone();
        let path = base.path.map(|mut path| {
            path.push(name.to_owned());
            path
        });
        let node = match base.node {
            Node::Pick(Pick::Read(mut place)) => {
                place.fields.push(slot);
                Node::Pick(Pick::Read(place))
            }
            other => Node::Pick(Pick::Field(Box::new(other), slot)),
        };
        Ok(Typed { node, kind, path })
    }

    fn list_of(&mut self, at: usize, items: &[Expr<'s>]) -> Result<Typed, Fault> {
        let mut kind: Option<Type> = None;
        let mut nodes = Vec::with_capacity(items.len());
        for item in items {
            let typed = self.value(item)?;
            match &kind {
                None => kind = Some(typed.kind),
                Some(kind) if *kind == typed.kind => {}
                Some(kind) => return Err(unlike(item.at, "this list", kind, &typed.kind)),
            }
            nodes.push(typed.node);
        }
        let Some(kind) = kind else {
            return Err(Fault::new(
                at,
                &["this list is empty"],
                &["put values into it: ['a', 'b']"],
            ));
        };
        let kind = Type::List(Box::new(kind));
        // A list of constants is made once, not at each run.
        let constants: Option<Rc<[Value]>> = nodes.iter().map(constant_in).collect();
        Ok(match constants {
            Some(constants) => Typed::constant(kind, Value::List(constants)),
            None => Typed::new(kind, Node::Pick(Pick::List(nodes.into()))),
        })
    }
}

fn constant_in(node: &Node) -> Option<Value> {
    match node {
        Node::Pick(Pick::Constant(value)) => Some(value.clone()),
        _ => None,
    }
}

fn names_of(shape: &Shape) -> impl Iterator<Item = &str> {
    shape.entries().iter().map(|(name, _)| &**name)
}

fn unit_of(kind: &Type) -> Unit {
    match kind {
        Type::Date => Unit::Day,
        Type::Moment => Unit::Second,
        _ => Unit::One,
    }
}

/// The fault of a condition that reads no names.
fn always(at: usize, node: &Node) -> Fault {
    let result = Evaluator::new(&[], &[], &mut Course::new(Steps::new(10_000))).result(node);
    let message = match result {
        Ok(Value::Bool(true)) => "this condition is always true: it reads no names",
        Ok(Value::Bool(false)) => "this condition is always false: it reads no names",
        _ => "this condition reads no names and has no result",
    };
    Fault::new(at, &[message], &["compare an answer with something, or leave the condition out"])
}

/// The fault of a value where another type is needed.
fn wrong_type(at: usize, user: &str, wanted: &str, found: &Type) -> Fault {
    let is = |kind: &Type| wanted == kind.words();
    let help = match found {
        Type::List(_) => "use .sum(r, …), .count(r, …) or .all(r, …) on the list",
        Type::Record(_) => "name the part that is meant, like .label",
        Type::Int if is(&Type::Bool) => "compare it, like x > 0",
        Type::Text if is(&Type::Bool) => "compare it, like x == 'a'",
        Type::Date | Type::Moment if is(&Type::Bool) => "compare it, like x < y",
        Type::Bool if is(&Type::Int) => "choose a number for each, like x ? 1 : 0",
        Type::Text if is(&Type::Int) => "write numbers without quotes",
        Type::Date | Type::Moment if is(&Type::Int) => {
            "measure with days(from, to) or minutes(from, to)"
        }
        Type::Text if is(&Type::Date) => "write date('2023-07-25')",
        Type::Text if is(&Type::Moment) => "write moment('2023-07-28T09:00+01:00')",
        Type::Date if is(&Type::Moment) => "use days(from, to) between dates",
        Type::Moment if is(&Type::Date) => "use minutes(from, to) between moments",
        _ => "use something of that type here",
    };
    Fault::new(at, &[user, " needs ", wanted, "; this is ", found.words()], &[help])
}

/// The fault of two values that must have one type and do not.
fn unlike(at: usize, user: &str, first: &Type, second: &Type) -> Fault {
    let help = match (first, second) {
        (Type::Date, Type::Text) | (Type::Text, Type::Date) => "write date('2023-07-25')",
        (Type::Moment, Type::Text) | (Type::Text, Type::Moment) => {
            "write moment('2023-07-28T09:00+01:00')"
        }
        (Type::Record(_), _) | (_, Type::Record(_)) => "name the part that is meant, like .id",
        _ => "make both the same type",
    };
    let message = [user, " needs one type; these are ", first.words(), " and ", second.words()];
    Fault::new(at, &message, &[help])
}

/// The fault of a `.name` on something that has no parts.
fn no_part(at: usize, name: &str, kind: &Type) -> Fault {
    let help = match kind {
        Type::List(_) => ["name a row first: .sum(r, r.", name, ") or .all(r, …)"].concat(),
        _ => "only records have parts".to_owned(),
    };
    Fault::new(at, &["there is no `", name, "` in ", kind.words()], &[&help])
}
