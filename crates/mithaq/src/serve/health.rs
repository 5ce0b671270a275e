//! Whether this process can do its work: asked of the database twice a second, and remembered.

use mithaq_domain::Key;
use mithaq_store::Reader;
use mithaq_types::ClientId;
use mithaq_wallet::Alarm;
use std::pin::pin;
use std::time::Duration;
use tokio::sync::watch;

/// Between two looks.
const EVERY: Duration = Duration::from_millis(500);
/// A database that needs longer for one row counts as lost. With [`EVERY`] it makes the time after which readiness turns
/// off: under 2 s.
const ANSWER_WITHIN: Duration = Duration::from_secs(1);

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
        self.turn(true);
    }

    /// It does not.
    fn lost(&self) {
        self.turn(false);
    }

    fn turn(&self, answers: bool) {
        let changed = self.database.send_if_modified(|known| std::mem::replace(known, answers) != answers);
        match (changed, answers) {
            (true, true) => tracing::info!("serve: the database answers, ready"),
            (true, false) => tracing::warn!("serve: the database is out of reach, not ready"),
            (false, _) => {}
        }
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

/// Looks at the database until the program stops. One look at a time: those that a dead server keeps waiting must not
/// take up all connections.
pub async fn probe(reader: Reader, health: Health) {
    while !health.alarm.is_stopping() {
        let mut look = pin!(reader.row(Key::Client(ClientId::new("readiness"))));
        let answered = match tokio::time::timeout(ANSWER_WITHIN, &mut look).await {
            Ok(answered) => answered,
            Err(_) => {
                health.lost();
                tokio::select! {
                    answered = look => answered,
                    () = health.alarm.stopped() => return,
                }
            }
        };
        match answered {
            Ok(_) => health.found(),
            Err(error) => {
                tracing::debug!(error.message = %error, "serve: the database does not answer");
                health.lost();
            }
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = health.alarm.stopped() => {}
        }
    }
}
