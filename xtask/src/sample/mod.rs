//! `cargo xtask sample-returns`: a folder as a region receives it, and beside it what it comes to.
//!
//! Everything is made up but the codes and names of organisations. Chance decides by a stated seed, each return by a row
//! of numbers of its own, so that the same arguments give the same bytes. `story` holds what befalls returns and how often.

mod chance;
#[cfg(test)]
mod collated;
mod figures;
mod fill;
mod lists;
mod make;
mod story;
mod stray;
mod summary;
mod world;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;

use self::chance::Chance;
use self::make::Item;
use self::story::{NOT_CONFIRMED, NOT_EXPECTED, STRAY_FILES, STRAYS, Story, stories};
use self::stray::Donor;
use self::summary::Summary;
use self::world::{Slot, TEMPLATES, World, settings};
use crate::workspace::{create_folder, write};

/// From how many files broken ones are made.
const DONORS: usize = 300;

/// What to make.
#[derive(Args)]
pub(crate) struct Arguments {
    /// How many files
    #[arg(long, value_name = "N")]
    count: usize,
    /// What chance starts from: the same number gives the same bytes
    #[arg(long, default_value_t = 1, value_name = "S")]
    seed: u64,
    /// An empty folder, or one that is not there yet
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// A shipped collection with one action
    #[arg(long, default_value = "sor-2023-07", value_name = "ID")]
    collection: String,
    /// Only this return
    #[arg(long, value_name = "ID")]
    template: Option<String>,
}

impl Arguments {
    /// So many files of both returns of the usual collection.
    pub(crate) fn new(count: usize, out: &Path) -> Self {
        let collection = "sor-2023-07".to_owned();
        Self { count, seed: 1, out: out.to_owned(), collection, template: None }
    }

    /// Of these, one return alone.
    pub(crate) fn only(self, template: &str) -> Self {
        Self { template: Some(template.to_owned()), ..self }
    }
}

/// Makes the folder.
///
/// # Errors
///
/// When the folder is not empty, the collection is not shipped, or nothing can be written.
pub(crate) fn sample(arguments: &Arguments) -> Result<()> {
    let Arguments { count, seed, out, collection, template } = arguments;
    if out.exists() && fs::read_dir(out).context("list the folder")?.next().is_some() {
        bail!("{} is not empty", out.display());
    }
    let world = World::new(collection, *seed)?;
    let mut chance = Chance::new(*seed, 0);
    let slots = slots(&world, template.as_deref(), &mut chance);
    let strays = count * STRAY_FILES / 100;
    // One return in five sends more than one file; whoever is left out of a small sample owes nothing in it.
    let owed = ((count - strays) * 10).div_ceil(12).min(slots.len()).max(1);
    let slots = slots.get(..owed).unwrap_or(&slots);
    let lists = lists::lists(&world, slots)?;
    let mut writer = Writer::new(&out.join("returns"))?;
    let mut donors = Vec::new();
    for (number, (slot, story)) in
        slots.iter().zip(stories(slots.len(), count - strays, &mut chance)).enumerate()
    {
        let row = u64::try_from(number)? + 1;
        let (mut items, end) = make::files(&world, slot, story, &mut Chance::new(*seed, row))?;
        let counts = end.counts.and_then(|number| items.get(number));
        writer.summary.end(slot, end.status, counts, items.len());
        for item in &items {
            writer.write(item)?;
        }
        let counts = end.counts.map(|number| items.swap_remove(number));
        donors.extend(donor(slot, story, counts, donors.len()));
    }
    for number in 0..strays {
        let mut chance = Chance::new(*seed, u64::MAX - u64::try_from(number)?);
        let kind = *chance.weighed(STRAYS).context("a kind of file")?;
        let fitting: Vec<&Donor> =
            donors.iter().filter(|donor| stray::fits(&world, donor, kind)).collect();
        let donor = *chance.pick(&fitting).context("nobody sent a file in time")?;
        writer.write(&stray::stray(&world, donor, kind, &mut chance)?)?;
    }
    write(&out.join("received.csv"), writer.manifest.as_bytes())?;
    write(&out.join("register.json"), lists.register.as_bytes())?;
    write(&out.join("expected-list.json"), lists.expected.as_bytes())?;
    write(&out.join("register-signer.txt"), format!("{}\n", lists.thumbprint).as_bytes())?;
    let summary = writer.summary.text(collection, *seed, &lists.thumbprint);
    write(&out.join("expected.json"), summary.as_bytes())?;
    println!("{count} files of {} returns in {}", slots.len(), out.display());
    Ok(())
}

/// Every return that a trust could send, in the order of chance: a small sample is not of the first codes alone.
fn slots(world: &World, template: Option<&str>, chance: &mut Chance) -> Vec<Slot> {
    let mut slots = Vec::new();
    for form in world.forms(&world.collection, &TEMPLATES) {
        let id = form.template.source().id.as_str();
        if template.is_some_and(|only| only != id) {
            continue;
        }
        for organisation in form.organisations.all() {
            let is_owed = organisation.kind == "trust"
                && (id == "workforce_sitrep" || !settings(organisation).is_empty());
            if is_owed {
                let organisation = organisation.clone();
                let is_confirmed = !chance.percent(NOT_CONFIRMED);
                slots.push(Slot {
                    form: form.clone(),
                    organisation,
                    is_expected: true,
                    is_confirmed,
                });
            }
        }
    }
    let mut left_out = BTreeSet::new();
    for code in slots.iter().map(|slot| slot.organisation.code.clone()).collect::<BTreeSet<_>>() {
        if chance.percent(NOT_EXPECTED) {
            left_out.insert(code);
        }
    }
    let mut shuffled: Vec<(i64, Slot)> = slots
        .into_iter()
        .map(|mut slot| {
            slot.is_expected = !left_out.contains(&slot.organisation.code);
            (chance.between(0, i64::from(i32::MAX)), slot)
        })
        .collect();
    shuffled.sort_by_key(|(place, _)| *place);
    shuffled.into_iter().map(|(_, slot)| slot).collect()
}

/// A file that counts and that others are made from.
fn donor(slot: &Slot, story: Story, counts: Option<Item>, held: usize) -> Option<Donor> {
    if !matches!(story, Story::Plain | Story::Revised(_)) || held >= DONORS {
        return None;
    }
    let item = counts?;
    let received = item.received?;
    Some(Donor { slot: slot.clone(), name: item.name, bytes: item.bytes, received })
}

/// Puts files into the folder, each under a name of its own.
struct Writer {
    folder: PathBuf,
    names: BTreeSet<String>,
    manifest: String,
    summary: Summary,
}

impl Writer {
    fn new(folder: &Path) -> Result<Self> {
        create_folder(folder)?;
        Ok(Self {
            folder: folder.to_owned(),
            names: BTreeSet::new(),
            manifest: "file,received_at\n".to_owned(),
            summary: Summary::default(),
        })
    }

    fn write(&mut self, item: &Item) -> Result<()> {
        let (stem, ending) = item.name.rsplit_once('.').unwrap_or((&item.name, ""));
        let mut name = item.name.clone();
        // As a browser names a second download.
        for number in 1_u32.. {
            if self.names.insert(name.clone()) {
                break;
            }
            name = format!("{stem} ({number}).{ending}");
        }
        fs::write(self.folder.join(&name), &item.bytes).with_context(|| format!("write {name}"))?;
        if let Some(at) = item.received {
            for part in [name.as_str(), ",", &at.to_london_text(), "\n"] {
                self.manifest.push_str(part);
            }
        }
        self.summary.file(&name, item);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ia_returns::file::{ContentVerdict, Verified, verify};
    use ia_returns::json::{self, Value};
    use std::collections::BTreeMap;

    pub(super) fn made(name: &str, count: usize) -> (PathBuf, Value) {
        let out = std::env::temp_dir().join(format!("ia-sample-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&out);
        let collection = "sor-2023-07".to_owned();
        let of = Arguments { count, seed: 3, out: out.clone(), collection, template: None };
        sample(&of).unwrap();
        let summary = json::read(&fs::read(out.join("expected.json")).unwrap()).unwrap();
        (out, summary)
    }

    pub(super) fn text<'v>(value: &'v Value, name: &str) -> &'v str {
        value.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// What a total of the re-check says, and how many parts of it are not known.
    fn total(found: &Verified, id: &str) -> (i64, i64) {
        let derived = found.content().derived.clone().unwrap();
        let value = derived.get("values").unwrap().get("totals").unwrap().get(id).cloned();
        match value {
            Some(open @ Value::Object(_)) => {
                (open["value"].as_i64().unwrap(), open["not_known"].as_i64().unwrap())
            }
            // Nobody works there: there is nothing to add up.
            value => (value.and_then(|value| value.as_i64()).unwrap_or(0), 0),
        }
    }

    /// The generator knows what it made; here the library reads it.
    #[test]
    fn every_file_is_what_the_summary_says_and_the_figures_add_up() {
        let (out, summary) = made("library", 300);
        let world = World::new("sor-2023-07", 3).unwrap();
        let mut sums: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
        let mut kinds = BTreeSet::new();
        for file in summary["files"].as_array().unwrap() {
            let (name, becomes) = (text(file, "name"), text(file, "becomes"));
            kinds.insert(becomes);
            let found = verify(&fs::read(out.join("returns").join(name)).unwrap(), &world.set);
            let is_right = match (&found, becomes) {
                (Ok(found), "counts" | "replaced" | "fork" | "late") => {
                    *found.verdict() == ContentVerdict::Unchanged
                        && found.id() == text(file, "id")
                        && found.checked().unwrap().is_sealable()
                }
                (Ok(found), "practice") => found.is_practice(),
                (Ok(found), "differs") => found.verdict().code() == "differs_on_recheck",
                (Ok(found), "other_collection") => {
                    found.content().collection.id != "sor-2023-07"
                        && *found.verdict() == ContentVerdict::Unchanged
                }
                (Ok(found), "duplicate" | "key_expired" | "key_revoked" | "other_organisation") => {
                    *found.verdict() == ContentVerdict::Unchanged
                }
                (Err(error), "changed") => error.code() == "changed",
                (Err(error), "draft") => error.code() == "not_a_return",
                (
                    Err(error),
                    "duplicate_names" | "empty" | "not_json" | "truncated" | "workbook",
                ) => error.code() == "not_readable",
                _ => false,
            };
            assert!(is_right, "{name} becomes {becomes}: {found:?}");
            let Ok(found) = found else { continue };
            if becomes == "counts" && found.content().template.id == "workforce_sitrep" {
                for (column, id) in [
                    ("absent_ia", "person_days_absent"),
                    ("absent_other", "total_absent_other"),
                    ("due_to_work", "total_due"),
                    ("working_derogation", "total_working_derogation"),
                ] {
                    let ((sum, parts), more) = (sums.entry(column).or_default(), total(&found, id));
                    *sum += more.0;
                    *parts += more.1;
                }
            }
        }
        assert!(kinds.len() > 12, "{kinds:?}");
        let mut said: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
        for row in summary["totals"]["workforce_sitrep"]["all"]["rows"].as_array().unwrap() {
            for (column, figure) in row["figures"].as_object().unwrap() {
                let (sum, parts) = said.entry(column.as_str()).or_default();
                *sum += figure["sum"].as_i64().unwrap();
                *parts += figure["not_known"].as_i64().unwrap();
            }
        }
        assert_eq!(said, sums);
        assert!(sums.values().all(|(sum, _)| *sum > 0), "{sums:?}");
        fs::remove_dir_all(out).unwrap();
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes() {
        let ((one, _), (two, _)) = (made("one", 300), made("two", 300));
        for folder in [&one, &two] {
            assert_eq!(fs::read_dir(folder.join("returns")).unwrap().count(), 300);
        }
        for path in crate::workspace::files_below(&one).unwrap() {
            let other = two.join(path.strip_prefix(&one).unwrap());
            assert!(fs::read(&path).unwrap() == fs::read(&other).unwrap(), "{}", path.display());
        }
        for folder in [one, two] {
            fs::remove_dir_all(folder).unwrap();
        }
    }
}
