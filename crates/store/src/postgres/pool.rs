//! Connections for readers, and what readers ask them. They work on a thread of their own.

use super::config::Config;
use super::connection::Connection;
use super::fetch::{self, Found, Locks};
use super::runtime::OwnRuntime;
use super::values::line;
use crate::StoreError;
use crate::reader::{Line, Question};
use mithaq_domain::{Key, State};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio_postgres::types::ToSql;

/// Connections of one process to read with.
const CONNECTIONS_MAX: usize = 8;
/// The longest that a look may take before the database counts as gone; the proof of the whole ledger may take longer.
const LOOK_MAX: Duration = Duration::from_secs(10);
/// Statements that follow see one instant, and none of them writes.
const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// A pool of connections.
pub struct Pool {
    runtime: OwnRuntime,
    shared: Arc<Shared>,
}

struct Shared {
    config: Config,
    permits: Semaphore,
    idle: Mutex<Vec<Connection>>,
}

impl Pool {
    /// Readers of the database behind `config`; they connect when they are first asked.
    pub fn new(config: Config) -> Result<Self, StoreError> {
        let shared = Shared { config, permits: Semaphore::new(CONNECTIONS_MAX), idle: Mutex::default() };
        Ok(Self { runtime: OwnRuntime::beside()?, shared: Arc::new(shared) })
    }

    /// The rows under `keys`, all of the same instant.
    pub async fn rows(&self, keys: Vec<Key>) -> Result<State, StoreError> {
        let shared = Arc::clone(&self.shared);
        let work = self.runtime.handle()?.spawn(async move { shared.ask(&Ask::Rows(keys)).await });
        match work.await.map_err(|_| StoreError::Stopped)?? {
            Told::Rows(state) => Ok(state),
            Told::Lines(_) => Err(StoreError::Stopped),
        }
    }

    /// The answers to `questions`, all of the same instant.
    pub async fn snapshot(&self, questions: Vec<Question>) -> Result<Vec<Vec<Line>>, StoreError> {
        let shared = Arc::clone(&self.shared);
        let work = self.runtime.handle()?.spawn(async move { shared.ask(&Ask::Lines(questions)).await });
        lines(work.await.map_err(|_| StoreError::Stopped)??)
    }

    /// The same, for a caller without a reactor.
    pub fn snapshot_now(&self, questions: Vec<Question>) -> Result<Vec<Vec<Line>>, StoreError> {
        let shared = Arc::clone(&self.shared);
        let (tell, told) = std::sync::mpsc::sync_channel(1);
        self.runtime.handle()?.spawn(async move {
            // A caller that went away wants no answer.
            let _ = tell.send(shared.ask(&Ask::Lines(questions)).await);
        });
        lines(told.recv().map_err(|_| StoreError::Stopped)??)
    }
}

/// What a reader wants to know.
enum Ask {
    Rows(Vec<Key>),
    Lines(Vec<Question>),
}

/// What it is told.
enum Told {
    Rows(State),
    Lines(Vec<Vec<Line>>),
}

fn lines(told: Told) -> Result<Vec<Vec<Line>>, StoreError> {
    match told {
        Told::Lines(lines) => Ok(lines),
        Told::Rows(_) => Err(StoreError::Stopped),
    }
}

impl Ask {
    /// Whether it is one statement, which is a snapshot by itself.
    fn is_alone(&self) -> bool {
        match self {
            Self::Rows(keys) => keys.len() == 1,
            Self::Lines(questions) => questions.len() == 1,
        }
    }

    fn may_take_long(&self) -> bool {
        matches!(self, Self::Lines(_)) && !self.is_alone()
    }
}

impl Shared {
    async fn ask(&self, ask: &Ask) -> Result<Told, StoreError> {
        if ask.may_take_long() {
            return self.ask_patiently(ask).await;
        }
        let late = |_| StoreError::Unavailable("the server takes too long".to_owned());
        tokio::time::timeout(LOOK_MAX, self.ask_patiently(ask)).await.map_err(late)?
    }

    async fn ask_patiently(&self, ask: &Ask) -> Result<Told, StoreError> {
        let _permit = self.permits.acquire().await.map_err(|_| StoreError::Stopped)?;
        // A connection that lay idle may have died without our knowing: the next one is new.
        if let Some(connection) = self.idle() {
            match self.ask_over(connection, ask).await {
                Err(error) if error.is_lost_connection() => {}
                outcome => return outcome,
            }
        }
        self.ask_over(Connection::open(&self.config).await?, ask).await
    }

    fn idle(&self) -> Option<Connection> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|connection| !connection.is_closed());
        idle.pop()
    }

    /// Asks, and keeps the connection if all went well: after an error nobody knows what state it is in.
    async fn ask_over(&self, connection: Connection, ask: &Ask) -> Result<Told, StoreError> {
        if !ask.is_alone() {
            connection.run(BEGIN).await?;
        }
        let told = tell(&connection, ask).await?;
        if !ask.is_alone() {
            connection.run("COMMIT").await?;
        }
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        Ok(told)
    }
}

async fn tell(connection: &Connection, ask: &Ask) -> Result<Told, StoreError> {
    match ask {
        Ask::Rows(keys) => {
            let mut state = State::default();
            let found: Found = fetch::rows(connection, keys, Locks::None).await?;
            for (key, row) in found.under(keys) {
                state.load(key, row);
            }
            Ok(Told::Rows(state))
        }
        Ask::Lines(questions) => {
            let mut answers = Vec::with_capacity(questions.len());
            for (sql, values) in questions {
                let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
                let rows = connection.query(sql.postgres(), &values).await?;
                answers.push(rows.iter().map(line).collect::<Result<_, _>>()?);
            }
            Ok(Told::Lines(answers))
        }
    }
}
