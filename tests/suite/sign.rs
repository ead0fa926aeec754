//! Signatures, thumbprints, key files.

mod elsewhere;
mod jws;
mod key_file;

use ia_returns::sign::SecretKey;
use zeroize::Zeroizing;

/// A key for tests; `number` tells one from another.
fn key(number: u8) -> SecretKey {
    SecretKey::from_seed(Zeroizing::new([number; 32]))
}
