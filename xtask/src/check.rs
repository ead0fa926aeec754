//! `cargo xtask test`: the steps, in the order in which a fault is cheapest to find.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::bench;
use crate::blocks::More;
use crate::browser::{self, Browser, HOW_TO_INSTALL, apt_install};
use crate::budget;
use crate::build::build;
use crate::exports::exports;
use crate::matrix;
use crate::program;
use crate::release::release;
use crate::reproduce::reproduce;
use crate::tool::{cargo, find, npm_packages, output, run, wasm_target};
use crate::workspace::{Workspace, entries};

/// Runs the tests; only those of the inner loop when `quick`.
///
/// # Errors
///
/// When a step fails. What was skipped is printed, and is an error where `CI` is set.
pub(crate) fn test(workspace: &Workspace, quick: bool) -> Result<()> {
    let mut report = Report::default();
    let done =
        if quick { quick_steps(workspace, &mut report) } else { steps(workspace, &mut report) };
    report.print();
    done?;
    println!(
        "\n{}",
        if report.skipped() { "passed, but for what was SKIPPED" } else { "all passed" }
    );
    Ok(())
}

fn quick_steps(workspace: &Workspace, report: &mut Report) -> Result<()> {
    report.step("format", || {
        run(cargo(workspace).args(["fmt", "--all", "--check"])).map(|()| None)
    })?;
    report.step("lints", || {
        let mut clippy = cargo(workspace);
        clippy.args(["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]);
        run(&mut clippy).map(|()| None)
    })?;
    report.step("tests", || {
        run(cargo(workspace).args(["test", "--quiet", "--workspace"])).map(|()| None)
    })?;
    report.step("script tests", || {
        // The page's scripts use one of them.
        npm_packages(workspace)?;
        node_tests(workspace, "tests/www", &[]).map(|()| None)
    })
}

fn steps(workspace: &Workspace, report: &mut Report) -> Result<()> {
    quick_steps(workspace, report)?;
    report.step("lints (wasm)", || {
        wasm_target(workspace)?;
        // The engines of the submitter's page, of kept keys and of the approver's and the collator's pages, and the checker for pages of others.
        for features in ["", "keys", "approve", "collate", "module"] {
            let mut clippy = cargo(workspace);
            clippy.args(["clippy", "--quiet", "--lib", "--target", "wasm32-unknown-unknown"]);
            clippy.args(["--features", features]);
            clippy.arg("--target-dir").arg(workspace.target.join("engine"));
            run(clippy.args(["--", "-D", "warnings"]))?;
        }
        Ok(None)
    })?;
    report.step("documentation", || {
        let mut doc = cargo(workspace);
        doc.env("RUSTDOCFLAGS", "-D warnings").args(["doc", "--quiet", "--no-deps", "--workspace"]);
        run(&mut doc).map(|()| None)
    })?;
    let mut measures = Vec::new();
    report.step("build", || {
        measures = build(workspace, &More::default())?;
        run(cargo(workspace).args(["build", "--quiet", "--bin", "ia-returns"])).map(|()| None)
    })?;
    report.step("release", || {
        if is_ci() {
            program::install()?;
        }
        missing(&release(workspace)?)
    })?;
    report.step("the same bytes again", || reproduce(workspace).map(|()| None))?;
    // All 255 other values of all bytes: three million files, so in an optimised build.
    report.step("every byte of a sealed file", || {
        let mut every = cargo(workspace);
        every.env("IA_EVERY_BYTE", "1").args(["test", "--quiet", "--release", "--test", "suite"]);
        run(every.args(["--", "no_change_of_one_byte_goes_unnoticed"])).map(|()| None)
    })?;
    report.step("vectors in the engine", || {
        let target = [("CARGO_TARGET_DIR", workspace.target.clone())];
        node_tests(workspace, "tests/engine", &target).map(|()| None)
    })?;
    report.step("exports elsewhere", || exports(workspace))?;
    report.step("speed of a check", || bench::check(workspace).map(|()| None))?;
    report.step("browser journeys", || journeys(workspace))?;
    report.step("browser matrix", || matrix(workspace))?;
    // Alone: policies hold for every browser on the computer.
    report.step("browser policies", || {
        let Some(browser) = browser::browser()? else { return missing(&[HOW_TO_INSTALL]) };
        let environment = environment(workspace, &browser);
        node_tests(workspace, "tests/policy", &environment).map(|()| None)
    })?;
    // After the journeys: a page that is too big still has to work.
    report.step("size budgets", || budget::check(&measures).map(|()| None))?;
    if is_ci() {
        report.step("clean tree", || clean_tree(workspace).map(|()| None))?;
    }
    Ok(())
}

fn is_ci() -> bool {
    env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

/// Runs the journeys against `pkg/`, in Chromium. Answers why they were skipped, if they were.
fn journeys(workspace: &Workspace) -> Result<Option<String>> {
    let Some(browser) = browser::browser()? else { return missing(&[HOW_TO_INSTALL]) };
    let skipped =
        if browser::has_pdf_reader()? { None } else { missing(&[browser::NO_PDF_READER])? };
    let environment = environment(workspace, &browser);
    node_tests(workspace, "tests/browser", &environment).map(|()| skipped)
}

/// Runs the short journey in every browser that is there, from every place. Answers which browsers are not, if any.
fn matrix(workspace: &Workspace) -> Result<Option<String>> {
    let others = matrix::others(workspace, is_ci())?;
    if is_ci() && find("nginx").is_none() && !Path::new("/usr/sbin/nginx").is_file() {
        apt_install(&["nginx-light"])?;
    }
    let chromium = browser::browser()?;
    let why = others.missing.into_iter().chain(chromium.is_none().then_some(HOW_TO_INSTALL));
    let skipped = missing(&why.collect::<Vec<_>>())?;
    let mut environment =
        chromium.map_or_else(Vec::new, |browser| environment(workspace, &browser).to_vec());
    environment.extend(others.environment);
    node_tests(workspace, "tests/matrix", &environment)?;
    Ok(skipped)
}

/// What a test of the pages is told.
fn environment(workspace: &Workspace, browser: &Browser) -> [(&'static str, PathBuf); 4] {
    let program = format!("ia-returns{}", env::consts::EXE_SUFFIX);
    [
        ("CHROMIUM", browser.program.clone()),
        ("CHROMEDRIVER", browser.driver.clone()),
        ("IA_PKG", workspace.path("pkg")),
        ("IA_RETURNS", workspace.target.join("debug").join(program)),
    ]
}

/// Programs that are not there are an error where `CI` is set, and elsewhere the reason for a skipped step.
fn missing<S: AsRef<str>>(why: &[S]) -> Result<Option<String>> {
    if why.is_empty() {
        return Ok(None);
    }
    let why = why.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join("\n  ");
    if is_ci() {
        bail!("something is missing. {why}");
    }
    Ok(Some(why))
}

/// Runs the `*.test.mjs` files of a folder with Node's own test runner.
fn node_tests(workspace: &Workspace, folder: &str, environment: &[(&str, PathBuf)]) -> Result<()> {
    let mut files = entries(&workspace.path(folder))?;
    files.retain(|path| path.to_string_lossy().ends_with(".test.mjs"));
    if files.is_empty() {
        bail!("{folder} holds no test");
    }
    let mut node = Command::new("node");
    node.current_dir(&workspace.root).args(["--test", "--test-reporter=spec"]).args(files);
    node.envs(environment.iter().map(|(name, path)| (name, path)));
    run(&mut node).with_context(|| format!("run the tests of {folder}"))
}

/// Tests may not leave the tree other than it was committed; a new file counts too.
fn clean_tree(workspace: &Workspace) -> Result<()> {
    if find("git").is_none() || !workspace.path(".git").exists() {
        return Ok(());
    }
    let mut git = Command::new("git");
    git.current_dir(&workspace.root).args(["status", "--porcelain"]);
    let changes = output(&mut git)?;
    if !changes.is_empty() {
        bail!("the tests changed the tree:\n{}", changes.trim_end());
    }
    Ok(())
}

/// What was run, for how long, and how it ended.
#[derive(Default)]
struct Report {
    lines: Vec<(&'static str, Duration, Outcome)>,
}

enum Outcome {
    Passed,
    Failed,
    Skipped(String),
}

impl Report {
    /// Runs one step, which answers why it was skipped if it was.
    fn step(
        &mut self,
        name: &'static str,
        work: impl FnOnce() -> Result<Option<String>>,
    ) -> Result<()> {
        println!("\n== {name}");
        let begun = Instant::now();
        let done = work();
        let outcome = match &done {
            Ok(None) => Outcome::Passed,
            Ok(Some(why)) => Outcome::Skipped(why.clone()),
            Err(_) => Outcome::Failed,
        };
        self.lines.push((name, begun.elapsed(), outcome));
        done.map(|_| ()).with_context(|| format!("step “{name}”"))
    }

    /// Whether a step was skipped.
    fn skipped(&self) -> bool {
        self.lines.iter().any(|(_, _, outcome)| matches!(outcome, Outcome::Skipped(_)))
    }

    fn print(&self) {
        println!("\n{:<20} {:>8}", "step", "seconds");
        let mut skipped = Vec::new();
        let mut total = Duration::ZERO;
        for (name, time, outcome) in &self.lines {
            let word = match outcome {
                Outcome::Passed => "passed",
                Outcome::Failed => "FAILED",
                Outcome::Skipped(why) => {
                    skipped.push((name, why));
                    "SKIPPED"
                }
            };
            total += *time;
            println!("{name:<20} {:>8}  {word}", seconds(*time));
        }
        println!("{:<20} {:>8}", "all", seconds(total));
        for (name, why) in skipped {
            println!("\nSKIPPED: {name}: {why}");
        }
    }
}

fn seconds(time: Duration) -> String {
    format!("{}.{}", time.as_secs(), time.subsec_millis() / 100)
}
