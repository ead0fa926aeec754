//! Functions: `name(…)`, and `.name(…)` on text.

use super::operator::{number, ordered};
use super::{Checker, Typed, list, wrong_type};
use crate::rule::calendar;
use crate::rule::fault::{Fault, suggest};
use crate::rule::kind::Type;
use crate::rule::node::{End, Find, Node, Number, Pick, Test, Words};
use crate::rule::tree::{Expr, Form};
use crate::rule::value::Value;

/// Whether there is a function of this name.
pub(super) fn is_function(name: &str) -> bool {
    FUNCTIONS.contains(&name)
}

impl<'s> Checker<'s> {
    pub(super) fn call(
        &mut self,
        expr: &Expr<'s>,
        name: &str,
        arguments: &[Expr<'s>],
    ) -> Result<Typed, Fault> {
        let at = expr.mark;
        match name {
            "abs" => {
                let of = self.only(at, "abs", arguments, &Type::Int)?;
                Ok(number(at, Number::Absolute(of)))
            }
            "answered" => {
                let [of] = exactly(at, name, arguments)?;
                let of = Box::new(self.value(of)?.node);
                Ok(Typed::test(at, Test::Answered(of)))
            }
            "date" => {
                let days = literal(at, name, arguments, "like date('2023-07-25')", calendar::date)?;
                Ok(Typed::constant(Type::Date, Value::Date(days)))
            }
            "day" => {
                let of = self.only(at, "day", arguments, &Type::Moment)?;
                Ok(ordered(at, Type::Date, Number::DayOf(of)))
            }
            "days" => self.between(at, "days", arguments, &Type::Date, 1),
            "join" => {
                let of = self.only(at, "join", arguments, &Type::List(Box::new(Type::Text)))?;
                Ok(Typed::new(Type::Text, Node::Words { at, words: Words::Join(of) }))
            }
            "lines" => {
                let of = self.only(at, "lines", arguments, &Type::Text)?;
                let kind = Type::List(Box::new(Type::Text));
                Ok(Typed::new(kind, Node::Pick(Pick::Lines(of))))
            }
            "lower" => {
                let of = self.only(at, "lower", arguments, &Type::Text)?;
                Ok(Typed::new(Type::Text, Node::Words { at, words: Words::Lower(of) }))
            }
            "max" => self.extreme(at, "max", End::Greatest, arguments),
            "min" => self.extreme(at, "min", End::Least, arguments),
            "minutes" => self.between(at, "minutes", arguments, &Type::Moment, 60),
            "moment" => {
                let help = "like moment('2023-07-28T09:00+01:00'), with its offset";
                let seconds = literal(at, name, arguments, help, calendar::moment)?;
                Ok(Typed::constant(Type::Moment, Value::Moment(seconds)))
            }
            "size" => self.size(at, arguments),
            "state" => {
                let [of] = exactly(at, name, arguments)?;
                let words = Words::State(Box::new(self.value(of)?.node));
                Ok(Typed::new(Type::Text, Node::Words { at, words }))
            }
            _ => Err(no_function(at, name)),
        }
    }

    /// `.name(…)`: a function of lists or of text.
    pub(super) fn method(
        &mut self,
        expr: &Expr<'s>,
        on: &Expr<'s>,
        name: &str,
        arguments: &[Expr<'s>],
    ) -> Result<Typed, Fault> {
        let base = self.part(on)?;
        if matches!(base.kind, Type::List(_)) {
            return self.list_method(expr.mark, base, name, arguments);
        }
        if let Some(path) = base.path {
            self.has_read(path);
        }
        let at = expr.mark;
        let find = match (name, &base.kind) {
            ("contains", Type::Text) => Find::Anywhere,
            ("endsWith", Type::Text) => Find::AtEnd,
            ("startsWith", Type::Text) => Find::AtStart,
            (_, kind) => return Err(no_method(at, name, kind)),
        };
        let part = self.only(at, name, arguments, &Type::Text)?;
        let pair = Box::new([base.node, *part]);
        Ok(Typed::test(at, Test::Find(find, pair)))
    }

    fn only(
        &mut self,
        at: usize,
        name: &str,
        arguments: &[Expr<'s>],
        kind: &Type,
    ) -> Result<Box<Node>, Fault> {
        let [of] = exactly(at, name, arguments)?;
        Ok(Box::new(self.expect(of, &["`", name, "`"].concat(), kind)?))
    }

    fn between(
        &mut self,
        at: usize,
        name: &str,
        arguments: &[Expr<'s>],
        kind: &Type,
        unit: i64,
    ) -> Result<Typed, Fault> {
        let [from, to] = exactly(at, name, arguments)?;
        let user = ["`", name, "`"].concat();
        let pair = Box::new([self.expect(from, &user, kind)?, self.expect(to, &user, kind)?]);
        Ok(number(at, Number::Between(unit, pair)))
    }

    fn extreme(
        &mut self,
        at: usize,
        name: &str,
        end: End,
        arguments: &[Expr<'s>],
    ) -> Result<Typed, Fault> {
        if arguments.len() < 2 {
            let help = ["write ", name, "(a, b), or .", name, "(r, …) on a list"];
            return Err(Fault::new(at, &["`", name, "` needs two values or more"], &help));
        }
        let (parts, kind) = self.ordered(&["`", name, "`"].concat(), arguments)?;
        Ok(ordered(at, kind, Number::Extreme(end, parts)))
    }

    fn size(&mut self, at: usize, arguments: &[Expr<'s>]) -> Result<Typed, Fault> {
        let [of] = exactly(at, "size", arguments)?;
        let typed = self.value(of)?;
        let node = Box::new(typed.node);
        match &typed.kind {
            Type::List(_) => Ok(number(at, Number::SizeOfList(node))),
            Type::Text => Ok(number(at, Number::SizeOfText(node))),
            kind => Err(wrong_type(of.at, "`size`", "a list or text", kind)),
        }
    }
}

/// The arguments, where there are as many as the function takes.
pub(super) fn exactly<'e, 's, const N: usize>(
    at: usize,
    name: &str,
    arguments: &'e [Expr<'s>],
) -> Result<&'e [Expr<'s>; N], Fault> {
    arguments.try_into().map_err(|_| {
        let (takes, given) = (N.to_string(), arguments.len().to_string());
        let many = if N == 1 { " value; " } else { " values; " };
        let message = ["`", name, "` takes ", &takes, many, &given, " given"];
        Fault::new(at, &message, &["write ", name, usage(name)])
    })
}

/// What goes into the brackets of a function.
fn usage(name: &str) -> &'static str {
    match name {
        "contains" | "date" | "endsWith" | "moment" | "startsWith" => "('…')",
        "days" | "minutes" => "(from, to)",
        _ if list::FUNCTIONS.contains(&name) => "(r, …), where r stands for each row",
        _ => "(x)",
    }
}

/// The value of a text written in quotes as the only argument.
fn literal<T>(
    at: usize,
    name: &str,
    arguments: &[Expr],
    help: &str,
    read: fn(&str) -> Option<T>,
) -> Result<T, Fault> {
    let [of] = exactly(at, name, arguments)?;
    let Form::Text(text) = &of.form else {
        return Err(Fault::new(of.at, &["`", name, "` takes text in quotes only"], &[help]));
    };
    let message = ["there is no ", name, " '", text, "'"];
    read(text).ok_or_else(|| Fault::new(of.at, &message, &["write it ", help]))
}

fn no_function(at: usize, name: &str) -> Fault {
    let help = if list::FUNCTIONS.contains(&name) || TEXT_FUNCTIONS.contains(&name) {
        ["write it after a value: x.", name, "(…)"].concat()
    } else {
        suggest(name, &FUNCTIONS)
    };
    Fault::new(at, &["there is no function `", name, "`"], &[&help])
}

/// The fault of a `.name(…)` that this type does not have.
pub(super) fn no_method(at: usize, name: &str, kind: &Type) -> Fault {
    let help = match kind {
        _ if is_function(name) && !list::FUNCTIONS.contains(&name) => {
            ["write ", name, "(…) around the value"].concat()
        }
        Type::List(_) if name == "contains" => "write x in the list".to_owned(),
        Type::List(_) => suggest(name, &list::FUNCTIONS),
        Type::Text => suggest(name, &TEXT_FUNCTIONS),
        _ => "only lists and text have functions after a dot".to_owned(),
    };
    Fault::new(at, &["there is no `.", name, "(…)` on ", kind.words()], &[&help])
}

const FUNCTIONS: [&str; 14] = [
    "abs", "answered", "date", "day", "days", "join", "lines", "lower", "max", "min", "minutes",
    "moment", "size", "state",
];

const TEXT_FUNCTIONS: [&str; 3] = ["contains", "endsWith", "startsWith"];
