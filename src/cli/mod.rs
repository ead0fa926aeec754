//! The command line: the one place, beside the browser's, that touches files, clock, randomness.
//!
//! Exit status: 0 good; 1 the returns have errors or unexplained queries; 2 wrong usage; 3 a file
//! could not be read or did not verify. What is wrong goes to standard error, results to standard
//! output, as text or with `--json` as one JSON document.

mod args;
mod canonical;
mod check;
mod edge;
mod files;
mod key;
mod output;
mod passphrase;
mod sign;
pub mod sources;
mod verify;

use crate::collection::{Set, author};
use crate::template::author::AuthorFault;
use args::{Args, KeyVerb, Verb};
use clap::Parser;
use output::{Output, Status};
use std::path::Path;
use std::process::ExitCode;

/// What stops a verb before it has a result.
#[derive(Debug)]
pub(crate) struct Failure {
    status: Status,
    message: String,
    help: String,
}

impl Failure {
    fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { status: Status::Usage, message: message.into(), help: help.into() }
    }

    fn unreadable(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { status: Status::Refused, message: message.into(), help: help.into() }
    }
}

/// Runs the command line.
pub fn main() -> ExitCode {
    // Clap prints help and usage faults itself, and leaves with 0 or 2.
    let args = Args::parse();
    let mut output = Output::new(args.json);
    let result = run(&args, &mut output);
    let status = match result {
        Ok(status) => status,
        Err(failure) => {
            output.failure(&failure.message, &failure.help);
            failure.status
        }
    };
    output.finish(status).into()
}

fn run(args: &Args, output: &mut Output) -> Result<Status, Failure> {
    match &args.verb {
        Verb::Canonical(verb) => canonical::run(verb),
        Verb::Check(verb) => check::run(verb, &set(args)?, output),
        Verb::Key(verb) => match &verb.verb {
            KeyVerb::New(verb) => key::new(verb, output),
            KeyVerb::Show(verb) => key::show(verb, output),
        },
        Verb::Sign(verb) => sign::run(verb, &set(args)?, output),
        Verb::Verify(verb) => Ok(verify::run(verb, &set(args)?, output)),
    }
}

/// The operator's own set: what is shipped, or a folder, and collections named beside it.
fn set(args: &Args) -> Result<Set, Failure> {
    let mut files = match &args.set {
        None => sources::shipped(),
        Some(folder) => sources::read(folder).map_err(|error| {
            let help = "Name a folder with templates/, collections/ and organisations/ in it.";
            Failure::unreadable(error.to_string(), help)
        })?,
    };
    for path in &args.collection {
        files.collections.push(source(path)?);
    }
    let documents = author::compile(&files).map_err(|faults| {
        for AuthorFault { file, line, column, message, help } in &faults {
            output::complain(&format!("{file}:{line}:{column}: {message}"), help);
        }
        let count = faults.len();
        Failure::unreadable(
            format!("the data has {count} faults"),
            "Mend them at the places named.",
        )
    })?;
    Set::load(&documents)
        .map_err(|error| Failure::unreadable(error.to_string(), "Mend the file named."))
}

fn source(path: &Path) -> Result<crate::template::author::File, Failure> {
    sources::read_file(path)
        .map_err(|error| Failure::unreadable(error.to_string(), "Check the file’s name."))
}
