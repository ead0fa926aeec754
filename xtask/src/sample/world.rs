//! What a sample is made from: the shipped set, whose returns are asked for, and the keys of everybody.

use super::chance::Chance;
use super::figures::{self, Figures};
use anyhow::{Context, Result, bail};
use ia_returns::cli::sources;
use ia_returns::collection::{Form, Organisation, Set, author};
use ia_returns::sign::SecretKey;
use ia_returns::time::{Instant, Window};
use sha2::{Digest as _, Sha256};
use std::rc::Rc;

/// The returns that have figures to make up.
pub(super) const TEMPLATES: [&str; 2] = ["workforce_sitrep", "rescheduled_activity"];

/// What everything is made from.
pub(super) struct World {
    /// All that is shipped.
    pub(super) set: Set,
    /// The collection, by id.
    pub(super) collection: String,
    /// What chance starts from.
    pub(super) seed: u64,
}

/// One return that one organisation could send.
#[derive(Clone)]
pub(super) struct Slot {
    /// The return.
    pub(super) form: Rc<Form>,
    /// Whose.
    pub(super) organisation: Organisation,
    /// Whether the expected list names it.
    pub(super) is_expected: bool,
    /// Whether the register has the key that it is sealed with.
    pub(super) is_confirmed: bool,
}

impl World {
    pub(super) fn new(collection: &str, seed: u64) -> Result<Self> {
        let documents = author::compile(&sources::shipped());
        let documents = documents.map_err(|faults| {
            anyhow::anyhow!("{}", faults.first().map(ToString::to_string).unwrap_or_default())
        })?;
        let set = Set::load(&documents)?;
        let world = Self { set, collection: collection.to_owned(), seed };
        let form = world.forms(collection, &TEMPLATES).next().cloned();
        let form =
            form.with_context(|| format!("“{collection}” asks for none of {TEMPLATES:?}"))?;
        if form.collection.source().actions.len() != 1 {
            bail!("“{collection}” has several actions: choose a collection with one");
        }
        Ok(world)
    }

    /// The returns of a collection that are among these templates.
    pub(super) fn forms<'a>(
        &'a self,
        collection: &'a str,
        templates: &'a [&str],
    ) -> impl Iterator<Item = &'a Rc<Form>> {
        self.set.forms().iter().filter(move |form| {
            form.collection.source().id == collection
                && templates.contains(&form.template.source().id.as_str())
        })
    }

    /// A key, by what it is for and whose it is.
    pub(super) fn key(&self, purpose: &str, whose: &str) -> SecretKey {
        let text = format!("ia-returns sample {} {purpose} {whose}", self.seed);
        SecretKey::from_seed(<[u8; 32]>::from(Sha256::digest(text)).into())
    }

    /// The key that a return is sealed with.
    pub(super) fn sender(&self, slot: &Slot) -> SecretKey {
        let code = &slot.organisation.code;
        if slot.is_confirmed {
            self.key("sender", code)
        } else {
            self.key("one use", &format!("{code} {}", slot.form.template.source().id))
        }
    }
}

impl Slot {
    /// When it may be sent: its window, or the working hours of the day after the action.
    pub(super) fn window(&self) -> Result<Window> {
        if let Some(window) = self.form.window {
            return Ok(window);
        }
        let ends = self.form.collection.actions().first().map(|(_, ends)| *ends);
        let ends = ends.context("the collection has an action")?.seconds();
        let at = |hours: i64| Instant::from_seconds(ends + hours * 3600);
        Ok(Window::new(at(25)?, at(33)?)?)
    }

    /// Figures that it could send.
    pub(super) fn figures(&self, nil: bool, chance: &mut Chance) -> Figures {
        let entries = |list: usize| self.form.list(list);
        let days: Vec<String> = entries(0).iter().map(|entry| entry.id.clone()).collect();
        if self.form.template.source().id == "workforce_sitrep" {
            let residual = |id: &str| id.starts_with("other");
            let groups = entries(1).iter().map(|entry| (entry.id.clone(), residual(&entry.id)));
            return figures::workforce(&days, &groups.collect::<Vec<_>>(), nil, chance);
        }
        figures::rescheduled(&days, &settings(&self.organisation), nil, chance)
    }
}

/// The settings in which an organisation sees patients, as the form fills them in; none: it owes no return of activity.
pub(super) fn settings(organisation: &Organisation) -> Vec<&'static str> {
    let has = |service: &str| organisation.services.iter().any(|own| own == service);
    let mut settings = Vec::new();
    if has("acute") || has("specialist") {
        settings.push("acute");
    }
    for service in ["community", "mental_health"] {
        if has(service) {
            settings.push(service);
        }
    }
    settings
}
