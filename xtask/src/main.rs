//! `cargo xtask`: builds the pages, serves them, tests and measures everything.
//!
//! One file per thing known: `engine` the wasm, `second` the same as plain script, `style` and `script` what the browser runs besides it, `blocks`
//! the data, `blank` the forms on paper, `page` how all of them make a page, `budget` how big they may be, `bench`
//! how fast a check must be, `bench_collate` a collation, `exports` what others say of what it leaves as, `fuzz` what
//! hostile bytes find, `serve` a small host, `check` the test steps, `sample` folders of
//! returns, `browser` which browser runs the journeys, `matrix` which others run the short one.
//! `workspace`, `tool` and `stale` serve the others.
#![allow(clippy::print_stdout, reason = "a command for people at a terminal")]
#![allow(
    clippy::disallowed_methods,
    reason = "a build tool may read the clock, to say how long a step took"
)]

mod bench;
mod bench_collate;
mod blank;
mod blocks;
mod browser;
mod budget;
mod build;
mod check;
mod contents;
mod encode;
mod engine;
mod exports;
mod fuzz;
mod matrix;
mod module;
mod page;
mod program;
mod release;
mod reproduce;
mod sample;
mod script;
mod second;
mod serve;
mod shell;
mod stale;
mod style;
mod tool;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::blocks::More;
use crate::workspace::Workspace;

/// Builds, serves and tests ia-returns.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measures a check and the page against floors beside them, and fails where something takes too long
    Bench {
        /// Measures a collation of 10,000 returns instead, against reading and verifying them alone
        #[arg(long)]
        collate: bool,
    },
    /// Builds what is stale: pkg/return.html and the folder pkg/site
    Build {
        /// Adds a collection, and writes the pages to pkg/test instead
        #[arg(long, value_name = "FILE.toml")]
        collection: Vec<PathBuf>,
        /// Adds a template, for a collection that is added
        #[arg(long, value_name = "FILE.toml", requires = "collection")]
        template: Vec<PathBuf>,
        /// Writes the pages with what is added to this folder, and not to pkg/test
        #[arg(long, value_name = "FOLDER", requires = "collection")]
        into: Option<PathBuf>,
    },
    /// Runs every fuzz target for a bounded time; needs the nightly compiler and cargo-fuzz
    Fuzz {
        /// How long each target runs
        #[arg(long, default_value_t = 60, value_name = "N")]
        seconds: u32,
    },
    /// Makes a folder of returns as a region receives it, and beside it what it comes to
    SampleReturns(sample::Arguments),
    /// Builds all that is given out: pages, module, command line, hashes, and what is inside each
    Release,
    /// Builds the pages again in another folder, and fails if any byte differs
    Reproduce,
    /// Builds what is stale and serves pkg/site on 127.0.0.1
    Serve {
        /// The port; 0 takes a free one
        #[arg(long, default_value_t = 0, value_name = "N")]
        port: u16,
    },
    /// Runs every test, fetching what it needs
    Test {
        /// Only format, lints and tests that need no browser: under a minute
        #[arg(long)]
        quick: bool,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = Workspace::find().and_then(|workspace| match arguments.command {
        Command::Bench { collate: false } => bench::bench(&workspace),
        Command::Bench { collate: true } => bench_collate::bench(&workspace),
        Command::Build { collection, template, into } => {
            let more = More { collections: collection, templates: template, folder: into };
            build::build(&workspace, &more).map(|_| ())
        }
        Command::Fuzz { seconds } => fuzz::fuzz(&workspace, seconds),
        Command::SampleReturns(arguments) => sample::sample(&arguments),
        Command::Release => release::release(&workspace).map(|_| ()),
        Command::Reproduce => build::build(&workspace, &blocks::More::default())
            .and_then(|_| reproduce::reproduce(&workspace)),
        Command::Serve { port } => serve::serve(&workspace, port),
        Command::Test { quick } => check::test(&workspace, quick),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
