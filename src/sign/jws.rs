//! Signatures: entries of a JWS in the General JSON Serialization (RFC 7515 section 7.2.1) whose
//! payload is detached (appendix F), so that any JOSE library verifies them.

use thiserror::Error;

use super::base64url;
use super::key::{PublicKey, PublicKeyError, SecretKey};
use super::thumbprint::Thumbprint;
use crate::json::{self, Members, ReadError, ShapeError, Shown, object};
use crate::time::Instant;

/// What is signed. Each kind has a `typ` of its own, so that a signature over one cannot pass for a
/// signature over another (RFC 8725 section 3.11).
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Kind {
    /// A key put forward for the register.
    Enrolment,
    /// The list of returns expected and of whom to chase.
    ExpectedList,
    /// A statement that a return arrived.
    Receipt,
    /// Which key belongs to whom.
    Register,
    /// A return.
    Return,
}

impl Kind {
    /// The member `typ` of the protected header (RFC 7515 section 4.1.9).
    pub fn typ(self) -> &'static str {
        match self {
            Self::Enrolment => "ia-enrolment+jws",
            Self::ExpectedList => "ia-expected+jws",
            Self::Receipt => "ia-receipt+jws",
            Self::Register => "ia-register+jws",
            Self::Return => "ia-return+jws",
        }
    }
}

/// What the signer did. Written `approver`, `preparer`.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub enum Role {
    /// Agreed figures that somebody else prepared.
    Approver,
    /// Prepared what is signed.
    #[default]
    Preparer,
}

/// What a signer says of themselves and of the signing. It is as true as its key's owner.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Header {
    /// What the signer did.
    pub role: Role,
    /// The signer's name.
    pub signer_name: String,
    /// The signer's job title.
    pub signer_job_title: String,
    /// When, by the signer's own clock.
    pub signed_at: Instant,
}

/// One entry of `signatures`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Signature {
    /// The protected header, base64url of JSON.
    pub protected: String,
    /// The 64 bytes of the signature, base64url.
    pub signature: String,
}

/// A signature that fits, from [`verify`] only. Whose key it is, is for a register to say.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Verified {
    /// What the signer said.
    pub header: Header,
    /// The signer's key.
    pub key: PublicKey,
    /// The key's thumbprint.
    pub thumbprint: Thumbprint,
}

/// Why a signature is refused: the first reason, in the order of the checks, which is that of
/// [`verify`]. Displays as a phrase without capital or full stop.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum SignatureError {
    /// A text that is not base64url in its one form without padding (RFC 7515 section 2).
    #[error("`{member}` is not base64url without padding")]
    Encoding {
        /// `protected`, `signature` or `x`.
        member: &'static str,
    },
    /// The protected header is not strict JSON.
    #[error("the protected header: {0}")]
    Header(ReadError),
    /// The protected header lacks a member, or has one too many or of the wrong kind.
    #[error("the protected header: {0}")]
    Member(ShapeError),
    /// A member of the protected header does not say what it must.
    #[error("`{member}` is \"{}\", expected {expected}", Shown(found))]
    Says {
        /// Which member.
        member: &'static str,
        /// What it says.
        found: String,
        /// What it must say.
        expected: &'static str,
    },
    /// The key is not one that is taken here.
    #[error("`x` is {0}")]
    Key(PublicKeyError),
    /// `kid` is not the thumbprint of `jwk`.
    #[error("`kid` is {found}, but the key's thumbprint is {expected}")]
    Kid {
        /// What `kid` says.
        found: Thumbprint,
        /// The thumbprint of `jwk`.
        expected: Thumbprint,
    },
    /// The signature is not this key's over this header and payload.
    #[error("the signature does not fit what was signed")]
    Mismatch,
}

impl SignatureError {
    /// What to do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Mismatch => {
                "Do not use this file: it was changed after it was sealed. Ask the sender for it again"
            }
            _ => {
                "Do not use this file: it was not sealed by this tool. Ask the sender for it again"
            }
        }
    }
}

/// The members of the protected header, exactly these, in the order of their canonical form.
struct Protected {
    alg: String,
    jwk: Jwk,
    kid: Thumbprint,
    role: Role,
    signed_at: Instant,
    signer_job_title: String,
    signer_name: String,
    typ: String,
}

/// A public key as RFC 8037 section 2 writes it.
#[derive(Default)]
struct Jwk {
    crv: String,
    kty: String,
    x: String,
}

/// The name of RFC 8037, which every JOSE library knows; [`ALG_NAMED`] is read too.
const ALG: &str = "EdDSA";
/// The name of RFC 9864.
const ALG_NAMED: &str = "Ed25519";
const CRV: &str = "Ed25519";
const KTY: &str = "OKP";

/// Signs `payload` with `key`. Ed25519 needs no randomness: the same input gives the same signature.
///
/// In the signer's name and job title a code point that is not a character becomes U+FFFD, because
/// no reader of I-JSON would take it.
pub fn sign(key: &SecretKey, kind: Kind, payload: &[u8], header: &Header) -> Signature {
    let public = key.public();
    let protected = Protected {
        alg: ALG.to_owned(),
        jwk: Jwk { crv: CRV.to_owned(), kty: KTY.to_owned(), x: public.x() },
        kid: public.thumbprint(),
        role: header.role,
        signed_at: header.signed_at,
        signer_job_title: characters(&header.signer_job_title),
        signer_name: characters(&header.signer_name),
        typ: kind.typ().to_owned(),
    };
    let protected = base64url::encode(protected.canonical().as_bytes());
    let signature = base64url::encode(&key.sign(signing_input(&protected, payload).as_bytes()));
    Signature { protected, signature }
}

/// The text with U+FFFD for every code point that is not a character.
pub(crate) fn characters(text: &str) -> String {
    let mut characters = String::with_capacity(text.len());
    for c in text.chars() {
        characters.push(if json::is_noncharacter(c) { '\u{fffd}' } else { c });
    }
    characters
}

/// RFC 7515 section 5.1, step 8.
fn signing_input(protected: &str, payload: &[u8]) -> String {
    format!("{protected}.{}", base64url::encode(payload))
}

/// Checks a signature over `payload`: encodings, header, `alg`, `typ`, key, `kid`, and last the
/// signature itself, strictly. The key is the one that the header carries: a signature that fits says
/// that nothing has changed since somebody with that key signed, not who that was.
///
/// # Errors
///
/// The first [`SignatureError`], in that order.
pub fn verify(
    signature: &Signature,
    kind: Kind,
    payload: &[u8],
) -> Result<Verified, SignatureError> {
    let protected = base64url::decode(&signature.protected)
        .ok_or(SignatureError::Encoding { member: "protected" })?;
    let bytes = base64url::decode_array(&signature.signature)
        .ok_or(SignatureError::Encoding { member: "signature" })?;
    let Protected { alg, jwk, kid, role, signed_at, signer_job_title, signer_name, typ } =
        read_protected(&protected)?;
    if alg != ALG_NAMED {
        must_say("alg", alg, ALG)?;
    }
    must_say("typ", typ, kind.typ())?;
    must_say("kty", jwk.kty, KTY)?;
    must_say("crv", jwk.crv, CRV)?;
    let x = base64url::decode_array(&jwk.x).ok_or(SignatureError::Encoding { member: "x" })?;
    let key = PublicKey::from_bytes(&x).map_err(SignatureError::Key)?;
    let thumbprint = key.thumbprint();
    if kid != thumbprint {
        return Err(SignatureError::Kid { found: kid, expected: thumbprint });
    }
    if !key.verifies(signing_input(&signature.protected, payload).as_bytes(), &bytes) {
        return Err(SignatureError::Mismatch);
    }
    let header = Header { role, signer_name, signer_job_title, signed_at };
    Ok(Verified { header, key, thumbprint })
}

const ROLES: &[(&str, Role)] = &[("approver", Role::Approver), ("preparer", Role::Preparer)];

fn read_protected(bytes: &[u8]) -> Result<Protected, SignatureError> {
    let value = json::read(bytes).map_err(SignatureError::Header)?;
    let mut m = Members::of(&value);
    let (kid, signed_at) = (m.text("kid"), m.text("signed_at"));
    let (alg, typ, role) = (m.text("alg"), m.text("typ"), m.word("role", ROLES));
    let (signer_job_title, signer_name) = (m.text("signer_job_title"), m.text("signer_name"));
    let jwk = m.part("jwk", Jwk::read);
    m.done(()).map_err(SignatureError::Member)?;
    let kid = Thumbprint::parse(&kid).map_err(|error| unread("/kid", error.to_string()))?;
    let signed_at =
        Instant::parse(&signed_at).map_err(|error| unread("/signed_at", error.to_string()))?;
    Ok(Protected { alg, jwk, kid, role, signed_at, signer_job_title, signer_name, typ })
}

fn unread(pointer: &str, reason: String) -> SignatureError {
    SignatureError::Member(ShapeError { pointer: pointer.to_owned(), reason })
}

impl Jwk {
    fn read(m: &mut Members<'_>) -> Self {
        Self { crv: m.text("crv"), kty: m.text("kty"), x: m.text("x") }
    }
}

impl Protected {
    fn canonical(&self) -> String {
        let role = ROLES.iter().find(|(_, role)| *role == self.role).map_or("", |(word, _)| word);
        let Jwk { crv, kty, x } = &self.jwk;
        let jwk = object(&mut [("crv", crv.into()), ("kty", kty.into()), ("x", x.into())]);
        json::canonical(&object(&mut [
            ("alg", (&self.alg).into()),
            ("jwk", jwk),
            ("kid", self.kid.to_string().into()),
            ("role", (*role).into()),
            ("signed_at", self.signed_at.to_london_text().into()),
            ("signer_job_title", (&self.signer_job_title).into()),
            ("signer_name", (&self.signer_name).into()),
            ("typ", (&self.typ).into()),
        ]))
    }
}

fn must_say(
    member: &'static str,
    found: String,
    expected: &'static str,
) -> Result<(), SignatureError> {
    if found == expected { Ok(()) } else { Err(SignatureError::Says { member, found, expected }) }
}

#[cfg(test)]
mod tests {
    use zeroize::Zeroizing;

    use super::*;

    /// RFC 8037 appendix A.1 and A.4: the key, the header, the payload, the signature.
    #[test]
    fn a_signature_is_that_of_rfc_8037() {
        let seed = base64url::decode_array("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A").unwrap();
        let key = SecretKey::from_seed(Zeroizing::new(seed));
        let input = signing_input("eyJhbGciOiJFZERTQSJ9", b"Example of Ed25519 signing");
        assert_eq!(input, "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc");
        let signature = key.sign(input.as_bytes());
        assert_eq!(
            base64url::encode(&signature),
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
        );
        assert!(key.public().verifies(input.as_bytes(), &signature));
    }
}
