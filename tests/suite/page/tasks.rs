//! The list of parts, and the time that is left.

use ia_returns::collection::{Document, DocumentKind};
use ia_returns::page::{Event, State};

use super::screen::{Screen, cell, is_in_the_page};
use crate::support::{IN_TIME, documents};

/// What the list says of the parts, in their order.
fn statuses(screen: &Screen) -> Vec<String> {
    let parts = screen.drawn.split("nhsuk-task-list__status").skip(1);
    let texts = parts.map(|part| {
        let inside = &part[part.find('>').unwrap() + 1..part.find("</div>").unwrap()];
        let mut text = String::new();
        let mut in_tag = false;
        for c in inside.chars() {
            match c {
                '<' => in_tag = true,
                '>' => in_tag = false,
                c if !in_tag => text.push(c),
                _ => {}
            }
        }
        text
    });
    texts.collect()
}

#[test]
fn every_part_says_how_far_it_is() {
    let mut screen = Screen::at(IN_TIME);
    screen.start();
    screen.go_to("#/tasks");
    let expected = [
        "Not started",
        "Cannot start yet",
        "Cannot start yet",
        "Cannot start yet",
        "Cannot start yet",
    ];
    assert_eq!(statuses(&screen), expected);
    screen.go_to("#/before");
    screen.choose("about.nil_return", "no");
    screen.go_to("#/tasks");
    let expected = ["Completed", "Not started", "Not ready yet", "Not started", "Cannot start yet"];
    assert_eq!(statuses(&screen), expected);
    screen.go_to("#/section-1");
    screen.type_in(&cell(0, 0, "due_to_work"), "88");
    screen.go_to("#/tasks");
    assert!(statuses(&screen)[1].ends_with(" answers needed"), "{:?}", statuses(&screen));
    screen.go_to("#/section-1");
    screen.type_in(&cell(0, 0, "due_to_work"), "8x");
    screen.go_to("#/tasks");
    assert_eq!(statuses(&screen)[1], "1 thing to correct");
}

#[test]
fn when_all_parts_are_completed_the_list_leads_to_sealing() {
    let mut screen = Screen::at(IN_TIME);
    screen.reach_figures();
    screen.figures();
    screen.go_to("#/tasks");
    let expected =
        ["Completed", "Completed", "1 query to explain", "Not started", "Cannot start yet"];
    assert_eq!(statuses(&screen), expected);
    screen.press("continue");
    assert_eq!(screen.address, "#/check", "the first part that needs something");
    screen.type_in(
        super::EXPLANATION,
        "Six were on a training day fixed before the action was called.",
    );
    screen.press("continue");
    screen.declare();
    screen.go_to("#/tasks");
    assert_eq!(statuses(&screen).last().unwrap(), "Ready");
    screen.press("continue");
    assert_eq!(screen.address, "#/seal");
}

#[test]
fn the_list_says_where_the_file_goes_and_how_long_is_left() {
    let mut screen = Screen::at(IN_TIME);
    screen.start();
    screen.go_to("#/tasks");
    assert!(screen.drawn.contains("Where the file goes"));
    let line = "2 hours 20 minutes left: the window closes at 1:00pm BST";
    assert!(screen.drawn.contains(line), "{}", screen.drawn);
}

fn tick(screen: &mut Screen, now: &str) {
    screen.send(Event::Tick { now: now.to_owned() });
}

#[test]
fn time_left_is_spoken_at_60_15_and_5_minutes_and_when_it_is_over() {
    let mut screen = Screen::at(IN_TIME);
    screen.start();
    let cases = [
        ("2023-07-28T11:59:30+01:00", ""),
        ("2023-07-28T12:00:30+01:00", "59 minutes left: the window closes at 1:00pm BST"),
        ("2023-07-28T12:44:00+01:00", ""),
        ("2023-07-28T12:45:00+01:00", "15 minutes left: the window closes at 1:00pm BST"),
        ("2023-07-28T12:55:30+01:00", "4 minutes left: the window closes at 1:00pm BST"),
        ("2023-07-28T13:00:00+01:00", "The window has closed."),
    ];
    for (now, said) in cases {
        screen.regions.remove("announcement");
        tick(&mut screen, now);
        let heard = screen.region("announcement");
        assert!(heard.starts_with(said) && heard.is_empty() == said.is_empty(), "{now}: {heard}");
    }
    assert!(screen.region("time").contains("You can still send this return"));
}

#[test]
fn a_clock_of_another_place_is_named_and_blocks_nothing() {
    let mut screen = Screen::at(IN_TIME);
    screen.start();
    assert!(!screen.drawn.contains("another place"));
    tick(&mut screen, "2023-07-28T11:41:00+02:00");
    assert!(screen.region("time").contains("All times on this page are UK times"));
    assert!(screen.region("time").contains("10:41am BST"));
    tick(&mut screen, "2023-07-28T10:42:00+01:00");
    assert!(!screen.region("time").contains("another place"));
}

#[test]
fn the_start_says_whom_to_ask_once_it_is_known_for_whom_the_return_is() {
    let contact = r#""code":"Y60","contacts":[{"email":"eprr@example.org","role":"On call"}]"#;
    let mut given: Vec<Document> =
        documents().iter().filter(|it| is_in_the_page(it)).cloned().collect();
    for document in given.iter_mut().filter(|it| it.kind == DocumentKind::Expected) {
        document.json = document.json.replace(r#""code":"Y60""#, contact);
    }
    let mut screen = Screen::at(IN_TIME);
    screen.state = State::default();
    screen.send(Event::Start {
        now: IN_TIME.to_owned(),
        engine: "native".to_owned(),
        address: String::new(),
        documents: given,
    });
    screen.choose("collection", "sor-2023-07");
    assert_eq!(screen.region("contacts"), "");
    screen.type_in("organisation", "RX1");
    let said = screen.region("contacts");
    assert!(said.contains("Whom to ask in your region"), "{said}");
    assert!(said.contains("On call") && said.contains("eprr@example.org"), "{said}");
    screen.input("organisation", "R");
    assert_eq!(screen.region("contacts"), "", "nobody knows of whom");
}
