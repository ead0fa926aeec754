//! The names that expressions may use, by scope, and their types. `docs/rule-language.md` lists
//! them for authors; [`crate::check`] builds the values in the same order.

use super::plan::FIXED;
use super::source::{Field, FieldKind, Input, List, Plain, Source};
use crate::gather::Gather as _;
use crate::rule::{Shape, Type};
use std::rc::Rc;

/// The name that only defaults see: what the expected list says of the organisation.
pub const EXPECTED: &str = "expected";

/// The type of a parameter or an attribute.
pub fn plain(kind: Plain) -> Type {
    match kind {
        Plain::Bool => Type::Bool,
        Plain::Date => Type::Date,
        Plain::Int => Type::Int,
        Plain::Moment => Type::Moment,
        Plain::Text => Type::Text,
        Plain::Texts => texts(),
    }
}

/// The type an answer to this kind of field has in expressions; a table has none of its own.
pub fn answer(kind: FieldKind) -> Option<Type> {
    match kind {
        FieldKind::Choice | FieldKind::Email | FieldKind::Line | FieldKind::Text => {
            Some(Type::Text)
        }
        FieldKind::Choices => Some(texts()),
        FieldKind::Count | FieldKind::Duration => Some(Type::Int),
        FieldKind::Date => Some(Type::Date),
        FieldKind::Moment => Some(Type::Moment),
        FieldKind::Table => None,
        FieldKind::YesNo => Some(Type::Bool),
    }
}

fn texts() -> Type {
    Type::List(Box::new(Type::Text))
}

fn record<const N: usize>(members: [(&str, Type); N]) -> Type {
    Type::Record(Rc::new(Shape::new(members)))
}

/// The record of one list entry: `id`, `label`, then its attributes in order of name.
pub fn entry(list: &List) -> Type {
    let mut members = vec![("id".to_owned(), Type::Text), ("label".to_owned(), Type::Text)];
    members.extend(list.attributes.iter().map(|(name, kind)| (name.clone(), plain(*kind))));
    Type::Record(Rc::new(Shape::new(members)))
}

/// The names every scope has before the sections.
pub fn fixed(source: &Source) -> Vec<(String, Type)> {
    let params = source.parameters.iter().map(|p| (p.id.clone(), plain(p.kind)));
    let action = record([
        ("id", Type::Text),
        ("title", Type::Text),
        ("unions", texts()),
        ("union_codes", Type::Text),
        ("starts", Type::Moment),
        ("ends", Type::Moment),
    ]);
    let members: [(&str, Type); FIXED] = [
        ("params", Type::Record(Rc::new(Shape::new(params)))),
        (
            "organisation",
            record([
                ("code", Type::Text),
                ("name", Type::Text),
                ("kind", Type::Text),
                ("services", texts()),
                ("icb_code", Type::Text),
                ("region_code", Type::Text),
                ("listed", Type::Bool),
            ]),
        ),
        (
            "collection",
            record([
                ("id", Type::Text),
                ("title", Type::Text),
                ("classification", Type::Text),
                ("reference", Type::Text),
                ("practice", Type::Bool),
                ("stage", Type::Text),
                ("actions", Type::List(Box::new(action))),
            ]),
        ),
        (
            "window",
            record([
                ("state", Type::Text),
                ("opens", Type::Moment),
                ("closes", Type::Moment),
                ("rolling", Type::Bool),
            ]),
        ),
        ("now", Type::Moment),
        ("revision", Type::Int),
    ];
    let fixed = members.into_iter().map(|(name, kind)| (name.to_owned(), kind));
    fixed.chain(source.inputs.iter().map(|item| (item.id.clone(), input(item)))).gather()
}

/// The record of another return: its values, then its lists.
fn input(input: &Input) -> Type {
    let values = input.values.iter().map(|value| (value.id.clone(), plain(value.kind)));
    let rows = input.rows.iter().map(|rows| {
        let columns = rows.columns.iter().map(|(name, kind)| (name.clone(), plain(*kind)));
        let row = Type::Record(Rc::new(Shape::new(columns)));
        (rows.id.clone(), Type::List(Box::new(row)))
    });
    Type::Record(Rc::new(Shape::new(values.chain(rows))))
}

/// What the expected list says of the organisation: whether it names it, and its actions by id.
pub fn expected() -> (String, Type) {
    (EXPECTED.to_owned(), record([("listed", Type::Bool), ("actions", texts())]))
}

/// The plain fields of a section, without its tables.
pub fn plain_fields(fields: &[Field]) -> Vec<(String, Type)> {
    fields.iter().filter_map(|f| answer(f.kind).map(|kind| (f.id.clone(), kind))).gather()
}

/// The names of one row before anything is calculated: its keys, as list entries, and its columns.
pub fn row(source: &Source, table: &Field) -> Vec<(String, Type)> {
    let keys = table.keys.iter().filter_map(|key| {
        source.lists.iter().find(|l| l.id == key.list).map(|l| (key.id.clone(), entry(l)))
    });
    keys.chain(plain_fields(&table.columns)).gather()
}
