//! The manifest: when each file arrived, as whoever received the files wrote it down.

use crate::sorted::SortedMap;
use crate::time::Instant;
use thiserror::Error;

/// When files arrived. A row names a file, with as much of its way as there is; a file is known by the row that agrees with most of
/// its way, or by its name alone where only one row has that name.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    /// By the last name of their way.
    rows: SortedMap<String, Vec<Row>>,
}

/// A file, and when it arrived.
#[derive(Clone, Debug)]
struct Row {
    /// Its way, with `/` between folders.
    way: String,
    at: Instant,
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
            let way = cell(file).replace('\\', "/");
            let name = last_name(&way).to_owned();
            let is_there = |rows: &Vec<Row>| rows.iter().any(|row| row.way == way);
            if name.is_empty() || found.rows.get(&name).is_some_and(is_there) {
                return Err(refused(line, format!("“{way}” is empty or there twice")));
            }
            let row = Row { way, at: time };
            match found.rows.get_mut(&name) {
                Some(rows) => rows.push(row),
                None => {
                    found.rows.insert(name, vec![row]);
                }
            }
        }
        Ok(found)
    }

    /// When a file arrived. Of what was packed, the manifest may name the file or what it was packed in.
    pub fn at(&self, name: &str) -> Option<Instant> {
        let mut way = name.replace('\\', "/");
        loop {
            let found = self.rows.get(last_name(&way)).and_then(|rows| of_way(rows, &way));
            let up = way.rfind('/');
            match (found, up) {
                (Some(at), _) => return Some(at),
                (None, None) => return None,
                (None, Some(end)) => way.truncate(end),
            }
        }
    }

    /// How many files it names.
    pub fn len(&self) -> usize {
        self.rows.values().map(Vec::len).sum()
    }

    /// Whether it names none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// The row that is for a way: of those that are the end of it the longest; else the only one of which it is the end; else the
/// only one there is, because whoever wrote it down had the files elsewhere.
fn of_way(rows: &[Row], way: &str) -> Option<Instant> {
    let ends = rows.iter().filter(|row| is_end_of(&row.way, way));
    let mut longer = rows.iter().filter(|row| is_end_of(way, &row.way));
    let longest = ends.max_by_key(|row| row.way.len());
    let of_longer = longer.next().filter(|_| longer.next().is_none());
    let only = if let [only] = rows { Some(only) } else { None };
    longest.or(of_longer).or(only).map(|row| row.at)
}

/// Whether a way is the end of another, folder by folder.
fn is_end_of(end: &str, whole: &str) -> bool {
    whole.strip_suffix(end).is_some_and(|before| before.is_empty() || before.ends_with('/'))
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
    fn of_files_of_one_name_each_is_known_by_its_folder() {
        let text = "file,received_at\nnorth/a,2023-07-28T11:00:00+01:00\nsouth/a,2023-07-28T12:00:00+01:00\n\
                    mail/south/a,2023-07-28T13:00:00+01:00\nb.eml,2023-07-28T10:00:00+01:00\n";
        let manifest = Manifest::read(text.as_bytes()).unwrap();
        let hour = |name| manifest.at(name).map(|at| at.civil().hour);
        assert_eq!(hour("north/a"), Some(11));
        assert_eq!(hour("in/north/a"), Some(11));
        assert_eq!(hour("south/a"), Some(12));
        assert_eq!(hour("mail\\south\\a"), Some(13));
        assert_eq!(hour("a"), None, "it could be any of them");
        assert_eq!(hour("east/a"), None);
        assert_eq!(hour("b.eml/x/a"), Some(10), "what it was packed in is named");
        assert_eq!(manifest.len(), 4);
    }

    #[test]
    fn what_is_wrong_is_named_by_its_line() {
        let line = |text: &str| Manifest::read(text.as_bytes()).unwrap_err().line;
        assert_eq!(line("file,at\n"), 1);
        assert_eq!(line("file,received_at\na,yesterday\n"), 2);
        let twice =
            "file,received_at\nx/a,2023-07-28T11:00:00+01:00\nx\\a,2023-07-28T11:00:00+01:00\n";
        assert_eq!(line(twice), 3);
    }
}
