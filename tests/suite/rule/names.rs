//! Names and values for expressions, written as TOML.

use std::rc::Rc;

use ia_returns::rule::{Blocked, Shape, State, Steps, Type, Value, compile};
use toml::{Table, Value as Toml};

/// More steps than any example takes.
pub(super) const PLENTY: u64 = 100_000;

/// What an expression can read.
#[derive(Default)]
pub(super) struct Names {
    pub(super) shape: Rc<Shape>,
    pub(super) values: Vec<Value>,
}

impl Names {
    /// Names from TOML: a table is a record, an array a list, `{ unknown = "not_known", type =
    /// "int" }` a missing answer. A row that lacks a name of the first row has it unanswered.
    pub(super) fn from_toml(text: &str) -> Self {
        let table: Table = text.parse().expect("names are TOML");
        let mut names = Self::default();
        for (name, value) in &table {
            let (kind, value) = typed(value);
            names.add(name, kind, value);
        }
        names
    }

    pub(super) fn add(&mut self, name: &str, kind: Type, value: Value) {
        self.shape = Rc::new(self.shape.with([(name, kind)]));
        self.values.push(value);
    }

    /// The value of an expression that has to compile.
    pub(super) fn run(&self, expression: &str) -> Result<Value, Blocked> {
        let program = compile(expression, &self.shape)
            .unwrap_or_else(|fault| panic!("{expression}: {fault:?}"));
        let value = program.run(&self.values, &mut Steps::new(PLENTY))?;
        let kind = program.kind().expect("it was compiled here");
        assert!(is_of(&value, kind), "{expression} gives {value:?}");
        Ok(value)
    }
}

fn typed(value: &Toml) -> (Type, Value) {
    match value {
        Toml::Boolean(value) => (Type::Bool, Value::Bool(*value)),
        Toml::Integer(value) => (Type::Int, Value::Int(*value)),
        Toml::String(value) => (Type::Text, Value::text(value)),
        Toml::Datetime(value) => {
            let text = value.to_string();
            let function = if value.time.is_some() { "moment" } else { "date" };
            let kind = if value.time.is_some() { Type::Moment } else { Type::Date };
            (kind, constant(&[function, "('", &text, "')"].concat()))
        }
        Toml::Array(items) => {
            let items: Vec<(Type, Value)> = items.iter().map(typed).collect();
            let kind = items.first().expect("a list has an item").0.clone();
            let values = items.into_iter().map(|(item, value)| fitted(&item, value, &kind));
            (Type::List(Box::new(kind.clone())), Value::list(values))
        }
        Toml::Table(table) => table_typed(table),
        Toml::Float(_) => panic!("there are no fractions"),
    }
}

fn table_typed(table: &Table) -> (Type, Value) {
    if let (Some(Toml::String(state)), Some(Toml::String(kind))) =
        (table.get("unknown"), table.get("type"))
    {
        return (kind_of(kind), Value::Unknown(state_of(state)));
    }
    let entries: Vec<_> = table.iter().map(|(name, entry)| (name, typed(entry))).collect();
    let shape = entries.iter().map(|(name, (kind, _))| (name.as_str(), kind.clone()));
    let kind = Type::Record(Rc::new(Shape::new(shape)));
    (kind, Value::record(entries.into_iter().map(|(_, (_, value))| value)))
}

/// A row's values in the order of the first row's names.
fn fitted(found: &Type, value: Value, wanted: &Type) -> Value {
    if let (Type::Record(found), Type::Record(wanted), Value::Record(values)) =
        (found, wanted, &value)
    {
        return Value::record(wanted.entries().iter().map(|(name, _)| {
            found.slot(name).map_or(Value::Unknown(State::Unanswered), |slot| values[slot].clone())
        }));
    }
    value
}

pub(super) fn kind_of(word: &str) -> Type {
    match word {
        "bool" => Type::Bool,
        "date" => Type::Date,
        "int" => Type::Int,
        "list of int" => Type::List(Box::new(Type::Int)),
        "moment" => Type::Moment,
        "row" => Type::Record(Rc::new(Shape::new([("value", Type::Int)]))),
        "text" => Type::Text,
        other => panic!("no type {other}"),
    }
}

pub(super) fn state_of(word: &str) -> State {
    match word {
        "na" | "not_applicable" => State::NotApplicable,
        "nk" | "not_known" => State::NotKnown,
        "un" | "unanswered" => State::Unanswered,
        other => panic!("no state {other}"),
    }
}

/// A value written in the language itself.
pub(super) fn constant(text: &str) -> Value {
    match text {
        // A condition that reads no names is refused.
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        "na" | "nk" | "un" => Value::Unknown(state_of(text)),
        _ => Names::default().run(text).expect("a constant has a value"),
    }
}

/// A value as the examples write it.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Text(value) => format!("'{value}'"),
        Value::Unknown(state) => format!("unknown ({})", state.word().replace('_', " ")),
        Value::Date(days) => {
            let days = chrono::Days::new(u64::try_from(*days).expect("a date after 1970"));
            chrono::NaiveDate::default().checked_add_days(days).unwrap().to_string()
        }
        Value::Moment(seconds) => {
            chrono::DateTime::from_timestamp(*seconds, 0).unwrap().format("%FT%RZ").to_string()
        }
        Value::List(items) => {
            format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", "))
        }
        Value::Record(_) => "a record".to_owned(),
    }
}

/// Whether a value is of the type that the checker promised.
pub(super) fn is_of(value: &Value, kind: &Type) -> bool {
    match (value, kind) {
        (Value::Unknown(_), _)
        | (Value::Bool(_), Type::Bool)
        | (Value::Date(_), Type::Date)
        | (Value::Int(_), Type::Int)
        | (Value::Moment(_), Type::Moment)
        | (Value::Text(_), Type::Text) => true,
        (Value::List(items), Type::List(kind)) => items.iter().all(|item| is_of(item, kind)),
        (Value::Record(values), Type::Record(shape)) => {
            values.len() == shape.entries().len()
                && values.iter().zip(shape.entries()).all(|(value, (_, kind))| is_of(value, kind))
        }
        _ => false,
    }
}
