//! Tables as a workbook: a sheet each, after one that says what they are. Typed cells, no formulas, the stated time and never
//! that of a clock.

use super::{About, ExportError};
use crate::collate::table::{Cell, Column, Kind, Table};
use crate::time::{Civil, Instant};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

/// The most letters that a cell takes.
const LONGEST: usize = 32_767;
/// The widest column, in letters.
const WIDEST: usize = 60;
/// The most letters of a sheet’s name.
const LONGEST_NAME: usize = 31;

/// Writes a workbook: a sheet for each of `tables`, then of `more`.
///
/// # Errors
/// [`ExportError::Workbook`] where a table has more rows than a sheet, which is 1,048,576.
pub fn workbook(about: &About, tables: &[Table], more: &[Table]) -> Result<Vec<u8>, ExportError> {
    let tables: Vec<&Table> = tables.iter().chain(more).collect();
    let mut workbook = Workbook::new();
    let properties = DocProperties::new()
        .set_title(&about.title)
        .set_comment(&about.classification)
        .set_creation_datetime(&moment(about.made_at)?);
    workbook.set_properties(&properties);
    let looks = Looks::new();
    let names = names(&tables);
    about_sheet(workbook.add_worksheet(), about, tables.iter().copied().zip(&names), &looks)?;
    for (table, name) in tables.iter().copied().zip(&names) {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name)?;
        page(sheet, about);
        fill(sheet, table, &looks)?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// How cells look.
struct Looks {
    title: Format,
    heading: Format,
    text: Format,
    time: Format,
    missing: Format,
    /// Counts, by their decimals.
    counts: [Format; 3],
}

impl Looks {
    fn new() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        // NHS blue, whose contrast with white is 7 to 1.
        let heading = top().set_bold().set_text_wrap();
        Self {
            title: Format::new().set_bold().set_font_size(14),
            heading: heading
                .set_background_color(Color::RGB(0x00_5e_b8))
                .set_font_color(Color::White),
            text: top().set_text_wrap(),
            time: top().set_num_format("dd/mm/yyyy hh:mm:ss").set_align(FormatAlign::Left),
            missing: top().set_italic().set_align(FormatAlign::Right),
            counts: ["#,##0", "#,##0.0", "#,##0.00"].map(|form| top().set_num_format(form)),
        }
    }
}

/// What every printed page says and how it lies.
fn page(sheet: &mut Worksheet, about: &About) {
    // An ampersand begins a code.
    let plain = |text: &str| text.replace('&', "&&");
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_header(format!("&L{}&R{}", plain(&about.title), plain(&about.classification)));
    sheet.set_footer("&L&A&RPage &P of &N");
}

fn about_sheet<'t>(
    sheet: &mut Worksheet,
    about: &About,
    tables: impl Iterator<Item = (&'t Table, &'t String)>,
    looks: &Looks,
) -> Result<(), XlsxError> {
    sheet.set_name("About")?;
    page(sheet, about);
    sheet.write_string_with_format(0, 0, cut(&about.title), &looks.title)?;
    for (row, text) in [
        (1, format!("Handle as {}", about.classification)),
        (2, format!("Collection {}", about.collection)),
        (3, format!("As at {}", about.made_at.to_london_text())),
        (4, "Times are London time. “Not known” is never 0.".to_owned()),
    ] {
        sheet.write_string(row, 0, cut(&text))?;
    }
    for (column, text) in
        (0..).zip(["Sheet", "What it is", "Rows", "What it means, and what is not counted"])
    {
        sheet.write_string_with_format(6, column, text, &looks.heading)?;
    }
    for (row, (table, name)) in (7..).zip(tables) {
        sheet.write_string_with_format(row, 0, name, &looks.text)?;
        sheet.write_string_with_format(row, 1, cut(&table.title), &looks.text)?;
        number(sheet, (row, 2), &table.rows.len().to_string(), looks.counts.first())?;
        sheet.write_string_with_format(row, 3, cut(&table.note), &looks.text)?;
    }
    for (column, width) in [(0, 31), (1, 50), (2, 8), (3, 90)] {
        sheet.set_column_width(column, width)?;
    }
    Ok(())
}

/// Headings that stay in sight and can be filtered by, then the rows.
fn fill(sheet: &mut Worksheet, table: &Table, looks: &Looks) -> Result<(), XlsxError> {
    for (number, column) in (0..).zip(&table.columns) {
        sheet.write_string_with_format(0, number, column.title, &looks.heading)?;
        sheet.set_column_width(number, width(table, usize::from(number), column))?;
    }
    for (row, cells) in (1..).zip(&table.rows) {
        for (number, (cell, column)) in (0..).zip(cells.iter().zip(&table.columns)) {
            write(sheet, (row, number), cell, column, looks)?;
        }
    }
    sheet.set_freeze_panes(1, 1)?;
    sheet.set_repeat_rows(0, 0)?;
    let last = u16::try_from(table.columns.len()).unwrap_or(u16::MAX);
    if let Some(last) = last.checked_sub(1) {
        let rows = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
        sheet.autofilter(0, 0, rows, last)?;
    }
    Ok(())
}

fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    of: &Column,
    looks: &Looks,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Count(_) => {
            let look = looks.counts.get(usize::from(of.decimals));
            return number(sheet, (row, column), &cell.plain(of.decimals), look);
        }
        Cell::Empty => {}
        Cell::NotApplicable | Cell::NotKnown { .. } => {
            sheet.write_string_with_format(row, column, cell.plain(0), &looks.missing)?;
        }
        Cell::Text(text) => {
            let look = if of.kind == Kind::Count { &looks.missing } else { &looks.text };
            sheet.write_string_with_format(row, column, cut(text), look)?;
        }
        Cell::Time(at) => {
            sheet.write_datetime_with_format(row, column, &moment(*at)?, &looks.time)?;
        }
    }
    Ok(())
}

/// A number by its digits: the core reckons in whole numbers, a workbook holds nothing but fractions.
fn number(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    digits: &str,
    look: Option<&Format>,
) -> Result<(), XlsxError> {
    match (digits.parse::<f64>(), look) {
        (Ok(number), Some(look)) => sheet.write_number_with_format(row, column, number, look)?,
        (Ok(number), None) => sheet.write_number(row, column, number)?,
        (Err(_), _) => sheet.write_string(row, column, digits)?,
    };
    Ok(())
}

/// As calendar and clock in London show it.
fn moment(at: Instant) -> Result<ExcelDateTime, XlsxError> {
    let Civil { year, month, day, hour, minute, second, .. } = at.civil();
    let short = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
    ExcelDateTime::from_ymd(u16::try_from(year).unwrap_or(1900), short(month), short(day))?.and_hms(
        u16::try_from(hour).unwrap_or(0),
        short(minute),
        short(second),
    )
}

/// As much of a text as a cell takes.
fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let mut kept: String = text.chars().take(LONGEST - 1).collect();
    kept.push('…');
    kept
}

/// Room for the longest cell, within bounds.
fn width(table: &Table, number: usize, column: &Column) -> u32 {
    let length = |text: &str| text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    let cells = table.rows.iter().filter_map(|row| row.get(number));
    let longest = cells.map(|cell| length(&cell.plain(column.decimals))).max().unwrap_or(0);
    // A heading breaks at its spaces.
    let heading = column.title.split(' ').map(length).max().unwrap_or(0);
    u32::try_from(longest.max(heading).clamp(7, WIDEST) + 3).unwrap_or(60)
}

/// A name for each sheet: at most 31 letters, none that workbooks do not take, and each name once.
fn names(tables: &[&Table]) -> Vec<String> {
    let mut names: Vec<String> = vec!["about".to_owned()];
    let mut found = Vec::new();
    for table in tables {
        let plain: String = table
            .title
            .chars()
            .map(
                |letter| {
                    if "[]:*?/\\'".contains(letter) || letter.is_control() { ' ' } else { letter }
                },
            )
            .collect();
        let stem = if plain.trim().is_empty() { table.id } else { plain.trim() };
        let mut name: String = stem.chars().take(LONGEST_NAME).collect();
        let mut number = 2;
        while names.contains(&name.to_lowercase()) || name.eq_ignore_ascii_case("history") {
            let ending = format!(" {number}");
            name = stem.chars().take(LONGEST_NAME - ending.len()).collect::<String>() + &ending;
            number += 1;
        }
        names.push(name.to_lowercase());
        found.push(name.trim_end().to_owned());
    }
    found
}
