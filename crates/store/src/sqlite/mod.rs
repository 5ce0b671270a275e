//! SQLite, the embedded default: one writer (the engine's thread), readers beside it.

mod changes;
mod database;
mod fetch;
mod fold;
mod inbox;
mod pool;
mod rows;
mod standing;
mod write;

pub use database::{Database, SCHEMA_VERSION, SqliteStore};
pub use pool::{Pool, rows, snapshot};
