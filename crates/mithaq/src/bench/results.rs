//! What was measured: for people as a table, for programs as JSON.

use super::figures::{each, ratio};
use super::machine::CpuTime;
use serde::Serialize;
use std::collections::BTreeMap;
use std::time::Duration;

/// One run over HTTP.
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
    pub bytes_per_payment: u64,
    /// Processor time of each answer in microseconds, by kind of thread: what it costs, whatever else the machine does.
    pub cpu_micros: BTreeMap<String, u64>,
}

/// A row with this many payments stored before it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Grown {
    /// Payments stored.
    pub stored: usize,
    /// Payments a second through the engine alone, just before.
    pub engine_per_second: f64,
    /// Uniform payments over HTTP.
    pub uniform: Row,
}

/// One database.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Database {
    /// Payers and merchants drawn evenly.
    pub uniform: Row,
    /// Every payment to one merchant.
    pub hot: Row,
    /// The uniform ones at half their rate.
    pub half: Row,
    /// Every payment also notified; the merchant's acknowledgements are signed.
    pub notified: Row,
    /// Payments a second through the engine alone.
    pub engine_per_second: f64,
    /// With more payments stored (`--long`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub growth: Vec<Grown>,
    /// Whether `verify` found the ledger whole afterwards.
    pub ledger_ok: bool,
}

/// How it was measured.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Setting {
    /// Cores.
    pub cores: usize,
    /// Their name.
    pub cpu: String,
    /// What else was running when it began.
    pub load_average: String,
    /// Whether the program was built with optimisation.
    pub optimised: bool,
    /// People who pay.
    pub payers: usize,
    /// Who is paid.
    pub merchants: usize,
    /// Payments of the rows over HTTP.
    pub payments: usize,
    /// Connections of the load generator.
    pub connections: usize,
    /// Threads that sign.
    pub signers: usize,
}

/// Memory of the process, in MiB.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Memory {
    /// The wallet just started.
    pub idle_mb: f64,
    /// Under full load, without the load generator's requests.
    pub full_load_mb: f64,
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
    pub signed_noop_per_second: f64,
    /// The same in full.
    pub signed_noop: Row,
    /// SQLite.
    pub sqlite: Database,
    /// Memory.
    pub memory: Memory,
}

/// Processor time shared among `count` answers, in microseconds.
pub fn cpu_micros(times: CpuTime, count: u64) -> BTreeMap<String, u64> {
    let micros = |used: Duration| u64::try_from(used.as_micros()).unwrap_or(u64::MAX);
    times.into_iter().map(|(name, used)| (name, each(micros(used), count))).collect()
}

impl Results {
    /// The table.
    pub fn print(&self) {
        let Setting { cores, cpu, load_average, payers, merchants, connections, signers, .. } = &self.setting;
        println!("{cores} × {cpu}, load average {load_average} at the start");
        if !self.setting.optimised {
            println!("This program was built without optimisation: its figures mean nothing.");
        }
        println!("{payers} payers, {merchants} merchants, {connections} connections, {signers} signing threads");
        println!();
        println!("fsync of a page                  {:>9.0} /s", self.fsync_per_second);
        println!("RSA-2048 signatures, all cores   {:>9.0} /s", self.rsa_sign_per_second);
        println!("                     one core    {:>9.0} /s", self.rsa_sign_per_second_one_core);
        println!();
        println!("{:<32} {:>9} {:>9} {:>9} {:>11}  processor µs each", "", "/s", "p50 ms", "p99 ms", "bytes each");
        row("signed no-op", &self.signed_noop);
        row("SQLite: uniform", &self.sqlite.uniform);
        row("SQLite: one hot merchant", &self.sqlite.hot);
        row("SQLite: half the rate", &self.sqlite.half);
        row("SQLite: each also notified", &self.sqlite.notified);
        for grown in &self.sqlite.growth {
            row(&format!("SQLite: uniform, {} stored", grown.stored), &grown.uniform);
        }
        println!();
        println!("engine without HTTP, SQLite      {:>9.0} /s", self.sqlite.engine_per_second);
        for grown in &self.sqlite.growth {
            println!("  {:>9} payments stored      {:>9.0} /s", grown.stored, grown.engine_per_second);
        }
        println!("memory, idle / full load         {} / {} MiB", self.memory.idle_mb, self.memory.full_load_mb);
        println!("ledger                           {}", if self.sqlite.ledger_ok { "holds" } else { "DOES NOT HOLD" });
        println!();
        let (sqlite, noop) = (&self.sqlite, self.signed_noop_per_second);
        println!("uniform ÷ signed no-op           {:>9}", ratio(sqlite.uniform.per_second, noop));
        println!("hot ÷ uniform                    {:>9}", ratio(sqlite.hot.per_second, sqlite.uniform.per_second));
        for grown in &self.sqlite.growth {
            let ratio = ratio(grown.uniform.per_second, sqlite.uniform.per_second);
            println!("with {:>9} stored ÷ uniform  {ratio:>9}", grown.stored);
        }
    }
}

fn row(name: &str, row: &Row) {
    let cpu: Vec<_> = row.cpu_micros.iter().map(|(name, micros)| format!("{name} {micros}")).collect();
    println!(
        "{name:<32} {:>9.0} {:>9.1} {:>9.1} {:>11}  {}",
        row.per_second,
        row.p50_ms,
        row.p99_ms,
        row.bytes_per_payment,
        cpu.join(", ")
    );
}
