//! Signatures that fit for whoever does not look closely: the reader of RFC 8032 takes some of them, the strict one none.

use super::make::{encoded, entry, header_of, key, signing_input};
use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION};
use curve25519_dalek::edwards::CompressedEdwardsY;
use curve25519_dalek::scalar::Scalar;
use ed25519_dalek::{Signature, Verifier as _, VerifyingKey};
use ia_returns::json::{self, Value};
use sha2::{Digest as _, Sha256, Sha512};

/// 2^252 + 27742317777372353535851937790883648493, the order of the group, little-endian.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// 2^255 − 18: a second way to write y = 1, the neutral point.
const NEUTRAL_AGAIN: [u8; 32] = {
    let mut bytes = [0xff; 32];
    (bytes[0], bytes[31]) = (0xee, 0x7f);
    bytes
};

/// The header of an entry for another key.
fn header_for(like: &Value, x: &[u8; 32]) -> Value {
    let mut header = header_of(like);
    let x = encoded(x);
    let jwk = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
    header["kid"] = encoded(Sha256::digest(jwk)).into();
    header["jwk"]["x"] = x.into();
    header
}

/// Whether a reader that does only what RFC 8032 says it must takes the signature.
fn fits_loosely(x: &[u8; 32], input: &str, signature: &[u8; 64]) -> bool {
    let key = VerifyingKey::from_bytes(x).expect("a point");
    key.verify(input.as_bytes(), &Signature::from_bytes(signature)).is_ok()
}

/// The thumbprint that a header names.
pub(super) fn kid(entry: &Value) -> Value {
    header_of(entry)["kid"].clone()
}

/// A signature that nobody needed a key for. With R = r·B and S = r it fits wherever k·A is the neutral point: for a
/// point A of order n, under one r in n.
fn under(x: [u8; 32], like: &Value, payload: &str) -> Value {
    let protected = encoded(json::canonical(&header_for(like, &x)));
    let input = signing_input(&protected, payload.as_bytes());
    let signature = (7_u8..=255).find_map(|r| {
        let r = Scalar::from(r);
        let point = (ED25519_BASEPOINT_POINT * r).compress().to_bytes();
        let signature: [u8; 64] = [point, r.to_bytes()].concat().try_into().expect("64 bytes");
        fits_loosely(&x, &input, &signature).then_some(signature)
    });
    entry(&protected, &encoded(signature.expect("one of them fits")))
}

/// The neutral point: the signature fits every text.
pub(super) fn small_order_key(like: &Value, payload: &str) -> Value {
    under(EIGHT_TORSION[0].compress().to_bytes(), like, payload)
}

/// A point of order 8.
pub(super) fn key_of_order_8(like: &Value, payload: &str) -> Value {
    under(EIGHT_TORSION[1].compress().to_bytes(), like, payload)
}

/// The same point, written with y = p + 1.
pub(super) fn key_written_otherwise(like: &Value, payload: &str) -> Value {
    assert!(CompressedEdwardsY(NEUTRAL_AGAIN).decompress().is_some(), "libraries read it");
    under(NEUTRAL_AGAIN, like, payload)
}

/// Bytes that are no point of the curve.
pub(super) fn key_off_the_curve(like: &Value) -> Value {
    let mut x = [0; 32];
    x[0] = 2;
    assert!(CompressedEdwardsY(x).decompress().is_none());
    let protected = encoded(json::canonical(&header_for(like, &x)));
    entry(&protected, like["signature"].as_str().expect("a text"))
}

/// A signature with the order of the group added to S: the same number for the arithmetic, another text.
pub(super) fn s_not_reduced(like: &Value) -> Value {
    let mut signature = super::make::decoded(like["signature"].as_str().expect("a text"));
    let mut carry = 0_u16;
    for (byte, more) in signature[32..].iter_mut().zip(ORDER) {
        carry += u16::from(*byte) + u16::from(more);
        *byte = carry.to_le_bytes()[0];
        carry >>= 8;
    }
    assert_eq!(carry, 0, "it fits into 32 bytes");
    entry(like["protected"].as_str().expect("a text"), &encoded(signature))
}

/// A signature by whoever holds the key whose R is the neutral point: it fits loosely, and says nothing of a secret
/// number having been drawn.
pub(super) fn r_of_small_order(like: &Value, payload: &str, seed: u8) -> Value {
    let protected = like["protected"].as_str().expect("a text");
    let input = signing_input(protected, payload.as_bytes());
    let x = key(seed).public().to_bytes();
    let r = EIGHT_TORSION[0].compress().to_bytes();
    let wide =
        |parts: &[&[u8]]| Scalar::from_bytes_mod_order_wide(&Sha512::digest(parts.concat()).into());
    let k = wide(&[&r, &x, input.as_bytes()]);
    let half: [u8; 32] = Sha512::digest([seed; 32])[..32].try_into().expect("32 bytes");
    let a = Scalar::from_bytes_mod_order(curve25519_dalek::scalar::clamp_integer(half));
    let signature: [u8; 64] = [r, (k * a).to_bytes()].concat().try_into().expect("64 bytes");
    assert!(fits_loosely(&x, &input, &signature));
    entry(protected, &encoded(signature))
}
