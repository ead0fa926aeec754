//! Sealed files: written, verified, checked again, changed.

use crate::support::{IN_TIME, filled, resealed, sealed, set};
use ia_returns::file::{ContentVerdict, Draft, Sealing, seal, verify};
use ia_returns::json::{self, Value};
use ia_returns::sign::DocumentError;
use ia_returns::sign::SecretKey;

#[test]
fn a_sealed_file_verifies_and_a_check_here_finds_the_same() {
    let set = set();
    let sealed = sealed(&set);
    let verified = verify(sealed.text.as_bytes(), &set).unwrap();
    assert_eq!(*verified.verdict(), ContentVerdict::Unchanged);
    assert_eq!(verified.id(), sealed.id);
    assert!(verified.checked().unwrap().is_sealable());
    assert_eq!(verified.signatures().len(), 1);
    assert_eq!(verified.signatures()[0].header.signer_job_title, "Information analyst");
    assert_eq!(sealed.name, "ia-return_sor-2023-07_workforce_sitrep_RX1_r1_20230728-1040.json");
}

#[test]
fn sealing_twice_gives_the_same_bytes() {
    let set = set();
    assert_eq!(sealed(&set).text, sealed(&set).text);
}

#[test]
fn a_draft_file_opens_again_as_it_was() {
    let set = set();
    let draft = filled(&set, IN_TIME);
    let text = draft.write(crate::support::at(IN_TIME));
    let again = Draft::read(text.as_bytes(), &set).unwrap();
    assert_eq!((again.answers, again.explanations), (draft.answers, draft.explanations));
}

#[test]
fn a_figure_changed_by_hand_is_named_as_a_change() {
    let set = set();
    let text = sealed(&set).text.replace("\"due_to_work\": 88", "\"due_to_work\": 89");
    let refused = verify(text.as_bytes(), &set).unwrap_err();
    assert!(matches!(refused, DocumentError::Changed { number: 1, .. }), "{refused}");
}

#[test]
fn a_truncated_file_a_repeated_name_and_a_huge_file_are_refused_with_their_place() {
    let set = set();
    let text = sealed(&set).text;
    let half = &text[..text.len() / 2];
    let twice = text.replacen("\"revision\": 1", "\"revision\": 1,\n    \"revision\": 1", 1);
    let huge = format!("{text}{}", " ".repeat(5_000_000));
    for (bytes, said) in [(half, "line"), (twice.as_str(), "revision"), (huge.as_str(), "4000000")]
    {
        let refused = verify(bytes.as_bytes(), &set).unwrap_err();
        assert!(matches!(refused, DocumentError::Read(_)), "{refused}");
        assert!(refused.to_string().contains(said), "{refused}");
    }
    assert!(matches!(verify(b"{\"draft\":{}}", &set), Err(DocumentError::Other { .. })));
    assert!(matches!(verify(b"[]", &set), Err(DocumentError::Other { .. })));
}

/// A change of a return by somebody who holds a key.
type Change = fn(&mut Value);

#[test]
fn what_a_return_says_of_itself_is_found_again_or_named() {
    let set = set();
    let zeros = "0".repeat(64);
    let changes: [(&str, Change); 8] = [
        ("/collection/id", |r| r["collection"]["id"] = "ambulance-2023-01".into()),
        ("/template/version", |r| r["template"]["version"] = "99".into()),
        ("/organisation/code", |r| r["organisation"]["code"] = "rx1".into()),
        ("/organisation/name", |r| r["organisation"]["name"] = "Another trust".into()),
        ("/inputs/sibling", |r| r["inputs"]["sibling"] = "abc".into()),
        ("/derived/values/totals/total_due", |r| {
            r["derived"]["values"]["totals"]["total_due"] = 1.into();
        }),
        ("/answers/about/marking", |r| r["answers"]["about"]["marking"] = "x".into()),
        ("/explanations", |r| r["explanations"][0]["rule"] = "BQ05".into()),
    ];
    for (pointer, change) in changes {
        let verified = verify(&resealed(&set, change), &set).unwrap();
        let ContentVerdict::Differs(list) = verified.verdict() else {
            panic!("{pointer} went unnoticed")
        };
        assert!(list.iter().any(|d| d.pointer.starts_with(pointer)), "{pointer}: {list:?}");
    }
    let refused: [Change; 6] = [
        |r| r["engine"]["kind"] = "abacus".into(),
        |r| r["prepared_at"] = "2023-07-28T09:40:00Z".into(),
        |r| r["revision"] = 0.into(),
        |r| r["derived"]["hidden"] = Value::Null,
        |r| r["explanations"] = vec![r["explanations"][0].clone(); 2].into(),
        |r| r["more"] = 1.into(),
    ];
    for (number, change) in refused.into_iter().enumerate() {
        let found = verify(&resealed(&set, change), &set);
        assert!(matches!(found, Err(DocumentError::Other { .. })), "{number}: {found:?}");
    }
    let replaces = |id: &'static str| {
        move |r: &mut Value| {
            r["revision"] = 2.into();
            r["supersedes"] = id.into();
        }
    };
    assert!(verify(&resealed(&set, replaces("nonsense")), &set).is_err());
    assert!(
        zeros.len() == 64
            && verify(
                &resealed(&set, move |r| {
                    r["revision"] = 2.into();
                    r["supersedes"] = zeros.into();
                }),
                &set
            )
            .is_ok()
    );
}

#[test]
fn no_required_answer_can_be_waved_through_as_not_applicable_or_not_known() {
    let set = set();
    let waved: [Change; 4] = [
        |r| r["declared"]["signoff_name"] = json!({ "na": true }),
        |r| {
            r["answers"]["about"]["submitter_name"] =
                json!({ "not_known": "nobody could say who it was" });
        },
        |r| {
            r["answers"]["workforce"]["staffing"][0]["due_to_work"] =
                json!({ "not_known": "the rota is not at hand" });
        },
        |r| r["answers"]["workforce"]["staffing"][0]["absent_ia"] = json!({ "na": true }),
    ];
    for (number, wave) in waved.into_iter().enumerate() {
        let verified = verify(&resealed(&set, wave), &set).unwrap();
        assert!(!verified.checked().unwrap().is_sealable(), "{number}");
    }
    // A whole row may be left out, and an optional figure may be not known for a reason.
    let verified = verify(
        &resealed(&set, |r| {
            for column in ["due_to_work", "absent_ia", "absent_other", "working_derogation"] {
                r["answers"]["workforce"]["staffing"][4][column] = json!({ "na": true });
            }
            r["answers"]["workforce"]["staffing"][0]["absent_other"] =
                json!({ "not_known": "the sickness list was not kept" });
        }),
        &set,
    );
    assert!(verified.unwrap().checked().unwrap().is_sealable());
}

#[test]
fn a_practice_return_and_one_that_is_not_approved_never_count() {
    let set = set();
    let form = set.form("practice", "workforce_sitrep").unwrap().clone();
    let organisation = form.organisations.by_code("RX1").unwrap().clone();
    let mut draft = Draft::new(form, organisation, None, crate::support::at(IN_TIME));
    for (id, text) in [
        ("about.nil_return", "yes"),
        ("about.nil_reason", "no_staff_in_scope"),
        ("about.submitter_name", "Information analyst on duty"),
        ("about.submitter_role", "Information analyst"),
        ("about.submitter_email", "information.analyst@nuh.nhs.uk"),
        ("declared.signoff_name", "Director on call"),
        ("declared.signoff_role", "duty_director"),
        ("declared.signoff_how", "by_phone"),
        ("declared.signoff_at", "2023-07-28T10:30"),
    ] {
        crate::support::answer(&mut draft, id, text);
    }
    let key = SecretKey::from_seed([7; 32].into());
    let sealed =
        seal(&draft, &Sealing::new(&draft, &key, crate::support::at(IN_TIME), "native")).unwrap();
    let verified = verify(sealed.text.as_bytes(), &set).unwrap();
    assert!(verified.is_practice());
    assert!(verified.next_step().contains("never counts"), "{}", verified.next_step());
}

#[test]
fn more_signatures_than_are_read_are_refused_before_any_work() {
    let set = set();
    let mut file = json::read(sealed(&set).text.as_bytes()).unwrap();
    file["signatures"] = vec![file["signatures"][0].clone(); 9].into();
    let found = verify(json::canonical(&file).as_bytes(), &set);
    assert!(matches!(found, Err(DocumentError::Other { .. })), "{found:?}");
}

/// Every one-byte change of a signed file is refused, or leaves the canonical return and every
/// signature value as they were. All positions and all 255 other values where `IA_EVERY_BYTE` is
/// set (`cargo xtask test` sets it, in an optimised build); otherwise all positions, one value each.
#[test]
fn no_change_of_one_byte_goes_unnoticed() {
    let set = set();
    let text = sealed(&set).text.into_bytes();
    let original = Seen::of(&text).expect("the file reads");
    let every = std::env::var_os("IA_EVERY_BYTE").is_some();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let (tried, harmless) = std::thread::scope(|scope| {
        let work: Vec<_> = (0..threads)
            .map(|part| {
                scope.spawn({
                    let (text, original) = (&text, &original);
                    move || try_part(text, original, part, threads, every)
                })
            })
            .collect();
        work.into_iter().map(|w| w.join().unwrap()).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1))
    });
    assert!(tried >= text.len() * if every { 255 } else { 1 });
    // White space between members may change: that it does shows that the test tells them apart.
    assert!(harmless > 0, "{tried} changes, {harmless} harmless");
}

/// What must not change: the canonical return and the signature values.
#[derive(PartialEq)]
struct Seen {
    canonical: String,
    signatures: Vec<String>,
}

impl Seen {
    fn of(bytes: &[u8]) -> Option<Self> {
        let value = json::read(bytes).ok()?;
        let signatures = value.get("signatures")?.as_array()?;
        let signatures = signatures
            .iter()
            .filter_map(|s| Some(s.get("signature")?.as_str()?.to_owned()))
            .collect();
        Some(Self { canonical: json::canonical(value.get("return")?), signatures })
    }
}

fn try_part(
    text: &[u8],
    original: &Seen,
    part: usize,
    parts: usize,
    every: bool,
) -> (usize, usize) {
    let set = set();
    let (mut tried, mut harmless) = (0, 0);
    let mut bytes = text.to_vec();
    for at in (part..text.len()).step_by(parts) {
        let was = text[at];
        // Between members, one kind of white space for another; elsewhere, one bit.
        let one = if was == b' ' { b'\t' } else { was ^ 1 };
        let all: Vec<u8> = if every { (0..=255).collect() } else { vec![one] };
        for value in all.into_iter().filter(|&v| v != was) {
            bytes[at] = value;
            tried += 1;
            if verify(&bytes, &set).is_ok() {
                let seen = Seen::of(&bytes).expect("an accepted file reads");
                assert!(seen == *original, "byte {at} from {was} to {value} was accepted");
                harmless += 1;
            }
        }
        bytes[at] = was;
    }
    (tried, harmless)
}
