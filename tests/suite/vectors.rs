//! The files of `tests/vectors/`: each is what the code writes now, and gets the verdict that its manifest names.
//!
//! `tests/vectors/README.md` says what the manifest means. What each vector must get is written beside it, in the
//! files below, by hand; nothing of it comes from what the code says.

mod command;
mod content;
mod drafts;
mod forged;
mod genuine;
mod headers;
#[path = "../engine/src/judge.rs"]
pub(crate) mod judge;
pub(crate) mod make;
mod others;
mod recheck;
mod signatures;
mod unread;
pub(crate) mod vector;

use crate::support::{same_as_bytes, same_as_file};
use genuine::Genuine;
use ia_returns::collection::Set;
use ia_returns::sign::Kind;
use judge::{Asked, Judged, judge};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use vector::{At, Vector};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors")
}

/// Every vector, in the order of the manifest.
pub(crate) fn all(set: &Set) -> Vec<Vector> {
    let genuine = Genuine::new(set);
    let mut all = genuine::vectors(&genuine, set);
    all.extend(unread::vectors(&genuine));
    all.extend(signatures::vectors(&genuine));
    all.extend(headers::vectors(&genuine));
    all.extend(content::vectors(&genuine));
    all.extend(recheck::vectors(&genuine, set));
    all.extend(others::vectors(&genuine));
    all.extend(drafts::vectors(&genuine));
    let named = |name: &String| all.iter().find(|v| v.name == *name).expect(name).bytes();
    let of: Vec<Option<Vec<u8>>> = all.iter().map(|v| v.of.as_ref().map(named)).collect();
    for (vector, of) in all.iter_mut().zip(of) {
        vector.asked.of = of;
    }
    all
}

#[test]
fn the_files_and_the_manifest_are_what_the_code_writes_now() {
    let set = make::vector_set();
    same_as_file(make::COUNTERSIGNED, &make::countersigned());
    let all = all(&set);
    let mut kept = BTreeSet::new();
    for vector in all.iter().filter(|vector| vector.from.is_none()) {
        assert!(kept.insert(vector.name.clone()), "{} is there twice", vector.name);
        same_as_bytes(&format!("vectors/{}", vector.name), &vector.kept);
    }
    let entries: Vec<serde_json::Value> = all
        .iter()
        .map(|vector| vector.entry(&judge(&vector.asked, &vector.bytes(), &set)))
        .collect();
    let manifest = serde_json::to_string_pretty(&serde_json::json!({ "vectors": entries }));
    same_as_file("vectors/manifest.json", &(manifest.unwrap() + "\n"));
    for found in files(&folder()) {
        assert!(kept.contains(&found), "tests/vectors/{found} is in no manifest: remove it");
    }
}

/// Every vector file below a folder, from there.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for kind in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if !kind.is_dir() || kind.ends_with("collections") {
            continue;
        }
        for file in std::fs::read_dir(&kind).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            let folder = kind.file_name().unwrap().to_str().unwrap();
            found.push(format!("{folder}/{name}"));
        }
    }
    found
}

#[test]
fn every_vector_gets_the_verdict_that_its_manifest_names() {
    let set = make::vector_set();
    let mut complaints = Vec::new();
    for vector in all(&set) {
        let judged = judge(&vector.asked, &vector.bytes(), &set);
        complaints.extend(
            compare(&vector, &judged).into_iter().map(|what| format!("{}: {what}", vector.name)),
        );
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

/// What is not as the vector says.
fn compare(vector: &Vector, judged: &Judged) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut same = |what: &str, wanted: &str, found: &str| {
        if wanted != found {
            complaints.push(format!("{what} is “{found}”, not “{wanted}” ({})", judged.says));
        }
    };
    same("signatures", vector.signatures, judged.signatures);
    same("verdict", vector.verdict, judged.verdict);
    same("besides", vector.besides, judged.besides);
    if !judged.says.contains(vector.says) {
        complaints.push(format!("says “{}”, not “{}”", judged.says, vector.says));
    }
    let found = judged.place.as_ref().map(|place| At {
        byte: place.offset,
        line: place.line,
        pointer: place.pointer.clone(),
    });
    if vector.at != found {
        complaints.push(format!("is at {found:?}, not {:?}", vector.at));
    }
    let missed = vector
        .differs
        .iter()
        .filter(|wanted| !judged.differs.iter().any(|found| found.starts_with(**wanted)));
    complaints.extend(missed.map(|wanted| format!("does not name {wanted}: {:?}", judged.differs)));
    complaints
}

/// What [`crate::file`] does with every byte of a return, for every other kind and for one that two people signed:
/// each position, one change.
#[test]
fn no_change_of_one_byte_of_any_kind_goes_unnoticed() {
    let set = make::vector_set();
    for vector in all(&set).iter().filter(|v| v.name.starts_with("genuine/")) {
        let few = ["register-2", "receipt", "enrolment", "expected-2", "approved"];
        if vector.from.is_some() || !few.iter().any(|name| vector.name.contains(name)) {
            continue;
        }
        let original = judge(&vector.asked, &vector.kept, &set);
        let (mut bytes, mut harmless) = (vector.kept.clone(), 0);
        for at in 0..bytes.len() {
            let was = bytes[at];
            // Between members, one kind of white space for another; elsewhere, one bit.
            bytes[at] = if was == b' ' { b'\t' } else { was ^ 1 };
            let judged = judge(&vector.asked, &bytes, &set);
            if judged.signatures == "fit" {
                assert_eq!(judged.id, original.id, "{}, byte {at}", vector.name);
                harmless += 1;
            }
            bytes[at] = was;
        }
        // White space may change: that it does shows that the test tells them apart.
        assert!(harmless > 10, "{}: {harmless}", vector.name);
    }
}

#[test]
fn what_a_return_says_is_written_as_it_was_read() {
    let set = make::vector_set();
    let mut tried = 0;
    for vector in all(&set).iter().filter(|v| v.asked.reader == "return") {
        if let Ok(verified) = ia_returns::file::verify(&vector.bytes(), &set) {
            let written = ia_returns::json::canonical(&verified.content().to_json());
            assert_eq!(written, verified.canonical(), "{}", vector.name);
            tried += 1;
        }
    }
    assert!(tried > 30, "{tried}");
}

/// One file of each kind, the word of its reader, and its kind.
fn one_of_each(genuine: &Genuine) -> [(&'static str, Kind, &str); 5] {
    [
        ("return", Kind::Return, &genuine.nil),
        ("register", Kind::Register, &genuine.register),
        ("receipt", Kind::Receipt, &genuine.receipt),
        ("enrolment", Kind::Enrolment, &genuine.enrolment),
        ("expected", Kind::ExpectedList, &genuine.expected),
    ]
}

#[test]
fn every_kind_of_signed_file_is_refused_in_the_place_of_every_other() {
    let set = make::vector_set();
    let genuine = Genuine::new(&set);
    let keeper = make::thumbprint(make::KEEPER).to_string();
    let mut tried = 0;
    for (reader, kind, own) in one_of_each(&genuine) {
        let asked = Asked { reader: reader.to_owned(), keeper: keeper.clone(), ..Asked::default() };
        let judged = judge(&asked, own.as_bytes(), &set);
        assert!(["unchanged", "genuine"].contains(&judged.verdict), "{reader}: {}", judged.says);
        let refused = if kind == Kind::Return { "not_a_return" } else { "another_kind" };
        for (_, other, text) in one_of_each(&genuine).into_iter().filter(|it| it.1 != kind) {
            // As it is, and under the name and the format of what it is read as.
            let judged = judge(&asked, text.as_bytes(), &set);
            assert_eq!(judged.verdict, refused, "{other:?} as {reader}");
            assert!(judged.says.contains(other.words()), "{}", judged.says);
            let mut parts = make::Parts::of(text, other);
            parts.payload["format"] = kind.format().into();
            parts.kind = kind;
            let judged = judge(&asked, parts.text().as_bytes(), &set);
            let disguised = if kind == Kind::Return { "not_a_return" } else { "changed" };
            assert_eq!(judged.verdict, disguised, "{other:?} disguised as {reader}");
            tried += 2;
        }
    }
    assert_eq!(tried, 40);
}
