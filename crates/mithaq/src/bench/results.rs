//! What was measured, as JSON has it.

use super::figures::{each, median};
use super::proof::Proof;
use super::stand::Round;
use super::targets::Target;
use serde::Serialize;
use std::collections::BTreeMap;
use std::time::Duration;

/// One row over HTTP: medians of its rounds.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// Signed answers a second.
    pub per_second: f64,
    /// Median.
    pub p50_ms: f64,
    /// Only one in a hundred took longer.
    pub p99_ms: f64,
    /// What went towards the disk, shared among the payments.
    pub bytes_per_payment: Option<u64>,
    /// Processor time of each answer in microseconds, by kind of thread: what it costs, whatever else the machine does.
    pub cpu_micros: BTreeMap<String, u64>,
    /// The rates of the rounds, in order.
    pub rounds: Vec<f64>,
}

impl Row {
    /// `None` where nothing was measured.
    pub fn of(rounds: &[Round]) -> Option<Self> {
        let middle = |of: fn(&Round) -> f64| median(rounds.iter().map(of));
        let count: u64 = rounds.iter().map(|round| round.count).sum();
        let bytes: Option<u64> = rounds.iter().map(|round| round.bytes).sum();
        let mut cpu: BTreeMap<String, Duration> = BTreeMap::new();
        for (name, used) in rounds.iter().flat_map(|round| &round.cpu) {
            let sum = cpu.entry(name.clone()).or_default();
            *sum = sum.saturating_add(*used);
        }
        (!rounds.is_empty()).then(|| Self {
            per_second: middle(|round| round.per_second),
            p50_ms: middle(|round| round.p50_ms),
            p99_ms: middle(|round| round.p99_ms),
            bytes_per_payment: bytes.map(|bytes| each(bytes, count)),
            cpu_micros: cpu.into_iter().map(|(name, used)| (name, each(micros(used), count))).collect(),
            rounds: rounds.iter().map(|round| round.per_second).collect(),
        })
    }

    /// Adds what each payment had written for it later.
    pub fn add_bytes(&mut self, later: u64) {
        self.bytes_per_payment = self.bytes_per_payment.map(|bytes| bytes.saturating_add(later));
    }
}

fn micros(used: Duration) -> u64 {
    u64::try_from(used.as_micros()).unwrap_or(u64::MAX)
}

/// A ledger with this many payments stored in it beforehand.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Grown {
    /// Payments stored.
    pub stored: usize,
    /// Uniform payments over HTTP.
    pub uniform: Option<Row>,
    /// Payments through the engine alone; latencies are not measured there.
    pub engine: Option<Row>,
    /// How long it took to store them.
    pub stored_in_seconds: u64,
    /// How much of a disk the ledger takes.
    pub ledger_bytes: Option<u64>,
}

/// One database.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Database {
    /// Payers and merchants drawn evenly.
    pub uniform: Option<Row>,
    /// Every payment to one merchant.
    pub hot: Option<Row>,
    /// The uniform ones at half their rate.
    pub half: Option<Row>,
    /// Every payment also notified; the merchant's acknowledgements are signed.
    pub notified: Option<Row>,
    /// Payments a second through the engine alone.
    pub engine_per_second: Option<f64>,
    /// The same in full; latencies are not measured there.
    pub engine: Option<Row>,
    /// With payments stored beforehand (`--long`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub growth: Vec<Grown>,
    /// What `bytesPerPayment` counts.
    pub bytes_are: &'static str,
    /// Whether `verify` found every ledger whole afterwards; `null` where that took too long.
    pub ledger_ok: Proof,
}

/// How it was measured.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Setting {
    /// Cores.
    pub cores: usize,
    /// Their name.
    pub cpu: String,
    /// When it began, UTC.
    pub began: String,
    /// What else was running when it began: the system's average of the last minute.
    pub load_average_before: String,
    /// The same at the end, this program's own work included.
    pub load_average_after: String,
    /// Whether the program was built with optimisation.
    pub optimised: bool,
    /// People who pay.
    pub payers: usize,
    /// Who is paid.
    pub merchants: usize,
    /// Payments of a round over HTTP.
    pub payments: usize,
    /// Rounds of each row.
    pub rounds: usize,
    /// Connections of the load generator.
    pub connections: usize,
    /// Threads that sign.
    pub signers: usize,
    /// How long all of it took.
    pub seconds: u64,
}

/// Memory, in MiB.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Memory {
    /// `mithaq dev`, just started; `None` where that was not measured.
    pub dev_idle_mb: Option<f64>,
    /// The most that `mithaq serve` took while it answered payments as fast as it could; `None` as above.
    pub serve_full_load_mb: Option<f64>,
}

/// Everything.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Results {
    /// How it was measured.
    pub setting: Setting,
    /// Pages made durable a second.
    pub fsync_per_second: f64,
    /// Bare RSA-2048 signatures a second on all cores.
    pub rsa_sign_per_second: f64,
    /// The same on one core.
    pub rsa_sign_per_second_one_core: f64,
    /// The signed endpoint that stores nothing.
    pub signed_noop_per_second: Option<f64>,
    /// The same in full.
    pub signed_noop: Option<Row>,
    /// SQLite.
    pub sqlite: Option<Database>,
    /// PostgreSQL.
    pub postgres: Option<Database>,
    /// Memory.
    pub memory: Memory,
    /// What was hoped for, and what came of it.
    pub targets: Vec<Target>,
}

impl Results {
    /// Whether no ledger is known to be broken.
    pub fn ledgers_ok(&self) -> bool {
        [&self.sqlite, &self.postgres].into_iter().flatten().all(|database| database.ledger_ok != Proof::Broken)
    }
}
