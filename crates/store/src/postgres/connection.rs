//! One connection: opened with a time limit, and its statements prepared once.

use super::config::Config;
use crate::StoreError;
use std::collections::HashMap;
use std::error::Error as _;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Row, Statement};

/// For how long one server may take to let us in, with everything: the network, TLS, the password.
const CONNECT_MAX: Duration = Duration::from_secs(2);

/// A connection and the statements it knows.
pub struct Connection {
    client: Client,
    prepared: Mutex<HashMap<&'static str, Statement>>,
}

/// What a statement is given.
pub type Parameters<'a> = &'a [&'a (dyn ToSql + Sync)];

impl Connection {
    /// Connects. The work of the connection is left to the reactor this runs on.
    ///
    /// Of several servers the first that will do is taken, each in its own time. Anything that is in the way, be it the
    /// network, the server or the password, is an outage: an operator can end it while we wait.
    pub async fn open(config: &Config) -> Result<Self, StoreError> {
        let mut reasons = Vec::new();
        for (place, server) in config.servers() {
            match tokio::time::timeout(CONNECT_MAX, server.connect(config.tls())).await {
                Ok(Ok((client, work))) => {
                    config.remember(place);
                    tokio::spawn(async move {
                        if let Err(error) = work.await {
                            tracing::debug!(error.message = %reason(&error), "postgres: a connection ended");
                        }
                    });
                    return Ok(Self { client, prepared: Mutex::default() });
                }
                Ok(Err(error)) => reasons.push(reason(&error)),
                Err(_) => reasons.push("the server does not answer".to_owned()),
            }
        }
        Err(StoreError::Unavailable(reasons.join("; then ")))
    }

    /// Whether it is known to be of no use any more.
    pub fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    /// Runs statements that answer nothing.
    pub async fn run(&self, sql: &str) -> Result<(), StoreError> {
        Ok(self.client.batch_execute(sql).await?)
    }

    /// Asks.
    pub async fn query(&self, sql: &'static str, parameters: Parameters<'_>) -> Result<Vec<Row>, StoreError> {
        let statement = self.prepare(sql).await?;
        Ok(self.client.query(&statement, parameters).await?)
    }

    /// Changes, and says how many rows.
    pub async fn execute(&self, sql: &'static str, parameters: Parameters<'_>) -> Result<u64, StoreError> {
        let statement = self.prepare(sql).await?;
        Ok(self.client.execute(&statement, parameters).await?)
    }

    async fn prepare(&self, sql: &'static str) -> Result<Statement, StoreError> {
        let known = self.prepared.lock().unwrap_or_else(PoisonError::into_inner).get(sql).cloned();
        if let Some(statement) = known {
            return Ok(statement);
        }
        let statement = self.client.prepare(sql).await?;
        self.prepared.lock().unwrap_or_else(PoisonError::into_inner).insert(sql, statement.clone());
        Ok(statement)
    }
}

/// What the server says, or why it says nothing. The library keeps that behind a few general words.
pub fn reason(error: &tokio_postgres::Error) -> String {
    if let Some(told) = error.as_db_error() {
        return told.message().to_owned();
    }
    error.source().map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}"))
}
