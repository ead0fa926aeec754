//! The `derived` member of a file: findings and calculated values as ids and integers, never
//! sentences.

use super::{Checked, Finding, Values, Worked};
use crate::answers::Answers;
use crate::collection::Form;
use crate::rule::Value;
use crate::template::Severity;
use crate::time::{Date, Instant};
use serde_json::{Map, Value as Json, json};

impl Checked {
    /// The `derived` member for these answers.
    pub fn derived(&self, form: &Form, answers: &Answers) -> Json {
        let findings: Vec<Json> = self.findings.iter().map(|f| finding(f, form, answers)).collect();
        json!({ "findings": findings, "values": values(&self.values, form, answers) })
    }
}

fn finding(finding: &Finding, form: &Form, answers: &Answers) -> Json {
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Query => "query",
        Severity::Note => "note",
    };
    let mut members = json!({ "rule": finding.rule, "severity": severity });
    if let Some(object) = members.as_object_mut() {
        if !finding.row.is_empty() {
            object.insert("row".to_owned(), json!(finding.row));
        }
        if let Some(place) = finding.places.first() {
            object.insert("at".to_owned(), Json::String(place.id(form, answers)));
        }
    }
    members
}

fn values(values: &Values, form: &Form, answers: &Answers) -> Json {
    let mut rows = Map::new();
    for (plan, table) in form.template.plan().tables.iter().zip(&values.rows) {
        let section = form.template.source().sections.get(plan.section);
        let Some((section, field)) = section.and_then(|s| Some((s, s.fields.get(plan.field)?)))
        else {
            continue;
        };
        let list = table.iter().enumerate().map(|(number, row)| {
            let keys = crate::answers::row_keys(form, answers, plan.section, plan.field, number);
            let keys =
                keys.into_iter().map(|(key, id, _)| (key.to_owned(), Json::String(id.to_owned())));
            Json::Object(keys.chain(worked(row, form)).collect())
        });
        rows.insert(format!("{}.{}", section.id, field.id), Json::Array(list.collect()));
    }
    let mut groups = Map::new();
    for (source, list) in form.template.source().groups.iter().zip(&values.groups) {
        let list = list.iter().map(|group| {
            let keys = group.keys.iter().map(|(key, id)| (key.clone(), Json::String(id.clone())));
            Json::Object(keys.chain(worked(&group.values, form)).collect())
        });
        groups.insert(source.id.clone(), Json::Array(list.collect()));
    }
    let totals: Map<String, Json> = worked(&values.totals, form).collect();
    json!({ "groups": groups, "rows": rows, "totals": totals })
}

/// Each value by its id; one that is not known is left out, one with unknown parts says how many.
fn worked<'v>(list: &'v [Worked], form: &'v Form) -> impl Iterator<Item = (String, Json)> + 'v {
    list.iter().filter_map(|item| {
        let id = form.template.source().calculated.get(item.index)?.id.clone();
        let value = plain(&item.value)?;
        Some((
            id,
            if item.unknown > 0 {
                json!({ "not_known": item.unknown, "value": value })
            } else {
                value
            },
        ))
    })
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
