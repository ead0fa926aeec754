//! The collation: what a region makes of many returns.
//!
//! In: files, each judged on its own ([`judge`]), and what the operator knows ([`Operator`]) and decided ([`Decisions`]).
//! Out: a [`Collation`], the same for the same files in whatever order they came, and from it [`Table`]s, of which
//! every export is made.

#[cfg(not(target_arch = "wasm32"))]
pub mod author;
mod collation;
mod decisions;
mod entered;
#[cfg(any(not(target_arch = "wasm32"), feature = "collate"))]
pub mod export;
mod facts;
mod figures;
mod judge;
#[cfg(any(not(target_arch = "wasm32"), feature = "collate"))]
mod manifest;
mod owed;
mod picture;
mod placing;
mod questions;
mod regional;
mod report;
mod table;
mod typed;
#[cfg(any(not(target_arch = "wasm32"), feature = "collate"))]
pub mod typed_rows;
#[cfg(any(not(target_arch = "wasm32"), feature = "collate"))]
pub mod unpack;

pub use collation::{Collation, Fate, Figures, File, From, Operator, Sender, Why, collate};
pub use decisions::{
    Confirmed, Decisions, DecisionsError, Entered, FORMAT as COLLATION_FORMAT, Note, SOURCES,
    Source, Stamp,
};
pub use entered::EnteredFigures;
pub use facts::{Amount, Counted, Facts, Line, Look, Outcome, Part, Told};
pub use figures::figures;
pub use judge::{Bench, Claims, Judged, Other, OtherKind, Raised, Return, What, judge};
#[cfg(any(not(target_arch = "wasm32"), feature = "collate"))]
pub use manifest::{Manifest, ManifestError};
pub use owed::{Asked, Owed, Status};
pub use picture::{By, FORMAT as PICTURE_FORMAT, Grid, Measure, Picture, Regional, Share, Tally};
pub use questions::Question;
pub use regional::regional;
pub use report::{Crosstab, CrosstabRow};
pub use table::{Cell, Column, Kind, Table};
pub use typed::{NOT_KNOWN, Typed};
