//! The command line: the one place, beside the browser's, that touches files, clock, randomness.
//!
//! Exit status: 0 good; 1 the returns have errors or unexplained queries, or authored data has faults; 2 wrong
//! usage; 3 a file could not be read or did not verify. What is wrong goes to standard error, results to standard
//! output, as text or with `--json` as one JSON document.

mod args;
mod author_args;
pub mod blocks;
mod built_page;
mod canonical;
mod check;
mod collate;
mod collate_args;
mod collated;
mod collection;
mod counting;
mod edge;
mod expected;
mod expected_list;
mod faults;
mod files;
mod intake;
mod key;
mod memory;
mod organisations;
mod outfolder;
mod output;
mod passphrase;
mod publish;
mod receipt;
mod receipts;
mod received;
mod register;
mod sender_args;
mod sign;
mod since;
pub mod sources;
mod template;
mod verify;
mod version;

use crate::collection::Set;
use crate::collection::author::{self, Base, Files};
use crate::template::author::AuthorFault;
use args::{Args, KeyVerb, Verb};
use author_args::{CollectionVerb, ExpectedVerb, OrganisationsVerb, TemplateVerb};
use clap::Parser;
use output::{Output, Status};
use sender_args::{ReceiptVerb, RegisterVerb};
use std::path::{Path, PathBuf};
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
        Verb::Approve(verb) => version::approve(verb, &set(args)?, output),
        Verb::Canonical(verb) => canonical::run(verb),
        Verb::Check(verb) => check::run(verb, &set(args)?, output),
        Verb::Collate(verb) => collated(verb, args, output),
        Verb::Collection(verb) => {
            let (files, base) = base(args)?;
            match &verb.verb {
                CollectionVerb::Build(verb) => collection::build(verb, &base, output),
                CollectionVerb::Diff(verb) => collection::differences(verb, &base, &files, output),
                CollectionVerb::Lint(verb) => Ok(collection::lint(verb, &base, &files, output)),
            }
        }
        Verb::Expected(verb) => match &verb.verb {
            ExpectedVerb::Import(verb) => expected::import(verb, &base(args)?, output),
            ExpectedVerb::Show(verb) => expected::show(verb, &set(args)?, output),
            ExpectedVerb::Sign(verb) => expected_list::sign(verb, &set(args)?, output),
        },
        Verb::Key(verb) => match &verb.verb {
            KeyVerb::New(verb) => key::new(verb, output),
            KeyVerb::Show(verb) => key::show(verb, output),
        },
        Verb::Merge(verb) => version::merge(verb, &set(args)?, output),
        Verb::Publish(verb) => publish::run(verb, &args.collection, files(args)?, output),
        Verb::Receipt(verb) => match &verb.verb {
            ReceiptVerb::New(verb) => receipt::new(verb, &set(args)?, output),
            ReceiptVerb::Show(verb) => receipt::show(verb, &set(args)?, output),
        },
        Verb::Register(verb) => match &verb.verb {
            RegisterVerb::Add(verb) => register::add(verb, output),
            RegisterVerb::New(verb) => register::new(verb, output),
            RegisterVerb::Revoke(verb) => register::revoke(verb, output),
            RegisterVerb::Show(verb) => register::show(verb, output),
        },
        Verb::Revise(verb) => version::revise(verb, &set(args)?, output),
        Verb::Organisations(verb) => {
            let (_, base) = base(args)?;
            match &verb.verb {
                OrganisationsVerb::Find(verb) => organisations::find(verb, &base, output),
                OrganisationsVerb::Import(verb) => organisations::import(verb, &base, output),
            }
        }
        Verb::Sign(verb) => sign::run(verb, &set(args)?, output),
        Verb::Template(verb) => match &verb.verb {
            TemplateVerb::Blank(verb) => template::blank(verb, &set(args)?, output),
            TemplateVerb::Docs(verb) => template::page(verb, &set(args)?, output),
            TemplateVerb::Figures(verb) => template::figures(verb, &set(args)?, output),
            TemplateVerb::Lint(verb) => Ok(template::lint(verb, output)),
            TemplateVerb::Schema(verb) => template::schema(verb, &set(args)?),
        },
        Verb::Verify(verb) => verify::run(verb, &set(args)?, output),
    }
}

/// `collate`, whose `--collection` names the round: by its id, or by a file that is added to the set.
fn collated(
    verb: &collate_args::Collate,
    args: &Args,
    output: &mut Output,
) -> Result<Status, Failure> {
    let (paths, ids): (Vec<&PathBuf>, Vec<&PathBuf>) =
        args.collection.iter().partition(|path| path.exists());
    let files = files_of(args.set.as_deref(), &paths)?;
    let documents = author::compile(&files).map_err(|faults| faulty(&faults))?;
    let set = load(&documents)?;
    let added = files.collections.last().filter(|_| !paths.is_empty()).and_then(id_of);
    let named = ids.last().map(|id| id.to_string_lossy().into_owned());
    let round = named.or(added).filter(|_| args.collection.len() < 3).unwrap_or_default();
    if !set.collections().iter().any(|own| own.source().id == round) {
        let known: Vec<&str> =
            set.collections().iter().map(|own| own.source().id.as_str()).collect();
        let help = format!("Give one of {} with --collection, or a file.", known.join(", "));
        let message = if round.is_empty() {
            "no collection is named".to_owned()
        } else {
            format!("there is no collection “{round}” in the set, and no file “{round}”")
        };
        return Err(Failure::usage(message, help));
    }
    let pictures = collate::pictures(args.set.as_deref())?;
    collate::run(verb, (&documents, &set), (&round, &pictures), output)
}

/// The id that an authored collection gives itself.
fn id_of(file: &crate::template::author::File) -> Option<String> {
    let own = crate::template::author::table(file).ok()?;
    Some(own.get("id")?.as_str()?.to_owned())
}

/// The authored data: what is shipped, or a folder, and collections named beside it.
fn files(args: &Args) -> Result<Files, Failure> {
    files_of(args.set.as_deref(), &args.collection.iter().collect::<Vec<_>>())
}

fn files_of(set: Option<&Path>, collections: &[&PathBuf]) -> Result<Files, Failure> {
    let mut files = match set {
        None => sources::shipped(),
        Some(folder) => sources::read(folder).map_err(|error| {
            let help = "Name a folder with templates/, collections/ and organisations/ in it.";
            Failure::unreadable(error.to_string(), help)
        })?,
    };
    for path in collections {
        files.collections.push(source(path)?);
    }
    Ok(files)
}

/// What collections and lists are compiled against.
fn base(args: &Args) -> Result<(Files, Base), Failure> {
    let files = files(args)?;
    let (base, faults) = Base::new(&files);
    if faults.is_empty() { Ok((files, base)) } else { Err(faulty(&faults)) }
}

/// The operator's own set.
fn set(args: &Args) -> Result<Set, Failure> {
    let files = files(args)?;
    load(&author::compile(&files).map_err(|faults| faulty(&faults))?)
}

fn load(documents: &[crate::collection::Document]) -> Result<Set, Failure> {
    Set::load(documents)
        .map_err(|error| Failure::unreadable(error.to_string(), "Mend the file named."))
}

/// Says the faults of data that was to be used.
fn faulty(faults: &[AuthorFault]) -> Failure {
    for AuthorFault { file, line, column, message, help } in faults {
        output::complain(&format!("{file}:{line}:{column}: {message}"), help);
    }
    let message = match faults.len() {
        1 => "the data has a fault".to_owned(),
        count => format!("the data has {count} faults"),
    };
    Failure::unreadable(message, "Mend it at the place named.")
}

fn source(path: &Path) -> Result<crate::template::author::File, Failure> {
    sources::read_file(path)
        .map_err(|error| Failure::unreadable(error.to_string(), "Check the file’s name."))
}
