//! Templates and organisations come when their collection is chosen.

use ia_returns::page::Event;

use super::screen::{Screen, loaded};
use crate::support::IN_TIME;

/// A page whose data comes when the test says so.
fn waiting() -> Screen {
    let mut screen = Screen::at(IN_TIME);
    screen.loads = false;
    screen
}

/// Everything that was asked for comes.
fn deliver(screen: &mut Screen) {
    for need in std::mem::take(&mut screen.needs) {
        screen.send(loaded(&need));
    }
}

#[test]
fn every_collection_can_be_chosen_before_its_data_is_here() {
    let screen = waiting();
    for title in ["Society of Radiographers", "Practice"] {
        assert!(screen.drawn.contains(title), "{title}");
    }
    assert!(screen.needs.is_empty(), "nothing is asked for before it is wanted");
}

#[test]
fn choosing_a_collection_asks_for_what_it_needs_and_nothing_twice() {
    let mut screen = waiting();
    screen.choose("collection", "sor-2023-07");
    let mut kinds: Vec<&str> = screen.needs.iter().map(|need| need.kind.word()).collect();
    kinds.dedup();
    assert_eq!(kinds, ["organisations", "template"]);
    deliver(&mut screen);
    screen.choose("collection", "practice");
    screen.choose("collection", "sor-2023-07");
    let again: Vec<&str> = screen.needs.iter().map(|need| need.id.as_str()).collect();
    assert!(!again.contains(&"workforce_sitrep"), "it is here already: {again:?}");
}

#[test]
fn what_was_typed_before_the_list_came_is_looked_up_in_it() {
    let mut screen = waiting();
    screen.choose("collection", "sor-2023-07");
    screen.input("organisation", "nottingham univ");
    assert!(screen.region("organisation-status").contains("is being fetched"));
    deliver(&mut screen);
    assert!(screen.region("organisation-list").contains("Nottingham University Hospitals"));
    assert_eq!(screen.attribute("organisation", "aria-expanded"), Some("true"));
}

#[test]
fn continue_waits_for_the_data_and_then_goes_on() {
    let mut screen = waiting();
    screen.choose("collection", "sor-2023-07");
    screen.type_in("organisation", "rx1");
    screen.press("continue");
    assert_eq!(screen.address, "#/start", "nothing is said to be wrong while data is on its way");
    assert!(!screen.title.starts_with("Error"), "{}", screen.title);
    deliver(&mut screen);
    // Two returns are owed, so there is one more question to answer.
    assert!(screen.region("summary").contains("Select a return"), "{}", screen.region("summary"));
    assert!(screen.inputs["organisation"].contains("Nottingham University Hospitals"));
}

#[test]
fn data_that_cannot_be_had_is_said_and_asked_for_again() {
    let mut screen = waiting();
    screen.choose("collection", "sor-2023-07");
    screen.type_in("organisation", "rx1");
    screen.needs.clear();
    screen.send(Event::CouldNotLoad);
    assert!(screen.region("trouble").contains("could not be fetched"));
    screen.press("continue");
    assert!(!screen.needs.is_empty(), "Continue tries again");
    deliver(&mut screen);
    assert_eq!(screen.region("trouble"), "");
    assert!(screen.region("returns").contains("Workforce"), "{}", screen.region("returns"));
}
