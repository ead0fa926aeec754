//! Key files of every kind, and what the page says of each. `tests/engine/keys.test.mjs` asks the engine that ships the
//! same of the same files.

use std::path::{Path, PathBuf};

use ia_returns::page::keys::Panel;
use ia_returns::sign::{SecretKey, key_file};
use pkcs8::der::EncodePem as _;
use pkcs8::der::asn1::OctetStringRef;
use pkcs8::der::pem::LineEnding;
use pkcs8::pkcs5::pbes2::{
    EncryptionScheme, Kdf, Parameters, Pbkdf2Params, Pbkdf2Prf, ScryptParams,
};
use pkcs8::{
    AlgorithmIdentifierRef, EncryptedPrivateKeyInfoRef, ObjectIdentifier, PrivateKeyInfoRef,
};

use super::{PASSPHRASE, Place};

const SALT: [u8; 16] = [3; 16];
const IV: [u8; 16] = [4; 16];
const LIST: &str = "keys.json";

/// RFC 8410 section 10.3, version 2 with an attribute and the public key.
const RFC_8410_V2: &str = "-----BEGIN PRIVATE KEY-----
MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
oB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrB
Z9w7lshQhqowtrbLDFw4rXAxZuE=
-----END PRIVATE KEY-----
";

/// A file, what is typed, and what is said: a thumbprint where it opens, else why not.
struct Case {
    file: &'static str,
    pem: String,
    passphrase: &'static str,
    says: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/keys")
}

/// A key of this kind, not locked.
fn plain(kind: &str) -> String {
    let curve_key = [&[0x04, 0x20][..], &[9; 32]].concat();
    let oid = ObjectIdentifier::new(kind).unwrap();
    let algorithm = AlgorithmIdentifierRef { oid, parameters: None };
    let key = PrivateKeyInfoRef::new(algorithm, OctetStringRef::new(&curve_key).unwrap());
    key.to_pem(LineEnding::LF).unwrap()
}

fn locked(kdf: impl Into<Kdf>, encryption: EncryptionScheme) -> String {
    let curve_key = [&[0x04, 0x20][..], &[9; 32]].concat();
    let oid = ObjectIdentifier::new("1.3.101.112").unwrap();
    let algorithm = AlgorithmIdentifierRef { oid, parameters: None };
    let key = PrivateKeyInfoRef::new(algorithm, OctetStringRef::new(&curve_key).unwrap());
    let lock = Parameters { kdf: kdf.into(), encryption };
    let file = key.encrypt_with_params(lock, PASSPHRASE).unwrap();
    file.to_pem("ENCRYPTED PRIVATE KEY", LineEnding::LF).unwrap().to_string()
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

fn scrypt(cost_parameter: u64) -> ScryptParams {
    let salt = SALT[..].try_into().unwrap();
    ScryptParams { salt, cost_parameter, block_size: 8, parallelization: 1, key_length: None }
}

fn cases() -> Vec<Case> {
    let key = || SecretKey::from_seed([9; 32].into());
    let nine = key().public().thumbprint().to_string();
    let cbc = EncryptionScheme::Aes256Cbc { iv: IV };
    let ours = key_file::write(&key(), PASSPHRASE.as_bytes(), SALT, IV).unwrap().to_string();
    let case = |file, pem: &str, passphrase, says: &str| Case {
        file,
        pem: pem.to_owned(),
        passphrase,
        says: says.to_owned(),
    };
    let does_not_open = "The passphrase does not open the key file, or the file is damaged.";
    vec![
        case("ours.pem", &ours, PASSPHRASE, &nine),
        case("ours.pem", &ours, "four words, ecrits", does_not_open),
        case(
            "damaged.pem",
            &ours.replacen("AQE", "AQF", 1).replace('z', "y"),
            PASSPHRASE,
            does_not_open,
        ),
        case("plain.pem", &plain("1.3.101.112"), "", &nine),
        case("rfc-8410.pem", RFC_8410_V2, "", "3YZxBJ12jO3n_mXt_q-j_Z-TFP1vt-NiI3OCf-fEnHQ"),
        case(
            "sha-512.pem",
            &locked(
                pbkdf2(1000, Pbkdf2Prf::HmacWithSha512),
                EncryptionScheme::Aes128Cbc { iv: IV },
            ),
            PASSPHRASE,
            &nine,
        ),
        case("scrypt.pem", &locked(scrypt(1 << 14), cbc), PASSPHRASE, &nine),
        case(
            "too-many-rounds.pem",
            &asking(pbkdf2(5_000_001, Pbkdf2Prf::HmacWithSha256)),
            PASSPHRASE,
            "The key file asks for 5000001 rounds of PBKDF2, the limit is 5000000.",
        ),
        case(
            "too-much-memory.pem",
            &asking(scrypt(1 << 16)),
            PASSPHRASE,
            "The key file asks for 67108864 bytes of memory for scrypt, the limit is 33554432.",
        ),
        case(
            "x25519.pem",
            &plain("1.3.101.110"),
            "",
            "The key is of another kind than Ed25519 in PKCS#8.",
        ),
        case("words.pem", "no key\n", PASSPHRASE, "Not a key file:"),
    ]
}

/// What the cases are, for the test that asks the engine.
fn list(cases: &[Case]) -> String {
    let listed: Vec<_> = cases
        .iter()
        .map(|case| {
            serde_json::json!({ "file": case.file, "passphrase": case.passphrase, "says": case.says })
        })
        .collect();
    serde_json::to_string_pretty(&listed).unwrap() + "\n"
}

#[test]
fn every_key_file_opens_or_is_refused_in_words() {
    for Case { file, pem, passphrase, says } in cases() {
        let mut place = Place::at(Panel::Seal);
        place.choose("key-file", &pem);
        place.press("open-key", &[("passphrase", passphrase)]);
        let said =
            ["keys-open", "key-file-message", "passphrase-message"].map(|it| place.region(it));
        assert!(said.concat().contains(&says), "{file}: {said:?}");
    }
}

#[test]
fn the_files_are_those_that_the_engine_is_asked_about() {
    let cases = cases();
    let mut files = vec![(LIST, list(&cases))];
    files.extend(cases.into_iter().map(|case| (case.file, case.pem)));
    for (name, text) in files {
        let path = folder().join(name);
        if std::env::var_os("IA_WRITE").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(written, text, "{name}: write it with IA_WRITE=1");
    }
}
