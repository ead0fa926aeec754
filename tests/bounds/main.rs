//! No file takes two seconds or 64 MB to read: every vector, every corpus file, and files made to be as dear as may be.
//!
//! A binary of its own, because what allocates is counted for the whole program.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test says what it expects by stopping; here it reads the clock to do so, and prints what was dearest"
)]

#[allow(
    unreachable_pub,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "it is the source of another package too"
)]
#[path = "../../fuzz/src/entries.rs"]
mod entries;
mod hostile;

use peak_alloc::PeakAlloc;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// What one file may take. Time is that of a build that is not optimised throughout, on a machine that may be busy.
const SECONDS: u64 = 2;
const MOST_BYTES: usize = 64_000_000;

struct Measured {
    name: String,
    seconds: u64,
    time: Duration,
    peak: usize,
}

/// Runs an entry on some bytes, which count too.
fn measure(name: String, entry: entries::Entry, bytes: &[u8]) -> Measured {
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage() - bytes.len();
    let begun = Instant::now();
    entry(bytes);
    let peak = MEMORY.peak_usage().saturating_sub(before);
    Measured { name, seconds: SECONDS, time: begun.elapsed(), peak }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).into()
}

/// Every file below a folder, in the order of the paths.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

#[test]
fn no_file_takes_two_seconds_or_64_megabytes() {
    entries::prepare();
    let mut all = Vec::new();
    // A vector is read as everything, not only as what it is.
    for path in files(&root().join("tests/vectors")) {
        let bytes = std::fs::read(&path).unwrap();
        for (entry, run) in entries::ENTRIES {
            all.push(measure(format!("{entry} {}", path.display()), *run, &bytes));
        }
    }
    let vectors = all.len();
    for (entry, run) in entries::ENTRIES {
        let corpus = files(&root().join("fuzz/corpus").join(entry));
        assert!(!corpus.is_empty(), "fuzz/corpus/{entry} is empty");
        for path in corpus {
            let bytes = std::fs::read(&path).unwrap();
            all.push(measure(format!("{entry} {}", path.display()), *run, &bytes));
        }
    }
    assert!(vectors > 1_000 && all.len() > vectors);
    for hostile in hostile::all() {
        let (_, run) = entries::ENTRIES.iter().find(|(name, _)| *name == hostile.entry).unwrap();
        let name = format!("{} {}", hostile.entry, hostile.name);
        let measured = measure(name, *run, &hostile.bytes);
        all.push(Measured { seconds: hostile.seconds, ..measured });
    }
    report(&mut all);
}

fn report(all: &mut [Measured]) {
    all.sort_by_key(|m| std::cmp::Reverse(m.time));
    println!("{} files", all.len());
    for Measured { name, time, peak, .. } in all.iter().take(12) {
        println!("{:>6} ms {:>6} KB  {name}", time.as_millis(), peak / 1000);
    }
    all.sort_by_key(|m| std::cmp::Reverse(m.peak));
    for Measured { name, time, peak, .. } in all.iter().take(12) {
        println!("{:>6} KB {:>6} ms  {name}", peak / 1000, time.as_millis());
    }
    let dear: Vec<String> = all
        .iter()
        .filter(|m| m.time > Duration::from_secs(m.seconds) || m.peak > MOST_BYTES)
        .map(|m| format!("{}: {} ms, {} KB", m.name, m.time.as_millis(), m.peak / 1000))
        .collect();
    assert!(dear.is_empty(), "\n{}", dear.join("\n"));
}
