//! `publish`: a page for a new round out of a page that is built, without the tools that built it. It changes the data and
//! their list, and nothing else.

use super::args::Publish;
use super::blocks;
use super::built_page::{BuiltPage, PageError};
use super::output::{Output, Status};
use super::{Failure, edge, faults, sources};
use crate::collection::author::{self, Against, Base, Files};
use crate::collection::{
    Collection, Document, DocumentKind, EXPECTED_FORMAT, Expected, Set, Source,
};
use crate::hash::sha256_hex;
use crate::json::Value;
use crate::template::author::{AuthorFault, File, table};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// `files` hold the collections of the set, then those that the page is for, at `named`.
pub(super) fn run(
    verb: &Publish,
    named: &[PathBuf],
    mut files: Files,
    output: &mut Output,
) -> Result<Status, Failure> {
    if named.is_empty() {
        let help = "Name the file of the new round with --collection.";
        return Err(Failure::usage("no collection is named", help));
    }
    let bytes = edge::read(&verb.page)?;
    let refused = |error: &PageError| {
        Failure::unreadable(format!("{}: {error}", verb.page.display()), error.remedy())
    };
    let text = String::from_utf8(bytes)
        .map_err(|_| refused(&PageError::NotOurs("it is not text in UTF-8".to_owned())))?;
    let page = BuiltPage::read(&text).map_err(|error| refused(&error))?;

    let own = files.collections.split_off(files.collections.len().saturating_sub(named.len()));
    files.collections.retain(is_practice);
    files.collections.splice(..0, own);
    files.expected.clear();
    let documents = match documents(verb, &files)? {
        Ok(documents) => documents,
        Err(found) => return Ok(faults::stop(&found, output)),
    };
    same_compiler(&page, &documents).map_err(|error| refused(&error))?;
    let written =
        |error: blocks::BlockError| Failure::unreadable(error.to_string(), "Change the id.");
    let published = page.with(&blocks::whole(&documents).map_err(written)?);
    edge::write_new(&verb.output, &published, false)?;
    say(verb, &page, &published, &documents, output)?;
    Ok(Status::Good)
}

/// A round in which people try the page out: every page has it.
fn is_practice(file: &File) -> bool {
    table(file).is_ok_and(|own| own.get("practice").and_then(toml::Value::as_bool) == Some(true))
}

/// What the page carries: the collections, their expected list, and what they name.
fn documents(
    verb: &Publish,
    files: &Files,
) -> Result<Result<Vec<Document>, Vec<AuthorFault>>, Failure> {
    let mut documents = match author::compile(files) {
        Ok(documents) => documents,
        Err(found) => return Ok(Err(found)),
    };
    if let Some(path) = &verb.expected {
        let list = match expected(path, files, &documents)? {
            Ok(list) => list,
            Err(found) => return Ok(Err(found)),
        };
        let json = list.json();
        let first_other = documents.iter().position(|it| it.kind != DocumentKind::Collection);
        let list = Document { kind: DocumentKind::Expected, id: list.collection, json };
        documents.insert(first_other.unwrap_or(documents.len()), list);
    }
    let sources: Vec<Rc<Collection>> = collections(&documents);
    documents.retain(|document| is_named(document, &sources));
    // As the page will read them.
    Set::load(&documents)
        .map_err(|error| Failure::unreadable(error.to_string(), "Mend the file named."))?;
    Ok(Ok(documents))
}

fn collections(documents: &[Document]) -> Vec<Rc<Collection>> {
    let of_it = documents.iter().filter(|it| it.kind == DocumentKind::Collection);
    of_it.filter_map(|it| Collection::read(it.json.as_bytes()).ok()).map(Rc::new).collect()
}

/// Whether a document is a collection, goes with one, or is named by one.
fn is_named(document: &Document, collections: &[Rc<Collection>]) -> bool {
    let by = |of: &dyn Fn(&Source) -> bool| collections.iter().any(|it| of(it.source()));
    let hash = sha256_hex(document.json.as_bytes());
    let template = |hash: &str| by(&|source| source.returns.iter().any(|due| due.sha256 == hash));
    match document.kind {
        DocumentKind::Collection | DocumentKind::Expected => true,
        DocumentKind::Organisations => by(&|source| source.organisations.sha256 == hash),
        DocumentKind::Plan => template(&document.id),
        DocumentKind::Template => template(&hash),
    }
}

/// The list of who owes which return: as `expected import` writes it, or the rows alone, for the first collection.
fn expected(
    path: &Path,
    files: &Files,
    documents: &[Document],
) -> Result<Result<Expected, Vec<AuthorFault>>, Failure> {
    let (base, _) = Base::new(files);
    let all = collections(documents);
    let read = |path: &Path| {
        sources::read_file(path)
            .map_err(|error| Failure::unreadable(error.to_string(), "Check the file’s name."))
    };
    let file = read(path)?;
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("csv") => {
            let lost = || {
                Failure::unreadable("its organisation list is not in the set", "Add it to the set.")
            };
            let collection = all.first().ok_or_else(lost)?;
            let organisations = base.organisations_of(collection).ok_or_else(lost)?;
            let rows = author::owes(&file, Against { collection, organisations });
            let issued = edge::now()?.date().to_string();
            Ok(rows.map(|organisations| Expected {
                format: EXPECTED_FORMAT.to_owned(),
                collection: collection.source().id.clone(),
                serial: 1,
                issued,
                complete: false,
                note: String::new(),
                organisations,
            }))
        }
        Some("toml") => {
            let rows = path.with_extension("csv");
            let rows = if rows.is_file() { Some(read(&rows)?) } else { None };
            Ok(author::expected(&file, rows.as_ref(), &all, &base))
        }
        _ => {
            let help = "Give rows in CSV, or a list that `ia-returns expected import` wrote.";
            let list = crate::json::read(file.text.as_bytes())
                .map_err(|error| error.to_string())
                .and_then(|value| Expected::read(&value).map_err(|error| error.to_string()))
                .map_err(|error| {
                    Failure::unreadable(format!("{}: {error}", path.display()), help)
                })?;
            if !all.iter().any(|it| it.source().id == list.collection) {
                let message = format!(
                    "{}: the list is for the collection “{}”",
                    path.display(),
                    list.collection
                );
                return Err(Failure::unreadable(
                    message,
                    "Give the list of the collection that the page is for.",
                ));
            }
            Ok(Ok(list))
        }
    }
}

/// A plan is what a compiler made of a template. Where the page and this program make different plans of one template, their
/// versions differ, whatever they say.
fn same_compiler(page: &BuiltPage<'_>, documents: &[Document]) -> Result<(), PageError> {
    for plan in documents.iter().filter(|document| document.kind == DocumentKind::Plan) {
        let there = page.blocks.iter().find(|block| block.kind == "plan" && block.id == plan.id);
        if there.is_some_and(|block| block.sha256 != sha256_hex(plan.json.as_bytes())) {
            let version = format!("{} of another build", blocks::VERSION);
            return Err(PageError::OtherVersion(version));
        }
    }
    Ok(())
}

fn say(
    verb: &Publish,
    page: &BuiltPage<'_>,
    published: &str,
    documents: &[Document],
    output: &mut Output,
) -> Result<(), Failure> {
    let code = blocks::check_code(documents)
        .map_err(|error| Failure::unreadable(error.to_string(), "Change the id."))?;
    let ids: Vec<&str> = documents
        .iter()
        .filter(|document| document.kind == DocumentKind::Collection)
        .map(|document| document.id.as_str())
        .collect();
    let (file, sha256) = (verb.output.display().to_string(), sha256_hex(published.as_bytes()));
    output.line(&format!("Saved {file}"));
    output.line(&format!("Collections: {}", ids.join(", ")));
    output.line(&format!("Check code, under “About this page”: {code}"));
    output.line(&format!("SHA-256: {sha256}"));
    output.line(&format!(
        "SHA-256 of all but its data, as in the page it was made from: {}",
        page.frame_sha256()
    ));
    output.member("check_code", code);
    output.member("collections", ids.into_iter().map(Value::from).collect::<Value>());
    output.member("file", file);
    output.member("frame_sha256", page.frame_sha256());
    output.member("sha256", sha256);
    Ok(())
}
