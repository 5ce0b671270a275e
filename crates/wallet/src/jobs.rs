//! Background jobs that one process at a time does: contracts whose time is up are ended, orders that nobody paid in time are
//! closed and holds given back, issuers that were silent are asked again, and credits that were appended are folded into
//! their accounts. (Deliveries are `mithaq-delivery`'s.)

use crate::lease::until_leading_or_stopped;
use crate::{Alarm, Fault, Standing, Wallet};
use jiff::SignedDuration;
use mithaq_domain::{Command, EndedBy};
use mithaq_store::{Chore, EngineError};
use std::time::Duration;

/// How often is looked for something to fold.
const FOLD_EVERY: Duration = Duration::from_secs(1);
/// Credits folded in one of the engine's batches: a few milliseconds of it.
const SLICE: u16 = 256;
/// Between two slices payments have the engine to themselves.
const BREATH: Duration = Duration::from_millis(10);
/// Between two looks for payments whose time is up, however many there are.
const BREATH_BETWEEN: SignedDuration = SignedDuration::from_millis(100);
/// How long an issuer is left alone before it is asked again.
const ASK_AGAIN: SignedDuration = SignedDuration::from_secs(15);

/// Ends contracts as their time comes, while this process leads, until the alarm says stop. Each ends through the
/// engine, which looks again: running this twice, or in two processes, ends nothing twice.
pub async fn end_contracts(wallet: Wallet, standing: Standing, alarm: Alarm) {
    while !alarm.is_stopping() {
        if !standing.leads() {
            until_leading_or_stopped(&standing, &alarm).await;
            continue;
        }
        if let Err(fault) = expire_due(&wallet, &standing).await {
            tracing::warn!(error.message = %fault, "expiry: will try again");
        }
        let next = wallet.reader().next_contract_due().await.unwrap_or(None);
        alarm.sleep_until(next).await;
    }
}

pub(crate) async fn expire_due(wallet: &Wallet, standing: &Standing) -> Result<(), Fault> {
    loop {
        let due = wallet.reader().contracts_due(wallet.now()).await?;
        if due.is_empty() {
            return Ok(());
        }
        for contract_id in due {
            if !standing.leads() {
                return Ok(());
            }
            match wallet.submit(Command::EndContract { contract_id, by: EndedBy::Clock }).await {
                // Over already: somebody was quicker.
                Ok(_) | Err(Fault::Refused(_)) => {}
                Err(fault) => return Err(fault),
            }
        }
    }
}

/// Closes orders and gives holds back as their time comes, while this process leads, until the alarm says stop. Each goes
/// through the engine, which looks again.
pub async fn expire_payments(wallet: Wallet, standing: Standing, alarm: Alarm) {
    while !alarm.is_stopping() {
        if !standing.leads() {
            until_leading_or_stopped(&standing, &alarm).await;
            continue;
        }
        if let Err(fault) = expire_due_payments(&wallet, &standing).await {
            tracing::warn!(error.message = %fault, "expiry of payments: will try again");
        }
        let next = wallet.reader().next_payment_due().await.unwrap_or(None);
        alarm.sleep_until(next.map(|next| next.max(wallet.now().saturating_add(BREATH_BETWEEN).unwrap_or(next)))).await;
    }
}

pub(crate) async fn expire_due_payments(wallet: &Wallet, standing: &Standing) -> Result<(), Fault> {
    for payment_id in wallet.reader().payments_due(wallet.now()).await? {
        if !standing.leads() {
            return Ok(());
        }
        match wallet.expire_payment(payment_id).await {
            // Over already: somebody was quicker.
            Ok(()) | Err(Fault::Refused(_)) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(())
}

/// Asks card issuers again that did not answer, while this process leads, until the alarm says stop.
pub async fn ask_issuers(wallet: Wallet, standing: Standing, alarm: Alarm) {
    while !alarm.is_stopping() {
        if !standing.leads() {
            until_leading_or_stopped(&standing, &alarm).await;
            continue;
        }
        if let Err(fault) = ask_again(&wallet).await {
            tracing::warn!(error.message = %fault, "issuers: will ask again");
        }
        alarm.sleep_until(wallet.now().saturating_add(ASK_AGAIN).ok()).await;
    }
}

async fn ask_again(wallet: &Wallet) -> Result<(), Fault> {
    for state in wallet.reader().payments_asking().await? {
        // Somebody who is waiting at the cashier is asking just now.
        let since = state.asked_at.map(|at| wallet.now().duration_since(at));
        if since.is_some_and(|since| since < ASK_AGAIN) {
            continue;
        }
        let Some(view) = wallet.reader().payment(state.payment_id.clone()).await? else { continue };
        match wallet.ask_issuer(&view.payment, &view.state, None).await {
            Ok(_) | Err(Fault::Refused(_)) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(())
}

/// Folds appended credits into their accounts, while this process leads, until the alarm says stop: about once a second
/// what there is by then, in slices, so that no payment waits for long.
pub async fn fold_credits(wallet: Wallet, standing: Standing, alarm: Alarm) {
    while !alarm.is_stopping() {
        if !standing.leads() {
            until_leading_or_stopped(&standing, &alarm).await;
            continue;
        }
        match fold(&wallet, &standing, &alarm).await {
            // So much is to be done that this can wait.
            Ok(()) | Err(Fault::Engine(EngineError::Busy)) => {}
            Err(fault) => tracing::warn!(error.message = %fault, "folding: will try again"),
        }
        tokio::select! {
            () = tokio::time::sleep(FOLD_EVERY) => {}
            () = alarm.stopped() => {}
        }
    }
}

async fn fold(wallet: &Wallet, standing: &Standing, alarm: &Alarm) -> Result<(), Fault> {
    let (mut waiting, _) = wallet.reader().unfolded().await?;
    while waiting > 0 && standing.leads() && !alarm.is_stopping() {
        wallet.engine().write(Chore::Fold { most: SLICE }).await?;
        waiting = waiting.saturating_sub(SLICE.into());
        tokio::time::sleep(BREATH).await;
    }
    Ok(())
}
