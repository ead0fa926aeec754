//! `expected import`, `show`: who owes which return, and whom to ask.

use super::author_args::{ImportExpected, Show};
use super::expected_list::{self, Found};
use super::faults;
use super::output::{Output, Status};
use super::{Failure, edge, sources};
use crate::collection::author::{self, Against, Base, Files};
use crate::collection::{
    Collection, EXPECTED_FORMAT, Expected, Organisation, Organisations, Owes, Set,
};
use crate::json::Value;
use crate::sign::Header;
use crate::template::author::{AuthorFault, File, table};
use std::path::Path;
use std::rc::Rc;

pub(super) fn import(
    verb: &ImportExpected,
    (files, base): &(Files, Base),
    output: &mut Output,
) -> Result<Status, Failure> {
    let collection = match named(&verb.round, files, base)? {
        Ok(collection) => collection,
        Err(found) => return Ok(faults::stop(&found, output)),
    };
    let file = sources::read_file(&verb.file)
        .map_err(|error| Failure::unreadable(error.to_string(), "Check the file’s name."))?;
    let organisations = base.organisations_of(&collection).ok_or_else(|| {
        Failure::unreadable("its organisation list is not in the set", "Add it to the set.")
    })?;
    let against = Against { collection: &collection, organisations };
    let list = match author::owes(&file, against) {
        Ok(organisations) => list(verb, files, organisations)?,
        Err(found) => return Ok(faults::stop(&found, output)),
    };
    output.member("serial", list.serial);
    output.member("organisations", i64::try_from(list.organisations.len()).unwrap_or(i64::MAX));
    match verb.output.as_deref() {
        None if output.is_json() => {
            output
                .member("expected", crate::json::read(list.json().as_bytes()).unwrap_or_default());
        }
        // No line break at the end: canonical JSON has none.
        None => Output::raw(&list.json()),
        Some(path) => save(path, &list, &file, output)?,
    }
    Ok(Status::Good)
}

/// The collection with this id.
fn named(
    id: &str,
    files: &Files,
    base: &Base,
) -> Result<Result<Rc<Collection>, Vec<AuthorFault>>, Failure> {
    let is = |file: &&File| {
        let own = table(file).ok();
        own.is_some_and(|own| own.get("id").and_then(toml::Value::as_str) == Some(id))
    };
    let file = files.collections.iter().find(is).ok_or_else(|| {
        let known: Vec<&str> = files.collections.iter().map(File::stem).collect();
        let help = format!("Give one of {}, or add its file with --collection.", known.join(", "));
        Failure::usage(format!("there is no collection “{id}” in the set"), help)
    })?;
    Ok(author::collection(file, base))
}

fn list(
    verb: &ImportExpected,
    files: &Files,
    organisations: Vec<Owes>,
) -> Result<Expected, Failure> {
    let before = files.expected.iter().filter_map(|file| {
        let own = table(file).ok()?;
        let is = own.get("collection")?.as_str()? == verb.round;
        own.get("serial").filter(|_| is)?.as_integer()
    });
    let issued = match &verb.issued {
        Some(text) => edge::date(text)?,
        None => edge::now()?.date(),
    };
    let serial = verb.serial.unwrap_or_else(|| before.max().unwrap_or(0).saturating_add(1));
    if serial < 1 {
        return Err(Failure::usage("the serial number is less than 1", "Give 1 or more."));
    }
    Ok(Expected {
        format: EXPECTED_FORMAT.to_owned(),
        collection: verb.round.clone(),
        serial,
        issued: issued.to_string(),
        complete: verb.complete,
        note: verb.note.clone().unwrap_or_default(),
        organisations,
    })
}

/// Writes JSON, or what an author keeps: a head in TOML, and the rows as they came.
fn save(path: &Path, list: &Expected, rows: &File, output: &mut Output) -> Result<(), Failure> {
    let mut said = vec![path.to_path_buf()];
    if path.extension().is_some_and(|ending| ending == "toml") {
        let beside = path.with_extension("csv");
        edge::write_new(path, &head(list), false)?;
        edge::write_new(&beside, &rows.text, false)?;
        said.push(beside);
    } else {
        edge::write_new(path, &list.json(), false)?;
    }
    for path in &said {
        output.line(&format!("Saved {}", path.display()));
    }
    let organisations = list.organisations.len();
    output.line(&format!(
        "{}, serial {}, {organisations} organisations",
        list.collection, list.serial
    ));
    output.member(
        "files",
        said.iter().map(|p| Value::String(p.display().to_string())).collect::<Value>(),
    );
    Ok(())
}

fn head(list: &Expected) -> String {
    // The texts of canonical JSON are texts of TOML too; delete is the one character that only JSON takes as it is.
    let text = |text: &str| {
        crate::json::canonical(&Value::String(text.to_owned())).replace('\u{7f}', "\\u007f")
    };
    let Expected { format, collection, serial, issued, complete, note, .. } = list;
    let head = format!(
        "format = {}\ncollection = {}\nserial = {serial}\nissued = {}\ncomplete = {complete}\n",
        text(format),
        text(collection),
        text(issued)
    );
    if note.is_empty() { head } else { format!("{head}note = {}\n", text(note)) }
}

pub(super) fn show(verb: &Show, set: &Set, output: &mut Output) -> Result<Status, Failure> {
    if set.expected(&verb.list.to_string_lossy()).is_none() && !verb.list.exists() {
        let name = verb.list.display();
        let message =
            format!("there is no expected list for “{name}” in the set, and no file “{name}”");
        return Err(Failure::usage(message, "Make one with ia-returns expected import."));
    }
    let Found { list, issue, signed } =
        expected_list::find(&verb.list, set, verb.issuer.as_deref(), &verb.remember)?;
    let form = set.forms().iter().find(|form| form.collection.source().id == list.collection);
    let organisations = form.map(|form| form.organisations.clone());
    let whole = if list.complete { "complete" } else { "incomplete" };
    let count = list.organisations.len();
    let (serial, issued) = (list.serial, &list.issued);
    output.line(&format!(
        "{}: serial {serial}, issued {issued}, {whole}, {count} organisations",
        list.collection
    ));
    for found in signed.iter().flat_map(|signed| &signed.signatures) {
        let Header { signer_name, signer_job_title, signed_at, .. } = &found.header;
        output.line(&format!("  sealed by {signer_name} ({signer_job_title}), {signed_at}"));
        output.line(&format!("  thumbprint {}", found.thumbprint));
    }
    if !list.note.is_empty() {
        output.line(&format!("  {}", list.note));
    }
    for owes in &list.organisations {
        line(owes, &list, organisations.as_deref(), output);
    }
    output.member("expected", crate::json::read(list.json().as_bytes()).unwrap_or_default());
    output.member("id", issue.id);
    let by = signed.iter().flat_map(|signed| &signed.signatures);
    output.member(
        "sealed_by",
        by.map(|found| Value::from(found.thumbprint.to_string())).collect::<Value>(),
    );
    Ok(Status::Good)
}

fn line(owes: &Owes, list: &Expected, all: Option<&Organisations>, output: &Output) {
    let own: Option<&Organisation> = all.and_then(|all| all.by_code(&owes.code));
    let name = own.map_or("", |own| own.name.as_str());
    output.line(&format!("{} {name}", owes.code));
    let home = |own: &String, listed: Option<&String>| {
        if own.is_empty() { listed.cloned().unwrap_or_default() } else { own.clone() }
    };
    let icb = home(&owes.icb_code, own.map(|own| &own.icb_code));
    let region = home(&owes.region_code, own.map(|own| &own.region_code));
    for (what, text) in [
        ("in", owes.actions.join(", ")),
        ("owes", owes.returns.join(", ")),
        ("ICB", icb),
        ("region", region),
    ] {
        if !text.is_empty() {
            output.line(&format!("  {what}: {text}"));
        }
    }
    for template in &owes.returns {
        if let Some(time) = own.and_then(|own| list.deadline(own, template)) {
            output.line(&format!("  {template} wanted by {time}"));
        }
    }
    for contact in &owes.contacts {
        let parts = [&contact.name, &contact.role, &contact.email, &contact.phone];
        let parts: Vec<&str> =
            parts.into_iter().map(String::as_str).filter(|p| !p.is_empty()).collect();
        output.line(&format!("  ask: {}", parts.join(", ")));
    }
}
