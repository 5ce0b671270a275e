//! Read-only connections beside the writer, and what readers ask them.

use super::fetch;
use crate::StoreError;
use crate::reader::{Line, Question, Value};
use mithaq_domain::{Key, State};
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// A pool of read-only connections.
pub struct Pool {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Pool {
    /// Readers of the file at `path`, which must be one.
    pub fn new(path: PathBuf) -> Result<Self, StoreError> {
        let pool = Self { path, idle: Mutex::new(Vec::new()) };
        let first = pool.connect()?;
        pool.give_back(first);
        Ok(pool)
    }

    /// Runs `query` on a thread that may block.
    pub async fn apart<T: Send + 'static>(
        self: &Arc<Self>,
        query: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let pool = Arc::clone(self);
        let work = tokio::task::spawn_blocking(move || pool.with(query));
        work.await.map_err(|_| StoreError::Stopped)?
    }

    /// Runs `query` here and now.
    pub fn with<T>(&self, query: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = idle.map_or_else(|| self.connect(), Ok)?;
        let answer = query(&connection);
        self.give_back(connection);
        answer
    }

    fn connect(&self) -> Result<Connection, StoreError> {
        let connection = Connection::open_with_flags(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.set_prepared_statement_cache_capacity(128);
        Ok(connection)
    }

    fn give_back(&self, connection: Connection) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
    }
}

/// The rows under `keys`, all of the same instant.
pub fn rows(db: &Connection, keys: Vec<Key>) -> Result<State, StoreError> {
    let snapshot = db.unchecked_transaction()?;
    let mut state = State::default();
    for key in keys {
        let row = fetch::row(&snapshot, &key)?;
        state.load(key, row);
    }
    Ok(state)
}

/// The answers to `questions`, all of the same instant.
pub fn snapshot(db: &Connection, questions: &[Question]) -> Result<Vec<Vec<Line>>, StoreError> {
    let snapshot = db.unchecked_transaction()?;
    questions.iter().map(|question| ask(&snapshot, question)).collect()
}

fn ask(db: &Connection, (sql, values): &Question) -> Result<Vec<Line>, StoreError> {
    let mut statement = db.prepare_cached(sql.sqlite())?;
    let width = statement.column_count();
    let lines = statement.query_map(rusqlite::params_from_iter(values), |row| {
        (0..width).map(|column| row.get_ref(column).map(value)).collect::<Result<_, _>>().map(Line)
    })?;
    lines.map(|line| line.map_err(Into::into)).collect()
}

/// No column of ours holds a fraction: one that does reads as nothing.
fn value(cell: ValueRef<'_>) -> Value {
    match cell {
        ValueRef::Null | ValueRef::Real(_) => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Self::Bool(yes) => ToSqlOutput::Borrowed(ValueRef::Integer(i64::from(*yes))),
            Self::Int(number) => ToSqlOutput::Borrowed(ValueRef::Integer(*number)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}
