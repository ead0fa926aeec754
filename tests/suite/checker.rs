//! The checker for programs of others says what the functions say that it is made of. What comes out in JavaScript is tested in
//! tests/engine/module.test.mjs.

use ia_returns::checker::Checker;
use ia_returns::cli::sources;
use ia_returns::collection::author;
use ia_returns::sign::SecretKey;
use ia_returns::time::Instant;
use zeroize::Zeroizing;

fn checker() -> Checker {
    Checker::new(&author::compile(&sources::shipped()).unwrap()).unwrap()
}

fn at() -> Instant {
    Instant::parse("2023-07-28T10:40:00+01:00").unwrap()
}

const DRAFT: &[u8] = include_bytes!("../data/drafts/rx1-complete.json");
const MISTAKE: &[u8] = include_bytes!("../data/drafts/rx1-one-mistake.json");
const SEALED: &[u8] = include_bytes!("../data/returns/rx1-sealed.json");
const CHANGED: &[u8] = include_bytes!("../data/returns/rx1-changed.json");

#[test]
fn a_draft_is_checked_scored_and_sealed() {
    let checker = checker();
    let said = checker.check(DRAFT, at()).unwrap();
    assert_eq!((said["errors"].as_i64(), said["sealable"].as_bool()), (Some(0), Some(true)));
    let said = checker.check(MISTAKE, at()).unwrap();
    assert_eq!((said["errors"].as_i64(), said["sealable"].as_bool()), (Some(1), Some(false)));
    assert!(checker.score(DRAFT, at()).unwrap().get("values").is_some());
    let key = SecretKey::from_seed(Zeroizing::new([7; 32]));
    let sealed = checker.sign(DRAFT, &key, at()).unwrap();
    let verdict = checker.verify(sealed["text"].as_str().unwrap().as_bytes()).unwrap();
    assert_eq!((&verdict["verdict"], &verdict["id"]), (&"unchanged".into(), &sealed["id"]));
    assert_eq!(checker.sign(MISTAKE, &key, at()).unwrap()["sealed"].as_bool(), Some(false));
}

#[test]
fn a_sealed_return_is_checked_as_of_when_it_was_prepared_and_a_changed_one_is_refused() {
    let checker = checker();
    let much_later = Instant::parse("2026-07-28T10:40:00+01:00").unwrap();
    assert_eq!(checker.check(SEALED, much_later).unwrap(), checker.check(SEALED, at()).unwrap());
    assert_eq!(checker.verify(CHANGED).unwrap_err().code, "changed");
    assert_eq!(checker.check(CHANGED, at()).unwrap_err().code, "changed");
    assert_eq!(checker.check(b"{", at()).unwrap_err().code, "not_readable");
    assert_eq!(checker.verify(DRAFT).unwrap_err().code, "not_a_return");
}
