//! How far the work with a passphrase is, and what happens meanwhile.

use ia_returns::page::keys::{Event, Panel, Wait};
use ia_returns::sign::key_file::{self, Locking, Opening, PBKDF2_ROUNDS};

use super::{PASSPHRASE, Place};

/// A place where a key file is being opened, before the first portion.
fn opening(passphrase: &str) -> Place {
    let mut place = Place::at(Panel::Seal);
    place.make();
    let pem = place.last().1.to_owned();
    place.press("forget-key", &[]);
    place.attributes.clear();
    place.choose("key-file", pem);
    place.give("passphrase", passphrase);
    place.happen(Event::Pressed("open-key".to_owned()));
    assert_eq!(place.state.waits(), Some(Wait::Begin));
    assert!(place.region("opening").contains("Opening your key…"), "said before the work begins");
    place.go_on(Wait::Begin);
    place
}

fn shown(place: &Place) -> u32 {
    place.attribute("key-progress", "value").map_or(0, |value| value.parse().expect("a number"))
}

#[test]
fn how_far_it_is_grows_to_the_end_and_is_not_read_out_with_every_step() {
    let mut place = opening(PASSPHRASE);
    let said = place.region("opening").to_owned();
    let drawn = place.region("opening-progress").to_owned();
    assert!(drawn.contains("<progress") && drawn.contains("for=\"key-progress\""), "{drawn}");
    let mut seen = vec![shown(&place)];
    while let Some(wait) = place.state.waits() {
        assert_eq!(wait, Wait::Portion);
        assert_eq!(place.region("opening"), said, "the status says it once");
        assert_eq!(place.region("opening-progress"), drawn, "the bar is not drawn anew");
        place.go_on(wait);
        seen.push(shown(&place));
    }
    assert!(seen.is_sorted() && seen.len() > 5, "{seen:?}");
    assert!(seen.iter().all(|shown| *shown < 100), "{seen:?}");
    assert!(place.state.secret().is_some());
    assert!(!place.region("keys").contains("key-progress"));
}

#[test]
fn portions_become_longer_on_a_fast_computer_and_shorter_on_a_slow_one() {
    let mut place = opening(PASSPHRASE);
    let mut grown = |took| {
        let before = shown(&place);
        place.happen(Event::Portion { took });
        shown(&place) - before
    };
    // Of 600,000 rounds: 4,000, 8,000 and so on, since no portion is more than twice the one before.
    assert_eq!([grown(0), grown(10), grown(10), grown(10)], [0, 2, 2, 6]);
    assert_eq!(grown(100), 5, "as many as took the time that a portion may take");
    assert_eq!(grown(1_000), 0, "a tenth of that");
    assert_eq!(grown(u32::MAX), 0, "one round at least");
}

#[test]
fn a_wrong_passphrase_is_said_at_the_end_where_it_was_typed() {
    let mut place = opening("another passphrase");
    place.wait();
    assert_eq!(place.state.secret(), None);
    assert_eq!(place.focus, "passphrase");
    assert!(
        place.region("passphrase-message").contains("The passphrase does not open the key file")
    );
}

#[test]
fn it_can_be_stopped_and_begun_again() {
    let mut place = opening(PASSPHRASE);
    place.go_on(Wait::Portion);
    place.happen(Event::Pressed("open-key".to_owned()));
    assert!(place.state.waits().is_some(), "another press changes nothing");
    place.happen(Event::Pressed("stop-key".to_owned()));
    assert_eq!((place.state.waits(), place.state.secret()), (None, None));
    assert_eq!(place.focus, "open-key", "back to where it was begun");
    assert_eq!([place.region("opening"), place.region("opening-progress")], ["", ""]);
    place.press("open-key", &[("passphrase", PASSPHRASE)]);
    assert!(place.state.secret().is_some());

    let mut place = Place::at(Panel::Seal);
    for id in ["new-passphrase", "same-passphrase"] {
        place.give(id, PASSPHRASE);
    }
    place.happen(Event::Pressed("make-key".to_owned()));
    place.go_on(Wait::Begin);
    assert!(place.region("making-progress").contains("Making your key"));
    place.happen(Event::Pressed("stop-key".to_owned()));
    assert_eq!(place.focus, "make-key");
    assert_eq!((place.state.waits(), place.saved.len()), (None, 0));
}

#[test]
fn sealing_meanwhile_is_held_back_and_says_why() {
    let mut place = opening(PASSPHRASE);
    place.happen(Event::TooSoon);
    assert!(place.region("opening").contains("Your key is not open yet, so nothing was sealed."));
    assert_eq!(place.focus, "stop-key");
    place.wait();
    assert!(place.state.secret().is_some());
    place.happen(Event::TooSoon);
    assert_eq!(place.focus, "which-key", "nothing holds it back any more");
}

#[test]
fn work_in_portions_gives_what_work_in_one_go_gives() {
    let key = ia_returns::sign::SecretKey::from_seed([7; 32].into());
    let whole = key_file::write(&key, b"a passphrase", [2; 16], [3; 16]).expect("it is written");
    let mut locking = Locking::begin(b"a passphrase", [2; 16], [3; 16]).expect("it begins");
    let third = PBKDF2_ROUNDS / 3;
    assert_eq!([third, third, third + 1].map(|rounds| locking.work(rounds)), [33, 66, 100]);
    assert_eq!(locking.finish(&key).expect("it is written"), whole);
    let mut opening = Opening::begin(whole.as_bytes(), b"a passphrase").expect("it begins");
    assert_eq!([0, 1, third, u32::MAX].map(|rounds| opening.work(rounds)), [0, 0, 33, 100]);
    assert_eq!(opening.finish().expect("it opens").public(), key.public());
}
