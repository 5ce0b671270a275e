//! Both nights on one database: the scheduler as every wallet runs it, merchants who charge meanwhile, and the proof that each
//! plan was charged once.

use super::super::figures;
use super::super::machine;
use super::super::measure::step;
use super::super::meter::Meter;
use super::super::place::Place;
use super::super::proof::Proof;
use super::super::requests::Dice;
use super::super::server::Server;
use super::meanwhile::{self, Seen};
use super::report::{Database, Night};
use super::subscribers::Subscribers;
use crate::house::{House, Keys, Plan};
use crate::settings::Rules;
use anyhow::{Context as _, ensure};
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan as _};
use mithaq_delivery::Guard;
use mithaq_domain::{Key, Policy};
use mithaq_store::Reader;
use mithaq_types::{Clock, ShiftedClock, Timestamp};
use mithaq_wallet::{Alarm, PlansRun, Standing};
use mithaq_web::Capacity;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How long payments are measured with nothing else going on.
const QUIET: Duration = Duration::from_secs(3);
/// How long the proof may take.
const PATIENCE: Duration = Duration::from_secs(1_800);
/// Between two looks at the memory.
const LOOK: Duration = Duration::from_millis(200);
/// Agreements that are read at once afterwards.
const READ_AT_ONCE: usize = 1_000;
/// How long a stop may take.
const STOP_WITHIN: Duration = Duration::from_secs(20);

/// Measures it over `place`, which everybody was put into.
pub async fn measure(
    name: &str,
    place: &Place,
    folder: &Path,
    who: &Arc<Subscribers>,
    server: Option<&Server>,
) -> anyhow::Result<Database> {
    let (ledger, clock) = (place.open()?, Arc::new(ShiftedClock::default()));
    let clock_of_house: Arc<dyn Clock> = Arc::<ShiftedClock>::clone(&clock);
    let house = ledger.house(Plan {
        keys: Keys::open(&folder.join("keys"))?,
        clock: Arc::clone(&clock_of_house),
        alarm: Alarm::new(clock_of_house),
        rules: Rules::default(),
        origin: "http://localhost".to_owned(),
        capacity: Capacity::of_this_machine(),
        guard: Guard::sandbox(),
        sandbox: None,
        sources: mithaq_wallet::Sources::none(),
    })?;
    let jobs = tokio::spawn(jobs(&house));
    let dice = Arc::new(Dice::new("NIGHT"));
    let town = &who.town;

    step(&format!("{name}: merchants' payments alone"));
    let ((), alone) = meanwhile::pay(&house.wallet, town, &dice, tokio::time::sleep(QUIET)).await?;
    let plans = who.plans as u64;
    let mut nights = Vec::new();
    let announced = PlansRun { announced: plans, ..PlansRun::default() };
    let charged = PlansRun { paid: plans, ..PlansRun::default() };
    let told_days_before = i64::from(house.wallet.policy().dunning.announce_days);
    for (what, days_before, expected) in [("announced", told_days_before, announced), ("charged", 0, charged)] {
        step(&format!("{name}: {plans} plans to be {what}"));
        clock.set(at_work(who.first, days_before, house.wallet.policy())?);
        let (run, night) = one(&house, who, &dice, server).await?;
        ensure!(run == expected, "the scheduler has done {run:?}, and not {expected:?}");
        nights.push(night);
    }
    let [announced, charged] = nights.try_into().ok().context("two nights")?;

    step(&format!("{name}: the ledger, and every agreement"));
    each_was_charged_once(house.wallet.reader(), plans).await?;
    if let Some(server) = server {
        // What asks the whole ledger may use as much memory as that takes, over connections that are made from now on.
        server.widen(super::NAME).await?;
    }
    let ledger_ok = Proof::of(ledger.reader()?, PATIENCE).await?;
    house.alarm.stop();
    tokio::time::timeout(STOP_WITHIN, jobs).await.context("the jobs do not stop")??;
    house.close(STOP_WITHIN).await;
    drop(ledger);
    let (p50, p99) = (alone.p50_ms, alone.p99_ms);
    let ledger_bytes = place.bytes().await;
    Ok(Database { announced, charged, payment_alone_p50_ms: p50, payment_alone_p99_ms: p99, ledger_bytes, ledger_ok })
}

/// The jobs of a wallet that delivers nothing, but those of plans, which are called by hand.
fn jobs(house: &House) -> impl Future<Output = ()> + Send + use<> {
    let standing = Standing::among_others();
    let fold = mithaq_wallet::fold_credits(house.wallet.clone(), standing.clone(), house.alarm.clone());
    mithaq_wallet::keep_while(house.keeper.clone(), standing, mithaq_wallet::LIFE, fold)
}

/// A minute after the hour of work, so many days before `day`.
fn at_work(day: Date, days_before: i64, policy: &Policy) -> anyhow::Result<Timestamp> {
    let at = day.checked_sub(days_before.days())?.at(policy.dunning.hour, 1, 0, 0);
    Ok(at.to_zoned(policy.zone.clone())?.timestamp())
}

async fn one(
    house: &House,
    who: &Arc<Subscribers>,
    dice: &Arc<Dice>,
    server: Option<&Server>,
) -> anyhow::Result<(PlansRun, Night)> {
    let most = Arc::new(AtomicU64::new(0));
    let id = std::process::id();
    let memory_before = machine::resident_bytes_of(id);
    let watch = tokio::spawn({
        let most = Arc::clone(&most);
        async move {
            loop {
                most.fetch_max(machine::resident_bytes_of(id), Ordering::Relaxed);
                tokio::time::sleep(LOOK).await;
            }
        }
    });
    let (meter, begun) = (Meter::read(server).await, Instant::now());
    let work = async {
        let run = mithaq_wallet::run_due_plans(&house.wallet, house.wallet.now(), || true).await;
        (run, begun.elapsed())
    };
    let ((run, elapsed), Seen { p50_ms, p99_ms, count }) = meanwhile::pay(&house.wallet, &who.town, dice, work).await?;
    let (bytes, cpu) = meter.used(server).await;
    watch.abort();
    let plans = who.plans as u64;
    let memory_added = most.load(Ordering::Relaxed).saturating_sub(memory_before);
    let night = Night {
        per_minute: figures::per_minute(plans, elapsed),
        seconds: elapsed.as_secs(),
        payment_p50_ms: p50_ms,
        payment_p99_ms: p99_ms,
        payments: count,
        bytes_per_plan: bytes.map(|bytes| figures::each(bytes, plans)),
        cpu_micros: super::report::micros_each(cpu, plans),
        memory_added_mb: figures::mebibytes(memory_added),
    };
    Ok((run?, night))
}

/// Looks at every agreement by itself, whatever the scheduler says it has done.
async fn each_was_charged_once(reader: &Reader, plans: u64) -> anyhow::Result<()> {
    let ever = Timestamp::MAX.checked_sub(SignedDuration::from_hours(24))?;
    let ids = reader.plans_due(ever, i64::try_from(plans)?.saturating_add(1)).await?;
    ensure!(ids.len() as u64 == plans, "{} agreements have a next deduction, and not {plans}", ids.len());
    for ids in ids.chunks(READ_AT_ONCE) {
        let state = reader.rows(ids.iter().map(|id| Key::ContractState(id.clone())).collect()).await?;
        for id in ids {
            let standing = state.contract_state(id).with_context(|| format!("{id} is gone"))?;
            let paid = standing.plan.map_or(0, |plan| plan.paid);
            ensure!(paid == 1 && standing.charges == 1, "{id} was charged {} times", standing.charges);
        }
    }
    Ok(())
}
