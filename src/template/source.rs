//! A template as it is written: the members of `templates/*.toml` and of the compiled JSON.
//!
//! Nothing here is checked beyond its shape; [`Template::compile`](super::Template::compile) does
//! that. `docs/template-authors.md` explains every member to the people who write them.

use crate::json::Map;

/// The `format` every template carries.
pub const FORMAT: &str = "ia-template/1";

/// A whole template, with everything it includes already merged in.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// Always [`FORMAT`].
    pub format: String,
    /// The template's id, for example `workforce_sitrep`.
    pub id: String,
    /// The version; any change to a template in use needs a new one.
    pub version: String,
    /// What people call this return.
    pub title: String,
    /// One or two sentences for the top of the page.
    pub purpose: String,
    /// Lists that the collection supplies.
    pub lists: Vec<List>,
    /// Thresholds that the collection supplies.
    pub parameters: Vec<Parameter>,
    /// Other returns that rules may read.
    pub inputs: Vec<Input>,
    /// The questions, in page order.
    pub sections: Vec<Section>,
    /// Rows taken together by the keys they share.
    pub groups: Vec<Group>,
    /// Values worked out, never typed.
    pub calculated: Vec<Calculated>,
    /// The rules, in the order they are documented.
    pub rules: Vec<Rule>,
    /// What is said when an answer is missing or cannot be read.
    pub faults: Vec<FaultText>,
}

/// The type of a parameter or of a list entry's attribute.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Plain {
    /// Yes or no.
    Bool,
    /// A civil date, `2023-07-25`.
    Date,
    /// A whole number.
    Int,
    /// London civil date and time, `2023-07-25T08:00`.
    Moment,
    /// Text.
    #[default]
    Text,
    /// A list of texts.
    Texts,
}

/// A list of things a table has rows for or a choice offers; every entry has `id` and `label`
/// beside these attributes.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// The list's id, for example `days`.
    pub id: String,
    /// Attributes of each entry, and their types, in the order of their names.
    pub attributes: Vec<(String, Plain)>,
    /// The entries, where they belong to the template; else the collection supplies them.
    pub entries: Vec<Map>,
}

/// Another return that rules may read; without it at hand they are silent.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// The name rules read it by.
    pub id: String,
    /// Which return it is.
    pub from: Origin,
    /// The template it was made with, by id; empty: the same as this one's.
    pub template: String,
    /// The stage it was made at, where that matters.
    pub stage: Option<String>,
    /// What people call it, for example “the rescheduled activity return”.
    pub label: String,
    /// Single values that are read.
    pub values: Vec<InputValue>,
    /// Lists that are read.
    pub rows: Vec<InputRows>,
}

/// Which return an input is.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Origin {
    /// Of an earlier collection, by the same organisation.
    LastRound,
    /// The revision that this return replaces.
    Previous,
    /// Of the same collection, by the same organisation.
    #[default]
    Sibling,
}

/// A value of another return.
#[derive(Clone, Debug, PartialEq)]
pub struct InputValue {
    /// The name it is read by.
    pub id: String,
    /// Where it stands: `section.field` of the answers, `totals.id` of what is calculated, or
    /// `revision`.
    pub at: String,
    /// Its type.
    pub kind: Plain,
}

/// A list of another return.
#[derive(Clone, Debug, PartialEq)]
pub struct InputRows {
    /// The name it is read by.
    pub id: String,
    /// Where it stands: `section.table` of the answers, or `groups.id` of what is calculated.
    pub at: String,
    /// What is read of each row, and its type, in the order of their names.
    pub columns: Vec<(String, Plain)>,
}

/// A threshold the collection supplies.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The id, used in rules as `params.<id>`.
    pub id: String,
    /// Its type.
    pub kind: Plain,
    /// What it means, for the people who set it.
    pub meaning: String,
}

/// A part of the return that is asked together.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// The id; answers are stored as `answers.<section>.<field>`.
    pub id: String,
    /// The heading.
    pub title: String,
    /// `declared` for the section stored beside the answers: who agreed the return, and how.
    pub kind: SectionKind,
    /// When it is asked; hidden means nothing asked, nothing stored.
    pub show_when: Option<String>,
    /// Paragraphs of guidance.
    pub guidance: Vec<String>,
    /// Its fields, in page order.
    pub fields: Vec<Field>,
}

/// Where a section's answers are kept.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum SectionKind {
    /// In `answers`.
    #[default]
    Answers,
    /// In `declared`.
    Declared,
}

/// What kind of answer a field takes.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum FieldKind {
    /// One of the field's options, by id.
    Choice,
    /// Several of the field's options, by their ids.
    Choices,
    /// A whole number, 0 to 99,999 unless the field says otherwise.
    #[default]
    Count,
    /// A civil date.
    Date,
    /// Minutes and seconds, stored as whole seconds.
    Duration,
    /// A work e-mail address.
    Email,
    /// One line of text.
    Line,
    /// London civil date and time.
    Moment,
    /// Rows known by their keys.
    Table,
    /// Several lines of text.
    Text,
    /// Yes or no.
    YesNo,
}

/// How free text is scanned for what identifies a person (rules XE16 and XQ08).
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Privacy {
    /// Not scanned: the submitter's own work contact details.
    Contact,
    /// A reference number: what looks like an NHS number raises a query.
    Reference,
    /// Scanned: an NHS number stops the return, contact details raise a query.
    #[default]
    Strict,
}

/// One thing a field may be answered with.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The stored value.
    pub id: String,
    /// What people read.
    pub label: String,
    /// More words, if the label needs them.
    pub hint: String,
}

/// A key of a table: its rows are the product of its keys' lists.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// The id under which a row stores the entry's id.
    pub id: String,
    /// The heading.
    pub label: String,
    /// The list its entries come from.
    pub list: String,
}

/// A question, a column of a table, or a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The id.
    pub id: String,
    /// What kind of answer it takes.
    pub kind: FieldKind,
    /// The question or heading.
    pub label: String,
    /// A short heading for a narrow column.
    pub short: String,
    /// A line under the label.
    pub hint: String,
    /// Guidance, from the letter and its definitions.
    pub guidance: Vec<String>,
    /// What is counted: `headcount`, `spells`.
    pub unit: String,
    /// Whether a return cannot be sealed without it.
    pub required: bool,
    /// The same, under a condition.
    pub required_when: Option<String>,
    /// When it is asked.
    pub show_when: Option<String>,
    /// Filled from the collection or the organisation, never typed.
    pub prefill: Option<String>,
    /// Fills the answer when the return is started; it can be changed.
    pub default: Option<String>,
    /// Whether it is filled in from the return of last time, where a person opens that.
    pub carry: bool,
    /// The purpose of the input, as HTML names it (WCAG 2.2, 1.3.5).
    pub autocomplete: String,
    /// How text is scanned.
    pub privacy: Privacy,
    /// Least number, or fewest characters.
    pub min: Option<i64>,
    /// Greatest number, or most characters.
    pub max: Option<i64>,
    /// What a choice may be.
    pub options: Vec<Choice>,
    /// The list whose entries are the options: one of the template's, or `actions`.
    pub options_from: Option<String>,
    /// In a column: the words with which a row is marked as not applicable.
    pub not_applicable: Option<String>,
    /// Whether “not known”, with a reason, is an answer.
    pub not_known: bool,
    /// In a table with a fixed set of rows: the keys.
    pub keys: Vec<Key>,
    /// In a table whose rows people add: the columns that together name a row.
    pub key_columns: Vec<String>,
    /// In a table whose rows people add: what one row is, for example “request”.
    pub row_label: String,
    /// In a table: which of its rows are asked.
    pub row_when: Option<String>,
    /// In a table: the columns.
    pub columns: Vec<Field>,
    /// In a table: the most rows it may have.
    pub max_rows: Option<i64>,
    /// In a table: the rule that a row outside the lists breaks.
    pub outside: String,
    /// In a table: the rule that a row left out breaks.
    pub missing: String,
    /// In a table: the rule that a row given twice breaks.
    pub duplicate: String,
}

/// Rows of a table that share the values of some keys.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The id: in return scope, a list of these groups.
    pub id: String,
    /// The table, as `section.field`.
    pub table: String,
    /// The keys shared.
    pub by: Vec<String>,
    /// The heading of its totals.
    pub label: String,
}

/// What a rule or a calculated value looks at.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub enum Scope {
    /// One row of a table.
    Row,
    /// One group of rows.
    Group,
    /// Two rows that share some keys.
    Pair,
    /// The whole return.
    #[default]
    Return,
}

/// A value worked out, never typed. It may use only those above it, so there are no cycles.
#[derive(Clone, Debug, PartialEq)]
pub struct Calculated {
    /// The id.
    pub id: String,
    /// What it looks at.
    pub scope: Scope,
    /// In row scope: the table.
    pub table: Option<String>,
    /// In group scope: the group.
    pub group: Option<String>,
    /// The column (or row-calculated value) it totals, where it is shown under one.
    pub column: Option<String>,
    /// The heading.
    pub label: String,
    /// A short heading for a narrow column.
    pub short: String,
    /// What is counted.
    pub unit: String,
    /// How many of the integer's digits are decimals: 1 shows 591 as 59.1.
    pub decimals: u8,
    /// Guidance.
    pub guidance: Vec<String>,
    /// How it is worked out.
    pub how: How,
    /// The words for its results where it gives text, from the worst to the best.
    pub bands: Vec<Band>,
}

/// How a value is worked out (DESIGN.md 3).
#[derive(Clone, Debug, PartialEq)]
pub enum How {
    /// By an expression.
    Value {
        /// The expression.
        value: String,
        /// How many parts were not known.
        unknown: Option<String>,
    },
    /// The first that holds gives the band.
    Grade(Vec<Grade>),
    /// A weighted lookup over rows.
    Index(Index),
}

/// A result that has words of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// The stored value.
    pub id: String,
    /// What people read.
    pub label: String,
    /// The colour of its tag in the NHS design system; never the only sign of it.
    pub tone: String,
}

/// One way to come to a band.
#[derive(Clone, Debug, PartialEq)]
pub struct Grade {
    /// The band, by id.
    pub band: String,
    /// When it is reached; absent: when nothing before it was.
    pub when: Option<String>,
    /// The fact that caused it, as a sentence; `{…}` holds an expression.
    pub because: String,
}

/// `scale × Σ(weight × score) ÷ (greatest score × Σ weight)`, rounded half up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Index {
    /// The table, as `section.field`.
    pub table: String,
    /// Which rows count.
    pub when: Option<String>,
    /// The text that the weight is looked up by, in row scope.
    pub weight: String,
    /// Weights, at least 0.
    pub weights: Vec<(String, i64)>,
    /// The text that the score is looked up by, in row scope.
    pub points: String,
    /// Scores, at least 0.
    pub scores: Vec<(String, i64)>,
    /// What the greatest possible result is.
    pub scale: i64,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    /// The return cannot be sealed.
    #[default]
    Error,
    /// The return can be sealed once it is explained.
    Query,
    /// Information.
    Note,
}

/// A rule: when the condition is true, the message is said.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The id, for example `BE04`.
    pub id: String,
    /// How much it weighs.
    pub severity: Severity,
    /// What it looks at.
    pub scope: Scope,
    /// In row and pair scope: the table, as `section.field`.
    pub table: Option<String>,
    /// In group scope: the group.
    pub group: Option<String>,
    /// In pair scope: the keys both rows share.
    pub same: Vec<String>,
    /// The fields the finding is shown at.
    pub place: Vec<String>,
    /// The condition.
    pub when: String,
    /// What is said; `{…}` holds an expression.
    pub message: String,
    /// The answer that explains this query, where it is not an explanation of its own.
    pub explained_by: Option<String>,
    /// Where the rule comes from.
    pub source: String,
}

/// What is said when an answer is missing or cannot be read.
#[derive(Clone, Debug, PartialEq)]
pub struct FaultText {
    /// The rule id, for example `XE18`.
    pub id: String,
    /// The kind of fault.
    pub kind: FaultKind,
    /// The message; `{label}`, `{typed}`, `{min}`, `{max}`, `{count}` are filled in.
    pub message: String,
    /// Only for this kind of field, where several have their own words.
    pub field_kind: Option<FieldKind>,
    /// How much it weighs; an error unless it says otherwise.
    pub severity: Option<Severity>,
    /// Where it comes from.
    pub source: String,
}

/// What can be wrong with one answer on its own.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub enum FaultKind {
    /// Text holds a noncharacter (RFC 7493 section 2.1), which no file may carry.
    Characters,
    /// Free text holds an e-mail address or a telephone number.
    ContactDetails,
    /// A number has a decimal point.
    Decimal,
    /// An e-mail address does not have the form of one.
    Email,
    /// A number is written with an exponent.
    Exponent,
    /// A number's commas are not at thousands.
    Grouping,
    /// Required and not answered.
    #[default]
    Missing,
    /// Required, and nothing selected.
    MissingChoice,
    /// A number is below nought.
    Negative,
    /// Free text holds an NHS number.
    NhsNumber,
    /// A reference number may be an NHS number.
    NhsNumberReference,
    /// A date does not exist or cannot be read.
    NotADate,
    /// Minutes and seconds cannot be read.
    NotADuration,
    /// A date and time cannot be read.
    NotAMoment,
    /// Not a number at all.
    NotANumber,
    /// A choice that is not among the options.
    NotInList,
    /// Ten equal digits, which stand for a number that is not there.
    PlaceholderNumber,
    /// A filled value that was changed.
    Prefilled,
    /// Not applicable or not known, where that is no answer.
    State,
    /// More than the greatest.
    TooLarge,
    /// Too many characters.
    TooLong,
    /// Too few characters.
    TooShort,
    /// Less than the least.
    TooSmall,
}
