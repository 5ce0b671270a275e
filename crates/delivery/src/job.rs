//! The job: looks at what is due, lets the lanes start what may start, sleeps until something happens.

use crate::Delivery;
use crate::due::Outlook;
use crate::lanes::{Lanes, Turn};
use mithaq_wallet::Alarm;
use std::collections::HashMap;
use std::time::Duration;
use tokio::task::{Id, JoinSet};

/// How long a stop waits for attempts that are under way: most end in this time, and then need not be repeated.
const LAST_CALL: Duration = Duration::from_secs(1);

/// Delivers what is due until the alarm says stop, or the future is dropped. Attempts that are under way then are given
/// up, and are made again by the next run: a message may arrive twice, but none is lost.
pub async fn run(delivery: Delivery, alarm: Alarm) {
    let mut work = delivery.wallet().engine().outbox_signal();
    let mut lanes = Lanes::new(delivery.limits().clone());
    let mut outlook = Outlook::default();
    let mut attempts = Attempts::default();
    while !alarm.is_stopping() {
        let wallet = delivery.wallet();
        let next = outlook.look(wallet.reader(), wallet.now(), &mut lanes).await.unwrap_or_else(|error| {
            tracing::warn!(error.message = %error, "delivery: cannot read the outbox, will try again");
            None
        });
        loop {
            while let Some(turn) = lanes.start() {
                attempts.start(&delivery, turn);
            }
            tokio::select! {
                Some((turn, is_acknowledged)) = attempts.next() => {
                    if lanes.finish(&turn, is_acknowledged) {
                        outlook.rewind();
                        break;
                    }
                }
                () = alarm.sleep_until(next, &mut work) => break,
            }
        }
    }
    let last_call = async { while attempts.next().await.is_some() {} };
    let _ = tokio::time::timeout(LAST_CALL, last_call).await;
}

/// Attempts that are under way.
#[derive(Default)]
struct Attempts {
    tasks: JoinSet<Option<bool>>,
    turns: HashMap<Id, Turn>,
}

impl Attempts {
    fn start(&mut self, delivery: &Delivery, turn: Turn) {
        let (delivery, outbox_id) = (delivery.clone(), turn.outbox_id.clone());
        let task = self.tasks.spawn(async move { delivery.attempt(&outbox_id).await });
        self.turns.insert(task.id(), turn);
    }

    /// The next one that is over, and whether its target took the message (if it was asked); `None` if
    /// there is none under way.
    async fn next(&mut self) -> Option<(Turn, Option<bool>)> {
        let (id, is_acknowledged) = match self.tasks.join_next_with_id().await? {
            Ok(ended) => ended,
            Err(error) => {
                tracing::error!(error.message = %error, "delivery: an attempt broke off");
                (error.id(), Some(false))
            }
        };
        self.turns.remove(&id).map(|turn| (turn, is_acknowledged))
    }
}
