//! The engine's connection to a database that other processes write to as well.

use super::config::Config;
use super::connection::Connection;
use super::fetch::{self, Locks};
use super::runtime::OwnRuntime;
use super::write::{self, Memory};
use crate::StoreError;
use crate::store::{Store, StoreTransaction, WriteSet};
use mithaq_domain::{Key, Row};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The longest that one step of a transaction may take before the database counts as gone. A merchant waits 25 s.
const STEP_MAX: Duration = Duration::from_secs(10);
/// How long a server that could not be reached is left alone: doubled from the first to the second.
const BACKOFF: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(1));
/// For how long, and how often, a commit is looked for whose answer was lost.
const SEARCH: (Duration, Duration) = (Duration::from_secs(8), Duration::from_millis(250));

/// What a connection of the engine needs to be told. A process that stops in the middle of a batch loses its locks
/// after a while, and with them the batch; nothing waits for ever.
const SETTINGS: &str = "SET idle_in_transaction_session_timeout = '5s'; SET statement_timeout = '9s'; \
    SET default_transaction_isolation = 'read committed'";
/// Every statement of the engine finds rows by their key: a plan made while a table was small must not last. Other
/// engines have no such switch and may refuse.
const PLANS: &str = "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off";
/// Nothing is acknowledged that is not on disk, whatever the server's default.
const DURABLE: &str =
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

/// The engine's store on PostgreSQL.
///
/// # Why READ COMMITTED with row locks is enough
///
/// A decision reads rows by their exact names and nothing else, so that there are no ranges in which a phantom could
/// appear. Of the rows it reads,
///
/// - those that commands compete for (accounts, states of contracts and payments, codes of both kinds, cards, sessions,
///   consents, pages, deliveries) are locked `FOR UPDATE` until the transaction ends: what is decided on cannot change
///   before it is written, which is two-phase locking and serialises those commands;
/// - those that are written once (contracts, deposits, offers, payments and their operations, transfers, merchants'
///   messages, customers) cannot change;
/// - clients, merchants, Mini Programs, users and tokens are read by every payment and change seldom. They are not locked: locking a
///   row writes it. (A token that was never used is locked all the same: whoever reads it is about to change it.) A
///   change to one is written only if the row is still what was read, and decided again if it is not, so that no change
///   is lost (a wrong PIN counts). A charge that was under way while its client was suspended or its payer frozen counts
///   as made before, and so does one with a token that its successor's first use has just revoked. One that was under way
///   while its token was cancelled or its contract ended does not: whatever ends them changes the contract's state, which
///   is locked;
/// - a row that was not there is guarded by its unique key. Whoever inserts it second fails, and its batch is decided
///   again, seeing the first: that is how a request that reaches two processes at once is applied once.
///
/// So the commands of all processes have the effect of some order one after another. SERIALIZABLE would give the same
/// with more retries; an engine that knows only that (and takes the locks as hints) runs the same statements.
///
/// Locks are taken table by table in a fixed order, accounts last, and within a table by name. A batch may need a second round of rows
/// that the first has named, so that two processes can still wait for each other: the database then ends one of the two
/// batches, and it is run again.
///
/// The accounts of merchants, of the fees and of the outside world are not even read where something is only added to
/// them: that is appended to `credits`, and no process waits for another where both pay the same merchant. Whoever takes
/// from such an account folds in first what was appended, with the account's row locked.
///
/// # When the connection breaks
///
/// Before the commit, nothing has happened and the batch is run again. During the commit it is not known: every batch
/// writes its number into this engine's row of `writers`, and a new connection reads it there after waiting for whatever
/// still holds that row. Only if that cannot be found out either is the outcome unknown, and the batch left alone.
pub struct PgStore {
    runtime: OwnRuntime,
    config: Config,
    process: Arc<str>,
    connection: Option<Connection>,
    /// This engine's row of `writers`, once there is one.
    writer: Option<String>,
    batch: i64,
    /// Not to be tried before this instant, and how long the next pause is.
    pause: Option<(Instant, Duration)>,
}

impl PgStore {
    pub(super) fn new(config: Config, process: Arc<str>) -> Result<Self, StoreError> {
        let runtime = OwnRuntime::here()?;
        Ok(Self { runtime, config, process, connection: None, writer: None, batch: 0, pause: None })
    }

    /// Connects unless there is a connection. While the server cannot be reached this fails at once, most of the time
    /// without trying.
    fn connect(&mut self) -> Result<(), StoreError> {
        if self.connection.as_ref().is_some_and(|connection| !connection.is_closed()) {
            return Ok(());
        }
        self.connection = None;
        if self.pause.is_some_and(|(until, _)| Instant::now() < until) {
            return Err(StoreError::Unavailable("the server could not be reached a moment ago".to_owned()));
        }
        let connected = self.runtime.wait(open(&self.config, &self.process, self.writer.as_deref()));
        match connected {
            Ok((connection, writer)) => {
                (self.connection, self.writer, self.pause) = (Some(connection), Some(writer), None);
                Ok(())
            }
            Err(error) => {
                let length = self.pause.map_or(BACKOFF.0, |(_, length)| (length * 2).min(BACKOFF.1));
                self.pause = Some((Instant::now() + length, length));
                Err(error)
            }
        }
    }

    /// Runs one step; a connection that broke in it is not used again.
    fn step<T>(&mut self, work: impl AsyncFnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let Some(connection) = &self.connection else { return Err(StoreError::Lost) };
        let outcome = self.runtime.wait(async {
            let late = |_| StoreError::Unavailable("the server takes too long".to_owned());
            tokio::time::timeout(STEP_MAX, work(connection)).await.map_err(late)?
        });
        if outcome.as_ref().is_err_and(|error| error.is_lost_connection() || error.is_outage()) {
            self.connection = None;
        }
        outcome
    }

    /// Whether batch `self.batch` was made durable, found out over a new connection.
    ///
    /// The update waits for a transaction that still holds the row. And being durable itself, it makes sure that
    /// whatever it sees is.
    fn find_commit(&mut self) -> Result<(), StoreError> {
        const LOOK: &str = "UPDATE writers SET batch = batch WHERE writer = $1 RETURNING batch";
        let writer = self.writer.clone().unwrap_or_default();
        let until = Instant::now() + SEARCH.0;
        while Instant::now() < until {
            self.pause = None;
            let look = async |connection: &Connection| {
                let rows = connection.query(LOOK, &[&writer]).await?;
                Ok(rows.first().map(|row| row.try_get::<_, i64>(0)).transpose()?)
            };
            match self.connect().and_then(|()| self.step(look)) {
                Ok(Some(batch)) if batch == self.batch => return Ok(()),
                Ok(_) => return Err(StoreError::Lost),
                Err(error) => tracing::debug!(error.message = %error, "postgres: looking for a commit"),
            }
            self.runtime.wait(async {
                tokio::time::sleep(SEARCH.1).await;
                Ok(())
            })?;
        }
        Err(StoreError::Unknown)
    }
}

/// A connection as the engine wants it, and the engine's row of `writers`.
async fn open(config: &Config, process: &str, writer: Option<&str>) -> Result<(Connection, String), StoreError> {
    let connection = Connection::open(config).await?;
    connection.run(SETTINGS).await?;
    if let Err(error) = connection.run(PLANS).await {
        tracing::debug!(error.message = %error, "postgres: plans are left to the server");
    }
    connection.query(DURABLE, &[]).await?;
    let writer = match writer {
        Some(writer) => writer.to_owned(),
        None => {
            let rows = connection.query("SELECT CAST(gen_random_uuid() AS TEXT)", &[]).await?;
            rows.first().ok_or(StoreError::Lost)?.try_get(0)?
        }
    };
    let own = "INSERT INTO writers (writer, process, batch) VALUES ($1, $2, 0) ON CONFLICT (writer) DO NOTHING";
    connection.execute(own, &[&writer, &process]).await?;
    Ok((connection, writer))
}

impl Drop for PgStore {
    /// Takes the engine's row away; if that fails it is a few bytes that stay.
    fn drop(&mut self) {
        if let (Some(writer), true) = (self.writer.clone(), self.connection.is_some()) {
            let sweep = "DELETE FROM writers WHERE writer = $1";
            let _ = self.step(async |connection| connection.execute(sweep, &[&writer]).await);
        }
    }
}

impl Store for PgStore {
    type Transaction<'a> = PgTransaction<'a>;

    fn begin(&mut self) -> Result<PgTransaction<'_>, StoreError> {
        self.connect()?;
        Ok(PgTransaction { store: self, is_open: false, memory: Memory::default() })
    }
}

/// One transaction of the engine. It begins together with its first statement, in the same round trip.
pub struct PgTransaction<'a> {
    store: &'a mut PgStore,
    is_open: bool,
    memory: Memory,
}

impl StoreTransaction for PgTransaction<'_> {
    fn fetch(&mut self, keys: &[Key]) -> Result<Vec<(Key, Option<Row>)>, StoreError> {
        let begun = std::mem::replace(&mut self.is_open, true);
        let found = self.store.step(async |connection| {
            let begin = async { if begun { Ok(()) } else { connection.run("BEGIN").await } };
            let (begin, found) = futures_util::future::join(begin, fetch::rows(connection, keys, Locks::Held)).await;
            begin.and(found)
        })?;
        let rows = found.under(keys);
        let accounts = rows.iter().filter(|(_, row)| matches!(row, Some(Row::Account(_))));
        self.memory.accounts.extend(accounts.map(|(key, _)| key.clone()));
        self.memory.bodies.extend(found.bodies);
        Ok(rows)
    }

    fn write(&mut self, set: &WriteSet) -> Result<(), StoreError> {
        const NUMBER: &str = "UPDATE writers SET batch = $2 WHERE writer = $1";
        self.store.batch += 1;
        let (batch, writer) = (self.store.batch, self.store.writer.clone().unwrap_or_default());
        let begun = std::mem::replace(&mut self.is_open, true);
        let memory = &self.memory;
        let process = Arc::clone(&self.store.process);
        let process = &*process;
        let numbered = self.store.step(async |connection| {
            if !begun {
                connection.run("BEGIN").await?;
            }
            let number = async { connection.execute(NUMBER, &[&writer, &batch]).await };
            let (numbered, written) =
                futures_util::future::join(number, write::set(connection, set, memory, process)).await;
            match (numbered, written) {
                (Ok(count), Ok(())) => Ok(count),
                (Err(one), Err(other)) => Err(StoreError::cause([one, other]).unwrap_or(StoreError::Lost)),
                (Err(error), Ok(())) | (Ok(_), Err(error)) => Err(error),
            }
        })?;
        if numbered == 1 {
            return Ok(());
        }
        // Somebody swept the row away: the next connection makes it again.
        self.store.connection = None;
        Err(StoreError::Lost)
    }

    fn commit(mut self) -> Result<(), StoreError> {
        self.is_open = false;
        match self.store.step(async |connection| connection.run("COMMIT").await) {
            Err(error) if error.is_lost_connection() || error.is_outage() => {
                tracing::warn!(error.message = %error, "postgres: the answer to a commit was lost, looking for it");
                self.store.connection = None;
                self.store.find_commit()
            }
            outcome => outcome,
        }
    }
}

impl Drop for PgTransaction<'_> {
    fn drop(&mut self) {
        // A connection that cannot roll back is closed: the server does it then.
        if self.is_open && self.store.connection.is_some() {
            let undone = self.store.step(async |connection| connection.run("ROLLBACK").await);
            if undone.is_err() {
                self.store.connection = None;
            }
        }
    }
}
