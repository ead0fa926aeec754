//! The data blocks of a page: templates, collections, organisations and expected lists as canonical JSON.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::page::Block;
use crate::workspace::{Workspace, create_folder, files_below};

/// Compiles everything under `templates/`, `collections/` and `organisations/`, with the collections in `more`
/// as if they lay there too.
pub(crate) fn compile(workspace: &Workspace, more: &[PathBuf]) -> Result<Vec<Block>> {
    let mut blocks = if more.is_empty() {
        compile_set(&workspace.root)?
    } else {
        compile_set(&copy_with(workspace, more)?)?
    };
    blocks.sort_by(|a, b| (&a.kind, &a.id).cmp(&(&b.kind, &b.id)));
    Ok(blocks)
}

/// Stands in for the library's compiler until it lands.
fn compile_set(root: &Path) -> Result<Vec<Block>> {
    let _ = root;
    Ok(vec![Block {
        kind: "collection".to_owned(),
        id: "practice".to_owned(),
        json: r#"{"format":"ia-collection/1","id":"practice"}"#.to_owned(),
    }])
}

/// A copy of the data folders with more collections in it: the compiler takes whole sets only, so that a
/// collection is never checked against other templates than those it ships with.
fn copy_with(workspace: &Workspace, more: &[PathBuf]) -> Result<PathBuf> {
    let set = workspace.work.join("set");
    if set.exists() {
        fs::remove_dir_all(&set).with_context(|| format!("empty {}", set.display()))?;
    }
    for folder in ["templates", "collections", "organisations"] {
        let from = workspace.path(folder);
        for file in files_below(&from)? {
            let inside = file.strip_prefix(&workspace.root).context("name a file of the set")?;
            copy(&file, &set.join(inside))?;
        }
    }
    for file in more {
        let name = file.file_name().with_context(|| format!("{} is not a file", file.display()))?;
        copy(file, &set.join("collections").join(name))?;
    }
    Ok(set)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        create_folder(folder)?;
    }
    fs::copy(from, to).with_context(|| format!("copy {}", from.display())).map(|_| ())
}
