//! Registers, receipts, requests, lists and drafts, and each in another's place.

use super::genuine::{Genuine, ISSUED, from_keeper};
use super::make::{APPROVER, KEEPER, PREPARER, Parts, thumbprint};
use super::vector::{Insert, Vector};
use ia_returns::json::Value;
use ia_returns::sign::Kind;

type Change = fn(&mut Value);

/// Name, what is wrong, the change, words of the sentence. All are signed by whoever may sign them.
type Wrong = (&'static str, &'static str, Change, &'static str);

const REGISTERS: &[Wrong] = &[
    ("serial-0", "Number 0.", |r| r["serial"] = 0.into(), "(at /serial)"),
    (
        "serial-2-of-nothing",
        "Number 2 that does not say what it replaces.",
        |r| r["serial"] = 2.into(),
        "(at /serial)",
    ),
    (
        "serial-1-of-something",
        "Number 1 that says it replaces something.",
        |r| r["supersedes"] = "0".repeat(64).into(),
        "(at /serial)",
    ),
    (
        "supersedes-no-id",
        "Number 2 that replaces something without an id.",
        |r| {
            r["serial"] = 2.into();
            r["supersedes"] = "the first".into();
        },
        "(at /serial)",
    ),
    (
        "key-twice",
        "One key twice for one organisation.",
        |r| r["keys"] = vec![r["keys"][0].clone(), r["keys"][0].clone()].into(),
        "this key is there already (at /keys/1)",
    ),
    (
        "key-that-is-none",
        "A key that is no thumbprint.",
        |r| r["keys"][0]["key"] = "abc".into(),
        "not a thumbprint of 43 characters (at /keys/0/key)",
    ),
    (
        "never-valid",
        "A key whose end comes before its beginning.",
        |r| r["keys"][0]["valid_until"] = ISSUED.into(),
        "this is not after valid_from (at /keys/0/valid_until)",
    ),
    (
        "no-reason",
        "A key that was withdrawn without a reason.",
        |r| r["keys"][0]["revoked_at"] = ISSUED.into(),
        "a revoked key has a time and a reason (at /keys/0/revoked_at)",
    ),
    (
        "organisation-empty",
        "A key of nobody.",
        |r| r["keys"][0]["organisation"] = "".into(),
        "this is empty (at /keys/0/organisation)",
    ),
    (
        "no-time-of-issue",
        "A register that does not say when it was issued.",
        |r| drop(r.as_object_mut().unwrap().remove("issued_at")),
        "“issued_at” is missing",
    ),
    (
        "unknown-member",
        "A member that the format does not have.",
        |r| r["keys"][0]["phone"] = "x".into(),
        "unknown member",
    ),
];

const RECEIPTS: &[Wrong] = &[
    (
        "of-no-return",
        "A receipt of something without an id.",
        |r| r["return_id"] = "nil".into(),
        "it names no return",
    ),
    ("revision-0", "A receipt of revision 0.", |r| r["revision"] = 0.into(), "it names no return"),
    (
        "received-at-no-time",
        "A receipt that says a date and no time.",
        |r| r["received_at"] = "2023-07-28".into(),
        "received_at: not a time",
    ),
    (
        "unknown-member",
        "A member that the format does not have.",
        |r| r["note"] = "x".into(),
        "unknown member",
    ),
    (
        "verdict-missing",
        "A receipt without a verdict.",
        |r| drop(r.as_object_mut().unwrap().remove("verdict")),
        "“verdict” is missing",
    ),
];

const ENROLMENTS: &[Wrong] = &[
    (
        "for-another-key",
        "A request about another key than it is signed with.",
        |r| r["key"] = thumbprint(APPROVER).to_string().into(),
        "not signed with the key it is about",
    ),
    (
        "key-that-is-none",
        "A request about a key that is no thumbprint.",
        |r| r["key"] = "abc".into(),
        "key: not a thumbprint",
    ),
    (
        "requested-at-no-time",
        "A request that says a date and no time.",
        |r| r["requested_at"] = "2023-07-20".into(),
        "requested_at: not a time",
    ),
    (
        "unknown-member",
        "A member that the format does not have.",
        |r| r["valid_until"] = ISSUED.into(),
        "unknown member",
    ),
];

const LISTS: &[Wrong] = &[
    (
        "unknown-member",
        "A member that the format does not have.",
        |r| r["total"] = 3.into(),
        "unknown member",
    ),
    (
        "serial-as-text",
        "A serial number in quotes.",
        |r| r["serial"] = "1".into(),
        "expected a whole number (at /serial)",
    ),
    ("serial-0", "Number 0.", |r| r["serial"] = 0.into(), "(at /serial)"),
    (
        "serial-2-of-nothing",
        "Number 2 that does not say what it replaces.",
        |r| r["serial"] = 2.into(),
        "(at /serial)",
    ),
    (
        "serial-1-of-something",
        "Number 1 that says it replaces something.",
        |r| r["supersedes"] = "0".repeat(64).into(),
        "(at /serial)",
    ),
    (
        "supersedes-no-id",
        "Number 2 that replaces something without an id.",
        |r| {
            r["serial"] = 2.into();
            r["supersedes"] = "the first".into();
        },
        "(at /serial)",
    ),
    (
        "supersedes-as-a-number",
        "Number 2 that replaces a number.",
        |r| {
            r["serial"] = 2.into();
            r["supersedes"] = 1.into();
        },
        "expected text (at /supersedes)",
    ),
];

pub(crate) fn vectors(genuine: &Genuine) -> Vec<Vector> {
    let kinds: [(&str, Kind, &str, u8, &[Wrong]); 4] = [
        ("register", Kind::Register, &genuine.register, KEEPER, REGISTERS),
        ("receipt", Kind::Receipt, &genuine.receipt, KEEPER, RECEIPTS),
        ("enrolment", Kind::Enrolment, &genuine.enrolment, PREPARER, ENROLMENTS),
        ("expected", Kind::ExpectedList, &genuine.expected, KEEPER, LISTS),
    ];
    let mut vectors = Vec::new();
    for (reader, kind, text, seed, cases) in kinds {
        let parts = || Parts::of(text, kind);
        for &(name, what, change, says) in cases {
            let text = parts().resigned(seed, change);
            vectors.push(one(reader, name, what, text, ("fit", "another_kind"), says));
        }
        vectors.extend(of_every_kind(reader, &parts(), seed));
    }
    vectors.extend(numbered(
        "register",
        Parts::of(&genuine.register, Kind::Register),
        ("genuine/register-2.json", &genuine.second_register),
    ));
    vectors.extend(numbered(
        "expected",
        Parts::of(&genuine.expected, Kind::ExpectedList),
        ("genuine/expected-2.json", &genuine.second_expected),
    ));
    let mut request = Parts::of(&genuine.enrolment, Kind::Enrolment);
    request.entries.push(request.by(APPROVER, "preparer"));
    let two = "A request that somebody else signed too.";
    let refused = ("fit", "another_kind");
    let says = "not signed with the key it is about";
    vectors.push(one("enrolment", "signed-by-two", two, request.text(), refused, says));
    let of_another = Vector::wrong(
        "receipt",
        "receipt/for-another-return.json",
        "A genuine receipt, and the return at hand is another.",
        "",
        ("fit", "another_return"),
        "",
    );
    vectors.push(Vector {
        of: Some("genuine/return.json".to_owned()),
        kept: genuine.receipt.clone().into(),
        ..of_another
    });
    vectors.extend(in_another_s_place(genuine));
    vectors
}

fn one(
    reader: &str,
    name: &str,
    what: &'static str,
    text: String,
    refused: (&'static str, &'static str),
    says: &'static str,
) -> Vector {
    let vector = Vector::wrong(reader, &format!("{reader}/{name}.json"), what, text, refused, says);
    if matches!(reader, "register" | "expected") { from_keeper(vector) } else { vector }
}

/// What is wrong in the same way with a file of any kind.
fn of_every_kind(reader: &str, parts: &Parts, seed: u8) -> Vec<Vector> {
    let changed = ("refused", "changed");
    let other = ("refused", "another_kind");
    let typ = parts.clone().headed(seed, |h| h["typ"] = Kind::Return.typ().into());
    let unsigned = Parts { entries: Vec::new(), ..parts.clone() }.text();
    let format = parts.clone().resigned(seed, |r| r["format"] = "ia-return/1".into());
    let note = parts.clone().resigned(seed, |r| r["format_note"] = Value::Null);
    let tampered = parts.clone().tampered(|r| r["added"] = "by nobody".into());
    let text = parts.text();
    let cut = &text[..text.len() - 2];
    let broken = one(
        reader,
        "cut",
        "A copy that broke off.",
        cut.to_owned(),
        ("unreadable", "not_readable"),
        "stops before its JSON is complete",
    );
    vec![
        one(
            reader,
            "typ-of-a-return",
            "The type of a return in the header.",
            typ,
            changed,
            "`typ` is \"ia-return+jws\"",
        ),
        one(
            reader,
            "tampered",
            "A member that nobody signed.",
            tampered,
            changed,
            "does not fit what was signed",
        ),
        one(reader, "not-signed", "No signature.", unsigned, other, "it has 0 signatures"),
        one(
            reader,
            "format-of-a-return",
            "The format of a return.",
            format,
            other,
            "its format is “ia-return/1”",
        ),
        one(reader, "null", "A null.", note, other, "found null, expected a value"),
        broken.at(cut.len(), ""),
        Vector::wrong(
            "return",
            &format!("{reader}/in-the-place-of-a-return.json"),
            "A file of another kind, read as a return.",
            text,
            ("refused", "not_a_return"),
            "this is not a sealed return: it is a",
        ),
    ]
}

/// What is wrong with a list for its number, or for whoever sealed it.
fn numbered(reader: &str, parts: Parts, (second, next): (&str, &str)) -> Vec<Vector> {
    let first = parts.text();
    let by_another = Parts { entries: vec![parts.by(PREPARER, "preparer")], ..parts }.text();
    let mut older = one(
        reader,
        "older",
        "A genuine list, and the operator has had the next.",
        first,
        ("fit", "older"),
        "you have had number 2 already",
    );
    let same = from_keeper(Vector::genuine(
        reader,
        &format!("{second} again"),
        "A list that the operator has had already.",
        "",
    ));
    let second = Vector::genuine(reader, second, "", next);
    let nothing = Insert { after: "}\n", text: "", times: 0 };
    older.asked.held = Some(2);
    let mut same = same.made_from(&second, nothing);
    same.asked.held = Some(2);
    vec![
        older,
        same,
        one(
            reader,
            "sealed-by-another",
            "Sealed by somebody else than the operator named.",
            by_another,
            ("fit", "other_keeper"),
            "is not sealed by",
        ),
    ]
}

/// A genuine file of one kind under the name and the format of another: its signatures say what was signed.
fn in_another_s_place(genuine: &Genuine) -> Vec<Vector> {
    let disguised = |text: &str, from: Kind, to: Kind| {
        let mut parts = Parts::of(text, from);
        parts.payload["format"] = to.format().into();
        Parts { kind: to, ..parts }.text()
    };
    let typ = "`typ` is";
    let changed = ("refused", "changed");
    vec![
        one(
            "register",
            "receipt-disguised",
            "A receipt under the name of a register.",
            disguised(&genuine.receipt, Kind::Receipt, Kind::Register),
            changed,
            typ,
        ),
        one(
            "receipt",
            "register-disguised",
            "A register under the name of a receipt.",
            disguised(&genuine.register, Kind::Register, Kind::Receipt),
            changed,
            typ,
        ),
        one(
            "enrolment",
            "receipt-disguised",
            "A receipt under the name of a request.",
            disguised(&genuine.receipt, Kind::Receipt, Kind::Enrolment),
            changed,
            typ,
        ),
        one(
            "expected",
            "register-disguised",
            "A register under the name of a list of expected returns.",
            disguised(&genuine.register, Kind::Register, Kind::ExpectedList),
            changed,
            typ,
        ),
        one(
            "return",
            "receipt-disguised",
            "A receipt under the name of a return.",
            disguised(&genuine.receipt, Kind::Receipt, Kind::Return),
            ("refused", "not_a_return"),
            "this is not a sealed return",
        ),
        one(
            "receipt",
            "return-in-its-place",
            "A sealed return, read as a receipt.",
            genuine.nil.clone(),
            ("refused", "another_kind"),
            "this is not a receipt: it is a sealed return",
        ),
        one(
            "register",
            "request-in-its-place",
            "A request, read as a register.",
            genuine.enrolment.clone(),
            ("refused", "another_kind"),
            "this is not a list of senders: it is a request to confirm a sender",
        ),
        one(
            "return",
            "draft-in-its-place",
            "A draft, read as a return.",
            genuine.draft.clone(),
            ("refused", "not_a_return"),
            "“return” is missing",
        ),
    ]
}
