//! Payments through the engine alone: no HTTP, no signatures.

use super::requests::Dice;
use super::town::{Town, With};
use mithaq_domain::{Command, Done, PaymentOutcome};
use mithaq_wallet::Wallet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// Commands that wait at the same time: what the engine takes as one batch, and the next one.
const AT_ONCE: usize = 1_024;

/// Makes `count` payments; answers how long they took.
pub async fn pay(wallet: &Wallet, town: &Town, dice: &Dice, count: usize) -> anyhow::Result<Duration> {
    let commands: anyhow::Result<Vec<_>> = (0..count).map(|_| dice.command(town, With::Many)).collect();
    let commands = Arc::new(Mutex::new(commands?));
    let begun = Instant::now();
    let mut workers: JoinSet<_> = (0..AT_ONCE).map(|_| work(wallet.clone(), Arc::clone(&commands))).collect();
    while let Some(done) = workers.join_next().await {
        done??;
    }
    Ok(begun.elapsed())
}

async fn work(wallet: Wallet, commands: Arc<Mutex<Vec<Command>>>) -> anyhow::Result<()> {
    loop {
        let next = commands.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let Some(command) = next else { return Ok(()) };
        match wallet.submit(command).await? {
            Done::Paid(payment) if payment.outcome == PaymentOutcome::Success => {}
            other => anyhow::bail!("a payment did not succeed: {other:?}"),
        }
    }
}
