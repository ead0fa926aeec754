//! The members of `return` and of `draft`.

use crate::check::{Explanation, RowKey};
use crate::collection::source::Pinned;

use crate::gather::Gather as _;
use crate::json::{Map, Members, ShapeError, Value, found, object, refuse_null};
use crate::sorted::SortedMap;

/// The `format` of a sealed return.
pub const RETURN_FORMAT: &str = "ia-return/1";
/// The most explanations one return may hold: every row of the largest table, asked five times.
pub(super) const MOST_EXPLANATIONS: usize = 1_000;
/// The `format` of a draft.
pub const DRAFT_FORMAT: &str = "ia-draft/1";

/// The template a return answers.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct TemplateRef {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of its canonical JSON.
    pub sha256: String,
}

/// The organisation a return is about.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct OrganisationRef {
    /// The ODS code.
    pub code: String,
    /// The name on the date of the collection.
    pub name: String,
}

/// How one query was explained.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ExplanationEntry {
    /// The rule that asked.
    pub rule: String,
    /// The row or group it asked about; absent for the return.
    pub row: RowKey,
    /// What explains it.
    pub text: String,
}

impl From<&Explanation> for ExplanationEntry {
    fn from(item: &Explanation) -> Self {
        Self { rule: item.rule.clone(), row: item.row.clone(), text: item.text.clone() }
    }
}

impl From<ExplanationEntry> for Explanation {
    fn from(item: ExplanationEntry) -> Self {
        Self { rule: item.rule, row: item.row, text: item.text }
    }
}

/// The program that prepared a return.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Engine {
    /// `native`, `wasm` or `wasm2js`.
    pub kind: String,
    /// The version of `ia-returns`.
    pub version: String,
}

/// Everything a return says. What a draft may leave out is optional here, and a return without it
/// is refused when it is verified.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// [`RETURN_FORMAT`] or [`DRAFT_FORMAT`].
    pub format: String,
    /// The collection, by id and hash.
    pub collection: Pinned,
    /// The template.
    pub template: TemplateRef,
    /// Whom it is about.
    pub organisation: OrganisationRef,
    /// From 1.
    pub revision: i64,
    /// The id of the return it replaces.
    pub supersedes: Option<String>,
    /// When it was sealed: RFC 3339 with the London offset, by the clock of that computer.
    pub prepared_at: Option<String>,
    /// Thumbprint (RFC 7638) of the preparer's key.
    pub preparer_kid: Option<String>,
    /// Who agreed it, and how.
    pub declared: Map,
    /// Ids of the sibling, previous and last-round returns that were at hand.
    pub inputs: SortedMap<String, String>,
    /// `{section: {field: answer}}`.
    pub answers: Map,
    /// How queries were explained.
    pub explanations: Vec<ExplanationEntry>,
    /// Findings and calculated values.
    pub derived: Option<Value>,
    /// What prepared it.
    pub engine: Option<Engine>,
}

type Read<T> = Result<T, ShapeError>;

impl TemplateRef {
    fn read(m: &mut Members<'_>) -> Self {
        Self { id: m.text("id"), version: m.text("version"), sha256: m.text("sha256") }
    }
}

impl OrganisationRef {
    fn read(m: &mut Members<'_>) -> Self {
        Self { code: m.text("code"), name: m.text("name") }
    }
}

impl ExplanationEntry {
    fn read(m: &mut Members<'_>) -> Self {
        Self { rule: m.text("rule"), row: texts(m, "row"), text: m.text("text") }
    }

    /// The stored form.
    pub(super) fn to_json(&self) -> Value {
        let mut members = vec![("rule", text(&self.rule)), ("text", text(&self.text))];
        if !self.row.is_empty() {
            members.push(("row", text_members(&self.row)));
        }
        object(&mut members)
    }
}

impl Engine {
    fn read(m: &mut Members<'_>) -> Self {
        Self { kind: m.text("kind"), version: m.text("version") }
    }
}

impl Content {
    /// Reads the members of `return` or `draft`.
    ///
    /// # Errors
    /// The first member that is missing, unknown or of another type; a `null` anywhere.
    pub fn read(value: &Value) -> Read<Self> {
        refuse_null(value)?;
        let mut m = Members::of(value);
        let content = Self {
            format: m.text("format"),
            collection: m.part("collection", Pinned::read),
            template: m.part("template", TemplateRef::read),
            organisation: m.part("organisation", OrganisationRef::read),
            revision: m.whole("revision"),
            supersedes: m.maybe_text("supersedes"),
            prepared_at: m.maybe_text("prepared_at"),
            preparer_kid: m.maybe_text("preparer_kid"),
            declared: m.map("declared"),
            inputs: texts(&mut m, "inputs"),
            answers: m.map("answers"),
            explanations: m.list("explanations", ExplanationEntry::read),
            derived: m.get("derived").cloned(),
            engine: m.get("engine").map(|_| m.part("engine", Engine::read)),
        };
        let content = m.done(content)?;
        match content.twice_explained() {
            None => Ok(content),
            Some(number) => {
                let reason = "this query is explained already, or there are too many".to_owned();
                Err(ShapeError { pointer: format!("/explanations/{number}"), reason })
            }
        }
    }

    /// The stage that the return says it is of (domain.md 10.0, `collection_stage`).
    pub fn stage(&self) -> Option<&str> {
        self.answers.get("about")?.get("collection_stage")?.as_str()
    }

    /// A member that only a sealed return has, in a draft.
    pub(super) fn sealed_only(&self) -> Option<ShapeError> {
        let members = [
            ("derived", self.derived.is_some()),
            ("engine", self.engine.is_some()),
            ("prepared_at", self.prepared_at.is_some()),
            ("preparer_kid", self.preparer_kid.is_some()),
        ];
        let (name, _) = members.into_iter().find(|(_, there)| *there)?;
        let reason = "only a sealed return has this member".to_owned();
        Some(ShapeError { pointer: format!("/{name}"), reason })
    }

    /// What is wrong with revision and `supersedes`: the first revision replaces nothing, every later
    /// one names what it replaces by its id.
    pub(super) fn revision_fault(&self) -> Option<ShapeError> {
        let id = |text: &String| {
            text.len() == 64
                && text.bytes().all(|b| b.is_ascii_hexdigit() && !b.is_ascii_uppercase())
        };
        let good = match &self.supersedes {
            None => self.revision == 1,
            Some(text) => self.revision > 1 && id(text),
        };
        let reason =
            "revision 1 replaces nothing, and each later one names the id of what it replaces";
        (!good).then(|| ShapeError { pointer: "/revision".to_owned(), reason: reason.to_owned() })
    }

    /// The first explanation, by number, of a query that is explained before it, or past the limit.
    fn twice_explained(&self) -> Option<usize> {
        // Within the limit, comparing each with all before it costs less than a set of them would in the engine.
        for (number, item) in self.explanations.iter().enumerate() {
            let mut before = self.explanations.iter().take(number);
            let same = |other: &ExplanationEntry| other.rule == item.rule && other.row == item.row;
            if number >= MOST_EXPLANATIONS || before.any(same) {
                return Some(number);
            }
        }
        None
    }

    /// The stored form; what is absent is left out.
    pub fn to_json(&self) -> Value {
        let (collection, template, organisation) =
            (&self.collection, &self.template, &self.organisation);
        let explanations = self.explanations.iter().map(ExplanationEntry::to_json).gather();
        let mut list = vec![
            ("format", text(&self.format)),
            (
                "collection",
                object(&mut [("id", text(&collection.id)), ("sha256", text(&collection.sha256))]),
            ),
            (
                "template",
                object(&mut [
                    ("id", text(&template.id)),
                    ("version", text(&template.version)),
                    ("sha256", text(&template.sha256)),
                ]),
            ),
            (
                "organisation",
                object(&mut [
                    ("code", text(&organisation.code)),
                    ("name", text(&organisation.name)),
                ]),
            ),
            ("revision", Value::from(self.revision)),
            ("declared", Value::Object(self.declared.clone())),
            ("inputs", text_members(&self.inputs)),
            ("answers", Value::Object(self.answers.clone())),
            ("explanations", Value::Array(explanations)),
        ];
        let maybe = [
            ("supersedes", &self.supersedes),
            ("prepared_at", &self.prepared_at),
            ("preparer_kid", &self.preparer_kid),
        ];
        for (name, value) in maybe {
            if let Some(value) = value {
                list.push((name, text(value)));
            }
        }
        if let Some(derived) = &self.derived {
            list.push(("derived", derived.clone()));
        }
        if let Some(Engine { kind, version }) = &self.engine {
            list.push(("engine", object(&mut [("kind", text(kind)), ("version", text(version))])));
        }
        object(&mut list)
    }
}

fn texts(m: &mut Members<'_>, name: &'static str) -> SortedMap<String, String> {
    let text =
        |value: &Value| value.as_str().map(str::to_owned).ok_or_else(|| found(value, "text"));
    m.named(name, text).into_iter().collect()
}

fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

fn text_members(texts: &SortedMap<String, String>) -> Value {
    Value::Object(texts.iter().map(|(name, value)| (name.clone(), text(value))).collect())
}
