//! `expected.json`: what a sample comes to, worked out from what was made and never from the files.

use super::figures::{Cell, Figures};
use super::make::{Item, Says};
use super::world::Slot;
use ia_returns::json::{self, Value, object};
use std::collections::BTreeMap;

/// Sums of one column, and how many parts of it are not known.
type Sum = (i64, i64);
/// By the entries of the keys, then by column.
type Sums = BTreeMap<Vec<String>, BTreeMap<&'static str, Sum>>;

/// What was made so far.
#[derive(Default)]
pub(super) struct Summary {
    files: Vec<Value>,
    returns: Vec<Value>,
    /// By template and stage.
    totals: BTreeMap<String, Totals>,
}

#[derive(Default)]
struct Totals {
    all: Part,
    confirmed: Part,
    regions: BTreeMap<String, Part>,
}

/// What some returns come to.
#[derive(Default)]
struct Part {
    returns: i64,
    nil: i64,
    sums: Sums,
}

impl Part {
    fn add(&mut self, figures: &Figures) {
        self.returns += 1;
        self.nil += i64::from(figures.nil.is_some());
        for line in &figures.lines {
            let sums = self.sums.entry(line.keys.clone()).or_default();
            for (column, cell) in &line.cells {
                let (sum, not_known) = sums.entry(column).or_default();
                match cell {
                    Cell::Blank | Cell::NotKnown => *not_known += 1,
                    Cell::Number(figure) => *sum += figure,
                }
            }
        }
    }

    fn to_json(&self) -> Value {
        let row = |(keys, columns): (&Vec<String>, &BTreeMap<&'static str, Sum>)| {
            let columns = columns.iter().map(|(column, (sum, not_known))| {
                let sum = json_of(&[("not_known", (*not_known).into()), ("sum", (*sum).into())]);
                ((*column).to_owned(), sum)
            });
            json_of(&[("figures", columns.collect()), ("keys", keys.clone().into())])
        };
        json_of(&[
            ("nil", self.nil.into()),
            ("returns", self.returns.into()),
            ("rows", self.sums.iter().map(row).collect()),
        ])
    }
}

fn json_of(members: &[(&str, Value)]) -> Value {
    object(&mut members.to_vec())
}

impl Summary {
    /// Takes a file in, under the name it has in the folder.
    pub(super) fn file(&mut self, name: &str, item: &Item) {
        let mut members = vec![("becomes", item.becomes.into()), ("name", name.into())];
        if let Some(Says { id, revision, .. }) = &item.says {
            members.push(("id", id.into()));
            members.push(("revision", (*revision).into()));
        }
        self.files.push(json_of(&members));
    }

    /// Takes in how a return ended, and what counts of it.
    pub(super) fn end(&mut self, slot: &Slot, status: &str, counts: Option<&Item>, files: usize) {
        let says = counts.and_then(|item| item.says.as_ref());
        let organisation = &slot.organisation;
        let files = i64::try_from(files).unwrap_or(i64::MAX);
        let mut members = vec![
            ("expected", slot.is_expected.into()),
            ("files", files.into()),
            ("organisation", (&organisation.code).into()),
            ("status", status.into()),
            ("template", kind(slot).into()),
        ];
        if let Some(Says { id, revision, .. }) = says {
            members.push(("counts", id.into()));
            members.push(("revision", (*revision).into()));
        }
        if files > 0 {
            let sender = if slot.is_confirmed { "known" } else { "not_confirmed" };
            members.push(("sender", sender.into()));
        }
        self.returns.push(json_of(&members));
        if let Some(Says { figures, .. }) = says {
            let totals = self.totals.entry(kind(slot)).or_default();
            totals.all.add(figures);
            if slot.is_confirmed {
                totals.confirmed.add(figures);
            }
            totals.regions.entry(organisation.region_code.clone()).or_default().add(figures);
        }
    }

    /// The document.
    pub(super) fn text(mut self, collection: &str, seed: u64, thumbprint: &str) -> String {
        let name = |value: &Value| value.get("name").and_then(Value::as_str).map(str::to_owned);
        self.files.sort_by_key(name);
        let totals = self.totals.iter().map(|(kind, totals)| {
            let regions = totals.regions.iter();
            let regions = regions.map(|(code, part)| (code.clone(), part.to_json())).collect();
            let members = [
                ("all", totals.all.to_json()),
                ("confirmed", totals.confirmed.to_json()),
                ("regions", regions),
            ];
            (kind.clone(), json_of(&members))
        });
        json::indented(&json_of(&[
            ("collection", collection.into()),
            ("files", self.files.into()),
            ("format", "ia-sample/1".into()),
            ("register_signer", thumbprint.into()),
            ("returns", self.returns.into()),
            ("seed", seed.to_string().into()),
            ("totals", totals.collect()),
        ]))
    }
}

/// The template, with the stage where there are several.
fn kind(slot: &Slot) -> String {
    let id = &slot.form.template.source().id;
    slot.form.stage.map_or_else(|| id.clone(), |stage| format!("{id} {stage}"))
}
