//! `cargo xtask fuzz`: every fuzz target for a bounded time, from the corpus that is kept. Only the nightly compiler
//! builds them; without it this says what to install. The corpus itself is run by every `cargo xtask test`.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::tool::run;
use crate::workspace::{Workspace, create_folder, entries};

/// The most that one input may take, as in `tests/bounds`; the fuzzer's own memory comes on top. The sanitizer that it
/// runs under makes everything slower.
const LIMITS: [&str; 3] = ["-timeout=20", "-malloc_limit_mb=64", "-rss_limit_mb=2048"];

/// What is missing, and how to get it.
const INSTALL: &str = "fuzzing needs the nightly compiler and cargo-fuzz. Install them with “rustup toolchain install \
                       nightly --profile minimal” and “cargo install cargo-fuzz”";

/// Runs every target for `seconds` each.
///
/// # Errors
///
/// Where the nightly compiler or cargo-fuzz is missing, or a target found something: its input is kept under
/// `fuzz/artifacts`.
pub(crate) fn fuzz(workspace: &Workspace, seconds: u32) -> Result<()> {
    if !works(&["rustc", "--version"]) || !works(&["cargo", "fuzz", "--version"]) {
        bail!(INSTALL);
    }
    let corpus = workspace.path("fuzz/corpus");
    let targets = targets(workspace)?;
    for target in &targets {
        println!("\n== {target}, {seconds} s");
        let kept = corpus.join(target);
        if !kept.is_dir() {
            bail!("{} is not there: a target has something to start from", kept.display());
        }
        // The fuzzer writes what it finds into the first folder, which is not the one that is kept.
        let found = workspace.target.join("fuzz-corpus").join(target);
        create_folder(&found)?;
        let mut command = nightly(&["cargo", "fuzz", "run", "--target-dir"]);
        command.current_dir(&workspace.root).arg(workspace.target.join("fuzz")).arg(target);
        command.args([&found, &kept]).arg("--").args(LIMITS);
        command.arg(format!("-max_total_time={seconds}"));
        run(&mut command).with_context(|| format!("the target “{target}” found something"))?;
    }
    println!("\n{} targets, nothing found", targets.len());
    Ok(())
}

/// The names of the targets, from their files.
fn targets(workspace: &Workspace) -> Result<Vec<String>> {
    let files = entries(&workspace.path("fuzz/targets"))?;
    let stem = |path: &Path| Some(path.file_stem().and_then(OsStr::to_str)?.to_owned());
    let targets: Vec<String> = files.iter().filter_map(|path| stem(path)).collect();
    if targets.is_empty() {
        bail!("fuzz/targets holds no target");
    }
    Ok(targets)
}

/// A program of the nightly toolchain. What cargo tells its children of the pinned one would lead back to it.
fn nightly(words: &[&str]) -> Command {
    let mut command = Command::new("rustup");
    command.args(["run", "nightly"]).args(words);
    for name in ["CARGO", "RUSTC", "RUSTDOC", "RUSTUP_TOOLCHAIN", "RUSTFLAGS"] {
        command.env_remove(name);
    }
    command
}

fn works(words: &[&str]) -> bool {
    nightly(words).output().is_ok_and(|output| output.status.success())
}
