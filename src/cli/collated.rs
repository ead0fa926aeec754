//! What `collate` writes: the tables in every form, the figures of each return, what was decided, the region's draft.

use super::Failure;
use super::collate_args::Collate;
use super::outfolder::OutFolder;
use crate::collate::export::{self, About};
use crate::collate::{Collation, Decisions, Operator, Table, figures, regional};
use crate::json::{self, Value};

/// What the document says it is that says what a collation was made of.
const FORMAT: &str = "ia-collated/1";

/// Writes everything into the folder.
pub(super) fn write(
    collation: &Collation,
    tables: &[Table],
    (operator, decisions): (&Operator<'_>, &Decisions),
    verb: &Collate,
    out: &mut OutFolder,
) -> Result<(), Failure> {
    if let Some(region) = &verb.region {
        let Some(draft) = regional(collation, operator, region) else {
            let message = format!("no return can be begun for “{region}”");
            return Err(Failure::usage(
                message,
                "Give the code of a region, such as Y60, in a round that asks regions for a return.",
            ));
        };
        out.write(&draft.file_name(operator.now), draft.write(operator.now).as_bytes())?;
    }
    out.write("decisions.json", decisions.write().as_bytes())?;
    out.write("collation.json", json::indented(&made_of(operator)).as_bytes())?;
    let mut all = figures();
    for own in collation.figures.iter().filter(|own| own.counts) {
        all.rows.extend(collation.figures_of(own, operator, decisions));
    }
    let about = about(collation, operator);
    for file in export::files(&about, tables, &all).map_err(|error| not_written(&error))? {
        out.write(&file.name, &file.bytes)?;
    }
    Ok(())
}

fn not_written(error: &export::ExportError) -> Failure {
    Failure::unreadable(error.to_string(), "Report this as a fault of the program.")
}

/// What is said of all tables together. They are marked as the returns in them are, by the strictest marking.
fn about(collation: &Collation, operator: &Operator<'_>) -> About {
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
    About {
        collection: id.to_owned(),
        title: title.unwrap_or_default(),
        classification: markings.last().copied().unwrap_or("OFFICIAL").to_owned(),
        made_at: operator.now,
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
