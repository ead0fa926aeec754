//! `register new|add|revoke|show`: the list of senders.

use super::memory::Memory;
use super::output::{Output, Status};
use super::sender_args::{Add, Keeper, NewRegister, Revoke, ShowRegister, Signer};
use super::{Failure, edge, key};
use crate::json::Value;
use crate::register::{Enrolment, Entry, Register, Revocation};
use crate::sign::{Header, IssueError, Kind, Role, SecretKey, Thumbprint, document};
use crate::time::Instant;
use std::path::Path;

/// A signer’s key, and what their signature says of them.
pub(super) fn signer(signer: &Signer) -> Result<(SecretKey, Header), Failure> {
    let now = match &signer.at {
        Some(text) => edge::time(text)?,
        None => edge::now()?,
    };
    let header = Header {
        role: Role::Preparer,
        signer_name: signer.name.clone(),
        signer_job_title: signer.job_title.clone(),
        signed_at: now,
    };
    Ok((key::open(&signer.key, &signer.passphrase)?, header))
}

pub(super) fn new(verb: &NewRegister, output: &mut Output) -> Result<Status, Failure> {
    let (key, header) = signer(&verb.signer)?;
    let mut memory = Memory::open(&verb.remember)?;
    if let Some(held) = memory.held(Kind::Register, &key.public().thumbprint(), "") {
        let message = format!("you keep a list of senders already, number {}", held.serial);
        let help = "Go on from it with `register add`. If it is lost, make a new key for a new list: nobody takes a lower number of this one.";
        return Err(Failure::unreadable(message, help));
    }
    let register = Register::new(header.signed_at);
    save(&register, (&key, &header), &verb.output, &mut memory, output)
}

pub(super) fn add(verb: &Add, output: &mut Output) -> Result<Status, Failure> {
    let (key, header) = signer(&verb.signer)?;
    let mut memory = Memory::open(&verb.remember)?;
    // Nobody issues the next of another’s list.
    let held = read(&verb.register, &key.public().thumbprint(), &mut memory)?;
    let request = Enrolment::read(&edge::read(&verb.request)?)
        .map_err(|e| Failure::unreadable(named(&verb.request, &e), e.remedy()))?;
    if !same_code(&verb.code, &request.check_code()) {
        return Err(Failure::unreadable(
            "the check code is not that of the request",
            "Ask the sender to read it out again. If it still differs, do not add the key: somebody may have changed the request.",
        ));
    }
    let from = verb.from.as_deref().map_or(Ok(header.signed_at), edge::time)?;
    let until = verb.until.as_deref().map(edge::time).transpose()?;
    if until.is_some_and(|until| until <= from) {
        return Err(Failure::usage(
            "the key would never be valid",
            "Give --until a later time than --from.",
        ));
    }
    let mut register = held.next(header.signed_at);
    if !register.add(request.entry(from, until)) {
        let message = format!("the key is there already for {}", request.organisation);
        return Err(Failure::unreadable(message, "Look at the list with `register show`."));
    }
    save(&register, (&key, &header), &verb.output, &mut memory, output)
}

pub(super) fn revoke(verb: &Revoke, output: &mut Output) -> Result<Status, Failure> {
    let (key, header) = signer(&verb.signer)?;
    let mut memory = Memory::open(&verb.remember)?;
    // Nobody issues the next of another’s list.
    let held = read(&verb.register, &key.public().thumbprint(), &mut memory)?;
    let since = verb.since.as_deref().map_or(Ok(header.signed_at), edge::time)?;
    let mut register = held.next(header.signed_at);
    let revocation = Revocation { at: since, reason: verb.reason.clone() };
    if !register.revoke(&thumbprint(&verb.thumbprint)?, &revocation) {
        let message = "there is no such key in the list, or it is withdrawn already";
        return Err(Failure::unreadable(message, "Look at the list with `register show`."));
    }
    save(&register, (&key, &header), &verb.output, &mut memory, output)
}

pub(super) fn show(verb: &ShowRegister, output: &mut Output) -> Result<Status, Failure> {
    let register = kept(&verb.register, &verb.keeper)?;
    let senders = match register.entries().len() {
        1 => "1 sender".to_owned(),
        count => format!("{count} senders"),
    };
    output.line(&format!("Number {}, {senders}", register.serial()));
    for entry in register.entries() {
        let until = entry.valid_until().map(|until| format!(" until {}", until.to_london_text()));
        output.line(&format!("{} {}", entry.organisation(), entry.holder_role()));
        output.line(&format!(
            "  valid from {}{}",
            entry.valid_from().to_london_text(),
            until.unwrap_or_default()
        ));
        if let Some(Revocation { at, reason }) = entry.revoked() {
            output.line(&format!("  withdrawn at {}: {reason}", at.to_london_text()));
        }
        output.line(&format!("  thumbprint {}", entry.thumbprint()));
    }
    output.member("serial", register.serial());
    output.member("id", register.id());
    output.member("senders", register.entries().iter().map(to_json).collect::<Value>());
    Ok(Status::Good)
}

fn to_json(entry: &Entry) -> Value {
    let time = |at: Option<Instant>| at.map_or(Value::Null, |at| at.to_london_text().into());
    crate::json!({
        "organisation": entry.organisation(), "holder_role": entry.holder_role(),
        "revoked_at": time(entry.revoked().map(|r| r.at)), "thumbprint": entry.thumbprint().to_string(),
        "valid_from": entry.valid_from().to_london_text(), "valid_until": time(entry.valid_until()),
    })
}

fn save(
    register: &Register,
    (key, header): (&SecretKey, &Header),
    path: &Path,
    memory: &mut Memory,
    output: &mut Output,
) -> Result<Status, Failure> {
    let keeper = key.public().thumbprint();
    let text = register.seal(key, header);
    let failed = |error: IssueError| Failure::unreadable(error.to_string(), error.remedy());
    // Read back as others will: what they would refuse is not written.
    let register = Register::read(text.as_bytes(), &keeper, None).map_err(failed)?;
    edge::write_new(path, &text, false)?;
    memory.take(register.issue(), (Kind::Register, &keeper, "")).map_err(failed)?;
    output.line(&format!("Saved {} as number {}", path.display(), register.serial()));
    output.line(&format!("Thumbprint of its keeper: {keeper}"));
    output.line("Tell it once to everyone who uses the list, on paper or by telephone.");
    output.member("serial", register.serial());
    output.member("keeper", keeper.to_string());
    Ok(Status::Good)
}

/// The list of whoever the operator names, or has named before.
pub(super) fn kept(path: &Path, keeper: &Keeper) -> Result<Register, Failure> {
    // What it is not is said before whose it is not.
    document::read(&edge::read(path)?, Kind::Register)
        .map_err(|error| Failure::unreadable(named(path, &error), error.remedy()))?;
    let mut memory = Memory::open(&keeper.remember)?;
    let signer = memory.signer(keeper.keeper.as_deref(), (Kind::Register, "--keeper"))?;
    read(path, &signer, &mut memory)
}

/// Reads a list, if it may be taken after what is remembered, and remembers it.
fn read(path: &Path, keeper: &Thumbprint, memory: &mut Memory) -> Result<Register, Failure> {
    let refused = |error: IssueError| Failure::unreadable(named(path, &error), error.remedy());
    let register = Register::read(&edge::read(path)?, keeper, None).map_err(refused)?;
    memory.take(register.issue(), (Kind::Register, keeper, "")).map_err(refused)?;
    Ok(register)
}

fn named(path: &Path, error: &impl std::fmt::Display) -> String {
    format!("{}: {error}", path.display())
}

/// A thumbprint given as an argument.
pub(super) fn thumbprint(text: &str) -> Result<Thumbprint, Failure> {
    let help = "Give the whole thumbprint, 43 letters and digits, as `key show` prints it.";
    Thumbprint::parse(text).map_err(|error| Failure::usage(error.to_string(), help))
}

/// Whether two codes are one: capitals, spaces and hyphens do not matter when a code is read out.
pub(super) fn same_code(read_out: &str, code: &str) -> bool {
    let plain = |text: &str| -> String {
        text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
    };
    plain(read_out) == plain(code)
}
