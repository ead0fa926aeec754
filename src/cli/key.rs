//! `key new`, `key show`: a kept key in a file that openssl opens too.

use super::args::{KeyFile, Passphrase};
use super::output::{Output, Status};
use super::sender_args::ShowKey;
use super::{Failure, edge, passphrase};
use crate::register::Enrolment;
use crate::sign::{SecretKey, key_file};
use std::path::Path;

pub(super) fn new(verb: &KeyFile, output: &mut Output) -> Result<Status, Failure> {
    if verb.file.exists() {
        let help = "Choose another name. A key is never overwritten.";
        return Err(Failure::unreadable(
            format!("{}: there is a file of this name", verb.file.display()),
            help,
        ));
    }
    let passphrase = passphrase::new(&verb.passphrase)?;
    let key = SecretKey::from_seed(edge::random()?);
    let pem = key_file::write(&key, passphrase.as_bytes(), *edge::random()?, *edge::random()?);
    let pem = pem.map_err(|error| Failure::unreadable(error.to_string(), error.remedy()))?;
    edge::write_new(&verb.file, &pem, true)?;
    output.line(&format!("Saved {}", verb.file.display()));
    say(&key, output);
    Ok(Status::Good)
}

pub(super) fn show(verb: &ShowKey, output: &mut Output) -> Result<Status, Failure> {
    let key = open(&verb.file, &verb.passphrase)?;
    say(&key, output);
    let asked = (&verb.organisation, &verb.name, &verb.job_title, &verb.output);
    if let (Some(organisation), Some(name), Some(title), Some(path)) = asked {
        let organisation = organisation.trim().to_ascii_uppercase();
        if organisation.is_empty() || !organisation.bytes().all(|b| b.is_ascii_alphanumeric()) {
            let help =
                "Give its ODS code, letters and digits like RX1. `organisations find` knows it.";
            return Err(Failure::usage(format!("“{organisation}” is no organisation code"), help));
        }
        let now = verb.at.as_deref().map_or_else(edge::now, edge::time)?;
        let request = Enrolment::seal(&key, &organisation, title, name, now);
        edge::write_new(path, &request, false)?;
        output.line(&format!("Saved {}", path.display()));
        output.line("Send it to whoever keeps the list of senders, and read the check code out when they call.");
        output.member("request", path.display().to_string());
    }
    Ok(Status::Good)
}

/// Opens a key file; a passphrase is asked for only where the file is locked.
pub(super) fn open(file: &Path, from: &Passphrase) -> Result<SecretKey, Failure> {
    let bytes = zeroize::Zeroizing::new(edge::read(file)?);
    let unreadable = |error: key_file::KeyFileError| {
        Failure::unreadable(format!("{}: {error}", file.display()), error.remedy())
    };
    let passphrase = if key_file::needs_passphrase(&bytes).map_err(unreadable)? {
        passphrase::existing(from)?
    } else {
        zeroize::Zeroizing::default()
    };
    key_file::read(&bytes, passphrase.as_bytes()).map_err(unreadable)
}

fn say(key: &SecretKey, output: &mut Output) {
    let thumbprint = key.public().thumbprint();
    output.line(&format!("Check code: {}", thumbprint.enrolment_code()));
    output.line(&format!("Thumbprint: {thumbprint}"));
    output.member("check_code", thumbprint.enrolment_code());
    output.member("thumbprint", thumbprint.to_string());
}
