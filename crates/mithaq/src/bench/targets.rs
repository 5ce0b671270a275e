//! What the figures are measured against.

use super::figures::{ratio, ratio_of_rounds};
use super::results::{Database, Grown, Results, Row};
use serde::Serialize;

/// A target and what was measured.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Target {
    /// What.
    pub figure: &'static str,
    /// Its unit, or nothing for a ratio.
    pub unit: &'static str,
    /// The least it should be, or the most.
    pub target: f64,
    /// Whether more is better.
    pub at_least: bool,
    /// What it is; `None` where it was not measured.
    pub measured: Option<f64>,
}

impl Target {
    /// Whether it is met; `None` where it was not measured.
    pub fn met(&self) -> Option<bool> {
        self.measured.map(|measured| if self.at_least { measured >= self.target } else { measured <= self.target })
    }

    const fn least(figure: &'static str, unit: &'static str, target: f64, measured: Option<f64>) -> Self {
        Self { figure, unit, target, at_least: true, measured }
    }

    const fn most(figure: &'static str, unit: &'static str, target: f64, measured: Option<f64>) -> Self {
        Self { figure, unit, target, at_least: false, measured }
    }
}

/// All of them. Ratios are of rounds that ran one after the other, and the median of those.
pub fn all(results: &Results) -> Vec<Target> {
    let (sqlite, postgres) = (results.sqlite.as_ref(), results.postgres.as_ref());
    let uniform = |database: Option<&Database>| database.and_then(|database| database.uniform.clone());
    let to_noop = |database| among(uniform(database).as_ref(), results.signed_noop.as_ref());
    let to_uniform = |database: Option<&Database>| among(database?.hot.as_ref(), database?.uniform.as_ref());
    let half_p99 = |database: Option<&Database>| Some(database?.half.as_ref()?.p99_ms);
    let at = |database: Option<&Database>, stored| grown(database, stored).cloned();
    let growth =
        |database, much, little| among(at(database, much)?.uniform.as_ref(), at(database, little)?.uniform.as_ref());
    let engine = |database| Some(at(database, MILLION)?.engine?.per_second);
    let written = at(sqlite, MILLION).and_then(|grown| grown.uniform?.bytes_per_payment);
    vec![
        Target::least("durable signed payments ÷ signed no-op, SQLite", "", 0.85, to_noop(sqlite)),
        Target::least("durable signed payments ÷ signed no-op, PostgreSQL", "", 0.75, to_noop(postgres)),
        Target::least("one hot merchant ÷ uniform, SQLite", "", 0.95, to_uniform(sqlite)),
        Target::least("one hot merchant ÷ uniform, PostgreSQL", "", 0.95, to_uniform(postgres)),
        Target::least(
            "PostgreSQL, 5 million stored ÷ 0.1 million",
            "",
            0.90,
            growth(postgres, 5 * MILLION, MILLION / 10),
        ),
        Target::least("SQLite, 1 million stored ÷ empty", "", 0.70, growth(sqlite, MILLION, 0)),
        Target::most("bytes per payment, SQLite, 1 million stored", "KiB", 16.0, written.map(kibibytes)),
        Target::least("engine alone, PostgreSQL, 1 million stored", "/s", 15_000.0, engine(postgres)),
        Target::least("engine alone, SQLite, 1 million stored", "/s", 12_000.0, engine(sqlite)),
        Target::most("p99 at half of the maximum, SQLite", "ms", 25.0, half_p99(sqlite)),
        Target::most("p99 at half of the maximum, PostgreSQL", "ms", 25.0, half_p99(postgres)),
        Target::most("memory of mithaq dev, idle", "MiB", 60.0, results.memory.dev_idle_mb),
        Target::most("memory of mithaq serve under full load", "MiB", 250.0, results.memory.serve_full_load_mb),
    ]
}

/// Payments stored.
pub const MILLION: usize = 1_000_000;

fn grown(database: Option<&Database>, stored: usize) -> Option<&Grown> {
    database?.growth.iter().find(|grown| grown.stored == stored)
}

fn among(part: Option<&Row>, whole: Option<&Row>) -> Option<f64> {
    Some(ratio_of_rounds(&part?.rounds, &whole?.rounds))
}

#[expect(clippy::cast_precision_loss, reason = "bytes of a payment")]
fn kibibytes(bytes: u64) -> f64 {
    ratio(bytes as f64, 1_024.0)
}
