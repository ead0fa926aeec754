//! Figures as CSV files, and a return as cells of the official workbook.

use super::screen::{Screen, cell};
use crate::support::IN_TIME;
use ia_returns::page::Event;

fn read_in(screen: &mut Screen, text: &str) {
    let id = cell(0, 0, "due_to_work");
    screen.send(Event::FileOfFigures { id, text: text.to_owned() });
}

#[test]
fn a_saved_csv_file_comes_back_the_same() {
    let mut screen = Screen::at(IN_TIME);
    screen.reach_figures();
    screen.figures();
    screen.press_value("save-figures", "workforce.staffing");
    let (name, text) = screen.saved.last().unwrap().clone();
    assert_eq!(name, "RX1.workforce.staffing.csv");
    let first = text.lines().nth(1).unwrap();
    assert!(
        first.starts_with("\"Tuesday 25 July 2023\",\"Diagnostic radiographers\",\"88\",\"52\""),
        "{text}"
    );
    assert!(screen.region("filled").contains("saved as a CSV file"));
    let mut other = Screen::at(IN_TIME);
    other.reach_figures();
    read_in(&mut other, &text);
    assert!(other.drawn.contains("Check the figures before they are filled in"));
    assert!(other.drawn.contains("were taken for headings"));
    other.press("fill");
    for (day, group, column) in [(0, 0, "due_to_work"), (2, 3, "absent_other")] {
        let id = format!("id=\"{}\" type=\"text\" value=", cell(day, group, column));
        let value = |screen: &Screen| {
            let from = screen.drawn.find(&id).unwrap() + id.len();
            screen.drawn[from..].split('"').nth(1).unwrap().to_owned()
        };
        screen.go_to("#/tasks");
        screen.go_to("#/section-1");
        assert_eq!(value(&other), value(&screen));
    }
    other.press_value("save-figures", "workforce.staffing");
    assert_eq!(other.saved.last().unwrap().1, text);
}

#[test]
fn commas_semicolons_and_tabs_come_between_the_cells_of_a_file() {
    for text in [
        "\u{feff}88,52,4\n36,21,8",
        "88;52;4\r\n36;21;8\r\n",
        "88\t52\t4\n36\t21\t8",
        "\"88\",\"52\",\"4\"\n\"36\",21,8",
    ] {
        let mut screen = Screen::at(IN_TIME);
        screen.reach_figures();
        read_in(&mut screen, text);
        assert!(screen.drawn.contains("6 figures can be filled in."), "{text:?}: {}", screen.drawn);
    }
}

#[test]
fn a_file_without_figures_changes_nothing() {
    for text in ["", "no figures here", &"9,".repeat(60_000)] {
        let mut screen = Screen::at(IN_TIME);
        screen.reach_figures();
        read_in(&mut screen, text);
        assert_eq!(screen.address, "#/section-1");
        assert!(!screen.drawn.contains("Check the figures before"));
        assert!(!screen.region("filled").is_empty());
    }
}

#[test]
fn a_sealed_return_is_copied_as_cells_of_the_workbook() {
    let mut screen = Screen::at(IN_TIME);
    screen.reach_declaration();
    screen.declare();
    screen.press("continue");
    screen.press("seal");
    assert!(screen.drawn.contains("Copy it into the official workbook"));
    screen.press("copy-cells");
    let cells = screen.copied.last().unwrap();
    let lines: Vec<Vec<&str>> = cells.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines[0], ["No"], "{cells}");
    assert!(
        lines[2].starts_with(&[
            "Tuesday 25 July 2023",
            "Diagnostic radiographers",
            "88",
            "52",
            "4"
        ]),
        "{cells}"
    );
    assert_eq!(
        lines.len(),
        1 + 1 + 15,
        "the answer, the headings, three dates of five groups: {cells}"
    );
    assert!(screen.region("cells").contains("The cells are copied"));
    assert_eq!(screen.region("copied"), "", "it is not the text of the file that was copied");
}
