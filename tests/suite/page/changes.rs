//! Changing one's mind: another collection, another organisation, another return.

use super::screen::{Screen, cell};
use crate::support::IN_TIME;

fn go_on_with(screen: &mut Screen, collection: &str) {
    screen.go_to("#/start");
    screen.choose("collection", collection);
    screen.press("continue");
    assert_eq!(screen.address, "#/tasks");
    screen.go_to("#/before");
    screen.choose("about.nil_return", "no");
    screen.press("continue");
    assert_eq!(screen.address, "#/section-1");
}

#[test]
fn figures_come_back_with_their_collection() {
    let mut screen = Screen::at(IN_TIME);
    screen.reach_figures();
    screen.type_in(&cell(0, 0, "due_to_work"), "88");
    screen.go_to("#/start");
    assert_eq!(screen.region("kept"), "");
    screen.choose("collection", "practice");
    assert!(screen.region("kept").contains("come back when you choose it again"));
    go_on_with(&mut screen, "practice");
    assert!(screen.drawn.contains("Workforce SitRep – Practice"));
    go_on_with(&mut screen, "sor-2023-07");
    assert!(screen.drawn.contains("value=\"88\""));
}

#[test]
fn another_organisation_is_asked_to_check_the_figures() {
    let mut screen = Screen::at(IN_TIME);
    screen.reach_figures();
    screen.type_in(&cell(0, 0, "due_to_work"), "88");
    screen.go_to("#/start");
    screen.input("organisation", "RHA");
    screen.leave("organisation", "");
    assert!(screen.region("kept").contains("check them"));
}

#[test]
fn an_organisation_is_offered_the_returns_of_its_kind_only() {
    let mut screen = Screen::at(IN_TIME);
    screen.choose("collection", "sor-2023-07");
    screen.input("organisation", "Y61");
    screen.leave("organisation", "");
    assert!(screen.region("returns").contains("self-assessment"));
    assert!(!screen.region("returns").contains("name=\"return\""), "one return is no choice");
    screen.input("organisation", "RX1");
    screen.leave("organisation", "");
    assert!(screen.region("returns").contains("value=\"workforce_sitrep\""));
    screen.press("continue");
    assert_eq!(screen.focus, "error-summary");
    assert!(screen.region("summary").contains("href=\"#return\""));
    screen.choose("return", "workforce_sitrep");
    screen.press("continue");
    assert_eq!(screen.address, "#/tasks");
}

#[test]
fn what_is_to_do_says_needed_and_wrong_apart() {
    let mut screen = Screen::at(IN_TIME);
    screen.reach_figures();
    screen.figures();
    assert!(screen.region("to-do").contains("Every answer that is needed is filled in."));
    screen.type_in(&cell(0, 0, "absent_ia"), "8x");
    assert_eq!(screen.region("to-do").split(". ").next(), Some("1 thing to correct"));
    screen.input(&cell(0, 1, "absent_ia"), "");
    assert!(screen.region("to-do").contains("1 answer still needed. 1 thing to correct."));
}

#[test]
fn another_return_is_not_started_over_a_file_that_was_not_saved() {
    let mut screen = Screen::at(IN_TIME);
    screen.saves = false;
    screen.reach_declaration();
    screen.declare();
    screen.press("continue");
    screen.press("seal");
    screen.press("again");
    assert_eq!((screen.address.as_str(), screen.focus.as_str()), ("#/done", "trouble"));
    screen.press("again");
    assert_eq!(screen.address, "#/start");
}

#[test]
fn a_file_that_is_saved_again_says_when() {
    let mut screen = Screen::at(IN_TIME);
    screen.reach_declaration();
    screen.declare();
    screen.press("continue");
    screen.press("seal");
    assert!(!screen.region("saved").contains("Saved again"));
    screen.press("save");
    assert!(
        screen.region("saved").contains("Saved again at 10:40am."),
        "{}",
        screen.region("saved")
    );
}

#[test]
fn an_organisation_that_is_not_in_the_list_is_named_and_asked_about() {
    let mut screen = Screen::at(IN_TIME);
    screen.choose("collection", "sor-2023-07");
    screen.input("unlisted-code", "r9");
    screen.press("unlisted");
    assert!(screen.region("trouble").contains("3 to 5 letters and figures"));
    screen.input("unlisted-code", "r9z");
    screen.input("unlisted-name", "New Merged NHS Trust");
    screen.press("unlisted");
    assert_eq!(screen.inputs["organisation"], "New Merged NHS Trust (R9Z)");
    assert_eq!(screen.region("trouble"), "");
    screen.leave("organisation", "");
    screen.choose("return", "workforce_sitrep");
    screen.press("continue");
    assert_eq!(screen.address, "#/tasks");
    assert!(screen.drawn.contains("New Merged NHS Trust"));
    screen.go_to("#/before");
    screen.choose("about.nil_return", "no");
    screen.press("continue");
    screen.figures();
    screen.press("continue");
    assert!(screen.drawn.contains("is not in the organisation list"), "{}", screen.drawn);
}

#[test]
fn a_listed_code_is_taken_from_the_list() {
    let mut screen = Screen::at(IN_TIME);
    screen.choose("collection", "sor-2023-07");
    screen.input("unlisted-code", "rx1");
    screen.input("unlisted-name", "Any name");
    screen.press("unlisted");
    assert_eq!(screen.inputs["organisation"], "Nottingham University Hospitals NHS Trust (RX1)");
}
