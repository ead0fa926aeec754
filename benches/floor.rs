//! The floor under a collation: one core that reads files, parses them with `serde_json`, and verifies every signature
//! strictly. It judges nothing, re-checks nothing and writes nothing. `cargo xtask bench` runs it beside the command line,
//! on the same files (DESIGN.md 8).
//!
//! `floor FOLDER` prints how many signatures fit and the milliseconds that it took.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a measurement reads the clock, says what it found, and stops where what it measures is not there"
)]

use base64ct::{Base64UrlUnpadded, Encoding as _};
use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::Value;
use std::path::PathBuf;
use std::time::Instant;

fn main() {
    // Cargo gives `--bench` too.
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let Some(folder) = folder else { return };
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path()).collect();
    files.sort();
    let begun = Instant::now();
    let verified: usize = files
        .iter()
        .filter_map(|path| {
            let bytes = std::fs::read(path).expect("a file");
            let file: Value = serde_json::from_slice(&bytes).ok()?;
            Some(
                file["signatures"]
                    .as_array()?
                    .iter()
                    .filter(|one| fits(&file["return"], one))
                    .count(),
            )
        })
        .sum();
    println!("{verified} {}", begun.elapsed().as_millis());
}

/// RFC 7515, appendix F: the payload is detached. Members lie in order of their names, which is the canonical order of these.
fn fits(payload: &Value, entry: &Value) -> bool {
    let text = |name: &str| entry[name].as_str().unwrap_or_default();
    let decoded = |text: &str| Base64UrlUnpadded::decode_vec(text).unwrap_or_default();
    let header: Value = serde_json::from_slice(&decoded(text("protected"))).unwrap_or_default();
    let key = decoded(header["jwk"]["x"].as_str().unwrap_or_default());
    let key = <[u8; 32]>::try_from(key).ok().and_then(|key| VerifyingKey::from_bytes(&key).ok());
    let signature = Signature::from_slice(&decoded(text("signature")));
    let (Some(key), Ok(signature)) = (key, signature) else { return false };
    let bytes = serde_json::to_vec(payload).expect("JSON");
    let signed = [text("protected"), ".", &Base64UrlUnpadded::encode_string(&bytes)].concat();
    key.verify_strict(signed.as_bytes(), &signature).is_ok()
}
