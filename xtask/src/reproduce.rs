//! Whether two builds in two folders give the same bytes: the engines and the pages, built again from a copy of the sources
//! in a folder with a longer name, and compared.
//!
//! The engines are compiled anew there, the standard library too, and the npm packages are installed anew from
//! package-lock.json (not linked: `npm ci` would empty the folder a link leads to); this program itself is not compiled
//! again, for it ran the first build and nothing of it depends on where it lies.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::tool::run;
use crate::workspace::{Workspace, create_folder, entries, files_below, read};

/// What of the repository is no source of a build.
const LEFT_OUT: [&str; 5] = [".git", "fuzz", "node_modules", "pkg", "target"];

/// The pages that are one file each.
const PAGES: [&str; 3] = ["return.html", "approve.html", "collate.html"];

/// The engines, as folders of the build.
const ENGINES: [&str; 4] = ["engine", "keys", "approve", "collate"];

/// Builds again elsewhere, and compares.
///
/// # Errors
///
/// Where the second build fails, or any file differs.
pub(crate) fn reproduce(workspace: &Workspace) -> Result<()> {
    let folder = workspace.target.join("another-folder-with-a-longer-name").join("ia-returns");
    if folder.exists() {
        fs::remove_dir_all(&folder).context("remove the last second build")?;
    }
    for path in entries(&workspace.root)? {
        let name = path.file_name().context("a name")?.to_owned();
        if !LEFT_OUT.iter().any(|left| name == *left) && path != workspace.target {
            copy(&path, &folder.join(&name))?;
        }
    }
    let program = folder.join("target/debug").join(format!("xtask{}", env::consts::EXE_SUFFIX));
    create_folder(program.parent().context("its folder")?)?;
    fs::copy(env::current_exe().context("find this program")?, &program).context("copy it")?;
    let mut build = Command::new(&program);
    build.current_dir(&folder).arg("build").env("CARGO_MANIFEST_DIR", folder.join("xtask"));
    build.env_remove("CARGO_TARGET_DIR");
    run(&mut build).context("build again in another folder")?;
    compare(workspace, &folder)?;
    fs::remove_dir_all(&folder).context("remove the second build")
}

fn compare(workspace: &Workspace, other: &Path) -> Result<()> {
    let mut compared = 0;
    let mut differ = Vec::new();
    let mut both =
        PAGES.map(|page| (workspace.path("pkg").join(page), other.join("pkg").join(page))).to_vec();
    for path in files_below(&other.join("pkg/site"))? {
        let name = path.file_name().context("a name")?.to_owned();
        both.push((workspace.path("pkg/site").join(name), path));
    }
    for engine in ENGINES {
        let file = format!("{engine}/ia_returns.wasm");
        both.push((workspace.work.join(&file), other.join("target/xtask").join(&file)));
    }
    for (one, other) in both {
        compared += 1;
        if read(&one)? != read(&other)? {
            differ.push(one.display().to_string());
        }
    }
    if !differ.is_empty() {
        bail!("built again in another folder, these are other bytes:\n  {}", differ.join("\n  "));
    }
    println!("{compared} files are the same, byte for byte, in another folder");
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    if !from.is_dir() {
        if let Some(folder) = to.parent() {
            create_folder(folder)?;
        }
        return fs::copy(from, to).map(|_| ()).with_context(|| format!("copy {}", from.display()));
    }
    for path in entries(from)? {
        let name = path.file_name().context("a name")?.to_owned();
        if name != "screenshots" {
            copy(&path, &to.join(name))?;
        }
    }
    Ok(())
}
