//! Expected lists as files, sealed or not: reading them, `expected sign`, and what they say of one return.

use super::author_args::SignExpected;
use super::memory::Memory;
use super::output::{Output, Status};
use super::register::signer;
use super::sender_args::{ExpectedList, Remember};
use super::{Failure, edge};
use crate::collection::{Expected, Set, SignedExpected};
use crate::hash::sha256_hex;
use crate::json;
use crate::sign::{Issue, IssueError, Kind, Thumbprint, document};
use std::path::Path;

/// Who seals expected lists, for [`Memory::signer`].
const ISSUER: (Kind, &str) = (Kind::ExpectedList, "--issuer");

/// An expected list, and what is known of it.
pub(super) struct Found {
    pub(super) list: Expected,
    /// Its number and its id.
    pub(super) issue: Issue,
    /// Who sealed it, where it is sealed.
    pub(super) signed: Option<SignedExpected>,
}

/// The list of a collection in the set, or a file.
///
/// # Errors
/// Where it is neither, is not sealed by whom the operator names, or is an older one than they have had.
pub(super) fn find(
    path: &Path,
    set: &Set,
    issuer: Option<&str>,
    remember: &Remember,
) -> Result<Found, Failure> {
    match held(path, set) {
        Some(found) => Ok(found),
        None => file(path, issuer, remember),
    }
}

/// The list of the collection with this id.
fn held(path: &Path, set: &Set) -> Option<Found> {
    let list = set.expected(path.to_str()?)?;
    Some(plain(Expected::clone(list)))
}

fn plain(list: Expected) -> Found {
    let issue = Issue { serial: list.serial, id: sha256_hex(list.json().as_bytes()) };
    Found { list, issue, signed: None }
}

/// A file: what is sealed is taken only from whom the operator names; what is not is the operator's own.
fn file(path: &Path, issuer: Option<&str>, remember: &Remember) -> Result<Found, Failure> {
    let bytes = edge::read(path)?;
    if issuer.is_none() && !is_sealed(&bytes) {
        return unsealed(path, &bytes);
    }
    let refused = |error: IssueError| refused(path, &error);
    // What it is not is said before whose it is not.
    document::read(&bytes, Kind::ExpectedList).map_err(|error| refused(error.into()))?;
    let mut memory = Memory::open(remember)?;
    let issuer = memory.signer(issuer, ISSUER)?;
    let signed = SignedExpected::read(&bytes, &issuer).map_err(refused)?;
    memory
        .take(&signed.issue, (Kind::ExpectedList, &issuer, &signed.list.collection))
        .map_err(refused)?;
    Ok(Found { list: signed.list.clone(), issue: signed.issue.clone(), signed: Some(signed) })
}

fn refused(path: &Path, error: &IssueError) -> Failure {
    Failure::unreadable(format!("{}: {error}", path.display()), error.remedy())
}

/// Whether it is meant to be a sealed file: whether it is a good one is for its reader to say.
pub(super) fn is_sealed(bytes: &[u8]) -> bool {
    json::read(bytes).is_ok_and(|value| value.get("signatures").is_some())
}

fn unsealed(path: &Path, bytes: &[u8]) -> Result<Found, Failure> {
    let help = "Give the id of a collection in the set, or a JSON file: `ia-returns expected import` writes one.";
    let refused = |reason: String| {
        Failure::unreadable(format!("{}: this is no expected list: {reason}", path.display()), help)
    };
    let value = json::read(bytes).map_err(|error| refused(error.to_string()))?;
    Ok(plain(Expected::read(&value).map_err(|error| refused(error.to_string()))?))
}

/// The list that is given with `--expected`.
///
/// # Errors
/// As [`find`].
pub(super) fn given(
    stated: &ExpectedList,
    set: &Set,
    remember: &Remember,
) -> Result<Option<Expected>, Failure> {
    let Some(path) = &stated.expected else { return Ok(None) };
    let found = find(path, set, stated.issuer.as_deref(), remember)?;
    Ok(Some(found.list))
}

/// Says whether a return is expected, and by when.
pub(super) fn say(
    list: &Expected,
    code: &str,
    (collection, template): (&str, &str),
    set: &Set,
    output: &Output,
    one: &mut Output,
) {
    if list.collection != collection {
        let own = &list.collection;
        output
            .line(&format!("  the expected list is for {own}, so it says nothing of this return"));
        return;
    }
    let is_owed = list.of(code).is_some_and(|owes| owes.returns.iter().any(|id| id == template));
    one.member("expected", is_owed);
    if !is_owed {
        let why = if list.complete { "" } else { ", and the list is not complete" };
        output.line(&format!("  not expected: {code} is not listed for {template}{why}"));
        return;
    }
    let form = set.form(&list.collection, template);
    let own = form.and_then(|form| form.organisations.by_code(code));
    match own.and_then(|own| list.deadline(own, template)) {
        Some(time) => {
            one.member("wanted_by", time);
            output.line(&format!("  expected: {code} is listed for {template}, wanted by {time}"));
        }
        None => output.line(&format!("  expected: {code} is listed for {template}")),
    }
}

/// `expected sign`.
pub(super) fn sign(verb: &SignExpected, set: &Set, output: &mut Output) -> Result<Status, Failure> {
    let (key, header) = signer(&verb.signer)?;
    let issuer = key.public().thumbprint();
    let mut memory = Memory::open(&verb.remember)?;
    let list = to_sign(&verb.list, set)?;
    known(&list, set)?;
    let before = match &verb.supersedes {
        Some(path) => Some(replaced(path, set)?),
        None => remembered(&list, &issuer, &memory),
    };
    if let Some((issue, collection)) = &before {
        follows(&list, issue, collection)?;
    }
    let supersedes = before.filter(|_| list.serial > 1).map(|(issue, _)| issue.id);
    if list.serial > 1 && supersedes.is_none() {
        let message =
            format!("the list has number {}, and it is not known what it replaces", list.serial);
        let help = format!(
            "Name the list before it with --supersedes: a file, or {} for the one in the set.",
            list.collection
        );
        return Err(Failure::usage(message, help));
    }
    let text = SignedExpected::seal(&list, supersedes.as_deref(), &key, &header);
    let failed = |error: IssueError| refused(&verb.list, &error);
    // Read back as others will: what they would refuse is not written.
    let signed = SignedExpected::read(text.as_bytes(), &issuer).map_err(failed)?;
    edge::write_new(&verb.output, &text, false)?;
    let place = (Kind::ExpectedList, &issuer, list.collection.as_str());
    memory.take(&signed.issue, place).map_err(failed)?;
    let (path, serial) = (verb.output.display(), list.serial);
    output.line(&format!("Saved {path} as number {serial} of {}", list.collection));
    output.line(&format!("Thumbprint of its issuer: {issuer}"));
    output.line("Tell it once to everyone who uses the list, on paper or by telephone.");
    output.member("file", path.to_string());
    output.member("id", signed.issue.id);
    output.member("issuer", issuer.to_string());
    output.member("serial", serial);
    if let Some(id) = signed.supersedes {
        output.member("supersedes", id);
    }
    Ok(Status::Good)
}

/// The list that is to be sealed.
fn to_sign(path: &Path, set: &Set) -> Result<Expected, Failure> {
    if let Some(found) = held(path, set) {
        return Ok(found.list);
    }
    let bytes = edge::read(path)?;
    if is_sealed(&bytes) {
        let help = "Give the list that `ia-returns expected import` wrote. What is sealed is not sealed again.";
        return Err(Failure::unreadable(
            format!("{}: this is sealed already", path.display()),
            help,
        ));
    }
    Ok(unsealed(path, &bytes)?.list)
}

/// The number and the id of the list before, and its collection. Whoever sealed it: only its number and id are taken.
fn replaced(path: &Path, set: &Set) -> Result<(Issue, String), Failure> {
    if let Some(found) = held(path, set) {
        return Ok((found.issue, found.list.collection));
    }
    let bytes = edge::read(path)?;
    if !is_sealed(&bytes) {
        let found = unsealed(path, &bytes)?;
        return Ok((found.issue, found.list.collection));
    }
    let read = document::read(&bytes, Kind::ExpectedList).and_then(document::Parts::verify);
    let document = read.map_err(|error| refused(path, &error.into()))?;
    let by = document.signatures.first().map(|found| found.thumbprint);
    let signed = by.map(|by| SignedExpected::read(&bytes, &by)).transpose();
    let signed = signed.map_err(|error| refused(path, &error))?;
    let signed = signed.map(|signed| (signed.issue, signed.list.collection));
    signed.ok_or_else(|| Failure::unreadable("nobody sealed the list before", "Give another."))
}

/// The list that this key sealed last.
fn remembered(list: &Expected, issuer: &Thumbprint, memory: &Memory) -> Option<(Issue, String)> {
    let held = memory.held(Kind::ExpectedList, issuer, &list.collection)?;
    Some((held.clone(), list.collection.clone()))
}

/// Refuses a number that is not above the one before, and a list of another collection.
fn follows(list: &Expected, before: &Issue, collection: &str) -> Result<(), Failure> {
    if collection != list.collection {
        let message =
            format!("the list is for {}, the one it replaces for {collection}", list.collection);
        return Err(Failure::unreadable(
            message,
            "Name the list before it of the same collection.",
        ));
    }
    if list.serial <= before.serial {
        let message = format!(
            "the list has number {}, and the one it replaces has number {}",
            list.serial, before.serial
        );
        let help = format!(
            "Make it again with a higher number: ia-returns expected import … --serial {}.",
            before.serial.saturating_add(1)
        );
        return Err(Failure::unreadable(message, help));
    }
    Ok(())
}

/// Refuses a list that no return could be held against.
fn known(list: &Expected, set: &Set) -> Result<(), Failure> {
    let refused = |message: String| {
        let help =
            "Make the list with `ia-returns expected import`, which says where each fault is.";
        Failure::unreadable(message, help)
    };
    let is = |collection: &&std::rc::Rc<crate::collection::Collection>| {
        collection.source().id == list.collection
    };
    let Some(collection) = set.collections().iter().find(is) else {
        let id = &list.collection;
        let help = "Add the collection with --collection.";
        return Err(Failure::unreadable(format!("the collection “{id}” is not in the set"), help));
    };
    let source = collection.source();
    for owes in &list.organisations {
        let code = &owes.code;
        let mut forms = set.forms().iter().filter(|form| form.collection.source().id == source.id);
        if forms.next().is_some_and(|form| form.organisations.by_code(code).is_none()) {
            return Err(refused(format!("“{code}” is not in the organisation list")));
        }
        for action in &owes.actions {
            if !source.actions.iter().any(|known| known.id == *action) {
                return Err(refused(format!("{code}: the collection has no action “{action}”")));
            }
        }
        for template in &owes.returns {
            if !source.returns.iter().any(|due| due.template == *template) {
                return Err(refused(format!("{code}: the collection asks for no “{template}”")));
            }
        }
    }
    Ok(())
}
