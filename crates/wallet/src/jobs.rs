//! Background jobs: contracts whose time is up are ended. (Deliveries are `mithaq-delivery`'s.)

use crate::{Alarm, Fault, Wallet};
use mithaq_domain::{Command, EndedBy};

/// Ends contracts as their time comes, until the alarm says stop. Each ends through the engine, which
/// looks again: running this twice, or in two processes, ends nothing twice.
pub async fn run_expiry(wallet: Wallet, alarm: Alarm) {
    while !alarm.is_stopping() {
        if let Err(fault) = expire_due(&wallet).await {
            tracing::warn!(error.message = %fault, "expiry: will try again");
        }
        let next = wallet.reader().next_contract_due().await.unwrap_or(None);
        alarm.sleep_until(next).await;
    }
}

async fn expire_due(wallet: &Wallet) -> Result<(), Fault> {
    loop {
        let due = wallet.reader().contracts_due(wallet.now()).await?;
        if due.is_empty() {
            return Ok(());
        }
        for contract_id in due {
            match wallet.submit(Command::EndContract { contract_id, by: EndedBy::Clock }).await {
                // Over already: somebody was quicker.
                Ok(_) | Err(Fault::Refused(_)) => {}
                Err(fault) => return Err(fault),
            }
        }
    }
}
