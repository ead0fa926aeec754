//! What the fuzz targets call.

mod entries;

pub use entries::*;
