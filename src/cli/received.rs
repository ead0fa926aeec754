//! When each file arrived: a manifest, a receipt, one time that the operator states.

use super::register::thumbprint;
use super::sender_args::Arrival;
use super::{Failure, edge};
use crate::collate::{Manifest, ManifestError, Return};
use crate::file::{Receipt, Verified};
use crate::json::MAX_BYTES;
use crate::register::{Received, Source};
use crate::sign::DocumentError;
use crate::time::Instant;
use std::path::Path;

/// What the operator knows of when files came.
#[derive(Debug, Default)]
pub(super) struct Arrivals {
    manifest: Manifest,
    receipts: Vec<Receipt>,
    stated: Option<Instant>,
}

impl Arrivals {
    /// Reads what was stated.
    ///
    /// # Errors
    /// Where a file is not what it should be, or a receipt is from somebody else.
    pub(super) fn read(stated: &Arrival) -> Result<Self, Failure> {
        let at = stated.received.as_deref().map(edge::time).transpose()?;
        let mut found = Self { stated: at, ..Self::default() };
        if let Some(path) = &stated.manifest {
            found.manifest = manifest(path)?;
        }
        for path in &stated.receipt {
            found.receipts.push(receipt(path, stated.receipts_from.as_deref())?);
        }
        Ok(found)
    }

    /// When a file arrived: what proves it comes before what is only stated, and of two proofs the earlier counts.
    pub(super) fn of(&self, name: &str, verified: &Verified) -> Received {
        let given = self.receipts.iter().filter(|receipt| receipt.is_for(verified));
        self.best(name, given).unwrap_or_else(|| self.stated())
    }

    /// The same of a file of a collation: only what proves it.
    pub(super) fn proven(&self, name: &str, found: Option<&Return>) -> Option<Received> {
        let is_for = |receipt: &&Receipt| {
            found.is_some_and(|found| {
                receipt.return_id == found.id
                    && receipt.collection == found.collection.id
                    && receipt.template == found.template
                    && receipt.organisation == found.organisation.code
                    && receipt.revision == found.revision
            })
        };
        self.best(name, self.receipts.iter().filter(is_for))
    }

    /// The time that the operator stated for all.
    pub(super) fn stated(&self) -> Received {
        self.stated.map_or(Received::Unknown, |at| Received::At(at, Source::Stated))
    }

    fn best<'r>(&self, name: &str, given: impl Iterator<Item = &'r Receipt>) -> Option<Received> {
        let listed = self.manifest.at(name).map(|at| (at, Source::Manifest));
        let given = given.map(|receipt| (receipt.received_at, Source::Receipt));
        let first = listed.into_iter().chain(given).min_by_key(|(at, _)| *at);
        first.map(|(at, source)| Received::At(at, source))
    }
}

fn receipt(path: &Path, from: Option<&str>) -> Result<Receipt, Failure> {
    let name = path.display();
    let unreadable =
        |error: DocumentError| Failure::unreadable(format!("{name}: {error}"), error.remedy());
    let (receipt, document) = Receipt::read(&edge::read(path)?).map_err(unreadable)?;
    let from = from.map(thumbprint).transpose()?;
    if from.is_some_and(|from| document.signatures.iter().any(|found| found.thumbprint == from)) {
        return Ok(receipt);
    }
    let help = "A receipt proves something only if it is from whoever received the return. Ask them for theirs.";
    Err(Failure::unreadable(format!("{name}: this receipt is from somebody else"), help))
}

/// The rows of a manifest.
fn manifest(path: &Path) -> Result<Manifest, Failure> {
    let bytes = edge::read(path)?;
    if bytes.len() > MAX_BYTES {
        // Only so much was read: the rest would be left out without a word.
        let message = format!("{}: the manifest is longer than {MAX_BYTES} bytes", path.display());
        return Err(Failure::unreadable(message, "Give one of the files that you verify."));
    }
    Manifest::read(&bytes).map_err(|ManifestError { line, reason }| {
        let message = format!("{}:{line}: {reason}", path.display());
        Failure::unreadable(message, ManifestError::REMEDY)
    })
}
