//! The hash that documents, returns and templates are known by.

use sha2::{Digest, Sha256};

/// SHA-256 (FIPS 180-4).
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// SHA-256 (FIPS 180-4) in lower-case hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let mut text = String::with_capacity(64);
    for byte in digest {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
    }
    text
}

/// Douglas Crockford's base32: no I, L, O or U, which people mistake for one another.
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The first bits of a SHA-256 as people read them out: groups of four symbols of five bits each, at most six of them.
pub(crate) fn groups(hash: &[u8; 32], count: u32) -> String {
    let head = hash.first_chunk().map_or(0, |head| u128::from_be_bytes(*head));
    let mut code = String::new();
    for index in 0..count * 4 {
        if index > 0 && index % 4 == 0 {
            code.push('-');
        }
        let symbol = usize::try_from((head >> (123 - 5 * index)) & 31).unwrap_or_default();
        code.push(CROCKFORD.get(symbol).copied().map_or(' ', char::from));
    }
    code
}

/// The check code of a text, in so many groups.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn code(bytes: &[u8], count: u32) -> String {
    groups(&Sha256::digest(bytes).into(), count)
}

/// Whether a text has the form of such a hash.
pub fn is_sha256_hex(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}
