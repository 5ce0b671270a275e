//! A database on a server: migrated when it is opened, used by any number of processes.

use super::config::Config;
use super::runtime::apart;
use super::{PgStore, Pool, migrate};
use crate::{Keeper, Reader, StoreError};
use std::sync::Arc;

/// A PostgreSQL database. Connections are encrypted and the server is asked for proof of who it is as the URL says
/// (`sslmode`); without a word about it, neither is to be relied on.
pub struct PostgresDatabase {
    config: Config,
    /// What this process is called among those that share the database.
    process: Arc<str>,
}

impl PostgresDatabase {
    /// Opens the database that `url` names (`postgres://user@host/name`, or `host=… dbname=…`), making and migrating
    /// its tables as needed. Several processes may do so at once.
    ///
    /// # Errors
    /// When the server cannot be reached, or the database is not ours or newer than this program. Nothing is changed
    /// then.
    pub fn open(url: &str) -> Result<Self, StoreError> {
        let config = Config::parse(url)?;
        let process = apart(async || migrate::migrate(&config).await)?;
        Ok(Self { config, process: process.into() })
    }

    /// Opens an existing database only to read it.
    ///
    /// # Errors
    /// When there is none, or it is not of this program's version.
    pub fn inspect(url: &str) -> Result<Reader, StoreError> {
        let config = Config::parse(url)?;
        apart(async || migrate::check(&config).await)?;
        Ok(Reader::over_postgres(Pool::new(config)?, "".into()))
    }

    /// The writer, for the engine. Connects when it is first used.
    ///
    /// # Errors
    /// When the system has no reactor to give.
    pub fn store(&self) -> Result<PgStore, StoreError> {
        PgStore::new(self.config.clone(), Arc::clone(&self.process))
    }

    /// The readers. Of what is due to be delivered they see what this process has to deliver.
    ///
    /// # Errors
    /// When the system has no reactor to give.
    pub fn reader(&self) -> Result<Reader, StoreError> {
        Ok(Reader::over_postgres(Pool::new(self.config.clone())?, Arc::clone(&self.process)))
    }

    /// This process's standing among those that share the database.
    ///
    /// # Errors
    /// When the system has no reactor to give.
    pub fn keeper(&self) -> Result<Keeper, StoreError> {
        Ok(Keeper::among_others(Arc::new(Pool::new(self.config.clone())?), Arc::clone(&self.process)))
    }
}
