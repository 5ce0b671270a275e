//! PostgreSQL, for production: any number of processes over one database, each with one engine and readers.

mod changes;
mod config;
mod connection;
mod database;
mod fetch;
mod fold;
mod handshake;
mod migrate;
mod pool;
mod rows;
mod runtime;
mod sets;
mod store;
mod tls;
mod url;
mod values;
mod write;

pub use connection::reason;
pub use database::PostgresDatabase;
pub use pool::Pool;
pub use store::{PgStore, PgTransaction};
