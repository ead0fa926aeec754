//! Reading strictly, writing in one form.

mod laws;

use ia_returns::json::{
    MAX_BYTES, MAX_DEPTH, MAX_VALUES, Map, Members, ReadError, ReadFault, ShapeError, Value,
    canonical, locate, read, refuse_null, whole,
};

fn fault(text: impl AsRef<[u8]>) -> ReadError {
    read(text.as_ref()).expect_err(&String::from_utf8_lossy(text.as_ref()))
}

/// Text, fault, offset, line, pointer.
type Wrong = (&'static [u8], ReadFault, usize, usize, &'static str);

fn wrong_documents() -> Vec<Wrong> {
    use ReadFault as F;
    let unexpected = |found, expected| F::Unexpected { expected, found };
    let twice = |name: &str| F::DuplicateName { name: name.to_owned() };
    vec![
        // The text as a whole
        (b"", F::Ended, 0, 1, ""),
        (b" \n ", F::Ended, 3, 2, ""),
        (b"\xef\xbb\xbf{}", F::ByteOrderMark, 0, 1, ""),
        (b"\xff\xfe{\0}\0", F::NotUtf8, 0, 1, ""),
        (b"{} \n x", F::Trailing, 5, 2, ""),
        (b"{}{}", F::Trailing, 2, 1, ""),
        (b"1 2", F::Trailing, 2, 1, ""),
        (b"{}\0", F::Trailing, 2, 1, ""),
        (b"{\"a\":[0,\"b\xc3(\"]}", F::NotUtf8, 10, 1, "/a/1"),
        (b"{\"a\":1}\xff", F::NotUtf8, 7, 1, ""),
        (b"{\"a\":1,\"a\":\xff}", twice("a"), 7, 1, ""),
        (b"\"\xed\xa0\x80\"", F::NotUtf8, 1, 1, ""),
        (b"\"\xc0\xaf\"", F::NotUtf8, 1, 1, ""),
        // Texts that stop
        (b"{", F::Ended, 1, 1, ""),
        (b"[1,", F::Ended, 3, 1, "/1"),
        (b"[1", F::Ended, 2, 1, ""),
        (b"{\"a\"", F::Ended, 4, 1, ""),
        (b"{\"a\":", F::Ended, 5, 1, "/a"),
        (b"{\"a\":tr", F::Ended, 7, 1, "/a"),
        (b"\"abc", F::Ended, 4, 1, ""),
        (b"\"\\", F::Ended, 2, 1, ""),
        (b"\"\\u00", F::Ended, 5, 1, ""),
        (b"\"\\ud800", F::Ended, 7, 1, ""),
        (b"\"\\ud800\\", F::Ended, 8, 1, ""),
        (b"\"\\ud800\\ud", F::Ended, 10, 1, ""),
        (b"-", F::Ended, 1, 1, ""),
        // Names
        (b"{\"a\":1,\n\"b\":{\"c\":1,\n\"c\":2}}", twice("c"), 20, 3, "/b"),
        (b"[{\"a\":1,\"\\u0061\":2}]", twice("a"), 8, 1, "/0"),
        (b"{\"/\":{\"~\":{\"\":1,\"\":1}}}", twice(""), 16, 1, "/~1/~0"),
        (b"{a:1}", unexpected('a', "a name in quotes"), 1, 1, ""),
        (b"{'a':1}", unexpected('\'', "a name in quotes"), 1, 1, ""),
        (b"{\"a\" 1}", unexpected('1', "a colon"), 5, 1, ""),
        (b"{\"a\":1,}", unexpected('}', "a name in quotes"), 7, 1, ""),
        (b"{,}", unexpected(',', "a name in quotes"), 1, 1, ""),
        (b"{\"a\":1 \"b\":2}", unexpected('"', "a comma or }"), 7, 1, ""),
        (b"{\"a\":1]", unexpected(']', "a comma or }"), 6, 1, ""),
        (b"{\"\\x\":1}", F::Escape, 2, 1, ""),
        // Arrays and words
        (b"[1,]", unexpected(']', "a value"), 3, 1, "/1"),
        (b"[1 2]", unexpected('2', "a comma or ]"), 3, 1, ""),
        (b"[1}", unexpected('}', "a comma or ]"), 2, 1, ""),
        (b"[True]", unexpected('T', "a value"), 1, 1, "/0"),
        (b"[truE]", unexpected('E', "true"), 4, 1, "/0"),
        (b"[nul]", unexpected(']', "null"), 4, 1, "/0"),
        (b"[NaN]", unexpected('N', "a value"), 1, 1, "/0"),
        (b"// x\n1", unexpected('/', "a value"), 0, 1, ""),
        ("[\u{a0}1]".as_bytes(), unexpected('\u{a0}', "a value"), 1, 1, "/0"),
        // Numbers
        (b"[1.0]", F::Fraction, 1, 1, "/0"),
        (b"[1e3]", F::Fraction, 1, 1, "/0"),
        (b"[-0.0]", F::Fraction, 1, 1, "/0"),
        (b"{\"n\":1E2}", F::Fraction, 5, 1, "/n"),
        (b"[-0]", F::MinusZero, 1, 1, "/0"),
        (b"[012]", F::LeadingZero, 1, 1, "/0"),
        (b"[-00]", F::LeadingZero, 1, 1, "/0"),
        (b"[+1]", unexpected('+', "a value"), 1, 1, "/0"),
        (b"[.5]", unexpected('.', "a value"), 1, 1, "/0"),
        (b"[-x]", unexpected('x', "a digit"), 2, 1, "/0"),
        (b"[1x]", unexpected('x', "a comma or ]"), 2, 1, ""),
        (b"9007199254740992", F::IntegerSize, 0, 1, ""),
        (b"-9007199254740992", F::IntegerSize, 0, 1, ""),
        (b"[0, 99999999999999999999999999]", F::IntegerSize, 4, 1, "/1"),
        (b"18446744073709551616", F::IntegerSize, 0, 1, ""),
        // Strings
        (b"[\"a\nb\"]", F::ControlCharacter { code: 10 }, 3, 1, "/0"),
        (b"\"\x1f\"", F::ControlCharacter { code: 31 }, 1, 1, ""),
        (b"{\"\t\":1}", F::ControlCharacter { code: 9 }, 2, 1, ""),
        (b"\"ab\\x\"", F::Escape, 3, 1, ""),
        (b"\"\\u12g4\"", F::Escape, 1, 1, ""),
        (b"\"\\u+123\"", F::Escape, 1, 1, ""),
        ("\"\\u12é\"".as_bytes(), F::Escape, 1, 1, ""),
        (b"\"x\\ud800\"", F::Surrogate, 2, 1, ""),
        (b"\"x\\ud800\\n\"", F::Surrogate, 2, 1, ""),
        (b"\"x\\ud800\\u0041\"", F::Surrogate, 2, 1, ""),
        (b"\"x\\ud800\\ud800\\udc00\"", F::Surrogate, 2, 1, ""),
        (b"\"x\\udc00\"", F::Surrogate, 2, 1, ""),
        (b"\"\\uFFFE\"", F::Noncharacter { code: 0xfffe }, 1, 1, ""),
        (b"\"\\ud83f\\udfff\"", F::Noncharacter { code: 0x1_ffff }, 1, 1, ""),
        ("\"é\u{fdd0}\"".as_bytes(), F::Noncharacter { code: 0xfdd0 }, 3, 1, ""),
        ("{\"\u{10ffff}\":1}".as_bytes(), F::Noncharacter { code: 0x10_ffff }, 2, 1, ""),
    ]
}

#[test]
fn every_way_of_being_wrong_is_told_with_its_place() {
    for (text, expected, offset, line, pointer) in wrong_documents() {
        let shown = String::from_utf8_lossy(text);
        let found = fault(text);
        assert_eq!(found.fault, expected, "{shown}");
        assert_eq!(found.place.offset, offset, "{shown}");
        assert_eq!(found.place.line, line, "{shown}");
        assert_eq!(found.place.pointer, pointer, "{shown}");
        assert!(!found.remedy().is_empty());
    }
}

#[test]
fn a_document_may_be_32_deep_and_not_33() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(read(nested(MAX_DEPTH).as_bytes()).is_ok());
    let found = fault(nested(MAX_DEPTH + 1));
    assert_eq!((found.fault, found.place.offset), (ReadFault::Depth, MAX_DEPTH));
    assert_eq!(found.place.pointer, "/0".repeat(MAX_DEPTH));
    // A hostile depth costs no stack.
    assert_eq!(fault("{\"a\":".repeat(500_000)).fault, ReadFault::Depth);
}

#[test]
fn a_document_may_be_4_000_000_bytes_and_not_one_more() {
    let mut text = format!("\n\"{}\"", "x".repeat(MAX_BYTES - 3));
    assert!(read(text.as_bytes()).is_ok());
    text.push(' ');
    let found = fault(&text);
    assert_eq!(found.fault, ReadFault::TooLong { bytes: MAX_BYTES + 1 });
    assert_eq!((found.place.offset, found.place.line), (MAX_BYTES, 2));
}

#[test]
fn what_is_right_is_read() {
    let text = " {\"\" : [ ] ,\t\"n\" : null, \"s\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude02é\u{feff}\",
        \"i\" : [0 , 9007199254740991, -9007199254740991, -1], \"b\": [true,false] }\r\n";
    let expected = json!({
        "": [], "n": null, "s": "\"\\/\u{8}\u{c}\n\r\té😂é\u{feff}",
        "i": [0, 9_007_199_254_740_991_i64, -9_007_199_254_740_991_i64, -1], "b": [true, false],
    });
    assert_eq!(read(text.as_bytes()).unwrap(), expected);
    assert_eq!(read(b"7").unwrap(), json!(7));
}

#[test]
fn a_fault_is_a_sentence_with_its_place() {
    let text = "{\"return\":{\n\"answers\":{\"a\":1,\n         \"a\":2}}}";
    assert_eq!(
        fault(text).to_string(),
        "a name is used twice: \"a\" (line 3, byte 39, at /return/answers)"
    );
    assert_eq!(
        fault("[1,2").to_string(),
        "the text stops before its JSON is complete (line 1, byte 4)"
    );
    assert_eq!(
        fault("{\"\\u001b\":1.5}").to_string(),
        "a number that is not written as a whole number (line 1, byte 10, at /\\u{1b})"
    );
    assert_eq!(
        fault("[9007199254740992]").to_string(),
        "a whole number outside ±9007199254740991 (line 1, byte 1, at /0)"
    );
}

/// A type read member by member.
fn row(m: &mut Members<'_>) -> (String, Option<i64>) {
    (m.text("id"), m.maybe_whole("count"))
}

fn rows(value: &Value) -> Result<Vec<(String, Option<i64>)>, ShapeError> {
    whole(value, |m| m.list("rows", row))
}

#[test]
fn a_value_of_the_wrong_shape_is_told_with_its_place() {
    let good = json!({ "rows": [{ "id": "a", "count": 3 }, { "id": "b" }] });
    assert_eq!(rows(&good), Ok(vec![("a".to_owned(), Some(3)), ("b".to_owned(), None)]));
    let cases = [
        (json!([["a", 3]]), "", "found a list, expected an object"),
        (json!({ "rows": "a" }), "/rows", "found text “a”, expected a list"),
        (json!({ "rows": [["a", 3]] }), "/rows/0", "found a list, expected an object"),
        (
            json!({ "rows": [{ "id": "a" }, { "id": 7 }] }),
            "/rows/1/id",
            "found a number, expected text",
        ),
        (json!({ "rows": [{}] }), "/rows/0", "“id” is missing"),
        (
            json!({ "rows": [{ "id": "a", "x/y": 1 }] }),
            "/rows/0/x~1y",
            "unknown member, expected one of id, count",
        ),
        (json!({ "rows": [{ "id": null }] }), "/rows/0/id", "found null, expected text"),
        (json!({ "rows": [], "more": 1 }), "/more", "unknown member, expected one of rows"),
    ];
    for (value, pointer, reason) in cases {
        let found = rows(&value).unwrap_err();
        assert_eq!((found.pointer.as_str(), found.reason.as_str()), (pointer, reason), "{value}");
    }
}

#[test]
fn a_part_is_told_with_its_place_and_may_be_refused_as_a_whole() {
    let read = |value: &Value| {
        whole(value, |m| {
            let part = m.part("part", |m| {
                let row = row(m);
                if row.1 == Some(0) {
                    m.refuse("a count above nought");
                }
                row
            });
            (part, m.map("rest").len())
        })
    };
    let good = json!({ "part": { "id": "a", "count": 3 }, "rest": { "x": 1 } });
    assert_eq!(read(&good), Ok((("a".to_owned(), Some(3)), 1)));
    let cases = [
        (json!({ "rest": {} }), "", "“part” is missing"),
        (json!({ "part": { "id": "a" } }), "", "“rest” is missing"),
        (json!({ "part": 7, "rest": 8 }), "/part", "found a number, expected an object"),
        (json!({ "part": {}, "rest": 8 }), "/part", "“id” is missing"),
        (
            json!({ "part": { "id": "a" }, "rest": 8 }),
            "/rest",
            "found a number, expected an object",
        ),
        (
            json!({ "part": { "id": "a", "count": 0 }, "rest": 8 }),
            "/part",
            "found an object, expected a count above nought",
        ),
        (
            json!({ "part": { "id": "a", "count": 0, "x": 1 } }),
            "/part/x",
            "unknown member, expected one of id, count",
        ),
    ];
    for (value, pointer, reason) in cases {
        let found = read(&value).unwrap_err();
        assert_eq!((found.pointer.as_str(), found.reason.as_str()), (pointer, reason), "{value}");
    }
}

#[test]
fn a_null_is_refused_however_deep() {
    let found = refuse_null(&json!({ "a": [{ "b/c": [1, null] }] })).unwrap_err();
    assert_eq!(found.pointer, "/a/0/b~1c/1");
    assert_eq!(refuse_null(&json!(null)).unwrap_err().pointer, "");
    assert!(refuse_null(&json!({ "a": [{ "b": [1, "null"] }] })).is_ok());
}

#[test]
fn a_document_may_hold_65_536_values_and_not_one_more() {
    let list = |count: usize| format!("[{}]", vec!["0"; count].join(","));
    assert!(read(list(MAX_VALUES - 1).as_bytes()).is_ok());
    assert_eq!(fault(list(MAX_VALUES)).fault, ReadFault::TooMany);
}

#[test]
fn a_pointer_leads_back_to_the_text() {
    let text = b" { \"a\" : [ 1, {\"\\u0062\": \"x,]\", \"m~/n\":\n true} ] }";
    let cases = [
        ("", 1, 1, ""),
        ("/a", 9, 1, "/a"),
        ("/a/0", 11, 1, "/a/0"),
        ("/a/1/b", 25, 1, "/a/1/b"),
        ("/a/1/m~0~1n", 41, 2, "/a/1/m~0~1n"),
        ("/a/1/none", 14, 1, "/a/1"),
        ("/a/2", 9, 1, "/a"),
        ("/a/0/x", 11, 1, "/a/0"),
    ];
    for (pointer, offset, line, found) in cases {
        let place = locate(text, pointer);
        assert_eq!((place.offset, place.line), (offset, line), "{pointer}");
        assert_eq!(place.pointer, found);
    }
}

/// RFC 8785 section 3.2.3, the example of the order of names, with the names' meanings as values.
#[test]
fn names_are_sorted_as_rfc_8785_says() {
    let text = r#"{
        "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One", "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis"
    }"#;
    let form = canonical(&read(text.as_bytes()).unwrap());
    let order = [
        "Carriage Return",
        "One",
        "Control",
        "Latin Small Letter O With Diaeresis",
        "Euro Sign",
        "Emoji: Grinning Face",
        "Hebrew Letter Dalet With Dagesh",
    ];
    let places: Vec<_> = order.iter().map(|meaning| form.find(meaning).unwrap()).collect();
    assert!(places.is_sorted(), "{form}");
    assert!(form.starts_with("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":"));
}

/// The string of RFC 8785 section 3.2.2, and its form in section 3.2.4.
#[test]
fn strings_are_escaped_as_rfc_8785_says() {
    let text = r#"{"string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}"#;
    assert_eq!(
        canonical(&read(text.as_bytes()).unwrap()),
        "{\"literals\":[null,true,false],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"
    );
}

/// RFC 8785 section 3.2.2 as it is printed: its numbers are not whole, so no document of ours can hold them.
#[test]
fn the_sample_of_rfc_8785_is_refused_for_its_numbers() {
    let sample = r#"{
        "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "literals": [null, true, false]
    }"#;
    let found = fault(sample);
    assert_eq!((found.fault, found.place.pointer.as_str()), (ReadFault::Fraction, "/numbers/0"));
}

/// Appendix B of RFC 8785: of its whole numbers, 0 is written so, and the others lie beyond those that its note calls true
/// integers, so they are refused.
#[test]
fn the_whole_numbers_of_rfc_8785_are_written_so_or_refused() {
    assert_eq!(canonical(&read(b"0").unwrap()), "0");
    for number in ["9007199254740992", "-9007199254740992", "295147905179352830000"] {
        assert_eq!(fault(number).fault, ReadFault::IntegerSize, "{number}");
    }
}

#[test]
fn an_object_of_many_members_is_read_in_good_time() {
    let members: Map = (0..50_000).map(|n| (format!("m{n}"), Value::from(n))).collect();
    let value = Value::Object(members);
    assert_eq!(read(canonical(&value).as_bytes()).unwrap(), value);
}
