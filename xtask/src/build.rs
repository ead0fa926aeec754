//! The build: what is stale is made again, the pages are put together and written to `pkg/`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::budget::{self, Measure};
use crate::encode::base64;
use crate::page::{self, HostedFile, Parts, Program};
use crate::workspace::{Workspace, entries, read_text, write};
use crate::{blocks, engine, script, second, style, tool};

/// Builds the pages and says how big they are. With more collections, the pages go to `pkg/test`.
///
/// # Errors
///
/// When a tool is missing or fails, or the data does not compile.
pub(crate) fn build(workspace: &Workspace, more: &[PathBuf]) -> Result<Vec<Measure>> {
    let blocks = blocks::compile(workspace, more)?;
    tool::npm_packages(workspace)?;
    let engine = engine::build(workspace, &engine::PAGE)?;
    let keys = engine::build(workspace, &engine::KEYS)?;
    let approve = engine::build(workspace, &engine::APPROVE)?;
    let style = style::build(workspace)?;
    let second = second::build(workspace, &engine, &second::PAGE)?;
    let second_keys = second::build(workspace, &keys, &second::KEYS)?;
    let second_approve = second::build(workspace, &approve, &second::APPROVE)?;
    let engines = [&engine, &keys, &approve];
    let seconds = [&second, &second_keys, &second_approve];
    let scripts = script::build(workspace, engines, seconds)?;
    let [packed, packed_keys, packed_approve] = engines.map(|engine| base64(&engine.packed));
    let parts = Parts {
        shell: &read_text(&workspace.path("www/page.html"))?,
        index: &read_text(&workspace.path("www/index.html"))?,
        style: &style,
        first: &scripts.first,
        index_script: &scripts.index,
        submit: Program {
            files: &page::SUBMIT,
            app: &scripts.app,
            engine: &packed,
            second: &second,
        },
        approve: Program {
            files: &page::APPROVE,
            app: &scripts.approve,
            engine: &packed_approve,
            second: &second_approve,
        },
        keys: &packed_keys,
        keys_sha256: &keys.packed_sha256,
        second_keys: &second_keys,
        blocks: &blocks,
    };
    let submit = page::single(&parts, &parts.submit, &[("keys-engine", parts.keys)])?;
    let approve = page::single(&parts, &parts.approve, &[])?;
    let hosted = page::hosted(&parts)?;
    let folder = if more.is_empty() { "pkg" } else { "pkg/test" };
    let folder = workspace.path(folder);
    write(&folder.join("return.html"), submit.as_bytes())?;
    write(&folder.join("approve.html"), approve.as_bytes())?;
    write_site(&folder.join("site"), &hosted)?;

    let measures = budget::measure(engines, seconds, [&submit, &approve], &hosted)?;
    budget::print(&measures);
    println!("written: {0}/return.html, {0}/approve.html and {0}/site", folder.display());
    Ok(measures)
}

/// Writes the folder to host, and removes what an earlier build left in it.
fn write_site(folder: &Path, files: &[HostedFile]) -> Result<()> {
    for file in files {
        write(&folder.join(&file.name), file.text.as_bytes())?;
    }
    for path in entries(folder)? {
        let known = files
            .iter()
            .any(|file| path.file_name().is_some_and(|name| name == file.name.as_str()));
        if !known && path.is_file() {
            fs::remove_file(&path).with_context(|| format!("remove {}", path.display()))?;
        }
    }
    Ok(())
}
