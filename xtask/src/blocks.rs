//! The data blocks of a page: collections, expected lists, templates and organisations as canonical JSON.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use ia_returns::cli::sources;
use ia_returns::collection::{Document, author};

use crate::workspace::Workspace;

/// Compiles everything under `templates/`, `collections/` and `organisations/`, with the collections in `more`
/// before those that lie there. The order is the library's: it is the order in which a person sees them.
///
/// # Errors
///
/// Every fault of every file, with its line and column.
pub(crate) fn compile(workspace: &Workspace, more: &[PathBuf]) -> Result<Vec<Document>> {
    let mut files = sources::read(&workspace.root).context("read the authored data")?;
    for (place, path) in more.iter().enumerate() {
        files.collections.insert(place, sources::read_file(path).context("read a collection")?);
    }
    match author::compile(&files) {
        Ok(documents) => Ok(documents),
        Err(faults) => {
            let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
            bail!("the authored data has faults\n{}", lines.join("\n"))
        }
    }
}
