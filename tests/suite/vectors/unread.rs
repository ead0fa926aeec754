//! Files that are not JSON as it is read here: nothing can be said of their signatures.

use super::genuine::Genuine;
use super::make::replaced;
use super::vector::{Insert, Vector};
use ia_returns::json::{MAX_BYTES, MAX_VALUES};

/// Name, what is wrong, what stands in nil.json, what stands there instead, how far into that the fault is,
/// the pointer, words of the sentence.
type Spoiled =
    (&'static str, &'static str, &'static str, &'static str, usize, &'static str, &'static str);

const SPOILED: &[Spoiled] = &[
    // Names
    (
        "name-twice",
        "One name twice in one object.",
        "\"revision\": 1",
        "\"revision\": 1,\n    \"revision\": 1",
        19,
        "/return",
        "a name is used twice: \"revision\"",
    ),
    (
        "name-twice-by-escapes",
        "One name twice, the second time with an escape, saying something else.",
        "\"revision\": 1",
        "\"revision\": 1,\n    \"re\\u0076ision\": 2",
        19,
        "/return",
        "a name is used twice: \"revision\"",
    ),
    (
        "name-twice-at-the-top",
        "A second list of signatures.",
        "  \"signatures\": [",
        "  \"signatures\": [],\n  \"signatures\": [",
        22,
        "",
        "a name is used twice: \"signatures\"",
    ),
    (
        "name-twice-deep-inside",
        "One question answered twice.",
        "\"nil_return\": true",
        "\"nil_return\": true,\n        \"nil_return\": false",
        28,
        "/return/answers/about",
        "a name is used twice: \"nil_return\"",
    ),
    (
        "name-without-quotes",
        "A name that is not in quotes.",
        "\"revision\": 1",
        "revision: 1",
        0,
        "/return",
        "expected a name in quotes",
    ),
    // Numbers
    (
        "fraction",
        "A whole number written as a fraction.",
        "\"revision\": 1",
        "\"revision\": 1.0",
        12,
        "/return/revision",
        "not written as a whole number",
    ),
    (
        "exponent",
        "A whole number written with an exponent.",
        "\"revision\": 1",
        "\"revision\": 1e0",
        12,
        "/return/revision",
        "not written as a whole number",
    ),
    (
        "minus-zero",
        "Minus zero.",
        "\"revision\": 1",
        "\"revision\": -0",
        12,
        "/return/revision",
        "minus zero",
    ),
    (
        "leading-zero",
        "A number with a needless zero.",
        "\"revision\": 1",
        "\"revision\": 01",
        12,
        "/return/revision",
        "needless zero",
    ),
    (
        "integer-too-large",
        "2^53, which some readers hold exactly and others do not.",
        "\"revision\": 1",
        "\"revision\": 9007199254740992",
        12,
        "/return/revision",
        "outside ±9007199254740991",
    ),
    (
        "integer-too-small",
        "−2^53.",
        "\"revision\": 1",
        "\"revision\": -9007199254740992",
        12,
        "/return/revision",
        "outside ±9007199254740991",
    ),
    (
        "integer-beyond-64-bits",
        "A number that would wrap around to 1.",
        "\"revision\": 1",
        "\"revision\": 18446744073709551617",
        12,
        "/return/revision",
        "outside ±9007199254740991",
    ),
    (
        "not-a-number",
        "NaN, as some programs write it.",
        "\"revision\": 1",
        "\"revision\": NaN",
        12,
        "/return/revision",
        "expected a value",
    ),
    (
        "plus-sign",
        "A number with a plus sign.",
        "\"revision\": 1",
        "\"revision\": +1",
        12,
        "/return/revision",
        "expected a value",
    ),
    // Texts
    (
        "high-surrogate-alone",
        "The first half of a surrogate pair, alone.",
        "Information analyst on duty",
        "\\ud83d on duty",
        0,
        "/return/answers/about/submitter_name",
        "half of a surrogate pair",
    ),
    (
        "low-surrogate-alone",
        "The second half of a surrogate pair, alone.",
        "Information analyst on duty",
        "on \\ude00 duty",
        3,
        "/return/answers/about/submitter_name",
        "half of a surrogate pair",
    ),
    (
        "surrogates-swapped",
        "A surrogate pair in the wrong order.",
        "Information analyst on duty",
        "\\ude00\\ud83d",
        0,
        "/return/answers/about/submitter_name",
        "half of a surrogate pair",
    ),
    (
        "noncharacter",
        "A code point that is not a character.",
        "Information analyst on duty",
        "\\uffff on duty",
        0,
        "/return/answers/about/submitter_name",
        "not a character: U+FFFF",
    ),
    (
        "control-character",
        "A line break in a text that is not escaped.",
        "Information analyst on duty",
        "Information\nanalyst",
        11,
        "/return/answers/about/submitter_name",
        "unescaped control character in a string: U+000A",
    ),
    (
        "unknown-escape",
        "An escape that JSON does not have.",
        "Information analyst on duty",
        "Information\\'s analyst",
        11,
        "/return/answers/about/submitter_name",
        "unknown escape",
    ),
    (
        "single-quotes",
        "A text in single quotes.",
        "\"Information analyst on duty\"",
        "'Information analyst on duty'",
        0,
        "/return/answers/about/submitter_name",
        "expected a value",
    ),
    // Punctuation
    (
        "trailing-comma",
        "A comma after the last member.",
        "\"revision\": 1",
        "\"revision\": {\"number\": 1,}",
        25,
        "/return/revision",
        "expected a name in quotes",
    ),
    (
        "comment",
        "A comment.",
        "\"revision\": 1",
        "\"revision\": /* the first */ 1",
        12,
        "/return/revision",
        "expected a value",
    ),
    (
        "true-with-a-capital",
        "True, as another language writes it.",
        "\"nil_return\": true",
        "\"nil_return\": True",
        14,
        "/return/answers/about/nil_return",
        "expected a value",
    ),
];

pub(crate) fn vectors(genuine: &Genuine) -> Vec<Vector> {
    let nil = genuine.nil.as_str();
    let mut vectors: Vec<Vector> = SPOILED
        .iter()
        .map(|&(name, what, find, with, into, pointer, says)| {
            let (text, start) = replaced(nil, find, with);
            Vector::unread(&format!("json/{name}.json"), what, text, (start + into, pointer), says)
        })
        .collect();
    vectors.extend(as_a_whole(nil));
    vectors.extend(nested(nil));
    let base = Vector::genuine("return", "genuine/nil.json", "", nil);
    let made = |name: &str, what, after, text, times, byte, pointer: &str, says| {
        let insert = Insert { after, text, times };
        let vector = Vector::unread(name, what, "", (0, ""), says).made_from(&base, insert);
        let mut whole = vector.clone();
        whole.kept = vector.bytes();
        Vector { at: whole.at(byte, pointer).at, ..vector }
    };
    // The object, `return`, `derived`, `findings`, `values` and what comes before them are values too: the text
    // says itself where the 65,537th stands.
    let list = nil.rfind("\"findings\": [").expect("findings") + "\"findings\": [".len();
    let before = values_before(&nil[..list]);
    vectors.push(made(
        "genuine/nil.json of 4,000,001 bytes",
        "One byte longer than a file may be.",
        "}\n",
        " ",
        MAX_BYTES + 1 - nil.len(),
        MAX_BYTES,
        "",
        "the text is 4000001 bytes, the limit is 4000000",
    ));
    vectors.push(made(
        "genuine/nil.json with 70,000 findings",
        "More values than a file may hold.",
        "\"findings\": [",
        "0,",
        70_000,
        list + 2 * (MAX_VALUES - before),
        &format!("/return/derived/findings/{}", MAX_VALUES - before),
        "more than 65536 values",
    ));
    vectors
}

/// How many values begin in a piece of an indented file that ends inside one: each member and each item.
fn values_before(piece: &str) -> usize {
    let line = |line: &&str| !matches!(line.trim(), "" | "}" | "]" | "}," | "],");
    piece.lines().filter(line).count()
}

fn as_a_whole(nil: &str) -> Vec<Vector> {
    let cut =
        nil.find("\"prepared_at\": \"2023").expect("a time") + "\"prepared_at\": \"2023".len();
    let end = nil.trim_end().len() - 1;
    let name = "Information analyst on duty";
    let at = nil.find(name).expect("a name");
    let parts = [&nil.as_bytes()[..at], b"Informaci\xf3n", &nil.as_bytes()[at + name.len()..]];
    let latin = parts.concat();
    let utf16: Vec<u8> =
        std::iter::once(0xfeff).chain(nil.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    vec![
        Vector::unread(
            "json/empty.json",
            "Nothing.",
            "",
            (0, ""),
            "stops before its JSON is complete",
        ),
        Vector::unread(
            "json/byte-order-mark.json",
            "A byte-order mark, as some editors add it.",
            format!("\u{feff}{nil}"),
            (0, ""),
            "byte-order mark",
        ),
        Vector::unread("json/utf-16.json", "The file in UTF-16.", utf16, (0, ""), "not UTF-8"),
        Vector::unread(
            "json/latin-1.json",
            "One letter in Latin-1.",
            latin,
            (at + 9, "/return/answers/about/submitter_name"),
            "not UTF-8",
        ),
        Vector::unread(
            "json/cut-in-half.json",
            "A copy that broke off.",
            &nil[..cut],
            (cut, "/return/prepared_at"),
            "stops before its JSON is complete",
        ),
        Vector::unread(
            "json/cut-by-one-brace.json",
            "All but the last brace.",
            &nil[..end],
            (end, ""),
            "stops before its JSON is complete",
        ),
        Vector::unread(
            "json/two-returns.json",
            "Two returns in one file.",
            format!("{nil}{nil}"),
            (nil.len(), ""),
            "something follows the end",
        ),
        Vector::unread(
            "json/a-letter-follows.json",
            "A letter after the last brace.",
            format!("{nil}x"),
            (nil.len(), ""),
            "something follows the end",
        ),
        Vector::unread(
            "json/a-key-file.json",
            "A key file in the place of a return.",
            "-----BEGIN PRIVATE KEY-----\n",
            (1, ""),
            "expected a digit",
        ),
        Vector::unread(
            "json/a-workbook.json",
            "The first bytes of a workbook.",
            *b"PK\x03\x04\x14\x00\x06\x00",
            (0, ""),
            "expected a value",
        ),
        Vector::unread(
            "json/a-web-page.json",
            "A web page, as a portal gives it to whoever is not signed in.",
            "<!DOCTYPE html>\n",
            (0, ""),
            "expected a value",
        ),
    ]
}

/// `inputs` is at depth 3.
fn nested(nil: &str) -> Vec<Vector> {
    let lists = |count: usize| {
        let with = format!("\"inputs\": {}{}", "[".repeat(count), "]".repeat(count));
        let (text, at) = replaced(nil, "\"inputs\": {}", &with);
        (text, at + "\"inputs\": ".len())
    };
    let (deep, _) = lists(30);
    let (deeper, at) = lists(31);
    let pointer = format!("/return/inputs{}", "/0".repeat(30));
    vec![
        Vector::wrong(
            "return",
            "json/depth-32.json",
            "As deep as a file may be, so it is read, and something else is wrong.",
            deep,
            ("refused", "not_a_return"),
            "found a list, expected an object (at /inputs)",
        ),
        Vector::unread(
            "json/depth-33.json",
            "One deeper than a file may be.",
            deeper,
            (at + 30, &pointer),
            "nested more than 32 deep",
        ),
    ]
}
