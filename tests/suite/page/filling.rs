//! A table filled in as a sheet: keys from box to box, blocks from a spreadsheet, and back.

use super::screen::{Screen, cell};
use crate::support::IN_TIME;
use ia_returns::page::{Effect, Event};

fn figures() -> Screen {
    let mut screen = Screen::at(IN_TIME);
    screen.reach_figures();
    screen
}

fn key(screen: &mut Screen, id: &str, key: &str) {
    screen.send(Event::Key { id: id.to_owned(), key: key.to_owned() });
}

fn paste(screen: &mut Screen, id: &str, text: &str) {
    screen.send(Event::Pasted { id: id.to_owned(), text: text.to_owned() });
}

/// What the page shows in a box that is drawn.
fn drawn(screen: &Screen, id: &str) -> String {
    let from = screen.drawn.find(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("no {id}"));
    let tag = screen.drawn[from..].split('>').next().unwrap();
    let value = tag.split_once(" value=\"").map_or("", |(_, rest)| rest.split('"').next().unwrap());
    value.to_owned()
}

#[test]
fn keys_go_to_the_box_beside_and_on_to_the_next_date() {
    let mut screen = figures();
    let last = 4;
    for (from, pressed, to) in [
        (cell(0, 0, "due_to_work"), "ArrowRight", cell(0, 0, "absent_ia")),
        (cell(0, 0, "absent_ia"), "ArrowLeft", cell(0, 0, "due_to_work")),
        (cell(0, 0, "absent_ia"), "ArrowDown", cell(0, 1, "absent_ia")),
        (cell(0, 1, "absent_ia"), "ArrowUp", cell(0, 0, "absent_ia")),
        (cell(0, last, "due_to_work"), "ArrowDown", cell(1, 0, "due_to_work")),
        (cell(1, 0, "due_to_work"), "ArrowUp", cell(0, last, "due_to_work")),
    ] {
        key(&mut screen, &from, pressed);
        assert_eq!(screen.last.first(), Some(&Effect::Prevent), "{from} {pressed}");
        assert_eq!(screen.last.last(), Some(&Effect::Enter(to)), "{from} {pressed}");
    }
}

#[test]
fn at_the_edge_of_the_table_focus_stays() {
    let mut screen = figures();
    for (from, pressed) in [
        (cell(0, 0, "due_to_work"), "ArrowUp"),
        (cell(0, 0, "due_to_work"), "ArrowLeft"),
        (cell(2, 4, "due_to_work"), "ArrowDown"),
        (cell(0, 0, "working_derogation"), "ArrowRight"),
    ] {
        key(&mut screen, &from, pressed);
        assert_eq!(screen.last, [Effect::Prevent], "{from} {pressed}");
    }
    key(&mut screen, &cell(0, 0, "due_to_work"), "a");
    assert_eq!(screen.last, [], "a letter is the browser’s");
}

#[test]
fn rows_that_are_left_out_are_passed_over() {
    let mut screen = figures();
    screen.choose("workforce.staffing.not_applicable.therapeutic_radiographer", "yes");
    key(&mut screen, &cell(0, 0, "absent_ia"), "ArrowDown");
    assert_eq!(screen.last.last(), Some(&Effect::Enter(cell(0, 2, "absent_ia"))));
    paste(&mut screen, &cell(0, 0, "due_to_work"), "88\n12\n");
    screen.press("fill");
    assert_eq!(drawn(&screen, &cell(0, 2, "due_to_work")), "12");
}

#[test]
fn ctrl_d_puts_in_the_figure_from_the_box_above() {
    let mut screen = figures();
    screen.type_in(&cell(0, 0, "due_to_work"), "88");
    let below = cell(0, 1, "due_to_work");
    key(&mut screen, &below, "FillDown");
    assert_eq!(screen.inputs.get(&below).map(String::as_str), Some("88"));
    assert!(screen.region("workforce.staffing.2023-07-25-totals").contains("176"));
    key(&mut screen, &cell(0, 0, "due_to_work"), "FillDown");
    assert_eq!(screen.last, [Effect::Prevent], "there is nothing above the first");
}

#[test]
fn a_pasted_block_is_shown_before_anything_changes() {
    let mut screen = figures();
    let first = cell(0, 0, "due_to_work");
    screen.type_in(&first, "80");
    paste(&mut screen, &first, "88\t52\r\n36\t(21)\r\n");
    assert!(screen.drawn.contains("Check the figures before they are filled in"));
    assert_eq!(screen.focus, "heading");
    for words in [
        "3 figures can be filled in.",
        "1 figure cannot be read and will not be filled in.",
        "Diagnostic radiographers, Tuesday 25 July 2023, Due",
        "<bdi>80</bdi>",
        "Stays as it is.",
        "<bdi>(21)</bdi>",
        "Fill in 3 figures",
    ] {
        assert!(screen.drawn.contains(words), "{words} is not in {}", screen.drawn);
    }
    let at = |words: &str| screen.drawn.find(words).unwrap();
    assert!(at("<bdi>(21)</bdi>") < at("<bdi>88</bdi>"), "what is refused comes first");
    screen.press("do-not-fill");
    assert_eq!(screen.focus, first);
    assert_eq!(drawn(&screen, &first), "80", "nothing was changed");
}

#[test]
fn an_accepted_block_is_typed_in_and_can_be_undone() {
    let mut screen = figures();
    let first = cell(0, 0, "due_to_work");
    screen.type_in(&first, "80");
    paste(&mut screen, &first, "88\t52\n1 036\t-\n");
    screen.press("fill");
    assert_eq!(screen.focus, "filled");
    assert!(screen.drawn.contains("4 figures filled in."));
    for (group, column, text) in [
        (0, "due_to_work", "88"),
        (0, "absent_ia", "52"),
        (1, "due_to_work", "1036"),
        (1, "absent_ia", "0"),
    ] {
        assert_eq!(drawn(&screen, &cell(0, group, column)), text);
    }
    assert!(screen.drawn.contains("1,124"), "the total of the date follows");
    // What is typed after it stays.
    screen.type_in(&cell(0, 1, "absent_ia"), "21");
    screen.press("undo");
    assert_eq!(drawn(&screen, &first), "80");
    assert_eq!(drawn(&screen, &cell(0, 1, "due_to_work")), "");
    assert_eq!(drawn(&screen, &cell(0, 1, "absent_ia")), "21");
    assert!(!screen.drawn.contains("Take them out again"));
}

#[test]
fn what_a_block_breaks_is_said_as_if_it_was_typed() {
    let mut screen = figures();
    paste(&mut screen, &cell(0, 0, "due_to_work"), "5\t52\n36\t21\n");
    screen.press("fill");
    assert!(screen.drawn.contains("more than the 5 due to start a shift"));
}

#[test]
fn empty_cells_change_nothing_and_cells_outside_are_counted() {
    let mut screen = figures();
    let last = cell(2, 4, "absent_ia");
    screen.type_in(&last, "0");
    paste(&mut screen, &last, "\t7\t3\t2\t\n4\t\n");
    assert!(screen.drawn.contains("2 figures can be filled in."), "{}", screen.drawn);
    assert!(screen.drawn.contains("2 cells lie outside the table"));
    screen.press("fill");
    assert_eq!(drawn(&screen, &last), "0");
    assert_eq!(drawn(&screen, &cell(2, 4, "absent_other")), "7");
}

#[test]
fn headings_that_were_copied_too_are_left_out() {
    let mut screen = figures();
    let block = "Staff group\tDue\tAbsent\nDiagnostic\t88\t52\nTherapeutic\t36\t21\n";
    paste(&mut screen, &cell(0, 0, "due_to_work"), block);
    assert!(screen.drawn.contains("taken for headings"));
    screen.press("fill");
    assert_eq!(drawn(&screen, &cell(0, 0, "due_to_work")), "88");
    assert_eq!(drawn(&screen, &cell(0, 1, "absent_ia")), "21");
}

#[test]
fn words_alone_are_no_figures_and_too_much_is_refused() {
    let mut screen = figures();
    paste(&mut screen, &cell(0, 0, "due_to_work"), "Diagnostic\nTherapeutic\n");
    assert!(screen.region("filled").contains("There are no figures in that."));
    assert!(screen.region("announcement").contains("There are no figures"));
    paste(&mut screen, &cell(0, 0, "due_to_work"), &"1\n".repeat(60_000));
    assert!(screen.region("filled").contains("too much at once"));
}

#[test]
fn markup_in_a_block_is_shown_as_text() {
    let mut screen = figures();
    paste(&mut screen, &cell(0, 0, "due_to_work"), "<img src=x>\t1\n2\t3\u{202E}\n");
    assert!(screen.drawn.contains("&lt;img src=x&gt;"));
    assert!(screen.drawn.contains("3[U+202E]"));
    assert!(!screen.drawn.contains("<img"));
}

#[test]
fn leaving_the_step_forgets_the_block() {
    let mut screen = figures();
    paste(&mut screen, &cell(0, 0, "due_to_work"), "88\t52\n36\t21\n");
    screen.go_to("#/before");
    assert!(!screen.drawn.contains("Check the figures before they are filled in"));
    screen.go_to("#/section-1");
    assert_eq!(drawn(&screen, &cell(0, 0, "due_to_work")), "");
}

#[test]
fn a_table_is_copied_out_as_a_spreadsheet_takes_it() {
    let mut screen = figures();
    screen.type_in(&cell(0, 0, "due_to_work"), "1,024");
    screen.type_in(&cell(0, 0, "absent_other"), "4");
    screen.type_in(&cell(0, 1, "due_to_work"), "=1+1");
    screen.press_value("copy-figures", "workforce.staffing");
    let [text] = screen.copied.as_slice() else { panic!("one text: {:?}", screen.copied) };
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 15);
    assert_eq!(lines[..2], ["1024\t\t4\t", "\t\t\t"], "what cannot be read is left blank");
    assert!(screen.region("filled").contains("on the clipboard"));
}
