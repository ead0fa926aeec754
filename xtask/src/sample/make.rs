//! From a story to the files that it leaves behind.

use super::chance::Chance;
use super::figures::{self, Figures};
use super::fill;
use super::story::{CLOCK_AHEAD, NOT_IN_MANIFEST, Story};
use super::world::{Slot, World};
use anyhow::{Result, bail};
use ia_returns::file::{Draft, Sealed, verify};
use ia_returns::time::Instant;

/// A file, and what becomes of it.
pub(super) struct Item {
    /// The name, as the page gives it.
    pub(super) name: String,
    /// The bytes.
    pub(super) bytes: Vec<u8>,
    /// When it came; absent: the manifest does not name it.
    pub(super) received: Option<Instant>,
    /// What becomes of it, in a word.
    pub(super) becomes: &'static str,
    /// What it says, where it is a return whose signature fits.
    pub(super) says: Option<Says>,
}

/// What a return says.
#[derive(Clone)]
pub(super) struct Says {
    /// Its id.
    pub(super) id: String,
    /// Its revision.
    pub(super) revision: i64,
    /// Its figures, where this tool made them up.
    pub(super) figures: Figures,
}

/// How a return ended.
pub(super) struct End {
    /// `received`, `nil`, `late`, `fork`, `does_not_count` or `missing`, as a collation has it.
    pub(super) status: &'static str,
    /// The number, among the files of the story, of the one that counts.
    pub(super) counts: Option<usize>,
}

/// One version on its way.
struct Version {
    draft: Draft,
    figures: Figures,
}

/// Makes the files of one return.
pub(super) fn files(
    world: &World,
    slot: &Slot,
    story: Story,
    chance: &mut Chance,
) -> Result<(Vec<Item>, End)> {
    let mut maker = Maker { world, slot, chance };
    let (mut items, status, counts) = match story {
        Story::Missing => (Vec::new(), "missing", None),
        Story::Plain => (vec![maker.plain()?], "received", Some(0)),
        Story::Nil => (vec![maker.one(true, When::InTime)?], "nil", Some(0)),
        Story::Late => (vec![maker.one(false, When::Late)?], "late", None),
        Story::Changed => {
            let mut item = maker.one(false, When::InTime)?;
            item.bytes = super::stray::changed(&item.bytes);
            item.becomes = "changed";
            item.says = None;
            (vec![item], "does_not_count", None)
        }
        Story::Revised(times) => (maker.versions(times + 1)?, "received", Some(times)),
        Story::Gap => {
            let mut all = maker.versions(2)?;
            (all.split_off(1), "received", Some(0))
        }
        Story::LateRevision => {
            let first = maker.one(false, When::InTime)?;
            let second = maker.next(&first, 0, When::Late)?;
            (vec![first, second], "received", Some(0))
        }
        Story::ForkFirst => (maker.fork(None)?, "fork", None),
        Story::ForkLater => {
            let first = maker.at(false, When::InTime, (0, 2))?;
            let mut all = maker.fork(Some(&first))?;
            all.insert(0, first);
            (all, "received", Some(0))
        }
    };
    for (number, item) in items.iter_mut().enumerate() {
        if item.becomes.is_empty() {
            item.becomes = if counts == Some(number) { "counts" } else { "replaced" };
        }
    }
    Ok((items, End { status, counts }))
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum When {
    InTime,
    Late,
}

struct Maker<'a> {
    world: &'a World,
    slot: &'a Slot,
    chance: &'a mut Chance,
}

impl Maker<'_> {
    /// When the file was sealed and when it came. `part` of `parts`: versions come one after another.
    fn times(&mut self, when: When, (part, parts): (usize, usize)) -> Result<(Instant, Instant)> {
        let window = self.slot.window()?;
        let (opens, closes) = (window.opens().seconds(), window.closes().seconds());
        if when == When::Late && self.slot.form.window.is_some() {
            // Half were ready in time and came too late.
            let sealed = closes + self.chance.between(-900, 7200);
            let came = sealed.max(closes) + self.chance.between(1, 3600);
            return Ok((Instant::from_seconds(sealed)?, Instant::from_seconds(came)?));
        }
        let (part, parts) = (i64::try_from(part)?, i64::try_from(parts)?);
        let step = (closes - opens - 60) / parts;
        if step < 3 {
            bail!("more versions of one return than the window has room for");
        }
        let sealed = opens + 30 + part * step + self.chance.between(0, step * 2 / 3 - 1);
        let came = sealed + self.chance.between(1, (step / 3).min(1500));
        Ok((Instant::from_seconds(sealed)?, Instant::from_seconds(came)?))
    }

    fn one(&mut self, nil: bool, when: When) -> Result<Item> {
        self.at(nil, when, (0, 1))
    }

    fn at(&mut self, nil: bool, when: When, part: (usize, usize)) -> Result<Item> {
        let times = self.times(when, part)?;
        let version = self.version(nil, times.0)?;
        let becomes = if when == When::Late { "late" } else { "" };
        self.seal(version, times, becomes)
    }

    /// A file in time, of which something about the time may be odd.
    fn plain(&mut self) -> Result<Item> {
        if self.slot.form.window.is_some() && self.chance.percent(CLOCK_AHEAD) {
            let (_, came) = self.times(When::InTime, (0, 1))?;
            let ahead = self.slot.window()?.closes().seconds() + self.chance.between(60, 3600);
            let sealed = Instant::from_seconds(ahead)?;
            let version = self.version(false, sealed)?;
            return self.seal(version, (sealed, came), "");
        }
        let mut item = self.one(false, When::InTime)?;
        if self.chance.percent(NOT_IN_MANIFEST) {
            item.received = None;
        }
        Ok(item)
    }

    fn version(&mut self, nil: bool, now: Instant) -> Result<Version> {
        let figures = self.slot.figures(nil, self.chance);
        let mut draft = fill::empty(&self.slot.form, &self.slot.organisation, now);
        fill::figures(&mut draft, &figures, now, self.chance)?;
        Ok(Version { draft, figures })
    }

    /// The version after a file, `more` figures apart from it.
    fn next(&mut self, before: &Item, more: usize, when: When) -> Result<Item> {
        self.next_at(before, more, when, (0, 1))
    }

    fn next_at(
        &mut self,
        before: &Item,
        more: usize,
        when: When,
        part: (usize, usize),
    ) -> Result<Item> {
        let times = self.times(when, part)?;
        let Ok(verified) = verify(&before.bytes, &self.world.set) else {
            bail!("{}: it does not verify", before.name);
        };
        let mut draft = Draft::revise(&verified)?;
        let mut figures = before.says.as_ref().map(|says| says.figures.clone()).unwrap_or_default();
        for _ in 0..=more {
            figures = figures::corrected(&figures);
        }
        fill::rows(&mut draft, &figures, times.0)?;
        let what = "The count of one site was missing from the version before.";
        fill::answer(&mut draft, "about.revision_reason", what)?;
        let becomes = if when == When::Late { "late" } else { "" };
        self.seal(Version { draft, figures }, times, becomes)
    }

    /// So many versions, all in time.
    fn versions(&mut self, count: usize) -> Result<Vec<Item>> {
        let mut all = vec![self.at(false, When::InTime, (0, count))?];
        for part in 1..count {
            if let Some(before) = all.last() {
                let next = self.next_at(before, 0, When::InTime, (part, count))?;
                all.push(next);
            }
        }
        Ok(all)
    }

    /// Two files of one version, the first or that after another file, that say different things.
    fn fork(&mut self, before: Option<&Item>) -> Result<Vec<Item>> {
        let mut all = Vec::new();
        for more in 0..2 {
            let mut item = match before {
                Some(before) => self.next_at(before, more, When::InTime, (1, 2))?,
                None => self.one(false, When::InTime)?,
            };
            item.becomes = "fork";
            all.push(item);
        }
        Ok(all)
    }

    fn seal(
        &mut self,
        Version { draft, figures }: Version,
        (sealed_at, came): (Instant, Instant),
        becomes: &'static str,
    ) -> Result<Item> {
        let revision = draft.revision;
        let key = self.world.sender(self.slot);
        let Sealed { text, name, id, .. } = fill::sealed(draft, &key, sealed_at, self.chance)?;
        let says = Some(Says { id, revision, figures });
        Ok(Item { name, bytes: text.into_bytes(), received: Some(came), becomes, says })
    }
}
