//! The `derived` member of a file: findings and calculated values as ids and integers, never
//! sentences.

use super::{Checked, Finding, Values, Worked};
use crate::answers::{Answers, Asked, Place};
use crate::collection::Form;
use crate::gather::Gather as _;
use crate::json::{Map, Value as Json, object};
use crate::rule::Value;
use crate::template::Severity;
use crate::time::{Date, Instant};

impl Checked {
    /// The `derived` member for these answers.
    pub fn derived(&self, form: &Form, answers: &Answers) -> Json {
        let findings = self.findings.iter().map(|f| finding(f, form, answers)).gather();
        let values = values(&self.values, &self.asked, form, answers);
        object(&mut [("findings", Json::Array(findings)), ("values", values)])
    }
}

fn finding(finding: &Finding, form: &Form, answers: &Answers) -> Json {
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Query => "query",
        Severity::Note => "note",
    };
    let mut members = vec![("rule", (&finding.rule).into()), ("severity", severity.into())];
    if !finding.row.is_empty() {
        members.push(("row", (&finding.row).into()));
    }
    if let Some(place) = finding.places.first() {
        members.push(("at", Json::String(at(*place, form, answers))));
    }
    object(&mut members)
}

/// A place by ids. A row that was added has no id of its own: the finding's `row` says which it is.
fn at(place: Place, form: &Form, answers: &Answers) -> String {
    let is_added =
        place.cell.is_some_and(|(row, _)| answers.is_added(place.section, place.field, row));
    let Some(field) = place.field(form).filter(|_| is_added) else {
        return place.id(form, answers);
    };
    let table = Place { cell: None, ..place }.id(form, answers);
    [&table, ".", &field.id].concat()
}

fn values(values: &Values, asked: &Asked, form: &Form, answers: &Answers) -> Json {
    let mut rows = Map::new();
    for (plan, table) in form.template.plan().tables.iter().zip(&values.rows) {
        let section = form.template.source().sections.get(plan.section);
        let Some((section, field)) = section.and_then(|s| Some((s, s.fields.get(plan.field)?)))
        else {
            continue;
        };
        if plan.calculated.is_empty() {
            continue;
        }
        let mut list = Vec::new();
        for (number, row) in table.iter().enumerate() {
            if !asked.row(form, plan.section, plan.field, number) {
                continue;
            }
            let mut members = Map::new();
            let keys = crate::answers::row_keys(form, answers, plan.section, plan.field, number);
            for key in keys {
                members.insert(key.key.to_owned(), key.entry.into());
            }
            worked(&mut members, row, form);
            list.push(Json::Object(members));
        }
        rows.insert(format!("{}.{}", section.id, field.id), Json::Array(list));
    }
    let mut groups = Map::new();
    for (source, list) in form.template.source().groups.iter().zip(&values.groups) {
        let mut found = Vec::new();
        for group in list {
            let mut members = Map::new();
            for (key, id) in &group.heading(form).keys {
                members.insert(key.clone(), id.into());
            }
            worked(&mut members, &group.values, form);
            found.push(Json::Object(members));
        }
        groups.insert(source.id.clone(), Json::Array(found));
    }
    let mut totals = Map::new();
    worked(&mut totals, &values.totals, form);
    object(&mut [("groups", groups.into()), ("rows", rows.into()), ("totals", totals.into())])
}

/// Adds each value by its id; one that is not known is left out, one with unknown parts says how many.
fn worked(members: &mut Map, list: &[Worked], form: &Form) {
    for item in list {
        let source = form.template.source().calculated.get(item.index);
        let (Some(source), Some(mut value)) = (source, plain(&item.value)) else { continue };
        if item.unknown > 0 {
            value = object(&mut [("not_known", item.unknown.into()), ("value", value)]);
        }
        members.insert(source.id.clone(), value);
    }
}

fn plain(value: &Value) -> Option<Json> {
    match value {
        Value::Bool(value) => Some(Json::Bool(*value)),
        Value::Date(days) => Some(Json::String(Date::from_days(*days).ok()?.to_string())),
        Value::Int(number) => Some(Json::from(*number)),
        Value::Moment(seconds) => {
            Some(Json::String(Instant::from_seconds(*seconds).ok()?.local().to_string()))
        }
        Value::Text(text) => Some(Json::String(text.to_string())),
        Value::List(_) | Value::Record(_) | Value::Unknown(_) => None,
    }
}
