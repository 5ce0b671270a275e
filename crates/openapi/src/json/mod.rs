//! Strict reading of JSON bodies (spec/openapi.md 1.9 step 11 and 12, 1.10).
//!
//! [`read_object`] takes bytes to a tree or refuses them with `MSG_PARSE_ERROR`; [`Fields`] reads the members, and
//! every failure is `PARAM_ILLEGAL` naming the member and what it must be.

mod fields;
mod language;
#[cfg(test)]
pub(crate) mod seen;
mod strict;

pub use fields::Fields;
pub use language::Language;
pub use strict::{DEPTH_MAX, read_object};
