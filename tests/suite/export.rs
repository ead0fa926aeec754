//! What a collation leaves as: the same figures in every form, and text that is never run.

use crate::support::at;
use calamine::{Data, Reader, Xlsx};
use ia_returns::collate::export::{About, csv, files, package, workbook};
use ia_returns::collate::{Cell, Kind, Table};
use ia_returns::hash::sha256_hex;
use proptest::prelude::*;
use std::io::Cursor;

const HOSTILE: [&str; 9] = [
    "=HYPERLINK(\"x\")",
    "+1",
    "-5% against plan",
    "@all",
    "\t=1",
    "\r=1",
    " =1",
    "<script>alert(1)</script>, \"quoted\"\r\nsecond line",
    "Straße ‘curly’ \u{202e}back",
];

fn about() -> About {
    About {
        collection: "sor-2023-07".to_owned(),
        title: "Society of Radiographers & others".to_owned(),
        classification: "OFFICIAL".to_owned(),
        made_at: at("2023-07-28T11:30:00+01:00"),
    }
}

/// A table with every kind of column and every kind of cell.
fn table() -> Table {
    let columns = [
        ("organisation", "Organisation", Kind::Code),
        ("absent", "Absent", Kind::Count),
        ("share_pct", "Taking part, %", Kind::Count),
        ("received_at", "Received", Kind::Time),
        ("said", "What was said", Kind::Text),
    ];
    let mut table = Table::new("totals", "Totals by day", "Nil returns are in it.", &columns)
        .with_decimals("share_pct", 1);
    let time = Cell::Time(at("2023-07-28T10:40:05+01:00"));
    table.push(vec![Cell::text("RX1"), Cell::Count(1234), Cell::Count(591), time]);
    table.push(vec![Cell::text("=A1"), Cell::NotKnown { parts: 2 }, Cell::NotApplicable]);
    table.push(vec![Cell::text("RX3"), Cell::Count(0), Cell::Count(5)]);
    table.push(vec![Cell::text("RX4"), Cell::Count(-7), Cell::text("*")]);
    for said in HOSTILE {
        table.push(vec![
            Cell::text("RX5"),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::text(said),
        ]);
    }
    table
}

fn read_back(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes.to_vec())).unwrap()
}

#[test]
fn a_csv_file_holds_every_cell_and_nothing_that_runs() {
    let text = csv(&table()).unwrap();
    let (head, rest) = text.split_once("\r\n").unwrap();
    assert_eq!(head, "organisation,absent,share_pct,received_at,said");
    let lines = [
        "RX1,1234,59.1,2023-07-28T10:40:05+01:00,",
        "'=A1,not known,not applicable,,",
        "RX3,0,0.5,,",
        "RX4,-7,*,,",
        "RX5,,,,\"'=HYPERLINK(\"\"x\"\")\"",
        "RX5,,,,'+1",
        "RX5,,,,'-5% against plan",
        "RX5,,,,'@all",
        "RX5,,,,'\t=1",
        "RX5,,,,\"'\r=1\"",
        "RX5,,,,' =1",
        "RX5,,,,\"<script>alert(1)</script>, \"\"quoted\"\"\r\nsecond line\"",
        "RX5,,,,Straße ‘curly’ \u{202e}back",
    ];
    assert_eq!(rest, lines.join("\r\n") + "\r\n");
}

#[test]
fn a_package_says_what_each_file_and_column_is() {
    let table = table();
    let text = csv(&table).unwrap();
    let found: serde_json::Value =
        serde_json::from_str(&package(&about(), &[(&table, text.clone())])).unwrap();
    let own = &found["resources"][0];
    assert_eq!(found["created"], "2023-07-28T11:30:00+01:00");
    assert_eq!(own["path"], "totals.csv");
    assert_eq!(own["bytes"], text.len());
    assert_eq!(own["hash"], format!("sha256:{}", sha256_hex(text.as_bytes())));
    assert_eq!(own["description"], "Nil returns are in it.");
    let types: Vec<&str> = own["schema"]["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["type"].as_str().unwrap())
        .collect();
    assert_eq!(types, ["string", "integer", "number", "datetime", "string"]);
}

#[test]
fn a_workbook_holds_typed_cells_and_no_formula() {
    let mut book = read_back(&workbook(&about(), &[table()]).unwrap());
    assert_eq!(book.sheet_names(), ["About", "Totals by day"]);
    let sheet = book.worksheet_range("Totals by day").unwrap();
    let cell = |row, column| sheet.get_value((row, column)).cloned().unwrap_or_default();
    assert_eq!(cell(0, 4), Data::String("What was said".to_owned()));
    assert_eq!(cell(1, 1), Data::Float(1234.0));
    assert_eq!(cell(1, 2), Data::Float(59.1));
    assert_eq!(cell(3, 1), Data::Float(0.0));
    assert_eq!(cell(2, 1), Data::String("not known".to_owned()));
    assert_eq!(cell(2, 2), Data::String("not applicable".to_owned()));
    assert_eq!(cell(2, 0), Data::String("=A1".to_owned()));
    // 28 July 2023 is day 45135 of a workbook; 10:40:05 is 0.4445 of it.
    let Data::DateTime(time) = cell(1, 3) else { panic!("{:?}", cell(1, 3)) };
    assert!((time.as_f64() - 45_135.444_502).abs() < 0.000_001, "{time:?}");
    for (row, said) in (5..).zip(HOSTILE) {
        // XML makes one line break of each.
        let found = cell(row, 4).to_string().replace("_x000D_", "\r");
        assert_eq!(
            found.replace("\r\n", "\n").replace('\r', "\n"),
            said.replace("\r\n", "\n").replace('\r', "\n")
        );
    }
    for sheet in ["About", "Totals by day"] {
        let formulas = book.worksheet_formula(sheet).unwrap();
        assert!(formulas.used_cells().all(|(_, _, text)| text.is_empty()), "{formulas:?}");
    }
}

#[test]
fn the_same_tables_give_the_same_bytes_and_the_stated_time_is_in_them() {
    let all = |about: &About| files(about, &[table()]).unwrap();
    assert_eq!(all(&about()), all(&about()));
    let names: Vec<String> = all(&about()).into_iter().map(|file| file.name).collect();
    assert_eq!(names, ["tables.json", "tables.xlsx", "csv/datapackage.json", "csv/totals.csv"]);
    let later = About { made_at: at("2023-07-28T12:30:00+01:00"), ..about() };
    for (one, other) in all(&about()).iter().zip(&all(&later)).take(3) {
        assert_ne!(one, other, "{}", one.name);
    }
}

#[test]
fn sheets_have_names_that_workbooks_take_each_once() {
    let named = |title: &str| Table { title: title.to_owned(), ..table() };
    let tables = [
        named("A title that is longer than thirty-one letters"),
        named("A title that is longer than thirty-one letters, too"),
        named("about"),
        named("History"),
        named("a/b [c]: *?\\'"),
        named(""),
    ];
    let book = read_back(&workbook(&about(), &tables).unwrap());
    assert_eq!(
        book.sheet_names(),
        [
            "About",
            "A title that is longer than thi",
            "A title that is longer than t 2",
            "about 2",
            "History 2",
            "a b  c",
            "totals"
        ]
    );
}

proptest! {
    #[test]
    fn any_text_comes_back_from_a_csv_file_and_none_begins_as_a_formula(said in any::<String>()) {
        let mut table = table();
        table.rows.clear();
        table.push(vec![Cell::text("RX1"), Cell::Empty, Cell::Empty, Cell::Empty, Cell::text(&said)]);
        let text = csv(&table).unwrap();
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        let row = reader.records().next().unwrap().unwrap();
        let found = row.get(4).unwrap();
        prop_assert!(found == said || found.strip_prefix('\'') == Some(&said));
        prop_assert!(!found.trim_start().starts_with(['=', '+', '-', '@']), "{:?}", found);
    }

    #[test]
    fn any_text_is_text_in_a_workbook(said in "[ -~\n£€’=+@\t]{0,40}") {
        let mut table = table();
        table.rows.clear();
        table.push(vec![Cell::text("RX1"), Cell::Empty, Cell::Empty, Cell::Empty, Cell::text(&said)]);
        let mut book = read_back(&workbook(&about(), &[table]).unwrap());
        let sheet = book.worksheet_range("Totals by day").unwrap();
        let found = sheet.get_value((1, 4)).cloned().unwrap_or_default();
        prop_assert_eq!(found.to_string(), said);
    }
}
