//! Key files: PKCS#8 in PEM (RFC 5958, RFC 7468, RFC 8410), locked with a passphrase by PBES2
//! (RFC 8018), as `openssl pkey` reads and writes them.
//!
//! Written is one form only: version 1, PBKDF2 with HMAC-SHA-256 and AES-256-CBC. Read are versions 1
//! and 2, locked or not, with PBKDF2 (HMAC-SHA-224 to HMAC-SHA-512) or scrypt, and AES. A file says
//! itself how much work it takes to open, so what it asks for is checked before any of it is done.
//!
//! The work can be done in portions ([`Opening`], [`Locking`]), for where a person watches it. That holds for files with the
//! lock that is written here, which is also what `openssl` makes where nobody tells it otherwise; another lock is opened in
//! one go, by the library.

use aes::Aes256;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt as _, BlockModeEncrypt as _, KeyIvInit as _};
use pkcs8::der::asn1::{AnyRef, BitStringRef, OctetStringRef};
use pkcs8::der::{self, Decode as _, Encode as _, SecretDocument, SliceReader, pem};
use pkcs8::pkcs5::{self, EncryptionScheme, pbes2};
use pkcs8::{
    AlgorithmIdentifierRef, EncryptedPrivateKeyInfoRef, LineEnding, ObjectIdentifier,
    PrivateKeyInfoRef,
};
use thiserror::Error;
use zeroize::Zeroizing;

use super::key::SecretKey;
use super::stretch::Stretch;

/// Rounds of PBKDF2 in files that are written.
pub const PBKDF2_ROUNDS: u32 = 600_000;
/// The most rounds of PBKDF2 in files that are read, inclusive: some seconds of work.
pub const MAX_PBKDF2_ROUNDS: u32 = 5_000_000;
/// The most memory of scrypt in files that are read, 128·N·r in bytes, inclusive: 32 MiB.
pub const MAX_SCRYPT_BYTES: u64 = 32 << 20;
/// The most passes of scrypt over its memory (the parameter p) in files that are read, inclusive.
pub const MAX_SCRYPT_PASSES: u16 = 16;
/// The longest file that is read, in bytes, inclusive; one key takes about 400.
pub const MAX_BYTES: usize = 16_384;
/// The fewest characters of a passphrase for a file that is written.
pub const SHORTEST_PASSPHRASE: usize = 12;

const LOCKED: &str = "ENCRYPTED PRIVATE KEY";
const UNLOCKED: &str = "PRIVATE KEY";
/// `id-Ed25519` (RFC 8410 section 3).
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// Why a key file was not read or written. Displays as a phrase without capital or full stop.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum KeyFileError {
    /// The passphrase is another one, or the file was changed: the two cannot be told apart.
    #[error("the passphrase does not open the key file, or the file is damaged")]
    DoesNotOpen,
    /// No PEM text with a private key in PKCS#8.
    #[error("not a key file: expected a PEM text that begins “-----BEGIN {LOCKED}-----”")]
    NotAKeyFile,
    /// A key that does not sign with Ed25519, or one in another frame than PKCS#8.
    #[error("the key is of another kind than Ed25519 in PKCS#8")]
    OtherKey,
    /// Locked by other means than PBES2 with PBKDF2 or scrypt, SHA-2 and AES.
    #[error("the key file is locked in a way that is not read here")]
    OtherLock,
    /// Opening the file would take more work or memory than any file of ours.
    #[error("the key file asks for {found} {unit}, the limit is {limit}")]
    TooCostly {
        /// What is counted.
        unit: &'static str,
        /// How much the file asks for.
        found: u64,
        /// How much is done.
        limit: u64,
    },
}

impl KeyFileError {
    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::DoesNotOpen => {
                "Type the passphrase again, or use your other copy of the key file"
            }
            Self::NotAKeyFile => "Check that this is the key file and not the return",
            Self::OtherKey => "Make a key with “ia-returns key new”",
            Self::OtherLock | Self::TooCostly { .. } => {
                "Lock the key anew with “openssl pkcs8 -topk8 -v2 aes-256-cbc -iter 600000”"
            }
        }
    }
}

/// Writes a key file, locked with `passphrase`. `salt` and `iv` must be random and used once.
///
/// # Errors
///
/// Those of [`Locking::begin`] and [`Locking::finish`].
pub fn write(
    key: &SecretKey,
    passphrase: &[u8],
    salt: [u8; 16],
    iv: [u8; 16],
) -> Result<Zeroizing<String>, KeyFileError> {
    Locking::begin(passphrase, salt, iv)?.finish(key)
}

/// A key file on its way to being written. What is secret in it is wiped when dropped.
pub struct Locking {
    stretch: Box<Stretch>,
    lock: pbes2::Parameters,
    iv: [u8; 16],
}

impl Locking {
    /// Before any work is done. `salt` and `iv` must be random and used once.
    ///
    /// # Errors
    ///
    /// None that is known: the parameters are within what PKCS#8 can hold. [`KeyFileError::NotAKeyFile`] stands for a fault
    /// of the library that writes it.
    pub fn begin(passphrase: &[u8], salt: [u8; 16], iv: [u8; 16]) -> Result<Self, KeyFileError> {
        let lock = pbes2::Parameters::generate_pbkdf2_sha256_aes256cbc(PBKDF2_ROUNDS, &salt, iv);
        let stretch = Stretch::new(passphrase, &salt, PBKDF2_ROUNDS);
        match (stretch, lock) {
            (Some(stretch), Ok(lock)) => Ok(Self { stretch, lock, iv }),
            _ => Err(KeyFileError::NotAKeyFile),
        }
    }

    /// Does so many rounds of the work, or as many as are left; how much is done then, in hundredths: 100 is all.
    pub fn work(&mut self, rounds: u32) -> u32 {
        self.stretch.work(rounds);
        self.stretch.hundredths()
    }

    /// The file with this key; does the work that is left first.
    ///
    /// # Errors
    ///
    /// As for [`Locking::begin`].
    pub fn finish(&mut self, key: &SecretKey) -> Result<Zeroizing<String>, KeyFileError> {
        // CurvePrivateKey ::= OCTET STRING, inside the OCTET STRING of PKCS#8 (RFC 8410 section 7).
        let mut curve_key = Zeroizing::new(vec![0x04, 0x20]);
        curve_key.extend_from_slice(key.seed());
        let mut write = || {
            let algorithm = AlgorithmIdentifierRef { oid: ED25519, parameters: None };
            let key = PrivateKeyInfoRef::new(algorithm, OctetStringRef::new(&curve_key)?);
            let plain = Zeroizing::new(key.to_der()?);
            let cipher = cbc::Encryptor::<Aes256>::new(self.stretch.key().into(), &self.iv.into());
            let locked = cipher.encrypt_padded_vec::<Pkcs7>(&plain);
            let file = EncryptedPrivateKeyInfoRef {
                encryption_algorithm: self.lock.clone().into(),
                encrypted_data: OctetStringRef::new(&locked)?,
            };
            pkcs8::Result::Ok(SecretDocument::try_from(file)?.to_pem(LOCKED, LineEnding::LF)?)
        };
        write().map_err(|_| KeyFileError::NotAKeyFile)
    }
}

/// Whether `pem` is a key file that takes a passphrase to read.
///
/// # Errors
///
/// [`KeyFileError::NotAKeyFile`] or [`KeyFileError::OtherKey`].
pub fn needs_passphrase(pem: &[u8]) -> Result<bool, KeyFileError> {
    label(trimmed(pem)).map(|label| label == LOCKED)
}

/// Reads a key file; `passphrase` is not looked at where the file is not locked.
///
/// # Errors
///
/// Those of [`Opening::begin`] and [`Opening::finish`].
pub fn read(pem: &[u8], passphrase: &[u8]) -> Result<SecretKey, KeyFileError> {
    Opening::begin(pem, passphrase)?.finish()
}

/// A key file on its way to being opened. What is secret in it is wiped when dropped.
pub struct Opening(Stage);

enum Stage {
    /// What was in the file: nothing locked it, or its lock is none that is opened in portions.
    Open(Zeroizing<Vec<u8>>),
    /// It opens once the work is done.
    Locked { stretch: Box<Stretch>, iv: [u8; 16], file: Zeroizing<Vec<u8>> },
}

impl Opening {
    /// Looks at the file, and at how much work its lock asks for; does none of it, unless the lock is one that is opened in
    /// one go. `passphrase` is not looked at where the file is not locked.
    ///
    /// # Errors
    ///
    /// Every [`KeyFileError`]. A file whose lock asks for too much is refused before any work is done.
    pub fn begin(pem: &[u8], passphrase: &[u8]) -> Result<Self, KeyFileError> {
        let pem = trimmed(pem);
        let locked = label(pem)? == LOCKED;
        // As long as the text, so that it never grows and leaves a copy behind.
        let mut buffer = Zeroizing::new(vec![0; pem.len()]);
        let (_, der) = pem::decode(pem, &mut buffer).map_err(|_| KeyFileError::DoesNotOpen)?;
        let open = || Ok(Stage::Open(der.to_vec().into()));
        if locked { unlock(der, passphrase) } else { open() }.map(Self)
    }

    /// Does so many rounds of the work, or as many as are left; how much is done then, in hundredths: 100 is all.
    pub fn work(&mut self, rounds: u32) -> u32 {
        match &mut self.0 {
            Stage::Open(_) => 100,
            Stage::Locked { stretch, .. } => {
                stretch.work(rounds);
                stretch.hundredths()
            }
        }
    }

    /// The key in the file; does the work that is left first.
    ///
    /// # Errors
    ///
    /// [`KeyFileError::DoesNotOpen`] or [`KeyFileError::OtherKey`].
    pub fn finish(&mut self) -> Result<SecretKey, KeyFileError> {
        match &mut self.0 {
            Stage::Open(key) => read_key(key),
            Stage::Locked { stretch, iv, file } => {
                let cipher = cbc::Decryptor::<Aes256>::new(stretch.key().into(), (&*iv).into());
                let key = cipher.decrypt_padded::<Pkcs7>(file);
                read_key(key.map_err(|_| KeyFileError::DoesNotOpen)?)
            }
        }
    }
}

/// Editors add a byte-order mark or empty lines; neither means anything.
fn trimmed(pem: &[u8]) -> &[u8] {
    pem.strip_prefix("\u{feff}".as_bytes()).unwrap_or(pem).trim_ascii()
}

fn label(pem: &[u8]) -> Result<&'static str, KeyFileError> {
    if pem.len() > MAX_BYTES {
        return Err(KeyFileError::NotAKeyFile);
    }
    match pem::decode_label(pem) {
        Ok(LOCKED) => Ok(LOCKED),
        Ok(UNLOCKED) => Ok(UNLOCKED),
        Ok(other) if other.ends_with(UNLOCKED) => Err(KeyFileError::OtherKey),
        _ => Err(KeyFileError::NotAKeyFile),
    }
}

fn unlock(der: &[u8], passphrase: &[u8]) -> Result<Stage, KeyFileError> {
    let file = EncryptedPrivateKeyInfoRef::try_from(der).map_err(|error| match error {
        pkcs8::Error::Asn1(error) if is_unknown(error) => KeyFileError::OtherLock,
        _ if is_other_lock(der) => KeyFileError::OtherLock,
        _ => KeyFileError::DoesNotOpen,
    })?;
    check_cost(&file.encryption_algorithm)?;
    if let Some((stretch, iv)) = in_portions(&file.encryption_algorithm, passphrase) {
        return Ok(Stage::Locked {
            stretch,
            iv,
            file: file.encrypted_data.as_bytes().to_vec().into(),
        });
    }
    let key = file.decrypt(passphrase).map_err(|error| match error {
        pkcs8::Error::EncryptedPrivateKey(pkcs5::Error::UnsupportedAlgorithm { .. }) => {
            KeyFileError::OtherLock
        }
        _ => KeyFileError::DoesNotOpen,
    })?;
    Ok(Stage::Open(key.to_bytes()))
}

/// The work for a lock that is opened in portions: PBKDF2 with HMAC-SHA-256, and AES-256-CBC.
fn in_portions(scheme: &EncryptionScheme, passphrase: &[u8]) -> Option<(Box<Stretch>, [u8; 16])> {
    let lock = scheme.pbes2()?;
    let kdf = lock.kdf.pbkdf2()?;
    let pbes2::EncryptionScheme::Aes256Cbc { iv } = lock.encryption else { return None };
    // A length that is said must be the cipher's: the library refuses another.
    if kdf.prf != pbes2::Pbkdf2Prf::HmacWithSha256
        || kdf.key_length.is_some_and(|length| length != 32)
    {
        return None;
    }
    Some((Stretch::new(passphrase, kdf.salt.as_bytes(), kdf.iteration_count)?, iv))
}

/// Whether the fault is an algorithm that the library has not heard of.
fn is_unknown(error: der::Error) -> bool {
    matches!(error.kind(), der::ErrorKind::OidUnknown { .. })
}

/// Whether it says that it is locked by other means than PBES2: PBES1, or those of PKCS#12. The library says of them
/// only that it cannot read them.
fn is_other_lock(der: &[u8]) -> bool {
    let algorithm = |der| {
        let file = AnyRef::from_der(der)?;
        AlgorithmIdentifierRef::decode(&mut SliceReader::new(file.value())?)
    };
    let found: der::Result<AlgorithmIdentifierRef<'_>> = algorithm(der);
    found.is_ok_and(|found| found.oid != pbes2::PBES2_OID)
}

fn check_cost(scheme: &EncryptionScheme) -> Result<(), KeyFileError> {
    let lock = scheme.pbes2().ok_or(KeyFileError::OtherLock)?;
    match &lock.kdf {
        pbes2::Kdf::Pbkdf2(lock) => match lock.iteration_count {
            0 => Err(KeyFileError::DoesNotOpen),
            found => within("rounds of PBKDF2", found.into(), MAX_PBKDF2_ROUNDS.into()),
        },
        pbes2::Kdf::Scrypt(lock) => {
            // Looked at here because the library takes the logarithm before it looks.
            if lock.cost_parameter < 2 || !lock.cost_parameter.is_power_of_two() {
                return Err(KeyFileError::DoesNotOpen);
            }
            let block = 128 * u64::from(lock.block_size);
            let memory = lock.cost_parameter.saturating_mul(block);
            within("bytes of memory for scrypt", memory, MAX_SCRYPT_BYTES)?;
            let passes = lock.parallelization;
            within("passes of scrypt", passes.into(), MAX_SCRYPT_PASSES.into())
        }
        _ => Err(KeyFileError::OtherLock),
    }
}

fn within(unit: &'static str, found: u64, limit: u64) -> Result<(), KeyFileError> {
    if found > limit { Err(KeyFileError::TooCostly { unit, found, limit }) } else { Ok(()) }
}

/// Reads `OneAsymmetricKey` (RFC 5958 section 2) with a key of RFC 8410.
fn read_key(der: &[u8]) -> Result<SecretKey, KeyFileError> {
    let file = PrivateKeyInfoRef::try_from(der).map_err(|_| KeyFileError::DoesNotOpen)?;
    if file.algorithm.oid != ED25519 {
        return Err(KeyFileError::OtherKey);
    }
    let seed = match file.private_key.as_bytes() {
        [0x04, 0x20, seed @ ..] => <[u8; 32]>::try_from(seed).map(Zeroizing::new),
        _ => return Err(KeyFileError::DoesNotOpen),
    };
    let key = SecretKey::from_seed(seed.map_err(|_| KeyFileError::DoesNotOpen)?);
    // RFC 8410 section 3: no parameters. RFC 5958: the public half must belong to the private one.
    let fits = |public: BitStringRef<'_>| public.as_bytes() == Some(&key.public().to_bytes());
    if file.algorithm.parameters.is_none() && file.public_key.is_none_or(fits) {
        Ok(key)
    } else {
        Err(KeyFileError::DoesNotOpen)
    }
}
