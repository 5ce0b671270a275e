//! The client against a small wallet that really verifies and signs.

mod answers;
mod endpoints;
mod paying;
mod stub;
