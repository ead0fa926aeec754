//! `cargo xtask bench`: what a check costs, in units of what `serde_json` needs to parse the same return. Times
//! differ from machine to machine; their ratio, taken within one run, hardly does (DESIGN.md 8).

use std::env;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::browser::{self, HOW_TO_INSTALL};
use crate::tool::{cargo, npm_packages, output, run};
use crate::workspace::Workspace;

/// The unit: `benches/check.rs` names it so.
const FLOOR: &str = "return/parse with serde_json";
/// What is held, and the most it may take in hundredths of the unit.
const HELD: (&str, u64) = ("return/check and score", 150);
/// How often it is measured again before it is believed: other work on the machine makes single runs slow.
const TRIES: usize = 3;

/// Measures a check and then the page in the browser, prints, and fails where something takes longer than it may.
///
/// # Errors
///
/// As `check`; and when there is no browser, or the page is slower than it may be.
pub(crate) fn bench(workspace: &Workspace) -> Result<()> {
    check(workspace)?;
    page(workspace)
}

/// How soon the page can be used and how fast it answers a key, against the same fields written by hand: see
/// benches/page/speed.mjs.
fn page(workspace: &Workspace) -> Result<()> {
    let Some(browser) = browser::browser()? else { bail!("{HOW_TO_INSTALL}") };
    npm_packages(workspace)?;
    let mut node = Command::new("node");
    node.current_dir(&workspace.root).arg("benches/page/speed.mjs");
    node.env("CHROMIUM", browser.program).env("CHROMEDRIVER", browser.driver);
    run(&mut node).context("measure the page")
}

/// Measures, prints, and fails where a check takes longer than it may.
///
/// # Errors
///
/// When the bench cannot be run, or the ratio is above its bound each time.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    let (name, most) = HELD;
    for _ in 0..TRIES {
        let times = measure(workspace)?;
        let floor = time_of(&times, FLOOR)?;
        println!("{:<34} {:>9} {:>7}", "", "ns", "ratio");
        for (name, time) in &times {
            println!("{name:<34} {time:>9} {:>7}", words(ratio(*time, floor)));
        }
        let found = ratio(time_of(&times, name)?, floor);
        if found <= most {
            return module(workspace);
        }
        println!("“{name}” may take {} times the floor, and took {}\n", words(most), words(found));
    }
    bail!("“{name}” took more than {} times “{FLOOR}”, {TRIES} times in turn", words(most))
}

/// The most that “text in to verdict out” may take in JavaScript, in hundredths of what `JSON.parse` needs for the text. It stands
/// above the 4.00 of DESIGN.md 8, just above what is measured, and only goes down: V8 parses these 10 KB in 12 µs, a third of what
/// checking alone takes natively.
const MODULE: u64 = 1_300;

/// The same in JavaScript, through `pkg/module`, where that was built.
fn module(workspace: &Workspace) -> Result<()> {
    if !workspace.path("pkg/module/index.js").is_file() {
        println!("SKIPPED: pkg/module was not measured: run “cargo xtask release” first");
        return Ok(());
    }
    run(cargo(workspace).args(["build", "--quiet", "--bin", "ia-returns"]))?;
    let program = format!("ia-returns{}", env::consts::EXE_SUFFIX);
    for last in [false, false, true] {
        let mut node = Command::new("node");
        node.current_dir(&workspace.root).arg("tests/engine/speed.mjs").arg(MODULE.to_string());
        node.env("IA_RETURNS", workspace.target.join("debug").join(program.clone()));
        match run(&mut node) {
            Ok(()) => return Ok(()),
            Err(error) if last => return Err(error),
            Err(_) => println!("measured again\n"),
        }
    }
    Ok(())
}

/// The median time of each measurement, in nanoseconds.
fn measure(workspace: &Workspace) -> Result<Vec<(String, u64)>> {
    let mut bench = cargo(workspace);
    bench.args(["bench", "--quiet", "--package", "ia-returns", "--bench", "check"]);
    bench.args([
        "--",
        "--output-format",
        "bencher",
        "--warm-up-time",
        "1",
        "--measurement-time",
        "3",
    ]);
    let text = output(&mut bench)?;
    Ok(text.lines().filter_map(line).collect())
}

/// Reads `test NAME ... bench:   1,234 ns/iter (+/- 56)`.
fn line(line: &str) -> Option<(String, u64)> {
    let (name, rest) = line.strip_prefix("test ")?.split_once(" ... bench:")?;
    let number = rest.split_once("ns/iter")?.0.trim().replace(',', "");
    Some((name.to_owned(), number.parse().ok()?))
}

fn time_of(times: &[(String, u64)], name: &str) -> Result<u64> {
    let found = times.iter().find(|(known, _)| known == name);
    found.map(|(_, time)| *time).with_context(|| format!("the bench did not measure “{name}”"))
}

/// In hundredths, rounded up.
pub(crate) fn ratio(time: u64, floor: u64) -> u64 {
    (time * 100).div_ceil(floor.max(1))
}

pub(crate) fn words(hundredths: u64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_bench_is_read() {
        let text = "test return/check and score ... bench:      36,024 ns/iter (+/- 1,189)";
        assert_eq!(line(text), Some(("return/check and score".to_owned(), 36_024)));
        assert_eq!(line("Benchmarking return/check and score"), None);
    }

    #[test]
    fn a_ratio_is_rounded_against_whoever_is_measured() {
        assert_eq!(words(ratio(36_001, 24_000)), "1.51");
        assert_eq!(words(ratio(36_000, 24_000)), "1.50");
    }
}
