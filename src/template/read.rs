//! Reading the source form, member by member.

use super::source::{
    Band, Calculated, Choice, FaultKind, FaultText, Field, FieldKind, Grade, Group, How, Index,
    Input, InputRows, InputValue, Key, List, Origin, Parameter, Plain, Privacy, Rule, Scope,
    Section, SectionKind, Severity, Source,
};
use crate::json::{self, Members, ShapeError, Value, found};

const PLAINS: &[(&str, Plain)] = &[
    ("bool", Plain::Bool),
    ("date", Plain::Date),
    ("int", Plain::Int),
    ("moment", Plain::Moment),
    ("text", Plain::Text),
    ("texts", Plain::Texts),
];
const SECTION_KINDS: &[(&str, SectionKind)] =
    &[("answers", SectionKind::Answers), ("declared", SectionKind::Declared)];
const FIELD_KINDS: &[(&str, FieldKind)] = &[
    ("choice", FieldKind::Choice),
    ("choices", FieldKind::Choices),
    ("count", FieldKind::Count),
    ("date", FieldKind::Date),
    ("duration", FieldKind::Duration),
    ("email", FieldKind::Email),
    ("line", FieldKind::Line),
    ("moment", FieldKind::Moment),
    ("table", FieldKind::Table),
    ("text", FieldKind::Text),
    ("yes_no", FieldKind::YesNo),
];
const PRIVACIES: &[(&str, Privacy)] = &[
    ("contact", Privacy::Contact),
    ("reference", Privacy::Reference),
    ("strict", Privacy::Strict),
];
const ORIGINS: &[(&str, Origin)] = &[
    ("last_round", Origin::LastRound),
    ("previous", Origin::Previous),
    ("sibling", Origin::Sibling),
];
const SCOPES: &[(&str, Scope)] = &[
    ("group", Scope::Group),
    ("pair", Scope::Pair),
    ("return", Scope::Return),
    ("row", Scope::Row),
];
const SEVERITIES: &[(&str, Severity)] =
    &[("error", Severity::Error), ("note", Severity::Note), ("query", Severity::Query)];
const FAULT_KINDS: &[(&str, FaultKind)] = &[
    ("characters", FaultKind::Characters),
    ("contact_details", FaultKind::ContactDetails),
    ("decimal", FaultKind::Decimal),
    ("email", FaultKind::Email),
    ("exponent", FaultKind::Exponent),
    ("grouping", FaultKind::Grouping),
    ("missing", FaultKind::Missing),
    ("missing_choice", FaultKind::MissingChoice),
    ("negative", FaultKind::Negative),
    ("nhs_number", FaultKind::NhsNumber),
    ("nhs_number_reference", FaultKind::NhsNumberReference),
    ("not_a_date", FaultKind::NotADate),
    ("not_a_duration", FaultKind::NotADuration),
    ("not_a_moment", FaultKind::NotAMoment),
    ("not_a_number", FaultKind::NotANumber),
    ("not_in_list", FaultKind::NotInList),
    ("placeholder_number", FaultKind::PlaceholderNumber),
    ("prefilled", FaultKind::Prefilled),
    ("state", FaultKind::State),
    ("too_large", FaultKind::TooLarge),
    ("too_long", FaultKind::TooLong),
    ("too_short", FaultKind::TooShort),
    ("too_small", FaultKind::TooSmall),
];

type Read<T> = Result<T, ShapeError>;

impl Source {
    /// Reads a template.
    ///
    /// # Errors
    /// The first member that is missing, unknown or of another type.
    pub fn read(value: &Value) -> Read<Self> {
        json::whole(value, |m| Self {
            format: m.text("format"),
            id: m.text("id"),
            version: m.text("version"),
            title: m.text("title"),
            purpose: m.maybe_text("purpose").unwrap_or_default(),
            lists: m.list("list", List::read),
            parameters: m.list("parameter", Parameter::read),
            inputs: m.list("input", Input::read),
            sections: m.list("section", Section::read),
            groups: m.list("group", Group::read),
            calculated: m.list("calculated", Calculated::read),
            rules: m.list("rule", Rule::read),
            faults: m.list("fault", FaultText::read),
        })
    }
}

fn plain(value: &Value) -> Read<Plain> {
    let word = value.as_str().unwrap_or_default();
    let named = PLAINS.iter().find(|(known, _)| *known == word);
    named
        .map(|(_, plain)| *plain)
        .ok_or_else(|| found(value, "bool, date, int, moment, text or texts"))
}

fn whole(value: &Value) -> Read<i64> {
    value.as_i64().ok_or_else(|| found(value, "a whole number"))
}

impl List {
    fn read(m: &mut Members<'_>) -> Self {
        let entry = |value: &Value| {
            value.as_object().cloned().ok_or_else(|| found(value, "an entry with id and label"))
        };
        Self {
            id: m.text("id"),
            attributes: m.named("attributes", plain),
            entries: m.items("entries", entry),
        }
    }
}

impl Input {
    fn read(m: &mut Members<'_>) -> Self {
        Self {
            id: m.text("id"),
            from: m.word("from", ORIGINS),
            template: m.maybe_text("template").unwrap_or_default(),
            stage: m.maybe_text("stage"),
            label: m.text("label"),
            values: m.list("values", InputValue::read),
            rows: m.list("rows", InputRows::read),
        }
    }
}

impl InputValue {
    fn read(m: &mut Members<'_>) -> Self {
        Self { id: m.text("id"), at: m.text("at"), kind: m.word("type", PLAINS) }
    }
}

impl InputRows {
    fn read(m: &mut Members<'_>) -> Self {
        Self { id: m.text("id"), at: m.text("at"), columns: m.named("columns", plain) }
    }
}

impl Parameter {
    fn read(m: &mut Members<'_>) -> Self {
        Self { id: m.text("id"), kind: m.word("type", PLAINS), meaning: m.text("meaning") }
    }
}

impl Section {
    fn read(m: &mut Members<'_>) -> Self {
        Self {
            id: m.text("id"),
            title: m.text("title"),
            kind: m.maybe_word("kind", SECTION_KINDS).unwrap_or_default(),
            show_when: m.maybe_text("show_when"),
            guidance: m.texts("guidance"),
            fields: m.list("field", Field::read),
        }
    }
}

impl Choice {
    fn read(m: &mut Members<'_>) -> Self {
        Self {
            id: m.text("id"),
            label: m.text("label"),
            hint: m.maybe_text("hint").unwrap_or_default(),
        }
    }
}

impl Key {
    fn read(m: &mut Members<'_>) -> Self {
        Self { id: m.text("id"), label: m.text("label"), list: m.text("list") }
    }
}

impl Field {
    fn read(m: &mut Members<'_>) -> Self {
        Self {
            id: m.text("id"),
            kind: m.word("type", FIELD_KINDS),
            label: m.text("label"),
            short: m.maybe_text("short").unwrap_or_default(),
            hint: m.maybe_text("hint").unwrap_or_default(),
            guidance: m.texts("guidance"),
            unit: m.maybe_text("unit").unwrap_or_default(),
            required: m.flag("required"),
            required_when: m.maybe_text("required_when"),
            show_when: m.maybe_text("show_when"),
            prefill: m.maybe_text("prefill"),
            default: m.maybe_text("default"),
            carry: m.flag("carry"),
            autocomplete: m.maybe_text("autocomplete").unwrap_or_default(),
            privacy: m.maybe_word("privacy", PRIVACIES).unwrap_or_default(),
            min: m.maybe_whole("min"),
            max: m.maybe_whole("max"),
            options: m.list("options", Choice::read),
            options_from: m.maybe_text("options_from"),
            not_applicable: m.maybe_text("not_applicable"),
            not_known: m.flag("not_known"),
            keys: m.list("keys", Key::read),
            key_columns: m.texts("key_columns"),
            row_label: m.maybe_text("row_label").unwrap_or_default(),
            row_when: m.maybe_text("row_when"),
            columns: m.list("column", Field::read),
            max_rows: m.maybe_whole("max_rows"),
            outside: m.maybe_text("outside").unwrap_or_default(),
            missing: m.maybe_text("missing").unwrap_or_default(),
            duplicate: m.maybe_text("duplicate").unwrap_or_default(),
        }
    }
}

impl Group {
    fn read(m: &mut Members<'_>) -> Self {
        Self { id: m.text("id"), table: m.text("table"), by: m.texts("by"), label: m.text("label") }
    }
}

impl Calculated {
    fn read(m: &mut Members<'_>) -> Self {
        let how = How::read(m);
        let calculated = Self {
            id: m.text("id"),
            scope: m.word("scope", SCOPES),
            table: m.maybe_text("table"),
            group: m.maybe_text("group"),
            column: m.maybe_text("column"),
            label: m.text("label"),
            short: m.maybe_text("short").unwrap_or_default(),
            unit: m.maybe_text("unit").unwrap_or_default(),
            decimals: u8::try_from(m.maybe_whole("decimals").unwrap_or(0)).unwrap_or(0),
            guidance: m.texts("guidance"),
            how,
            bands: m.list("bands", Band::read),
        };
        if matches!(&calculated.how, How::Grade(grades) if grades.is_empty()) {
            m.refuse("a value with one of value, grade and index");
        }
        calculated
    }
}

impl How {
    /// Exactly one of `value`, `grade` and `index`; with none, a grade that nothing reaches.
    fn read(m: &mut Members<'_>) -> Self {
        if m.get("index").is_some() {
            return Self::Index(m.part("index", Index::read));
        }
        match m.maybe_text("value") {
            Some(value) => Self::Value { value, unknown: m.maybe_text("unknown") },
            None => Self::Grade(m.list("grade", Grade::read)),
        }
    }
}

impl Band {
    fn read(m: &mut Members<'_>) -> Self {
        Self {
            id: m.text("id"),
            label: m.text("label"),
            tone: m.maybe_text("tone").unwrap_or_default(),
        }
    }
}

impl Grade {
    fn read(m: &mut Members<'_>) -> Self {
        Self { band: m.text("band"), when: m.maybe_text("when"), because: m.text("because") }
    }
}

impl Index {
    fn read(m: &mut Members<'_>) -> Self {
        Self {
            table: m.text("table"),
            when: m.maybe_text("when"),
            weight: m.text("weight"),
            weights: m.named("weights", whole),
            points: m.text("points"),
            scores: m.named("scores", whole),
            scale: m.whole("scale"),
        }
    }
}

impl Rule {
    fn read(m: &mut Members<'_>) -> Self {
        Self {
            id: m.text("id"),
            severity: m.word("severity", SEVERITIES),
            scope: m.word("scope", SCOPES),
            table: m.maybe_text("table"),
            group: m.maybe_text("group"),
            same: m.texts("same"),
            place: m.texts("place"),
            when: m.text("when"),
            message: m.text("message"),
            explained_by: m.maybe_text("explained_by"),
            source: m.maybe_text("source").unwrap_or_default(),
        }
    }
}

impl FaultText {
    fn read(m: &mut Members<'_>) -> Self {
        Self {
            id: m.text("id"),
            kind: m.word("kind", FAULT_KINDS),
            message: m.text("message"),
            field_kind: m.maybe_word("type", FIELD_KINDS),
            severity: m.maybe_word("severity", SEVERITIES),
            source: m.maybe_text("source").unwrap_or_default(),
        }
    }
}
