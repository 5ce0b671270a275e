//! Opening a database: the lock, the schema, the settings that make it durable.

use super::{Pool, fetch, fold, write};
use crate::store::{Store, StoreTransaction, WriteSet};
use crate::{Keeper, Reader, StoreError};
use mithaq_domain::{Key, Row};
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The migrations, oldest first.
const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/sqlite/0001_first.sql"),
    include_str!("../../migrations/sqlite/0002_orders.sql"),
    include_str!("../../migrations/sqlite/0003_agreements.sql"),
];
/// The schema this program writes: how many migrations were run, and one, because 1 was only ever written by builds
/// before there was anything to be kept.
#[expect(clippy::cast_possible_wrap, reason = "a handful")]
pub const SCHEMA_VERSION: i64 = 1 + MIGRATIONS.len() as i64;
/// "MTHQ": marks the file as ours.
const APPLICATION_ID: i64 = 0x4D54_4851;

/// A directory with a database in it, used by one process.
pub struct Database {
    path: PathBuf,
    /// Held while the process lives.
    _lock: File,
}

impl Database {
    /// Opens the database in `directory`, making and migrating it as needed.
    ///
    /// # Errors
    /// When the directory cannot be used, another process uses it, or the database is not ours or newer
    /// than this program. Nothing is changed then.
    pub fn open(directory: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(directory)?;
        let lock = File::options().create(true).truncate(false).write(true).open(directory.join("lock"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreError::InUse),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        let path = directory.join("mithaq.db");
        let mut connection = Connection::open(&path)?;
        migrate(&mut connection)?;
        Ok(Self { path, _lock: lock })
    }

    /// Opens an existing database only to read it, without locking anybody out.
    ///
    /// # Errors
    /// When there is none, or it is not ours or newer than this program.
    pub fn inspect(directory: &Path) -> Result<Reader, StoreError> {
        let path = directory.join("mithaq.db");
        let connection = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        check_version(&connection)?;
        Ok(Reader::over_sqlite(Pool::new(path)?))
    }

    /// The writer, for the engine.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub fn store(&self) -> Result<SqliteStore, StoreError> {
        let connection = Connection::open(&self.path)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", "ON")?;
        connection.pragma_update(None, "cache_size", -32_768)?;
        connection.set_prepared_statement_cache_capacity(128);
        Ok(SqliteStore { connection })
    }

    /// This process's standing: it is alone.
    #[must_use]
    pub fn keeper(&self) -> Keeper {
        Keeper::alone()
    }

    /// The readers.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub fn reader(&self) -> Result<Reader, StoreError> {
        Ok(Reader::over_sqlite(Pool::new(self.path.clone())?))
    }
}

fn check_version(connection: &Connection) -> Result<i64, StoreError> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let application: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if tables > 0 && application != APPLICATION_ID {
        return Err(StoreError::Foreign);
    }
    if version == 1 {
        return Err(StoreError::TooOld);
    }
    if version > SCHEMA_VERSION {
        return Err(StoreError::Newer { found: version, known: SCHEMA_VERSION });
    }
    Ok(version)
}

/// Runs what is missing, all of it or nothing.
fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let version = check_version(connection)?;
    if version == SCHEMA_VERSION {
        return Ok(());
    }
    connection.pragma_update(None, "journal_mode", "WAL")?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for migration in MIGRATIONS.iter().skip(usize::try_from(version - 1).unwrap_or(0)) {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    transaction.commit()?;
    Ok(())
}

/// The engine's connection.
pub struct SqliteStore {
    connection: Connection,
}

impl Store for SqliteStore {
    type Transaction<'a> = SqliteTransaction<'a>;

    fn begin(&mut self) -> Result<Self::Transaction<'_>, StoreError> {
        Ok(SqliteTransaction { inner: self.connection.transaction_with_behavior(TransactionBehavior::Immediate)? })
    }
}

/// One transaction of the engine.
pub struct SqliteTransaction<'a> {
    inner: rusqlite::Transaction<'a>,
}

impl SqliteTransaction<'_> {
    fn row(&self, key: &Key) -> Result<Option<Row>, StoreError> {
        if let Key::Account(id) = key
            && id.is_collecting()
        {
            fold::account(&self.inner, id)?;
        }
        fetch::row(&self.inner, key)
    }
}

impl StoreTransaction for SqliteTransaction<'_> {
    fn fetch(&mut self, keys: &[Key]) -> Result<Vec<(Key, Option<Row>)>, StoreError> {
        keys.iter().map(|key| Ok((key.clone(), self.row(key)?))).collect()
    }

    fn write(&mut self, set: &WriteSet) -> Result<(), StoreError> {
        write::set(&self.inner, set)
    }

    fn commit(self) -> Result<(), StoreError> {
        self.inner.commit().map_err(Into::into)
    }
}
