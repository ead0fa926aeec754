//! `sign`: seals a draft with a kept key.

use super::args::Sign;
use super::check::{others, say_findings};
use super::output::{Output, Status};
use super::{Failure, edge, key};
use crate::collection::Set;
use crate::file::{Draft, SealError, Sealing, seal};
use std::path::PathBuf;

pub(super) fn run(verb: &Sign, set: &Set, output: &mut Output) -> Result<Status, Failure> {
    let now = match &verb.at {
        Some(text) => edge::time(text)?,
        None => edge::now()?,
    };
    let bytes = edge::read(&verb.draft)?;
    let mut draft = Draft::read(&bytes, set).map_err(|error| {
        Failure::unreadable(format!("{}: {error}", verb.draft.display()), error.remedy())
    })?;
    for other in others(&verb.with.with, set)? {
        draft.give(other.whole());
    }
    let key = key::open(&verb.key, &verb.passphrase)?;
    let sealed = match seal(&draft, &Sealing::new(&draft, &key, now, "native")) {
        Ok(sealed) => sealed,
        Err(SealError::Findings { findings }) => {
            output.line(&format!("{}: not sealed", verb.draft.display()));
            output.member("sealed", false);
            say_findings(&findings, &draft.form, &draft.answers, output);
            return Ok(Status::Findings);
        }
    };
    let path = verb.output.clone().unwrap_or_else(|| PathBuf::from(&sealed.name));
    edge::write_new(&path, &sealed.text, false)?;
    output.line(&format!("Sealed and saved {}", path.display()));
    output.line(&format!("Check code: {}", sealed.thumbprint.check_code()));
    output.line(&format!("Return id: {}", sealed.id));
    output.member("sealed", true);
    output.member("file", path.display().to_string());
    output.member("check_code", sealed.thumbprint.check_code());
    output.member("id", sealed.id);
    Ok(Status::Good)
}
