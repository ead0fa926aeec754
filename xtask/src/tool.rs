//! Running other programs: cargo, rustup, and the npm packages pinned in package-lock.json.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result, bail};

use crate::stale::Inputs;
use crate::workspace::Workspace;

/// Runs a program to its end, its output going to the terminal.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("start {}", name(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", name(command));
    }
    Ok(())
}

/// Runs a program to its end and gives what it printed; on failure, its complaints are the error.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("start {}", name(command)))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        bail!("{} failed ({})\n{}", name(command), output.status, complaint.trim_end());
    }
    String::from_utf8(output.stdout).with_context(|| format!("read what {} said", name(command)))
}

/// The program and its arguments, as a person would type them.
fn name(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

/// Cargo, the one that started this tool, in the repository.
pub(crate) fn cargo(workspace: &Workspace) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(&workspace.root);
    command
}

/// A program of an npm package. `npm ci` has run by then (`npm_packages`).
pub(crate) fn npm_program(workspace: &Workspace, name: &str) -> Command {
    let file = if cfg!(windows) { format!("{name}.cmd") } else { name.to_owned() };
    let mut command = Command::new(workspace.root.join("node_modules/.bin").join(file));
    command.current_dir(&workspace.root);
    command
}

/// Installs the npm packages when package-lock.json has changed since they were. Install scripts stay off:
/// nothing in use needs one.
pub(crate) fn npm_packages(workspace: &Workspace) -> Result<()> {
    let modules = workspace.path("node_modules");
    // The stamp lies with the packages: whoever deletes them deletes it too.
    let stamp = Inputs::default()
        .file(&workspace.path("package-lock.json"))?
        .stamp_at(modules.join(".stamp"));
    if stamp.is_fresh(&[]) {
        return Ok(());
    }
    println!("npm: installing the packages of package-lock.json");
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut command = Command::new(npm);
    command.current_dir(&workspace.root);
    command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
    output(&mut command)
        .context("install the npm packages; Node.js 20 or later must be installed")?;
    stamp.record()
}

/// Adds the WebAssembly target.
pub(crate) fn wasm_target(workspace: &Workspace) -> Result<()> {
    rust_target(workspace, "wasm32-unknown-unknown")
}

/// Adds a target where rustup manages the toolchain; elsewhere the compiler will say what is missing.
pub(crate) fn rust_target(workspace: &Workspace, target: &str) -> Result<()> {
    let mut sysroot = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    sysroot.current_dir(&workspace.root).args(["--print", "sysroot"]);
    let sysroot = PathBuf::from(output(&mut sysroot)?.trim());
    if fs::exists(sysroot.join("lib/rustlib").join(target)).unwrap_or(false) {
        return Ok(());
    }
    println!("rustup: adding the target {target}");
    let mut rustup = Command::new("rustup");
    rustup.current_dir(&workspace.root).args(["target", "add", target]);
    run(&mut rustup).with_context(|| format!("add the target {target}"))
}

/// Where a program is, if it is on the path.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let file = if cfg!(windows) { format!("{program}.exe") } else { program.to_owned() };
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(&file))
        .find(|path| path.is_file())
}
