//! The writer: one form for one value (RFC 8785), plain or indented.

use std::cmp::Ordering;
use std::fmt::Write as _;

use super::Value;
use crate::gather::Gather as _;

/// The canonical form of a value (RFC 8785): no white space, members in the order of their names'
/// UTF-16 code units, the shortest escapes. Its bytes are what gets hashed and signed.
///
/// Numbers must be whole, as in every value from [`super::read`]: the form of fractions in RFC 8785
/// section 3.2.2.3 is not written here, because no document of ours has any.
pub fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write_value(&mut text, value, None);
    text
}

/// The canonical order and escapes with two spaces of indentation and a last line break: how files are
/// saved, so that people can read and compare them.
pub fn indented(value: &Value) -> String {
    let mut text = String::new();
    write_value(&mut text, value, Some(0));
    text.push('\n');
    text
}

/// `indent` is the number of objects and arrays around the value, where lines are wanted.
fn write_value(text: &mut String, value: &Value, indent: Option<usize>) {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(true) => text.push_str("true"),
        Value::Bool(false) => text.push_str("false"),
        Value::Number(number) => text.push_str(&number.to_string()),
        Value::String(string) => write_string(text, string),
        Value::Array(items) => {
            let inner = indent.map(|indent| indent + 1);
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                separate(text, index, inner);
                write_value(text, item, inner);
            }
            close(text, ']', items.is_empty(), indent);
        }
        Value::Object(members) => {
            let inner = indent.map(|indent| indent + 1);
            let mut sorted: Vec<&(String, Value)> = members.iter().gather();
            sorted.sort_unstable_by(|(a, _), (b, _)| by_utf16(a, b));
            text.push('{');
            for (index, (name, member)) in sorted.into_iter().enumerate() {
                separate(text, index, inner);
                write_string(text, name);
                text.push_str(if inner.is_some() { ": " } else { ":" });
                write_value(text, member, inner);
            }
            close(text, '}', members.is_empty(), indent);
        }
    }
}

fn separate(text: &mut String, index: usize, inner: Option<usize>) {
    if index > 0 {
        text.push(',');
    }
    if let Some(inner) = inner {
        start_line(text, inner);
    }
}

fn close(text: &mut String, bracket: char, empty: bool, indent: Option<usize>) {
    if let Some(indent) = indent
        && !empty
    {
        start_line(text, indent);
    }
    text.push(bracket);
}

fn start_line(text: &mut String, indent: usize) {
    text.push('\n');
    for _ in 0..indent {
        text.push_str("  ");
    }
}

/// The order of RFC 8785 section 3.2.3. It differs from the order of UTF-8 bytes where characters
/// beyond U+FFFF meet those from U+E000 to U+FFFF.
fn by_utf16(a: &str, b: &str) -> Ordering {
    if a.is_ascii() || b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
}

/// Writes a string with the escapes of RFC 8785 section 3.2.2.2.
fn write_string(text: &mut String, string: &str) {
    text.push('"');
    let mut rest = string;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)) {
        let (plain, from) = rest.split_at(at);
        text.push_str(plain);
        let mut chars = from.chars();
        if let Some(c) = chars.next() {
            write_escape(text, c);
        }
        rest = chars.as_str();
    }
    text.push_str(rest);
    text.push('"');
}

fn write_escape(text: &mut String, c: char) {
    match c {
        '"' => text.push_str("\\\""),
        '\\' => text.push_str("\\\\"),
        '\u{8}' => text.push_str("\\b"),
        '\t' => text.push_str("\\t"),
        '\n' => text.push_str("\\n"),
        '\u{c}' => text.push_str("\\f"),
        '\r' => text.push_str("\\r"),
        _ => drop(write!(text, "\\u{:04x}", u32::from(c))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[test]
    fn an_indented_file_breaks_lines_only_where_there_is_something() {
        let value = json!({ "b": json!([1, json!({})]), "a": json!([]) });
        assert_eq!(indented(&value), "{\n  \"a\": [],\n  \"b\": [\n    1,\n    {}\n  ]\n}\n");
    }
}
