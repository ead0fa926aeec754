//! `template lint`, `schema`, `docs`, `blank`: for whoever writes a template, and whoever signs it off.

use super::args::Files;
use super::author_args::{TemplateDocs, TemplateFigures, TemplateSchema};
use super::files::{self, Refusal};
use super::output::{Output, Status};
use super::{Failure, faults, sources};
use crate::collate::{Bench, Operator, Typed, typed_rows};
use crate::collection::author::is_part;
use crate::collection::{Form, Set};
use crate::describe;
use crate::gather::Gather as _;
use crate::template::author::{File, template};
use std::path::Path;

pub(super) fn lint(verb: &Files, output: &mut Output) -> Status {
    files::each(&verb.files, output, |name, bytes, output, one| {
        let text = String::from_utf8(bytes.to_vec()).map_err(|_| Refusal {
            code: "not_readable",
            message: "it is not text in UTF-8".to_owned(),
            help: "Save it as UTF-8.".to_owned(),
        })?;
        let file = File { path: name.to_owned(), text };
        if is_part(&file) {
            output.line(&format!("{name}: a part, checked with each template that includes it"));
            one.member("part", true);
            return Ok(Status::Good);
        }
        let found = template(&file, &beside(&file)?).err().unwrap_or_default();
        if found.is_empty() {
            output.line(&format!("{name}: no faults"));
        }
        one.member("faults", faults::say(&found, output));
        Ok(if found.is_empty() { Status::Good } else { Status::Findings })
    })
}

/// The parts that a template may include: they lie in its own folder.
fn beside(file: &File) -> Result<Vec<File>, Failure> {
    let folder = match Path::new(&file.path).parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    sources::read_folder(folder, "toml")
        .map_err(|error| Failure::unreadable(error.to_string(), "Check the folder and its files."))
}

pub(super) fn schema(verb: &TemplateSchema, set: &Set) -> Result<Status, Failure> {
    let form = form(set, &verb.round, &verb.template, verb.stage.as_deref())?;
    Output::whole(&describe::schema(form));
    Ok(Status::Good)
}

pub(super) fn page(verb: &TemplateDocs, set: &Set, output: &mut Output) -> Result<Status, Failure> {
    let (template, form) = if let Some(round) = &verb.round {
        let form = form(set, round, &verb.template, verb.stage.as_deref())?;
        (&form.template, Some(form))
    } else {
        let mut all = set.templates().iter();
        let found = all.find(|own| own.source().id == verb.template);
        (found.ok_or_else(|| no_template(set, &verb.template))?, None)
    };
    let text = describe::docs(template, form);
    for line in text.lines() {
        output.line(line);
    }
    output.member("markdown", text);
    Ok(Status::Good)
}

pub(super) fn blank(
    verb: &TemplateSchema,
    set: &Set,
    output: &mut Output,
) -> Result<Status, Failure> {
    let form = form(set, &verb.round, &verb.template, verb.stage.as_deref())?;
    let html = describe::blank(form);
    for line in html.lines() {
        output.line(line);
    }
    output.member("html", html);
    Ok(Status::Good)
}

/// The figures that an organisation is asked for, to be filled in by whoever is told them.
pub(super) fn figures(
    verb: &TemplateFigures,
    set: &Set,
    output: &mut Output,
) -> Result<Status, Failure> {
    let TemplateSchema { template, round, stage } = &verb.template;
    let form = form(set, round, template, stage.as_deref())?;
    let bench = Bench { set, pictures: &[], collection: round };
    // What is asked does not depend on the time: figures are checked as of the window they are for.
    let now = form.window.map_or_else(super::edge::now, |window| Ok(window.opens()))?;
    let operator = Operator { bench, expected: None, register: None, now };
    let asked = (template.as_str(), form.stage.unwrap_or_default());
    let typed = Typed::begin(&operator, &verb.organisation, asked, now)
        .map_err(|why| Failure::usage(why, "Give the code that `organisations find` knows."))?;
    let csv = typed_rows::blank(&typed);
    if output.is_json() {
        output.member("csv", csv);
    } else {
        Output::raw(&csv);
    }
    Ok(Status::Good)
}

fn no_template(set: &Set, id: &str) -> Failure {
    let known = set.templates().iter().map(|own| own.source().id.as_str()).gather().join(", ");
    Failure::usage(format!("there is no template “{id}”"), format!("Name one of {known}."))
}

/// The template in its collection, at the stage that is named or at its only one.
fn form<'s>(
    set: &'s Set,
    collection: &str,
    template: &str,
    stage: Option<&str>,
) -> Result<&'s Form, Failure> {
    let rounds = set.collections();
    if !rounds.iter().any(|own| own.source().id == collection) {
        let known = rounds.iter().map(|own| own.source().id.as_str()).gather().join(", ");
        let message = format!("there is no collection “{collection}”");
        return Err(Failure::usage(message, format!("Name one of {known}.")));
    }
    let of_round = set.forms().iter().filter(|form| form.collection.source().id == collection);
    let own: Vec<&Form> =
        of_round.filter(|form| form.template.source().id == template).map(AsRef::as_ref).gather();
    let stages = own.iter().filter_map(|form| form.stage).gather().join(" or ");
    match (own.as_slice(), stage) {
        ([], _) if set.templates().iter().any(|known| known.source().id == template) => {
            let message = format!("the collection {collection} does not ask for {template}");
            Err(Failure::usage(message, "Name a collection with a [[return]] for it."))
        }
        ([], _) => Err(no_template(set, template)),
        ([form], None) => Ok(form),
        (_, None) => {
            let message = format!("{collection} asks for {template} more than once");
            Err(Failure::usage(message, format!("Add --stage {stages}.")))
        }
        (all, Some(stage)) => {
            let found = all.iter().copied().find(|form| form.stage == Some(stage));
            found.ok_or_else(|| {
                let message = format!("{collection} does not ask for {template} as {stage}");
                let help = if stages.is_empty() {
                    "Leave --stage out.".to_owned()
                } else {
                    format!("Give --stage {stages}.")
                };
                Failure::usage(message, help)
            })
        }
    }
}
