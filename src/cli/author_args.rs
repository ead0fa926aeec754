//! The arguments of the verbs for whoever writes collections and lists.

use super::args::Files;
use super::sender_args::{Remember, Signer};
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Args, Debug)]
pub(super) struct Collection {
    #[command(subcommand)]
    pub(super) verb: CollectionVerb,
}

#[derive(Debug, Subcommand)]
pub(super) enum CollectionVerb {
    /// Compile a collection to the form that pages carry, and say its id and SHA-256
    Build(Build),
    /// Say in words what changed between two rounds
    Diff(Diff),
    /// Say what is wrong with collections and their expected lists, with line and column
    Lint(Files),
}

#[derive(Args, Debug)]
pub(super) struct Build {
    /// The collection, in TOML
    pub(super) file: PathBuf,
    /// Where to write it; otherwise standard output
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(super) struct Diff {
    /// The older round: a file, or the id of a collection in the set
    pub(super) old: PathBuf,
    /// The newer round: a file, or the id of a collection in the set
    pub(super) new: PathBuf,
}

#[derive(Args, Debug)]
pub(super) struct Organisations {
    #[command(subcommand)]
    pub(super) verb: OrganisationsVerb,
}

#[derive(Debug, Subcommand)]
pub(super) enum OrganisationsVerb {
    /// Find organisations by code, name, former name or former code
    Find(Find),
    /// Make an organisation list from a CSV file of the Organisation Data Service (ODS), and say what changed
    Import(ImportOrganisations),
}

#[derive(Args, Debug)]
pub(super) struct Find {
    /// Code, name or words of a name
    pub(super) text: String,
    /// Which list, like 2023-07; otherwise the newest
    #[arg(long, value_name = "LIST")]
    pub(super) list: Option<String>,
}

#[derive(Args, Debug)]
pub(super) struct ImportOrganisations {
    /// The file as ODS publishes it: 27 columns without names, like etr.csv
    pub(super) file: PathBuf,
    /// What the organisations of the file are
    #[arg(long, default_value = "trust", value_parser = ["trust", "icb", "region"])]
    pub(super) kind: String,
    /// The date that the list is to be true on, like 2026-07-08; otherwise today
    #[arg(long, value_name = "DATE")]
    pub(super) on: Option<String>,
    /// The list before it: a file, or the name of one in the set; otherwise the newest in the set
    #[arg(long, value_name = "LIST")]
    pub(super) previous: Option<PathBuf>,
    /// Where to write it; otherwise standard output
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(super) struct Expected {
    #[command(subcommand)]
    pub(super) verb: ExpectedVerb,
}

#[derive(Debug, Subcommand)]
pub(super) enum ExpectedVerb {
    /// Make an expected list from CSV: who owes which return, and whom to ask
    Import(ImportExpected),
    /// Show an expected list
    Show(Show),
    /// Seal an expected list with a kept key, so that others know that it is yours and the newest
    Sign(SignExpected),
}

#[derive(Args, Debug)]
pub(super) struct ImportExpected {
    /// The file; docs/template-authors.md names its columns
    pub(super) file: PathBuf,
    /// The id of its collection
    #[arg(long = "for", value_name = "ID")]
    pub(super) round: String,
    /// The serial number; otherwise one more than that of the list in the set
    #[arg(long, value_name = "NUMBER")]
    pub(super) serial: Option<i64>,
    /// The date of issue, like 2026-11-20; otherwise today
    #[arg(long, value_name = "DATE")]
    pub(super) issued: Option<String>,
    /// The list names everybody
    #[arg(long)]
    pub(super) complete: bool,
    /// What is missing and how to complete it, where the list does not name everybody
    #[arg(long, value_name = "TEXT", required_unless_present = "complete")]
    pub(super) note: Option<String>,
    /// Where to write it: NAME.json, or NAME.toml, which writes NAME.csv too; otherwise JSON on standard output
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(super) struct Show {
    /// The list: a file, or the id of a collection in the set
    pub(super) list: PathBuf,
    /// The thumbprint of whoever seals the list, which they told you; otherwise the one that you stated before
    #[arg(long, value_name = "THUMBPRINT", allow_hyphen_values = true)]
    pub(super) issuer: Option<String>,
    #[command(flatten)]
    pub(super) remember: Remember,
}

#[derive(Args, Debug)]
pub(super) struct SignExpected {
    /// The list: a JSON file that `expected import` wrote, or the id of a collection in the set
    pub(super) list: PathBuf,
    /// The list that it replaces, sealed or not; otherwise the one that you sealed last, which this computer remembers
    #[arg(long, value_name = "LIST")]
    pub(super) supersedes: Option<PathBuf>,
    /// Where to write it
    #[arg(long, value_name = "FILE")]
    pub(super) output: PathBuf,
    #[command(flatten)]
    pub(super) signer: Signer,
    #[command(flatten)]
    pub(super) remember: Remember,
}

#[derive(Args, Debug)]
pub(super) struct Template {
    #[command(subcommand)]
    pub(super) verb: TemplateVerb,
}

#[derive(Debug, Subcommand)]
pub(super) enum TemplateVerb {
    /// Print a template in a collection as a blank form: HTML to be printed and written on
    Blank(TemplateSchema),
    /// Print a template as a page of Markdown, to be read and signed off: questions, ratings, rules, limits
    Docs(TemplateDocs),
    /// Print a CSV file to fill in, with a line for each figure that an organisation is asked for: for `collate --entered`
    Figures(TemplateFigures),
    /// Say what is wrong with templates, with line and column
    Lint(Files),
    /// Print a JSON Schema (2020-12) of the answers of a template in a collection
    Schema(TemplateSchema),
}

#[derive(Args, Debug)]
pub(super) struct TemplateDocs {
    /// The id of the template
    #[arg(value_name = "TEMPLATE")]
    pub(super) template: String,
    /// The id of a collection, for its lists and limits
    #[arg(long = "for", value_name = "ID")]
    pub(super) round: Option<String>,
    /// The stage, where the collection asks for an estimate and then for the final figures
    #[arg(long, value_parser = ["estimate", "final"], requires = "round")]
    pub(super) stage: Option<String>,
}

#[derive(Args, Debug)]
pub(super) struct TemplateSchema {
    /// The id of the template
    #[arg(value_name = "TEMPLATE")]
    pub(super) template: String,
    /// The id of the collection
    #[arg(long = "for", value_name = "ID")]
    pub(super) round: String,
    /// The stage, where the collection asks for an estimate and then for the final figures
    #[arg(long, value_parser = ["estimate", "final"])]
    pub(super) stage: Option<String>,
}

#[derive(Args, Debug)]
pub(super) struct TemplateFigures {
    #[command(flatten)]
    pub(super) template: TemplateSchema,
    /// The ODS code of the organisation
    #[arg(long, value_name = "CODE")]
    pub(super) organisation: String,
}
