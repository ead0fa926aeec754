//! `organisations import`, `find`: lists out of what ODS publishes, and who a code or a name means.

use super::author_args::{Find, ImportOrganisations};
use super::faults;
use super::output::{Output, Status, aside};
use super::{Failure, edge, sources};
use crate::collection::author::{self, Base, ods};
use crate::collection::{By, Organisations};
use crate::json::Value;
use std::path::Path;
use std::rc::Rc;

pub(super) fn import(
    verb: &ImportOrganisations,
    base: &Base,
    output: &mut Output,
) -> Result<Status, Failure> {
    let previous = match previous(verb.previous.as_deref(), base)? {
        Ok(list) => list,
        Err(found) => return Ok(faults::stop(&found, output)),
    };
    let on = match &verb.on {
        Some(text) => edge::date(text)?,
        None => edge::now()?.date(),
    };
    let file = read(&verb.file)?;
    let found = match ods::import(&file, &verb.kind, on, &previous) {
        Ok(found) => found,
        Err(found) => return Ok(faults::stop(&found, output)),
    };
    // Where the list itself is standard output, what is said of it goes to standard error.
    let say = |output: &Output, text: &str| {
        if verb.output.is_some() { output.line(text) } else { aside(text) }
    };
    if let Some(path) = &verb.output {
        edge::write_new(path, &found.csv, false)?;
        output.line(&format!("Saved {}", path.display()));
        output.member("file", path.display().to_string());
    } else if output.is_json() {
        output.member("csv", found.csv.as_str());
    } else {
        Output::raw(&found.csv);
    }
    if !output.is_json() {
        let (count, date) = (found.count, on.words_without_weekday());
        say(output, &format!("{count} organisations on {date}, compared with {}", previous.id()));
        for change in &found.changes {
            say(output, &change.text);
        }
    }
    let to_json = |own: &ods::Change| crate::json!({ "change": own.kind, "code": &own.code, "text": &own.text });
    output.member("changes", found.changes.iter().map(to_json).collect::<Value>());
    output.member("organisations", i64::try_from(found.count).unwrap_or(i64::MAX));
    output.member("previous", previous.id());
    Ok(Status::Good)
}

/// The list before: a file, a name in the set, or the newest of the set.
fn previous(
    named: Option<&Path>,
    base: &Base,
) -> Result<Result<Rc<Organisations>, Vec<crate::template::author::AuthorFault>>, Failure> {
    let Some(path) = named else { return newest(base).map(Ok) };
    let known = base.organisations.iter().find(|list| Some(list.id()) == path.to_str());
    match known {
        Some(list) if !path.exists() => Ok(Ok(list.clone())),
        _ => Ok(author::organisations(&read(path)?).map(Rc::new)),
    }
}

fn newest(base: &Base) -> Result<Rc<Organisations>, Failure> {
    let newest = base.organisations.iter().max_by(|a, b| a.id().cmp(b.id())).cloned();
    newest.ok_or_else(|| {
        Failure::unreadable("there is no organisation list in the set", "Name one with --previous.")
    })
}

fn read(path: &Path) -> Result<crate::template::author::File, Failure> {
    sources::read_file(path)
        .map_err(|error| Failure::unreadable(error.to_string(), "Check the file’s name."))
}

pub(super) fn find(verb: &Find, base: &Base, output: &mut Output) -> Result<Status, Failure> {
    let list = match &verb.list {
        None => newest(base)?,
        Some(id) => {
            let list = base.organisations.iter().find(|list| list.id() == id).cloned();
            let known: Vec<&str> = base.organisations.iter().map(|list| list.id()).collect();
            let help = format!("Name one of {}.", known.join(", "));
            list.ok_or_else(|| {
                Failure::usage(format!("there is no organisation list “{id}”"), help)
            })?
        }
    };
    let found = list.find(&verb.text);
    if found.is_empty() {
        output.line(&format!("{}: no organisation matches in the list {}", verb.text, list.id()));
    }
    let mut all = Vec::new();
    for (by, own) in &found {
        let by = by_word(*by);
        let home = [&own.icb_code, &own.region_code].map(String::as_str).join(" ");
        let services = own.services.join(" ");
        let line = [own.code.as_str(), &own.name, &own.kind, &services, home.trim()];
        let line: Vec<&str> = line.into_iter().filter(|part| !part.is_empty()).collect();
        output.line(&format!("{} (found by {})", line.join(", "), by.replace('_', " ")));
        all.push(crate::json!({
            "by": by, "code": &own.code, "former_codes": own.former_codes.clone(),
            "former_names": own.former_names.clone(), "icb_code": &own.icb_code, "kind": &own.kind, "name": &own.name,
            "region_code": &own.region_code, "services": own.services.clone(),
        }));
    }
    output.member("list", list.id());
    output.member("organisations", Value::Array(all));
    Ok(if found.is_empty() { Status::Findings } else { Status::Good })
}

fn by_word(by: By) -> &'static str {
    match by {
        By::Code => "code",
        By::FormerCode => "former_code",
        By::FormerName => "former_name",
        By::Name => "name",
        By::Words => "words",
    }
}
