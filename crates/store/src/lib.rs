//! The engine (load, decide, apply) and the databases behind it.
//!
//! ```text
//! submit ─┐
//! submit ─┼─> queue ─> one batch: begin · load · decide each · write · commit ─> answer all
//! submit ─┘
//! ```
//!
//! A batch is whatever waited while the last commit was on its way to disk. Nothing is answered
//! before it is durable. See [`Engine`] for writing and [`Reader`] for everything that only looks.
//!
//! Two databases stand behind one [`Store`]: SQLite for one process ([`Database`]), PostgreSQL for any number of
//! them ([`PostgresDatabase`]). Both run the same tests.

mod batch;
mod chore;
mod columns;
mod engine;
mod error;
mod keeper;
mod meter;
mod postgres;
mod queue;
mod reader;
mod sqlite;
mod store;
mod verify;

pub use chore::{Chore, Sent};
pub use engine::{Engine, EngineError, Surroundings};
pub use error::StoreError;
pub use keeper::Keeper;
pub use postgres::{PgStore, PgTransaction, PostgresDatabase};
pub use reader::{AccountLine, Backlog, ContractView, DueDelivery, OutboxFilter, PaymentView, PostingLine, Reader};
pub use sqlite::{Database, SCHEMA_VERSION, SqliteStore};
pub use store::{Credit, Store, StoreTransaction, WriteSet};
pub use verify::{Check, Report};
