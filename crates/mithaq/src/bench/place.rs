//! The databases that are measured: a folder for SQLite, an address for PostgreSQL.

use super::bulk::{self, Chunk};
use crate::failure;
use crate::house::{Ground, House, Plan};
use mithaq_store::{Database, PostgresDatabase, Reader};
use std::path::PathBuf;

/// Where a ledger is.
#[derive(Clone, Debug)]
pub enum Place {
    /// In this folder.
    Sqlite(PathBuf),
    /// Under this address.
    Postgres(String),
}

/// A ledger that is open.
pub enum Ledger {
    /// One process's.
    Sqlite(Database),
    /// On a server.
    Postgres(Box<PostgresDatabase>),
}

impl Place {
    /// Opens it, making its tables if need be.
    pub fn open(&self) -> anyhow::Result<Ledger> {
        Ok(match self {
            Self::Sqlite(folder) => {
                Ledger::Sqlite(Database::open(folder).map_err(|error| failure::database(folder, error))?)
            }
            Self::Postgres(url) => Ledger::Postgres(Box::new(PostgresDatabase::open(url)?)),
        })
    }

    /// How much of a disk it takes.
    pub async fn bytes(&self) -> Option<u64> {
        match self {
            Self::Sqlite(folder) => std::fs::metadata(folder.join("mithaq.db")).ok().map(|file| file.len()),
            Self::Postgres(url) => {
                let size = mithaq_cluster::ask(url, "SELECT pg_database_size(current_database())").await;
                size.ok()??.parse().ok()
            }
        }
    }
}

impl Ledger {
    /// Who looks.
    pub fn reader(&self) -> anyhow::Result<Reader> {
        Ok(match self {
            Self::Sqlite(database) => database.reader()?,
            Self::Postgres(database) => database.reader()?,
        })
    }

    /// A wallet over it.
    pub fn house(&self, plan: Plan) -> anyhow::Result<House> {
        match self {
            Self::Sqlite(database) => House::build(Ground::sqlite(database)?, plan),
            Self::Postgres(database) => House::build(Ground::postgres(database)?, plan),
        }
    }

    /// Writes what `chunks` of commands lead to, past the engine.
    pub async fn fill(
        &self,
        chunks: impl Iterator<Item = anyhow::Result<Chunk>> + Send + 'static,
    ) -> anyhow::Result<()> {
        let reader = self.reader()?;
        match self {
            Self::Sqlite(database) => bulk::fill(database.store()?, reader, chunks).await,
            Self::Postgres(database) => bulk::fill(database.store()?, reader, chunks).await,
        }
    }
}
