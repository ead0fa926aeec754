//! From a value to a type, without the liberties that `serde_json`'s own way takes, and with the
//! place of what is wrong.
//!
//! That one reads an object's members from an array too, in the order of the type's fields, so that
//! `["a", 1]` and `{"id": "a", "count": 1}` would be one document. Here an object is an object. The
//! place is gathered while a refusal travels outwards, which costs the engine a tenth of what a
//! wrapper round every visitor does (`serde_path_to_error`: 180 KB).

use std::fmt::{self, Display};

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Expected, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};

use super::place::push_segment;
use super::{Map, Value};

/// Why a value is not taken, and the way to it, innermost step first.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) reason: String,
    steps: Vec<String>,
}

impl Refusal {
    fn under(mut self, step: String) -> Self {
        self.steps.push(step);
        self
    }

    /// JSON pointer (RFC 6901) of the value refused.
    pub(super) fn pointer(&self) -> String {
        let mut pointer = String::new();
        for step in self.steps.iter().rev() {
            push_segment(&mut pointer, step);
        }
        pointer
    }
}

impl Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Refusal {}

impl serde::de::Error for Refusal {
    fn custom<T: Display>(reason: T) -> Self {
        Self { reason: reason.to_string(), steps: Vec::new() }
    }

    // Serde's own words for these would link the writing of floats, which nothing here has.
    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self { reason: format!("found {}, expected {expected}", Found(found)), steps: Vec::new() }
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }
}

struct Found<'a>(Unexpected<'a>);

impl Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Unexpected::Unit => f.write_str("null"),
            Unexpected::Bool(bool) => write!(f, "boolean `{bool}`"),
            Unexpected::Signed(number) => write!(f, "integer `{number}`"),
            Unexpected::Unsigned(number) => write!(f, "integer `{number}`"),
            Unexpected::Str(text) => write!(f, "string {text:?}"),
            Unexpected::Seq => f.write_str("sequence"),
            Unexpected::Map => f.write_str("map"),
            Unexpected::Other(other) => f.write_str(other),
            _ => f.write_str("something else"),
        }
    }
}

/// A value that is being taken as a type.
pub(super) struct Strict<'a>(pub(super) &'a Value);

impl Strict<'_> {
    fn refuse<T>(&self, expected: &dyn Expected) -> Result<T, Refusal> {
        let found = match self.0 {
            Value::Null => Unexpected::Unit,
            Value::Bool(bool) => Unexpected::Bool(*bool),
            Value::Number(number) => match number.as_i64() {
                Some(integer) => Unexpected::Signed(integer),
                None => Unexpected::Other("number"),
            },
            Value::String(string) => Unexpected::Str(string),
            Value::Array(_) => Unexpected::Seq,
            Value::Object(_) => Unexpected::Map,
        };
        Err(serde::de::Error::invalid_type(found, expected))
    }
}

/// Methods that hand a whole number to the visitor of a type of whole numbers.
macro_rules! whole_numbers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
            match self.0.as_i64() {
                Some(integer) => visitor.visit_i64(integer),
                None => self.refuse(&visitor),
            }
        }
    )*};
}

/// Methods that hand a string to the visitor of a type of text.
macro_rules! texts {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
            match self.0 {
                Value::String(string) => visitor.visit_borrowed_str(string),
                _ => self.refuse(&visitor),
            }
        }
    )*};
}

/// Methods for types that no document holds: refused as what they are.
macro_rules! never {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
            self.refuse(&visitor)
        }
    )*};
}

impl<'de> Deserializer<'de> for Strict<'de> {
    type Error = Refusal;

    whole_numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }
    texts! { deserialize_char deserialize_str deserialize_string deserialize_identifier }
    never! {
        deserialize_f32 deserialize_f64 deserialize_bytes deserialize_byte_buf deserialize_unit
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(bool) => visitor.visit_bool(*bool),
            Value::Number(_) => self.deserialize_i64(visitor),
            Value::String(string) => visitor.visit_borrowed_str(string),
            Value::Array(items) => visitor.visit_seq(Items { rest: items.iter(), index: 0 }),
            Value::Object(members) => visitor.visit_map(Members::of(members)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        visitor.visit_unit()
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        match self.0 {
            Value::Bool(bool) => visitor.visit_bool(*bool),
            _ => self.refuse(&visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Refusal> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Refusal> {
        self.refuse(&visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        match self.0 {
            Value::Array(items) => visitor.visit_seq(Items { rest: items.iter(), index: 0 }),
            _ => self.refuse(&visitor),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Refusal> {
        match self.0 {
            Value::Array(items) if items.len() == length => self.deserialize_seq(visitor),
            _ => self.refuse(&visitor),
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Refusal> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refusal> {
        match self.0 {
            Value::Object(members) => visitor.visit_map(Members::of(members)),
            _ => self.refuse(&"an object"),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refusal> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refusal> {
        match self.0 {
            Value::String(variant) => visitor.visit_enum(Variant { name: variant, content: None }),
            Value::Object(members) if members.len() == 1 => match members.iter().next() {
                Some((name, content)) => {
                    visitor.visit_enum(Variant { name, content: Some(content) })
                }
                None => self.refuse(&visitor),
            },
            _ => self.refuse(&"a word or an object with one member"),
        }
    }
}

struct Items<'de> {
    rest: std::slice::Iter<'de, Value>,
    index: usize,
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Refusal;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Refusal> {
        let Some(item) = self.rest.next() else { return Ok(None) };
        let index = self.index;
        self.index += 1;
        seed.deserialize(Strict(item)).map(Some).map_err(|refusal| refusal.under(index.to_string()))
    }
}

struct Members<'de> {
    rest: serde_json::map::Iter<'de>,
    current: Option<(&'de String, &'de Value)>,
}

impl<'de> Members<'de> {
    fn of(members: &'de Map<String, Value>) -> Self {
        Self { rest: members.iter(), current: None }
    }
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = Refusal;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Refusal> {
        self.current = self.rest.next();
        let Some((name, _)) = self.current else { return Ok(None) };
        let name_only: StrDeserializer<'_, Refusal> = name.as_str().into_deserializer();
        seed.deserialize(name_only).map(Some).map_err(|refusal| refusal.under(name.clone()))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Refusal> {
        match self.current {
            Some((name, value)) => {
                seed.deserialize(Strict(value)).map_err(|refusal| refusal.under(name.clone()))
            }
            None => Err(serde::de::Error::custom("a member’s value was asked for before its name")),
        }
    }
}

/// A variant: a word, or an object whose one member is named for it.
struct Variant<'de> {
    name: &'de str,
    content: Option<&'de Value>,
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Refusal;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Refusal> {
        let name: StrDeserializer<'_, Refusal> = self.name.into_deserializer();
        seed.deserialize(name).map(|value| (value, self))
    }
}

impl<'de> Variant<'de> {
    fn content(&self) -> Result<Strict<'de>, Refusal> {
        self.content
            .map(Strict)
            .ok_or_else(|| serde::de::Error::custom(format_args!("`{}` needs content", self.name)))
    }

    fn under<T>(self, taken: Result<T, Refusal>) -> Result<T, Refusal> {
        taken.map_err(|refusal| refusal.under(self.name.to_owned()))
    }
}

impl<'de> VariantAccess<'de> for Variant<'de> {
    type Error = Refusal;

    fn unit_variant(self) -> Result<(), Refusal> {
        match self.content {
            None => Ok(()),
            Some(content) => self.under(Strict(content).refuse(&"a word alone")),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Refusal> {
        let taken = self.content().and_then(|content| seed.deserialize(content));
        self.under(taken)
    }

    fn tuple_variant<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Refusal> {
        let taken = self.content().and_then(|content| content.deserialize_tuple(length, visitor));
        self.under(taken)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refusal> {
        let taken = self.content().and_then(|content| content.deserialize_map(visitor));
        self.under(taken)
    }
}
