//! `key new`, `key show`: a kept key in a file that openssl opens too.

use super::args::KeyFile;
use super::output::{Output, Status};
use super::{Failure, edge, passphrase};
use crate::sign::{SecretKey, key_file};

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

pub(super) fn show(verb: &KeyFile, output: &mut Output) -> Result<Status, Failure> {
    say(&open(verb)?, output);
    Ok(Status::Good)
}

/// Opens a key file; a passphrase is asked for only where the file is locked.
pub(super) fn open(verb: &KeyFile) -> Result<SecretKey, Failure> {
    let bytes = zeroize::Zeroizing::new(edge::read(&verb.file)?);
    let unreadable = |error: key_file::KeyFileError| {
        Failure::unreadable(format!("{}: {error}", verb.file.display()), error.remedy())
    };
    let passphrase = if key_file::needs_passphrase(&bytes).map_err(unreadable)? {
        passphrase::existing(&verb.passphrase)?
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
