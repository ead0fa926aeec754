//! `collection build`, `diff`, `lint`: for whoever writes a new round.

use super::args::Files;
use super::author_args::{Build, Diff};
use super::faults;
use super::files::{self, Refusal};
use super::output::{Output, Status, aside};
use super::{Failure, edge, sources};
use crate::collection::author::{self, Base};
use crate::collection::{Collection, EXPECTED_FORMAT, diff};
use crate::json::Value;
use crate::template::author::{AuthorFault, File, table};
use std::path::Path;
use std::rc::Rc;

pub(super) fn build(verb: &Build, base: &Base, output: &mut Output) -> Result<Status, Failure> {
    let file = read(&verb.file)?;
    let collection = match author::collection(&file, base) {
        Ok(collection) => collection,
        Err(found) => return Ok(faults::stop(&found, output)),
    };
    let (id, sha256) = (&collection.source().id, collection.sha256());
    output.member("id", id);
    output.member("sha256", sha256);
    if let Some(path) = &verb.output {
        edge::write_new(path, collection.json(), false)?;
        output.line(&format!("Saved {}", path.display()));
        output.line(&format!("Id: {id}"));
        output.line(&format!("SHA-256: {sha256}"));
        output.member("file", path.display().to_string());
    } else if output.is_json() {
        output.member(
            "collection",
            crate::json::read(collection.json().as_bytes()).unwrap_or_default(),
        );
    } else {
        // No line break at the end: these are the bytes that are hashed.
        Output::raw(collection.json());
        aside(&format!("Id: {id}"));
        aside(&format!("SHA-256: {sha256}"));
    }
    Ok(Status::Good)
}

pub(super) fn lint(verb: &Files, base: &Base, all: &author::Files, output: &mut Output) -> Status {
    files::each(&verb.files, output, |name, bytes, output, one| {
        let text = String::from_utf8(bytes.to_vec()).map_err(|_| Refusal {
            code: "not_readable",
            message: "it is not text in UTF-8".to_owned(),
            help: "Save it as UTF-8.".to_owned(),
        })?;
        let file = File { path: name.to_owned(), text };
        let found = lint_one(&file, base, all).map_err(Refusal::from)?;
        if found.is_empty() {
            output.line(&format!("{name}: no faults"));
        }
        one.member("faults", faults::say(&found, output));
        Ok(if found.is_empty() { Status::Good } else { Status::Findings })
    })
}

/// The faults of a collection, or else of the expected list that stands with it; or of an expected list.
fn lint_one(file: &File, base: &Base, all: &author::Files) -> Result<Vec<AuthorFault>, Failure> {
    let folder = Path::new(&file.path).parent().unwrap_or(Path::new(""));
    let member = |file: &File, name: &str| {
        let read = table(file).ok()?;
        read.get(name).and_then(toml::Value::as_str).map(str::to_owned)
    };
    if member(file, "format").as_deref() == Some(EXPECTED_FORMAT) {
        let id = member(file, "collection");
        let of_it = all.collections.iter().filter(|own| member(own, "id") == id);
        let collections: Vec<_> =
            of_it.filter_map(|own| author::collection(own, base).ok()).collect();
        return list_faults(file, folder, &collections, base);
    }
    let collection = match author::collection(file, base) {
        Ok(collection) => collection,
        Err(found) => return Ok(found),
    };
    let folder = folder.join("expected");
    match beside(&folder, file, "toml")? {
        Some(list) => list_faults(&list, &folder, &[collection], base),
        None => Ok(Vec::new()),
    }
}

/// The file of this name with another ending, if there is one.
fn beside(folder: &Path, file: &File, ending: &str) -> Result<Option<File>, Failure> {
    let path = folder.join(format!("{}.{ending}", file.stem()));
    if path.is_file() { read(&path).map(Some) } else { Ok(None) }
}

/// The faults of an expected list, whose rows lie in this folder.
fn list_faults(
    list: &File,
    folder: &Path,
    collections: &[Rc<Collection>],
    base: &Base,
) -> Result<Vec<AuthorFault>, Failure> {
    let rows = beside(folder, list, "csv")?;
    Ok(author::expected(list, rows.as_ref(), collections, base).err().unwrap_or_default())
}

pub(super) fn differences(
    verb: &Diff,
    base: &Base,
    files: &author::Files,
    output: &mut Output,
) -> Result<Status, Failure> {
    let mut both = Vec::new();
    for named in [&verb.old, &verb.new] {
        match round(named, base, files)? {
            Ok(collection) => both.push(collection),
            Err(found) => return Ok(faults::stop(&found, output)),
        }
    }
    let [old, new] = both.as_slice() else { return Ok(Status::Refused) };
    let titles: Vec<(&str, &str)> = base
        .templates
        .iter()
        .map(|t| (t.source().id.as_str(), t.source().title.as_str()))
        .collect();
    let all = diff(old, new, &titles);
    if all.is_empty() {
        output.line("No difference.");
    }
    for difference in &all {
        output.line(&difference.text);
    }
    let to_json =
        |d: &crate::collection::Difference| crate::json!({ "about": &d.about, "text": &d.text });
    output.member("differences", all.iter().map(to_json).collect::<Value>());
    Ok(Status::Good)
}

/// A collection named by its file or by its id.
fn round(
    named: &Path,
    base: &Base,
    files: &author::Files,
) -> Result<Result<Rc<Collection>, Vec<AuthorFault>>, Failure> {
    let shipped = files.collections.iter().find(|file| Some(file.stem()) == named.to_str());
    let file = match shipped {
        Some(file) if !named.exists() => file.clone(),
        _ => read(named)?,
    };
    Ok(author::collection(&file, base))
}

fn read(path: &Path) -> Result<File, Failure> {
    sources::read_file(path)
        .map_err(|error| Failure::unreadable(error.to_string(), "Check the file’s name."))
}
