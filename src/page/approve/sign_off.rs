//! A second signature, and two signed copies as one.

use super::judge::{File, sentence};
use super::state::State;
use crate::file::{ApproveError, approve, merge, verify};
use crate::sign::{Header, Role};
use crate::time::Instant;

/// Why the return that is open was not signed off.
pub(super) enum Hindrance {
    /// No return is open that can be signed off.
    Nothing,
    /// No key is open.
    NoKey,
    /// The key or the return does not allow it: why, and what to do.
    Refused(String),
}

/// The file with the signature of the key that is open.
///
/// # Errors
/// Every [`Hindrance`].
pub(super) fn signed(
    state: &State,
    name: &str,
    job_title: &str,
    now: Instant,
) -> Result<Vec<u8>, Hindrance> {
    let file = state.file().filter(|file| file.is_unchanged()).ok_or(Hindrance::Nothing)?;
    let seal = file.seal.as_ref().ok_or(Hindrance::Nothing)?;
    let key = state.keys.key().ok_or(Hindrance::NoKey)?;
    let header = Header {
        role: Role::Approver,
        signer_name: name.to_owned(),
        signer_job_title: job_title.to_owned(),
        signed_at: now,
    };
    let text = approve(&file.bytes, seal, key, &header).map_err(refused)?;
    Ok(text.into_bytes())
}

/// The file that is open together with the signatures of another copy of the same return.
///
/// # Errors
/// What is wrong with the other copy, in sentences.
pub(super) fn merged(file: &File, state: &State, other: &[u8]) -> Result<Vec<u8>, String> {
    let own = file.seal.as_ref().ok_or("Open a sealed file first.")?;
    let copy = verify(other, &state.set)
        .map_err(|error| [sentence(&error.to_string()), error.remedy().to_owned()].join(" "))?;
    let text = merge((&file.bytes, own), (other, &copy)).map_err(said)?;
    Ok(text.into_bytes())
}

fn refused(error: ApproveError) -> Hindrance {
    Hindrance::Refused(said(error))
}

fn said(error: ApproveError) -> String {
    [sentence(&error.to_string()), error.remedy().to_owned()].join(" ")
}

/// What the signed file is called: as the chosen one, and signed off. Nothing but plain letters of that is kept.
pub(super) fn file_name(chosen: &str) -> String {
    let stem = chosen.rsplit_once('.').map_or(chosen, |(stem, _)| stem);
    let mut name = String::new();
    for letter in stem.chars() {
        if letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_') {
            name.push(letter);
        }
    }
    if name.is_empty() {
        name.push_str("ia-return");
    }
    if !name.ends_with(SIGNED_OFF) {
        name.push_str(SIGNED_OFF);
    }
    name.push_str(".json");
    name
}

/// How the name of a file ends that was signed off.
const SIGNED_OFF: &str = "_signed-off";
