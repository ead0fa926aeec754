//! Key files that other programs made: OpenSSL 3.0.22 and Python's `cryptography` 48.0.0, kept in `tests/data/keys/elsewhere`; and
//! key files of ours, opened by Python where it is there. `key_file.rs` does the same with the `openssl` that is there.

use std::path::Path;
use std::process::Command;

use ia_returns::sign::SecretKey;
use ia_returns::sign::key_file::{self, KeyFileError};

use super::key;

/// What every file in `tests/data/keys/elsewhere` is locked with.
const PASSPHRASE: &str = "four unrelated plain words";

const READ: [&str; 12] = [
    "openssl-open",
    "openssl-scrypt-16-passes",
    "openssl-scrypt-aes-256-cbc",
    "openssl-sha224-aes-256-cbc",
    "openssl-sha256-aes-128-cbc",
    "openssl-sha256-aes-192-cbc",
    "openssl-sha256-aes-256-cbc",
    "openssl-sha256-aes-256-cbc-600000-rounds",
    "openssl-sha384-aes-256-cbc",
    "openssl-sha512-aes-256-cbc",
    "python-cryptography-locked",
    "python-cryptography-open",
];

const REFUSED: [(&str, KeyFileError); 5] = [
    (
        "openssl-5000001-rounds",
        KeyFileError::TooCostly { unit: "rounds of PBKDF2", found: 5_000_001, limit: 5_000_000 },
    ),
    ("openssl-pbes1", KeyFileError::OtherLock),
    ("openssl-sha1-aes-256-cbc", KeyFileError::OtherLock),
    ("openssl-sha256-3des", KeyFileError::OtherLock),
    ("python-cryptography-openssh", KeyFileError::OtherKey),
];

fn kept(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/keys/elsewhere");
    std::fs::read(folder.join(format!("{name}.pem"))).unwrap()
}

fn opened(name: &str) -> Result<SecretKey, KeyFileError> {
    key_file::read(&kept(name), PASSPHRASE.as_bytes())
}

#[test]
fn key_files_that_other_programs_made_are_read_or_refused_for_what_they_are() {
    for name in READ {
        let public = opened(name).map(|key| key.public());
        assert_eq!(public, Ok(key(7).public()), "{name}");
    }
    for (name, error) in REFUSED {
        assert_eq!(opened(name).map(|key| key.public()), Err(error), "{name}");
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/keys/elsewhere");
    let files = std::fs::read_dir(folder).unwrap().count();
    assert_eq!(files, READ.len() + REFUSED.len(), "each file of the folder is named here");
}

/// Opens a key file with Python's `cryptography` and makes two of the same key: open, and locked as it does by itself.
const SCRIPT: &str = "
import sys
from cryptography.hazmat.primitives import serialization as s
phrase = sys.argv[1].encode()
key = s.load_pem_private_key(sys.stdin.buffer.read(), phrase)
for lock in [s.NoEncryption(), s.BestAvailableEncryption(phrase)]:
    print(key.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, lock).decode())
";

/// What Python prints for a script, or nothing, loudly, where it or the package is not there. Unlike openssl it is not
/// asked for where `CI` is set: the files that are kept say the same.
fn python(script: &str, input: &[u8]) -> Option<String> {
    use std::io::Write as _;
    use std::process::Stdio;
    let there = Command::new("python3").args(["-c", "import cryptography"]).output();
    if !there.is_ok_and(|output| output.status.success()) {
        eprintln!(
            "skipped: Python’s cryptography is not installed, so our key files were not tried with it"
        );
        return None;
    }
    let mut command = Command::new("python3");
    command.args(["-c", script, PASSPHRASE]).stdin(Stdio::piped());
    let mut process =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    process.stdin.take().unwrap().write_all(input).unwrap();
    let output = process.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn python_opens_our_key_files_and_we_open_those_of_python() {
    let file = key_file::write(&key(9), PASSPHRASE.as_bytes(), [3; 16], [4; 16]).unwrap();
    let Some(files) = python(SCRIPT, file.as_bytes()) else { return };
    let files: Vec<&str> = files.split("\n\n").filter(|text| !text.trim().is_empty()).collect();
    assert_eq!(files.len(), 2, "{files:?}");
    for file in files {
        let read = key_file::read(file.as_bytes(), PASSPHRASE.as_bytes());
        assert_eq!(read.map(|key| key.public()), Ok(key(9).public()), "{file}");
    }
}
