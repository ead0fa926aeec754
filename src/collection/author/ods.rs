//! Organisation lists out of the CSV files of the Organisation Data Service (ODS): 27 columns without names, of which
//! the first is the code, the second the name in capitals, the third the region (national grouping), the fourth the ICB
//! (high-level health geography), the eleventh and twelfth the dates of opening and closing as `20230630`.

use super::organisations::{COLUMNS, MORE};
use super::rows::{self, Row};
use crate::collection::{Organisation, Organisations};
use crate::template::author::{AuthorFault, File};
use crate::time::Date;

/// How many columns every file of ODS has.
const WIDTH: usize = 27;
const CODE: usize = 0;
const NAME: usize = 1;
const REGION: usize = 2;
const ICB: usize = 3;
const OPENS: usize = 10;
const CLOSES: usize = 11;

/// What an import makes.
#[derive(Debug)]
pub struct Imported {
    /// The new list, as the project’s CSV.
    pub csv: String,
    /// How many organisations it has.
    pub count: usize,
    /// What changed against the previous list.
    pub changes: Vec<Change>,
}

/// One change against the previous list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Change {
    /// `opened`, `closed`, `renamed`, `moved`, `left_out` or `services`.
    pub kind: &'static str,
    /// The code.
    pub code: String,
    /// What changed, in words.
    pub text: String,
}

/// Makes the list that is true on a date: the organisations of `kind` from the file, all others from the previous list.
///
/// # Errors
/// Every line that has not 27 cells, a code or a name, a date that is none, or an ICB that the previous list has not.
pub fn import(
    file: &File,
    kind: &str,
    on: Date,
    previous: &Organisations,
) -> Result<Imported, Vec<AuthorFault>> {
    let mut import = Import { file, kind, on, previous, list: Vec::new(), changes: Vec::new() };
    let mut faults = Vec::new();
    for row in rows::unnamed(file)? {
        faults.extend(import.row(&row).err());
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    import.others();
    let mut list = import.list;
    list.sort_by(|a, b| a.code.cmp(&b.code));
    let mut changes = import.changes;
    changes.sort_by(|a, b| (order(a.kind), &a.code).cmp(&(order(b.kind), &b.code)));
    Ok(Imported { csv: csv(&list), count: list.len(), changes })
}

fn order(kind: &str) -> Option<usize> {
    ["opened", "closed", "renamed", "moved", "services", "left_out"]
        .iter()
        .position(|own| *own == kind)
}

struct Import<'a> {
    file: &'a File,
    kind: &'a str,
    on: Date,
    previous: &'a Organisations,
    list: Vec<Organisation>,
    changes: Vec<Change>,
}

impl Import<'_> {
    fn say(&mut self, kind: &'static str, code: &str, text: String) {
        self.changes.push(Change { kind, code: code.to_owned(), text });
    }

    fn row(&mut self, row: &Row) -> Result<(), AuthorFault> {
        let (code, name) = (row.cell(CODE), row.cell(NAME));
        if row.width() != WIDTH {
            let message =
                format!("this line has {} cells, and a file of ODS has {WIDTH}", row.width());
            let help = "Give the file as ODS publishes it, like etr.csv.";
            return Err(row.fault(self.file, 0, message, help));
        }
        if code.is_empty() || name.is_empty() {
            return Err(row.fault(
                self.file,
                CODE,
                "a line without code or name",
                "Take the line out.",
            ));
        }
        if self.list.iter().any(|own| own.code == code) {
            return Err(row.fault(
                self.file,
                CODE,
                format!("“{code}” is there twice"),
                "Take one out.",
            ));
        }
        let (opens, closes) = (self.date(row, OPENS)?, self.date(row, CLOSES)?);
        if opens.is_some_and(|opens| opens > self.on) {
            return Ok(());
        }
        // The date of closing is the last day.
        if let Some(closed) = closes.filter(|closes| *closes < self.on) {
            if let Some(was) = self.previous.by_code(code) {
                let text = format!(
                    "Closed: {code} {}, on {}. Add {code} to former_codes of what it became part of.",
                    was.name,
                    closed.words_without_weekday()
                );
                self.say("closed", code, text);
            }
            return Ok(());
        }
        if !self.is(row.cell(REGION), "region") {
            let text = format!(
                "Left out: {code} {name}, not in an NHS England region (“{}”).",
                row.cell(REGION)
            );
            self.say("left_out", code, text);
            return Ok(());
        }
        if self.kind == "trust" && !self.is(row.cell(ICB), "icb") {
            let message =
                format!("“{}” is no ICB of the list {}", row.cell(ICB), self.previous.id());
            let help =
                "Import the ICBs first (--kind icb), and name the list with them in --previous.";
            return Err(row.fault(self.file, ICB, message, help));
        }
        let own = self.organisation(row);
        self.compare(&own);
        self.list.push(own);
        Ok(())
    }

    fn is(&self, code: &str, kind: &str) -> bool {
        self.previous.by_code(code).is_some_and(|own| own.kind == kind)
    }

    fn date(&self, row: &Row, column: usize) -> Result<Option<Date>, AuthorFault> {
        let text = row.cell(column);
        if text.is_empty() {
            return Ok(None);
        }
        let parts = (text.get(..4), text.get(4..6), text.get(6..));
        let (Some(year), Some(month), Some(day)) = parts else {
            return Err(row.fault(
                self.file,
                column,
                format!("“{text}” is no date"),
                "Write it like 20230630.",
            ));
        };
        let date = Date::parse(&format!("{year}-{month}-{day}"));
        let fault = |_| {
            row.fault(self.file, column, format!("“{text}” is no date"), "Write it like 20230630.")
        };
        date.map(Some).map_err(fault)
    }

    /// What the file says, with what only the previous list knows.
    fn organisation(&self, row: &Row) -> Organisation {
        let text = |column| row.cell(column).to_owned();
        let was = self.previous.by_code(row.cell(CODE)).cloned().unwrap_or_default();
        let same = was.name.eq_ignore_ascii_case(row.cell(NAME));
        let name = if same { was.name.clone() } else { title(row.cell(NAME)) };
        let mut former_names = was.former_names;
        if !same && !was.name.is_empty() {
            former_names.insert(0, was.name);
        }
        let is_trust = self.kind == "trust";
        Organisation {
            code: text(CODE),
            name,
            kind: self.kind.to_owned(),
            services: was.services,
            icb_code: if is_trust { text(ICB) } else { String::new() },
            region_code: if self.kind == "region" { String::new() } else { text(REGION) },
            former_names,
            former_codes: was.former_codes,
        }
    }

    fn compare(&mut self, own: &Organisation) {
        let code = &own.code;
        let Some(was) = self.previous.by_code(code).cloned() else {
            self.say("opened", code, format!("Opened: {code} {}.", own.name));
            if own.kind == "trust" {
                let text = format!("Services not known: {code} {}. Add them.", own.name);
                self.say("services", code, text);
            }
            return;
        };
        if was.name != own.name {
            let text = format!("Renamed: {code} {} is now {}.", was.name, own.name);
            self.say("renamed", code, text);
        }
        for (what, before, now) in
            [("ICB", &was.icb_code, &own.icb_code), ("region", &was.region_code, &own.region_code)]
        {
            if before != now {
                let text = format!("Moved: {code} {}, from {what} {before} to {now}.", own.name);
                self.say("moved", code, text);
            }
        }
    }

    /// Organisations of other kinds stay as they were; those of this kind that the file has no more are gone.
    fn others(&mut self) {
        for was in self.previous.all() {
            let known = |code: &str| self.list.iter().any(|own| own.code == code);
            if was.kind != self.kind {
                self.list.push(was.clone());
            } else if !known(&was.code)
                && !self.changes.iter().any(|change| change.code == was.code)
            {
                let code = &was.code;
                let text =
                    format!("Closed: {code} {}, which the file has no more. Check it.", was.name);
                self.say("closed", code, text);
            }
        }
    }
}

/// A list as the project’s CSV.
fn csv(list: &[Organisation]) -> String {
    let mut text = [COLUMNS.as_slice(), MORE.as_slice()].concat().join(",");
    text.push('\n');
    for own in list {
        let cells = [
            own.code.clone(),
            own.name.clone(),
            own.kind.clone(),
            own.services.join(" "),
            own.icb_code.clone(),
            own.region_code.clone(),
            own.former_names.join("; "),
            own.former_codes.join(" "),
        ];
        text.push_str(&cells.map(|cell| rows::quoted(&cell)).join(","));
        text.push('\n');
    }
    text
}

/// A name in capitals as people write it: `NORTH BRISTOL NHS TRUST` is “North Bristol NHS Trust”.
fn title(name: &str) -> String {
    let word = |(number, word): (usize, &str)| {
        let lower = word.to_lowercase();
        let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
        match bare {
            "nhs" | "icb" | "cic" | "uk" => word.to_uppercase(),
            "and" | "at" | "for" | "in" | "of" | "on" | "the" | "upon" | "with" if number > 0 => {
                lower
            }
            _ => capital(&lower),
        }
    };
    let parts = |text: &str| -> String {
        let dashed: Vec<String> = text.split('-').enumerate().map(word).collect();
        dashed.join("-")
    };
    let words = name
        .split_whitespace()
        .enumerate()
        .map(|(number, text)| if text.contains('-') { parts(text) } else { word((number, text)) });
    words.collect::<Vec<_>>().join(" ")
}

/// The first letter as a capital, wherever it stands behind brackets.
fn capital(word: &str) -> String {
    let mut done = false;
    let letter = |c: char| {
        if done || !c.is_alphabetic() {
            return c.to_string();
        }
        done = true;
        c.to_uppercase().collect()
    };
    word.chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn names_in_capitals_are_written_as_people_write_them() {
        for (capitals, name) in [
            ("NORTH BRISTOL NHS TRUST", "North Bristol NHS Trust"),
            (
                "THE NEWCASTLE UPON TYNE HOSPITALS NHS FOUNDATION TRUST",
                "The Newcastle upon Tyne Hospitals NHS Foundation Trust",
            ),
            (
                "GUY'S AND ST THOMAS' NHS FOUNDATION TRUST",
                "Guy's and St Thomas' NHS Foundation Trust",
            ),
            ("STOKE-ON-TRENT (NORTH) NHS TRUST", "Stoke-on-Trent (North) NHS Trust"),
        ] {
            assert_eq!(title(capitals), name);
        }
    }
}
