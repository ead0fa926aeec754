//! The build: what is stale is made again, the pages are put together and written to `pkg/`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use ia_returns::base85;

use crate::blocks::More;
use crate::budget::{self, Measure};
use crate::page::{self, HostedFile, Load, Parts, Program};
use crate::workspace::{Workspace, entries, read_text, write};
use crate::{blocks, engine, script, second, style, tool};

/// Builds the pages and says how big they are. With more collections, the pages go elsewhere.
///
/// # Errors
///
/// When a tool is missing or fails, or the data does not compile.
pub(crate) fn build(workspace: &Workspace, more: &More) -> Result<Vec<Measure>> {
    let (blocks, blank) = blocks::compile(workspace, more)?;
    let pictures = blocks::pictures(workspace)?;
    tool::npm_packages(workspace)?;
    let engine = engine::build(workspace, &engine::PAGE)?;
    let keys = engine::build(workspace, &engine::KEYS)?;
    let approve = engine::build(workspace, &engine::APPROVE)?;
    let collate = engine::build(workspace, &engine::COLLATE)?;
    let style = style::build(workspace)?;
    let second = second::build(workspace, &engine, &second::PAGE)?;
    let second_keys = second::build(workspace, &keys, &second::KEYS)?;
    let second_approve = second::build(workspace, &approve, &second::APPROVE)?;
    let second_collate = second::build(workspace, &collate, &second::COLLATE)?;
    let engines = [&engine, &keys, &approve, &collate];
    let seconds = [&second, &second_keys, &second_approve, &second_collate];
    let scripts = script::build(workspace, engines, seconds, &pictures)?;
    let [packed, packed_keys, packed_approve, packed_collate] =
        engines.map(|engine| base85::encode(&engine.packed));
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
        collate: Program {
            files: &page::COLLATE,
            app: &scripts.collate,
            engine: &packed_collate,
            second: &second_collate,
        },
        keys: &packed_keys,
        keys_sha256: &keys.packed_sha256,
        second_keys: &second_keys,
        blocks: &blocks,
        blank: &blank,
    };
    let submit = page::single(&parts, &parts.submit, &[("keys-engine", parts.keys)])?;
    let approve = page::single(&parts, &parts.approve, &[])?;
    let collate = page::single(&parts, &parts.collate, &[])?;
    let hosted = page::hosted(&parts)?;
    let folder = match &more.folder {
        Some(folder) => folder.clone(),
        None if more.collections.is_empty() => workspace.path("pkg"),
        None => workspace.path("pkg/test"),
    };
    write(&folder.join("return.html"), submit.as_bytes())?;
    write(&folder.join("approve.html"), approve.as_bytes())?;
    write(&folder.join("collate.html"), collate.as_bytes())?;
    let measures = budget::measure(engines, seconds, [&submit, &approve, &collate], &hosted)?;
    write_files(&folder.join("site"), &hosted)?;
    // For a file share, beside the page that is one file.
    let blank: Vec<HostedFile> =
        hosted.into_iter().filter(|file| file.load == Load::Paper).collect();
    write_files(&folder.join("blank"), &blank)?;

    budget::print(&measures);
    println!(
        "written: {0}/return.html, {0}/approve.html, {0}/collate.html, {0}/site and {0}/blank",
        folder.display()
    );
    Ok(measures)
}

/// Writes a folder, and removes what an earlier build left in it.
fn write_files(folder: &Path, files: &[HostedFile]) -> Result<()> {
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
