//! Whose a return is: the register, requests to be put into it, two people, receipts, versions.

mod laws;

use crate::support::{IN_TIME, at, sealed, set};
use ia_returns::file::{ApproveError, Draft, Receipt, approve, merge, verify};
use ia_returns::json;
use ia_returns::register::{
    Enrolment, Entry, MOST_KEYS, Received, Register, Revocation, Source, Standing,
};
use ia_returns::sign::{
    DocumentError, Header, Issue, IssueError, Kind, Role, SecretKey, Thumbprint, document,
};

const ISSUED: &str = "2023-07-20T09:00:00+01:00";
const LATER: &str = "2023-07-21T09:00:00+01:00";

fn key(number: u8) -> SecretKey {
    SecretKey::from_seed([number; 32].into())
}

fn thumbprint(number: u8) -> Thumbprint {
    key(number).public().thumbprint()
}

fn header(role: Role) -> Header {
    Header {
        role,
        signer_name: "Head of EPRR on duty".to_owned(),
        signer_job_title: "Head of EPRR".to_owned(),
        signed_at: at(ISSUED),
    }
}

fn entry(number: u8, organisation: &str, until: Option<&str>) -> Entry {
    let role = "Information analyst".to_owned();
    Entry::new(thumbprint(number), organisation.to_owned(), role, at(ISSUED), until.map(at))
}

/// A register with these entries, sealed with key 1 and read again.
fn register(entries: &[Entry]) -> Register {
    let mut register = Register::new(at(ISSUED));
    for entry in entries {
        assert!(register.add(entry.clone()));
    }
    let text = register.seal(&key(1), &header(Role::Preparer));
    Register::read(text.as_bytes(), &thumbprint(1), None).expect("it reads")
}

fn received(at_time: &str, source: Source) -> Received {
    Received::At(at(at_time), source)
}

fn standing(register: &Register, number: u8, at_time: Received) -> Standing {
    register.standing(&thumbprint(number), "RX1", at_time, at("2023-08-01T09:00:00+01:00"))
}

#[test]
fn a_register_says_whose_a_key_is() {
    let register = register(&[entry(7, "RX1", None), entry(8, "RHA", None)]);
    let on_time = received(IN_TIME, Source::Stated);
    assert!(standing(&register, 7, on_time).is_known());
    assert_eq!(standing(&register, 9, on_time), Standing::NotConfirmed);
    let theirs = Standing::OtherOrganisation { organisations: vec!["RHA".to_owned()] };
    assert_eq!(standing(&register, 8, on_time), theirs);
}

#[test]
fn one_key_may_speak_for_two_organisations() {
    let register = register(&[entry(7, "RX1", None), entry(7, "RHA", None)]);
    assert!(standing(&register, 7, Received::Unknown).is_known());
    assert!(!Register::new(at(ISSUED)).clone().revoke(&thumbprint(7), &theft()));
}

#[test]
fn a_key_is_valid_from_its_first_second_until_before_its_last() {
    let register = register(&[entry(7, "RX1", Some(IN_TIME))]);
    let at_time = |time: &str| standing(&register, 7, received(time, Source::Stated));
    assert!(at_time(ISSUED).is_known());
    assert_eq!(at_time("2023-07-20T08:59:59+01:00"), Standing::Expired);
    assert_eq!(at_time(IN_TIME), Standing::Expired);
    assert!(at_time("2023-07-28T10:39:59+01:00").is_known());
    // Not known when it came: judged as of now, which is later.
    assert_eq!(standing(&register, 7, Received::Unknown), Standing::Expired);
}

fn theft() -> Revocation {
    Revocation { at: at("2023-07-28T10:45:00+01:00"), reason: "The laptop was stolen".to_owned() }
}

#[test]
fn after_a_key_is_revoked_only_proof_of_an_earlier_receipt_helps() {
    let mut register = register(&[entry(7, "RX1", None)]);
    assert!(register.revoke(&thumbprint(7), &theft()));
    assert!(!register.revoke(&thumbprint(7), &theft()), "once");
    for proof in [Source::Manifest, Source::Receipt] {
        assert!(standing(&register, 7, received(IN_TIME, proof)).is_known(), "{proof:?}");
    }
    // A thief can date a file and an e-mail, and the operator's one time may be wrong.
    for claim in [Source::Assumed, Source::Email, Source::Stated] {
        let found = standing(&register, 7, received(IN_TIME, claim));
        assert!(matches!(found, Standing::Revoked { .. }), "{claim:?}");
    }
    let after = received("2023-07-28T10:45:00+01:00", Source::Receipt);
    assert!(standing(&register, 7, after).is_against(), "from the second on");
}

#[test]
fn a_register_is_taken_only_from_whoever_the_operator_named_and_never_an_older_one() {
    let first = Register::new(at(ISSUED)).seal(&key(1), &header(Role::Preparer));
    let other = Register::read(first.as_bytes(), &thumbprint(2), None);
    assert!(matches!(other, Err(IssueError::OtherSigner { .. })), "{other:?}");
    let first = Register::read(first.as_bytes(), &thumbprint(1), None).unwrap();
    let second = first.next(at(LATER)).seal(&key(1), &header(Role::Preparer));
    let second = Register::read(second.as_bytes(), &thumbprint(1), Some(first.issue())).unwrap();
    assert_eq!(second.serial(), 2);
    // The newest is what the next one is held against.
    let again = second.clone().next(at(LATER)).seal(&key(1), &header(Role::Preparer));
    assert!(Register::read(again.as_bytes(), &thumbprint(1), Some(second.issue())).is_ok());
    let text = first.seal(&key(1), &header(Role::Preparer));
    let older = Register::read(text.as_bytes(), &thumbprint(1), Some(second.issue()));
    assert!(matches!(older, Err(IssueError::Older { found: 1, held: 2, .. })), "{older:?}");
}

#[test]
fn two_lists_of_one_number_are_told_from_one_list_twice() {
    let first = Register::new(at(ISSUED)).seal(&key(1), &header(Role::Preparer));
    let held = Register::read(first.as_bytes(), &thumbprint(1), None).unwrap().issue().clone();
    assert!(Register::read(first.as_bytes(), &thumbprint(1), Some(&held)).is_ok());
    let other = Register::new(at(LATER)).seal(&key(1), &header(Role::Preparer));
    let twice = Register::read(other.as_bytes(), &thumbprint(1), Some(&held));
    assert!(matches!(twice, Err(IssueError::Twice { number: 1, .. })), "{twice:?}");
    assert_eq!(twice.unwrap_err().code(), "same_number");
    // Where only the number is known, either is taken.
    let number = Issue { id: String::new(), ..held };
    assert!(Register::read(other.as_bytes(), &thumbprint(1), Some(&number)).is_ok());
}

/// The first register with one member changed, sealed by whoever keeps it.
fn changed(change: impl FnOnce(&mut json::Value)) -> Result<Register, IssueError> {
    let mut register = Register::new(at(ISSUED));
    register.add(entry(7, "RX1", None));
    let mut file = json::read(register.seal(&key(1), &header(Role::Preparer)).as_bytes()).unwrap();
    change(&mut file["register"]);
    let payload = file["register"].clone();
    let signature = document::signature(&payload, Kind::Register, &key(1), &header(Role::Preparer));
    let text = document::write(payload, Kind::Register, vec![signature]);
    Register::read(text.as_bytes(), &thumbprint(1), None)
}

#[test]
fn a_register_of_another_form_is_refused_with_its_place() {
    type Change = fn(&mut json::Value);
    let cases: [(&str, Change); 8] = [
        ("/serial", |r| r["serial"] = 0.into()),
        ("/serial", |r| r["serial"] = 2.into()),
        ("supersedes", |r| r["supersedes"] = 3.into()),
        ("/keys/0/key", |r| r["keys"][0]["key"] = "abc".into()),
        ("/keys/0/valid_until", |r| r["keys"][0]["valid_until"] = ISSUED.into()),
        ("/keys/0/revoked_at", |r| r["keys"][0]["revoked_at"] = ISSUED.into()),
        ("/keys/0/organisation", |r| r["keys"][0]["organisation"] = "".into()),
        ("/keys/1", |r| r["keys"] = vec![r["keys"][0].clone(), r["keys"][0].clone()].into()),
    ];
    for (place, change) in cases {
        let found = changed(change).expect_err(place);
        assert!(found.to_string().contains(place), "{place}: {found}");
    }
    assert!(changed(|_| {}).is_ok());
}

/// Every key with all of its members, so that none is left that could make the file larger than is read.
#[test]
fn a_register_holds_as_many_keys_as_are_read_and_no_more() {
    let full = |count: usize| {
        changed(|r| {
            let mut key = r["keys"][0].clone();
            key["valid_until"] = "2024-07-20T09:00:00+01:00".into();
            key["revoked_at"] = LATER.into();
            key["revoked_reason"] = "The laptop was stolen".into();
            let one = |number: usize| {
                key["organisation"] = format!("R{number}").into();
                key.clone()
            };
            r["keys"] = (0..count).map(one).collect::<Vec<_>>().into();
        })
    };
    let mut register = full(MOST_KEYS).expect("as many as may be");
    assert!(!register.add(entry(9, "RX1", None)), "one more is not taken");
    let found = full(MOST_KEYS + 1).expect_err("one more").to_string();
    assert!(found.contains("there are more keys than are read (at /keys)"), "{found}");
}

#[test]
fn a_request_to_confirm_a_sender_is_signed_with_its_own_key_alone() {
    let text =
        Enrolment::seal(&key(7), "RX1", "Information analyst", "Analyst on duty", at(ISSUED));
    let request = Enrolment::read(text.as_bytes()).expect("it reads");
    assert_eq!((request.organisation.as_str(), request.key), ("RX1", thumbprint(7)));
    assert_eq!(request.check_code(), thumbprint(7).enrolment_code());
    let entry = request.entry(at(ISSUED), None);
    assert!(standing(&register(&[entry]), 7, Received::Unknown).is_known());

    let mut file = json::read(text.as_bytes()).unwrap();
    file["enrolment"]["key"] = thumbprint(8).to_string().into();
    let payload = file["enrolment"].clone();
    let signature =
        document::signature(&payload, Kind::Enrolment, &key(7), &header(Role::Preparer));
    let text = document::write(payload, Kind::Enrolment, vec![signature]);
    let found = Enrolment::read(text.as_bytes()).expect_err("another key");
    assert!(found.to_string().contains("not signed with the key it is about"), "{found}");
}

#[test]
fn no_kind_of_file_passes_for_another() {
    let set = set();
    let sealed = sealed(&set);
    let verified = verify(sealed.text.as_bytes(), &set).unwrap();
    let register = Register::new(at(ISSUED)).seal(&key(1), &header(Role::Preparer));
    let receipt = Receipt::of(&verified, at(LATER)).seal(&key(1), &header(Role::Preparer));
    let request = Enrolment::seal(&key(7), "RX1", "Analyst", "Analyst on duty", at(ISSUED));
    let files = [
        (Kind::Return, &sealed.text),
        (Kind::Register, &register),
        (Kind::Receipt, &receipt),
        (Kind::Enrolment, &request),
    ];
    for (kind, text) in files {
        assert!(document::read(text.as_bytes(), kind).unwrap().verify().is_ok(), "{kind:?}");
        for (other, _) in files.iter().filter(|(other, _)| *other != kind) {
            let found = document::read(text.as_bytes(), *other).expect_err("another kind");
            assert!(found.to_string().contains(kind.words()), "{found}");
            // Under the other's name and format, the signatures still say what was signed.
            let file = json::read(text.as_bytes()).unwrap();
            let mut payload = file[kind.member()].clone();
            payload["format"] = other.format().into();
            let signatures = file["signatures"].as_array().unwrap().clone();
            let disguised = document::write(payload, *other, signatures);
            let found = document::read(disguised.as_bytes(), *other).unwrap().verify();
            assert!(matches!(found, Err(DocumentError::Changed { .. })), "{found:?}");
        }
    }
}

#[test]
fn a_second_person_signs_the_same_bytes() {
    let set = set();
    let sealed = sealed(&set);
    let verified = verify(sealed.text.as_bytes(), &set).unwrap();
    let text =
        approve(sealed.text.as_bytes(), &verified, &key(8), &header(Role::Approver)).unwrap();
    let approved = verify(text.as_bytes(), &set).unwrap();
    assert_eq!(approved.id(), verified.id());
    let roles: Vec<Role> = approved.signatures().iter().map(|s| s.header.role).collect();
    assert_eq!(roles, [Role::Preparer, Role::Approver]);
    let again = approve(text.as_bytes(), &approved, &key(8), &header(Role::Approver));
    assert_eq!(again, Err(ApproveError::SameKey));
    let preparer = approve(sealed.text.as_bytes(), &verified, &key(7), &header(Role::Approver));
    assert_eq!(preparer, Err(ApproveError::SameKey), "nobody approves their own figures");
}

#[test]
fn two_files_of_one_return_are_one_return_with_all_signatures() {
    let set = set();
    let sealed = sealed(&set);
    let bytes = sealed.text.as_bytes();
    let verified = verify(bytes, &set).unwrap();
    let by = |number| approve(bytes, &verified, &key(number), &header(Role::Approver)).unwrap();
    let (first, second) = (by(8), by(9));
    let (a, b) =
        (verify(first.as_bytes(), &set).unwrap(), verify(second.as_bytes(), &set).unwrap());
    let text = merge((first.as_bytes(), &a), (second.as_bytes(), &b)).unwrap();
    let merged = verify(text.as_bytes(), &set).unwrap();
    assert_eq!((merged.id(), merged.signatures().len()), (verified.id(), 3));
    let same = merge((text.as_bytes(), &merged), (first.as_bytes(), &a)).unwrap();
    assert_eq!(same, text, "what is there is not added again");
}

#[test]
fn two_returns_are_not_merged() {
    let set = set();
    let sealed = sealed(&set);
    let verified = verify(sealed.text.as_bytes(), &set).unwrap();
    let other = crate::support::resealed(&set, |payload| {
        payload["answers"]["about"]["comment"] = "Another return".into();
    });
    let b = verify(&other, &set).unwrap();
    let found = merge((sealed.text.as_bytes(), &verified), (&other, &b));
    assert_eq!(found, Err(ApproveError::OtherReturn));
}

#[test]
fn a_receipt_is_for_one_return_and_can_be_checked() {
    let set = set();
    let sealed = sealed(&set);
    let verified = verify(sealed.text.as_bytes(), &set).unwrap();
    let text = Receipt::of(&verified, at(LATER)).seal(&key(1), &header(Role::Preparer));
    let (receipt, document) = Receipt::read(text.as_bytes()).unwrap();
    assert_eq!(receipt.return_id, sealed.id);
    assert_eq!((receipt.verdict.as_str(), receipt.revision), ("unchanged", 1));
    assert_eq!(document.signatures[0].thumbprint, thumbprint(1));
    assert!(receipt.is_for(&verified));
    let other = crate::support::resealed(&set, |payload| {
        payload["answers"]["about"]["comment"] = "Another return".into();
    });
    assert!(!receipt.is_for(&verify(&other, &set).unwrap()));
    assert!(Receipt::read(text.replace("unchanged", "unharmed").as_bytes()).is_err());
}

#[test]
fn the_next_version_has_the_same_answers_and_names_what_it_replaces() {
    let set = set();
    let sealed = sealed(&set);
    let verified = verify(sealed.text.as_bytes(), &set).unwrap();
    let draft = Draft::revise(&verified).unwrap();
    assert_eq!((draft.revision, draft.supersedes.as_deref()), (2, Some(sealed.id.as_str())));
    let text = draft.write(at(IN_TIME));
    assert!(text.contains("\"due_to_work\": 88") && text.contains("\"previous\""), "{text}");
    assert!(!text.contains("signoff_at"), "the final figures are agreed anew");
    let found = crate::support::checked(&draft, IN_TIME);
    assert!(!found.is_sealable(), "a new version says what has changed");
}
