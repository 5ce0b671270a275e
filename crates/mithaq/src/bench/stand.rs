//! A wallet with the town in it, and rounds of payments over HTTP or through the engine alone.

use super::figures;
use super::house::{Jobs, Running};
use super::load::{self, Load};
use super::machine::CpuTime;
use super::merchant::Receiver;
use super::meter::Meter;
use super::place::Place;
use super::requests::{self, Dice, Kind};
use super::server::Server;
use super::town::Town;
use super::{Size, engine};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

/// One round of one row.
#[derive(Clone, Debug)]
pub struct Round {
    /// Signed answers, or payments, a second.
    pub per_second: f64,
    /// Median latency.
    pub p50_ms: f64,
    /// Only one in a hundred took longer.
    pub p99_ms: f64,
    /// What went towards the disk; `None` where that is not known.
    pub bytes: Option<u64>,
    /// Answers.
    pub count: u64,
    /// Processor time by kind of thread.
    pub cpu: CpuTime,
}

/// The wallet and what is sent to it.
pub struct Stand {
    /// The wallet.
    pub running: Running,
    town: Arc<Town>,
    dice: Dice,
    size: Size,
    /// Where the ledger is, if it is not in this process.
    server: Option<Arc<Server>>,
    /// Payments made.
    pub payments: u64,
}

impl Stand {
    /// A wallet over `place`, which holds `town`; `tag` begins the ids of requests, which the ledger has not seen yet.
    pub async fn open(
        place: &Place,
        keys: &Path,
        jobs: Jobs,
        town: &Arc<Town>,
        tag: &'static str,
        size: &Size,
        server: Option<&Arc<Server>>,
    ) -> anyhow::Result<Self> {
        let running = Running::open(place, keys, size.signers, jobs).await?;
        let server = server.filter(|_| matches!(place, Place::Postgres(_))).cloned();
        let (town, dice, size) = (Arc::clone(town), Dice::new(tag), size.clone());
        Ok(Self { running, town, dice, size, server, payments: 0 })
    }

    /// Sends `count` requests, `rate` a second or as fast as they are answered; waits until the merchant who is told of
    /// the payments has acknowledged them all.
    pub async fn send(
        &mut self,
        kind: &Kind,
        count: usize,
        rate: Option<f64>,
        told: Option<&mut Receiver>,
    ) -> anyhow::Result<Round> {
        let zone = &self.running.house.app.config.zone;
        let requests = requests::prepare(&self.town, &self.dice, kind, zone, count)?;
        let load = Load {
            address: self.running.address,
            connections: self.size.connections,
            requests,
            rate,
            path: kind.path,
            key: self.running.key.clone(),
        };
        let already = told.as_ref().map_or(0, |receiver| receiver.count());
        let before = Meter::read(self.server.as_deref()).await;
        let begun = Instant::now();
        let mut run = load::run(load).await?;
        if let Some(receiver) = told {
            receiver.acknowledged(already + run.count).await?;
            run.elapsed = begun.elapsed();
        }
        let (bytes, cpu) = before.used(self.server.as_deref()).await;
        if kind.path != mithaq_web::NOOP_PATH {
            self.payments += run.count;
        }
        anyhow::ensure!(run.verified > 0, "no answer was verified");
        Ok(Round {
            per_second: run.per_second(),
            p50_ms: run.latencies.percentile_ms(50),
            p99_ms: run.latencies.percentile_ms(99),
            bytes,
            count: run.count,
            cpu,
        })
    }

    /// `count` payments through the engine alone.
    pub async fn engine(&mut self, count: usize) -> anyhow::Result<Round> {
        let before = Meter::read(self.server.as_deref()).await;
        let elapsed = engine::pay(&self.running.house.wallet, &self.town, &self.dice, count).await?;
        let (bytes, cpu) = before.used(self.server.as_deref()).await;
        let count = count as u64;
        self.payments += count;
        Ok(Round { per_second: figures::per_second(count, elapsed), p50_ms: 0.0, p99_ms: 0.0, bytes, count, cpu })
    }

    /// Stops the wallet and closes the ledger.
    pub async fn close(self) -> anyhow::Result<()> {
        self.running.close().await
    }
}
