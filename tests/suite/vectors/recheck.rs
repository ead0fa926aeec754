//! Files that are as they were sealed, and a check here finds something else, or they do not count as they are.

use super::content::{Change, remove};
use super::genuine::Genuine;
use super::make::{APPROVER, PREPARER, Parts, approved, nil, sealed};
use super::vector::Vector;
use crate::support::IN_TIME;
use ia_returns::collection::Set;
use ia_returns::json::Value;
use ia_returns::sign::Kind;

/// Name, what is wrong, the change, what a check here finds otherwise.
type Differs = (&'static str, &'static str, Change, &'static [&'static str]);

/// Changes of return.json.
const DIFFERENCES: &[Differs] = &[
    (
        "another-total",
        "A total that is not the sum of its parts.",
        |r| r["derived"]["values"]["totals"]["total_due"] = 1.into(),
        &["/derived/values/totals/total_due"],
    ),
    (
        "a-total-left-out",
        "A total that is left out.",
        |r| remove(&mut r["derived"]["values"]["totals"], "total_due"),
        &["/derived/values/totals/total_due"],
    ),
    (
        "a-total-made-up",
        "A total that the template does not have.",
        |r| r["derived"]["values"]["totals"]["confidence"] = 100.into(),
        &["/derived/values/totals/confidence"],
    ),
    (
        "another-total-of-a-row",
        "A calculated value of one row is another.",
        |r| r["derived"]["values"]["rows"]["workforce.staffing"][0]["at_work"] = 33.into(),
        &["/derived/values/rows/workforce.staffing/0/at_work"],
    ),
    (
        "no-findings",
        "What the rules say is left out.",
        |r| r["derived"]["findings"] = Vec::<Value>::new().into(),
        &["/derived/findings"],
    ),
    (
        "a-finding-made-milder",
        "A query that is called a note.",
        |r| r["derived"]["findings"][1]["severity"] = "note".into(),
        &["/derived/findings/1/severity"],
    ),
    (
        "a-sentence-in-derived",
        "Words in what is derived.",
        |r| r["derived"]["summary"] = "All is well.".into(),
        &["/derived/summary"],
    ),
    (
        "explanation-of-nothing",
        "An explanation of a query that nobody asked.",
        |r| r["explanations"][0]["rule"] = "BQ05".into(),
        &["/explanations"],
    ),
    (
        "an-answer-that-is-not-asked",
        "An answer to a question that is not asked here.",
        |r| r["answers"]["about"]["nil_reason"] = "no_staff_in_scope".into(),
        &["/answers/about/nil_reason"],
    ),
    (
        "an-unknown-answer",
        "An answer to a question that the template does not have.",
        |r| r["answers"]["about"]["mood"] = "good".into(),
        &["/answers/about/mood"],
    ),
    (
        "an-unknown-section",
        "A section that the template does not have.",
        |r| r["answers"]["strikers"] = json!({ "names": "x" }),
        &["/answers/strikers"],
    ),
    (
        "an-answer-of-another-kind",
        "A figure in quotes.",
        |r| r["answers"]["workforce"]["staffing"][0]["due_to_work"] = "88".into(),
        &["/answers/workforce/staffing/0/due_to_work"],
    ),
    (
        "a-state-that-there-is-not",
        "A state of an answer that there is not.",
        |r| r["answers"]["workforce"]["staffing"][0]["due_to_work"] = json!({ "later": true }),
        &["/answers/workforce/staffing/0/due_to_work"],
    ),
    (
        "rows-in-another-order",
        "Two rows have changed places.",
        |r| swap_rows(r),
        &["/answers/workforce/staffing/0", "/answers/workforce/staffing/1"],
    ),
    (
        "another-marking",
        "The marking is another than the collection’s.",
        |r| r["answers"]["about"]["classification"] = "OFFICIAL-SENSITIVE".into(),
        &["/derived/findings"],
    ),
    (
        "another-name",
        "Another name of the organisation.",
        |r| r["organisation"]["name"] = "Another trust".into(),
        &["/organisation/name"],
    ),
    (
        "code-in-small-letters",
        "The organisation’s code in small letters.",
        |r| r["organisation"]["code"] = "rx1".into(),
        &["/organisation/code"],
    ),
    (
        "id-of-another-collection",
        "The id of another collection than the hash beside it.",
        |r| r["collection"]["id"] = "sor-2023-10".into(),
        &["/collection/id"],
    ),
    (
        "version-of-another-template",
        "The version of another template than the hash beside it.",
        |r| r["template"]["version"] = "99".into(),
        &["/template/version"],
    ),
    (
        "an-input-that-there-is-not",
        "An input that the template does not have.",
        |r| r["inputs"]["horoscope"] = "0".repeat(64).into(),
        &["/inputs/horoscope"],
    ),
];

pub(crate) fn vectors(genuine: &Genuine, set: &Set) -> Vec<Vector> {
    let full = Parts::of(&genuine.full, Kind::Return);
    let differing = DIFFERENCES.iter().map(|&(name, what, change, differs)| {
        let text = full.clone().resigned(PREPARER, change);
        let refused = ("fit", "differs_on_recheck");
        // With these, a rule speaks too.
        let faulty = matches!(name, "another-marking" | "explanation-of-nothing");
        let besides = if faulty { "faults" } else { "" };
        let file = format!("recheck/{name}.json");
        let vector = Vector::wrong("return", &file, what, text, refused, "a check here finds");
        Vector { besides, differs, ..vector }
    });
    let mut vectors: Vec<Vector> = differing.collect();
    vectors.extend(not_counting(genuine, set));
    vectors.extend(unknown(genuine));
    vectors
}

fn swap_rows(payload: &mut Value) {
    let rows = &mut payload["answers"]["workforce"]["staffing"];
    let first = rows[0].clone();
    rows[0] = rows[1].clone();
    rows[1] = first;
}

/// Genuine, and yet it does not count as it is.
fn not_counting(genuine: &Genuine, set: &Set) -> Vec<Vector> {
    let alone = sealed(&nil(set, "countersigned"), IN_TIME);
    let by_preparer = {
        let mut parts = Parts::of(&approved(&alone, set, APPROVER), Kind::Return);
        parts.entries.remove(1);
        parts.text()
    };
    assert_eq!(by_preparer, alone);
    let practice = Parts::of(&genuine.practice, Kind::Return);
    let pretending = practice.resigned(PREPARER, |r| r["collection"]["id"] = "sor-2023-07".into());
    let with_errors = |change: Change| {
        let file = genuine.parts().resigned(PREPARER, change);
        honest(&file, set)
    };
    let stands = |name: &str, what, text: String, besides| Vector {
        besides,
        ..Vector::genuine("return", name, what, text)
    };
    vec![
        stands(
            "recheck/approval-stripped.json",
            "countersigned.json without its second signature.",
            by_preparer,
            "not_approved",
        ),
        Vector {
            besides: "practice",
            ..Vector::wrong(
                "return",
                "recheck/practice-that-pretends.json",
                "A practice return under the name of a real round.",
                pretending,
                ("fit", "differs_on_recheck"),
                "1 thing otherwise",
            )
        },
        stands(
            "recheck/errors-that-it-admits.json",
            "A required answer is left out, and the return says so itself.",
            with_errors(|r| remove(&mut r["answers"]["about"], "submitter_email")),
            "faults",
        ),
        stands(
            "recheck/waved-through.json",
            "A required answer is called not applicable.",
            with_errors(|r| r["declared"]["signoff_name"] = json!({ "na": true })),
            "faults",
        ),
    ]
}

/// What is derived, made to agree with a check here: whoever holds a key may use a program without rules.
fn honest(text: &str, set: &Set) -> String {
    let verified = ia_returns::file::verify(text.as_bytes(), set).expect("it verifies");
    let draft = ia_returns::file::Draft::of(&verified).expect("it opens");
    let derived = verified.checked().expect("checked").derived(&draft.form, &draft.answers);
    Parts::of(text, Kind::Return).resigned(PREPARER, |r| r["derived"] = derived)
}

fn unknown(genuine: &Genuine) -> Vec<Vector> {
    let other = "5".repeat(64);
    let resigned = |member: &str| {
        genuine.parts().resigned(PREPARER, |r| r[member]["sha256"] = (&other).into())
    };
    let one = |name: &str, what, text: String, verdict, says| {
        Vector::wrong("return", &format!("recheck/{name}.json"), what, text, ("fit", verdict), says)
    };
    let capital = genuine.parts().resigned(PREPARER, |r| {
        let hash = r["collection"]["sha256"].as_str().unwrap().to_ascii_uppercase();
        r["collection"]["sha256"] = hash.into();
    });
    vec![
        one(
            "unknown-collection",
            "A collection that is not in the operator’s set.",
            resigned("collection"),
            "unknown_collection",
            "for a collection that is not here",
        ),
        one(
            "unknown-template",
            "A template that is not in the operator’s set.",
            resigned("template"),
            "unknown_template",
            "for a version of the return that is not here",
        ),
        one(
            "hash-in-capitals",
            "The hash of the collection in capitals.",
            capital,
            "unknown_collection",
            "for a collection that is not here",
        ),
    ]
}
