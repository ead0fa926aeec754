//! Templates as people write them: TOML, with faults at line and column. Native only; the pages
//! carry the compiled form.

use super::{Fault, Step, Template};
use crate::gather::Gather as _;
use crate::json::Value;
use std::fmt;
use toml::de::{DeTable, DeValue};

/// The members of a template that an included part may add to.
const MERGED: [&str; 8] =
    ["list", "parameter", "input", "section", "group", "calculated", "rule", "fault"];

/// One authored file: its path as people know it, and its text.
#[derive(Clone, Debug)]
pub struct File {
    /// For example `templates/workforce_sitrep.toml`.
    pub path: String,
    /// The whole text.
    pub text: String,
}

impl File {
    /// The file's name without folder and ending.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit(['/', '\\']).next().unwrap_or(&self.path);
        name.split('.').next().unwrap_or(name)
    }
}

/// A fault in an authored file, with line and column (both from 1).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AuthorFault {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl fmt::Display for AuthorFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)?;
        if self.help.is_empty() { Ok(()) } else { write!(f, "\n  help: {}", self.help) }
    }
}

impl AuthorFault {
    /// A fault at a byte of a file.
    pub fn at(
        file: &File,
        offset: usize,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        let before = file.text.get(..offset.min(file.text.len())).unwrap_or(&file.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or(before).chars().count() + 1;
        Self { file: file.path.clone(), line, column, message: message.into(), help: help.into() }
    }
}

/// Compiles the template in `file`; `parts` are the files it may include, known by their stems.
///
/// # Errors
/// Every fault, each with file, line and column.
pub fn template(file: &File, parts: &[File]) -> Result<Template, Vec<AuthorFault>> {
    let main = table(file)?;
    let mut origins = Vec::new();
    for name in included(&main) {
        let part = parts.iter().find(|p| p.stem() == name).ok_or_else(|| {
            let help = "Put it beside the template, as NAME.toml.";
            vec![AuthorFault::at(file, 0, format!("there is no part “{name}” to include"), help)]
        })?;
        origins.push((part, table(part)?));
    }
    origins.push((file, main.clone()));
    let merged = merge(&origins, main);
    Template::compile(&to_json(toml::Value::Table(merged))).map_err(|faults| {
        let mut found: Vec<AuthorFault> =
            faults.iter().map(|fault| place(fault, &origins)).gather();
        found.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        found
    })
}

/// Reads a TOML file as a table.
///
/// # Errors
/// The TOML fault at its line and column.
pub fn table(file: &File) -> Result<toml::Table, Vec<AuthorFault>> {
    file.text.parse::<toml::Table>().map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        vec![AuthorFault::at(file, offset, error.message(), "")]
    })
}

/// An authored value as JSON.
pub fn to_json(value: toml::Value) -> Value {
    match value {
        toml::Value::Array(items) => Value::Array(items.into_iter().map(to_json).gather()),
        toml::Value::Boolean(value) => Value::Bool(value),
        // A date without quotes is what an author types; it is stored as the same text.
        toml::Value::Datetime(value) => Value::String(value.to_string()),
        // Refused by the reader of the member, with the place it stands at.
        toml::Value::Float(value) => Value::String(value.to_string()),
        toml::Value::Integer(value) => Value::from(value),
        toml::Value::String(value) => Value::String(value),
        toml::Value::Table(items) => {
            items.into_iter().map(|(name, value)| (name, to_json(value))).collect()
        }
    }
}

fn included(main: &toml::Table) -> Vec<String> {
    main.get("include")
        .and_then(toml::Value::as_array)
        .map(|names| names.iter().filter_map(|name| name.as_str().map(str::to_owned)).gather())
        .unwrap_or_default()
}

type Origin<'a> = (&'a File, toml::Table);

/// Puts the members of every part together. Sections with one id become one: the first says what it
/// is, and each later one adds its fields.
fn merge(origins: &[Origin<'_>], mut main: toml::Table) -> toml::Table {
    main.remove("include");
    for name in MERGED {
        let mut all: Vec<toml::Value> = Vec::new();
        for item in origins.iter().flat_map(|(_, part)| items(part, name)) {
            let same = |other: &&mut toml::Value| name == "section" && id(other) == id(item);
            match all.iter_mut().find(same) {
                Some(first) => add_fields(first, item),
                None => all.push(item.clone()),
            }
        }
        if !all.is_empty() {
            main.insert(name.to_owned(), toml::Value::Array(all));
        }
    }
    main
}

fn items<'t>(part: &'t toml::Table, name: &str) -> &'t [toml::Value] {
    part.get(name).and_then(toml::Value::as_array).map_or(&[], Vec::as_slice)
}

fn id(item: &toml::Value) -> Option<&str> {
    item.get("id").and_then(toml::Value::as_str)
}

fn fields(section: &toml::Value) -> &[toml::Value] {
    section.as_table().map_or(&[], |table| items(table, "field"))
}

fn add_fields(section: &mut toml::Value, more: &toml::Value) {
    let Some(table) = section.as_table_mut() else { return };
    let held = table.entry("field").or_insert_with(|| toml::Value::Array(Vec::new()));
    if let Some(held) = held.as_array_mut() {
        held.extend(fields(more).iter().cloned());
    }
}

/// Finds the file, line and column of a fault in the merged template.
fn place(fault: &Fault, origins: &[Origin<'_>]) -> AuthorFault {
    let mut path = fault.path.clone();
    let from = match path.as_slice() {
        [Step::Name(name), Step::Index(index), ..] if name == "section" => {
            section_at(origins, *index, field_in(&path))
        }
        [Step::Name(name), Step::Index(index), ..] => {
            nth(origins, *index, |part| items(part, name).len()).map(|(o, i)| (o, i, None))
        }
        _ => None,
    };
    if let Some((_, index, field)) = from {
        if let Some(step) = path.get_mut(1) {
            *step = Step::Index(index);
        }
        if let (Some(field), Some(step)) = (field, path.get_mut(3)) {
            *step = Step::Index(field);
        }
    }
    let origin = from.map_or(origins.len().saturating_sub(1), |(origin, ..)| origin);
    match origins.get(origin) {
        Some((file, _)) => locate(file, &path, fault),
        None => AuthorFault {
            file: String::new(),
            line: 1,
            column: 1,
            message: fault.message.clone(),
            help: fault.help.clone(),
        },
    }
}

/// Which origin the item with this number comes from, and its number there.
fn nth<'o, 'f>(
    origins: &'o [Origin<'f>],
    mut index: usize,
    count: impl Fn(&'o toml::Table) -> usize,
) -> Option<(usize, usize)> {
    for (number, (_, part)) in origins.iter().enumerate() {
        let here = count(part);
        if index < here {
            return Some((number, index));
        }
        index -= here;
    }
    None
}

fn field_in(path: &[Step]) -> Option<usize> {
    match path {
        [_, _, Step::Name(name), Step::Index(index), ..] if name == "field" => Some(*index),
        _ => None,
    }
}

/// Where a merged section, or a field of it, was written: origin, section and field there.
fn section_at(
    origins: &[Origin<'_>],
    index: usize,
    field: Option<usize>,
) -> Option<(usize, usize, Option<usize>)> {
    let mut ids: Vec<Option<&str>> = Vec::new();
    for section in origins.iter().flat_map(|(_, part)| items(part, "section")) {
        if !ids.contains(&id(section)) {
            ids.push(id(section));
        }
    }
    let wanted = *ids.get(index)?;
    let at = |part: &toml::Table| items(part, "section").iter().position(|s| id(s) == wanted);
    let mut left = field.unwrap_or(0);
    for (number, (_, part)) in origins.iter().enumerate() {
        let Some(section) = at(part) else { continue };
        let here = items(part, "section").get(section).map_or(0, |s| fields(s).len());
        if field.is_none() || left < here {
            return Some((number, section, field.map(|_| left)));
        }
        left -= here;
    }
    None
}

/// Finds the line and column of a member of one file.
pub fn locate(file: &File, path: &[Step], fault: &Fault) -> AuthorFault {
    let offset = DeTable::parse(&file.text).map_or(0, |table| {
        let mut start = 0;
        let mut value: Option<&DeValue<'_>> = None;
        for step in path {
            let next = match (value, step) {
                (None, Step::Name(name)) => find(table.get_ref(), name),
                (Some(DeValue::Table(inner)), Step::Name(name)) => find(inner, name),
                (Some(DeValue::Array(items)), Step::Index(index)) => {
                    items.get(*index).map(|item| (item.span().start, item.get_ref()))
                }
                _ => None,
            };
            let Some((at, inner)) = next else { return start };
            start = at;
            value = Some(inner);
        }
        match value {
            Some(DeValue::String(_)) => {
                start + quotes(file.text.get(start..).unwrap_or("")) + fault.offset
            }
            _ => start,
        }
    });
    AuthorFault::at(file, offset, fault.message.clone(), fault.help.clone())
}

fn find<'t, 'i>(table: &'t DeTable<'i>, name: &str) -> Option<(usize, &'t DeValue<'i>)> {
    let (_, value) = table.iter().find(|(key, _)| key.get_ref() == name)?;
    Some((value.span().start, value.get_ref()))
}

/// How many bytes stand before the first character of a TOML string.
fn quotes(text: &str) -> usize {
    let long = text.starts_with("\"\"\"") || text.starts_with("'''");
    match (long, text.as_bytes().get(3)) {
        (true, Some(b'\n')) => 4,
        (true, _) => 3,
        (false, _) => 1,
    }
}
