//! Collections and lists as people write them: TOML and CSV to canonical JSON. Native only.

use super::{Collection, Document, DocumentKind, Expected, Form, Organisation, Organisations};
use crate::json;
use crate::json::{Map, Value};
use crate::template::author::{AuthorFault, File, locate, table, template, to_json};
use crate::template::{Fault, Step, Template};
use std::rc::Rc;

/// The members of an authored collection that are not lists.
const MEMBERS: [&str; 15] = [
    "format",
    "id",
    "title",
    "reference",
    "source",
    "classification",
    "practice",
    "organisations",
    "approval",
    "unknown_signer",
    "submit_to",
    "action",
    "return",
    "parameters",
    "workbook",
];

/// The `format` of a file that templates include.
const PART: &str = "ia-template-part/1";

/// Every authored file, by what it is.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// `templates/*.toml`, with the parts that others include.
    pub templates: Vec<File>,
    /// `collections/*.toml`, in the order in which a person should see them.
    pub collections: Vec<File>,
    /// `collections/expected/*.toml`.
    pub expected: Vec<File>,
    /// `collections/expected/*.csv`.
    pub expected_rows: Vec<File>,
    /// `organisations/*.csv`.
    pub organisations: Vec<File>,
}

/// Compiles everything: templates first, since collections pin them by hash.
///
/// # Errors
/// Every fault of every file, with line and column.
pub fn compile(files: &Files) -> Result<Vec<Document>, Vec<AuthorFault>> {
    let mut faults = Vec::new();
    let mut documents = Vec::new();
    let mut templates = Vec::new();
    for file in files.templates.iter().filter(|file| !is_part(file)) {
        match template(file, &files.templates) {
            Ok(found) => templates.push(Rc::new(found)),
            Err(more) => faults.extend(more),
        }
    }
    let mut lists = Vec::new();
    for file in &files.organisations {
        match organisations(file) {
            Ok(found) => lists.push(Rc::new(found)),
            Err(fault) => faults.push(fault),
        }
    }
    for file in &files.collections {
        match collection(file, &templates, &lists) {
            Ok(found) => {
                documents.push(document(
                    DocumentKind::Collection,
                    &found.source().id,
                    found.json(),
                ));
            }
            Err(more) => faults.extend(more),
        }
    }
    for file in &files.expected {
        match expected(file, &files.expected_rows) {
            Ok((id, json)) => documents.push(document(DocumentKind::Expected, &id, &json)),
            Err(more) => faults.extend(more),
        }
    }
    for found in &templates {
        documents.push(document(DocumentKind::Template, &found.source().id, found.json()));
    }
    for found in &lists {
        documents.push(document(DocumentKind::Organisations, found.id(), found.json()));
    }
    if faults.is_empty() { Ok(documents) } else { Err(faults) }
}

fn document(kind: DocumentKind, id: &str, json: &str) -> Document {
    Document { kind, id: id.to_owned(), json: json.to_owned() }
}

/// A part is included by templates and is none of its own.
fn is_part(file: &File) -> bool {
    let part = |table: toml::Table| table.get("format").and_then(toml::Value::as_str) == Some(PART);
    table(file).is_ok_and(part)
}

/// Reads `code,name,kind,services,icb_code,region_code`; services are separated by spaces.
///
/// # Errors
/// The first line that does not have that form, or a code given twice.
pub fn organisations(file: &File) -> Result<Organisations, AuthorFault> {
    let mut list: Vec<Organisation> = Vec::new();
    for (offset, cells) in
        csv_rows(file, &["code", "name", "kind", "services", "icb_code", "region_code"])?
    {
        let [code, name, kind, services, icb_code, region_code] = <[String; 6]>::try_from(cells)
            .map_err(|_| {
                AuthorFault::at(
                    file,
                    offset,
                    "this line does not have 6 cells",
                    "Fill or remove cells.",
                )
            })?;
        if code.is_empty() || name.is_empty() || list.iter().any(|item| item.code == code) {
            return Err(AuthorFault::at(
                file,
                offset,
                format!("the code “{code}” is empty or given twice"),
                "Give each organisation once.",
            ));
        }
        let services = services.split_whitespace().map(str::to_owned).collect();
        list.push(Organisation { code, name, kind, services, icb_code, region_code });
    }
    Ok(Organisations::new(file.stem().to_owned(), list))
}

/// The rows of a CSV file with this heading, each with its byte offset.
fn csv_rows(file: &File, heading: &[&str]) -> Result<Vec<(usize, Vec<String>)>, AuthorFault> {
    let mut reader = csv::ReaderBuilder::new().from_reader(file.text.as_bytes());
    let fault = |error: &csv::Error| {
        let at = error.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(0));
        AuthorFault::at(file, at, error.to_string(), "Write it as comma-separated values.")
    };
    let found = reader.headers().map_err(|error| fault(&error))?.clone();
    if found.iter().ne(heading.iter().copied()) {
        let wanted = heading.join(",");
        return Err(AuthorFault::at(
            file,
            0,
            "the first line does not name the columns",
            format!("Start the file with {wanted}."),
        ));
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| fault(&error))?;
        let at = record.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(0));
        rows.push((at, record.iter().map(|cell| cell.trim().to_owned()).collect()));
    }
    Ok(rows)
}

/// Compiles one collection against the templates and organisation lists at hand.
///
/// # Errors
/// Every fault, with line and column.
pub fn collection(
    file: &File,
    templates: &[Rc<Template>],
    lists: &[Rc<Organisations>],
) -> Result<Collection, Vec<AuthorFault>> {
    let mut members = members(file)?;
    let at = |path: &[Step], message: String, help: &str| {
        vec![locate(file, path, &Fault::new(path, message, help))]
    };
    let wanted =
        members.get("organisations").and_then(Value::as_str).unwrap_or_default().to_owned();
    let organisations = lists.iter().find(|list| list.id() == wanted).ok_or_else(|| {
        at(
            &["organisations".into()],
            format!("there is no organisation list “{wanted}”"),
            "Name a file of organisations/.",
        )
    })?;
    members.insert(
        "organisations".to_owned(),
        json!({ "id": &wanted, "sha256": organisations.sha256() }),
    );
    if let Some(Value::Array(returns)) = members.get_mut("return") {
        for (number, due) in returns.iter_mut().enumerate() {
            let id = due.get("template").and_then(Value::as_str).unwrap_or_default();
            let found = templates.iter().find(|t| t.source().id == id).ok_or_else(|| {
                at(
                    &["return".into(), number.into(), "template".into()],
                    format!("there is no template “{id}”"),
                    "Name a file of templates/.",
                )
            })?;
            let (version, sha256) = (found.source().version.clone(), found.sha256().to_owned());
            if let Some(due) = due.as_object_mut() {
                due.insert("version".to_owned(), Value::String(version));
                due.insert("sha256".to_owned(), Value::String(sha256));
            }
        }
    }
    let all = |faults: Vec<Fault>| {
        faults.iter().map(|fault| locate(file, &authored(&fault.path), fault)).collect::<Vec<_>>()
    };
    let collection = Rc::new(Collection::compile(&Value::Object(members)).map_err(all)?);
    let mut faults = Vec::new();
    for due in &collection.source().returns {
        let found = templates.iter().filter(|t| t.source().id == due.template);
        for template in found {
            let (collection, template) = (collection.clone(), template.clone());
            let form = Form::new(collection, template, due.stage, organisations.clone());
            for fault in form.err().map(all).unwrap_or_default() {
                // A template that is owed at two stages has its faults once.
                if !faults.contains(&fault) {
                    faults.push(fault);
                }
            }
        }
    }
    faults.extend(unused(file, &collection, templates));
    if !faults.is_empty() {
        return Err(faults);
    }
    Rc::try_unwrap(collection).map_err(|_| Vec::new())
}

/// The authored members as JSON, with the arrays that are lists moved under `lists`.
fn members(file: &File) -> Result<Map, Vec<AuthorFault>> {
    let authored = table(file)?;
    let mut members = Map::new();
    let mut lists = Map::new();
    for (name, value) in authored {
        let home = if MEMBERS.contains(&name.as_str()) { &mut members } else { &mut lists };
        home.insert(name, to_json(value));
    }
    members.insert("lists".to_owned(), Value::Object(lists));
    Ok(members)
}

/// A path of the compiled form in the authored file: lists stand at the top there.
fn authored(path: &[Step]) -> Vec<Step> {
    match path {
        [Step::Name(name), rest @ ..] if name == "lists" && !rest.is_empty() => rest.to_vec(),
        _ => path.to_vec(),
    }
}

/// Lists and parameters that no template of the collection asks for.
fn unused(file: &File, collection: &Collection, templates: &[Rc<Template>]) -> Vec<AuthorFault> {
    let source = collection.source();
    let used: Vec<_> = templates
        .iter()
        .filter(|t| source.returns.iter().any(|due| due.template == t.source().id))
        .map(|t| t.source())
        .collect();
    let mut faults = Vec::new();
    for (name, _) in &source.lists {
        if !used.iter().any(|t| t.lists.iter().any(|list| list.id == *name)) {
            let path = [Step::Name(name.clone())];
            let help = "Take it out, or mend its name.";
            faults.push(locate(
                file,
                &path,
                &Fault::new(&path, format!("no template asks for “{name}”"), help),
            ));
        }
    }
    for (name, _) in &source.parameters {
        if !used.iter().any(|t| t.parameters.iter().any(|p| p.id == *name)) {
            let path = ["parameters".into(), Step::Name(name.clone())];
            let help = "Take it out, or mend its name.";
            faults.push(locate(
                file,
                &path,
                &Fault::new(&path, format!("no template asks for the parameter “{name}”"), help),
            ));
        }
    }
    faults
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// Compiles an expected list: its TOML head and the CSV of the same name.
fn expected(file: &File, rows: &[File]) -> Result<(String, String), Vec<AuthorFault>> {
    let mut value = to_json(toml::Value::Table(table(file)?));
    let mut organisations = Vec::new();
    if let Some(rows) = rows.iter().find(|rows| rows.stem() == file.stem()) {
        let heading = ["organisation_code", "action", "returns"];
        for (_, cells) in csv_rows(rows, &heading).map_err(|fault| vec![fault])? {
            if let [code, actions, returns] = cells.as_slice() {
                organisations.push(
                    json!({ "code": code, "actions": words(actions), "returns": words(returns) }),
                );
            }
        }
    }
    organisations.sort_by(|a, b| a["code"].as_str().cmp(&b["code"].as_str()));
    if let Some(members) = value.as_object_mut() {
        members.insert("organisations".to_owned(), Value::Array(organisations));
    }
    let list = Expected::read(&value).map_err(|error| {
        let fault = Fault::of_shape(&error);
        vec![locate(file, &fault.path, &fault)]
    })?;
    Ok((list.collection, crate::json::canonical(&value)))
}
