//! One case: what is answered, which rule is looked at, where it speaks.

use ia_returns::answers::{Answers, Asked, Place, entry};
use ia_returns::check::{self, Checked, Explanation, InputReturn, Mistake, Mistakes};
use ia_returns::collection::{Organisation, Set};
use ia_returns::file::Draft;
use ia_returns::json::{Map, Value};
use ia_returns::template::author::to_json;
use ia_returns::time::{Instant, LocalTime};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Takes an answer or, as the member `row` of a row, a whole row out of the base.
const UNANSWERED: &str = "unanswered!";

type Row = BTreeMap<String, String>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Case {
    /// Empty in a case that is about calculated values.
    #[serde(default)]
    pub(super) rule: String,
    collection: String,
    organisation: String,
    at: String,
    #[serde(default)]
    pub(super) speaks: Vec<String>,
    #[serde(default)]
    says: Vec<String>,
    base: Option<String>,
    stage: Option<String>,
    revision: Option<i64>,
    #[serde(default)]
    answers: toml::Table,
    #[serde(default)]
    declared: toml::Table,
    /// What is typed into a place and cannot be stored: `"about.late_reason" = "short"`.
    #[serde(default)]
    typed: BTreeMap<String, String>,
    #[serde(default)]
    explanations: Vec<Explained>,
    /// What other returns say: `answers`, `declared`, `totals`, `groups`, `revision`.
    #[serde(default)]
    inputs: BTreeMap<String, toml::Table>,
    /// What is calculated, as a file states it: `totals`, `groups`, `rows`.
    #[serde(default)]
    values: toml::Table,
    /// Of a worked return: every finding, by its rule, and where it speaks.
    #[serde(default)]
    findings: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Explained {
    rule: String,
    #[serde(default)]
    row: Row,
    text: String,
}

/// What a check of the case says.
pub(super) struct Outcome {
    /// Every finding of the rule: its row and its message.
    found: Vec<(Row, String)>,
    /// Every finding of any rule.
    pub(super) said: Vec<String>,
    pub(super) sealable: bool,
    /// What differs in what is calculated.
    differs: Vec<String>,
    /// What is calculated and the case does not name.
    unnamed: Vec<String>,
    /// Every finding: its rule and its row.
    all: BTreeSet<(String, Row)>,
}

impl Case {
    pub(super) fn read(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }

    /// A base as a case of its own, with its own collection, organisation and time.
    pub(super) fn of_base(base: &toml::Table, name: &str) -> Option<Self> {
        let text = |name: &str| base.get(name)?.as_str().map(str::to_owned);
        let explanations = base.get("explanations").cloned();
        Some(Self {
            rule: String::new(),
            collection: text("collection")?,
            organisation: text("organisation")?,
            at: text("at")?,
            speaks: Vec::new(),
            says: Vec::new(),
            base: Some(name.to_owned()),
            stage: text("stage"),
            revision: None,
            answers: toml::Table::new(),
            declared: toml::Table::new(),
            typed: BTreeMap::new(),
            explanations: explanations.map_or_else(Vec::new, |e| e.try_into().unwrap()),
            inputs: BTreeMap::new(),
            values: toml::Table::new(),
            findings: BTreeMap::new(),
        })
    }

    /// Checks the answers as a file would hold them.
    pub(super) fn run(
        &self,
        set: &Set,
        template: &str,
        base: &dyn Fn(&str) -> toml::Table,
    ) -> Result<Outcome, String> {
        let draft = self.draft(set, template, base)?;
        let mistakes = self.mistakes(&draft)?;
        let checked = check::check(&draft.subject(self.now()?, &mistakes));
        let differs = super::values::compare(&self.values, &checked, &draft);
        let unnamed = super::values::unnamed(&self.values, &checked, &draft);
        Ok(Outcome { differs, unnamed, ..self.outcome(&checked) })
    }

    /// The draft that is checked.
    pub(super) fn draft(
        &self,
        set: &Set,
        template: &str,
        base: &dyn Fn(&str) -> toml::Table,
    ) -> Result<Draft, String> {
        let form = set.forms().iter().find(|form| {
            form.collection.source().id == self.collection
                && form.template.source().id == template
                && (self.stage.is_none() || self.stage.as_deref() == form.stage)
        });
        let form = form.ok_or_else(|| format!("no {template} in {}", self.collection))?.clone();
        if !self.rule.is_empty() && !super::ids::of(form.template.source()).contains(&self.rule) {
            return Err(format!("{template} has no rule {}", self.rule));
        }
        // An organisation that the list does not have is taken at its word, as the page does.
        let organisation = form.organisations.by_code(&self.organisation).cloned();
        let organisation = organisation.unwrap_or_else(|| Organisation {
            code: self.organisation.clone(),
            name: "Not in the list".to_owned(),
            kind: "trust".to_owned(),
            ..Organisation::default()
        });
        let now = self.now()?;
        let mut draft = Draft::new(form, organisation, None, now);
        draft.revision = self.revision.unwrap_or(1);
        let given = self.given(base);
        draft.inputs = self.inputs.iter().map(|(id, said)| (id.clone(), input(said))).collect();
        // Again and again: what is prefilled and which rows there are depend on what is answered, and a
        // case may give it otherwise.
        for _ in 0..3 {
            draft.fill(now);
            let asked = check::check(&draft.subject(now, &Mistakes::new())).asked().clone();
            draft.answers = read(&draft, &asked, &given)?;
        }
        draft.explanations = self.explanations();
        Ok(draft)
    }

    pub(super) fn now(&self) -> Result<Instant, String> {
        let local = LocalTime::parse(&self.at).map_err(|error| error.to_string())?;
        local.instant().map_err(|error| error.to_string())
    }

    /// What the base and then the case give, each as `answers` and `declared`.
    fn given(&self, base: &dyn Fn(&str) -> toml::Table) -> Vec<[Map; 2]> {
        let members = |table: toml::Table| match to_json(toml::Value::Table(table)) {
            Value::Object(members) => members,
            _ => Map::new(),
        };
        let mut given = Vec::new();
        if let Some(name) = &self.base {
            let mut table = base(name);
            let mut part = |name: &str| match table.remove(name) {
                Some(toml::Value::Table(part)) => members(part),
                _ => Map::new(),
            };
            given.push([part("answers"), part("declared")]);
        }
        given.push([members(self.answers.clone()), members(self.declared.clone())]);
        given
    }

    fn explanations(&self) -> Vec<Explanation> {
        let one = |e: &Explained| Explanation {
            rule: e.rule.clone(),
            row: e.row.iter().map(|(key, id)| (key.clone(), id.clone())).collect(),
            text: e.text.clone(),
        };
        self.explanations.iter().map(one).collect()
    }

    fn mistakes(&self, draft: &Draft) -> Result<Mistakes, String> {
        let mut mistakes = Mistakes::new();
        for (id, typed) in &self.typed {
            let place = Place::parse(id, &draft.form, &draft.answers);
            let place = place.ok_or_else(|| format!("there is no place {id}"))?;
            let field = place.field(&draft.form).ok_or_else(|| format!("no field at {id}"))?;
            match entry::read(&draft.form, field, typed) {
                Err(kind) => drop(mistakes.insert(place, Mistake { kind, typed: typed.clone() })),
                Ok(_) => {
                    return Err(format!("{id}: “{typed}” can be stored: give it as an answer"));
                }
            }
        }
        Ok(mistakes)
    }

    fn outcome(&self, checked: &Checked) -> Outcome {
        let row = |f: &check::Finding| f.row.iter().cloned().collect::<Row>();
        let findings = checked.findings();
        let own = findings.iter().filter(|finding| finding.rule == self.rule);
        Outcome {
            found: own.map(|finding| (row(finding), finding.message.clone())).collect(),
            said: findings
                .iter()
                .map(|f| format!("{} {:?}: {}", f.rule, row(f), f.message))
                .collect(),
            sealable: checked.is_sealable(),
            differs: Vec::new(),
            unnamed: Vec::new(),
            all: findings.iter().map(|f| (f.rule.clone(), row(f))).collect(),
        }
    }

    /// What a worked return leaves open or unsaid: it says every finding and every calculated value, and can be sealed.
    pub(super) fn compare_whole(&self, outcome: &Outcome) -> Vec<String> {
        let mut complaints = self.compare(outcome);
        let named = self.findings.iter().flat_map(|(rule, rows)| {
            rows.iter().map(|row| (rule.clone(), parse_row(row))).collect::<Vec<_>>()
        });
        let named: BTreeSet<(String, Row)> = named.collect();
        complaints.extend(outcome.unnamed.iter().map(|what| format!("{what} is not worked out")));
        complaints.extend(named.difference(&outcome.all).map(|what| format!("no {what:?}")));
        complaints.extend(outcome.all.difference(&named).map(|what| format!("also {what:?}")));
        if self.base.is_some() {
            complaints.push("a worked return stands on its own: take the base out".to_owned());
        }
        if !outcome.sealable {
            complaints.push(format!("it cannot be sealed: {:?}", outcome.said));
        }
        complaints
    }

    /// What differs from what the case says.
    pub(super) fn compare(&self, outcome: &Outcome) -> Vec<String> {
        let wanted: BTreeSet<Row> = self.speaks.iter().map(|text| parse_row(text)).collect();
        let found: BTreeSet<Row> = outcome.found.iter().map(|(row, _)| row.clone()).collect();
        let mut complaints = outcome.differs.clone();
        for row in wanted.difference(&found) {
            complaints.push(format!("{} does not speak at {row:?}", self.rule));
        }
        for row in found.difference(&wanted) {
            complaints.push(format!("{} speaks at {row:?}", self.rule));
        }
        for words in &self.says {
            if !outcome.found.iter().any(|(_, message)| message.contains(words.as_str())) {
                let messages = outcome.found.iter().map(|(_, message)| message.as_str());
                let messages: Vec<_> = messages.collect();
                complaints.push(format!("{} does not say “{words}”: {messages:?}", self.rule));
            }
        }
        complaints
    }
}

/// Another return at hand that says this.
fn input(said: &toml::Table) -> InputReturn {
    let part = |name: &str| {
        let part = said.get(name).cloned();
        to_json(part.unwrap_or_else(|| toml::Value::Table(toml::Table::new())))
    };
    let values: Map = [("groups", part("groups")), ("totals", part("totals"))]
        .map(|(name, value)| (name.to_owned(), value))
        .into_iter()
        .collect();
    let derived: Map = [("values".to_owned(), Value::Object(values))].into_iter().collect();
    let mut members: Map = [
        ("answers".to_owned(), part("answers")),
        ("declared".to_owned(), part("declared")),
        ("derived".to_owned(), Value::Object(derived)),
    ]
    .into_iter()
    .collect();
    if let Some(revision) = said.get("revision") {
        members.insert("revision".to_owned(), to_json(revision.clone()));
    }
    InputReturn { id: "0".repeat(64), said: Some(Value::Object(members)) }
}

/// `strike_date=2023-07-25 staff_group=sonographer`; nothing for the whole return.
fn parse_row(text: &str) -> Row {
    let pair = |part: &str| {
        let (key, id) = part.split_once('=').expect("key=entry");
        (key.to_owned(), id.to_owned())
    };
    text.split_whitespace().map(pair).collect()
}

/// The draft's answers with what is given laid over them, through the reader of files.
fn read(draft: &Draft, asked: &Asked, given: &[[Map; 2]]) -> Result<Answers, String> {
    let form = &draft.form;
    let (mut answers, mut declared) = draft.answers.write(form, asked);
    for [more_answers, more_declared] in given {
        for (section, members) in more_answers {
            let Some(members) = members.as_object() else {
                return Err(format!("{section} is no table"));
            };
            let mut mine = match answers.remove(section) {
                Some(Value::Object(mine)) => mine,
                _ => Map::new(),
            };
            lay(&mut mine, members, &keys(draft, section));
            answers.insert(section.clone(), Value::Object(mine));
        }
        lay(&mut declared, more_declared, &[]);
    }
    Answers::read(form, &answers, &declared).map_err(|error| error.to_string())
}

/// The ids of the keys of each table of a section.
fn keys(draft: &Draft, section: &str) -> Vec<(String, Vec<String>)> {
    let sections = &draft.form.template.source().sections;
    let fields = sections.iter().filter(|s| s.id == section).flat_map(|s| &s.fields);
    let keys = |field: &ia_returns::template::source::Field| {
        let keys = field.keys.iter().map(|key| key.id.clone());
        let ids = keys.chain(field.key_columns.iter().cloned()).collect();
        (field.id.clone(), ids)
    };
    fields.map(keys).collect()
}

/// Lays members over others; rows are laid over the row with the same keys.
fn lay(under: &mut Map, over: &Map, tables: &[(String, Vec<String>)]) {
    for (name, value) in over {
        if value.as_str() == Some(UNANSWERED) {
            under.remove(name);
            continue;
        }
        let keys = tables.iter().find(|(table, _)| table == name).map(|(_, keys)| keys);
        let value = match (value, keys) {
            (Value::Array(rows), Some(keys)) if !keys.is_empty() => {
                let mine = match under.remove(name) {
                    Some(Value::Array(mine)) => mine,
                    _ => Vec::new(),
                };
                Value::Array(lay_rows(mine, rows, keys))
            }
            (value, _) => value.clone(),
        };
        under.insert(name.clone(), value);
    }
}

/// A row whose keys were given before in the same list stands beside it: that is a row given twice.
fn lay_rows(mut under: Vec<Value>, over: &[Value], keys: &[String]) -> Vec<Value> {
    let mut taken = BTreeSet::new();
    for row in over.iter().filter_map(Value::as_object) {
        let same = |other: &Value| keys.iter().all(|key| other.get(key) == row.get(key));
        let place = under.iter().position(same).filter(|place| !taken.contains(place));
        let gone = row.get("row").and_then(Value::as_str) == Some(UNANSWERED);
        match place {
            Some(place) if gone => {
                under.remove(place);
            }
            Some(place) => {
                if let Some(mine) = under[place].as_object_mut() {
                    lay(mine, row, &[]);
                }
                taken.insert(place);
            }
            None => {
                taken.insert(under.len());
                under.push(Value::Object(row.clone()));
            }
        }
    }
    under
}
