//! The expression language. The cases are data: `tests/data/rule` and the guide itself.

mod arbitrary;
mod cases;
mod guide;
mod names;
mod oracle;
mod truth;
