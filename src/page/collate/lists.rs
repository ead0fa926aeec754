//! What the operator knows, from the inputs and the files of the first screen. Nothing of it is trusted because it is there: a
//! sealed list is taken only from whom the operator names.

use super::state::{
    COLLECTION, DECISIONS, EXPECTED, MANIFEST, RECEIVED, RECEIVED_PARTS, REGISTER, SIGNER, State,
};
use crate::collate::{Decisions, Manifest, ManifestError};
use crate::collection::{Expected, SignedExpected};
use crate::json;
use crate::page::moment::{Joined, Parts, join};
use crate::register::Register;
use crate::sign::Thumbprint;
use crate::time::{Instant, LocalTime};

/// Reads everything of the first screen. Whatever is wrong is in [`State::faults`].
pub(super) fn read(state: &mut State) {
    state.faults.clear();
    if state.text(COLLECTION).is_empty() {
        state.fault(COLLECTION, "Choose which collection the returns are for");
    }
    let signer = signer(state);
    expected(state, signer.as_ref());
    register(state, signer.as_ref());
    manifest(state);
    match moment(state, RECEIVED_PARTS) {
        Ok(at) => state.stated = at,
        Err(text) => state.fault(RECEIVED, text),
    }
    decisions(state);
}

/// Who seals the lists, where the operator says it.
fn signer(state: &mut State) -> Option<Thumbprint> {
    let text = state.text(SIGNER);
    if text.is_empty() {
        return None;
    }
    let read = Thumbprint::parse(text);
    if read.is_err() {
        state.fault(SIGNER, "This is no thumbprint: it has 43 letters and digits, as whoever keeps the lists gave it to you");
    }
    read.ok()
}

const NO_SIGNER: &str = "Enter who seals the lists: without that, anybody could have made this one";

fn expected(state: &mut State, signer: Option<&Thumbprint>) {
    state.expected = None;
    if state.bytes(EXPECTED).is_empty() {
        return;
    }
    let (collection, bytes) = (state.text(COLLECTION), state.bytes(EXPECTED));
    let read = match signer {
        Some(signer) => SignedExpected::read(bytes, signer)
            .map(|signed| signed.list)
            .map_err(|error| sentences(&error.to_string(), error.remedy())),
        // What is not sealed is the operator’s own.
        None => unsealed(bytes),
    };
    match read {
        Ok(list) if list.collection != collection => {
            let text = format!("This list is for another collection, {}", list.collection);
            state.fault(EXPECTED, text);
        }
        Ok(list) => state.expected = Some(list),
        Err(text) => state.fault(EXPECTED, text),
    }
}

fn unsealed(bytes: &[u8]) -> Result<Expected, String> {
    let value = json::read(bytes).map_err(|error| sentences(&error.to_string(), error.remedy()))?;
    if value.get("signatures").is_some() {
        return Err(NO_SIGNER.to_owned());
    }
    let not_it = "This is no list of expected organisations. Choose the file that you were given";
    Expected::read(&value).map_err(|_| not_it.to_owned())
}

fn register(state: &mut State, signer: Option<&Thumbprint>) {
    state.register = None;
    if state.bytes(REGISTER).is_empty() {
        return;
    }
    let Some(signer) = signer else {
        if !state.faults.iter().any(|(id, _)| *id == SIGNER) {
            state.fault(SIGNER, NO_SIGNER);
        }
        return;
    };
    match Register::read(state.bytes(REGISTER), signer, None) {
        Ok(register) => state.register = Some(register),
        Err(error) => state.fault(REGISTER, sentences(&error.to_string(), error.remedy())),
    }
}

fn manifest(state: &mut State) {
    state.manifest = Manifest::default();
    if state.bytes(MANIFEST).is_empty() {
        return;
    }
    match Manifest::read(state.bytes(MANIFEST)) {
        Ok(manifest) => state.manifest = manifest,
        Err(error) => {
            state.fault(MANIFEST, sentences(&error.to_string(), ManifestError::REMEDY));
        }
    }
}

/// What was decided before; where no file is chosen, what was decided here stays.
fn decisions(state: &mut State) {
    let collection = state.text(COLLECTION).to_owned();
    if state.decisions.collection != collection {
        state.decisions = Decisions::about(&collection);
    }
    if state.bytes(DECISIONS).is_empty() {
        return;
    }
    match Decisions::read(state.bytes(DECISIONS)) {
        Ok(read) if read.collection != collection => {
            state
                .fault(DECISIONS, format!("This is about another collection, {}", read.collection));
        }
        Ok(read) => {
            state.decisions = read;
            // Opened once: what is decided from now on is not undone by it.
            state.forget(DECISIONS);
        }
        Err(error) => state.fault(DECISIONS, sentences(&error.to_string(), error.remedy())),
    }
}

/// A time that was typed in parts; none where nothing was typed.
pub(super) fn moment(state: &State, parts: [&str; 4]) -> Result<Option<Instant>, String> {
    let [day, month, year, time] = parts.map(|id| state.text(id));
    let wrong = "Enter a day, month, year and time, like 28 7 2023 and 11:00";
    match join(&Parts { day, month, year, time: Some(time) }) {
        Joined::Blank => Ok(None),
        Joined::Unread(_) => Err(wrong.to_owned()),
        Joined::Written(text) => {
            let local = LocalTime::parse(&text).map_err(|_| wrong.to_owned())?;
            local.instant().map(Some).map_err(|_| wrong.to_owned())
        }
    }
}

/// What is wrong, and what to do, as the sentences of a message, which has no full stop at its end.
pub(super) fn sentences(what: &str, remedy: &str) -> String {
    let what = crate::page::words::capitalised(what);
    [&what, ". ", remedy.trim_end_matches('.')].concat()
}
