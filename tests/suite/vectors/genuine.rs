//! Files that are what they say.

use super::make::{
    APPROVER, KEEPER, PREPARER, Parts, SECOND_APPROVER, approved, header, key, nil, sealed,
    thumbprint,
};
use super::vector::{Insert, Vector};
use crate::support::{IN_TIME, LATE, answer, at, filled};
use ia_returns::answers::{Answer, Place};
use ia_returns::collection::{Contact, Document, DocumentKind, Set, SignedExpected};
use ia_returns::file::{Draft, Receipt, merge, verify};
use ia_returns::json::{self, MAX_BYTES, Value};
use ia_returns::register::{Enrolment, Entry, Register, Revocation};
use ia_returns::sign::{Kind, Role, document};

pub(super) const ISSUED: &str = "2023-07-20T09:00:00+01:00";
const ISSUED_AGAIN: &str = "2023-07-28T12:00:00+01:00";

/// The texts that other vectors start from.
pub(crate) struct Genuine {
    pub(crate) full: String,
    pub(crate) nil: String,
    pub(crate) countersigned: String,
    pub(crate) revision: String,
    pub(crate) practice: String,
    pub(crate) register: String,
    pub(crate) second_register: String,
    pub(crate) receipt: String,
    pub(crate) enrolment: String,
    pub(crate) expected: String,
    pub(crate) second_expected: String,
    pub(crate) draft: String,
}

impl Genuine {
    pub(crate) fn new(set: &Set) -> Self {
        let nil_draft = nil(set, "sor-2023-07");
        let nil_text = sealed(&nil_draft, IN_TIME);
        let second = nil(set, "countersigned");
        let register = register();
        let keeper = thumbprint(KEEPER);
        let first = Register::read(register.as_bytes(), &keeper, None).expect("it reads");
        let verified = verify(nil_text.as_bytes(), set).expect("it verifies");
        let expected = expected(crate::support::documents());
        Self {
            full: crate::support::sealed(set).text,
            countersigned: approved(&sealed(&second, IN_TIME), set, APPROVER),
            revision: revision(&crate::support::sealed(set).text, set),
            practice: sealed(&nil(set, "practice"), IN_TIME),
            second_register: next_register(&first),
            register,
            receipt: Receipt::of(&verified, at("2023-07-28T10:45:00+01:00"))
                .seal(&key(KEEPER), &header(Role::Preparer)),
            enrolment: enrolment(),
            second_expected: next_expected(&expected),
            expected,
            draft: filled(set, IN_TIME).write(at(IN_TIME)),
            nil: nil_text,
        }
    }

    pub(crate) fn parts(&self) -> Parts {
        Parts::of(&self.nil, Kind::Return)
    }
}

/// The next version, with a reason and a new sign-off.
fn revision(text: &str, set: &Set) -> String {
    let verified = verify(text.as_bytes(), set).expect("it verifies");
    let mut draft = Draft::revise(&verified).expect("it opens");
    for (id, text) in [
        ("about.revision_reason", "The rota of the second day was found to be incomplete."),
        ("workforce.staffing.2023-07-26.diagnostic_radiographer.due_to_work", "86"),
        ("declared.signoff_how", "by_phone"),
        ("declared.signoff_at", "2023-07-28T11:20"),
    ] {
        answer(&mut draft, id, text);
    }
    sealed(&draft, "2023-07-28T11:30:00+01:00")
}

fn entry(seed: u8, organisation: &str) -> Entry {
    let role = "Information analyst".to_owned();
    Entry::new(thumbprint(seed), organisation.to_owned(), role, at(ISSUED), None)
}

fn register() -> String {
    let mut register = Register::new(at(ISSUED));
    assert!(register.add(entry(PREPARER, "RX1")) && register.add(entry(APPROVER, "RHA")));
    register.seal(&key(KEEPER), &header(Role::Preparer))
}

/// The next register: one key was withdrawn, one is valid for a year.
fn next_register(first: &Register) -> String {
    let mut register = first.next(at(ISSUED_AGAIN));
    let reason = "The laptop was stolen".to_owned();
    assert!(register.revoke(&thumbprint(APPROVER), &Revocation { at: at(ISSUED_AGAIN), reason }));
    let role = "Head of EPRR".to_owned();
    let until = Some(at("2024-07-28T12:00:00+01:00"));
    let key_of = thumbprint(SECOND_APPROVER);
    assert!(register.add(Entry::new(key_of, "RHA".to_owned(), role, at(ISSUED_AGAIN), until)));
    register.seal(&key(KEEPER), &header(Role::Preparer))
}

fn enrolment() -> String {
    let role = "Information analyst";
    Enrolment::seal(&key(PREPARER), "RX1", role, "Information analyst on duty", at(ISSUED))
}

/// The shipped list of July 2023 with a few of its organisations, sealed by whoever keeps it.
fn expected(documents: &[Document]) -> String {
    let is = |d: &&Document| d.kind == DocumentKind::Expected && d.id.starts_with("sor-2023-07");
    let list = documents.iter().find(is).expect("the list of July 2023");
    let mut payload = json::read(list.json.as_bytes()).expect("it reads");
    let organisations = payload["organisations"].as_array().expect("organisations");
    let few: Vec<Value> = organisations.iter().take(3).cloned().collect();
    payload["organisations"] = few.into();
    payload["complete"] = false.into();
    let signature =
        document::signature(&payload, Kind::ExpectedList, &key(KEEPER), &header(Role::Preparer));
    document::write(payload, Kind::ExpectedList, vec![signature])
}

/// The next list: complete, with a contact and a deadline.
fn next_expected(first: &str) -> String {
    let first = SignedExpected::read(first.as_bytes(), &thumbprint(KEEPER)).expect("it reads");
    let mut list = first.list;
    (list.serial, list.complete, list.note) = (2, true, String::new());
    "2026-11-21".clone_into(&mut list.issued);
    let owes = list.organisations.first_mut().expect("an organisation");
    let role = "EPRR duty officer".to_owned();
    owes.contacts.push(Contact { role, phone: "0300 000 0000".to_owned(), ..Contact::default() });
    owes.deadlines.push(("workforce_sitrep".to_owned(), "2023-07-28T11:00".to_owned()));
    SignedExpected::seal(&list, Some(&first.issue.id), &key(KEEPER), &header(Role::Preparer))
}

pub(crate) fn vectors(genuine: &Genuine, set: &Set) -> Vec<Vector> {
    let mut vectors = vec![
        Vector::genuine(
            "return",
            "genuine/return.json",
            "A return of every figure, with one query explained.",
            &*genuine.full,
        ),
        Vector::genuine("return", "genuine/nil.json", "A nil return.", &*genuine.nil),
        Vector::genuine(
            "return",
            "genuine/countersigned.json",
            "A round that asks for a second person, who has signed.",
            &*genuine.countersigned,
        ),
        Vector::genuine(
            "return",
            "genuine/revision-2.json",
            "The second version of return.json, which it names by its id.",
            &*genuine.revision,
        ),
        Vector {
            besides: "practice",
            ..Vector::genuine(
                "return",
                "genuine/practice.json",
                "A practice return: it is genuine and never counts.",
                &*genuine.practice,
            )
        },
        Vector::genuine(
            "return",
            "genuine/late.json",
            "A return that was prepared after the window closed, with the reason.",
            sealed(&filled(set, LATE), LATE),
        ),
        Vector::genuine(
            "return",
            "genuine/not-known.json",
            "One figure not known, one row not applicable, characters beyond ASCII.",
            not_known(set),
        ),
        Vector::genuine(
            "return",
            "genuine/one-line.json",
            "nil.json in one line, its members backwards, every character of its texts escaped.",
            one_line(&genuine.nil),
        ),
        Vector::genuine(
            "return",
            "genuine/alg-ed25519.json",
            "The newer name of the algorithm (RFC 9864).",
            genuine.parts().headed(PREPARER, |h| h["alg"] = "Ed25519".into()),
        ),
        Vector {
            of: Some("genuine/nil.json".to_owned()),
            ..Vector::genuine(
                "receipt",
                "genuine/receipt.json",
                "A receipt for nil.json.",
                &*genuine.receipt,
            )
        },
        from_keeper(Vector::genuine(
            "register",
            "genuine/register.json",
            "The first register: two keys.",
            &*genuine.register,
        )),
        from_keeper(Vector::genuine(
            "register",
            "genuine/register-2.json",
            "The next register: one key withdrawn, one more with an end.",
            &*genuine.second_register,
        )),
        Vector::genuine(
            "enrolment",
            "genuine/enrolment.json",
            "A request to be put into the register.",
            &*genuine.enrolment,
        ),
        from_keeper(Vector::genuine(
            "expected",
            "genuine/expected.json",
            "A list of expected returns, signed.",
            &*genuine.expected,
        )),
        from_keeper(Vector::genuine(
            "expected",
            "genuine/expected-2.json",
            "The next list, which names the one that it replaces and everybody.",
            &*genuine.second_expected,
        )),
        Vector::genuine("draft", "genuine/draft.json", "A draft.", &*genuine.draft),
    ];
    vectors.extend(approvals(genuine, set));
    vectors.extend(of_other_templates(set));
    vectors.push(as_long_as_may_be(genuine));
    vectors
}

fn of_other_templates(set: &Set) -> Vec<Vector> {
    let one = |(template, name): (&str, &str)| {
        let (draft, now) = crate::cases::complete(set, template);
        let text = sealed(&draft, &now.to_london_text());
        Vector::genuine("return", name, "A return of another template.", text)
    };
    [
        ("self_assessment", "genuine/self-assessment.json"),
        ("rescheduled_activity", "genuine/rescheduled-activity.json"),
        ("learning", "genuine/learning.json"),
        ("readiness", "genuine/readiness.json"),
    ]
    .map(one)
    .into()
}

fn as_long_as_may_be(genuine: &Genuine) -> Vector {
    let nil = Vector::genuine("return", "genuine/nil.json", "", &*genuine.nil);
    let spaces = Insert { after: "}\n", text: " ", times: MAX_BYTES - genuine.nil.len() };
    let (name, what) = ("genuine/nil.json of 4,000,000 bytes", "As long as a file may be.");
    Vector::genuine("return", name, what, "").made_from(&nil, spaces)
}

fn approvals(genuine: &Genuine, set: &Set) -> Vec<Vector> {
    let by = |seed| approved(&genuine.nil, set, seed);
    let (first, second) = (by(APPROVER), by(SECOND_APPROVER));
    let (a, b) = (
        verify(first.as_bytes(), set).expect("it verifies"),
        verify(second.as_bytes(), set).expect("it verifies"),
    );
    let merged = merge((first.as_bytes(), &a), (second.as_bytes(), &b)).expect("one return");
    vec![
        Vector::genuine(
            "return",
            "genuine/approved.json",
            "nil.json with a second signature that nobody asked for: without it, it is nil.json.",
            first,
        ),
        Vector::genuine(
            "return",
            "genuine/merged.json",
            "Two copies of one return, each approved by another person, as one.",
            merged,
        ),
    ]
}

/// Says who keeps the register.
pub(super) fn from_keeper(mut vector: Vector) -> Vector {
    vector.asked.keeper = thumbprint(KEEPER).to_string();
    vector
}

fn not_known(set: &Set) -> String {
    let mut draft = filled(set, IN_TIME);
    let place =
        |draft: &Draft, id: &str| Place::parse(id, &draft.form, &draft.answers).expect("a place");
    let reason = "The sickness list of that day was not kept.".to_owned();
    let id = "workforce.staffing.2023-07-25.diagnostic_radiographer.absent_other";
    let at = place(&draft, id);
    draft.answers.set(at, Answer::NotKnown(reason));
    for column in ["due_to_work", "absent_ia", "absent_other", "working_derogation"] {
        let id = format!("workforce.staffing.2023-07-27.other_in_scope.{column}");
        let at = place(&draft, &id);
        draft.answers.set(at, Answer::NotApplicable);
    }
    answer(&mut draft, "about.submitter_name", "Dadansoddwr ar ddyletswydd – tîm gwybodaeth 📊");
    sealed(&draft, IN_TIME)
}

/// The same value, written as differently as JSON allows.
fn one_line(text: &str) -> String {
    fn write(value: &Value) -> String {
        let escaped = |text: &str| {
            let units: Vec<String> =
                text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
            format!("\"{}\"", units.concat())
        };
        match value {
            Value::Array(items) => {
                format!("[{}]", items.iter().map(write).collect::<Vec<_>>().join("\t,\r "))
            }
            Value::Object(members) => {
                let mut members: Vec<String> =
                    members.iter().map(|(n, v)| format!("{} : {}", escaped(n), write(v))).collect();
                members.reverse();
                format!("{{{}}}", members.join(" ,"))
            }
            Value::String(text) => escaped(text),
            other => other.to_string(),
        }
    }
    write(&json::read(text.as_bytes()).expect("it reads"))
}
