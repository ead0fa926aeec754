//! The short names of keys.

use std::fmt;

use sha2::{Digest as _, Sha256};
use thiserror::Error;

use super::base64url;
use super::key::PublicKey;
use crate::hash::groups;

/// SHA-256 of a public key as a JWK (RFC 7638, RFC 8037 appendix A.3). Written as 43 characters of
/// base64url, as in `kid`.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Thumbprint([u8; 32]);

/// A text that is no thumbprint.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("not a thumbprint of 43 characters")]
pub struct ThumbprintError;

impl Thumbprint {
    pub(super) fn of(key: PublicKey) -> Self {
        // The members that RFC 7638 section 3.2 and RFC 8037 section 2 require, in their order.
        let jwk = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, key.x());
        Self(Sha256::digest(jwk).into())
    }

    /// Reads the 43 characters.
    ///
    /// # Errors
    ///
    /// [`ThumbprintError`] for anything else, padding and stray last bits too.
    pub fn parse(text: &str) -> Result<Self, ThumbprintError> {
        base64url::decode_array(text).map(Self).ok_or(ThumbprintError)
    }

    /// The first 60 bits, to compare two copies of what was sealed over the telephone:
    /// `XXXX-XXXX-XXXX` in Crockford's base32.
    pub fn check_code(self) -> String {
        groups(&self.0, 3)
    }

    /// The first 100 bits in five groups, to enrol a key: enough that nobody can make another key with
    /// the same code.
    pub fn enrolment_code(self) -> String {
        groups(&self.0, 5)
    }
}

impl fmt::Display for Thumbprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&base64url::encode(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_the_first_bits_in_groups_of_four() {
        let mut bytes = [0; 32];
        // 00001 00010 00011 00100 | 11111 00000 11111 11110 | 10000 …
        bytes[..7].copy_from_slice(&[0x08, 0x86, 0x4f, 0x83, 0xfe, 0x80, 0x00]);
        let thumbprint = Thumbprint(bytes);
        assert_eq!(thumbprint.check_code(), "1234-Z0ZY-G000");
        assert_eq!(thumbprint.enrolment_code(), "1234-Z0ZY-G000-0000-0000");
        assert_eq!(Thumbprint([0xff; 32]).enrolment_code(), "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ");
    }
}
