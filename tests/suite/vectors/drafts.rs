//! Drafts that do not open.

use super::genuine::Genuine;
use super::make::replaced;
use super::vector::Vector;

pub(crate) fn vectors(genuine: &Genuine) -> Vec<Vector> {
    let draft = genuine.draft.as_str();
    let changed = |from: &str, to: &str| replaced(draft, from, to);
    let one = |name: &str, what, text: String, verdict, says| {
        Vector::wrong("draft", &format!("draft/{name}.json"), what, text, ("", verdict), says)
    };
    let hash = "\"collection\": {\n      \"id\": \"sor-2023-07\",\n      \"sha256\": \"";
    let start = draft.find(hash).expect("a hash") + hash.len();
    let unknown = format!("{}{}{}", &draft[..start], "5".repeat(64), &draft[start + 64..]);
    let (twice, at) = changed("\"revision\": 1", "\"revision\": 1,\n    \"revision\": 1");
    vec![
        one(
            "sealed-return",
            "A sealed return, opened as a draft.",
            genuine.nil.clone(),
            "not_a_draft",
            "this is not a draft",
        ),
        one(
            "prepared-at",
            "A member that only a sealed return has.",
            changed(
                "\"revision\": 1",
                "\"prepared_at\": \"2023-07-28T10:40:00+01:00\",\n    \"revision\": 1",
            )
            .0,
            "not_a_draft",
            "only a sealed return has this member (at /prepared_at)",
        ),
        one(
            "revision-2-of-nothing",
            "Revision 2 that does not say what it replaces.",
            changed("\"revision\": 1", "\"revision\": 2").0,
            "not_a_draft",
            "(at /revision)",
        ),
        one(
            "unknown-collection",
            "A collection that is not in the operator’s set.",
            unknown,
            "unknown",
            "in a version that is not here",
        ),
        one(
            "unknown-answer",
            "An answer to a question that the template does not have.",
            changed("\"nil_return\": false", "\"mood\": \"good\",\n        \"nil_return\": false")
                .0,
            "does_not_fit",
            "the template has no such field (at /answers/about/mood)",
        ),
        one("name-twice", "One name twice.", twice, "not_readable", "a name is used twice")
            .at(at + 19, "/draft"),
    ]
}
