//! `cargo xtask bench --collate`: 10,000 signed returns through the command line, in units of the floor beside it
//! (`benches/floor.rs`: one core that reads, parses and verifies the same files and does nothing else).

use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::bench::{ratio, words};
use crate::exports::command;
use crate::sample::{self, Arguments};
use crate::tool::{cargo, output, run};
use crate::workspace::Workspace;

/// How many files.
const FILES: usize = 10_000;
/// The most time in hundredths of the floor, and the most memory in megabytes (DESIGN.md 8).
const MOST: (u64, u64) = (150, 300);
/// How often both are measured, one after the other; the best of each counts.
const TIMES: usize = 5;

/// Measures, prints, and fails above the bounds.
///
/// # Errors
///
/// When something cannot be run, or takes longer or more memory than it may.
pub(crate) fn bench(workspace: &Workspace) -> Result<()> {
    let folder = workspace.work.join("sample-10000");
    if folder.exists() {
        fs::remove_dir_all(&folder).context("delete the old sample")?;
    }
    sample::sample(&Arguments::new(FILES, &folder).only("workforce_sitrep"))?;
    run(cargo(workspace).args(["build", "--quiet", "--release", "--bin", "ia-returns"]))?;
    let program = workspace.target.join("release/ia-returns");
    let out = workspace.work.join("collation-10000");
    let (mut floors, mut times, mut memory) = (Vec::new(), Vec::new(), 0);
    println!("{:>9} {:>12} {:>7}", "floor ms", "collate ms", "MB");
    for _ in 0..TIMES {
        let floor = floor(workspace, &folder.join("returns"))?;
        let (time, peak) = collate(&program, &folder, &out)?;
        println!("{floor:>9} {time:>12} {peak:>7}");
        floors.push(floor);
        times.push(time);
        memory = memory.max(peak);
    }
    let least = |times: &[u64]| times.iter().copied().min().unwrap_or(0);
    let found = ratio(least(&times), least(&floors));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!("{} times the floor on {cores} cores, {memory} MB at most", words(found));
    if memory > MOST.1 {
        bail!("a collation may take {} MB, and took {memory}", MOST.1);
    }
    if cores > 1 && found > MOST.0 {
        bail!("a collation may take {} times the floor, and took {}", words(MOST.0), words(found));
    }
    Ok(())
}

/// Milliseconds of the floor.
fn floor(workspace: &Workspace, returns: &Path) -> Result<u64> {
    let mut bench = cargo(workspace);
    bench.args(["bench", "--quiet", "--package", "ia-returns", "--bench", "floor", "--"]);
    let said = output(bench.arg(returns))?;
    let (verified, time) = said.trim().split_once(' ').context("the floor says two numbers")?;
    if verified.parse::<usize>()? < FILES / 10 * 9 {
        bail!("the floor verified {verified} signatures of {FILES} files");
    }
    Ok(time.parse()?)
}

/// Milliseconds of the command line, and its peak of memory in megabytes; 0 where the system does not say.
fn collate(program: &Path, folder: &Path, out: &Path) -> Result<(u64, u64)> {
    if out.exists() {
        fs::remove_dir_all(out).context("delete the old collation")?;
    }
    let mut command = command(program, folder, out)?;
    let begun = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let mut peak = 0;
    while child.try_wait()?.is_none() {
        peak = peak.max(peak_of(&child));
        std::thread::sleep(Duration::from_millis(5));
    }
    let time = u64::try_from(begun.elapsed().as_millis())?;
    if !out.join("contents.json").exists() {
        bail!("ia-returns collate wrote nothing");
    }
    Ok((time, peak))
}

/// What Linux says of a process in /proc/PID/status.
fn peak_of(child: &Child) -> u64 {
    let said = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = said.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kilobytes.unwrap_or(0).div_ceil(1024)
}
