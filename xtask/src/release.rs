//! `cargo xtask release`: all that is given out. The pages, the module, the command line for Linux and Windows, what is inside each,
//! and the hashes of all of it.
//!
//! It is not part of `build`: an engine more and two builds of the command line take minutes, which nobody who changes a page
//! should wait for.

use anyhow::Result;

use crate::build::build;
use crate::encode::sha256_hex;
use crate::workspace::{Workspace, files_below, read, write};
use crate::{blocks, contents, module, program};

/// Builds everything; answers what could not be made or tried here, and why.
///
/// # Errors
///
/// When a part that can be built here fails.
pub(crate) fn release(workspace: &Workspace) -> Result<Vec<String>> {
    let more = blocks::More::default();
    build(workspace, &more)?;
    let (documents, _) = blocks::compile(workspace, &more)?;
    module::build(workspace, &documents)?;
    let skipped = program::build(workspace)?;
    contents::write(workspace)?;
    sums(workspace)?;
    for why in &skipped {
        println!("SKIPPED: {why}");
    }
    Ok(skipped)
}

/// `SHA256SUMS`, as `sha256sum --check` reads it. Pages of a test collection are given to nobody.
fn sums(workspace: &Workspace) -> Result<()> {
    let folder = workspace.path("pkg");
    let mut lines = String::new();
    for path in files_below(&folder)? {
        let name = path.strip_prefix(&folder)?.to_string_lossy().replace('\\', "/");
        if name != "SHA256SUMS" && !name.starts_with("test/") {
            lines.push_str(&[&sha256_hex(&read(&path)?), "  ", &name, "\n"].concat());
        }
    }
    write(&folder.join("SHA256SUMS"), lines.as_bytes())?;
    println!("written: {}", folder.join("SHA256SUMS").display());
    Ok(())
}
