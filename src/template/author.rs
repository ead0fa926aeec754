//! Templates as people write them: TOML, with faults at line and column. Native only; the pages
//! carry the compiled form.

use super::{Fault, Step, Template};
use crate::json::Value;
use std::fmt;
use toml::de::{DeTable, DeValue};

/// The members of a template that an included part may add to.
const MERGED: [&str; 7] = ["list", "parameter", "section", "group", "calculated", "rule", "fault"];

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
    Template::compile(&to_json(toml::Value::Table(merged)))
        .map_err(|faults| faults.iter().map(|fault| place(fault, &origins)).collect())
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
        toml::Value::Array(items) => Value::Array(items.into_iter().map(to_json).collect()),
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
        .map(|names| names.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect())
        .unwrap_or_default()
}

type Origin<'a> = (&'a File, toml::Table);

fn merge(origins: &[Origin<'_>], mut main: toml::Table) -> toml::Table {
    main.remove("include");
    for name in MERGED {
        let mut all = Vec::new();
        for (_, part) in origins {
            if let Some(toml::Value::Array(items)) = part.get(name) {
                all.extend(items.iter().cloned());
            }
        }
        if !all.is_empty() {
            main.insert(name.to_owned(), toml::Value::Array(all));
        }
    }
    main
}

/// Finds the file, line and column of a fault in the merged template.
fn place(fault: &Fault, origins: &[Origin<'_>]) -> AuthorFault {
    let mut path = fault.path.clone();
    let last = origins.last();
    if let [Step::Name(name), Step::Index(index), ..] = path.as_slice() {
        let (name, mut index) = (name.clone(), *index);
        for (file, part) in origins {
            let count = part.get(&name).and_then(toml::Value::as_array).map_or(0, Vec::len);
            if index < count {
                if let Some(step) = path.get_mut(1) {
                    *step = Step::Index(index);
                }
                return locate(file, &path, fault);
            }
            index -= count;
        }
    }
    match last {
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
