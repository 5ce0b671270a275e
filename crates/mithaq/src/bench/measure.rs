//! The order of measuring, from the bare machine to the grown ledger.

use super::figures::{self, half, mebibytes};
use super::house::House;
use super::load::{self, Load};
use super::machine;
use super::merchant::Receiver;
use super::requests::{self, Dice, Kind, With};
use super::results::{Database, Grown, Memory, Results, Row, Setting, cpu_micros};
use super::town::Town;
use super::{Size, engine, rsa};
use mithaq_crypto::PrivateKey;
use mithaq_types::SystemClock;
use mithaq_wallet::Alarm;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

/// Everything, with a database in `folder`.
pub async fn all(folder: &Path, size: &Size) -> anyhow::Result<Results> {
    let setting = setting(size);
    step("this machine");
    let fsync_per_second = machine::fsync_per_second(folder)?;
    let key = PrivateKey::generate()?;
    let rsa_sign_per_second_one_core = rsa::signs_per_second(&key, 1);
    let rsa_sign_per_second = rsa::signs_per_second(&key, setting.cores);

    let house = House::open(&folder.join("sqlite"), size.signers).await?;
    let idle_mb = mebibytes(machine::resident_bytes());
    step("merchants, payers and their contracts");
    let town = Town::found(&house.wallet, size.merchants, size.payers).await?;
    let mut stand = Stand::new(house, town, size.clone());

    step("the signed endpoint that stores nothing");
    let signed_noop = stand.measure(&Kind::noop(), None, None).await?;
    let sqlite = stand.database(&folder.join("notified")).await?;
    let memory = Memory { idle_mb, full_load_mb: mebibytes(stand.full_load_bytes) };
    stand.house.close().await?;
    Ok(Results {
        setting,
        fsync_per_second,
        rsa_sign_per_second,
        rsa_sign_per_second_one_core,
        signed_noop_per_second: signed_noop.per_second,
        signed_noop,
        sqlite,
        memory,
    })
}

fn setting(size: &Size) -> Setting {
    Setting {
        cores: machine::cores(),
        cpu: machine::cpu_model(),
        load_average: machine::load_average(),
        optimised: !cfg!(debug_assertions),
        payers: size.payers,
        merchants: size.merchants,
        payments: size.payments,
        connections: size.connections,
        signers: size.signers,
    }
}

/// What is going on, for people: standard output is for the figures.
fn step(what: &str) {
    eprintln!("measuring: {what}");
}

/// A wallet with everybody in it.
struct Stand {
    house: House,
    town: Town,
    dice: Dice,
    size: Size,
    /// Payments made so far.
    stored: usize,
    /// The most memory that was seen at the end of a row, without the requests.
    full_load_bytes: u64,
}

impl Stand {
    const fn new(house: House, town: Town, size: Size) -> Self {
        Self { house, town, dice: Dice::new(), size, stored: 0, full_load_bytes: 0 }
    }

    /// Every row of one database; the one with notifications in `folder`.
    async fn database(&mut self, folder: &Path) -> anyhow::Result<Database> {
        step("uniform payments");
        let uniform = self.measure(&Kind::pay(With::Many), None, None).await?;
        step("one hot merchant");
        let hot = self.measure(&Kind::pay(With::One), None, None).await?;
        step("half of the measured maximum");
        let half = self.measure(&Kind::pay(With::Many), Some(half(uniform.per_second)), None).await?;
        step("the engine alone");
        let engine_per_second = self.engine(self.size.payments).await?;
        let mut growth = Vec::new();
        for stored in self.size.growth {
            step(&format!("uniform payments with {stored} stored"));
            growth.push(self.grown(*stored).await?);
        }
        step("payments that are also notified");
        let notified = notified(folder, &self.size).await?;
        step("the ledger");
        let ledger_ok = self.house.wallet.reader().verify().await?.ok();
        Ok(Database { uniform, hot, half, notified, engine_per_second, growth, ledger_ok })
    }

    /// Sends the payments of one row, `rate` a second or as fast as they are answered; waits until the merchant who
    /// is told of them has acknowledged them all.
    async fn measure(&mut self, kind: &Kind, rate: Option<f64>, told: Option<&mut Receiver>) -> anyhow::Result<Row> {
        let zone = &self.house.app.config.zone;
        let requests = requests::prepare(&self.town, &self.dice, kind, zone, self.size.payments)?;
        let requests_bytes = requests.iter().map(|request| request.len() as u64).sum();
        let load = Load {
            address: self.house.address,
            connections: self.size.connections,
            requests,
            rate,
            path: kind.path,
            key: self.house.key.clone(),
        };
        let (cpu, written) = (machine::cpu_time(), machine::written_bytes());
        let begun = Instant::now();
        let mut run = load::run(load).await?;
        if let Some(receiver) = told {
            receiver.acknowledged(run.count).await?;
            run.elapsed = begun.elapsed();
        }
        let resident = machine::resident_bytes().saturating_sub(requests_bytes);
        self.full_load_bytes = self.full_load_bytes.max(resident);
        if kind.path != mithaq_web::NOOP_PATH {
            self.stored += self.size.payments;
        }
        anyhow::ensure!(run.verified > 0, "no answer was verified");
        Ok(Row {
            per_second: run.per_second(),
            p50_ms: run.latencies.percentile_ms(50),
            p99_ms: run.latencies.percentile_ms(99),
            bytes_per_payment: figures::each(machine::written_bytes().saturating_sub(written), run.count),
            cpu_micros: cpu_micros(machine::cpu_time_since(&cpu), run.count),
        })
    }

    /// Payments a second through the engine alone.
    async fn engine(&mut self, count: usize) -> anyhow::Result<f64> {
        self.stored += count;
        engine::payments_per_second(&self.house.wallet, &self.town, &self.dice, count).await
    }

    /// Fills the ledger up to `stored` payments and measures again.
    async fn grown(&mut self, stored: usize) -> anyhow::Result<Grown> {
        const PORTION: usize = 50_000;
        let mut engine_per_second = 0.0;
        while self.stored < stored {
            engine_per_second = self.engine(PORTION.min(stored - self.stored)).await?;
        }
        let uniform = self.measure(&Kind::pay(With::Many), None, None).await?;
        Ok(Grown { stored, engine_per_second, uniform })
    }
}

/// Payers of the row with notifications: their own messages go out before it begins.
const NOTIFIED_PAYERS: usize = 500;
/// One in so many of the other rows' payments.
const NOTIFIED_SHARE: usize = 8;
/// Merchants of it.
const NOTIFIED_MERCHANTS: usize = 50;

/// Payments whose merchants are told: a wallet of its own, with deliveries running.
async fn notified(folder: &Path, size: &Size) -> anyhow::Result<Row> {
    let (payers, merchants) = (size.payers.min(NOTIFIED_PAYERS), size.merchants.min(NOTIFIED_MERCHANTS));
    let house = House::open(folder, size.signers).await?;
    let alarm = Alarm::new(Arc::new(SystemClock));
    let job = tokio::spawn(mithaq_delivery::run(mithaq_web::delivery(&house.app)?, alarm.clone()));
    let town = Town::found(&house.wallet, merchants, payers).await?;
    let mut receiver = Receiver::open(&town, house.app.config.zone.clone()).await?;
    let kind = Kind { notify_url: Some(receiver.url.clone()), ..Kind::pay(With::Many) };
    let size = Size { payers, merchants, payments: size.payments.div_ceil(NOTIFIED_SHARE), ..size.clone() };
    let mut stand = Stand::new(house, town, size);
    let row = stand.measure(&kind, None, Some(&mut receiver)).await?;
    alarm.stop();
    job.await?;
    stand.house.close().await?;
    Ok(row)
}
