//! Sealed files: written, verified, checked again, changed.

use crate::support::{IN_TIME, filled, sealed, set};
use ia_returns::file::{ContentVerdict, Draft, VerifyError, verify};
use ia_returns::json;

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
    assert!(matches!(refused, VerifyError::Changed { number: 1, .. }), "{refused}");
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
        assert!(matches!(refused, VerifyError::Read(_)), "{refused}");
        assert!(refused.to_string().contains(said), "{refused}");
    }
    assert!(matches!(verify(b"{\"draft\":{}}", &set), Err(VerifyError::NotAReturn { .. })));
    assert!(matches!(verify(b"[]", &set), Err(VerifyError::NotAReturn { .. })));
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
