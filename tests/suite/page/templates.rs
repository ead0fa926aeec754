//! The page shows every template from its data: rows people add, several choices, ratings, sections.

use super::screen::Screen;
use crate::support::IN_TIME;

/// Chooses a collection, an organisation and a return, and goes on.
fn begin(screen: &mut Screen, collection: &str, organisation: &str, due: &str) {
    screen.choose("collection", collection);
    screen.input("organisation", organisation);
    screen.leave("organisation", "");
    screen.choose("return", due);
    // Asked of sensitive returns alone; elsewhere it changes nothing.
    screen.choose("store", "computer");
    screen.press("continue");
    assert_eq!(screen.address, "#/tasks");
    screen.press("continue");
}

fn press_on(screen: &mut Screen, action: &str, value: &str) {
    screen.press_value(action, value);
}

#[test]
fn every_return_of_every_collection_begins_for_whoever_completes_it() {
    let set = crate::support::set();
    let mut begun = 0;
    for form in set.forms() {
        let due = form.collection.due(&form.template.source().id, form.stage).expect("due").0;
        for kind in due.owed_by.iter().chain(&due.open_to) {
            let mut all = form.organisations.all().iter();
            let organisation = all.find(|it| it.kind == *kind).expect("one of each kind");
            let mut screen = Screen::at(IN_TIME);
            let id = match form.stage {
                Some(stage) => format!("{}.{stage}", form.template.source().id),
                None => form.template.source().id.clone(),
            };
            begin(&mut screen, &form.collection.source().id, &organisation.code, &id);
            assert_ne!(screen.address, "#/start", "{id} for {}", organisation.code);
            assert!(screen.drawn.contains("<h1"), "{id} for {}", organisation.code);
            begun += 1;
        }
    }
    assert!(begun >= 20, "{begun}");
}

#[test]
fn several_choices_are_boxes_to_tick_and_decide_what_is_asked() {
    let mut screen = Screen::at(IN_TIME);
    begin(&mut screen, "sor-2023-07", "RX1", "rescheduled_activity");
    screen.choose("about.nil_return", "no");
    screen.press("continue");
    assert_eq!(screen.address, "#/section-1");
    let ticked = "id=\"activity.services_provided.acute\" type=\"checkbox\" value=\"yes\" autocomplete=\"off\" checked";
    assert!(screen.drawn.contains(ticked), "filled in from the organisation list");
    let outpatient = "activity.rescheduled.2023-07-25.outpatient-block";
    let community = "activity.rescheduled.2023-07-25.community-block";
    assert!(!screen.is_hidden(outpatient));
    assert!(screen.is_hidden(community));
    screen.choose("activity.services_provided.community", "yes");
    assert!(!screen.is_hidden(community));
    screen.choose("activity.services_provided.acute", "");
    assert!(screen.is_hidden(outpatient));
}

#[test]
fn rows_are_added_named_by_number_and_taken_out_with_what_was_typed() {
    let mut screen = Screen::at(IN_TIME);
    begin(&mut screen, "sor-2023-07", "RX1", "learning");
    screen.choose("about.nil_return", "no");
    screen.press("continue");
    assert_eq!(screen.address, "#/section-1", "{}", screen.region("summary"));
    let table = "learning.requests";
    assert!(screen.drawn.contains(&format!("id=\"{table}-add\"")), "{}", screen.drawn);
    press_on(&mut screen, "add-row", table);
    assert_eq!(screen.focus, format!("{table}.1.request_ref"));
    screen.type_in(&format!("{table}.1.request_ref"), "A1");
    press_on(&mut screen, "add-row", table);
    screen.type_in(&format!("{table}.2.request_ref"), "B2");
    assert!(screen.drawn.contains("Remove request 2"));
    press_on(&mut screen, "remove-row", &format!("{table}.1"));
    assert_eq!(screen.focus, format!("{table}-add"));
    assert!(screen.drawn.contains("value=\"B2\"") && !screen.drawn.contains("value=\"A1\""));
    assert!(!screen.drawn.contains("Remove request 2"));
}

#[test]
fn a_rating_is_shown_with_its_facts_and_called_a_guide() {
    let mut screen = Screen::at(IN_TIME);
    begin(&mut screen, "ambulance-2023-01", "RX9", "readiness");
    if screen.address == "#/before" {
        screen.choose("about.action_id.ambulance-2023-01-11", "yes");
        screen.press("continue");
    }
    assert_eq!(screen.address, "#/section-1", "{}", screen.region("summary"));
    for item in 1..8 {
        screen.choose(&format!("readiness.items.ambulance.am{item}.status"), "compliant");
    }
    assert!(screen.region("overall").contains("nhsuk-tag--green"), "{}", screen.region("overall"));
    screen.choose("readiness.items.ambulance.am1.status", "non_compliant");
    let said = screen.region("overall");
    assert!(said.contains("nhsuk-tag--red"), "{said}");
    assert!(said.contains("A guide of this tool"), "{said}");
    assert!(said.contains("if none of this were so"), "{said}");
}

#[test]
fn a_row_is_added_by_its_name_with_the_right_article() {
    for (due, address, words) in [
        ("self_assessment", "#/section-1", ">Add an action</button>"),
        ("learning", "#/section-1", ">Add a request</button>"),
    ] {
        let mut screen = Screen::at(IN_TIME);
        begin(&mut screen, "practice", "RX1", due);
        screen.choose("about.nil_return", "no");
        screen.press("continue");
        screen.go_to(address);
        assert!(screen.drawn.contains(words), "{due}: no {words} in {}", screen.drawn);
    }
}

#[test]
fn a_figure_that_is_worked_out_is_read_with_its_unit() {
    let mut screen = Screen::at(IN_TIME);
    begin(&mut screen, "practice", "RX1", "learning");
    screen.choose("about.nil_return", "no");
    screen.press("continue");
    press_on(&mut screen, "add-row", "learning.requests");
    screen.choose("learning.requests.1.decision", "approved");
    for (part, text) in [("day", "3"), ("month", "7"), ("year", "2023")] {
        for at in ["submitted_at", "decision_at"] {
            screen.type_in(&format!("learning.requests.1.{at}.{part}"), text);
        }
    }
    screen.type_in("learning.requests.1.submitted_at.time", "10:00");
    screen.type_in("learning.requests.1.decision_at.time", "10:45");
    screen.go_to("#/check");
    assert_eq!(screen.address, "#/check");
    let minutes = "Time to the decision</dt><dd class=\"nhsuk-summary-list__value\">45 (minutes)";
    assert!(screen.drawn.contains(minutes), "{}", screen.drawn);
}

#[test]
fn answers_are_read_again_under_the_sections_and_in_the_order_of_the_template() {
    let mut screen = Screen::at(IN_TIME);
    begin(&mut screen, "practice", "RX1", "self_assessment");
    screen.choose("about.nil_return", "no");
    screen.go_to("#/check");
    assert_eq!(screen.address, "#/check");
    let set = crate::support::set();
    let form = set.form("practice", "self_assessment").expect("the form");
    let mut from = 0;
    let mut found = 0;
    for section in &form.template.source().sections {
        let heading = format!(">{}</h2>", section.title);
        if section.id == "about" || !screen.drawn.contains(&heading) {
            continue;
        }
        let at = screen.drawn.find(&heading).expect("it is there");
        assert!(at > from, "{} stands where the template has it", section.title);
        (from, found) = (at, found + 1);
        // What is asked in it follows before the next heading of a section.
        let rest = &screen.drawn[at + heading.len()..];
        let inside = rest.split("<h2").next().expect("a section");
        assert!(inside.contains("<d") || inside.contains("<table"), "{}", section.title);
    }
    assert!(found >= 2, "{found} sections");
}
