//! Groups and calculated values: headings, bands that are reached, columns that are there.

use super::super::fault::{Fault, way};
use super::super::source::{Band, Calculated, Field, How, Scope, Source};
use super::once;
use std::collections::BTreeSet;

/// The colours that the tag of the NHS design system has.
const TONES: [&str; 10] =
    ["aqua-green", "blue", "green", "grey", "orange", "pink", "purple", "red", "white", "yellow"];

pub(super) fn lint(source: &Source, faults: &mut Vec<Fault>) {
    for (number, group) in source.groups.iter().enumerate() {
        if group.label.trim().is_empty() {
            let message = format!("the group “{}” has no label", group.id);
            let help = "Give the heading of its totals.";
            faults.push(Fault::new(way!["group", number, "label"], message, help));
        }
        if group.by.is_empty() {
            let help = "Name the keys, or the columns with a choice, that its rows share.";
            faults.push(Fault::new(way!["group", number, "by"], "a group by nothing", help));
        }
    }
    for (number, item) in source.calculated.iter().enumerate() {
        if item.label.trim().is_empty() {
            let message = format!("“{}” has no label", item.id);
            let help = "Give the heading that people read.";
            faults.push(Fault::new(way!["calculated", number, "label"], message, help));
        }
        bands(item, number, faults);
        column(source, item, number, faults);
    }
}

fn bands(item: &Calculated, number: usize, faults: &mut Vec<Fault>) {
    let mut ids = BTreeSet::new();
    for (index, Band { id, tone, .. }) in item.bands.iter().enumerate() {
        once(&mut ids, id, way!["calculated", number, "bands", index, "id"], faults);
        if !tone.is_empty() && !TONES.contains(&tone.as_str()) {
            let way = way!["calculated", number, "bands", index, "tone"];
            let help = format!("Write one of {}.", TONES.join(", "));
            faults.push(Fault::new(way, format!("the tone is “{tone}”"), help));
        }
        // A value that is text gives a band too, by an expression.
        if let How::Grade(grades) = &item.how
            && !grades.iter().any(|grade| grade.band == *id)
        {
            let way = way!["calculated", number, "bands", index];
            let message = format!("nothing leads to the band “{id}”");
            faults.push(Fault::new(way, message, "Add a grade for it, or take it out."));
        }
    }
    if matches!(item.how, How::Index(_)) && !item.bands.is_empty() {
        let help = "Grade the index in a value of its own.";
        faults.push(Fault::new(
            way!["calculated", number, "bands"],
            "an index is a number and has no bands",
            help,
        ));
    }
}

/// The table of this name, as `section.field`.
fn table_of<'s>(source: &'s Source, name: &str) -> Option<&'s Field> {
    let (section, field) = name.split_once('.')?;
    let section = source.sections.iter().find(|item| item.id == section)?;
    section.fields.iter().find(|item| item.id == field)
}

/// The column a value stands under is one of its table, or calculated in its rows.
fn column(source: &Source, item: &Calculated, number: usize, faults: &mut Vec<Fault>) {
    let Some(column) = &item.column else { return };
    let way = way!["calculated", number, "column"].to_vec();
    let group = source.groups.iter().find(|group| Some(&group.id) == item.group.as_ref());
    let table = match item.scope {
        Scope::Row => item.table.as_ref(),
        Scope::Group => group.map(|group| &group.table),
        Scope::Pair | Scope::Return => {
            let help = "Leave it out, or calculate it in rows or groups.";
            faults.push(Fault::new(&way, "a value of the whole return has no column", help));
            return;
        }
    };
    // A table that is not there is a fault of its own.
    let Some((name, table)) = table.and_then(|name| Some((name, table_of(source, name)?))) else {
        return;
    };
    let mut values = source.calculated.iter().filter(|other| other.scope == Scope::Row);
    let is_value = values.any(|other| other.table.as_ref() == Some(name) && other.id == *column);
    if !is_value && !table.columns.iter().any(|own| own.id == *column) {
        let message = format!("{name} has no column “{column}”");
        let help = "Name a column of the table, or a value calculated in its rows.";
        faults.push(Fault::new(&way, message, help));
    }
}
