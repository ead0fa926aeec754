//! The files of a collation: folders with all that is in them, archives, e-mails. Every one is named, whatever it is, and
//! none stops the rest.
//!
//! Names come from strangers: they are shown and compared, never used as a way to a file. Links are not followed, so
//! there are no loops and nothing is read that lies elsewhere.

use crate::collate::unpack::{self, LONGEST_CONTAINER, Limits};
use crate::collate::{Bench, Judged, OtherKind, judge};
use crate::json::MAX_BYTES;
use crate::register::{Received, Source};
use crate::time::Instant;
use std::fs::{self, File, Metadata};
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Deeper folders are named and not opened.
const DEEPEST: usize = 64;
/// A file that was changed while it was read is read again so often.
const TRIES: usize = 3;

/// Something that was found, by its way from where it was looked for.
pub(super) struct Found {
    pub(super) name: String,
    pub(super) what: FoundWhat,
}

/// What was found.
pub(super) enum FoundWhat {
    /// A file to be read.
    File(PathBuf),
    /// Something that is not read, and why.
    Named { sentence: String, next_step: &'static str },
}

/// Everything below some paths, in the order of their names; what is in `out` is left out.
pub(super) fn find(paths: &[PathBuf], out: &[&Path]) -> Vec<Found> {
    let mut found = Vec::new();
    let out: Vec<PathBuf> = out.iter().filter_map(|out| fs::canonicalize(out).ok()).collect();
    for path in paths {
        // A folder that is named is where names begin; a file that is named is known by its own name.
        let is_folder = path.is_dir();
        let name = if is_folder {
            String::new()
        } else {
            path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
        };
        // Somebody who gives the name of a link means what it leads to.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.clone());
        walk(&path, &name, 0, &out, &mut found);
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

fn walk(path: &Path, name: &str, depth: usize, out: &[PathBuf], found: &mut Vec<Found>) {
    let mut named = |sentence: String, next_step: &'static str| {
        let what = FoundWhat::Named { sentence, next_step };
        found.push(Found { name: name.to_owned(), what });
    };
    let kind = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata.file_type(),
        Err(error) => return named(format!("it cannot be read: {error}"), CHECK),
    };
    if kind.is_symlink() {
        let next_step = "Put the file itself into the folder if it belongs there.";
        return named(
            "this is a link to another place, which is not followed".to_owned(),
            next_step,
        );
    }
    if kind.is_file() {
        let what = FoundWhat::File(path.to_owned());
        return found.push(Found { name: name.to_owned(), what });
    }
    if !kind.is_dir() {
        return named("this is no file: a device, a pipe or a socket".to_owned(), "Take it out.");
    }
    if out.iter().any(|out| out == path) {
        return;
    }
    if depth >= DEEPEST {
        return named("this folder lies too deep, and is not opened".to_owned(), "Move it up.");
    }
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) => return named(format!("this folder cannot be opened: {error}"), CHECK),
    };
    for entry in entries {
        let Ok(entry) = entry else { continue };
        let own = entry.file_name();
        let own = own.to_string_lossy();
        let name = if name.is_empty() { own.into_owned() } else { format!("{name}/{own}") };
        walk(&entry.path(), &name, depth + 1, out, found);
    }
}

const CHECK: &str = "Check that you may read it.";

/// How files are taken in.
#[derive(Clone, Copy)]
pub(super) struct Intake<'a> {
    pub(super) bench: &'a Bench<'a>,
    /// Whether the time at which a file was last changed is taken for that of its receipt.
    pub(super) assume_file_times: bool,
}

impl Intake<'_> {
    /// Reads and judges one thing that was found: several files, where it is an archive or an e-mail.
    pub(super) fn take(self, found: &Found) -> Vec<Judged> {
        let path = match &found.what {
            FoundWhat::File(path) => path,
            FoundWhat::Named { sentence, next_step } => {
                let kind = OtherKind::Unreadable;
                return vec![Judged::unread(&found.name, 0, kind, sentence, next_step)];
            }
        };
        let read = match read(path) {
            Ok(read) => read,
            Err(sentence) => {
                let kind = OtherKind::Unreadable;
                return vec![Judged::unread(&found.name, 0, kind, &sentence, CHECK)];
            }
        };
        let mut judged = match read.what {
            Content::Bytes(bytes) => vec![judge(&found.name, &bytes, self.bench)],
            Content::Email(bytes) => {
                unpack::email(&found.name, &bytes, self.bench, &mut Limits::default())
            }
            Content::TooLarge(size) => vec![Judged::too_large(&found.name, size)],
            Content::Zip(file) => {
                unpack::zip(&found.name, file, self.bench, &mut Limits::default())
            }
        };
        let changed = read.changed.filter(|_| self.assume_file_times);
        for one in judged.iter_mut().filter(|one| one.received == Received::Unknown) {
            if let Some(at) = changed {
                one.received = Received::At(at, Source::Assumed);
            }
        }
        judged
    }
}

/// A file that was read.
struct ReadFile {
    what: Content,
    /// When it was last changed, by the clock of the computer it lies on.
    changed: Option<Instant>,
}

enum Content {
    Bytes(Vec<u8>),
    Email(Vec<u8>),
    TooLarge(u64),
    Zip(File),
}

/// Reads a file; one that changes meanwhile is read again.
fn read(path: &Path) -> Result<ReadFile, String> {
    for _ in 0..TRIES {
        let mut file = File::open(path).map_err(|error| format!("it cannot be read: {error}"))?;
        let before = file.metadata().map_err(|error| format!("it cannot be read: {error}"))?;
        if !before.is_file() {
            return Err("it is no file any more".to_owned());
        }
        let size = before.len();
        let what = content(&mut file, path, size).map_err(|e| format!("it cannot be read: {e}"))?;
        let after = fs::metadata(path).map_err(|error| format!("it cannot be read: {error}"))?;
        let length = match &what {
            Content::Bytes(bytes) | Content::Email(bytes) => {
                u64::try_from(bytes.len()).unwrap_or(0)
            }
            Content::TooLarge(_) | Content::Zip(_) => size,
        };
        if state(&before) == state(&after) && length == size {
            return Ok(ReadFile { what: held(what, file), changed: changed(&after) });
        }
    }
    Err("it was changed while it was read".to_owned())
}

/// An archive is read from its file, which goes along.
fn held(what: Content, file: File) -> Content {
    if matches!(what, Content::Zip(_)) { Content::Zip(file) } else { what }
}

fn content(file: &mut File, path: &Path, size: u64) -> std::io::Result<Content> {
    let mut first = [0; 4];
    let begun = file.read(&mut first)?;
    file.seek(SeekFrom::Start(0))?;
    let is_email = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("eml"));
    let is_zip = begun == 4 && unpack::is_zip(&first);
    let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
    if size > LONGEST_CONTAINER || size > most && !is_email && !is_zip {
        return Ok(Content::TooLarge(size));
    }
    if is_zip {
        return Ok(Content::Zip(file.try_clone()?));
    }
    let most = if is_email { LONGEST_CONTAINER } else { most };
    let mut bytes = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(if is_email { Content::Email(bytes) } else { Content::Bytes(bytes) })
}

fn state(metadata: &Metadata) -> (u64, Option<std::time::SystemTime>) {
    (metadata.len(), metadata.modified().ok())
}

fn changed(metadata: &Metadata) -> Option<Instant> {
    let since = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Instant::from_seconds(i64::try_from(since.as_secs()).ok()?).ok()
}
