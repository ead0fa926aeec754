//! `cargo xtask fuzz`: every fuzz target for a bounded time, from the corpus that is kept. Only the nightly compiler
//! builds them; without it this says what to install. The corpus itself is run by every `cargo xtask test`.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::workspace::{Workspace, create_folder, entries};

/// The most that one input may take, as in `tests/bounds`; the fuzzer's own memory comes on top. The sanitizer that it
/// runs under makes everything slower. Of its progress only the end is of interest.
const LIMITS: [&str; 6] = [
    "-timeout=20",
    "-malloc_limit_mb=64",
    "-rss_limit_mb=2048",
    "-verbosity=0",
    "-print_funcs=0",
    "-print_final_stats=1",
];

/// What has to be there, how that is seen, and how to get it, in the order in which one needs the other.
const NEEDED: [(&str, &[&str], &str); 2] = [
    (
        "the nightly compiler",
        &["rustc", "--version"],
        "rustup toolchain install nightly --profile minimal",
    ),
    ("cargo-fuzz", &["cargo", "fuzz", "--version"], "cargo install cargo-fuzz --locked"),
];

/// Runs every target for `seconds` each.
///
/// # Errors
///
/// Where the nightly compiler or cargo-fuzz is missing, or a target found something: its input is kept under
/// `fuzz/artifacts`.
pub(crate) fn fuzz(workspace: &Workspace, seconds: u32) -> Result<()> {
    if let Some(missing) = missing(works) {
        bail!(missing);
    }
    let targets = targets(workspace)?;
    let mut done = Vec::new();
    for target in &targets {
        println!("\n== {target}, {seconds} s");
        done.push(one(workspace, target, seconds)?);
    }
    println!("\n{:<12}{:>16}", "target", "executions");
    for (target, executions) in targets.iter().zip(done) {
        println!("{target:<12}{executions:>16}");
    }
    println!("\n{} targets, {seconds} s each, nothing found", targets.len());
    Ok(())
}

/// Runs one target, and gives how often the fuzzer ran it.
fn one(workspace: &Workspace, target: &str, seconds: u32) -> Result<String> {
    let kept = workspace.path("fuzz/corpus").join(target);
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
    let mut process = command.stderr(Stdio::piped()).spawn().context("start rustup")?;
    let mut done = String::new();
    // It ends with words for a dictionary, which nobody asked for.
    let mut dictionary = false;
    for line in process.stderr.take().into_iter().flat_map(|pipe| BufReader::new(pipe).lines()) {
        let line = line?;
        dictionary |= line.starts_with("###### Recommended");
        if !dictionary {
            eprintln!("{line}");
        }
        dictionary &= !line.starts_with("###### End");
        if let Some(count) = line.strip_prefix("stat::number_of_executed_units:") {
            count.trim().clone_into(&mut done);
        }
    }
    if !process.wait()?.success() {
        bail!(
            "the target “{target}” found something: its input is named above. Make it smaller with “cargo +nightly fuzz \
             tmin {target} FILE”, put it into tests/suite/corpus.rs, and mend what it shows"
        );
    }
    Ok(done)
}

/// What is missing, and what to do about it.
fn missing(works: impl Fn(&[&str]) -> bool) -> Option<String> {
    let absent: Vec<_> = NEEDED.iter().filter(|(_, words, _)| !works(words)).collect();
    let names: Vec<&str> = absent.iter().map(|(name, ..)| *name).collect();
    let steps: Vec<String> = absent.iter().map(|(.., how)| format!("  {how}")).collect();
    (!absent.is_empty()).then(|| {
        format!(
            "fuzzing needs {}. Install with\n{}\nand run “cargo xtask fuzz” again",
            names.join(" and "),
            steps.join("\n")
        )
    })
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

#[cfg(test)]
mod tests {
    use super::missing;

    #[test]
    fn what_is_missing_is_named_with_the_command_that_installs_it() {
        assert_eq!(missing(|_| true), None);
        let said = missing(|words| words.first() == Some(&"rustc")).unwrap_or_default();
        assert!(said.contains("needs cargo-fuzz.") && said.contains("cargo install cargo-fuzz"));
        assert!(!said.contains("rustup"), "{said}");
        let said = missing(|_| false).unwrap_or_default();
        assert!(said.contains("the nightly compiler and cargo-fuzz"), "{said}");
    }
}
