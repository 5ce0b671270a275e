//! Who may do what of the work that one process at a time does: leases in a table, by the database's clock.

use crate::postgres::Pool;
use crate::reader::{Line, Sql, Value};
use crate::{StoreError, meter};
use std::sync::Arc;
use std::time::Duration;

/// Rows that tell about a process go this long after its life has run out. Until then an engine of it that was only cut
/// off can come back and find out whether its last commit took place.
const FORGOTTEN_AFTER_MS: i64 = 3_600_000;

/// This process's standing among those that share the database. Cheap to clone.
///
/// On SQLite there is one process, and it may do everything.
#[derive(Clone)]
pub struct Keeper {
    shared: Option<Shared>,
}

#[derive(Clone)]
struct Shared {
    pool: Arc<Pool>,
    process: Arc<str>,
}

/// The database's clock in milliseconds: those of the processes' machines may differ.
macro_rules! now_ms {
    () => {
        "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)"
    };
}

impl Keeper {
    /// The only process.
    pub(crate) const fn alone() -> Self {
        Self { shared: None }
    }

    /// One of those that share what `pool` leads to.
    pub(crate) fn among_others(pool: Arc<Pool>, process: Arc<str>) -> Self {
        Self { shared: Some(Shared { pool, process }) }
    }

    /// Takes the lease `name` for `life`, or renews it. Answers how often it has changed hands while this process holds
    /// it, and nothing while another does. A holder whose life has run out loses it to the next who asks.
    ///
    /// # Errors
    /// When the database is out of reach. The lease still runs out by itself.
    pub async fn hold(&self, name: &'static str, life: Duration) -> Result<Option<i64>, StoreError> {
        let answer = self.ask_for(name, life).await;
        meter::lease(name, matches!(answer, Ok(Some(_))));
        answer
    }

    async fn ask_for(&self, name: &'static str, life: Duration) -> Result<Option<i64>, StoreError> {
        const SQL: &str = concat!(
            "INSERT INTO leases AS l (name, holder, term, until_ms) VALUES ($1, $2, 1, ",
            now_ms!(),
            " + $3) ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until_ms = excluded.until_ms, \
             term = CASE WHEN l.holder = excluded.holder THEN l.term ELSE l.term + 1 END \
             WHERE l.holder = excluded.holder OR l.until_ms <= ",
            now_ms!(),
            " RETURNING term"
        );
        let Some(shared) = &self.shared else { return Ok(Some(1)) };
        let lines = shared.run(SQL, vec![name.into(), shared.process.as_ref().into(), millis(life).into()]).await?;
        lines.first().map(|line| line.int(0)).transpose()
    }

    /// Says that this process lives, and will for `life`.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn beat(&self, life: Duration) -> Result<(), StoreError> {
        const SQL: &str = concat!(
            "INSERT INTO leases (name, holder, term, until_ms) VALUES ($1, $2, 1, ",
            now_ms!(),
            " + $3) ON CONFLICT (name) DO UPDATE SET until_ms = excluded.until_ms"
        );
        let Some(shared) = &self.shared else { return Ok(()) };
        let name = format!("process:{}", shared.process);
        let values = vec![name.as_str().into(), shared.process.as_ref().into(), millis(life).into()];
        shared.run(SQL, values).await.map(|_| ())
    }

    /// Takes over what processes have to deliver that live no longer, and forgets who has long been dead. Answers how
    /// many deliveries were taken.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn adopt(&self) -> Result<u64, StoreError> {
        const TAKE: &str = concat!(
            "UPDATE outbox SET owner = $1 WHERE state = 'PENDING' AND owner <> $1 AND owner NOT IN \
             (SELECT holder FROM leases WHERE name LIKE 'process:%' AND until_ms > ",
            now_ms!(),
            ") RETURNING outbox_id"
        );
        const FORGET_WRITERS: &str = concat!(
            "DELETE FROM writers WHERE process IN (SELECT holder FROM leases WHERE name LIKE 'process:%' \
             AND until_ms + $1 < ",
            now_ms!(),
            ")"
        );
        const FORGET: &str = concat!("DELETE FROM leases WHERE name LIKE 'process:%' AND until_ms + $1 < ", now_ms!());
        let Some(shared) = &self.shared else { return Ok(0) };
        let taken = shared.run(TAKE, vec![shared.process.as_ref().into()]).await?;
        shared.run(FORGET_WRITERS, vec![FORGOTTEN_AFTER_MS.into()]).await?;
        shared.run(FORGET, vec![FORGOTTEN_AFTER_MS.into()]).await?;
        Ok(taken.len() as u64)
    }

    /// Gives back every lease, and says that this process lives no longer: the others need not wait.
    ///
    /// # Errors
    /// When the database is out of reach; the leases run out by themselves.
    pub async fn leave(&self) -> Result<(), StoreError> {
        let Some(shared) = &self.shared else { return Ok(()) };
        shared.run("DELETE FROM leases WHERE holder = $1", vec![shared.process.as_ref().into()]).await.map(|_| ())
    }
}

impl Shared {
    async fn run(&self, sql: &'static str, values: Vec<Value>) -> Result<Vec<Line>, StoreError> {
        let mut answers = self.pool.snapshot(vec![(Sql::Both(sql), values)]).await?;
        Ok(answers.pop().unwrap_or_default())
    }
}

fn millis(life: Duration) -> i64 {
    i64::try_from(life.as_millis()).unwrap_or(i64::MAX)
}
