//! The file: a draft, a sealed return, and what can be said of a file that arrives.
//!
//! In: bytes, and the operator's own [`Set`](crate::collection::Set). Out: a [`Draft`], a
//! [`Sealed`] file, or a [`Verified`] return, which comes only from [`verify`]. The form is that of
//! DESIGN.md 4: `{"return": {…}, "signatures": [{"protected": …, "signature": …}]}`, where the
//! signed bytes are the canonical form (RFC 8785) of `return`.

mod across;
mod approve;
mod compare;
mod content;
mod counts;
mod draft;
mod draft_file;
mod receipt;
mod recheck;
mod seal;
mod verify;
mod whole;

pub use across::{Whole, across};
pub use approve::{ApproveError, approve, merge};
pub use compare::{Change, Changes, Version, compare};
pub use content::{
    Content, DRAFT_FORMAT, Engine, ExplanationEntry, OrganisationRef, RETURN_FORMAT, TemplateRef,
};
pub use counts::{Candidate, Oddity, Place, counts};
pub use draft::{Draft, DraftError};
pub use draft_file::DraftFile;
pub use receipt::{About, Receipt};
pub use recheck::Difference;
pub use seal::{SealError, Sealed, Sealing, seal};
pub use verify::{ContentVerdict, SignatureVerdict, Verified, verify};
pub use whole::{WholeReturn, id_if_whole};

/// The version of this program, as `engine.version` says it.
pub const ENGINE_VERSION: &str = env!("CARGO_PKG_VERSION");
