//! `collate --sign-receipts`: a signed statement of what arrived, for each return that counts.

use super::collate_args::Collate;
use super::outfolder::OutFolder;
use super::output::Output;
use super::{Failure, key};
use crate::collate::{Collation, File, Return};
use crate::file::Receipt;
use crate::register::{Received, Source};
use crate::sign::{Header, Role, SecretKey};
use crate::time::Instant;

/// Where receipts lie in the folder of results.
const FOLDER: &str = "receipts";
/// So many letters of a return’s id stand in the name of its receipt: two returns of one collation never share them.
const OF_ID: usize = 16;

/// Whoever gives receipts.
pub(super) struct Giver {
    key: SecretKey,
    header: Header,
}

impl Giver {
    /// Opens the key, where receipts are asked for: before anything is read, so that nobody waits for a wrong passphrase.
    ///
    /// # Errors
    /// Where the key file cannot be opened.
    pub(super) fn open(verb: &Collate, now: Instant) -> Result<Option<Self>, Failure> {
        let Some(path) = &verb.sign_receipts else { return Ok(None) };
        let header = Header {
            role: Role::Preparer,
            signer_name: verb.by.clone().unwrap_or_default(),
            signer_job_title: verb.job_title.clone().unwrap_or_default(),
            signed_at: now,
        };
        Ok(Some(Self { key: key::open(path, &verb.passphrase)?, header }))
    }

    /// Writes a receipt for each return that counts. One that came at a time that nobody knows gets none: a receipt is believed.
    ///
    /// # Errors
    /// Where a file cannot be written.
    pub(super) fn give(
        &self,
        collation: &Collation,
        out: &mut OutFolder,
        output: &mut Output,
    ) -> Result<(), Failure> {
        let (mut given, mut untimed) = (0_usize, 0_usize);
        for file in collation.files.iter().filter(|file| file.counts()) {
            let Some(found) = file.as_return() else { continue };
            let Some(at) = known(file) else {
                untimed += 1;
                continue;
            };
            let text = receipt(found, at).seal(&self.key, &self.header);
            out.write(&name(found), text.as_bytes())?;
            given += 1;
        }
        let receipts = if given == 1 { "receipt" } else { "receipts" };
        output.line(&format!("{given} {receipts} signed"));
        if untimed > 0 {
            let returns = if untimed == 1 { "return has" } else { "returns have" };
            output.line(&format!("{untimed} {returns} no receipt, because nothing says when it came: give --received or --received-at."));
        }
        output.member("receipts", i64::try_from(given).unwrap_or(i64::MAX));
        output.member("without_receipt", i64::try_from(untimed).unwrap_or(i64::MAX));
        Ok(())
    }
}

/// When a file came, where somebody or something says so; a file’s own time is a guess.
fn known(file: &File) -> Option<Instant> {
    match file.judged.received {
        Received::At(at, source) if source != Source::Assumed => Some(at),
        Received::At(..) | Received::Unknown => None,
    }
}

fn receipt(found: &Return, received_at: Instant) -> Receipt {
    Receipt {
        return_id: found.id.clone(),
        collection: found.collection.id.clone(),
        template: found.template.clone(),
        organisation: found.organisation.code.clone(),
        revision: found.revision,
        received_at,
        verdict: found.verdict.code().to_owned(),
    }
}

/// Where a receipt lies. An organisation’s code is whatever a stranger wrote, so only its letters and digits are used.
fn name(found: &Return) -> String {
    let code: String =
        found.organisation.code.chars().filter(char::is_ascii_alphanumeric).take(12).collect();
    let id: String = found.id.chars().take(OF_ID).collect();
    format!("{FOLDER}/ia-receipt_{}_{code}_r{}_{id}.json", found.template, found.revision)
}
