//! The manifest: when each file arrived, as whoever received the files wrote it down.

use crate::sorted::SortedMap;
use crate::time::Instant;
use thiserror::Error;

/// When files arrived, by their names without their folders.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    rows: SortedMap<String, Instant>,
}

/// Why a manifest is not taken. Displays as a part of a sentence.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("line {line}: {reason}")]
pub struct ManifestError {
    /// The line, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub reason: String,
}

impl ManifestError {
    /// What to do about it.
    pub const REMEDY: &str = "Give a CSV file with the columns file and received_at, with times like 2023-07-28T11:00:00+01:00.";
}

impl Manifest {
    /// Reads a CSV file with the columns `file` and `received_at`.
    ///
    /// # Errors
    /// A column that is missing, a time that cannot be read, a file that has no name or is there twice.
    pub fn read(bytes: &[u8]) -> Result<Self, ManifestError> {
        let mut rows =
            csv::Reader::from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
        let refused = |line: u64, reason: String| ManifestError { line, reason };
        let names = rows.headers().map_err(|error| refused(1, error.to_string()))?;
        let column = |wanted: &str| {
            let place = names.iter().position(|name| name.trim() == wanted);
            place.ok_or_else(|| refused(1, format!("there is no column {wanted}")))
        };
        let (file, at) = (column("file")?, column("received_at")?);
        let mut found = Self::default();
        for row in rows.records() {
            let row = row.map_err(|error| {
                refused(error.position().map_or(1, csv::Position::line), error.to_string())
            })?;
            let line = row.position().map_or(1, csv::Position::line);
            let cell = |place: usize| row.get(place).unwrap_or_default().trim();
            let time = Instant::parse(cell(at));
            let time = time.map_err(|error| refused(line, format!("“{}” is {error}", cell(at))))?;
            let name = last_name(cell(file)).to_owned();
            if name.is_empty() || found.rows.contains_key(&name) {
                return Err(refused(line, format!("“{name}” is empty or there twice")));
            }
            found.rows.insert(name, time);
        }
        Ok(found)
    }

    /// When a file arrived. Of what was packed, the manifest may name the file or what it was packed in.
    pub fn at(&self, name: &str) -> Option<Instant> {
        name.split(['/', '\\']).rev().find_map(|name| self.rows.get(name)).copied()
    }

    /// How many files it names.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it names none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

fn last_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_names_without_folders() {
        let text = "\u{feff}file,received_at\nmail\\a.json,2023-07-28T11:00:00+01:00\n\"b, c.json\",2023-07-28T11:30:00+01:00\n";
        let manifest = Manifest::read(text.as_bytes()).unwrap();
        let at = |name| manifest.at(name).map(Instant::to_london_text);
        assert_eq!(at("in/a.json").as_deref(), Some("2023-07-28T11:00:00+01:00"));
        assert_eq!(at("b, c.json").as_deref(), Some("2023-07-28T11:30:00+01:00"));
        assert_eq!(at("c.json"), None);
        assert_eq!(manifest.len(), 2);
    }

    #[test]
    fn what_is_wrong_is_named_by_its_line() {
        let line = |text: &str| Manifest::read(text.as_bytes()).unwrap_err().line;
        assert_eq!(line("file,at\n"), 1);
        assert_eq!(line("file,received_at\na,yesterday\n"), 2);
        let twice =
            "file,received_at\na,2023-07-28T11:00:00+01:00\nx/a,2023-07-28T11:00:00+01:00\n";
        assert_eq!(line(twice), 3);
    }
}
