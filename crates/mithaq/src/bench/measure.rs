//! The order of measuring: the bare machine, the rows of both databases, what stored payments change.

use super::figures::{each, mebibytes};
use super::house::Jobs;
use super::machine;
use super::place::Place;
use super::results::{Memory, Results, Row, Setting};
use super::rows::Measured;
use super::server::Server;
use super::stand::Stand;
use super::town::Town;
use super::{Size, What, growth, programs, rsa, targets};
use metrics_exporter_prometheus::PrometheusBuilder;
use mithaq_crypto::PrivateKey;
use mithaq_types::{Clock as _, SystemClock};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What every part of a run stands on.
pub struct Bench {
    /// Where databases are made.
    pub folder: std::path::PathBuf,
    /// How much of everything.
    pub size: Size,
    /// Who pays whom.
    pub town: Arc<Town>,
    /// PostgreSQL, unless it is missing or not wanted.
    pub server: Option<Arc<Server>>,
}

/// The name of the database on a private server that the payments go to.
pub const MAIN: &str = "bench";

/// Everything, with databases in `folder`.
pub async fn all(folder: &Path, size: &Size, server: Option<Server>) -> anyhow::Result<Results> {
    let (began, setting) = (Instant::now(), setting(size));
    step("this machine");
    let fsync_per_second = machine::fsync_per_second(folder)?;
    let key = PrivateKey::generate()?;
    let rsa_sign_per_second_one_core = rsa::signs_per_second(&key, 1);
    let rsa_sign_per_second = rsa::signs_per_second(&key, setting.cores);
    let dev_idle_mb = match size.wants(What::Memory) {
        true => told("the memory of mithaq dev", programs::dev_idle(folder).await).map(mebibytes),
        false => None,
    };

    let town = Arc::new(Town::plan(size.merchants, size.payers)?);
    let bench = Bench { folder: folder.to_owned(), size: size.clone(), town, server: server.map(Arc::new) };
    count_metrics()?;
    let mut measured = bench.rows().await?;
    if size.wants(What::Growth) {
        growth::measure(&bench, &mut measured.sqlite, &mut measured.postgres).await?;
    }
    let Measured { noop, sqlite, postgres, serve_memory } = measured;
    let signed_noop = Row::of(&noop);
    let load_average_after = machine::load_average();
    let mut results = Results {
        setting: Setting { load_average_after, seconds: began.elapsed().as_secs(), ..setting },
        fsync_per_second,
        rsa_sign_per_second,
        rsa_sign_per_second_one_core,
        signed_noop_per_second: signed_noop.as_ref().map(|row| row.per_second),
        signed_noop,
        sqlite,
        postgres,
        memory: Memory { dev_idle_mb, serve_full_load_mb: serve_memory.map(mebibytes) },
        targets: Vec::new(),
    };
    results.targets = targets::all(&results);
    Ok(results)
}

/// Metrics are counted as `mithaq serve` counts them; nobody reads them here.
pub fn count_metrics() -> anyhow::Result<()> {
    const UPKEEP_EVERY: Duration = Duration::from_secs(5);
    const BUCKETS: &[f64] = &[0.0005, 0.001, 0.002, 0.004, 0.008, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0];
    let metrics = PrometheusBuilder::new().set_buckets(BUCKETS)?.install_recorder()?;
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(UPKEEP_EVERY).await;
            metrics.run_upkeep();
        }
    });
    Ok(())
}

fn setting(size: &Size) -> Setting {
    Setting {
        cores: machine::cores(),
        cpu: machine::cpu_model(),
        began: SystemClock.now().strftime("%Y-%m-%d %H:%M UTC").to_string(),
        load_average_before: machine::load_average(),
        load_average_after: String::new(),
        optimised: !cfg!(debug_assertions),
        payers: size.payers,
        merchants: size.merchants,
        payments: size.payments,
        rounds: size.rounds,
        connections: size.connections,
        signers: size.signers,
        seconds: 0,
    }
}

/// What could not be measured is no reason to lose the rest.
pub fn told<T>(what: &str, outcome: anyhow::Result<T>) -> Option<T> {
    outcome.inspect_err(|error| eprintln!("not measured: {what}: {error:#}")).ok()
}

/// What is going on, for people: standard output is for the figures.
pub fn step(what: &str) {
    eprintln!("measuring: {what}");
}

impl Bench {
    /// A wallet of this run over `place`.
    pub async fn stand(&self, place: &Place, tag: &'static str) -> anyhow::Result<Stand> {
        self.stand_with(place, tag, Jobs::Quiet).await
    }

    /// The same with these jobs.
    pub async fn stand_with(&self, place: &Place, tag: &'static str, jobs: Jobs) -> anyhow::Result<Stand> {
        let keys = self.folder.join("keys");
        Stand::open(place, &keys, jobs, &self.town, tag, &self.size, self.server.as_ref()).await
    }
}

/// What a payment writes into the data files of our own server, once its memory is written out.
pub async fn later_bytes(server: &Server, payments: u64) -> anyhow::Result<u64> {
    let before = server.written_bytes();
    server.checkpoint().await?;
    Ok(each(server.written_bytes().saturating_sub(before), payments))
}
