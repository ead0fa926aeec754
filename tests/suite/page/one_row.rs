//! A table of figures, one row at a time.

use super::screen::{COLUMNS, Screen, cell};
use crate::support::{FIGURES, IN_TIME};

const TABLE: &str = "workforce.staffing";

fn begun() -> Screen {
    let mut screen = Screen::at(IN_TIME);
    screen.reach_figures();
    assert!(screen.drawn.contains("Fill in one row at a time"));
    screen.press_value("one-row", TABLE);
    assert_eq!(screen.focus, "one-row");
    screen
}

/// The boxes on the screen.
fn boxes(screen: &Screen) -> usize {
    screen.drawn.matches("id=\"workforce.staffing.").count()
        - screen.drawn.matches("-group\"").count()
}

#[test]
fn the_whole_table_can_be_filled_in_row_by_row() {
    let mut screen = begun();
    for (day, groups) in FIGURES.iter().enumerate() {
        for (group, figures) in groups.iter().enumerate() {
            let at = day * groups.len() + group + 1;
            assert!(screen.drawn.contains(&format!("Row {at} of 15")), "{at}: {}", screen.drawn);
            for (column, figure) in COLUMNS.iter().zip(figures) {
                let id = cell(day, group, column);
                assert!(screen.drawn.contains(&format!("id=\"{id}\"")), "{id}");
                screen.type_in(&id, &figure.to_string());
            }
            screen.press("row-after");
        }
    }
    assert!(!screen.drawn.contains("Next row"), "that was the last");
    assert!(screen.drawn.contains("Every answer that is needed is filled in."));
    screen.press("whole-table");
    assert!(screen.drawn.contains("value=\"88\""));
    screen.press("continue");
    assert_eq!(screen.address, "#/check");
}

#[test]
fn only_one_row_is_on_the_screen() {
    let screen = begun();
    assert!(boxes(&screen) > 0);
    assert!(!screen.drawn.contains(&cell(0, 1, "due_to_work")));
    assert!(!screen.drawn.contains("Row before"), "there is none before the first");
}

#[test]
fn a_mistake_is_said_at_its_question() {
    let mut screen = begun();
    let id = cell(0, 0, "due_to_work");
    screen.type_in(&id, "8x");
    assert_eq!(screen.attribute(&id, "aria-invalid"), Some("true"));
    assert!(!screen.region(&format!("{id}-message")).is_empty());
}

#[test]
fn a_link_to_a_figure_of_another_row_shows_that_row() {
    let mut screen = begun();
    screen.press("continue");
    assert_eq!(screen.focus, "error-summary");
    let id = cell(1, 2, "absent_ia");
    screen.press_value("focus", &id);
    assert!(screen.drawn.contains("Row 8 of 15"), "{}", screen.drawn);
    assert_eq!(screen.focus, id);
    screen.press("row-before");
    assert!(screen.drawn.contains("Row 7 of 15"));
}

#[test]
fn a_row_that_is_left_out_is_passed_over() {
    let mut screen = begun();
    screen.choose(&format!("{TABLE}.not_applicable.sonographer"), "yes");
    screen.press("row-after");
    assert!(screen.drawn.contains("Row 2 of 12"), "{}", screen.drawn);
    screen.press("row-after");
    assert!(!screen.drawn.contains("id=\"workforce.staffing.2023-07-25.sonographer.due_to_work\""));
}

#[test]
fn a_question_that_may_be_left_blank_says_so_as_its_column_does() {
    let screen = begun();
    for (label, optional) in [("Absent for other reasons", true), ("Due to start a shift", false)] {
        let marked = screen.drawn.contains(&format!(">{label} (optional)</label>"));
        assert_eq!(marked, optional, "{label}: {}", screen.drawn);
    }
}
