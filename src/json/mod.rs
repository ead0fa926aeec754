//! JSON, read strictly and written in one form only.
//!
//! In go bytes; out come values whose every member appears once, whose numbers are whole and exact,
//! and whose written form is the same on every machine. The reader takes I-JSON (RFC 7493) with
//! integers only; the writer makes the canonical form of RFC 8785, the bytes that get signed.
//! Nothing here knows what a return is.
//!
//! ```
//! let value = ia_returns::json::read(br#"{ "b": 1, "a": [true] }"#)?;
//! assert_eq!(ia_returns::json::canonical(&value), r#"{"a":[true],"b":1}"#);
//!
//! let fault = ia_returns::json::read(br#"{ "a": 1.5 }"#).unwrap_err();
//! assert_eq!(fault.place.pointer, "/a");
//! # Ok::<(), ia_returns::json::ReadError>(())
//! ```

mod canonical;
mod fault;
mod locate;
mod members;
mod place;
mod read;
mod shape;
mod value;

pub use canonical::{canonical, indented};
pub use fault::{ReadError, ReadFault};
pub use locate::locate;
pub use members::{Members, found, whole};
pub use place::{Place, Shown, push_segment, unescape};
pub use read::{is_noncharacter, read};
pub use shape::{ShapeError, refuse_null};
pub use value::{Map, Value, object};

/// The longest document that is read, in bytes, inclusive: a full return of 2,000 rows is a quarter of
/// this, and a limit keeps a hostile file from filling memory.
pub const MAX_BYTES: usize = 4_000_000;

/// The most values that one document may hold, inclusive: a full return of 2,000 rows holds half of
/// this, and a text of four million bytes could hold enough empty objects to fill memory.
pub const MAX_VALUES: usize = 65_536;

/// The deepest nesting of objects and arrays that is read, inclusive; a document that is one object of
/// numbers has depth 1.
pub const MAX_DEPTH: usize = 32;

/// The largest whole number, 2^53 − 1, that every JSON reader holds exactly (RFC 7493 section 2.2);
/// the smallest is its negative.
pub const MAX_INTEGER: i64 = 9_007_199_254_740_991;
