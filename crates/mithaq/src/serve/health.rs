//! Whether this process can do its work: found out twice a second, and remembered.
//!
//! It is found out by a small write that is needed anyway: this process says that it lives. A database that can only be
//! read, because it is a standby or its disk is full, is no database to take payments with.

use mithaq_store::Keeper;
use mithaq_wallet::{Alarm, LIFE};
use std::pin::pin;
use std::time::Duration;
use tokio::sync::watch;

/// Between two beats.
const EVERY: Duration = Duration::from_millis(500);
/// A database that needs longer for one row counts as lost. With [`EVERY`] it makes the time after which readiness turns
/// off: under 2 s.
const ANSWER_WITHIN: Duration = Duration::from_millis(1300);

/// How a process is. Cheap to clone.
#[derive(Clone)]
pub struct Health {
    alarm: Alarm,
    database: watch::Sender<bool>,
}

impl Health {
    /// That of a process which has no database yet and stops with `alarm`.
    pub fn new(alarm: Alarm) -> Self {
        Self { alarm, database: watch::channel(false).0 }
    }

    /// The database answers.
    pub fn found(&self) {
        if self.turn(true) {
            tracing::info!("serve: the database answers, ready");
        }
    }

    /// It does not, or takes no changes.
    fn lost(&self, reason: &str) {
        if self.turn(false) {
            tracing::warn!(error.message = reason, "serve: the database is out of reach, not ready");
        }
    }

    /// Whether that is news.
    fn turn(&self, answers: bool) -> bool {
        self.database.send_if_modified(|known| std::mem::replace(known, answers) != answers)
    }

    /// Whether work can be sent here.
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self) -> Result<(), &'static str> {
        if self.alarm.is_stopping() {
            Err("stopping")
        } else if *self.database.borrow() {
            Ok(())
        } else {
            Err("the database is out of reach")
        }
    }
}

/// Beats until the program stops. One beat at a time: those that a dead server keeps waiting must not take up all
/// connections.
pub async fn probe(keeper: Keeper, health: Health) {
    while !health.alarm.is_stopping() {
        let mut beat = pin!(keeper.beat(LIFE));
        let answered = match tokio::time::timeout(ANSWER_WITHIN, &mut beat).await {
            Ok(answered) => answered,
            Err(_) => {
                health.lost("it takes too long");
                tokio::select! {
                    answered = beat => answered,
                    () = health.alarm.stopped() => return,
                }
            }
        };
        match answered {
            Ok(()) => health.found(),
            Err(error) => health.lost(&error.to_string()),
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = health.alarm.stopped() => {}
        }
    }
}
