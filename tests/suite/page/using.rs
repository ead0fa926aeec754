//! Sealed returns that are opened: to be corrected, to be filled in from, to be checked against.

use ia_returns::file::{self, Draft};
use ia_returns::page::Event;

use super::screen::{Screen, cell};
use crate::support::{IN_TIME, set};

const NEXT_ROUND: &str = "2023-10-06T10:40:00+01:00";

/// Chooses a file, whose seal the engine of kept keys finds to be this.
fn choose(screen: &mut Screen, text: &str, found: &str) {
    let (text, found) = (text.to_owned(), found.to_owned());
    screen.send(Event::SealedFile { found, text });
}

/// A sealed workforce return, and its id.
fn sealed() -> (String, String) {
    let text = crate::support::sealed(&set()).text;
    let id = file::id_if_whole(text.as_bytes()).expect("its seal is whole");
    (text, id)
}

/// The list of parts of a workforce return in the collection of October.
fn next_round(organisation: &str) -> Screen {
    let mut screen = Screen::at(NEXT_ROUND);
    screen.choose("collection", "sor-2023-10");
    screen.input("organisation", organisation);
    screen.leave("organisation", "");
    screen.choose("return", "workforce_sitrep");
    screen.press("continue");
    screen.go_to("#/before");
    screen.choose("about.nil_return", "no");
    screen.go_to("#/tasks");
    screen
}

#[test]
fn a_sealed_return_is_opened_as_its_next_version() {
    let (text, id) = sealed();
    let mut screen = Screen::at(IN_TIME);
    choose(&mut screen, &text, &id);
    assert_eq!(screen.address, "#/tasks");
    screen.go_to("#/section-1");
    assert!(screen.drawn.contains("value=\"88\""), "the answers are those of the sealed return");
    screen.type_in(&cell(0, 0, "due_to_work"), "89");
    screen.go_to("#/declaration");
    screen.agree();
    screen.choose("declared.signoff_how", "by_phone");
    screen.type_in("about.revision_reason", "One figure was counted twice.");
    screen.press("continue");
    assert_eq!(screen.address, "#/seal", "{}", screen.region("summary"));
    screen.press("seal");
    let (name, text) = screen.saved.last().unwrap();
    assert!(name.contains("_r2_"), "{name}");
    let verified = file::verify(text.as_bytes(), &set()).expect("it verifies");
    assert_eq!(verified.content().supersedes.as_ref(), Some(&id));
    assert_eq!(verified.content().inputs.get("previous"), Some(&id));
    assert_eq!(verified.verdict(), &file::ContentVerdict::Unchanged);
}

#[test]
fn the_page_and_the_command_line_begin_the_same_next_version() {
    let (text, id) = sealed();
    let verified = file::verify(text.as_bytes(), &set()).unwrap();
    let whole = file::WholeReturn::vouched(text.as_bytes(), &id).unwrap();
    let (one, other) = (Draft::revise(&verified).unwrap(), whole.next_version(&set()).unwrap());
    assert_eq!(one.write(crate::support::at(IN_TIME)), other.write(crate::support::at(IN_TIME)));
}

#[test]
fn a_file_that_is_no_sealed_return_changes_nothing_and_says_what_to_do() {
    let (text, id) = sealed();
    for (text, found, says) in [
        (text.as_str(), "changed", "was changed after it was sealed"),
        (text.as_str(), "blocked", "cannot check the seal"),
        (text.as_str(), "unreached", "Check that you are still connected"),
        ("{}", "another_kind", "not a sealed return"),
        ("{}", id.as_str(), "no draft and no sealed return"),
    ] {
        let mut screen = Screen::at(IN_TIME);
        choose(&mut screen, text, found);
        assert_eq!(screen.address, "#/start");
        assert!(screen.region("trouble").contains(says), "{}", screen.region("trouble"));
        assert_eq!(screen.focus, "trouble");
    }
}

#[test]
fn last_times_return_stands_beside_each_question_and_fills_in_names() {
    let (text, id) = sealed();
    let mut screen = next_round("RX1");
    choose(&mut screen, &text, &id);
    assert!(screen.drawn.contains("5 answers were filled in."), "{}", screen.drawn);
    assert_eq!(screen.focus, "used");
    screen.go_to("#/declaration");
    assert!(screen.drawn.contains("value=\"Information analyst\""), "{}", screen.drawn);
    assert!(screen.drawn.contains("Last time: "));
    assert!(!screen.drawn.contains("value=\"10:30"), "the agreement is not carried over");
}

#[test]
fn what_was_typed_is_not_filled_in_again() {
    let (text, id) = sealed();
    let mut screen = next_round("RX1");
    screen.go_to("#/declaration");
    screen.type_in("about.submitter_name", "Another analyst");
    screen.go_to("#/tasks");
    choose(&mut screen, &text, &id);
    assert!(screen.drawn.contains("4 answers were filled in."), "{}", screen.drawn);
    screen.go_to("#/declaration");
    assert!(screen.drawn.contains("value=\"Another analyst\""));
}

#[test]
fn a_return_of_another_organisation_is_not_used() {
    let (text, id) = sealed();
    let mut screen = next_round("RHA");
    choose(&mut screen, &text, &id);
    assert!(screen.region("trouble").contains("of another organisation"));
}

#[test]
fn a_version_of_the_same_return_is_to_be_corrected_instead() {
    let (text, id) = sealed();
    let mut screen = Screen::at(IN_TIME);
    screen.start();
    screen.go_to("#/tasks");
    choose(&mut screen, &text, &id);
    assert!(screen.region("trouble").contains("open it from the first page"));
}

#[test]
fn another_return_of_the_same_action_is_checked_against() {
    let (text, id) = sealed();
    let mut screen = Screen::at(IN_TIME);
    screen.choose("collection", "sor-2023-07");
    screen.input("organisation", "RX1");
    screen.leave("organisation", "");
    screen.choose("return", "rescheduled_activity");
    screen.press("continue");
    assert_eq!(screen.address, "#/tasks");
    choose(&mut screen, &text, &id);
    assert!(screen.drawn.contains("your answers are checked against it"), "{}", screen.drawn);
}

#[test]
fn the_next_return_begins_with_the_same_organisation_and_names() {
    let mut screen = Screen::at(IN_TIME);
    screen.reach_declaration();
    screen.declare();
    screen.press("continue");
    screen.press("seal");
    let id = file::id_if_whole(screen.saved[0].1.as_bytes()).unwrap();
    screen.press("again");
    assert_eq!(screen.address, "#/start");
    assert!(screen.drawn.contains("value=\"Nottingham University Hospitals NHS Trust (RX1)\""));
    screen.choose("return", "rescheduled_activity");
    screen.press("continue");
    screen.go_to("#/before");
    screen.choose("about.nil_return", "no");
    screen.go_to("#/declaration");
    assert!(screen.drawn.contains("value=\"Information analyst\""), "{}", screen.drawn);
    assert!(!screen.drawn.contains("Last time: "), "it is another return, not last time’s");
    screen.send(Event::Keep);
    assert!(screen.kept.last().unwrap()[1].contains(&id), "it is checked against the one before");
}
