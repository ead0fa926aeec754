//! The arguments, as clap reads them. The words of `--help` are pinned by `tests/cmd/help.trycmd`.

use clap::{Args as ClapArgs, Parser, Subcommand};
use std::path::PathBuf;

/// Checks, seals and verifies NHS industrial-action returns.
#[derive(Debug, Parser)]
#[command(name = "ia-returns", version, propagate_version = true)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) verb: Verb,
    /// Write the result as JSON
    #[arg(long, global = true)]
    pub(super) json: bool,
    /// Use the templates, collections and organisations of this folder instead of those shipped
    #[arg(long, global = true, value_name = "FOLDER")]
    pub(super) set: Option<PathBuf>,
    /// Add a collection to the set (may be given more than once)
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) collection: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Sign a sealed return off as a second person, over the same bytes
    Approve(super::sender_args::Approve),
    /// Print the canonical form (RFC 8785) of a JSON document
    Canonical(Canonical),
    /// Check drafts or sealed returns, and say what is wrong with the answers
    Check(Check),
    /// Put the returns of a folder together: who is missing, what is wrong, what they add up to (--collection names the
    /// round by its id)
    Collate(Box<super::collate_args::Collate>),
    /// Build, compare and check collections
    Collection(super::author_args::Collection),
    /// Make, seal and show expected lists: who owes which return, and whom to ask
    Expected(super::author_args::Expected),
    /// Make and show kept keys
    Key(Key),
    /// Put two files of one return together, with the signatures of both
    Merge(super::sender_args::Merge),
    /// Make organisation lists, and look organisations up
    Organisations(super::author_args::Organisations),
    /// Make a page for a new round out of a page that is built: --collection names the round
    Publish(Publish),
    /// Make and show receipts: what arrived, and when
    Receipt(super::sender_args::Receipt),
    /// Keep the list of senders: which key belongs to whom
    Register(super::sender_args::Register),
    /// Start the next version of a sealed return
    Revise(super::sender_args::Revise),
    /// Seal a draft with a kept key
    Sign(Sign),
    /// Check templates, and show them to people and programs
    Template(super::author_args::Template),
    /// Verify sealed returns: unchanged since sealed, and the same when checked again
    Verify(super::sender_args::Verify),
}

#[derive(ClapArgs, Debug)]
pub(super) struct Canonical {
    /// The document; - for standard input
    pub(super) file: PathBuf,
}

#[derive(ClapArgs, Debug)]
pub(super) struct Publish {
    /// The page to start from: return.html of a release
    #[arg(long, value_name = "FILE")]
    pub(super) page: PathBuf,
    /// Who owes which return, for the first collection: rows in CSV, or a list that `expected import` wrote
    #[arg(long, value_name = "FILE")]
    pub(super) expected: Option<PathBuf>,
    /// Where to write the page
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: PathBuf,
}

#[derive(ClapArgs, Debug)]
pub(super) struct Files {
    /// The files; - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
}

#[derive(ClapArgs, Debug)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) files: Files,
    /// Check drafts as of this time, like 2023-07-28T10:40:00+01:00; otherwise as of now
    #[arg(long, value_name = "TIME")]
    pub(super) at: Option<String>,
    #[command(flatten)]
    pub(super) with: With,
    #[command(flatten)]
    pub(super) expected: super::sender_args::ExpectedList,
    #[command(flatten)]
    pub(super) remember: super::sender_args::Remember,
}

#[derive(ClapArgs, Debug)]
pub(super) struct With {
    /// A sealed return of the same organisation to compare with: the other return of this round, the
    /// version this one replaces, or the return of an earlier round (may be given more than once)
    #[arg(long, value_name = "FILE")]
    pub(super) with: Vec<PathBuf>,
}

#[derive(ClapArgs, Debug)]
pub(super) struct Key {
    #[command(subcommand)]
    pub(super) verb: KeyVerb,
}

#[derive(Debug, Subcommand)]
pub(super) enum KeyVerb {
    /// Make a key and keep it in a file locked with a passphrase (PKCS#8, which openssl opens)
    New(KeyFile),
    /// Show a key’s check code and thumbprint, and write a request to be confirmed as a sender
    Show(super::sender_args::ShowKey),
}

#[derive(ClapArgs, Debug)]
pub(super) struct KeyFile {
    /// The key file
    pub(super) file: PathBuf,
    #[command(flatten)]
    pub(super) passphrase: Passphrase,
}

#[derive(ClapArgs, Debug)]
pub(super) struct Passphrase {
    /// Read the passphrase from the first line of this file; otherwise from the environment
    /// variable `IA_RETURNS_PASSPHRASE`, otherwise it is asked for
    #[arg(long, value_name = "FILE")]
    pub(super) passphrase_file: Option<PathBuf>,
}

#[derive(ClapArgs, Debug)]
pub(super) struct Sign {
    /// The draft; - for standard input
    pub(super) draft: PathBuf,
    /// The key file
    #[arg(long, value_name = "FILE")]
    pub(super) key: PathBuf,
    #[command(flatten)]
    pub(super) passphrase: Passphrase,
    /// Where to write the sealed file; otherwise beside you, under its own name
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// The time of sealing with its offset, like 2023-07-28T10:40:00+01:00; otherwise this
    /// computer’s clock
    #[arg(long, value_name = "TIME")]
    pub(super) at: Option<String>,
    #[command(flatten)]
    pub(super) with: With,
}
