//! The data blocks of a page: collections, expected lists, templates and organisations as canonical JSON.

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, bail};
use ia_returns::cli::sources;
use ia_returns::collate::author::picture;
use ia_returns::collection::{Document, Set, author};

use crate::blank::{self, Blank};
use crate::workspace::Workspace;

/// What a build carries besides the authored data, for tests and measurements.
#[derive(Default)]
pub(crate) struct More {
    /// Files of collections.
    pub(crate) collections: Vec<PathBuf>,
    /// Files of templates.
    pub(crate) templates: Vec<PathBuf>,
    /// Where the pages go; none: `pkg/test`.
    pub(crate) folder: Option<PathBuf>,
}

/// Compiles everything under `templates/`, `collections/` and `organisations/`, with the collections in `more`
/// before those that lie there. The order is the library's: it is the order in which a person sees them.
///
/// # Errors
///
/// Every fault of every file, with its line and column.
pub(crate) fn compile(workspace: &Workspace, more: &More) -> Result<(Vec<Document>, Vec<Blank>)> {
    let mut files = sources::read(&workspace.root).context("read the authored data")?;
    for (place, path) in more.collections.iter().enumerate() {
        files.collections.insert(place, sources::read_file(path).context("read a collection")?);
    }
    for path in &more.templates {
        files.templates.push(sources::read_file(path).context("read a template")?);
    }
    match author::compile(&files) {
        Ok(documents) => {
            let set = Set::load(&documents).map_err(|fault| anyhow!("load the data: {fault}"))?;
            Ok((documents, blank::forms(&set)))
        }
        Err(faults) => {
            let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
            bail!("the authored data has faults\n{}", lines.join("\n"))
        }
    }
}

/// What is looked at in the returns of each template, a line of JSON for each, for the page that collates: no other has it.
/// It goes into that page's script, and not among its data: `publish` changes the data, and leaves what is looked at.
///
/// # Errors
///
/// Every fault of every file.
pub(crate) fn pictures(workspace: &Workspace) -> Result<String> {
    let mut texts = Vec::new();
    for file in sources::pictures(Some(&workspace.root)).context("read the pictures")? {
        match picture(&file) {
            Ok((_, json)) => texts.push(json),
            Err(faults) => {
                let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
                bail!("the pictures have faults\n{}", lines.join("\n"))
            }
        }
    }
    Ok(texts.join("\n"))
}
