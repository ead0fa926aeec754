//! A return as a form on paper, for the day when no computer runs: every question with its guidance and room to write, where
//! to send it, and the marking on every page. One HTML document that holds no script and fetches nothing.

use maud::{DOCTYPE, Markup, html};

use super::docs::names;
use crate::collection::{Entry, Form};
use crate::gather::Gather as _;
use crate::json::{Map, Value as Json};
use crate::template::FieldKind;
use crate::template::source::{Field, Key, Section, SectionKind};

/// The section that says who the return is about.
const ABOUT: &str = "about";

/// How it looks, on A4. It holds nothing that the template macro would escape: a test knows.
const STYLE: &str = include_str!("blank.css");

/// Nothing but that style.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// Copies of a row that people add.
const COPIES: usize = 3;
/// The most columns of a table to write in across A4, besides what heads its rows.
const MOST_ACROSS: usize = 6;

/// The blank form of a return in its collection.
pub fn blank(form: &Form) -> String {
    let (template, collection) = (form.template.source(), form.collection.source());
    let title = format!("{} – {} – blank form", template.title, collection.title);
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                link rel="icon" href="data:,";
                title { (title) }
                style { (STYLE) }
            }
            body {
                // The heading of a table stands on every page that the table is on.
                div class="sheet" {
                    div class="marking" { p { strong { (form.classification()) } " – " (template.title) " – blank form" } }
                    main {
                        (head(form))
                        @for section in &template.sections {
                            @if section.id == ABOUT { (part(form, section, &decides)) }
                        }
                        @for section in &template.sections {
                            @if section.kind == SectionKind::Answers && section.id != ABOUT {
                                (part(form, section, &|_| true))
                            }
                        }
                        @for section in &template.sections {
                            @if section.id == ABOUT { (part(form, section, &|field| !decides(field))) }
                            @if section.kind == SectionKind::Declared { (part(form, section, &|_| true)) }
                        }
                        (end())
                    }
                }
            }
        }
    };
    page.into_string()
}

/// What this is, when it is used, where it goes, and whose it is.
fn head(form: &Form) -> Markup {
    let (template, collection) = (form.template.source(), form.collection.source());
    html! {
        h1 { (template.title) }
        p class="about" {
            (collection.title)
            @if !collection.reference.is_empty() { " (" (collection.reference) ")" }
            @if let Some(stage) = form.stage {
                @if stage == "estimate" { ". Estimate, before the action" } @else { ". Final figures, after the action" }
            }
        }
        p { (template.purpose) }
        h2 { "Use this form only while the page cannot be opened" }
        ol {
            li { "Write the answers here. A figure that is 0 is written as 0: a blank is never read as 0." }
            li { "As soon as the page opens again, type the answers into it. It checks them, and seals the file that counts." }
            li {
                "If that will be too late, tell the contact named in the letter before the return is due"
                @if let Some(window) = form.window {
                    ", which is " (window.closes().clock_words()) " on " (window.closes().date_words())
                }
                ", and ask how to send this form."
            }
        }
        h2 { "Where the return goes" }
        p { (form.collection.submit_to(&template.id, form.stage)) }
        @if collection.practice { p { strong { "This is for practice: these figures go nowhere." } } }
        h2 { "Your organisation" }
        (written("Name"))
        (written("Code, like RX1"))
    }
}

/// What ends the form: who agreed it, by hand.
fn end() -> Markup {
    html! {
        h2 { "Signed" }
        p { "The person who signed off the figures signs here, or the person who heard them agree writes how and when." }
        (written("Signature"))
        (written("Date and time (UK time)"))
        h2 { "What explains figures that look unusual" }
        p { "The page asks about figures that look unusual. If you know why one does, write it here. Name no patient and no member of staff." }
        (lines(8))
    }
}

/// Whether an answer decides what else is asked: those come first, as on the page.
fn decides(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Choices | FieldKind::YesNo) || field.id.starts_with("nil_")
}

/// The fields of a section that `is_meant`, but for those that are filled in by themselves.
fn part(form: &Form, section: &Section, is_meant: &dyn Fn(&Field) -> bool) -> Markup {
    let mut fields =
        section.fields.iter().filter(|field| field.prefill.is_none() && is_meant(field)).peekable();
    html! {
        @if fields.peek().is_some() {
            section {
                h2 { (section.title) }
                (only(form, section.show_when.as_deref(), None))
                @for line in &section.guidance { p class="guidance" { (line) } }
                @for field in fields {
                    @if field.kind == FieldKind::Table {
                        (table(form, field))
                    } @else {
                        (question(form, field, section.kind))
                    }
                }
            }
        }
    }
}

/// On what it depends whether something is asked, in the words of the questions that decide it.
fn only(form: &Form, condition: Option<&str>, table: Option<&Field>) -> Markup {
    let Some(condition) = condition else { return html! {} };
    let mut by: Vec<String> = Vec::new();
    let mut add = |words: String| {
        if !by.contains(&words) {
            by.push(words);
        }
    };
    for name in names(condition) {
        if let Some(label) = called(form, &name, table) {
            add(format!("“{label}”"));
        } else if name.starts_with("organisation.") {
            add("your kind of organisation".to_owned());
        } else if name.starts_with("window.") {
            add("the time when you send it".to_owned());
        } else if name == "revision" {
            add("whether you sent a version before".to_owned());
        }
    }
    html! {
        p class="only" {
            "Not always asked"
            @if !by.is_empty() { ": it depends on " (by.join(" and on ")) }
            "."
        }
    }
}

/// What people call an answer, or something that is worked out from answers, by the name that conditions use.
fn called(form: &Form, name: &str, table: Option<&Field>) -> Option<String> {
    let source = form.template.source();
    let column = table.and_then(|table| table.columns.iter().find(|column| column.id == name));
    let plain = name.split_once('.').and_then(|(section, field)| {
        let section = source.sections.iter().find(|own| own.id == section)?;
        section.fields.iter().find(|own| own.id == field)
    });
    let worked = || source.calculated.iter().find(|own| own.id == name);
    let key = table.and_then(|table| {
        let key = name.split('.').next()?;
        table.keys.iter().find(|own| own.id == key)
    });
    let field = column.or(plain).map(|field| field.label.clone());
    field.or_else(|| worked().map(|own| own.label.clone())).or(key.map(|key| key.label.clone()))
}

/// A question with its guidance and room for its answer.
fn question(form: &Form, field: &Field, kind: SectionKind) -> Markup {
    let is_needed = field.required || field.required_when.is_some();
    html! {
        div class="question" {
            h3 {
                (field.label)
                @if !is_needed && kind == SectionKind::Answers { span class="if-known" { " (if you know)" } }
            }
            (only(form, field.show_when.as_deref(), None))
            @if !field.hint.is_empty() { p class="guidance" { (field.hint) } }
            @for line in &field.guidance { p class="guidance" { (line) } }
            (room(form, field, 5))
        }
    }
}

/// Room for an answer; for a text of several lines, this many.
fn room(form: &Form, field: &Field, several: usize) -> Markup {
    match field.kind {
        FieldKind::YesNo => ticks(&["Yes", "No"]),
        FieldKind::Choice | FieldKind::Choices => {
            ticks(&form.options(field).iter().map(|option| option.label.as_str()).gather())
        }
        FieldKind::Count => boxes(&[if field.unit.is_empty() { "Number" } else { &field.unit }]),
        FieldKind::Date => boxes(&["Day", "Month", "Year"]),
        FieldKind::Moment => boxes(&["Day", "Month", "Year", "Time"]),
        FieldKind::Duration => boxes(&["Minutes", "Seconds"]),
        FieldKind::Email | FieldKind::Line => lines(1),
        FieldKind::Text => lines(several),
        FieldKind::Table => html! {},
    }
}

fn ticks(labels: &[&str]) -> Markup {
    html! { ul class="ticks" { @for label in labels { li { span class="tick" {} (label) } } } }
}

fn boxes(labels: &[&str]) -> Markup {
    html! {
        div class="boxes" { @for label in labels { div { span { (label) } span class="box" {} } } }
    }
}

fn lines(count: usize) -> Markup {
    html! { div class="lines" { @for _ in 0..count { div {} } } }
}

fn written(label: &str) -> Markup {
    html! { div class="question" { h3 { (label) } (lines(1)) } }
}

/// A table: to write in across where its columns are few figures, else a block for each row.
fn table(form: &Form, field: &Field) -> Markup {
    let columns: Vec<&Field> =
        field.columns.iter().filter(|column| column.prefill.is_none()).gather();
    let are_figures = columns.iter().all(|column| column.kind == FieldKind::Count);
    let keys: Vec<&[Entry]> = field.keys.iter().map(|key| entries(form, key)).gather();
    html! {
        h3 { (field.label) }
        (only(form, field.show_when.as_deref(), None))
        @for line in &field.guidance { p class="guidance" { (line) } }
        @if !field.keys.is_empty() && field.row_when.is_some() {
            p class="only" { "Fill in only the rows that apply to your organisation." }
        }
        (meanings(form, field, &columns))
        @if let Some(last) = keys.last().filter(|_| are_figures) { (members(last)) }
        @match (keys.split_last(), are_figures) {
            (None, _) => {
                @for copy in 1..=COPIES { (block(form, &format!("{} {copy}", capitalised(&field.row_label)), "", &columns)) }
                p class="guidance" { "For more, print this form again or write on the back." }
            }
            (Some((last, above)), true) => {
                @for heads in combined(above) {
                    (across(&heads, field.keys.last(), last, &columns))
                }
            }
            (Some((last, above)), false) => {
                @for heads in combined(above) {
                    @if !heads.is_empty() { h4 { (labels(&heads)) } }
                    @for entry in last.iter().filter(|entry| belongs(form, field, &heads, entry)) {
                        (block(form, &entry.label, &entry.note, &columns))
                    }
                }
            }
        }
    }
}

/// What each column asks for.
fn meanings(form: &Form, table: &Field, columns: &[&Field]) -> Markup {
    html! {
        dl {
            @for column in columns {
                dt { (column.label) }
                dd {
                    (only(form, column.show_when.as_deref(), Some(table)))
                    @for line in &column.guidance { p class="guidance" { (line) } }
                }
            }
        }
    }
}

/// What each row means, where the collection says so; said once, and not on every date again.
fn members(rows: &[Entry]) -> Markup {
    html! {
        dl {
            @for row in rows.iter().filter(|row| !row.note.is_empty()) {
                dt { (row.label) }
                dd { (row.note) }
            }
        }
    }
}

/// Figures of the rows under the same keys: rows down and columns across, or where there are many columns, the other way round.
fn across(heads: &[&Entry], key: Option<&Key>, rows: &[Entry], columns: &[&Field]) -> Markup {
    let key = key.map(|key| key.label.as_str()).unwrap_or_default();
    let is_turned = columns.len() > MOST_ACROSS && rows.len() <= MOST_ACROSS;
    let heading = |column: &Field| {
        if column.short.is_empty() { column.label.clone() } else { column.short.clone() }
    };
    html! {
        @if !heads.is_empty() { h4 { (labels(heads)) } }
        @for note in heads.iter().filter(|entry| !entry.note.is_empty()) { p class="guidance" { (note.note) } }
        table {
            @if is_turned {
                thead { tr { th scope="col" { (key) } @for row in rows { th scope="col" { (row.label) } } } }
                tbody {
                    @for column in columns {
                        tr { th scope="row" { (heading(column)) } @for _ in rows { td {} } }
                    }
                }
            } @else {
                thead { tr { th scope="col" { (key) } @for column in columns { th scope="col" { (heading(column)) } } } }
                tbody {
                    @for row in rows {
                        tr {
                            th scope="row" { (row.label) }
                            @for _ in columns { td {} }
                        }
                    }
                }
            }
        }
    }
}

/// One row as a block of its own; what its questions mean is said above all rows.
fn block(form: &Form, title: &str, note: &str, columns: &[&Field]) -> Markup {
    html! {
        div class="row" {
            h4 { (title) }
            @if !note.is_empty() { p class="guidance" { (note) } }
            @for column in columns {
                div class="part" {
                    h5 { (if column.short.is_empty() { &column.label } else { &column.short }) }
                    (room(form, column, 3))
                }
            }
        }
    }
}

fn labels(heads: &[&Entry]) -> String {
    heads.iter().map(|entry| entry.label.as_str()).gather().join(", ")
}

/// The entries of a key.
fn entries<'f>(form: &'f Form, key: &Key) -> &'f [Entry] {
    let lists = &form.template.source().lists;
    lists.iter().position(|list| list.id == key.list).map_or(&[], |number| form.list(number))
}

/// Whether an entry of the last key stands under these of the others: where it says of itself under which, only there.
fn belongs(form: &Form, field: &Field, heads: &[&Entry], entry: &Entry) -> bool {
    let Some(last) = field.keys.last() else { return true };
    let lists = &form.template.source().lists;
    let own = lists.iter().find(|list| list.id == last.list).map(|list| list.entries.as_slice());
    let given = form.collection.source().list(&last.list);
    let items = own.filter(|own| !own.is_empty()).unwrap_or(given);
    let text = |item: &Map, name: &str| item.get(name).and_then(Json::as_str).map(str::to_owned);
    let Some(item) = items.iter().find(|item| text(item, "id").as_deref() == Some(&entry.id))
    else {
        return true;
    };
    let mut above = field.keys.iter().zip(heads);
    above.all(|(key, head)| text(item, &key.id).is_none_or(|under| under == head.id))
}

/// Every choice of one entry for each key, in order; one empty choice where there is no key.
fn combined<'f>(keys: &[&'f [Entry]]) -> Vec<Vec<&'f Entry>> {
    let mut all: Vec<Vec<&Entry>> = vec![Vec::new()];
    for key in keys {
        let longer = all.iter().flat_map(|heads| {
            key.iter().map(move |entry| heads.iter().copied().chain([entry]).gather())
        });
        all = longer.gather();
    }
    all
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_style_is_the_same_when_it_is_escaped() {
        assert!(!super::STYLE.contains(['<', '>', '&', '"']));
    }
}
