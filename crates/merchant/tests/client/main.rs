//! The client against a small wallet that really verifies and signs.

mod answers;
mod endpoints;
mod operations;
mod paying;
mod people;
mod stub;
mod until_known;
