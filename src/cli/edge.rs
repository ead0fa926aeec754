//! The outside values: files, the clock, randomness.

use super::Failure;
use crate::json::MAX_BYTES;
use crate::time::{Date, Instant};
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use zeroize::Zeroizing;

/// Reads a file, or standard input for `-`. Nothing longer than the reader takes is read to its
/// end: one byte more is enough for the reader to refuse it with its own words.
///
/// # Errors
/// Where it cannot be opened or read.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let unreadable = |error: std::io::Error| {
        Failure::unreadable(
            format!("{}: {error}", path.display()),
            "Check the file’s name and that you may read it.",
        )
    };
    let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        std::io::stdin().take(most).read_to_end(&mut bytes).map_err(unreadable)?;
    } else {
        File::open(path)
            .map_err(unreadable)?
            .take(most)
            .read_to_end(&mut bytes)
            .map_err(unreadable)?;
    }
    Ok(bytes)
}

/// Writes a new file; one that is there is never overwritten.
///
/// # Errors
/// Where the file is there already or cannot be written.
pub(super) fn write_new(path: &Path, text: &str, private: bool) -> Result<(), Failure> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if private {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    #[cfg(not(unix))]
    let _ = private;
    let written = options.open(path).and_then(|mut file| {
        let whole = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
        // A part of a file is worse than none: it would stand in the way of the next try.
        whole.inspect_err(|_| drop(std::fs::remove_file(path)))
    });
    written.map_err(|error| {
        let help = "Choose another name or folder. A file that is there is never overwritten.";
        Failure::unreadable(format!("{}: {error}", path.display()), help)
    })
}

/// The present, by this computer's clock.
///
/// # Errors
/// Where the clock stands outside the years that are kept.
#[allow(clippy::disallowed_methods, reason = "the edge is where the clock is read")]
pub(super) fn now() -> Result<Instant, Failure> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let seconds = since.ok().and_then(|elapsed| i64::try_from(elapsed.as_secs()).ok());
    seconds.and_then(|seconds| Instant::from_seconds(seconds).ok()).ok_or_else(|| {
        Failure::unreadable(
            "this computer’s clock shows no usable time",
            "Set the clock, or give the time with --at.",
        )
    })
}

/// A time given as an argument.
///
/// # Errors
/// Where it is none.
pub(super) fn time(text: &str) -> Result<Instant, Failure> {
    Instant::parse(text)
        .map_err(|error| Failure::usage(format!("“{text}” is {error}"), error.remedy()))
}

/// Random bytes from the operating system.
///
/// # Errors
/// Where it gives none.
pub(super) fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>, Failure> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|error| {
        Failure::unreadable(
            format!("the operating system gave no random numbers: {error}"),
            "Try again.",
        )
    })?;
    Ok(bytes)
}

/// A date given as an argument.
///
/// # Errors
/// Where it is none.
pub(super) fn date(text: &str) -> Result<Date, Failure> {
    Date::parse(text)
        .map_err(|error| Failure::usage(format!("“{text}” is {error}"), error.remedy()))
}
