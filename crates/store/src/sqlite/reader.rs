//! Readers beside the writer: rows by name, and the lists of [`super::lists`]. They see only what is durable.

use super::fetch;
use crate::StoreError;
use mithaq_domain::{Key, Row, State};
use rusqlite::{Connection, OpenFlags};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// A pool of read-only connections. Cheap to clone.
#[derive(Clone)]
pub struct Reader {
    pool: Arc<Pool>,
}

struct Pool {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Reader {
    pub(super) fn new(path: PathBuf) -> Result<Self, StoreError> {
        let pool = Pool { path, idle: Mutex::new(Vec::new()) };
        let first = pool.connect()?;
        pool.give_back(first);
        Ok(Self { pool: Arc::new(pool) })
    }

    /// Runs `query` on a thread that may block.
    ///
    /// # Errors
    /// What the query answers, or [`StoreError::Stopped`] while the program ends.
    pub async fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let pool = Arc::clone(&self.pool);
        let work = tokio::task::spawn_blocking(move || pool.with(query));
        work.await.map_err(|_| StoreError::Stopped)?
    }

    /// Runs `query` here and now: for programs without a reactor.
    ///
    /// # Errors
    /// What the query answers.
    pub fn read_now<T>(&self, query: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.pool.with(query)
    }

    /// The row under `key`, if there is one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn row(&self, key: Key) -> Result<Option<Row>, StoreError> {
        self.read(move |db| fetch::row(db, &key)).await
    }

    /// The rows under `keys`, as one consistent state.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rows(&self, keys: Vec<Key>) -> Result<State, StoreError> {
        self.read(move |db| {
            let snapshot = db.unchecked_transaction()?;
            let mut state = State::default();
            for key in keys {
                let row = fetch::row(&snapshot, &key)?;
                state.load(key, row);
            }
            Ok(state)
        })
        .await
    }
}

impl Pool {
    fn with<T>(&self, query: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = idle.map_or_else(|| self.connect(), Ok)?;
        let answer = query(&connection);
        self.give_back(connection);
        answer
    }

    fn connect(&self) -> Result<Connection, StoreError> {
        let connection = Connection::open_with_flags(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        Ok(connection)
    }

    fn give_back(&self, connection: Connection) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
    }
}
