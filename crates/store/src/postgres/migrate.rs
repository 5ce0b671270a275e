//! The schema: made, brought up to date, or refused.
//!
//! All of it is one transaction that begins by locking the row of `meta` that holds the version, so that of several
//! processes that start at once one migrates and the others find it done. The first one of all makes that row; who makes
//! it a moment later runs into the unique name of the table and looks again. On engines that do not undo schema changes,
//! start one process first.

use super::config::Config;
use super::connection::Connection;
use crate::StoreError;
use std::time::Duration;

/// The migrations, oldest first.
const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/postgres/0001_first.sql"),
    include_str!("../../migrations/postgres/0002_orders.sql"),
    include_str!("../../migrations/postgres/0003_agreements.sql"),
];
/// The schema this program writes: how many migrations were run, and one, because 1 was only ever written by builds
/// before there was anything to be kept.
#[expect(clippy::cast_possible_wrap, reason = "a handful")]
const VERSION: i64 = 1 + MIGRATIONS.len() as i64;
/// Tries against other processes that start too.
const TRIES_MAX: u32 = 20;
const PAUSE: Duration = Duration::from_millis(100);

/// Runs what is missing, all of it or nothing. Answers a name for this process that no other has.
pub async fn migrate(config: &Config) -> Result<String, StoreError> {
    let mut tries = 1;
    loop {
        let connection = Connection::open(config).await?;
        match attempt(&connection).await {
            Err(StoreError::Postgres(error)) if tries < TRIES_MAX && met_another(&error) => tries += 1,
            Err(error) => return Err(error),
            Ok(()) => return name(&connection).await,
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Whether the database is ours and of our time: to look at, not to change.
pub async fn check(config: &Config) -> Result<(), StoreError> {
    let connection = Connection::open(config).await?;
    match version(&connection, "SELECT value FROM meta WHERE name = 'schema'").await? {
        Some(VERSION) => Ok(()),
        Some(1) => Err(StoreError::TooOld),
        Some(found) if found > VERSION => Err(StoreError::Newer { found, known: VERSION }),
        _ => Err(StoreError::Foreign),
    }
}

async fn name(connection: &Connection) -> Result<String, StoreError> {
    let rows = connection.query("SELECT CAST(gen_random_uuid() AS TEXT)", &[]).await?;
    Ok(rows.first().ok_or(StoreError::Lost)?.try_get(0)?)
}

async fn attempt(connection: &Connection) -> Result<(), StoreError> {
    connection.run("BEGIN").await?;
    let found = version(connection, "SELECT value FROM meta WHERE name = 'schema' FOR UPDATE").await?;
    if found.is_none() {
        let meta = "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL); \
            INSERT INTO meta (name, value) VALUES ('schema', '0')";
        connection.run(meta).await?;
    }
    let found = found.unwrap_or(0);
    if found == 1 {
        return Err(StoreError::TooOld);
    }
    if found > VERSION {
        return Err(StoreError::Newer { found, known: VERSION });
    }
    for migration in MIGRATIONS.iter().skip(usize::try_from(found - 1).unwrap_or(0)) {
        connection.run(migration).await?;
    }
    if found < VERSION {
        connection.run(&format!("UPDATE meta SET value = '{VERSION}' WHERE name = 'schema'")).await?;
    }
    connection.run("COMMIT").await
}

/// The schema's version; `None` where there is nothing at all.
async fn version(connection: &Connection, sql: &'static str) -> Result<Option<i64>, StoreError> {
    const TABLES: &str = "SELECT count(*), count(CASE WHEN table_name = 'meta' THEN 1 END) \
        FROM information_schema.tables WHERE table_schema = current_schema()";
    let tables = connection.query(TABLES, &[]).await?;
    let counts = tables.first().map(|row| Ok::<_, StoreError>((row.try_get::<_, i64>(0)?, row.try_get::<_, i64>(1)?)));
    match counts.transpose()? {
        None | Some((0, _)) => return Ok(None),
        Some((_, 0)) => return Err(StoreError::Foreign),
        Some(_) => {}
    }
    let rows = connection
        .query(sql, &[])
        .await
        .map_err(|error| if is_other_table(&error) { StoreError::Foreign } else { error })?;
    let text = rows.first().map(|row| row.try_get::<_, String>(0)).transpose()?;
    text.and_then(|text| text.parse().ok()).map(Some).ok_or(StoreError::Foreign)
}

/// A table of this name that has other columns.
fn is_other_table(error: &StoreError) -> bool {
    matches!(error, StoreError::Postgres(error) if error.code().is_some_and(|code| code.code() == "42703"))
}

/// Another process made the same thing at the same time: a name taken, a row changed, a deadlock.
fn met_another(error: &tokio_postgres::Error) -> bool {
    const CODES: [&str; 7] = ["42P07", "42710", "23505", "40001", "40P01", "XX000", "42P01"];
    error.code().is_some_and(|code| CODES.contains(&code.code()))
}
