//! Laws of reading and writing, on generated documents.

use ia_returns::json::{Value, canonical, indented, is_noncharacter, locate, push_segment, read};
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-f/~\"\\\\]{0,6}",
        1 => proptest::collection::vec(any::<char>(), 0..6)
            .prop_map(|chars| chars.into_iter().filter(|c| !is_noncharacter(*c)).collect()),
        // Where the orders of UTF-8 and UTF-16 part.
        1 => "[\u{1}\u{7f}é\u{d7ff}\u{e000}\u{ffee}\u{10000}😀]{0,4}",
    ]
}

fn document() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        (-9_007_199_254_740_991_i64..=9_007_199_254_740_991).prop_map(Value::from),
        (-3_i64..100).prop_map(Value::from),
        text().prop_map(Value::String),
    ];
    leaf.prop_recursive(6, 64, 8, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..8).prop_map(Value::Array),
            proptest::collection::btree_map(text(), inner, 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// The same value in another library.
fn theirs(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(value) => (*value).into(),
        Value::Number(number) => (*number).into(),
        Value::String(text) => text.as_str().into(),
        Value::Array(items) => items.iter().map(theirs).collect(),
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), theirs(value))).collect()
        }
    }
}

/// Writes a document with its members in another order, spaced out, every character of a string escaped.
fn disguised(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            format!("[\n{} ]", items.iter().map(disguised).collect::<Vec<_>>().join("\t,"))
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members
                .iter()
                .map(|(name, value)| format!("{} :\r{}", escaped(name), disguised(value)))
                .collect();
            members.reverse();
            format!(" {{{} }}", members.join(" ,"))
        }
        Value::String(string) => escaped(string),
        _ => value.to_string(),
    }
}

fn escaped(string: &str) -> String {
    use std::fmt::Write as _;
    string.encode_utf16().fold(String::from("\""), |mut text, unit| {
        write!(text, "\\u{unit:04X}").unwrap();
        text
    }) + "\""
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(value in document()) {
        prop_assert_eq!(&read(canonical(&value).as_bytes()).unwrap(), &value);
        prop_assert_eq!(&read(indented(&value).as_bytes()).unwrap(), &value);
        prop_assert_eq!(&read(value.to_string().as_bytes()).unwrap(), &value);
    }

    #[test]
    fn one_value_has_one_form(value in document()) {
        let form = canonical(&value);
        let again = read(disguised(&value).as_bytes()).unwrap();
        prop_assert_eq!(&canonical(&again), &form);
        prop_assert_eq!(canonical(&read(form.as_bytes()).unwrap()), form);
    }

    #[test]
    fn the_form_is_that_of_another_writer(value in document()) {
        prop_assert_eq!(canonical(&value), serde_json_canonicalizer::to_string(&theirs(&value)).unwrap());
    }

    #[test]
    fn what_we_read_another_reader_reads_alike(bytes in mutated()) {
        if let Ok(value) = read(&bytes) {
            prop_assert_eq!(serde_json::from_slice::<serde_json::Value>(&bytes).unwrap(), theirs(&value));
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes);
        let _ = locate(&bytes, "/a/0/b");
    }

    #[test]
    fn a_fault_lies_within_the_text(bytes in mutated(), pointer in "(/[a0]){0,3}") {
        if let Err(error) = read(&bytes) {
            prop_assert!(error.place.offset <= bytes.len());
            prop_assert!(error.place.line >= 1);
        }
        prop_assert!(locate(&bytes, &pointer).offset <= bytes.len());
    }

    #[test]
    fn a_pointer_leads_to_what_it_names(value in document()) {
        let text = canonical(&value);
        for (pointer, inner) in values(&value) {
            let place = locate(text.as_bytes(), &pointer);
            prop_assert_eq!(&place.pointer, &pointer);
            prop_assert!(text[place.offset..].starts_with(&canonical(inner)));
        }
    }
}

/// A document with a few of its bytes changed, dropped or doubled.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let edits =
        proptest::collection::vec((any::<prop::sample::Index>(), 0..4_u8, any::<u8>()), 0..4);
    (document(), edits).prop_map(|(value, edits)| {
        let mut bytes = canonical(&value).into_bytes();
        for (index, edit, byte) in edits {
            if bytes.is_empty() {
                break;
            }
            let at = index.index(bytes.len());
            match edit {
                0 => bytes[at] = byte,
                1 => drop(bytes.remove(at)),
                2 => bytes.insert(at, bytes[at]),
                _ => bytes.truncate(at),
            }
        }
        bytes
    })
}

/// Every value in a document with its pointer.
fn values(value: &Value) -> Vec<(String, &Value)> {
    fn walk<'a>(pointer: &str, value: &'a Value, found: &mut Vec<(String, &'a Value)>) {
        found.push((pointer.to_owned(), value));
        let members: Vec<(String, &Value)> = match value {
            Value::Array(items) => {
                items.iter().enumerate().map(|(i, v)| (i.to_string(), v)).collect()
            }
            Value::Object(members) => members.iter().map(|(n, v)| (n.clone(), v)).collect(),
            _ => Vec::new(),
        };
        for (name, inner) in members {
            let mut pointer = pointer.to_owned();
            push_segment(&mut pointer, &name);
            walk(&pointer, inner, found);
        }
    }
    let mut found = Vec::new();
    walk("", value, &mut found);
    found
}
