//! Laws of registers, receipts and requests, on generated ones.

use super::{header, key, thumbprint};
use ia_returns::file::Receipt;
use ia_returns::json::{self, Value, is_noncharacter};
use ia_returns::register::{Enrolment, Entry, Register, Revocation};
use ia_returns::sign::{Kind, Role, document};
use ia_returns::time::Instant;
use proptest::prelude::*;

fn words() -> impl Strategy<Value = String> {
    proptest::collection::vec(any::<char>(), 0..12)
        .prop_map(|chars| chars.into_iter().filter(|c| !is_noncharacter(*c)).collect())
}

fn time() -> impl Strategy<Value = Instant> {
    (0_i64..4_000_000_000).prop_map(|seconds| Instant::from_seconds(seconds).unwrap())
}

fn code() -> impl Strategy<Value = String> {
    "[A-Z0-9]{1,6}"
}

fn entry() -> impl Strategy<Value = Entry> {
    (1_u8..=255, code(), words(), time(), proptest::option::of(1_i64..100_000_000)).prop_map(
        |(seed, organisation, role, from, lasts)| {
            let until = lasts.map(|lasts| Instant::from_seconds(from.seconds() + lasts).unwrap());
            Entry::new(thumbprint(seed), organisation, role, from, until)
        },
    )
}

fn revocation() -> impl Strategy<Value = Revocation> {
    (time(), words()).prop_map(|(at, reason)| Revocation { at, reason })
}

fn register() -> impl Strategy<Value = Register> {
    let entries = proptest::collection::vec(entry(), 0..12);
    let revoked = proptest::collection::vec((any::<prop::sample::Index>(), revocation()), 0..4);
    (time(), entries, revoked).prop_map(|(issued, entries, revoked)| {
        let mut register = Register::new(issued);
        for entry in &entries {
            register.add(entry.clone());
        }
        for (which, revocation) in revoked {
            if !entries.is_empty() {
                register.revoke(&which.get(&entries).thumbprint(), &revocation);
            }
        }
        register
    })
}

fn receipt() -> impl Strategy<Value = Receipt> {
    let names = (words(), words(), code(), "[a-z_]{0,20}");
    ("[0-9a-f]{64}", names, 1_i64..1_000_000, time()).prop_map(
        |(return_id, (collection, template, organisation, verdict), revision, received_at)| {
            Receipt {
                return_id,
                collection,
                template,
                organisation,
                revision,
                received_at,
                verdict,
            }
        },
    )
}

fn sealed(register: &Register) -> String {
    register.seal(&key(1), &header(Role::Preparer))
}

fn read(text: &str) -> Register {
    Register::read(text.as_bytes(), &thumbprint(1), None).expect("it reads")
}

/// The same file with its members the other way round, spaced out.
fn backwards(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            format!("[\t{}]", items.iter().map(backwards).collect::<Vec<_>>().join(" ,\n"))
        }
        Value::Object(members) => {
            let name = |name: &String| json::canonical(&name.as_str().into());
            let mut members: Vec<String> =
                members.iter().map(|(n, v)| format!("{} : {}", name(n), backwards(v))).collect();
            members.reverse();
            format!("{{{}}}", members.join("\r,"))
        }
        other => other.to_string(),
    }
}

/// The id of a signed file, and that of the same file laid out otherwise.
fn ids(text: &str, kind: Kind) -> (String, String) {
    let id = |text: &str| document::read(text.as_bytes(), kind).unwrap().verify().unwrap().id;
    (id(text), id(&backwards(&json::read(text.as_bytes()).unwrap())))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_register_is_read_as_it_was_sealed(register in register()) {
        let text = sealed(&register);
        let again = read(&text);
        prop_assert_eq!(again.entries(), register.entries());
        prop_assert_eq!((again.serial(), again.issued_at()), (register.serial(), register.issued_at()));
        prop_assert_eq!(sealed(&again), text, "the same bytes once more");
    }

    #[test]
    fn the_next_register_has_the_same_keys_and_names_the_last(register in register(), later in time()) {
        let first = read(&sealed(&register));
        let text = sealed(&first.next(later));
        prop_assert!(text.contains(first.id()));
        let second = read(&text);
        prop_assert_eq!(second.entries(), first.entries());
        prop_assert_eq!(second.serial(), 2);
        let older = Register::read(sealed(&register).as_bytes(), &thumbprint(1), Some(second.issue()));
        prop_assert!(older.is_err());
    }

    #[test]
    fn a_receipt_is_read_as_it_was_sealed(receipt in receipt()) {
        let text = receipt.seal(&key(1), &header(Role::Preparer));
        prop_assert_eq!(Receipt::read(text.as_bytes()).unwrap().0, receipt);
    }

    #[test]
    fn a_request_is_read_as_it_was_sealed(seed in 1_u8.., code in code(), role in words(), name in words(), at in time()) {
        let text = Enrolment::seal(&key(seed), &code, &role, &name, at);
        let request = Enrolment::read(text.as_bytes()).unwrap();
        let expected = Enrolment { organisation: code, holder_role: role, requested_at: at, key: thumbprint(seed) };
        prop_assert_eq!(request, expected);
    }

    /// What the signer types may hold what no file can: such a request is still read.
    #[test]
    fn a_request_of_any_words_can_be_read(role in any::<String>(), name in any::<String>(), at in time()) {
        let text = Enrolment::seal(&key(7), "RX1", &format!("{role}\u{fffe}"), &name, at);
        prop_assert!(Enrolment::read(text.as_bytes()).is_ok());
    }

    #[test]
    fn how_a_file_is_laid_out_changes_nothing(register in register(), receipt in receipt(), role in words(), at in time()) {
        let files = [
            (Kind::Register, sealed(&register)),
            (Kind::Receipt, receipt.seal(&key(1), &header(Role::Preparer))),
            (Kind::Enrolment, Enrolment::seal(&key(7), "RX1", &role, &role, at)),
        ];
        for (kind, text) in files {
            let (id, other) = ids(&text, kind);
            prop_assert_eq!(id, other);
        }
    }
}
