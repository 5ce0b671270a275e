//! Payments of merchants meanwhile, evenly and not many: how long they wait for plans.

use super::super::figures::Latencies;
use super::super::requests::Dice;
use super::super::town::{Town, With};
use mithaq_domain::{Done, PaymentOutcome};
use mithaq_wallet::Wallet;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use tokio::time::MissedTickBehavior;

/// How many a second.
pub const PER_SECOND: u64 = 50;

/// What merchants saw.
#[derive(Debug)]
pub struct Seen {
    /// Median.
    pub p50_ms: f64,
    /// Only one in a hundred took longer.
    pub p99_ms: f64,
    /// Payments.
    pub count: u64,
}

/// Pays until `work` is done; answers that, and how long payments took. One that waits holds up none that follow.
pub async fn pay<T>(
    wallet: &Wallet,
    town: &Town,
    dice: &Arc<Dice>,
    work: impl Future<Output = T>,
) -> anyhow::Result<(T, Seen)> {
    let mut ticks = tokio::time::interval(Duration::from_millis(1_000 / PER_SECOND));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let (mut payments, mut latencies) = (JoinSet::new(), Latencies::default());
    tokio::pin!(work);
    let done = loop {
        tokio::select! {
            done = &mut work => break done,
            tick = ticks.tick() => {
                let (wallet, command) = (wallet.clone(), dice.command(town, With::Many)?);
                payments.spawn(async move {
                    let outcome = wallet.submit(command).await;
                    // From when it was due: waiting for a free thread counts too.
                    (outcome, Instant::now().saturating_duration_since(tick.into_std()))
                });
            }
            Some(paid) = payments.join_next() => note(paid?, &mut latencies)?,
        }
    };
    while let Some(paid) = payments.join_next().await {
        note(paid?, &mut latencies)?;
    }
    let count = latencies.count();
    Ok((done, Seen { p50_ms: latencies.percentile_ms(50), p99_ms: latencies.percentile_ms(99), count }))
}

fn note((outcome, took): (Result<Done, mithaq_wallet::Fault>, Duration), to: &mut Latencies) -> anyhow::Result<()> {
    match outcome? {
        Done::Paid(payment) if payment.outcome == PaymentOutcome::Success => to.note(took),
        other => anyhow::bail!("a payment failed: {other:?}"),
    }
    Ok(())
}
