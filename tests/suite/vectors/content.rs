//! Files whose signatures fit, and what they say does not: sealed by somebody who holds a key.

use super::genuine::Genuine;
use super::make::PREPARER;
use super::vector::Vector;
use ia_returns::json::{self, Value};

/// The document layer refuses a null and a wrong format; the rest has signatures that fit.
const REFUSED: (&str, &str) = ("refused", "not_a_return");
const FIT: (&str, &str) = ("fit", "not_a_return");

pub(super) type Change = fn(&mut Value);
/// Name, what is wrong, the change, what is refused, words of the sentence.
type Wrong = (&'static str, &'static str, Change, (&'static str, &'static str), &'static str);

const SHAPES: &[Wrong] = &[
    (
        "null",
        "An answer of null.",
        |r| r["answers"]["about"]["comment"] = Value::Null,
        REFUSED,
        "found null, expected a value (at /answers/about/comment)",
    ),
    (
        "null-deep-inside",
        "A null in what is derived.",
        |r| r["derived"]["values"]["totals"]["x"] = Value::Null,
        REFUSED,
        "found null, expected a value (at /derived/values/totals/x)",
    ),
    (
        "format-of-the-future",
        "The next version of the format.",
        |r| r["format"] = "ia-return/2".into(),
        REFUSED,
        "its format is “ia-return/2”",
    ),
    (
        "format-of-a-draft",
        "The format of a draft.",
        |r| r["format"] = "ia-draft/1".into(),
        REFUSED,
        "its format is “ia-draft/1”",
    ),
    ("format-missing", "No format.", |r| remove(r, "format"), REFUSED, "its format is “”"),
    (
        "unknown-member",
        "A member that the format does not have.",
        |r| r["priority"] = "high".into(),
        FIT,
        "unknown member",
    ),
    (
        "unknown-member-of-the-organisation",
        "A member too many of the organisation.",
        |r| r["organisation"]["type"] = "trust".into(),
        FIT,
        "(at /organisation/type)",
    ),
    (
        "unknown-member-of-the-template",
        "A member too many of the template.",
        |r| r["template"]["title"] = "x".into(),
        FIT,
        "(at /template/title)",
    ),
    (
        "unknown-member-of-the-engine",
        "A member too many of the engine.",
        |r| r["engine"]["host"] = "x".into(),
        FIT,
        "(at /engine/host)",
    ),
    (
        "unknown-member-of-an-explanation",
        "A member too many of an explanation.",
        |r| {
            let one = json!({ "rule": "BQ04", "text": "Said before it was asked.", "by": "x" });
            r["explanations"] = vec![one].into();
        },
        FIT,
        "(at /explanations/0/by)",
    ),
    (
        "organisation-missing",
        "No organisation.",
        |r| remove(r, "organisation"),
        FIT,
        "“organisation” is missing",
    ),
    ("answers-missing", "No answers.", |r| remove(r, "answers"), FIT, "“answers” is missing"),
    (
        "declared-missing",
        "No declaration.",
        |r| remove(r, "declared"),
        FIT,
        "“declared” is missing",
    ),
    ("derived-missing", "Nothing derived.", |r| remove(r, "derived"), FIT, "it has no “derived”"),
    ("engine-missing", "No engine.", |r| remove(r, "engine"), FIT, "it has no “engine”"),
    (
        "engine-unknown",
        "An engine that there is not.",
        |r| r["engine"]["kind"] = "abacus".into(),
        FIT,
        "its engine is “abacus”",
    ),
    (
        "answers-as-a-list",
        "A list in the place of the answers.",
        |r| r["answers"] = Vec::<Value>::new().into(),
        FIT,
        "found a list, expected an object (at /answers)",
    ),
    (
        "revision-as-text",
        "A revision in quotes.",
        |r| r["revision"] = "1".into(),
        FIT,
        "found text “1”, expected a whole number (at /revision)",
    ),
    (
        "input-as-a-number",
        "An input that is no id.",
        |r| r["inputs"]["activity"] = 1.into(),
        FIT,
        "(at /inputs",
    ),
    (
        "explained-twice",
        "One query explained twice.",
        |r| {
            let one = json!({ "rule": "BQ04", "text": "Said before it was asked." });
            r["explanations"] = vec![one; 2].into();
        },
        FIT,
        "this query is explained already",
    ),
    // Revisions
    ("revision-0", "Revision 0.", |r| r["revision"] = 0.into(), FIT, "revision 1 replaces nothing"),
    (
        "revision-negative",
        "A revision below 0.",
        |r| r["revision"] = (-1).into(),
        FIT,
        "revision 1 replaces nothing",
    ),
    (
        "revision-2-of-nothing",
        "Revision 2 that does not say what it replaces.",
        |r| r["revision"] = 2.into(),
        FIT,
        "revision 1 replaces nothing",
    ),
    (
        "revision-1-of-something",
        "Revision 1 that says it replaces something.",
        |r| r["supersedes"] = "0".repeat(64).into(),
        FIT,
        "revision 1 replaces nothing",
    ),
    (
        "supersedes-no-id",
        "Revision 2 that replaces something without an id.",
        |r| {
            r["revision"] = 2.into();
            r["supersedes"] = "the first one".into();
        },
        FIT,
        "names the id of what it replaces",
    ),
    (
        "supersedes-in-capitals",
        "An id in capitals: a second text for one id.",
        |r| {
            r["revision"] = 2.into();
            r["supersedes"] = "AB".repeat(32).into();
        },
        FIT,
        "names the id of what it replaces",
    ),
    // Times and keys
    (
        "prepared-in-utc",
        "A time that is not London’s: a second text for one time.",
        |r| r["prepared_at"] = "2023-07-28T09:40:00Z".into(),
        FIT,
        "when it was prepared, in London time",
    ),
    (
        "prepared-at-another-offset",
        "A time with an offset that London has not on that day.",
        |r| r["prepared_at"] = "2023-07-28T09:40:00+00:00".into(),
        FIT,
        "when it was prepared, in London time",
    ),
    (
        "prepared-at-no-time",
        "A date in the place of a time.",
        |r| r["prepared_at"] = "2023-07-28".into(),
        FIT,
        "when it was prepared, in London time",
    ),
    (
        "prepared-at-missing",
        "No time of preparation.",
        |r| remove(r, "prepared_at"),
        FIT,
        "when it was prepared, in London time",
    ),
    (
        "preparer-missing",
        "No preparer.",
        |r| remove(r, "preparer_kid"),
        FIT,
        "it has no “preparer_kid”",
    ),
    (
        "preparer-is-somebody-else",
        "The preparer is named as another key.",
        |r| r["preparer_kid"] = super::make::thumbprint(42).to_string().into(),
        FIT,
        "the preparer it names did not sign it",
    ),
];

pub(super) fn remove(value: &mut Value, name: &str) {
    value.as_object_mut().expect("an object").remove(name).expect("it was there");
}

pub(crate) fn vectors(genuine: &Genuine) -> Vec<Vector> {
    let shaped = SHAPES.iter().map(|&(name, what, change, refused, says)| {
        let text = genuine.parts().resigned(PREPARER, change);
        Vector::wrong("return", &format!("shape/{name}.json"), what, text, refused, says)
    });
    shaped.chain([many_explanations(genuine)]).collect()
}

fn many_explanations(genuine: &Genuine) -> Vector {
    let text = genuine.parts().resigned(PREPARER, |r| {
        let one = |n: usize| json!({ "rule": format!("Q{n}"), "text": "x" });
        r["explanations"] = (0..1_001).map(one).collect::<Vec<_>>().into();
    });
    // In one line, to be short.
    let text = json::canonical(&json::read(text.as_bytes()).expect("it reads"));
    Vector::wrong(
        "return",
        "shape/1001-explanations.json",
        "More explanations than are read.",
        text,
        FIT,
        "(at /explanations/1000)",
    )
}
