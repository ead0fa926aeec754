//! Who said it, and that nothing has changed since.
//!
//! Ed25519 signatures (RFC 8032) as entries of a JWS in the General JSON Serialization (RFC 7515
//! section 7.2.1, RFC 8037) over detached payloads, thumbprints of keys (RFC 7638) and the codes that
//! people read out to one another, and key files (native only). In go bytes and JSON, and secrets
//! that the caller drew at random: nothing here makes random numbers, or knows what a return is.

mod base64url;
pub mod document;
pub mod issue;
mod jws;
mod key;
#[cfg(any(not(target_arch = "wasm32"), feature = "keys"))]
pub mod key_file;
#[cfg(any(not(target_arch = "wasm32"), feature = "keys"))]
mod stretch;
mod thumbprint;
mod wipe;
#[cfg(test)]
mod wycheproof;

pub use document::{Document, DocumentError};
pub use issue::{Issue, IssueError};
pub(crate) use jws::characters;
pub use jws::{Header, Kind, Role, Signature, SignatureError, Verified, sign, verify};
pub use key::{PublicKey, PublicKeyError, SecretKey};
pub use thumbprint::{Thumbprint, ThumbprintError};
pub use wipe::wipe_stack;
