//! Waking the jobs: when their time comes, when the clock is moved, when the program stops.

use mithaq_types::{Clock, Timestamp};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// The longest a job sleeps without looking, in case a wake-up was missed.
const NAP_MAX: Duration = Duration::from_secs(30);

/// Tells sleeping jobs that the clock was moved or that the program stops. Cheap to clone.
#[derive(Clone)]
pub struct Alarm {
    clock: Arc<dyn Clock>,
    moved: watch::Sender<u64>,
    stopping: watch::Sender<bool>,
}

impl Alarm {
    /// An alarm on `clock`.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, moved: watch::channel(0).0, stopping: watch::channel(false).0 }
    }

    /// The clock was moved: whoever sleeps looks again.
    pub fn clock_moved(&self) {
        self.moved.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// The program stops: whoever sleeps ends.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Whether the program stops.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        *self.stopping.borrow()
    }

    /// Resolves when the program stops.
    pub async fn stopped(&self) {
        let mut stopping = self.stopping.subscribe();
        // An error means that the sender is gone, which it cannot be while `self` lives.
        let _ = stopping.wait_for(|stop| *stop).await;
    }

    /// Sleeps until `due` (or for a nap), the clock's move, or the end; whichever is first.
    pub async fn sleep_until(&self, due: Option<Timestamp>) {
        let mut moved = self.moved.subscribe();
        let now = self.clock.now();
        let wait = due.map_or(NAP_MAX, |due| Duration::try_from(due.duration_since(now)).unwrap_or(Duration::ZERO));
        tokio::select! {
            () = tokio::time::sleep(wait.min(NAP_MAX)) => {}
            _ = moved.changed() => {}
            () = self.stopped() => {}
        }
    }
}
