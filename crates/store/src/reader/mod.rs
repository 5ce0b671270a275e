//! Everything that only looks: rows by name, lists, the proof of the ledger. The same over both
//! databases, and only what is durable is seen.

mod agreements;
mod backlog;
mod deliveries;
mod orders;
mod pages;
mod parties;
mod payments;
mod sql;

pub use agreements::ContractView;
pub use backlog::Backlog;
pub use deliveries::{DueDelivery, OutboxFilter};
pub use orders::PaymentView;
pub use payments::{AccountLine, PostingLine};
pub use sql::{Line, Sql, Value};

use crate::{StoreError, postgres, sqlite};
use mithaq_domain::{Key, Row, State};
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// Lists end here; nobody reads further by eye.
const LIST_MAX: i64 = 1_000;

/// Readers beside the engine. Cheap to clone.
#[derive(Clone)]
pub struct Reader {
    source: Source,
}

#[derive(Clone)]
enum Source {
    Sqlite(Arc<sqlite::Pool>),
    /// And what this process is called among others.
    Postgres(Arc<postgres::Pool>, Arc<str>),
}

/// A statement and what it is asked with.
pub type Question = (Sql, Vec<Value>);

impl Reader {
    pub(crate) fn over_sqlite(pool: sqlite::Pool) -> Self {
        Self { source: Source::Sqlite(Arc::new(pool)) }
    }

    pub(crate) fn over_postgres(pool: postgres::Pool, process: Arc<str>) -> Self {
        Self { source: Source::Postgres(Arc::new(pool), process) }
    }

    /// The row under `key`, if there is one.
    ///
    /// # Errors
    /// As every method here: when the database fails or a row is inconsistent.
    pub async fn row(&self, key: Key) -> Result<Option<Row>, StoreError> {
        let state = self.rows(vec![key.clone()]).await?;
        Ok(state.peek(&key).cloned())
    }

    /// The rows under `keys`, as one consistent state.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn rows(&self, keys: Vec<Key>) -> Result<State, StoreError> {
        match &self.source {
            Source::Sqlite(pool) => pool.apart(move |db| sqlite::rows(db, keys)).await,
            Source::Postgres(pool, _) => pool.rows(keys).await,
        }
    }

    /// Asks everything over one snapshot.
    pub(crate) async fn snapshot(&self, questions: Vec<Question>) -> Result<Vec<Vec<Line>>, StoreError> {
        match &self.source {
            Source::Sqlite(pool) => pool.apart(move |db| sqlite::snapshot(db, &questions)).await,
            Source::Postgres(pool, _) => pool.snapshot(questions).await,
        }
    }

    /// The same, here and now: for programs without a reactor.
    pub(crate) fn snapshot_now(&self, questions: Vec<Question>) -> Result<Vec<Vec<Line>>, StoreError> {
        match &self.source {
            Source::Sqlite(pool) => pool.with(|db| sqlite::snapshot(db, &questions)),
            Source::Postgres(pool, _) => pool.snapshot_now(questions),
        }
    }

    /// What this process is called among those that share the database; nothing where it is alone.
    fn process(&self) -> &str {
        match &self.source {
            Source::Sqlite(_) => "",
            Source::Postgres(_, process) => process,
        }
    }

    async fn lines(&self, sql: Sql, values: Vec<Value>) -> Result<Vec<Line>, StoreError> {
        let mut answers = self.snapshot(vec![(sql, values)]).await?;
        Ok(answers.pop().unwrap_or_default())
    }

    /// The bodies that a statement selects as its only column.
    async fn bodies<T: DeserializeOwned>(
        &self,
        table: &'static str,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Vec<T>, StoreError> {
        let lines = self.lines(Sql::Both(sql), values).await?;
        lines.iter().map(|line| line.body(table, 0)).collect()
    }
}
