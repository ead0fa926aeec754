//! What the CSV files are, for programs: a Data Package (specs.frictionlessdata.io, version 1) with a schema for each.

use super::About;
use super::csv::MISSING;
use crate::collate::table::{Column, Kind, Table};
use crate::hash::sha256_hex;
use crate::json::{self, Value};

/// Describes the tables, each with the text of its CSV file.
pub fn package(about: &About, tables: &[(&Table, String)]) -> String {
    let resources: Value = tables.iter().map(|(table, text)| resource(table, text)).collect();
    json::indented(&crate::json!({
        "created": about.made_at.to_london_text(),
        "description": format!("{}. Handle as {}. A text that a spreadsheet would run as a formula has an apostrophe before it; tables.json has every text as it was given.", about.title, about.classification),
        "name": format!("ia-returns-{}", about.collection.to_lowercase()),
        "profile": "tabular-data-package",
        "resources": resources,
        "title": &about.title,
    }))
}

fn resource(table: &Table, text: &str) -> Value {
    let missing = MISSING.iter().map(|word| Value::from(*word)).collect::<Value>();
    let fields: Value = table.columns.iter().map(field).collect();
    crate::json!({
        "bytes": i64::try_from(text.len()).unwrap_or(i64::MAX),
        "description": &table.note,
        "dialect": crate::json!({ "lineTerminator": "\r\n" }),
        "encoding": "utf-8",
        "format": "csv",
        "hash": format!("sha256:{}", sha256_hex(text.as_bytes())),
        "mediatype": "text/csv",
        "name": table.id.replace('_', "-"),
        "path": format!("{}.csv", table.id),
        "profile": "tabular-data-resource",
        "schema": crate::json!({ "fields": fields, "missingValues": missing }),
        "title": &table.title,
    })
}

fn field(column: &Column) -> Value {
    let mut members = vec![("name", column.id.into()), ("title", column.title.into())];
    match column.kind {
        Kind::Code | Kind::Text => members.push(("type", "string".into())),
        Kind::Count if column.decimals > 0 => members.push(("type", "number".into())),
        Kind::Count => members.push(("type", "integer".into())),
        Kind::Time => {
            members.push(("format", "%Y-%m-%dT%H:%M:%S%z".into()));
            members.push(("type", "datetime".into()));
        }
    }
    json::object(&mut members)
}
