//! The databases that are measured: a folder for SQLite, an address for PostgreSQL.

use super::bulk::{self, Chunk};
use crate::failure;
use mithaq_store::{Database, Engine, PostgresDatabase, Reader, Surroundings};
use std::path::PathBuf;
use std::thread::JoinHandle;

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
}

impl Ledger {
    /// Who looks.
    pub fn reader(&self) -> anyhow::Result<Reader> {
        Ok(match self {
            Self::Sqlite(database) => database.reader()?,
            Self::Postgres(database) => database.reader()?,
        })
    }

    /// Who decides and writes.
    pub fn engine(&self, around: Surroundings) -> anyhow::Result<(Engine, JoinHandle<()>)> {
        Ok(match self {
            Self::Sqlite(database) => Engine::start(database.store()?, around)?,
            Self::Postgres(database) => Engine::start(database.store()?, around)?,
        })
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
