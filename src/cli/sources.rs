//! The authored data: the set that is shipped inside the program, and folders beside it.

use crate::collection::author::Files;
use crate::template::author::{File, table};
use include_dir::{Dir, include_dir};
use std::cmp::Reverse;
use std::path::Path;

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static COLLECTIONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/collections");
static ORGANISATIONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/organisations");
static PICTURES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/pictures");
static CALENDAR: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/calendar");

/// The data shipped inside the program.
pub fn shipped() -> Files {
    let expected = COLLECTIONS.get_dir("expected");
    let in_expected =
        |ending: &str| expected.map(|dir| folder("collections", dir, ending)).unwrap_or_default();
    Files {
        templates: folder("templates", &TEMPLATES, "toml"),
        collections: newest_first(folder("collections", &COLLECTIONS, "toml")),
        expected: in_expected("toml"),
        expected_rows: in_expected("csv"),
        organisations: folder("organisations", &ORGANISATIONS, "csv"),
        calendar: folder("calendar", &CALENDAR, "toml"),
    }
}

fn folder(name: &str, folder: &Dir<'_>, ending: &str) -> Vec<File> {
    let files = folder.files().filter(|file| file.path().extension().is_some_and(|e| e == ending));
    let read = files.filter_map(|file| {
        let path = format!("{name}/{}", file.path().display()).replace('\\', "/");
        Some(File { path, text: file.contents_utf8()?.to_owned() })
    });
    sorted(read.collect())
}

/// The data in `templates/`, `collections/`, `organisations/` and `calendar/` under a folder. Without a
/// calendar of its own the one shipped is used.
///
/// # Errors
/// The first folder or file that could not be read, with its path.
pub fn read(root: &Path) -> std::io::Result<Files> {
    Ok(Files {
        templates: read_folder(&root.join("templates"), "toml")?,
        collections: newest_first(read_folder(&root.join("collections"), "toml")?),
        expected: read_folder(&root.join("collections/expected"), "toml")?,
        expected_rows: read_folder(&root.join("collections/expected"), "csv")?,
        organisations: read_folder(&root.join("organisations"), "csv")?,
        // Bank holidays are the same for everybody, so a folder may do without.
        calendar: match root.join("calendar") {
            folder if folder.is_dir() => read_folder(&folder, "toml")?,
            _ => shipped().calendar,
        },
    })
}

/// What is looked at in the returns of each template: of a folder where it has pictures, else those that are shipped.
///
/// # Errors
/// The first file that could not be read, with its path.
pub fn pictures(root: Option<&Path>) -> std::io::Result<Vec<File>> {
    match root.map(|root| root.join("pictures")).filter(|folder| folder.is_dir()) {
        Some(folder) => read_folder(&folder, "toml"),
        None => Ok(folder("pictures", &PICTURES, "toml")),
    }
}

/// One authored file.
///
/// # Errors
/// Where it could not be read, with its path.
pub fn read_file(path: &Path) -> std::io::Result<File> {
    let text = std::fs::read_to_string(path).map_err(|error| named(path, &error))?;
    Ok(File { path: path.display().to_string(), text })
}

pub(super) fn read_folder(folder: &Path, ending: &str) -> std::io::Result<Vec<File>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| named(folder, &error))? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == ending) {
            files.push(read_file(&path)?);
        }
    }
    Ok(sorted(files))
}

fn named(path: &Path, error: &std::io::Error) -> std::io::Error {
    std::io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// Files in the order of their names.
fn sorted(mut files: Vec<File>) -> Vec<File> {
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// Collections in the order in which a person should see them: the newest action first, practice last. One that cannot
/// be read stands before practice; its faults are said when it is compiled.
fn newest_first(mut files: Vec<File>) -> Vec<File> {
    let key = |file: &File| {
        let read = table(file).unwrap_or_default();
        let practice = read.get("practice").and_then(toml::Value::as_bool).unwrap_or_default();
        let action = read.get("action").and_then(toml::Value::as_array).and_then(|all| all.first());
        let starts = action.and_then(|own| own.get("starts")).and_then(toml::Value::as_str);
        (practice, Reverse(starts.unwrap_or_default().to_owned()))
    };
    files.sort_by_cached_key(key);
    files
}
