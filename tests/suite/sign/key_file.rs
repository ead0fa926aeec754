//! Key files: ours, and those of `openssl`.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use base64ct::{Base64UrlUnpadded, Encoding as _};
use ia_returns::sign::key_file::{
    self, KeyFileError, MAX_PBKDF2_ROUNDS, MAX_SCRYPT_BYTES, MAX_SCRYPT_PASSES, PBKDF2_ROUNDS,
};
use ia_returns::sign::{Header, Kind, PublicKey, Role, SecretKey, sign};
use ia_returns::time::Instant;
use pkcs8::der::asn1::OctetStringRef;
use pkcs8::der::{EncodePem as _, pem::LineEnding};
use pkcs8::pkcs5::pbes2::{
    EncryptionScheme, Kdf, Parameters, Pbkdf2Params, Pbkdf2Prf, ScryptParams,
};
use pkcs8::{EncryptedPrivateKeyInfoRef, PrivateKeyInfoRef, SecretDocument};

use super::key;

const PASSPHRASE: &[u8] = "three words, écrits".as_bytes();
const SALT: [u8; 16] = [3; 16];
const IV: [u8; 16] = [4; 16];

/// RFC 8410 section 10.3: version 1, version 2 with an attribute, and the public key of both.
const RFC_8410_V1: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
-----END PRIVATE KEY-----
";
const RFC_8410_V2: &str = "-----BEGIN PRIVATE KEY-----
MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
oB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrB
Z9w7lshQhqowtrbLDFw4rXAxZuE=
-----END PRIVATE KEY-----
";
const RFC_8410_X: &str = "Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE";

fn public(file: impl AsRef<[u8]>, passphrase: &[u8]) -> Result<PublicKey, KeyFileError> {
    key_file::read(file.as_ref(), passphrase).map(|key| key.public())
}

/// The key of RFC 8410, locked as `kdf` and `encryption` say.
fn locked(kdf: impl Into<Kdf>, encryption: EncryptionScheme) -> String {
    let (_, der) = SecretDocument::from_pem(RFC_8410_V1).unwrap();
    let key = PrivateKeyInfoRef::try_from(der.as_bytes()).unwrap();
    let lock = Parameters { kdf: kdf.into(), encryption };
    let locked = key.encrypt_with_params(lock, PASSPHRASE).unwrap();
    locked.to_pem("ENCRYPTED PRIVATE KEY", LineEnding::LF).unwrap().to_string()
}

/// A file that asks for this much work; nobody has done any of it.
fn asking(kdf: impl Into<Kdf>) -> String {
    let lock = Parameters { kdf: kdf.into(), encryption: EncryptionScheme::Aes256Cbc { iv: IV } };
    let encrypted_data = OctetStringRef::new(&[0; 48]).unwrap();
    EncryptedPrivateKeyInfoRef { encryption_algorithm: lock.into(), encrypted_data }
        .to_pem(LineEnding::LF)
        .unwrap()
}

fn pbkdf2(rounds: u32, prf: Pbkdf2Prf) -> Pbkdf2Params {
    Pbkdf2Params { prf, ..Pbkdf2Params::hmac_sha256(rounds, &SALT).unwrap() }
}

fn scrypt(cost_parameter: u64, block_size: u16, parallelization: u16) -> ScryptParams {
    let salt = SALT[..].try_into().unwrap();
    ScryptParams { salt, cost_parameter, block_size, parallelization, key_length: None }
}

#[test]
fn a_key_file_is_read_back() {
    let file = key_file::write(&key(9), PASSPHRASE, SALT, IV).unwrap();
    assert!(file.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"), "{}", *file);
    assert_eq!(key_file::needs_passphrase(file.as_bytes()), Ok(true));
    assert_eq!(public(&*file, PASSPHRASE), Ok(key(9).public()));
    // As editors and mail programs leave it
    let windows = format!("\u{feff}{}\r\n\r\n", file.replace('\n', "\r\n"));
    assert_eq!(public(windows, PASSPHRASE), Ok(key(9).public()));
    assert_eq!(public(format!("Key of the analyst\n{}", *file), PASSPHRASE), Ok(key(9).public()));
    // The lock is as strong as the documentation says.
    let (_, der) = SecretDocument::from_pem(&file).unwrap();
    let file = EncryptedPrivateKeyInfoRef::try_from(der.as_bytes()).unwrap();
    let lock = file.encryption_algorithm.pbes2().unwrap();
    assert_eq!(lock.kdf, pbkdf2(PBKDF2_ROUNDS, Pbkdf2Prf::HmacWithSha256).into());
    assert_eq!(lock.encryption, EncryptionScheme::Aes256Cbc { iv: IV });
}

#[test]
fn a_wrong_passphrase_and_a_damaged_file_get_one_plain_message() {
    let file =
        locked(pbkdf2(1000, Pbkdf2Prf::HmacWithSha256), EncryptionScheme::Aes256Cbc { iv: IV });
    assert!(public(&file, PASSPHRASE).is_ok());
    for passphrase in [&b""[..], b"three words", "three words, e\u{301}crits".as_bytes(), &[0xff]] {
        let error = public(&file, passphrase).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the passphrase does not open the key file, or the file is damaged"
        );
        assert!(!error.remedy().is_empty());
    }
    let lines: Vec<_> = file.lines().collect();
    let without_a_line = [&lines[..2], &lines[3..]].concat().join("\n");
    let damaged = [
        without_a_line,
        file.replacen('M', "*", 1),
        // The last byte of what is locked
        file.replacen("=\n-----END", "A\n-----END", 1),
        RFC_8410_V1.replace("MC4CAQAw", "MC4CAQAx"),
        RFC_8410_V1.replace("VhC\n", "VhCAAAA\n"),
        "-----BEGIN PRIVATE KEY-----\n\n-----END PRIVATE KEY-----\n".to_owned(),
        // Another public half than the private one's
        RFC_8410_V2.replace("AxZuE=", "AxZuA="),
    ];
    for file in damaged {
        let error = public(&file, PASSPHRASE).unwrap_err();
        assert_eq!(error, KeyFileError::DoesNotOpen, "{file}");
    }
}

#[test]
fn both_versions_of_rfc_8410_are_read_unlocked() {
    for file in [RFC_8410_V1, RFC_8410_V2] {
        assert_eq!(public(file, b"not looked at").unwrap().x(), RFC_8410_X);
        assert_eq!(key_file::needs_passphrase(file.as_bytes()), Ok(false));
    }
}

#[test]
fn every_lock_within_the_limits_is_read() {
    let aes = EncryptionScheme::Aes256Cbc { iv: IV };
    let files = [
        locked(pbkdf2(1, Pbkdf2Prf::HmacWithSha224), aes),
        locked(pbkdf2(1000, Pbkdf2Prf::HmacWithSha384), EncryptionScheme::Aes128Cbc { iv: IV }),
        locked(pbkdf2(1000, Pbkdf2Prf::HmacWithSha512), EncryptionScheme::Aes192Cbc { iv: IV }),
        locked(scrypt(2, 1, 1), EncryptionScheme::Aes256Gcm { nonce: [5; 12] }),
        locked(scrypt(16_384, 8, 1), aes),
        // 128 · 32,768 · 8 = 32 MiB, the limit
        locked(scrypt(32_768, 8, 1), aes),
        locked(scrypt(1_024, 8, MAX_SCRYPT_PASSES), aes),
    ];
    for file in files {
        assert_eq!(public(&file, PASSPHRASE).unwrap().x(), RFC_8410_X, "{file}");
    }
}

#[test]
fn a_file_that_asks_for_too_much_is_refused_before_any_work() {
    // Done, the work would take from a minute to years, or all of the memory.
    let sha = Pbkdf2Prf::HmacWithSha256;
    let too_costly = |unit, found, limit| KeyFileError::TooCostly { unit, found, limit };
    let rounds = |found| too_costly("rounds of PBKDF2", found, MAX_PBKDF2_ROUNDS.into());
    let memory = |found| too_costly("bytes of memory for scrypt", found, MAX_SCRYPT_BYTES);
    let cases = [
        (asking(pbkdf2(MAX_PBKDF2_ROUNDS + 1, sha)), rounds(5_000_001)),
        (asking(pbkdf2(100_000_000, sha)), rounds(100_000_000)),
        (asking(scrypt(65_536, 8, 1)), memory(64 << 20)),
        (asking(scrypt(32_768, 9, 1)), memory(36 << 20)),
        (asking(scrypt(1 << 63, u16::MAX, u16::MAX)), memory(u64::MAX)),
        (asking(scrypt(32_768, 8, 17)), too_costly("passes of scrypt", 17, 16)),
        (asking(scrypt(2, 1, u16::MAX)), too_costly("passes of scrypt", 65_535, 16)),
        // No cost at all, or one that scrypt has not
        (asking(pbkdf2(0, sha)), KeyFileError::DoesNotOpen),
        (asking(scrypt(0, 8, 1)), KeyFileError::DoesNotOpen),
        (asking(scrypt(1, 8, 1)), KeyFileError::DoesNotOpen),
        (asking(scrypt(3, 8, 1)), KeyFileError::DoesNotOpen),
        (asking(scrypt(16_384, 0, 1)), KeyFileError::DoesNotOpen),
        (asking(scrypt(16_384, 8, 0)), KeyFileError::DoesNotOpen),
    ];
    for (file, error) in cases {
        assert_eq!(public(&file, PASSPHRASE), Err(error), "{file}");
    }
    assert_eq!(
        rounds(10_000_000).to_string(),
        "the key file asks for 10000000 rounds of PBKDF2, the limit is 5000000"
    );
}

#[test]
fn other_files_are_told_from_key_files() {
    let files = [
        ("", KeyFileError::NotAKeyFile),
        ("{\"return\":{}}", KeyFileError::NotAKeyFile),
        (
            "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n",
            KeyFileError::NotAKeyFile,
        ),
        ("-----BEGIN PRIVATE KEY-----\nMC4C", KeyFileError::NotAKeyFile),
        (
            "-----BEGIN RSA PRIVATE KEY-----\nMC4C\n-----END RSA PRIVATE KEY-----\n",
            KeyFileError::OtherKey,
        ),
        (
            "-----BEGIN OPENSSH PRIVATE KEY-----\nMC4C\n-----END OPENSSH PRIVATE KEY-----\n",
            KeyFileError::OtherKey,
        ),
        // X25519 (1.3.101.110), which agrees on keys and signs nothing
        (&RFC_8410_V1.replace("BQYDK2Vw", "BQYDK2Vu"), KeyFileError::OtherKey),
        (&RFC_8410_V1.repeat(200), KeyFileError::NotAKeyFile),
        (&asking(pbkdf2(1000, Pbkdf2Prf::HmacWithSha1)), KeyFileError::OtherLock),
    ];
    for (file, error) in files {
        assert_eq!(public(file, PASSPHRASE), Err(error), "{file}");
    }
}

#[test]
fn no_change_of_one_byte_makes_another_key_or_a_panic() {
    let lock = pbkdf2(1, Pbkdf2Prf::HmacWithSha256);
    let file = locked(lock, EncryptionScheme::Aes256Gcm { nonce: [5; 12] });
    for at in 0..file.len() {
        for byte in *b"\0A/z-\n" {
            let mut bytes = file.clone().into_bytes();
            bytes[at] = byte;
            if let Ok(key) = public(bytes, PASSPHRASE) {
                assert_eq!(key.x(), RFC_8410_X, "byte {at}");
            }
        }
        let _ = public(&file.as_bytes()[..at], PASSPHRASE);
    }
}

/// Runs `openssl`, or says loudly that it is not there. What it prints, if it succeeds.
fn openssl(arguments: &[&str], input: &[u8]) -> Option<Vec<u8>> {
    let started = Command::new("openssl")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut process) = started else {
        assert!(std::env::var_os("CI").is_none(), "openssl is needed: install it");
        eprintln!("skipped: openssl is not installed, so its key files were not tried");
        return None;
    };
    process.stdin.take().unwrap().write_all(input).unwrap();
    let output = process.wait_with_output().unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "openssl {arguments:?}: {complaint}");
    Some(output.stdout)
}

/// A folder of its own for each test, removed afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("ia-returns-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(Path::new(&self.0));
    }
}

/// What `openssl pkey -pubout` says of a key: 12 bytes of frame, then the key.
fn public_of_der(der: &[u8]) -> PublicKey {
    PublicKey::from_bytes(der[12..].try_into().unwrap()).unwrap()
}

#[test]
fn openssl_opens_our_key_files() {
    let file = key_file::write(&key(9), b"a passphrase", SALT, IV).unwrap();
    let arguments = ["pkey", "-passin", "pass:a passphrase", "-pubout", "-outform", "DER"];
    let Some(der) = openssl(&arguments, file.as_bytes()) else { return };
    assert_eq!(public_of_der(&der), key(9).public());
}

#[test]
fn we_open_the_key_files_of_openssl() {
    let Some(plain) = openssl(&["genpkey", "-algorithm", "ed25519"], b"") else { return };
    let der = openssl(&["pkey", "-pubout", "-outform", "DER"], &plain).unwrap();
    let expected = public_of_der(&der);
    assert_eq!(public(&plain, b""), Ok(expected));
    let text = openssl(&["pkey", "-text"], &plain).unwrap();
    assert_eq!(public(&text[..], b""), Err(KeyFileError::NotAKeyFile), "text follows the key");
    let locks: [&[&str]; 8] = [
        &["pkey", "-aes-256-cbc", "-passout", "pass:x y"],
        &["pkcs8", "-topk8", "-passout", "pass:x y"],
        &["pkcs8", "-topk8", "-v2", "aes-128-cbc", "-passout", "pass:x y"],
        &["pkcs8", "-topk8", "-v2", "aes-256-cbc", "-iter", "600000", "-passout", "pass:x y"],
        &["pkcs8", "-topk8", "-v2prf", "hmacWithSHA512", "-passout", "pass:x y"],
        &["pkcs8", "-topk8", "-scrypt", "-passout", "pass:x y"],
        &[
            "pkcs8",
            "-topk8",
            "-scrypt",
            "-scrypt_N",
            "1024",
            "-scrypt_r",
            "8",
            "-scrypt_p",
            "16",
            "-passout",
            "pass:x y",
        ],
        &["pkcs8", "-topk8", "-v2", "aes-192-cbc", "-passout", "pass:x y"],
    ];
    for arguments in locks {
        let file = openssl(arguments, &plain).unwrap();
        assert_eq!(public(&file, b"x y"), Ok(expected), "{arguments:?}");
        assert_eq!(public(&file, b"x z"), Err(KeyFileError::DoesNotOpen), "{arguments:?}");
    }
    let others: [&[&str]; 2] = [
        &["pkcs8", "-topk8", "-v2", "des3", "-passout", "pass:x y"],
        &["pkcs8", "-topk8", "-v2prf", "hmacWithSHA1", "-passout", "pass:x y"],
    ];
    for arguments in others {
        let file = openssl(arguments, &plain).unwrap();
        assert_eq!(public(&file, b"x y"), Err(KeyFileError::OtherLock), "{arguments:?}");
    }
    let rsa = openssl(&["genpkey", "-algorithm", "RSA"], b"").unwrap();
    assert_eq!(public(&rsa, b""), Err(KeyFileError::OtherKey));
}

#[test]
fn openssl_verifies_our_signatures() {
    let payload = br#"{"format":"ia-return/1"}"#;
    let header = Header {
        role: Role::Approver,
        signer_name: "D. Director".to_owned(),
        signer_job_title: "Director on call".to_owned(),
        signed_at: Instant::parse("2023-07-28T10:40:00+01:00").unwrap(),
    };
    let secret: SecretKey = key(9);
    let signature = sign(&secret, Kind::Return, payload, &header);
    let file = key_file::write(&secret, b"x", SALT, IV).unwrap();
    let arguments = ["pkey", "-passin", "pass:x", "-pubout"];
    let Some(public) = openssl(&arguments, file.as_bytes()) else { return };
    let folder = Folder::new("verify");
    let input = format!("{}.{}", signature.protected, Base64UrlUnpadded::encode_string(payload));
    let bytes = Base64UrlUnpadded::decode_vec(&signature.signature).unwrap();
    let (public, input) = (folder.file("public", public), folder.file("input", input));
    let signature = folder.file("signature", bytes);
    let said = openssl(
        &[
            "pkeyutl", "-verify", "-pubin", "-inkey", &public, "-rawin", "-in", &input, "-sigfile",
            &signature,
        ],
        b"",
    );
    assert_eq!(said.unwrap(), b"Signature Verified Successfully\n");
}
