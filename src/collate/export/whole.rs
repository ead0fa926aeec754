//! Everything that a collation leaves as, made in one place, so that the page and the command line give the same.

use super::{About, ExportError, Exported, exported, files, preview, risk_page};
use crate::collate::{Collation, Decisions, Operator, Table, figures, regional};
use crate::json::{self, Value};
use crate::time::Instant;
use std::io::{Cursor, Write as _};
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime};

/// What the document says it is that says what a collation was made of.
const FORMAT: &str = "ia-collated/1";

/// Every table of a collation: those of the core, what is new since a time where one is given, and the publication preview.
pub fn tables(
    collation: &Collation,
    operator: &Operator<'_>,
    decisions: &Decisions,
    since: Option<Instant>,
) -> Vec<Table> {
    let mut tables = collation.tables(operator, decisions);
    if let Some(since) = since {
        tables.push(collation.news(since, decisions));
    }
    let named = |id: &str| tables.iter().find(|table| table.id == id);
    let preview = named("totals").zip(named("returns"));
    let preview = preview.map(|(totals, returns)| preview::preview(totals, returns));
    tables.extend(preview);
    tables
}

/// Every file of a collation. `tables` are those of [`tables`]; `region` is the region whose return is begun, by code: a code
/// for which no return can be begun adds no file.
///
/// # Errors
/// As [`files`].
pub fn everything(
    collation: &Collation,
    tables: &[Table],
    (operator, decisions): (&Operator<'_>, &Decisions),
    region: Option<&str>,
) -> Result<Vec<Exported>, ExportError> {
    let mut all = Vec::new();
    if let Some(draft) = region.and_then(|region| regional(collation, operator, region)) {
        all.push(exported(&draft.file_name(operator.now), draft.write(operator.now)));
    }
    all.push(exported("decisions.json", decisions.write()));
    all.push(exported("collation.json", json::indented(&made_of(operator))));
    let about = About::of(collation, operator);
    if let Some(text) = risk_page(&about, &collation.crosstabs(operator)) {
        all.push(exported("risk.html", text));
    }
    let figures = figures_of(collation, operator, decisions);
    all.extend(files(&about, tables, &figures)?);
    Ok(all)
}

/// The figures of every return that counts.
pub fn figures_of(collation: &Collation, operator: &Operator<'_>, decisions: &Decisions) -> Table {
    let mut all = figures();
    for own in collation.figures.iter().filter(|own| own.counts) {
        all.rows.extend(collation.figures_of(own, operator, decisions));
    }
    all
}

/// Files as one archive (zip). No time stands in it, so equal files give equal bytes.
///
/// # Errors
/// [`ExportError::Archive`] where the writer fails: an archive of more than 4 GB.
pub fn archive(files: &[Exported]) -> Result<Vec<u8>, ExportError> {
    let failed = |error: &dyn std::fmt::Display| ExportError::Archive(error.to_string());
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for file in files {
        writer.start_file(file.name.as_str(), options).map_err(|error| failed(&error))?;
        writer.write_all(&file.bytes).map_err(|error| failed(&error))?;
    }
    Ok(writer.finish().map_err(|error| failed(&error))?.into_inner())
}

impl About {
    /// What is said of all tables of a collation. They are marked as the returns in them are, by the strictest marking.
    pub fn of(collation: &Collation, operator: &Operator<'_>) -> Self {
        let id = operator.bench.collection;
        let forms = operator.bench.set.forms().iter();
        let mut mine = forms.filter(|form| form.collection.source().id == id).peekable();
        let title = mine.peek().map(|form| form.collection.source().title.clone());
        let is_here = |template: &str| collation.owed.iter().any(|own| own.template == template);
        let mut markings: Vec<&str> = mine
            .filter(|form| is_here(&form.template.source().id))
            .map(|form| form.classification())
            .collect();
        // OFFICIAL stands before OFFICIAL-SENSITIVE.
        markings.sort_unstable();
        Self {
            collection: id.to_owned(),
            title: title.unwrap_or_default(),
            classification: markings.last().copied().unwrap_or("OFFICIAL").to_owned(),
            made_at: operator.now,
        }
    }
}

/// What the collation was made of, beside the files.
fn made_of(operator: &Operator<'_>) -> Value {
    let expected = operator.expected.map(|list| {
        crate::json!({
            "complete": list.complete, "issued": &list.issued, "note": &list.note, "serial": list.serial,
        })
    });
    crate::json!({
        "as_of": operator.now.to_london_text(), "collection": operator.bench.collection,
        "expected": expected.unwrap_or_default(), "format": FORMAT,
        "register": operator.register.map_or(Value::Null, |own| own.serial().into()),
    })
}
