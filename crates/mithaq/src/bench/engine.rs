//! Payments through the engine alone: no HTTP, no signatures.

use super::figures;
use super::requests::{Dice, With};
use super::town::{Town, price};
use anyhow::Context as _;
use mithaq_crypto::sha256;
use mithaq_domain::{Command, Done, Hash, PayRequest, PaymentOutcome};
use mithaq_wallet::Wallet;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// Commands that wait at the same time: what the engine takes as one batch.
const AT_ONCE: usize = 512;

/// Makes `count` payments; answers how long they took.
pub async fn pay(wallet: &Wallet, town: &Town, dice: &Dice, count: usize) -> anyhow::Result<Duration> {
    let commands = Arc::new(std::sync::Mutex::new(commands(town, dice, count)?));
    let begun = Instant::now();
    let mut workers: JoinSet<_> = (0..AT_ONCE).map(|_| work(wallet.clone(), Arc::clone(&commands))).collect();
    while let Some(done) = workers.join_next().await {
        done??;
    }
    Ok(begun.elapsed())
}

/// The same, as a rate.
pub async fn payments_per_second(wallet: &Wallet, town: &Town, dice: &Dice, count: usize) -> anyhow::Result<f64> {
    Ok(figures::per_second(count as u64, pay(wallet, town, dice, count).await?))
}

type Waiting = Arc<std::sync::Mutex<Vec<Command>>>;

async fn work(wallet: Wallet, commands: Waiting) -> anyhow::Result<()> {
    loop {
        let next = commands.lock().unwrap_or_else(std::sync::PoisonError::into_inner).pop();
        let Some(command) = next else { return Ok(()) };
        match wallet.submit(command).await? {
            Done::Paid(payment) if payment.outcome == PaymentOutcome::Success => {}
            other => anyhow::bail!("a payment did not succeed: {other:?}"),
        }
    }
}

fn commands(town: &Town, dice: &Dice, count: usize) -> anyhow::Result<Vec<Command>> {
    let amount = price()?;
    (0..count)
        .map(|_| {
            let deal = dice.deal(town, With::Many).context("nobody can pay")?;
            let request_id = dice.request_id();
            Ok(Command::Pay(Box::new(PayRequest {
                client_id: deal.shop.client_id.clone(),
                content: Hash(sha256(request_id.as_bytes())),
                request_id,
                access: Hash(sha256(deal.token.as_bytes())),
                amount,
                description: "Fresh Box, one month".to_owned(),
                notify_url: None,
            })))
        })
        .collect()
}
