//! The job: hears or looks what is due, lets the lanes start what may start, sleeps until something happens.

use crate::Delivery;
use crate::attempts::Attempts;
use crate::due::Outlook;
use crate::lanes::Lanes;
use mithaq_wallet::Alarm;
use std::time::Duration;

/// How long a stop waits for attempts that are under way: most end in this time, and then need not be repeated.
const LAST_CALL: Duration = Duration::from_secs(1);

/// Delivers what is due until the alarm says stop, or the future is dropped. Attempts that are under way then are given
/// up, and are made again by the next run: a message may arrive twice, but none is lost.
///
/// Begins nothing while this process may count as dead. When it lives again, it begins anew with what is its own then.
pub async fn run(delivery: Delivery, alarm: Alarm) {
    let (wallet, standing) = (delivery.wallet().clone(), delivery.standing().clone());
    let mut lanes = Lanes::new(delivery.limits().clone());
    let mut outlook = Outlook::new(wallet.engine().outgoing());
    let mut taken_over = standing.taken_over();
    let mut attempts = Attempts::new(delivery);
    let mut life = standing.life();
    while !alarm.is_stopping() {
        if life.is_none() || standing.life() != life {
            tokio::select! {
                () = standing.until_living() => {}
                () = alarm.stopped() => {}
            }
            life = standing.life();
            lanes.forget_waiting();
            outlook.forget();
            continue;
        }
        if let Err(error) = outlook.look(wallet.reader(), wallet.now(), &mut lanes).await {
            tracing::warn!(error.message = %error, "delivery: cannot read the outbox, will try again");
        }
        attempts.start(std::iter::from_fn(|| lanes.start()).collect());
        let next = outlook.next(wallet.now(), &lanes);
        tokio::select! {
            Some(ended) = attempts.next() => {
                for (turn, outcome) in ended.turns {
                    lanes.finish(&turn, outcome);
                }
                if ended.is_missed {
                    outlook.rewind_soon();
                }
            }
            () = outlook.hear(|| wallet.now(), &mut lanes) => {}
            Ok(()) = taken_over.changed() => outlook.rewind(),
            () = alarm.sleep_until(next) => {}
        }
    }
    let _ = tokio::time::timeout(LAST_CALL, attempts.finish()).await;
}
