//! Files that cannot count: broken, changed, of another round, with a key that speaks for nobody.

use super::chance::Chance;
use super::fill;
use super::make::Item;
use super::story::Stray;
use super::world::{Slot, World};
use anyhow::{Context, Result};
use ia_returns::json::{self, Value};
use ia_returns::sign::{Header, Kind, Role, SecretKey, document};
use ia_returns::time::Instant;

/// A file in time that stray files are made from.
#[derive(Clone)]
pub(super) struct Donor {
    /// Whose it is.
    pub(super) slot: Slot,
    /// Its name.
    pub(super) name: String,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
    /// When it came.
    pub(super) received: Instant,
}

/// What an old spreadsheet begins with: a compound file (MS-CFB 2.2).
const COMPOUND_FILE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Makes a file that cannot count.
pub(super) fn stray(
    world: &World,
    donor: &Donor,
    kind: Stray,
    chance: &mut Chance,
) -> Result<Item> {
    let window = donor.slot.window()?;
    let last = (window.closes().seconds() - donor.received.seconds() - 1).max(1);
    let received = Instant::from_seconds(donor.received.seconds() + chance.between(1, last))?;
    let (becomes, name, bytes) = match kind {
        Stray::Changed => ("changed", donor.name.clone(), changed(&donor.bytes)),
        Stray::Duplicate => ("duplicate", donor.name.clone(), donor.bytes.clone()),
        Stray::DuplicateNames => ("duplicate_names", donor.name.clone(), twice(&donor.bytes)),
        Stray::Empty => ("empty", donor.name.clone(), Vec::new()),
        Stray::Truncated => {
            let length = i64::try_from(donor.bytes.len())?;
            let kept = usize::try_from(length * chance.between(20, 95) / 100)?;
            let kept = donor.bytes.get(..kept).unwrap_or_default();
            ("truncated", donor.name.clone(), kept.to_vec())
        }
        Stray::NotJson => {
            let text = "Our figures are in the workbook that we sent yesterday. Kind regards\r\n";
            ("not_json", format!("RE Sitrep {}.txt", donor.slot.organisation.code), text.into())
        }
        Stray::Workbook => {
            let name = format!("Annex A {} final v2.xls", donor.slot.organisation.code);
            ("workbook", name, workbook())
        }
        Stray::Differs => {
            let key = world.sender(&donor.slot);
            ("differs", donor.name.clone(), differs(&donor.bytes, &key, donor.received)?)
        }
        Stray::Draft => {
            let (draft, now) =
                draft(world, donor, &donor.slot.form.collection.source().id, chance)?;
            ("draft", draft.file_name(now), draft.write(now).into_bytes())
        }
        Stray::OtherCollection => {
            let other = other_round(world).context("there is no other round")?;
            sealed(world, donor, "other_collection", &other, "sender", chance)?
        }
        Stray::Practice => sealed(world, donor, "practice", "practice", "sender", chance)?,
        Stray::KeyExpired => keyed(world, donor, "key_expired", "expired", chance)?,
        Stray::KeyRevoked => keyed(world, donor, "key_revoked", "revoked", chance)?,
        Stray::OtherOrganisation => keyed(world, donor, "other_organisation", "elsewhere", chance)?,
    };
    Ok(Item { name, bytes, received: Some(received), becomes, says: None })
}

/// Another round of the same returns.
fn other_round(world: &World) -> Option<String> {
    let mut ids = world.set.collections().iter().map(|other| &other.source().id);
    ids.find(|id| **id != world.collection && id.starts_with("sor-")).cloned()
}

/// Whether such a file can be made of this one: organisations come and go between rounds.
pub(super) fn fits(world: &World, donor: &Donor, kind: Stray) -> bool {
    let round = match kind {
        Stray::OtherCollection => other_round(world).unwrap_or_default(),
        Stray::Practice => "practice".to_owned(),
        _ => return true,
    };
    let template = donor.slot.form.template.source().id.clone();
    let form = world.set.form(&round, &template);
    form.is_some_and(|form| form.organisations.by_code(&donor.slot.organisation.code).is_some())
}

/// The donor’s organisation fills in the same return again, in a collection.
fn draft(
    world: &World,
    donor: &Donor,
    collection: &str,
    chance: &mut Chance,
) -> Result<(ia_returns::file::Draft, Instant)> {
    let template = donor.slot.form.template.source().id.clone();
    let templates = [template.as_str()];
    let form = world.forms(collection, &templates).next().cloned();
    let form = form.with_context(|| format!("{collection} does not ask for {template}"))?;
    // The organisation, as the list of that round has it.
    let organisation = form.organisations.by_code(&donor.slot.organisation.code).cloned();
    let organisation = organisation.context("the organisation is in that round")?;
    let slot = Slot { form, organisation, ..donor.slot.clone() };
    let now = if collection == world.collection { donor.received } else { slot.window()?.opens() };
    let mut draft = fill::empty(&slot.form, &slot.organisation, now);
    fill::figures(&mut draft, &slot.figures(false, chance), now, chance)?;
    Ok((draft, now))
}

fn sealed(
    world: &World,
    donor: &Donor,
    becomes: &'static str,
    collection: &str,
    purpose: &str,
    chance: &mut Chance,
) -> Result<(&'static str, String, Vec<u8>)> {
    let (draft, now) = draft(world, donor, collection, chance)?;
    let key = world.key(purpose, &donor.slot.organisation.code);
    let sealed = fill::sealed(draft, &key, now, chance)?;
    Ok((becomes, sealed.name, sealed.text.into_bytes()))
}

/// A return of the collection itself, sealed with a key of another purpose.
fn keyed(
    world: &World,
    donor: &Donor,
    becomes: &'static str,
    purpose: &str,
    chance: &mut Chance,
) -> Result<(&'static str, String, Vec<u8>)> {
    sealed(world, donor, becomes, &world.collection, purpose, chance)
}

/// With one figure of the answers changed.
pub(super) fn changed(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for figure in
        ["\"due_to_work\": ", "\"outpatient\": ", "\"community\": ", "\"mental_health\": "]
    {
        let found = bytes.windows(figure.len()).position(|part| part == figure.as_bytes());
        let digit = found.and_then(|at| bytes.get_mut(at + figure.len()));
        // The table of totals has the same names: what stands first is an answer.
        if let Some(digit) = digit {
            *digit = match *digit {
                b'9' => b'8',
                other => other + 1,
            };
            return bytes;
        }
    }
    // A nil return without figures: another revision.
    String::from_utf8_lossy(&bytes).replacen("\"revision\": 1", "\"revision\": 2", 1).into_bytes()
}

/// With the first member of the return that is a number there twice.
fn twice(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    let member = text.split_once("\"revision\": ").and_then(|(_, rest)| rest.split_once(','));
    let member = format!("\"revision\": {},", member.map_or("1", |(number, _)| number));
    text.replacen(&member, &format!("{member}\n    {member}"), 1).into_bytes()
}

/// What it adds up to was changed by somebody who holds the key.
fn differs(bytes: &[u8], key: &SecretKey, now: Instant) -> Result<Vec<u8>> {
    let mut file = json::read(bytes)?;
    let payload = file.get_mut("return").context("a return")?;
    let values = payload.get_mut("derived").and_then(|derived| derived.get_mut("values"));
    let totals = values.and_then(|values| values.get_mut("totals"));
    let totals = totals.and_then(Value::as_object_mut).context("totals")?;
    totals.insert("person_days_absent".to_owned(), 1_000_001.into());
    let header = Header {
        role: Role::Preparer,
        signer_name: "Information analyst on duty".to_owned(),
        signer_job_title: "Information analyst".to_owned(),
        signed_at: now,
    };
    let signature = document::signature(payload, Kind::Return, key, &header);
    Ok(document::write(std::mem::take(payload), Kind::Return, vec![signature]).into_bytes())
}

/// What begins as an old spreadsheet does.
fn workbook() -> Vec<u8> {
    let mut bytes = COMPOUND_FILE.to_vec();
    bytes.resize(1536, 0);
    bytes
}
