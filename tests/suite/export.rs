//! What a collation leaves as: the same figures in every form, and text that is never run.

use crate::support::at;
use calamine::{Data, Reader, Xlsx};
use ia_returns::collate::export::{
    About, briefing, csv, files, package, preview, receipts, receipts_page, workbook,
};
use ia_returns::collate::{Cell, Kind, Table, figures};
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
            Cell::Text(said.to_owned()),
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
    let mut book = read_back(&workbook(&about(), &[table()], &[]).unwrap());
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
    let all = |about: &About| files(about, &[table()], &figures()).unwrap();
    assert_eq!(all(&about()), all(&about()));
    let names: Vec<String> = all(&about()).into_iter().map(|file| file.name).collect();
    let wanted = [
        "briefing.html",
        "collation.xlsx",
        "tables.json",
        "csv/datapackage.json",
        "csv/totals.csv",
        "csv/figures.csv",
    ];
    assert_eq!(names, wanted);
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
    let book = read_back(&workbook(&about(), &tables[..3], &tables[3..]).unwrap());
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

/// A table of these columns, all of one kind but those that are named as counts.
fn of(id: &'static str, columns: &[&'static str], counts: &[&str], rows: &[&[&str]]) -> Table {
    let kind = |column: &&'static str| {
        if counts.contains(column) { Kind::Count } else { Kind::Text }
    };
    let columns: Vec<_> = columns.iter().map(|own| (*own, *own, kind(own))).collect();
    let mut table = Table::new(id, id, "About it. Second sentence.", &columns);
    for row in rows {
        let cells = row.iter().zip(&columns).map(|(text, (.., kind))| match kind {
            Kind::Count => text.parse().map_or(Cell::Empty, Cell::Count),
            _ => Cell::text(*text),
        });
        table.push(cells.collect());
    }
    table
}

const TOTALS: [&str; 12] = [
    "template",
    "measure",
    "label",
    "unit",
    "headline",
    "by",
    "entry",
    "entry_label",
    "area",
    "area_code",
    "returns",
    "total",
];

fn totals() -> Table {
    let row = |by: &'static str, entry: &'static str, area: &'static str, code, total| {
        ["b", "absent", "Absent <here>", "people", "yes", by, entry, entry, area, code, "9", total]
    };
    let rows = [
        row("", "", "all", "", "203"),
        row("day", "d1", "all", "", "103"),
        row("day", "d2", "all", "", "100"),
        row("day", "d1", "region", "Y1", "3"),
        row("day", "d1", "region", "Y2", "100"),
        row("day", "d2", "region", "Y1", "0"),
        row("day", "d2", "region", "Y2", "100"),
        row("", "", "region", "Y1", "3"),
        row("", "", "region", "Y2", "200"),
    ];
    let rows: Vec<&[&str]> = rows.iter().map(<[&str; 12]>::as_slice).collect();
    of("totals", &TOTALS, &["returns", "total"], &rows)
}

#[test]
fn a_preview_hides_small_numbers_and_what_gives_them_away() {
    let returns = of("returns", &["icb", "region"], &[], &[]);
    let found = preview(&totals(), &returns);
    let published: Vec<String> =
        (0..found.rows.len()).map(|row| found.cell(row, "published").unwrap().plain(0)).collect();
    // National figures and zeros stand. 3 is hidden, and so is the 100 beside it and the 200 it adds up to.
    assert_eq!(published, ["203", "103", "100", "*", "*", "0", "100", "*", "*"]);
    assert!(found.column("total").is_none(), "the exact figure is not in the preview");
}

#[test]
fn a_briefing_is_one_file_that_loads_nothing_and_runs_nothing() {
    let areas = of(
        "areas",
        &["template", "area", "area_code", "area_name", "expected", "counts", "missing"],
        &["expected", "counts", "missing"],
        &[&["b", "all", "", "", "9", "8", "1"], &["b", "region", "Y1", "One", "9", "8", "1"]],
    );
    let chase = of(
        "chase",
        &["name", "organisation", "title", "status"],
        &[],
        &[&["<script>alert(1)</script>", "RX1", "Workforce SitRep", "Missing"]],
    );
    let page = briefing(&about(), &[totals(), areas, chase]);
    for wanted in [
        "Society of Radiographers &amp; others",
        "Friday 28 July 2023, 11:30am",
        "<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>",
        "default-src 'none'; style-src 'sha256-",
        "role=\"img\"",
        "Absent &lt;here&gt;",
        ">103<",
    ] {
        assert!(page.contains(wanted), "no {wanted} in {page}");
    }
    for refused in ["<script", "style=", "<img", "href=", "src=", "@import", "url("] {
        assert!(!page.contains(refused), "{refused}");
    }
    let (_, style) = page.split_once("<style>").unwrap();
    let (style, _) = style.split_once("</style>").unwrap();
    let hash = {
        use base64ct::{Base64, Encoding as _};
        Base64::encode_string(&ia_returns::hash::sha256(style.as_bytes()))
    };
    assert!(page.contains(&hash), "the policy lets the page's own style in");
}

#[test]
fn receipts_tell_of_sealed_returns_alone() {
    let files = of(
        "files",
        &["file", "sentence", "organisation", "template", "id", "next_step"],
        &[],
        &[
            &["b.json", "It counts.", "RX2", "b", "22", ""],
            &["c.xls", "This is a workbook.", "", "", "", "Ask."],
            &["a.json", "A later version counts.", "RX1", "b", "11", ""],
        ],
    );
    let found = receipts(&files);
    let ids: Vec<String> =
        (0..found.rows.len()).map(|row| found.cell(row, "id").unwrap().plain(0)).collect();
    assert_eq!(ids, ["11", "22"]);
    assert!(found.column("next_step").is_none() && found.column("file").is_none());
    let page = receipts_page(&about(), &found);
    assert!(page.contains("<bdi>RX1</bdi>") && !page.contains("workbook"));
}

proptest! {
    #[test]
    fn any_text_comes_back_from_a_csv_file_and_none_begins_as_a_formula(said in any::<String>()) {
        let mut table = table();
        table.rows.clear();
        table.push(vec![Cell::text("RX1"), Cell::Empty, Cell::Empty, Cell::Empty, Cell::Text(said.clone())]);
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
        table.push(vec![Cell::text("RX1"), Cell::Empty, Cell::Empty, Cell::Empty, Cell::Text(said.clone())]);
        let mut book = read_back(&workbook(&about(), &[table], &[]).unwrap());
        let sheet = book.worksheet_range("Totals by day").unwrap();
        let found = sheet.get_value((1, 4)).cloned().unwrap_or_default();
        prop_assert_eq!(found.to_string(), said);
    }
}
