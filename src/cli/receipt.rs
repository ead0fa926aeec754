//! `receipt new|show`: a signed statement of what arrived.

use super::output::{Output, Status};
use super::register::{signer, thumbprint};
use super::sender_args::{NewReceipt, ShowReceipt};
use super::{Failure, edge};
use crate::collection::Set;
use crate::file::{Receipt, Verified, verify};
use std::path::Path;

/// A sealed return, verified.
pub(super) fn sealed(path: &Path, set: &Set) -> Result<(Vec<u8>, Verified), Failure> {
    let bytes = edge::read(path)?;
    let verified = verify(&bytes, set).map_err(|error| {
        Failure::unreadable(format!("{}: {error}", path.display()), error.remedy())
    })?;
    Ok((bytes, verified))
}

pub(super) fn new(verb: &NewReceipt, set: &Set, output: &mut Output) -> Result<Status, Failure> {
    let (_, verified) = sealed(&verb.file, set)?;
    let (key, header) = signer(&verb.signer)?;
    let received = verb.received.as_deref().map_or(Ok(header.signed_at), edge::time)?;
    let receipt = Receipt::of(&verified, received);
    edge::write_new(&verb.output, &receipt.seal(&key, &header), false)?;
    output.line(&format!("Saved {}", verb.output.display()));
    output.line(&format!("It says: {}, {}", receipt.organisation, verified.verdict().sentence()));
    output.member("file", verb.output.display().to_string());
    output.member("return_id", receipt.return_id);
    Ok(Status::Good)
}

pub(super) fn show(verb: &ShowReceipt, set: &Set, output: &mut Output) -> Result<Status, Failure> {
    let (receipt, document) = Receipt::read(&edge::read(&verb.receipt)?).map_err(|error| {
        Failure::unreadable(format!("{}: {error}", verb.receipt.display()), error.remedy())
    })?;
    if let Some(from) = &verb.from {
        let from = thumbprint(from)?;
        if !document.signatures.iter().any(|found| found.thumbprint == from) {
            let help = "Ask whoever received the return for a receipt of theirs.";
            return Err(Failure::unreadable("this receipt is from somebody else", help));
        }
    }
    output.line(&format!(
        "{}, {}, {}, revision {}",
        receipt.organisation, receipt.collection, receipt.template, receipt.revision
    ));
    output.line(&format!("  received at {}: {}", receipt.received_at, receipt.verdict));
    for found in &document.signatures {
        let header = &found.header;
        output.line(&format!("  from {} ({})", header.signer_name, header.signer_job_title));
        output.line(&format!("  thumbprint {}", found.thumbprint));
    }
    output.member("return_id", &receipt.return_id);
    output.member("received_at", receipt.received_at.to_london_text());
    output.member("verdict", &receipt.verdict);
    let Some(path) = &verb.of else { return Ok(Status::Good) };
    let (_, verified) = sealed(path, set)?;
    let is_for = receipt.is_for(&verified);
    output.member("is_for", is_for);
    if is_for {
        output.line(&format!("  for {}", path.display()));
        return Ok(Status::Good);
    }
    let help = "Look for the return of that version, or ask for a receipt for this one.";
    Err(Failure::unreadable(format!("the receipt is not for {}", path.display()), help))
}
