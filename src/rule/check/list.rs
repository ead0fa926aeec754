//! Functions of lists: `.name(r, …)`, which names each row in turn.

use super::call::{exactly, is_function, no_method};
use super::operator::{ORDERED, number, ordered};
use super::{Checker, Local, Typed, wrong_type};
use crate::rule::fault::Fault;
use crate::rule::kind::Type;
use crate::rule::node::{Each, End, Node, Number, Pick, Test};
use crate::rule::tree::{Expr, Form};

/// The functions of lists.
pub(super) const FUNCTIONS: [&str; 11] = [
    "all",
    "count",
    "count_unknown",
    "exists",
    "filter",
    "first",
    "map",
    "max",
    "min",
    "sum",
    "sum_known",
];

impl<'s> Checker<'s> {
    pub(super) fn list_method(
        &mut self,
        at: usize,
        list: Typed,
        name: &str,
        arguments: &[Expr<'s>],
    ) -> Result<Typed, Fault> {
        if !FUNCTIONS.contains(&name) {
            return Err(no_method(at, name, &list.kind));
        }
        let Type::List(item) = &list.kind else { return Err(no_method(at, name, &list.kind)) };
        let (whole, item) = (list.kind.clone(), (**item).clone());
        let path = list.path.clone();
        let [row, body] = exactly(at, name, arguments)?;
        let (each, kind) = self.each(at, list, name, row, body)?;
        Ok(match name {
            "all" => Typed::test(at, Test::All(each)),
            "count" => number(at, Number::Count(each)),
            "count_unknown" => number(at, Number::CountUnknown(each)),
            "exists" => Typed::test(at, Test::Exists(each)),
            "filter" => Typed { node: Node::Pick(Pick::Filter(each)), kind: whole, path },
            "first" => Typed { node: Node::Pick(Pick::First(each)), kind: item, path },
            "map" => Typed::new(Type::List(Box::new(kind)), Node::Pick(Pick::Map(each))),
            "max" => ordered(at, kind, Number::ExtremeOf(End::Greatest, each)),
            "min" => ordered(at, kind, Number::ExtremeOf(End::Least, each)),
            "sum" => number(at, Number::Sum(each)),
            _ => number(at, Number::SumKnown(each)),
        })
    }

    /// Checks the body with the row's name in scope; gives its type too.
    fn each(
        &mut self,
        at: usize,
        list: Typed,
        name: &str,
        row: &Expr<'s>,
        body: &Expr<'s>,
    ) -> Result<(Each, Type), Fault> {
        let row = self.row_name(row, name)?;
        let Type::List(kind) = list.kind else { return Err(no_method(at, name, &list.kind)) };
        let local = self.locals.len();
        self.locals.push(Local { name: row, kind: *kind, path: list.path.clone() });
        let body = self.body(name, body);
        self.locals.pop();
        let (body, kind) = body?;
        // Which rows there are matters even where nothing of them is read.
        if let Some(path) = list.path
            && !self.reads.iter().any(|read| read.starts_with(&path))
        {
            self.has_read(path);
        }
        let each = Each { at, list: Box::new(list.node), local, body: Box::new(body) };
        Ok((each, kind))
    }

    fn row_name(&self, row: &Expr<'s>, function: &str) -> Result<&'s str, Fault> {
        let Form::Name(name) = row.form else {
            let help = ["write a name for the row first: .", function, "(r, …)"];
            return Err(Fault::new(row.at, &["a name for the row is missing"], &help));
        };
        let taken = self.locals.iter().any(|local| local.name == name);
        if taken || self.roots.slot(name).is_some() || is_function(name) {
            let message = ["`", name, "` already means something else"];
            return Err(Fault::new(row.at, &message, &["choose another name for the row, like r"]));
        }
        Ok(name)
    }

    fn body(&mut self, name: &str, body: &Expr<'s>) -> Result<(Node, Type), Fault> {
        let user = ["`", name, "`"].concat();
        match name {
            "all" | "count" | "exists" | "filter" | "first" => {
                Ok((self.condition(body, &user)?, Type::Bool))
            }
            "sum" | "sum_known" => Ok((self.expect(body, &user, &Type::Int)?, Type::Int)),
            _ => {
                let typed = self.value(body)?;
                if matches!(name, "max" | "min") && !typed.kind.is_ordered() {
                    return Err(wrong_type(body.at, &user, ORDERED, &typed.kind));
                }
                Ok((typed.node, typed.kind))
            }
        }
    }
}
