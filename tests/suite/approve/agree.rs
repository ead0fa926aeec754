//! How a return is agreed: with a second signature, or in words.

use ia_returns::file::verify;
use ia_returns::page::approve::Event;
use ia_returns::sign::{Role, SecretKey, key_file};

use super::{NOW, Screen, seal_with, whole_set};
use crate::support::{IN_TIME, answer, at, filled, sealed, set};
use crate::vectors::make::{APPROVER, PREPARER, approved, nil};

const PASSPHRASE: &str = "four words, écrits";
const WHO: [(&str, &str); 2] =
    [("approver-name", " Director on call "), ("approver-job-title", "Chief operating officer")];

/// A key file, locked.
fn key_of(seed: u8) -> String {
    let key = SecretKey::from_seed([seed; 32].into());
    let pem = key_file::write(&key, PASSPHRASE.as_bytes(), [2; 16], [3; 16]).expect("it is locked");
    pem.to_string()
}

fn countersigned() -> String {
    seal_with(&nil(&whole_set(), "countersigned"), PREPARER)
}

fn open_key(screen: &mut Screen, seed: u8) {
    screen.choose("key-file", key_of(seed));
    screen.press("open-key", &[("passphrase", PASSPHRASE)]);
    assert!(screen.region("keys-open").contains("You will sign off with your key file."));
}

#[test]
fn where_the_collection_asks_for_it_a_key_signs_off() {
    let mut screen = Screen::of(countersigned());
    screen.assert_shows("asks that a second person signs the return too");
    open_key(&mut screen, APPROVER);
    screen.press("sign-off", &WHO);
    let (name, text) = screen.saved.last().expect("a file was offered").clone();
    assert_eq!(name, "ia-return_sor-2023-07_workforce_sitrep_RX1_r1_20230728-1040_signed-off.json");
    let verified = verify(text.as_bytes(), &whole_set()).expect("it verifies");
    assert!(verified.is_approved());
    let header = &verified.signatures()[1].header;
    assert_eq!((header.role, header.signer_name.as_str()), (Role::Approver, "Director on call"));
    assert_eq!(header.signed_at, at("2023-07-28T11:45:00+01:00"));
    assert_eq!(screen.focus, "heading");
    screen.assert_shows("You have signed off this return");
    screen.assert_shows("Check that it is in your downloads");
    assert!(
        screen.region("keys-open").contains("You will sign off with your key file."),
        "it stays open"
    );
    screen.same_as("signed-off");
}

#[test]
fn while_a_key_is_being_opened_signing_off_waits_for_it() {
    let mut screen = Screen::of(countersigned());
    screen.choose("key-file", key_of(APPROVER));
    screen.give("passphrase", PASSPHRASE);
    let press = |action: &str| Event::Pressed { action: action.to_owned(), now: NOW.to_owned() };
    screen.send(press("open-key"));
    for (id, text) in WHO {
        screen.give(id, text);
    }
    screen.send(press("sign-off"));
    assert!(
        screen.region("opening").contains("Your key is not open yet, so nothing was signed off.")
    );
    assert_eq!((screen.focus.as_str(), screen.saved.len()), ("stop-key", 0));
    screen.wait();
    assert!(screen.region("keys-open").contains("You will sign off with your key file."));
    screen.press("sign-off", &WHO);
    assert_eq!(screen.saved.len(), 1);
}

#[test]
fn a_key_that_is_made_here_signs_off_too() {
    let mut screen = Screen::of(countersigned());
    screen.press("make-key", &[("new-passphrase", PASSPHRASE), ("same-passphrase", PASSPHRASE)]);
    assert_eq!(screen.saved[0].0, "key.pem");
    screen.assert_shows("Keep this file and its passphrase for the next time.");
    screen.press("sign-off", &WHO);
    assert_eq!(screen.saved.len(), 2);
    screen.assert_shows("You have signed off this return");
}

#[test]
fn the_preparers_key_is_refused() {
    let mut screen = Screen::of(countersigned());
    open_key(&mut screen, PREPARER);
    screen.press("sign-off", &WHO);
    assert!(screen.saved.is_empty());
    let said = screen.region("approver-key");
    assert!(said.contains("This key has sealed the return already"), "{said}");
    assert!(said.contains("Use the key of the person who signs it off."), "{said}");
}

#[test]
fn what_is_missing_is_said_beside_its_input_which_takes_focus() {
    let mut screen = Screen::of(countersigned());
    screen.press("sign-off", &[("approver-name", ""), ("approver-job-title", " ")]);
    assert_eq!(screen.focus, "approver-name");
    assert!(screen.region("approver-name-message").contains("Enter your name"));
    assert!(screen.region("approver-job-title-message").contains("Enter your job title"));
    assert!(screen.title.starts_with("Error: "), "{}", screen.title);
    screen.press("sign-off", &WHO);
    assert_eq!(screen.focus, "key-file");
    assert!(screen.region("approver-key").contains("Open your key file first"));
    assert_eq!(screen.region("approver-name-message"), "");
}

#[test]
fn a_browser_that_refuses_to_save_or_copy_is_worked_around() {
    let mut screen = Screen::of(countersigned());
    open_key(&mut screen, APPROVER);
    screen.leave(false);
    screen.works = false;
    screen.press("sign-off", &WHO);
    assert!(screen.region("signed-saved").contains("The browser refused to save the file"));
    screen.leave(true);
    screen.press("copy", &[]);
    assert!(screen.region("signed-saved").contains("could not be copied by itself"));
    screen.works = true;
    screen.press("copy", &[]);
    assert_eq!(screen.copied.last(), Some(&screen.saved[0].1));
    screen.leave(false);
    screen.press("save", &[]);
    assert!(screen.region("signed-saved").contains("Check that it is in your downloads"));
}

#[test]
fn two_signed_copies_become_one() {
    let set = whole_set();
    let text = countersigned();
    let (one, two) = (approved(&text, &set, APPROVER), approved(&text, &set, 9));
    let mut screen = Screen::of(&one);
    screen.assert_shows("It is signed off: nothing more is needed.");
    screen.choose("copy", sealed(&set).text);
    assert!(screen.region("copy-message").contains("These are two returns"));
    screen.choose("copy", two);
    let (_, text) = screen.saved.last().expect("a file was offered");
    let verified = verify(text.as_bytes(), &set).expect("it verifies");
    assert_eq!(verified.signatures().len(), 3);
}

#[test]
fn a_return_with_mistakes_is_not_signed_off() {
    let set = whole_set();
    let mut text = None;
    let vectors = std::fs::read_dir("tests/vectors/recheck").expect("vectors");
    for path in vectors.map(|entry| entry.expect("a file").path()) {
        let bytes = std::fs::read(&path).expect("it reads");
        let sealable = verify(&bytes, &set)
            .is_ok_and(|found| found.checked().is_some_and(|checked| !checked.is_sealable()));
        if sealable {
            text = Some(bytes);
        }
    }
    let screen = Screen::of(text.expect("a vector with mistakes"));
    screen.assert_shows("This file cannot be signed off");
    screen.assert_hides("data-action=\"sign-off\"");
    screen.assert_hides("data-action=\"copy-reply\"");
}

#[test]
fn where_it_is_agreed_in_words_the_reply_says_which_return_which_figures_who_and_when() {
    let mut screen = Screen::of(sealed(&set()).text);
    screen.assert_hides("key-file");
    screen.press("copy-reply", &WHO);
    let reply = screen.copied.last().expect("it was copied");
    for line in [
        "I have looked at this sealed return, and I agree its figures.",
        "Organisation: Nottingham University Hospitals NHS Trust (RX1)",
        "Version: 1",
        "Check code: ZFQ8-GCWS-EGX8",
        "Due to start a shift, all dates: 366",
        "At work under agreed cover, all dates: 15 blank",
        "Agreed by: Director on call, Chief operating officer",
        "Agreed at: 11:45am BST on Friday 28 July 2023",
    ] {
        assert!(reply.lines().any(|known| known == line), "{line} is not in\n{reply}");
    }
    assert!(screen.region("reply").contains("The reply is copied."));
    assert!(screen.region("reply").contains("Check code: ZFQ8-GCWS-EGX8"));
}

#[test]
fn a_draft_is_agreed_in_words_that_name_no_check_code() {
    let set = set();
    let mut draft = filled(&set, IN_TIME);
    answer(&mut draft, "declared.signoff_name", "");
    let mut screen = Screen::of(draft.write(at(IN_TIME)));
    screen.press("copy-reply", &[]);
    assert_eq!(screen.focus, "approver-name");
    screen.works = false;
    screen.press("copy-reply", &WHO);
    let reply = screen.copied.last().expect("it was tried");
    assert!(reply.starts_with("I have looked at this draft, which is not sealed yet,"), "{reply}");
    assert!(!reply.contains("Check code"));
    assert!(screen.region("reply").contains("could not be copied by itself"));
}

#[test]
fn a_draft_of_a_round_that_is_countersigned_says_what_comes_later() {
    let draft = nil(&whole_set(), "countersigned");
    let screen = Screen::of(draft.write(at(IN_TIME)));
    screen.assert_shows("sign the return off here once it is sealed");
    screen.assert_hides("data-action=\"sign-off\"");
}

#[test]
fn where_the_slow_engine_runs_it_is_said_before_anybody_waits_for_it() {
    let mut screen = Screen::of(countersigned());
    screen.assert_hides("up to 5 minutes");
    let engine = "wasm2js".to_owned();
    screen.send(Event::Start { now: super::NOW.to_owned(), engine, documents: Vec::new() });
    screen.choose("file", countersigned());
    screen.assert_shows("up to 5 minutes");
}
