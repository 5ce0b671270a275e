//! Which rows of the outbox are due, offered to their lanes.
//!
//! The engine tells what it has written, and when what failed is due again, so that as a rule nobody looks. A look into
//! the database is needed
//!
//! - at first, for what an earlier run has left; and again after something was missed: the engine was not heard in
//!   time, a look failed, the clock went back, rows of a dead process were taken over. This look begins anew;
//! - now and then, in case something is missed that nobody thought of, or was written by another process;
//! - when rows fall due: from the instant up to which everything is known already. What becomes visible later and bears
//!   an earlier instant was told by the engine;
//! - when a lane has room for rows that it left out: from the first of these.
//!
//! A look goes page by page, and in between everything else goes on: behind a host that is down very many rows may wait.

mod look;
#[cfg(test)]
mod tests;

use crate::lanes::Lanes;
use look::{Look, Reason, Seen};
use mithaq_store::{DueDelivery, Reader, StoreError};
use mithaq_types::Timestamp;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::time::Instant;

/// The least time between two looks, so that rows which fall due one after the other are read together.
const BETWEEN: Duration = Duration::from_millis(50);
/// The least time until the next look after one that failed.
const AFTER_FAILURE: Duration = Duration::from_secs(1);

/// What is told by the engine.
pub type Told = Receiver<Arc<[DueDelivery]>>;

/// What is known of what is due.
pub struct Outlook {
    told: Told,
    /// The looks so far; without any, or after something was missed, the next one begins anew.
    seen: Option<Seen>,
    /// The look that is under way: a page at a time, lest it holds up everything else.
    look: Option<Look>,
    /// When the earliest row is due of those that are not yet.
    next_ms: Option<i64>,
    /// The next look is not made before.
    not_before: Instant,
}

impl Outlook {
    /// Listens to `told` from now on.
    pub fn new(told: Told) -> Self {
        Self { told, seen: None, look: None, next_ms: None, not_before: Instant::now() }
    }

    /// Something was missed: the next look begins anew.
    pub const fn rewind(&mut self) {
        self.seen = None;
        if let Some(look) = &mut self.look {
            look.is_stale = true;
        }
    }

    /// The same, and nothing counts of what was told and not heard: it may belong to somebody else by now.
    pub fn forget(&mut self) {
        (self.seen, self.look, self.not_before) = (None, None, Instant::now());
        self.told = self.told.resubscribe();
    }

    /// The next look begins anew, but not at once: the database could not be read a moment ago.
    pub fn rewind_soon(&mut self) {
        (self.seen, self.look) = (None, None);
        self.not_before = Instant::now() + AFTER_FAILURE;
    }

    /// Waits until the engine tells something, and takes all that it has told.
    pub async fn hear(&mut self, now: impl Fn() -> Timestamp, lanes: &mut Lanes) {
        let mut heard = self.told.recv().await;
        let now_ms = now().as_millisecond();
        loop {
            match heard {
                Ok(rows) => self.take(&rows, now_ms, lanes),
                Err(RecvError::Lagged(_)) => self.rewind(),
                // The engine is gone; the end is near.
                Err(RecvError::Closed) => return tokio::time::sleep(BETWEEN).await,
            }
            heard = match self.told.try_recv() {
                Ok(rows) => Ok(rows),
                Err(TryRecvError::Lagged(count)) => Err(RecvError::Lagged(count)),
                Err(TryRecvError::Empty | TryRecvError::Closed) => return,
            };
        }
    }

    /// What a batch left. Nothing means that it is not known what.
    fn take(&mut self, rows: &[DueDelivery], now_ms: i64, lanes: &mut Lanes) {
        if rows.is_empty() {
            self.rewind();
        }
        for row in rows {
            if row.next_ms <= now_ms {
                lanes.tell(row);
            } else {
                self.next_ms = Some(self.next_ms.map_or(row.next_ms, |next| next.min(row.next_ms)));
            }
        }
    }

    /// When to look next, if nothing happens before.
    pub fn next(&self, now: Timestamp, lanes: &Lanes) -> Option<Timestamp> {
        let at = |rest: Duration| now.checked_add(rest).ok();
        if self.look.is_some() {
            return Some(now);
        }
        let earliest = at(self.not_before.saturating_duration_since(Instant::now()));
        let Some(seen) = self.seen.filter(|_| !lanes.are_hungry()) else { return earliest };
        let anew = at(seen.anew_at.saturating_duration_since(Instant::now()));
        let due = self.next_ms.and_then(|ms| Timestamp::from_millisecond(ms).ok());
        due.into_iter().chain(anew).min().max(earliest)
    }

    /// Looks, if there is a reason to, and offers what is due at `now`: a page of it.
    ///
    /// # Errors
    /// When the database cannot be read; the next look begins anew.
    pub async fn look(&mut self, reader: &Reader, now: Timestamp, lanes: &mut Lanes) -> Result<(), StoreError> {
        // If the clock went back meanwhile, what is due is another question.
        let under_way = self.look.take().filter(|look| look.now <= now);
        let Some(mut look) = under_way.or_else(|| self.begin(now, lanes)) else { return Ok(()) };
        // Whatever goes wrong from here, the next look begins anew, and not at once.
        self.seen = None;
        self.not_before = Instant::now() + AFTER_FAILURE;
        if look.read_page(reader, lanes).await? {
            self.look = Some(look);
            return Ok(());
        }
        if !matches!(look.reason, Reason::Room(..)) {
            self.next_ms = reader.next_delivery(look.now).await?.map(Timestamp::as_millisecond);
        }
        self.seen = Some(look.seen()).filter(|_| !look.is_stale);
        self.not_before = Instant::now() + BETWEEN;
        Ok(())
    }

    fn begin(&self, now: Timestamp, lanes: &mut Lanes) -> Option<Look> {
        if Instant::now() < self.not_before {
            return None;
        }
        Some(Look::new(self.reason(now.as_millisecond(), lanes)?, now))
    }

    fn reason(&self, now_ms: i64, lanes: &mut Lanes) -> Option<Reason> {
        let current = self.seen.filter(|seen| seen.to_ms <= now_ms && Instant::now() < seen.anew_at);
        let Some(seen) = current else {
            // This look brings what they left out, too.
            lanes.take_hungry();
            return Some(Reason::Anew);
        };
        if self.next_ms.is_some_and(|next_ms| next_ms <= now_ms) {
            return Some(Reason::Time(seen));
        }
        lanes.take_hungry().map(|(place, names)| Reason::Room(seen, place, names))
    }
}
