//! The questions of a template: sections, fields, tables with their rows and columns.

use super::docs::About;
use super::markdown::{Page, code, plain};
use crate::answers::entry;
use crate::gather::Gather as _;
use crate::template::FieldKind;
use crate::template::source::{Choice, Field, Key, Section, SectionKind};

pub(super) fn write(about: &About<'_>, page: &mut Page) {
    page.heading(2, "Questions");
    for section in &about.source().sections {
        self::section(about, section, page);
    }
}

fn section(about: &About<'_>, section: &Section, page: &mut Page) {
    page.heading(3, &section.title);
    let kept = match section.kind {
        SectionKind::Answers => String::new(),
        SectionKind::Declared => {
            " Kept apart from the answers, as who agreed the return.".to_owned()
        }
    };
    page.part(&match &section.show_when {
        Some(text) => format!("Asked only when {}.{kept}", about.condition(text, None)),
        None => format!("Always asked.{kept}"),
    });
    page.paragraphs(&section.guidance);
    for field in &section.fields {
        page.heading(4, &field.label);
        let id = format!("{}.{}", section.id, field.id);
        if field.kind == FieldKind::Table {
            table(about, field, &id, page);
        } else {
            question(about, field, &id, None, page);
        }
    }
}

/// What a kind of answer is, in words.
pub(super) fn kind_words(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Choice => "one of the options",
        FieldKind::Choices => "one or more of the options",
        FieldKind::Count => "a whole number",
        FieldKind::Date => "a date",
        FieldKind::Duration => "minutes and seconds",
        FieldKind::Email => "an email address",
        FieldKind::Line => "one line of text",
        FieldKind::Moment => "a date and a time, UK time",
        FieldKind::Table => "a table",
        FieldKind::Text => "text of several lines",
        FieldKind::YesNo => "yes or no",
    }
}

/// The kind of answer with its bounds and its unit.
fn answer(field: &Field) -> String {
    let (least, greatest) = entry::bounds(field);
    let kind = kind_words(field.kind);
    let bounds = match field.kind {
        FieldKind::Count => format!("{kind}, {least} to {greatest}"),
        FieldKind::Duration => {
            let words = entry::duration_words;
            format!("{kind}, {} to {}", words(least), words(greatest))
        }
        FieldKind::Email | FieldKind::Line | FieldKind::Text if least > 0 => {
            format!("{kind}, {least} to {greatest} characters")
        }
        FieldKind::Email | FieldKind::Line | FieldKind::Text => {
            format!("{kind}, up to {greatest} characters")
        }
        _ => kind.to_owned(),
    };
    if field.unit.is_empty() { bounds } else { format!("{bounds} ({})", plain(&field.unit)) }
}

/// A question, or a column of `table`.
fn question(about: &About<'_>, field: &Field, id: &str, table: Option<&Field>, page: &mut Page) {
    let home = table.map(|_| id.rsplit_once('.').map_or("", |(home, _)| home));
    let mut items = vec![format!("Answer: {}", answer(field)), format!("Stored as: {}", code(id))];
    items.push(match (&field.prefill, field.required, &field.required_when) {
        (Some(text), ..) => format!("Filled in, never typed: {}", about.condition(text, home)),
        (None, true, _) => "Required: yes".to_owned(),
        (None, false, Some(text)) => format!("Required: when {}", about.condition(text, home)),
        (None, false, None) => "Required: no".to_owned(),
    });
    if let Some(text) = &field.show_when {
        items.push(format!("Asked: only when {}", about.condition(text, home)));
    }
    if let Some(text) = &field.default {
        items.push(format!("Begins as: {}. People can change it", about.condition(text, home)));
    }
    if let Some(words) = &field.not_applicable {
        items.push(format!("May be marked as not applicable: “{}”", plain(words)));
    }
    if field.not_known {
        items.push("May be answered as not known, with the reason".to_owned());
    }
    if table.is_some_and(|table| table.key_columns.contains(&field.id)) {
        items.push("Names the row".to_owned());
    }
    if !field.short.is_empty() {
        items.push(format!("Short heading: {}", plain(&field.short)));
    }
    if !field.hint.is_empty() {
        items.push(format!("Hint: {}", plain(&field.hint)));
    }
    page.list(&items);
    page.paragraphs(&field.guidance);
    options(about, field, page);
}

fn options(about: &About<'_>, field: &Field, page: &mut Page) {
    let item = |option: &Choice| {
        let hint = if option.hint.is_empty() {
            String::new()
        } else {
            format!(": {}", plain(&option.hint))
        };
        format!("{} ({}){hint}", plain(&option.label), code(&option.id))
    };
    let list = |options: &[Choice], page: &mut Page| {
        page.part("Options:");
        page.list(&options.iter().map(item).gather());
    };
    match (&field.options_from, about.form) {
        (Some(_), Some(form)) => list(form.options(field), page),
        (None, _) if field.options.is_empty() => {}
        (None, _) => list(&field.options, page),
        (Some(name), None) => match entries(about, name) {
            Some(entries) => {
                page.part("Options:");
                page.list(&entries);
            }
            None if name == "actions" => page.part("Options: the actions of the collection."),
            None => page.part(&format!("Options: the list {} of the collection.", code(name))),
        },
    }
}

/// The entries of a list that belongs to the template or that the collection gives; none where there is no collection.
fn entries(about: &About<'_>, name: &str) -> Option<Vec<String>> {
    let lists = &about.source().lists;
    let number = lists.iter().position(|list| list.id == name)?;
    let item = |id: &str, label: &str| format!("{} ({})", plain(label), code(id));
    if let Some(form) = about.form {
        return Some(form.list(number).iter().map(|entry| item(&entry.id, &entry.label)).gather());
    }
    let own = &lists.get(number)?.entries;
    let text = |entry: &crate::json::Map, name: &str| {
        entry.get(name).and_then(crate::json::Value::as_str).unwrap_or_default().to_owned()
    };
    let own: Vec<String> =
        own.iter().map(|entry| item(&text(entry, "id"), &text(entry, "label"))).gather();
    Some(own).filter(|entries| !entries.is_empty())
}

fn table(about: &About<'_>, field: &Field, id: &str, page: &mut Page) {
    let mut items = vec![format!("Answer: a table"), format!("Stored as: {}", code(id))];
    if let Some(most) = field.max_rows {
        items.push(format!("At most {most} rows"));
    }
    if let Some(text) = &field.show_when {
        items.push(format!("Asked: only when {}", about.condition(text, None)));
    }
    items.push(if field.key_columns.is_empty() {
        let keys = field.keys.iter().map(|key| plain(&key.label)).gather();
        format!("Rows: one for each {}", keys.join(" and "))
    } else {
        let row = if field.row_label.is_empty() { "row" } else { &field.row_label };
        format!("Rows: people add them, one for each {}", plain(row))
    });
    if let Some(text) = &field.row_when {
        items.push(format!("A row is asked only when {}", about.condition(text, Some(id))));
    }
    page.list(&items);
    page.paragraphs(&field.guidance);
    for Key { id, label, list } in &field.keys {
        let of = format!("{} ({})", plain(label), code(id));
        match entries(about, list) {
            Some(entries) => {
                page.part(&format!("{of}:"));
                page.list(&entries);
            }
            None => page.part(&format!("{of}: the list {} of the collection.", code(list))),
        }
    }
    for column in &field.columns {
        page.heading(5, &column.label);
        question(about, column, &format!("{id}.{}", column.id), Some(field), page);
    }
}
