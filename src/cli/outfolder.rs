//! The folder that a collation is written to: whole, or not at all. It is made beside its place under another name and
//! moved there at the end; what stands there before stays until then.

use super::Failure;
use crate::json::{self, Value};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The file by which a folder is known as one of ours; it lists all others.
const LIST: &str = "contents.json";
/// What that file says it is.
const FORMAT: &str = "ia-collated-files/1";

/// A folder in the making.
pub(super) struct OutFolder {
    place: PathBuf,
    making: PathBuf,
    files: Vec<String>,
    is_kept: bool,
}

fn failed(path: &Path, error: &std::io::Error) -> Failure {
    let help = "Choose another folder, or check that you may write there.";
    Failure::unreadable(format!("{}: {error}", path.display()), help)
}

impl OutFolder {
    /// Begins a folder. `place` is where it will stand.
    ///
    /// # Errors
    /// Where something stands there that is not an earlier collation and nothing else, or nothing can be written.
    pub(super) fn begin(place: &Path) -> Result<Self, Failure> {
        let place = std::path::absolute(place).map_err(|error| failed(place, &error))?;
        let name = place.file_name().map(|name| name.to_string_lossy().into_owned());
        let (Some(name), Some(parent)) = (name, place.parent()) else {
            let help = "Give the name of a folder, not of a whole disk.";
            return Err(Failure::usage(
                format!("{} is no folder of its own", place.display()),
                help,
            ));
        };
        allowed(&place)?;
        fs::create_dir_all(parent).map_err(|error| failed(parent, &error))?;
        let making = parent.join(format!(".{name}.making-{}", std::process::id()));
        fs::create_dir(&making).map_err(|error| failed(&making, &error))?;
        Ok(Self { place, making, files: Vec::new(), is_kept: false })
    }

    /// The folder in the making, which is left out where its surroundings are read.
    pub(super) fn making(&self) -> &Path {
        &self.making
    }

    /// Begins a file in it. `name` is one of ours, with `/` between folder and file.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(super) fn create(&mut self, name: &str) -> Result<fs::File, Failure> {
        let path = self.making.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| failed(parent, &error))?;
        }
        self.files.push(name.to_owned());
        fs::File::create_new(&path).map_err(|error| failed(&path, &error))
    }

    /// Writes a file into it.
    ///
    /// # Errors
    /// As [`OutFolder::create`].
    pub(super) fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        let mut file = self.create(name)?;
        file.write_all(bytes).map_err(|error| failed(&self.making.join(name), &error))
    }

    /// The files that were begun, in order.
    pub(super) fn files(&self) -> Vec<String> {
        let mut files = self.files.clone();
        files.sort_unstable();
        files
    }

    /// Moves it to its place.
    ///
    /// # Errors
    /// Where it cannot be moved: what stood there before stands there still.
    pub(super) fn finish(mut self) -> Result<(), Failure> {
        let files: Value = self.files().into_iter().map(Value::String).collect();
        let list = crate::json!({ "files": files, "format": FORMAT });
        self.write(LIST, json::indented(&list).as_bytes())?;
        // It may have changed since the beginning.
        allowed(&self.place)?;
        let before = self.making.with_extension("before");
        let stood = self.place.exists();
        if stood {
            fs::rename(&self.place, &before).map_err(|error| failed(&self.place, &error))?;
        }
        if let Err(error) = fs::rename(&self.making, &self.place) {
            if stood {
                let _ = fs::rename(&before, &self.place);
            }
            return Err(failed(&self.place, &error));
        }
        self.is_kept = true;
        if stood {
            fs::remove_dir_all(&before).map_err(|error| failed(&before, &error))?;
        }
        Ok(())
    }
}

impl Drop for OutFolder {
    fn drop(&mut self) {
        if !self.is_kept {
            let _ = fs::remove_dir_all(&self.making);
        }
    }
}

/// Whether a folder may be written to a place: nothing is there, or an earlier collation and nothing else.
fn allowed(place: &Path) -> Result<(), Failure> {
    let Ok(metadata) = fs::symlink_metadata(place) else { return Ok(()) };
    let refused = |why: String| {
        let help = "Choose another folder for --out. Nothing was changed in this one.";
        Err(Failure::usage(format!("{}: {why}", place.display()), help))
    };
    if !metadata.is_dir() {
        return refused("this is no folder".to_owned());
    }
    let mut there = BTreeSet::new();
    below(place, "", &mut there).map_err(|error| failed(place, &error))?;
    if there.is_empty() {
        return Ok(());
    }
    let list = fs::read(place.join(LIST)).ok().and_then(|bytes| listed(&bytes));
    let Some(list) = list else {
        return refused("the folder is not empty, and holds no earlier collation".to_owned());
    };
    match there.into_iter().find(|name| name != LIST && !list.contains(name)) {
        None => Ok(()),
        Some(name) => refused(format!("the folder holds something of yours: {name}")),
    }
}

/// The files that an earlier collation says it wrote.
fn listed(bytes: &[u8]) -> Option<BTreeSet<String>> {
    let value = json::read(bytes).ok()?;
    if value.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return None;
    }
    let files = value.get("files")?.as_array()?.iter();
    Some(files.filter_map(Value::as_str).map(str::to_owned).collect())
}

/// The names of all files below a folder, with `/` between folders.
fn below(folder: &Path, name: &str, all: &mut BTreeSet<String>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let own = entry.file_name();
        let own = own.to_string_lossy();
        let name = if name.is_empty() { own.into_owned() } else { format!("{name}/{own}") };
        if entry.file_type()?.is_dir() {
            below(&entry.path(), &name, all)?;
        } else {
            all.insert(name);
        }
    }
    Ok(())
}
