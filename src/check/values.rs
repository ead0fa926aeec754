//! Calculated values: in each row, in each group, in the return.

use super::Subject;
use super::finding::{Finding, RowKey};
use super::rules::blocked;
use super::scene::{GroupScene, Scene};
use crate::answers::Place;
use crate::rule::Value;
use crate::template::CalculatedPlan;

/// A calculated value and how many of its parts are not known.
#[derive(Clone, Debug)]
pub struct Worked {
    /// Its number in the template's `calculated`.
    pub index: usize,
    /// The value.
    pub value: Value,
    /// How many parts are not known; 0 where the template does not count them.
    pub unknown: i64,
}

/// What is calculated in one group of rows.
#[derive(Clone, Debug)]
pub struct GroupValues {
    /// The keys its rows share: key id and entry id.
    pub keys: RowKey,
    /// The labels of those entries, in key order.
    pub labels: Vec<String>,
    /// The values, in template order.
    pub values: Vec<Worked>,
}

/// Everything calculated.
#[derive(Clone, Debug, Default)]
pub struct Values {
    /// For each table of the plan, for each row that is asked, its values.
    pub rows: Vec<Vec<Vec<Worked>>>,
    /// For each group of the template, its groups in list order.
    pub groups: Vec<Vec<GroupValues>>,
    /// Of the return.
    pub totals: Vec<Worked>,
}

/// Works everything out, in the order rows, groups, return.
pub(super) fn work_out(
    subject: &Subject<'_>,
    scene: &mut Scene<'_>,
    findings: &mut Vec<Finding>,
) -> Values {
    let mut values = Values::default();
    rows(subject, scene, findings, &mut values);
    groups(subject, scene, findings, &mut values);
    scene.lay_whole();
    for plan in &subject.form.template.plan().totals {
        let worked = worked(subject, plan, findings, |p| scene.run_whole(p));
        scene.whole.push(worked.value.clone());
        values.totals.push(worked);
    }
    values
}

type Run<'r> = &'r mut dyn FnMut(&crate::rule::Program) -> Result<Value, crate::rule::Blocked>;

fn worked(
    subject: &Subject<'_>,
    plan: &CalculatedPlan,
    findings: &mut Vec<Finding>,
    mut run: impl FnMut(&crate::rule::Program) -> Result<Value, crate::rule::Blocked>,
) -> Worked {
    let run: Run<'_> = &mut run;
    let mut get = |program| match run(program) {
        Ok(value) => value,
        Err(fault) => {
            let source = subject.form.template.source().calculated.get(plan.index);
            let (id, label) = source.map_or(("", ""), |c| (c.id.as_str(), c.label.as_str()));
            findings.push(blocked(id, label, &fault));
            Value::Unknown(crate::rule::State::NotKnown)
        }
    };
    let value = get(&plan.value);
    let unknown = match plan.unknown.as_ref().map(get) {
        Some(Value::Int(count)) => count,
        _ => 0,
    };
    Worked { index: plan.index, value, unknown }
}

fn rows(
    subject: &Subject<'_>,
    scene: &mut Scene<'_>,
    findings: &mut Vec<Finding>,
    values: &mut Values,
) {
    for (table, plan) in subject.form.template.plan().tables.iter().enumerate() {
        let mut table_values = Vec::new();
        for row in 0..scene.row_count(table) {
            let mut row_values = Vec::new();
            for item in &plan.calculated {
                let worked = worked(subject, item, findings, |p| scene.run_row(p, table, row));
                if let Some(names) = scene.rows.get_mut(table).and_then(|rows| rows.get_mut(row)) {
                    names.push(worked.value.clone());
                }
                row_values.push(worked);
            }
            table_values.push(row_values);
        }
        values.rows.push(table_values);
    }
}

fn groups(
    subject: &Subject<'_>,
    scene: &mut Scene<'_>,
    findings: &mut Vec<Finding>,
    values: &mut Values,
) {
    for (number, plan) in subject.form.template.plan().groups.iter().enumerate() {
        let found = gather(subject, scene, plan.table, &plan.by);
        let mut group_values = Vec::new();
        let (scenes, headings): (Vec<_>, Vec<_>) = found.into_iter().unzip();
        scene.groups.push(scenes);
        for (group, (keys, labels)) in headings.into_iter().enumerate() {
            let mut list = Vec::new();
            for item in &plan.calculated {
                let worked = worked(subject, item, findings, |p| scene.run_group(p, number, group));
                if let Some(scene) = scene.groups.get_mut(number).and_then(|g| g.get_mut(group)) {
                    scene.calculated.push(worked.value.clone());
                }
                list.push(worked);
            }
            group_values.push(GroupValues { keys, labels, values: list });
        }
        values.groups.push(group_values);
    }
}

type Heading = (RowKey, Vec<String>);

/// Gathers a table's rows by some keys, in the order of the first row of each group.
fn gather(
    subject: &Subject<'_>,
    scene: &Scene<'_>,
    table: usize,
    by: &[usize],
) -> Vec<(GroupScene, Heading)> {
    let form = subject.form;
    let Some(plan) = form.template.plan().tables.get(table) else { return Vec::new() };
    let mut found: Vec<(Vec<usize>, GroupScene, Heading)> = Vec::new();
    for row in 0..scene.row_count(table) {
        let Some(keys) = subject.answers.rows(plan.section, plan.field).get(row).map(|r| &r.keys)
        else {
            continue;
        };
        let shared: Vec<usize> = by.iter().filter_map(|&key| keys.get(key).copied()).collect();
        if let Some((_, group, _)) = found.iter_mut().find(|(key, _, _)| *key == shared) {
            group.rows.push(row);
            continue;
        }
        let named = crate::answers::row_keys(form, subject.answers, plan.section, plan.field, row);
        let named: Vec<_> = by.iter().filter_map(|&key| named.get(key)).collect();
        let heading = (
            named.iter().map(|(key, id, _)| ((*key).to_owned(), (*id).to_owned())).collect(),
            named.iter().map(|(_, _, label)| (*label).to_owned()).collect(),
        );
        let entries = by.iter().filter_map(|&key| {
            scene
                .rows
                .get(table)
                .and_then(|rows| rows.get(row))
                .and_then(|values| values.get(key))
                .cloned()
        });
        let group = GroupScene { keys: entries.collect(), rows: vec![row], calculated: Vec::new() };
        found.push((shared, group, heading));
    }
    found.into_iter().map(|(_, group, heading)| (group, heading)).collect()
}

impl Values {
    /// A total of the return by its id.
    pub fn total<'v>(&'v self, subject: &Subject<'_>, id: &str) -> Option<&'v Worked> {
        let calculated = &subject.form.template.source().calculated;
        self.totals.iter().find(|w| calculated.get(w.index).is_some_and(|c| c.id == id))
    }

    /// What is calculated in the row of a place; nothing where the row is not asked.
    pub fn row(&self, subject: &Subject<'_>, place: Place) -> &[Worked] {
        let tables = &subject.form.template.plan().tables;
        let table =
            tables.iter().position(|t| t.section == place.section && t.field == place.field);
        let row = place.cell.map(|(row, _)| row);
        let found = table.zip(row).and_then(|(table, row)| self.rows.get(table)?.get(row));
        found.map_or(&[], Vec::as_slice)
    }
}
