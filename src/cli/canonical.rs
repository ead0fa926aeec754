//! `canonical`: the RFC 8785 form of any document that the strict reader takes.

use super::args::Canonical;
use super::output::{Output, Status};
use super::{Failure, edge};
use crate::json;

pub(super) fn run(verb: &Canonical) -> Result<Status, Failure> {
    let bytes = edge::read(&verb.file)?;
    let value = json::read(&bytes).map_err(|error| {
        Failure::unreadable(format!("{}: {error}", verb.file.display()), error.remedy())
    })?;
    // No line break at the end: these are the bytes that are signed and hashed.
    Output::raw(&json::canonical(&value));
    Ok(Status::Good)
}
