//! What a region has beside the files: when they came, whose keys there are, who owes what.

use super::world::{Slot, World};
use anyhow::{Context, Result, anyhow};
use ia_returns::collection::{Contact, EXPECTED_FORMAT, Expected, Owes, SignedExpected};
use ia_returns::register::{Entry, Register, Revocation};
use ia_returns::sign::{Header, Role, SecretKey};
use ia_returns::time::Instant;
use std::collections::{BTreeMap, BTreeSet};

/// A register, the list of who owes what, and the thumbprint of whoever sealed both.
pub(super) struct Lists {
    /// The register, sealed.
    pub(super) register: String,
    /// The expected list, sealed.
    pub(super) expected: String,
    /// The full thumbprint.
    pub(super) thumbprint: String,
}

/// The day before anything is sent.
fn before(slots: &[Slot]) -> Result<Instant> {
    let opens = slots.first().context("somebody owes a return")?.window()?.opens();
    Ok(Instant::from_seconds(opens.seconds() - 86_400)?)
}

pub(super) fn lists(world: &World, slots: &[Slot]) -> Result<Lists> {
    let issued = before(slots)?;
    let key = world.key("lists", "region");
    let header = Header {
        role: Role::Preparer,
        signer_name: "Collection manager on duty".to_owned(),
        signer_job_title: "Collection manager".to_owned(),
        signed_at: issued,
    };
    let expected = expected(world, slots, issued);
    Ok(Lists {
        register: register(world, slots, issued)?.seal(&key, &header),
        expected: sealed(&expected, &key, &header),
        thumbprint: key.public().thumbprint().to_string(),
    })
}

fn sealed(list: &Expected, key: &SecretKey, header: &Header) -> String {
    SignedExpected::seal(list, None, key, header)
}

fn register(world: &World, slots: &[Slot], issued: Instant) -> Result<Register> {
    let earlier = Instant::from_seconds(issued.seconds() - 30 * 86_400)?;
    let later = Instant::from_seconds(issued.seconds() - 3600)?;
    let mut register = Register::new(issued);
    let codes: BTreeSet<&str> = slots.iter().map(|slot| slot.organisation.code.as_str()).collect();
    for code in &codes {
        let mut add = |purpose: &str, whose: &str, until: Option<Instant>| {
            let key = world.key(purpose, code).public().thumbprint();
            let role = "Information analyst".to_owned();
            let added = register.add(Entry::new(key, whose.to_owned(), role, earlier, until));
            if added { Ok(key) } else { Err(anyhow!("{whose}: the register takes no more keys")) }
        };
        add("sender", code, None)?;
        add("expired", code, Some(later))?;
        let revoked = add("revoked", code, None)?;
        // The key of another organisation, which is whichever comes next.
        let mut after =
            codes.range::<str, _>((std::ops::Bound::Excluded(*code), std::ops::Bound::Unbounded));
        let other = after.next().or(codes.first()).copied().unwrap_or(code);
        add("elsewhere", other, None)?;
        let reason = "The computer that held it was lost.".to_owned();
        register.revoke(&revoked, &Revocation { at: later, reason });
    }
    Ok(register)
}

fn expected(world: &World, slots: &[Slot], issued: Instant) -> Expected {
    let mut owed: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut regions = BTreeSet::new();
    for slot in slots.iter().filter(|slot| slot.is_expected) {
        regions.insert(slot.organisation.region_code.as_str());
        let returns = owed.entry(&slot.organisation.code).or_default();
        let template = slot.form.template.source().id.clone();
        if !returns.contains(&template) {
            returns.push(template);
        }
    }
    let actions: Vec<String> = slots.first().map_or_else(Vec::new, |slot| {
        slot.form.collection.source().actions.iter().map(|action| action.id.clone()).collect()
    });
    let mut organisations: Vec<Owes> = owed
        .into_iter()
        .map(|(code, returns)| Owes {
            code: code.to_owned(),
            actions: actions.clone(),
            returns,
            contacts: vec![contact(code, "Information analyst on duty")],
            ..Owes::default()
        })
        .collect();
    for code in regions {
        organisations.push(Owes {
            code: code.to_owned(),
            actions: actions.clone(),
            contacts: vec![contact(code, "Regional operations centre")],
            ..Owes::default()
        });
    }
    organisations.sort_by(|a, b| a.code.cmp(&b.code));
    Expected {
        format: EXPECTED_FORMAT.to_owned(),
        collection: world.collection.clone(),
        serial: 1,
        issued: issued.date().to_string(),
        complete: true,
        note: "Made up: a sample".to_owned(),
        organisations,
    }
}

/// Somebody to ask, by a role and an address that nobody has.
fn contact(code: &str, role: &str) -> Contact {
    let email = format!("operations@{}.example.nhs.uk", code.to_lowercase());
    Contact { role: role.to_owned(), email, ..Contact::default() }
}
