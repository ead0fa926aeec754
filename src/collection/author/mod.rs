//! Collections and lists as people write them: TOML and CSV to canonical JSON. Native only.

mod calendar;
mod expected;
mod lint;
pub mod ods;
mod organisations;
mod rows;
mod unused;

pub use calendar::Calendar;
pub use expected::{Against, COLUMNS as EXPECTED_COLUMNS, MORE as EXPECTED_MORE, owes};
pub use organisations::{
    COLUMNS as ORGANISATION_COLUMNS, MORE as ORGANISATION_MORE, organisations,
};

use super::{Collection, Document, DocumentKind, Expected, Form, Organisations};
use crate::json;
use crate::json::{Map, Value};
use crate::template::author::{AuthorFault, File, locate, table, template, to_json};
use crate::template::{Fault, Step, Template, way};
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
    /// `calendar/*.toml`.
    pub calendar: Vec<File>,
}

/// What collections are compiled against.
#[derive(Debug, Default)]
pub struct Base {
    /// Every template.
    pub templates: Vec<Rc<Template>>,
    /// Every dated organisation list.
    pub organisations: Vec<Rc<Organisations>>,
    /// The bank holidays.
    pub calendar: Calendar,
}

impl Base {
    /// Compiles the templates, the organisation lists and the calendar, and gives the faults beside what could be read.
    pub fn new(files: &Files) -> (Self, Vec<AuthorFault>) {
        let mut base = Self::default();
        let mut faults = Vec::new();
        for file in files.templates.iter().filter(|file| !is_part(file)) {
            match template(file, &files.templates) {
                Ok(found) => base.templates.push(Rc::new(found)),
                Err(more) => faults.extend(more),
            }
        }
        for file in &files.organisations {
            match organisations(file) {
                Ok(found) => base.organisations.push(Rc::new(found)),
                Err(more) => faults.extend(more),
            }
        }
        for file in &files.calendar {
            match Calendar::read(file) {
                Ok(found) => base.calendar = found,
                Err(more) => faults.extend(more),
            }
        }
        (base, faults)
    }

    /// The organisation list that a collection pins.
    pub fn organisations_of(&self, collection: &Collection) -> Option<&Rc<Organisations>> {
        let pinned = &collection.source().organisations.sha256;
        self.organisations.iter().find(|list| list.sha256() == pinned)
    }
}

/// Compiles everything: templates first, since collections pin them by hash.
///
/// # Errors
/// Every fault of every file, with line and column.
pub fn compile(files: &Files) -> Result<Vec<Document>, Vec<AuthorFault>> {
    let (base, mut faults) = Base::new(files);
    let mut documents = Vec::new();
    let mut collections: Vec<Rc<Collection>> = Vec::new();
    for file in &files.collections {
        match collection(file, &base) {
            Ok(found) if collections.iter().any(|c| c.source().id == found.source().id) => {
                faults.push(id_twice(file, &found));
            }
            Ok(found) => collections.push(found),
            Err(more) => faults.extend(more),
        }
    }
    for found in &collections {
        documents.push(document(DocumentKind::Collection, &found.source().id, found.json()));
    }
    for file in &files.expected {
        match expected(file, rows_of(file, &files.expected_rows), &collections, &base) {
            Ok(found) => {
                documents.push(document(DocumentKind::Expected, &found.collection, &found.json()));
            }
            Err(more) => faults.extend(more),
        }
    }
    for found in &base.templates {
        // Before the template: whoever reads it then compiles nothing.
        let plan = json::canonical(&Value::from(found.tape()));
        documents.push(document(DocumentKind::Plan, found.sha256(), &plan));
        documents.push(document(DocumentKind::Template, &found.source().id, found.json()));
    }
    for found in &base.organisations {
        documents.push(document(DocumentKind::Organisations, found.id(), found.json()));
    }
    if faults.is_empty() { Ok(documents) } else { Err(faults) }
}

/// The CSV file beside an expected list.
fn rows_of<'f>(file: &File, rows: &'f [File]) -> Option<&'f File> {
    rows.iter().find(|rows| rows.stem() == file.stem())
}

fn id_twice(file: &File, collection: &Collection) -> AuthorFault {
    let message = format!("there is another collection “{}”", collection.source().id);
    let fault = Fault::new(way!["id"], message, "Give each collection an id of its own.");
    locate(file, &fault.path, &fault)
}

fn document(kind: DocumentKind, id: &str, json: &str) -> Document {
    Document { kind, id: id.to_owned(), json: json.to_owned() }
}

/// A part is included by templates and is none of its own.
pub fn is_part(file: &File) -> bool {
    let part = |table: toml::Table| table.get("format").and_then(toml::Value::as_str) == Some(PART);
    table(file).is_ok_and(part)
}

/// Compiles one collection.
///
/// # Errors
/// Every fault, with line and column.
pub fn collection(file: &File, base: &Base) -> Result<Rc<Collection>, Vec<AuthorFault>> {
    let mut members = members(file)?;
    let at = |fault: &Fault| locate(file, &authored(&fault.path), fault);
    let all = |faults: Vec<Fault>| faults.iter().map(at).collect::<Vec<_>>();
    let organisations = pin(&mut members, base).map_err(all)?;
    let collection = Rc::new(Collection::compile(&Value::Object(members)).map_err(all)?);
    let mut faults: Vec<Fault> = Vec::new();
    for due in &collection.source().returns {
        for template in base.templates.iter().filter(|t| t.source().id == due.template) {
            let (collection, template) = (collection.clone(), template.clone());
            let form = Form::new(collection, template, due.stage, organisations.clone());
            for fault in form.err().unwrap_or_default() {
                // A template that is owed at two stages has its faults once.
                if !faults.contains(&fault) {
                    faults.push(fault);
                }
            }
        }
    }
    faults.extend(unused::unused(&collection, &base.templates));
    faults.extend(lint::lint(&collection, base));
    let mut faults = all(faults);
    faults.sort_by_key(|fault| (fault.line, fault.column));
    if faults.is_empty() { Ok(collection) } else { Err(faults) }
}

/// Fills the hashes in: what the collection names by id is from then on known by its content.
fn pin(members: &mut Map, base: &Base) -> Result<Rc<Organisations>, Vec<Fault>> {
    let named = members.get("organisations").and_then(Value::as_str).unwrap_or_default();
    let list = base.organisations.iter().find(|list| list.id() == named);
    let mut faults = Vec::new();
    if list.is_none() {
        let message = format!("there is no organisation list “{named}”");
        faults.push(Fault::new(way!["organisations"], message, "Name a file of organisations/."));
    }
    if let Some(Value::Array(returns)) = members.get_mut("return") {
        for (number, due) in returns.iter_mut().enumerate() {
            let id = due.get("template").and_then(Value::as_str).unwrap_or_default();
            let Some(found) = base.templates.iter().find(|t| t.source().id == id) else {
                let way = way!["return", number, "template"];
                let message = format!("there is no template “{id}”");
                faults.push(Fault::new(way, message, "Name a file of templates/."));
                continue;
            };
            let (version, sha256) = (found.source().version.clone(), found.sha256().to_owned());
            if let Some(due) = due.as_object_mut() {
                due.insert("version".to_owned(), Value::String(version));
                due.insert("sha256".to_owned(), Value::String(sha256));
            }
        }
    }
    let list = list.filter(|_| faults.is_empty()).ok_or(faults)?;
    let pinned = json!({ "id": list.id(), "sha256": list.sha256() });
    members.insert("organisations".to_owned(), pinned);
    Ok(list.clone())
}

/// The authored members as JSON, with the arrays that are lists moved under `lists`.
fn members(file: &File) -> Result<Map, Vec<AuthorFault>> {
    let authored = table(file)?;
    let mut members = Map::new();
    let mut lists = Map::new();
    for (name, value) in authored {
        if !MEMBERS.contains(&name.as_str()) && !value.is_array() {
            let message = format!("there is no member “{name}”");
            let help = format!("Write one of {}, or the entries of a list.", MEMBERS.join(", "));
            let fault = Fault::new(way![name.as_str()], message, help);
            return Err(vec![locate(file, &fault.path, &fault)]);
        }
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

/// Compiles an expected list against its collection.
///
/// # Errors
/// Every fault of its head and of its rows, with file, line and column.
pub fn expected(
    file: &File,
    rows: Option<&File>,
    collections: &[Rc<Collection>],
    base: &Base,
) -> Result<Expected, Vec<AuthorFault>> {
    expected::expected(file, rows, |id| {
        let collection = collections.iter().find(|own| own.source().id == id)?;
        Some(Against { collection, organisations: base.organisations_of(collection)? })
    })
}
