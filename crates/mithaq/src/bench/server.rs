//! PostgreSQL as it is measured: a private server on the disk that is measured, or one that somebody else runs.

use super::place::Place;
use anyhow::{Context as _, bail};
use mithaq_cluster::{Cluster, Settings, ask, execute};
use mithaq_store::PostgresDatabase;
use std::path::Path;
use std::time::Duration;

/// As an operator would set up a machine of two cores and 4 GB; durable, as PostgreSQL is by itself.
const DURABLE: Settings<'static> = &[
    ("fsync", "on"),
    ("synchronous_commit", "on"),
    ("full_page_writes", "on"),
    ("shared_buffers", "1GB"),
    ("effective_cache_size", "3GB"),
    ("max_wal_size", "4GB"),
    ("checkpoint_timeout", "15min"),
    ("random_page_cost", "1.1"),
];
/// While a past is stored nothing needs to survive anything.
const FILLING: Settings<'static> = &[
    ("fsync", "off"),
    ("synchronous_commit", "off"),
    ("full_page_writes", "off"),
    ("wal_level", "minimal"),
    ("max_wal_senders", "0"),
    ("shared_buffers", "2GB"),
    ("max_wal_size", "2GB"),
    ("checkpoint_timeout", "1h"),
    ("autovacuum", "off"),
];

/// A server.
pub enum Server {
    /// Ours alone.
    Private(Cluster),
    /// At this address is a database that was made for this.
    Elsewhere(String),
}

impl Server {
    /// A server of our own with its files in `folder`. `None`: PostgreSQL is not installed.
    pub fn private(folder: &Path) -> anyhow::Result<Option<Self>> {
        match Cluster::start_in(folder, DURABLE) {
            Ok(cluster) => Ok(Some(Self::Private(cluster))),
            Err(mithaq_cluster::Error::Missing) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The database at `url`, which must be empty.
    pub fn elsewhere(url: &str) -> anyhow::Result<Self> {
        if PostgresDatabase::inspect(url).is_ok() {
            bail!("--database-url names a wallet's database; the benchmark needs an empty one, made for it");
        }
        PostgresDatabase::open(url).context("--database-url must name an empty database, made for the benchmark")?;
        Ok(Self::Elsewhere(url.to_owned()))
    }

    /// Our own server; `None` where others may use it too.
    pub const fn cluster(&self) -> Option<&Cluster> {
        match self {
            Self::Private(cluster) => Some(cluster),
            Self::Elsewhere(_) => None,
        }
    }

    /// A new database on our own server, a copy of `model` if one is named, which nobody may use meanwhile.
    pub async fn database(&self, name: &str, model: Option<&str>) -> anyhow::Result<Place> {
        let cluster = self.cluster().context("only a private server has more than one database")?;
        let model = model.map(|model| format!(" TEMPLATE {model}")).unwrap_or_default();
        execute(&cluster.url("postgres"), &format!("CREATE DATABASE {name}{model}")).await?;
        Ok(Place::Postgres(cluster.url(name)))
    }

    /// Whether what is written now must survive: restarts our own server. Nobody may be connected.
    pub fn durable(&self, durable: bool) -> anyhow::Result<()> {
        let Some(cluster) = self.cluster() else { return Ok(()) };
        cluster.configure(if durable { DURABLE } else { FILLING })?;
        cluster.halt()?;
        Ok(cluster.resume()?)
    }

    /// Tidies up a database of our own after it was filled, as the server would by itself sooner or later.
    pub async fn tidy(&self, name: &str) -> anyhow::Result<()> {
        let Some(cluster) = self.cluster() else { return Ok(()) };
        execute(&cluster.url(name), "VACUUM (ANALYZE)").await?;
        Ok(execute(&cluster.url(name), "CHECKPOINT").await?)
    }

    /// Lets what asks the whole ledger of a database of our own use as much memory as that takes.
    pub async fn widen(&self, name: &str) -> anyhow::Result<()> {
        let Some(cluster) = self.cluster() else { return Ok(()) };
        Ok(execute(&cluster.url("postgres"), &format!("ALTER DATABASE {name} SET work_mem = '1GB'")).await?)
    }

    /// Everything that waits in memory goes to the data files; only on our own server.
    pub async fn checkpoint(&self) -> anyhow::Result<()> {
        let Some(cluster) = self.cluster() else { return Ok(()) };
        Ok(execute(&cluster.url("postgres"), "CHECKPOINT").await?)
    }

    /// Bytes of log written so far; `None` where that cannot be asked.
    pub async fn log_bytes(&self) -> Option<u64> {
        let url = match self {
            Self::Private(cluster) => cluster.url("postgres"),
            Self::Elsewhere(url) => url.clone(),
        };
        ask(&url, "SELECT CAST(pg_current_wal_lsn() - '0/0' AS BIGINT)").await.ok()??.parse().ok()
    }

    /// Processor time of our own server's processes so far.
    pub fn cpu_time(&self) -> Duration {
        self.processes().into_iter().fold(Duration::ZERO, |sum, process| sum.saturating_add(process.cpu))
    }

    /// Bytes that our own server's processes sent towards the disk so far.
    pub fn written_bytes(&self) -> u64 {
        self.processes().iter().map(|process| process.written).sum()
    }

    fn processes(&self) -> Vec<super::machine::Process> {
        self.cluster().and_then(Cluster::pid).map(super::machine::family).unwrap_or_default()
    }
}
