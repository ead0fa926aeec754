//! The build: what is stale is made again, the pages are put together and written to `pkg/`.

use std::fs;
use std::path::Path;
use std::thread;

use anyhow::{Context, Result, anyhow};
use ia_returns::base85;

use crate::blocks::More;
use crate::budget::{self, Measure};
use crate::engine::Engine;
use crate::page::{self, HostedFile, Load, Parts, Program};
use crate::second::Second;
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
    tool::wasm_target(workspace)?;
    let (
        (engine, second),
        (keys, second_keys),
        (approve, second_approve),
        (collate, second_collate),
    ) = programs(workspace)?;
    let style = style::build(workspace)?;
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

/// An engine, and the plain script made of it.
type Built = (Engine, Second);

/// Builds the engines and the plain scripts made of them, two at a time, for most of it is work for one processor. In the order:
/// the submitter's, that of kept keys, the approver's, the collator's.
fn programs(workspace: &Workspace) -> Result<(Built, Built, Built, Built)> {
    let build = |which: &engine::Which, its: &second::Which| -> Result<Built> {
        let engine = engine::build(workspace, which)?;
        let second = second::build(workspace, &engine, its)?;
        Ok((engine, second))
    };
    thread::scope(|scope| {
        // The largest and the smallest take about as long as the two others.
        let beside = scope.spawn(|| -> Result<(Built, Built)> {
            Ok((build(&engine::COLLATE, &second::COLLATE)?, build(&engine::KEYS, &second::KEYS)?))
        });
        let page = build(&engine::PAGE, &second::PAGE);
        let approve = page.is_ok().then(|| build(&engine::APPROVE, &second::APPROVE));
        let (collate, keys) = beside.join().map_err(|_| anyhow!("a build stopped"))??;
        Ok((page?, keys, approve.context("build the page's engine first")??, collate))
    })
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
