//! Pictures as people write them: TOML, with every name looked up in the template. Native only.

use super::picture::Picture;
use crate::json::canonical;
use crate::template::Template;
use crate::template::author::{AuthorFault, File, table, to_json};
use crate::template::source::{Field, Source};

/// A picture, and its canonical JSON: what a page carries.
///
/// # Errors
/// Where the file is not TOML, or no picture.
pub fn picture(file: &File) -> Result<(Picture, String), Vec<AuthorFault>> {
    let value = to_json(toml::Value::Table(table(file)?));
    let picture = Picture::read(&value);
    let picture = picture.map_err(|fault| vec![AuthorFault::at(file, 0, fault.to_string(), "")])?;
    Ok((picture, canonical(&value)))
}

/// The names of a picture that its template does not have, each with where it stands.
pub fn unknown_names(picture: &Picture, template: &Template) -> Vec<String> {
    let source = template.source();
    let mut unknown = Vec::new();
    let mut want = |is: bool, place: &str, name: &str| {
        if !is {
            unknown.push(format!("{place}: there is no “{name}” in {}", source.id));
        }
    };
    if let Some(nil) = &picture.nil {
        want(field(source, nil).is_some(), "nil", nil);
    }
    for measure in &picture.measures {
        let whole = &measure.whole;
        let is = is_calculated(source, whole) || field(source, whole).is_some();
        want(is, &measure.id, whole);
        for by in &measure.by {
            want(is_of_row(source, &by.table, &by.value), &measure.id, &by.value);
            let key =
                field(source, &by.table).is_some_and(|t| t.keys.iter().any(|k| k.id == by.key));
            want(key, &measure.id, &by.key);
        }
    }
    for share in &picture.shares {
        for name in [&share.part, &share.of] {
            want(picture.measure(name).is_some(), &share.id, name);
        }
        let least = source.parameters.iter().any(|own| own.id == share.least);
        want(least || share.least.is_empty(), &share.id, &share.least);
    }
    for grid in &picture.grids {
        let names = [&grid.line, &grid.rating].into_iter().chain(&grid.facts);
        for name in names.chain(&grid.organisation) {
            want(is_of_row(source, &grid.table, name), &grid.id, name);
        }
    }
    for tally in &picture.tallies {
        for name in &tally.by {
            want(is_of_row(source, &tally.table, name), &tally.id, name);
        }
    }
    for name in &picture.results {
        want(is_calculated(source, name), "results", name);
    }
    if let Some(regional) = &picture.regional {
        for (name, measure) in &regional.sums {
            want(field(source, name).is_some(), "regional", name);
            want(picture.measure(measure).is_some(), "regional", measure);
        }
        for name in [&regional.missing, &regional.concerns] {
            want(field(source, name).is_some(), "regional", name);
        }
        let grid = picture.grids.iter().find(|grid| grid.id == regional.from);
        want(grid.is_some(), "regional", &regional.from);
        for (column, from) in &regional.columns {
            want(is_of_row(source, &regional.concerns, column), "regional", column);
            let is_fixed = ["organisation", "line", "rating"].contains(&from.as_str());
            let is_fact = grid.is_some_and(|grid| grid.facts.contains(from));
            want(is_fixed || is_fact, "regional", from);
        }
    }
    unknown
}

fn field<'s>(source: &'s Source, id: &str) -> Option<&'s Field> {
    let (section, field) = id.split_once('.')?;
    let section = source.sections.iter().find(|own| own.id == section)?;
    section.fields.iter().find(|own| own.id == field)
}

fn is_calculated(source: &Source, id: &str) -> bool {
    source.calculated.iter().any(|own| own.id == id)
}

/// Whether a table has this key, column or calculated value.
fn is_of_row(source: &Source, table: &str, id: &str) -> bool {
    let Some(table) = field(source, table) else { return false };
    table.keys.iter().any(|own| own.id == id)
        || table.columns.iter().any(|own| own.id == id)
        || is_calculated(source, id)
}
