//! Passphrases: from a file, from the environment, or asked for. Never from an argument, which
//! other users of the machine can see.

use super::args::Passphrase;
use super::{Failure, edge};
use crate::sign::key_file::SHORTEST_PASSPHRASE;
use std::io::IsTerminal;
use zeroize::Zeroizing;

/// The environment variable that may hold a passphrase.
const VARIABLE: &str = "IA_RETURNS_PASSPHRASE";

/// The passphrase of a key file that is there.
///
/// # Errors
/// Where there is none, and nobody to ask.
pub(super) fn existing(from: &Passphrase) -> Result<Zeroizing<String>, Failure> {
    match given(from)? {
        Some(passphrase) => Ok(passphrase),
        None => ask("Passphrase: "),
    }
}

/// The passphrase for a new key file, asked for twice.
///
/// # Errors
/// Where there is none, it is short, or the two differ.
pub(super) fn new(from: &Passphrase) -> Result<Zeroizing<String>, Failure> {
    let passphrase = if let Some(passphrase) = given(from)? {
        passphrase
    } else {
        let first = ask("New passphrase: ")?;
        if *ask("The same again: ")? != *first {
            let help = "Start again and type the same twice.";
            return Err(Failure::usage("the two passphrases differ", help));
        }
        first
    };
    if passphrase.chars().count() < SHORTEST_PASSPHRASE {
        let help = "Use four or more unrelated words.";
        return Err(Failure::usage(
            format!("the passphrase has fewer than {SHORTEST_PASSPHRASE} characters"),
            help,
        ));
    }
    Ok(passphrase)
}

fn given(from: &Passphrase) -> Result<Option<Zeroizing<String>>, Failure> {
    if let Some(path) = &from.passphrase_file {
        let bytes = Zeroizing::new(edge::read(path)?);
        let text = std::str::from_utf8(&bytes).map_err(|_| {
            Failure::unreadable("the passphrase file is not text", "Save it as UTF-8.")
        })?;
        return Ok(Some(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned())));
    }
    Ok(std::env::var(VARIABLE).ok().map(Zeroizing::new))
}

fn ask(prompt: &str) -> Result<Zeroizing<String>, Failure> {
    if !std::io::stdin().is_terminal() {
        let help =
            format!("Give it with --passphrase-file or in the environment variable {VARIABLE}.");
        return Err(Failure::usage("there is nobody to ask for the passphrase", help));
    }
    rpassword::prompt_password(prompt)
        .map(Zeroizing::new)
        .map_err(|error| Failure::usage(error.to_string(), "Give it with --passphrase-file."))
}
