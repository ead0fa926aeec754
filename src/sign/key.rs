//! Keys.

use std::fmt;

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use thiserror::Error;
use zeroize::Zeroizing;

use super::base64url;
use super::thumbprint::Thumbprint;

/// An Ed25519 private key (RFC 8032 section 5.1.5). Wiped from memory when dropped; neither shown nor
/// written except into a key file.
pub struct SecretKey(SigningKey);

impl SecretKey {
    /// The key that grows from 32 random bytes. They must come from the system's generator.
    #[expect(clippy::needless_pass_by_value, reason = "the seed is wiped here, at its last use")]
    pub fn from_seed(seed: Zeroizing<[u8; 32]>) -> Self {
        Self(SigningKey::from_bytes(&seed))
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    pub(super) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }

    /// The 32 bytes that it grew from.
    #[cfg(any(not(target_arch = "wasm32"), feature = "keys"))]
    pub(crate) fn seed(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretKey({})", self.public().thumbprint())
    }
}

/// Why 32 bytes are not a public key that is taken here.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum PublicKeyError {
    /// The bytes name no point of the curve.
    #[error("not a point of Ed25519")]
    NotAPoint,
    /// Another way to write a point than the one of RFC 8032 section 5.1.2.
    #[error("not the one encoding of a point of Ed25519")]
    NotCanonical,
    /// A point of small order, under which one signature fits nearly every message.
    #[error("a key of small order")]
    SmallOrder,
}

/// An Ed25519 public key: a point of large order in its one encoding, so that no two keys verify the
/// same signatures.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Takes the encoding of RFC 8032 section 5.1.2.
    ///
    /// # Errors
    ///
    /// Every [`PublicKeyError`].
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, PublicKeyError> {
        if !is_reduced(bytes) {
            return Err(PublicKeyError::NotCanonical);
        }
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| PublicKeyError::NotAPoint)?;
        if key.is_weak() { Err(PublicKeyError::SmallOrder) } else { Ok(Self(key)) }
    }

    /// The encoding of RFC 8032 section 5.1.2.
    pub fn to_bytes(self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The encoding as the member `x` of a JWK (RFC 8037 section 2): 43 characters of base64url.
    pub fn x(self) -> String {
        base64url::encode(self.0.as_bytes())
    }

    /// The thumbprint by which the key is known.
    pub fn thumbprint(self) -> Thumbprint {
        Thumbprint::of(self)
    }

    /// Whether `signature` is this key's over `message`: RFC 8032 section 5.1.7 without its leeway,
    /// S less than the group order, R not of small order and in its one encoding.
    pub(super) fn verifies(self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify_strict(message, &Signature::from_bytes(signature)).is_ok()
    }
}

/// Whether y is less than the field's prime 2^255 − 19. The other ambiguity, a sign of x = 0, belongs
/// to points of small order, which are refused as such.
fn is_reduced(bytes: &[u8; 32]) -> bool {
    let [low, middle @ .., high] = bytes;
    *low < 0xed || middle.iter().any(|byte| *byte != 0xff) || high & 0x7f != 0x7f
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::Verifier as _;

    use super::*;

    fn bytes<const N: usize>(hex: &str) -> [u8; N] {
        let digits: Vec<_> = hex.chars().filter_map(|c| c.to_digit(16)).collect();
        let bytes: Vec<_> =
            digits.chunks(2).map(|pair| u8::try_from(pair[0] * 16 + pair[1]).unwrap()).collect();
        bytes.try_into().unwrap()
    }

    /// RFC 8032 section 7.1: secret key, public key, message, signature.
    const RFC_8032: [(&str, &str, &str, &str); 4] = [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
        (
            "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
            "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
        ),
    ];

    #[test]
    fn keys_sign_and_verify_as_in_rfc_8032() {
        for (secret, public, message, signature) in RFC_8032 {
            let key = SecretKey::from_seed(Zeroizing::new(bytes(secret)));
            let message = match message.len() {
                0 => Vec::new(),
                2 => bytes::<1>(message).to_vec(),
                4 => bytes::<2>(message).to_vec(),
                _ => bytes::<64>(message).to_vec(),
            };
            assert_eq!(key.public().to_bytes(), bytes(public));
            assert_eq!(PublicKey::from_bytes(&bytes(public)), Ok(key.public()));
            assert_eq!(key.sign(&message), bytes(signature));
            assert!(key.public().verifies(&message, &bytes(signature)));
            assert!(!key.public().verifies(b"another message", &bytes(signature)));
        }
    }

    #[test]
    fn a_signature_with_the_group_order_added_to_s_is_refused() {
        let (_, public, _, signature) = RFC_8032[1];
        let key = PublicKey::from_bytes(&bytes(public)).unwrap();
        let mut signature: [u8; 64] = bytes(signature);
        assert!(key.verifies(&[0x72], &signature));
        // L = 2^252 + 27742317777372353535851937790883648493, little-endian
        let order: [u8; 32] =
            bytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        let mut carry = 0;
        for (byte, add) in signature[32..].iter_mut().zip(order) {
            let sum = u16::from(*byte) + u16::from(add) + carry;
            *byte = u8::try_from(sum & 0xff).unwrap();
            carry = sum >> 8;
        }
        assert_eq!(carry, 0);
        assert!(!key.verifies(&[0x72], &signature));
    }

    #[test]
    fn a_signature_whose_r_is_of_small_order_is_refused() {
        // R the neutral element, S the private scalar times SHA-512(R ‖ A ‖ M): RFC 8032 lets it pass.
        let key = SecretKey::from_seed(Zeroizing::new([7; 32])).public();
        let signature = bytes(
            "0100000000000000000000000000000000000000000000000000000000000000800a36383f56a02701744a252f18272d3636d824b9964cb914078fbfa2ef280d",
        );
        assert!(key.0.verify(b"", &Signature::from_bytes(&signature)).is_ok());
        assert!(!key.verifies(b"", &signature));
    }

    #[test]
    fn keys_of_small_order_are_refused() {
        // The eight points of small order (the torsion subgroup), in their one encoding
        let points = [
            "0100000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000080",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
            // x = 0 with a sign
            "0100000000000000000000000000000000000000000000000000000000000080",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        ];
        for point in points {
            let refused = PublicKey::from_bytes(&bytes(point));
            assert_eq!(refused, Err(PublicKeyError::SmallOrder), "{point}");
        }
    }

    #[test]
    fn a_second_encoding_of_a_point_is_refused() {
        let encodings = [
            // y = p, p + 1, 2^255 − 1, with and without a sign
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        ];
        for encoding in encodings {
            let refused = PublicKey::from_bytes(&bytes(encoding));
            assert_eq!(refused, Err(PublicKeyError::NotCanonical), "{encoding}");
        }
    }

    #[test]
    fn bytes_off_the_curve_are_refused() {
        let mut y = [0; 32];
        y[0] = 2;
        assert_eq!(PublicKey::from_bytes(&y), Err(PublicKeyError::NotAPoint));
    }

    #[test]
    fn a_secret_key_does_not_show_itself() {
        let key = SecretKey::from_seed(Zeroizing::new([0xab; 32]));
        assert_eq!(format!("{key:?}"), format!("SecretKey({})", key.public().thumbprint()));
    }
}
