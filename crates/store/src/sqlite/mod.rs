//! SQLite, the embedded default: one writer (the engine's thread), readers beside it.

mod database;
mod fetch;
mod lists;
mod reader;
mod write;

pub use database::{Database, SCHEMA_VERSION, SqliteStore};
pub use lists::{AccountLine, ContractView, DueDelivery, OutboxFilter, PostingLine};
pub use reader::Reader;
