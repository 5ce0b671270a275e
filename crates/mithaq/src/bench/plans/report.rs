//! What was measured of plans, as JSON has it, and as people read it.

use super::super::figures::{each, mebibytes};
use super::super::machine::CpuTime;
use super::super::proof::Proof;
use super::super::table::{Form, Line, draw};
use serde::Serialize;
use std::collections::BTreeMap;

/// Everything.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// How it was measured.
    pub setting: Setting,
    /// SQLite.
    pub sqlite: Option<Database>,
    /// PostgreSQL.
    pub postgres: Option<Database>,
}

/// How it was measured.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Setting {
    /// Cores.
    pub cores: usize,
    /// Their name.
    pub cpu: String,
    /// When it began, UTC.
    pub began: String,
    /// What else was running when it began.
    pub load_average_before: String,
    /// The same at the end, this program's own work included.
    pub load_average_after: String,
    /// Whether the program was built with optimisation.
    pub optimised: bool,
    /// Agreements.
    pub plans: usize,
    /// Merchants who have them.
    pub merchants: usize,
    /// Payments that merchants make meanwhile.
    pub payments_per_second: u64,
    /// How long all of it took.
    pub seconds: u64,
}

/// One database.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Database {
    /// The night in which users are told.
    pub announced: Night,
    /// The night in which they are charged.
    pub charged: Night,
    /// A merchant's payment with nothing else going on: median.
    pub payment_alone_p50_ms: f64,
    /// Only one in a hundred took longer.
    pub payment_alone_p99_ms: f64,
    /// How much of a disk the ledger takes afterwards.
    pub ledger_bytes: Option<u64>,
    /// Whether `verify` found the ledger whole; `null` where that took too long.
    pub ledger_ok: Proof,
}

/// One night.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Night {
    /// Plans a minute.
    pub per_minute: f64,
    /// How long it took.
    pub seconds: u64,
    /// A merchant's payment meanwhile, through the engine: median.
    pub payment_p50_ms: f64,
    /// Only one in a hundred took longer.
    pub payment_p99_ms: f64,
    /// How many were made.
    pub payments: u64,
    /// What went towards the disk, shared among the plans.
    pub bytes_per_plan: Option<u64>,
    /// Processor time of each plan in microseconds, by kind of thread.
    pub cpu_micros: BTreeMap<String, u64>,
    /// Memory that came in addition, at most, in MiB.
    pub memory_added_mb: f64,
}

/// Processor time shared among `count`.
pub fn micros_each(cpu: CpuTime, count: u64) -> BTreeMap<String, u64> {
    let micros = |used: std::time::Duration| u64::try_from(used.as_micros()).unwrap_or(u64::MAX);
    cpu.into_iter().map(|(name, used)| (name, each(micros(used), count))).collect()
}

impl Report {
    fn databases(&self) -> impl Iterator<Item = (&'static str, &Database)> {
        let each = [("SQLite", &self.sqlite), ("PostgreSQL", &self.postgres)];
        each.into_iter().filter_map(|(name, database)| Some((name, database.as_ref()?)))
    }

    /// Whether no ledger is known to be broken.
    pub fn holds(&self) -> bool {
        self.databases().all(|(_, database)| database.ledger_ok != Proof::Broken)
    }

    /// As people read it.
    pub fn draw(&self, form: Form) -> String {
        let Setting { cores, cpu, began, plans, merchants, payments_per_second, seconds, .. } = &self.setting;
        let (before, after) = (&self.setting.load_average_before, &self.setting.load_average_after);
        let mut text = format!(
            "{cores} × {cpu}, {began}, {seconds} s; load average {before} at the beginning, {after} at the end.\n\
             {plans} plans of {merchants} merchants due in one night; meanwhile {payments_per_second} payments a second.\n"
        );
        if !self.setting.optimised {
            text.push_str("This program was built without optimisation: its figures mean nothing.\n");
        }
        text.push('\n');
        let head = ["plans", "a minute", "payment p50 ms", "p99 ms", "bytes each", "processor µs each", "memory added"];
        let lines: Vec<_> = self.databases().flat_map(|(name, database)| lines(name, database)).collect();
        text.push_str(&draw(form, &head, &lines));
        for (name, database) in self.databases() {
            let proof = match database.ledger_ok {
                Proof::Holds => "the ledger holds",
                other => other.words(),
            };
            let size = database.ledger_bytes.map_or(0.0, mebibytes);
            text.push_str(&format!(
                "\n{name}: each of the {plans} was charged exactly once; {proof}, and takes {size} MiB.\n"
            ));
        }
        text
    }
}

fn lines(name: &str, database: &Database) -> [Line; 3] {
    let ms = |ms: f64| format!("{ms:.1}");
    let night = |what: &str, night: &Night| {
        let cpu: Vec<_> = night.cpu_micros.iter().map(|(name, micros)| format!("{name} {micros}")).collect();
        vec![
            format!("{name}: {what}"),
            format!("{:.0}", night.per_minute),
            ms(night.payment_p50_ms),
            ms(night.payment_p99_ms),
            night.bytes_per_plan.map_or_else(|| "unknown".to_owned(), |bytes| bytes.to_string()),
            cpu.join(", "),
            format!("{} MiB", night.memory_added_mb),
        ]
    };
    let (p50, p99) = (ms(database.payment_alone_p50_ms), ms(database.payment_alone_p99_ms));
    [
        vec![format!("{name}: none, payments alone"), String::new(), p50, p99],
        night("announced", &database.announced),
        night("charged", &database.charged),
    ]
}
