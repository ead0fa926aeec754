//! A template as a page of Markdown: everything that is asked, worked out and said, for sign-off by people who do not
//! read TOML. With a collection, its lists and limits too.

use super::markdown::{Page, code, plain};
use super::{questions, worked};
use crate::collection::Form;
use crate::gather::Gather as _;
use crate::json::Value;
use crate::template::Template;
use crate::template::source::{FaultKind, Origin, Plain, Rule, Scope, Severity, Source};

/// What a page is made from.
pub(super) struct About<'a> {
    pub(super) template: &'a Template,
    pub(super) form: Option<&'a Form>,
}

impl About<'_> {
    pub(super) fn source(&self) -> &Source {
        self.template.source()
    }

    /// What people call an answer that is named as `section.field`, or a column of a table.
    pub(super) fn called(&self, name: &str, table: Option<&str>) -> Option<String> {
        let find = |section: &str, field: &str| {
            let section = self.source().sections.iter().find(|own| own.id == section)?;
            section.fields.iter().find(|own| own.id == field)
        };
        let column = table.and_then(|table| table.split_once('.')).and_then(|(section, field)| {
            find(section, field)?.columns.iter().find(|column| column.id == name)
        });
        let plain = || name.split_once('.').and_then(|(section, field)| find(section, field));
        column.or_else(plain).map(|field| field.label.clone())
    }

    /// A condition, and what people call the answers that it reads.
    pub(super) fn condition(&self, text: &str, table: Option<&str>) -> String {
        let names = names(text).into_iter().filter_map(|name| {
            let label = self.called(&name, table)?;
            Some(format!("{} is “{}”", code(&name), plain(&label)))
        });
        let names: Vec<String> = names.gather();
        if names.is_empty() {
            code(text)
        } else {
            format!("{} (here {})", code(text), names.join(", "))
        }
    }
}

/// The names in an expression, each once, in their order; texts in quotes are none.
pub(super) fn names(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut name = String::new();
    let mut quote = None;
    for c in text.chars().chain([' ']) {
        let is_part = quote.is_none() && (c.is_ascii_alphanumeric() || c == '_' || c == '.');
        if is_part {
            name.push(c);
            continue;
        }
        let whole = std::mem::take(&mut name);
        if !whole.is_empty() && !found.contains(&whole) {
            found.push(whole);
        }
        quote = match quote {
            Some(open) if open == c => None,
            Some(open) => Some(open),
            None => ['\'', '"'].into_iter().find(|mark| *mark == c),
        };
    }
    found
}

/// The page of a template, in its collection where one is given.
pub fn docs(template: &Template, form: Option<&Form>) -> String {
    let about = About { template, form };
    let mut page = Page::default();
    head(&about, &mut page);
    questions::write(&about, &mut page);
    worked::write(&about, &mut page);
    rules(&about, &mut page);
    faults(&about, &mut page);
    inputs(&about, &mut page);
    parameters(&about, &mut page);
    page.done()
}

fn head(about: &About<'_>, page: &mut Page) {
    let source = about.source();
    page.heading(1, &source.title);
    page.part(&plain(&source.purpose));
    let mut items = vec![format!(
        "Template {}, version {}, SHA-256 {}",
        code(&source.id),
        plain(&source.version),
        code(about.template.sha256())
    )];
    if let Some(form) = about.form {
        let collection = form.collection.source();
        items.push(format!("Collection {}: {}", code(&collection.id), plain(&collection.title)));
        items.push(format!("Marking: {}", plain(form.classification())));
        if let Some(stage) = form.stage {
            items.push(format!("Stage: {stage}"));
        }
        items.push(match form.window {
            Some(window) => {
                let words = |at: crate::time::Instant| {
                    format!("{} on {}", at.clock_words(), at.date_words())
                };
                format!("Open from {} to {}", words(window.opens()), words(window.closes()))
            }
            None => "Always open".to_owned(),
        });
    }
    page.list(&items);
    page.part(
        "Everything here is read from the template itself. What stands `like this` is a name or a condition as it is \
         written there: `&&` means and, `||` means or, `!` means not.",
    );
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error: the return cannot be finished",
        Severity::Query => "query: the return can be finished once it is explained",
        Severity::Note => "note: it only informs",
    }
}

fn rules(about: &About<'_>, page: &mut Page) {
    page.heading(2, "Rules");
    for rule in &about.source().rules {
        page.heading(3, &rule.id);
        self::rule(about, rule, page);
    }
    let structure: Vec<[String; 3]> = tables(about).gather();
    if !structure.is_empty() {
        page.heading(3, "Rows of tables");
        page.table(["Rule", "Table", "Speaks, as an error, when"], &structure);
    }
}

fn rule(about: &About<'_>, rule: &Rule, page: &mut Page) {
    let group = about.source().groups.iter().find(|group| Some(&group.id) == rule.group.as_ref());
    let table = rule.table.as_deref().or(group.map(|group| group.table.as_str()));
    let label = |name: &str| {
        let label = table.and_then(|table| about.called(table, None));
        label.map_or_else(|| code(name), |label| format!("“{}”", plain(&label)))
    };
    let looks = match rule.scope {
        Scope::Return => "the whole return".to_owned(),
        Scope::Row => format!("each row of {}", label(table.unwrap_or_default())),
        Scope::Group => {
            let heading = group.map(|group| group.label.as_str()).unwrap_or_default();
            format!("each “{}” of {}", plain(heading), label(table.unwrap_or_default()))
        }
        Scope::Pair => {
            let same = rule.same.iter().map(|name| code(name)).gather().join(" and ");
            let same = if same.is_empty() { same } else { format!(" with the same {same}") };
            format!("each two rows of {}{same}", label(table.unwrap_or_default()))
        }
    };
    let mut items = vec![
        format!("Severity: {}", severity(rule.severity)),
        format!("Looks at: {looks}"),
        format!("Speaks when: {}", about.condition(&rule.when, table)),
        format!("Says: {}", plain(&rule.message)),
    ];
    let places = rule.place.iter().map(|name| match about.called(name, table) {
        Some(label) => format!("“{}”", plain(&label)),
        None => code(name),
    });
    let places: Vec<String> = places.gather();
    if !places.is_empty() {
        items.push(format!("Shown at: {}", places.join(", ")));
    }
    if let Some(name) = &rule.explained_by {
        let label = about.called(name, None).unwrap_or_else(|| name.clone());
        items.push(format!("Explained by the answer to: “{}”", plain(&label)));
    }
    items.push(format!("Source: {}", plain(&rule.source)));
    page.list(&items);
}

/// The rules that tables name.
fn tables<'a>(about: &'a About<'_>) -> impl Iterator<Item = [String; 3]> + 'a {
    let fields = about.source().sections.iter().flat_map(|section| &section.fields);
    fields.flat_map(|field| {
        let all = [
            (&field.outside, "a row is not in the lists, or is not asked"),
            (&field.missing, "a row that is asked is left out"),
            (&field.duplicate, "a row is there twice"),
        ];
        let named = all.into_iter().filter(|(id, _)| !id.is_empty());
        named.map(|(id, when)| [code(id), plain(&field.label), when.to_owned()])
    })
}

fn faults(about: &About<'_>, page: &mut Page) {
    let rows: Vec<[String; 4]> = about
        .source()
        .faults
        .iter()
        .map(|fault| {
            let kind = fault.field_kind.map_or("any answer", questions::kind_words);
            let severity = match fault.severity.unwrap_or_default() {
                Severity::Error => "error",
                Severity::Query => "query",
                Severity::Note => "note",
            };
            let when = format!("{}: {}", kind, fault_words(fault.kind));
            [
                format!("{}, {severity}", code(&fault.id)),
                when,
                plain(&fault.message),
                plain(&fault.source),
            ]
        })
        .gather();
    if !rows.is_empty() {
        page.heading(2, "What is said of one answer on its own");
        page.table(["Rule", "Of", "Says", "Source"], &rows);
    }
}

fn fault_words(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::Characters => "it holds characters that no file may carry",
        FaultKind::ContactDetails => "it holds an email address or a phone number",
        FaultKind::Decimal => "it has a decimal point",
        FaultKind::Email => "it does not have the form of an email address",
        FaultKind::Exponent => "it is written with an exponent",
        FaultKind::Grouping => "its commas are not at thousands",
        FaultKind::Missing => "it is needed and not there",
        FaultKind::MissingChoice => "it is needed and nothing is selected",
        FaultKind::Negative => "it is less than 0",
        FaultKind::NhsNumber => "it holds an NHS number",
        FaultKind::NhsNumberReference => "a reference has the form of an NHS number",
        FaultKind::NotADate => "there is no such date",
        FaultKind::NotADuration => "it is not minutes and seconds",
        FaultKind::NotAMoment => "there is no such date and time",
        FaultKind::NotANumber => "it is not a number",
        FaultKind::NotInList => "it is none of the options",
        FaultKind::PlaceholderNumber => "it is ten equal digits",
        FaultKind::Prefilled => "a value that is filled in was changed",
        FaultKind::State => "not applicable or not known is no answer here",
        FaultKind::TooLarge => "it is more than the greatest",
        FaultKind::TooLong => "it has too many characters",
        FaultKind::TooShort => "it has too few characters",
        FaultKind::TooSmall => "it is less than the least",
    }
}

fn inputs(about: &About<'_>, page: &mut Page) {
    let rows: Vec<[String; 3]> = about
        .source()
        .inputs
        .iter()
        .map(|input| {
            let from = match input.from {
                Origin::LastRound => "an earlier collection",
                Origin::Previous => "the version that this one replaces",
                Origin::Sibling => "the same collection",
            };
            let values = input.values.iter().map(|value| code(&value.at));
            let read: Vec<String> =
                values.chain(input.rows.iter().map(|rows| code(&rows.at))).gather();
            [
                format!("{}: {}", code(&input.id), plain(&input.label)),
                from.to_owned(),
                read.join(", "),
            ]
        })
        .gather();
    if !rows.is_empty() {
        page.heading(2, "Other returns that rules compare with");
        page.part("Without that return at hand the rule is silent.");
        page.table(["Return", "From", "What is read"], &rows);
    }
}

fn parameters(about: &About<'_>, page: &mut Page) {
    let rows: Vec<[String; 4]> = about
        .source()
        .parameters
        .iter()
        .map(|parameter| {
            let setting = about.form.and_then(|f| f.collection.source().parameter(&parameter.id));
            let (value, source) = match setting {
                Some(setting) => {
                    let since = setting.since.as_ref();
                    let since = since.map(|date| format!(" From {date}.")).unwrap_or_default();
                    (limit(&setting.value), format!("{}{since}", plain(&setting.source)))
                }
                None => {
                    (format!("the collection gives {}", plain_words(parameter.kind)), String::new())
                }
            };
            [code(&parameter.id), plain(&parameter.meaning), value, source]
        })
        .gather();
    if !rows.is_empty() {
        page.heading(2, "Limits");
        page.table(["Limit", "What it means", "Value", "Source"], &rows);
    }
}

fn limit(value: &Value) -> String {
    match value {
        Value::String(text) => plain(text),
        Value::Array(items) => items.iter().map(limit).gather().join(", "),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        other => other.to_string(),
    }
}

fn plain_words(kind: Plain) -> &'static str {
    match kind {
        Plain::Bool => "yes or no",
        Plain::Date => "a date",
        Plain::Int => "a whole number",
        Plain::Moment => "a date and time",
        Plain::Text => "a text",
        Plain::Texts => "a list of texts",
    }
}
