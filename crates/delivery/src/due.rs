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

use crate::lanes::{Lanes, Place, place_of};
use mithaq_store::{DueDelivery, Reader, StoreError};
use mithaq_types::Timestamp;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::time::Instant;

/// Rows read at once.
const PAGE: u16 = 500;
/// How often a look begins anew, in case something was missed.
const ANEW_EVERY: Duration = Duration::from_secs(60);
/// The least time between two looks, so that rows which fall due one after the other are read together.
const BETWEEN: Duration = Duration::from_millis(50);
/// The least time until the next look after one that failed.
const AFTER_FAILURE: Duration = Duration::from_secs(1);
/// After every id: `(ms, LAST)` is the end of a millisecond.
const LAST: &str = "~";

/// What is told by the engine.
pub type Told = Receiver<Arc<[DueDelivery]>>;

/// What is known of what is due.
pub struct Outlook {
    told: Told,
    /// The looks so far; without any, or after something was missed, the next one begins anew.
    seen: Option<Seen>,
    /// When the earliest row is due of those that are not yet.
    next_ms: Option<i64>,
    /// The next look is not made before.
    not_before: Instant,
}

#[derive(Clone, Copy)]
struct Seen {
    /// When a look began anew.
    anew_at: Instant,
    /// Every row that was due by then, by the wallet's clock, is known, or left out by its lane.
    to_ms: i64,
}

/// Why to look, and from where.
enum Look {
    /// All over again.
    Anew,
    /// Time went on since then.
    Time(Seen),
    /// These lanes have room for what begins there.
    Room(Place, Vec<Arc<str>>),
}

impl Outlook {
    /// Listens to `told` from now on.
    pub fn new(told: Told) -> Self {
        Self { told, seen: None, next_ms: None, not_before: Instant::now() }
    }

    /// The next look begins anew.
    pub const fn rewind(&mut self) {
        self.seen = None;
    }

    /// The same, and nothing counts of what was told and not heard: it may belong to somebody else by now.
    pub fn forget(&mut self) {
        self.rewind();
        self.told = self.told.resubscribe();
    }

    /// The next look begins anew, but not at once: the database could not be read a moment ago.
    pub fn rewind_soon(&mut self) {
        self.rewind();
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
        let earliest = at(self.not_before.saturating_duration_since(Instant::now()));
        let Some(seen) = self.seen.filter(|_| !lanes.are_hungry()) else { return earliest };
        let anew = at(ANEW_EVERY.saturating_sub(seen.anew_at.elapsed()));
        let due = self.next_ms.and_then(|ms| Timestamp::from_millisecond(ms).ok());
        due.into_iter().chain(anew).min().max(earliest)
    }

    /// Looks, if there is a reason to, and offers what is due at `now`.
    ///
    /// # Errors
    /// When the database cannot be read; the next look begins anew.
    pub async fn look(&mut self, reader: &Reader, now: Timestamp, lanes: &mut Lanes) -> Result<(), StoreError> {
        if Instant::now() < self.not_before {
            return Ok(());
        }
        let now_ms = now.as_millisecond();
        let Some(look) = self.reason(now_ms, lanes) else { return Ok(()) };
        // Whatever comes between, a look that was not finished is made anew, and not at once.
        let seen = self.seen.take();
        self.not_before = Instant::now() + AFTER_FAILURE;
        let (from, seen) = match &look {
            Look::Anew => ((i64::MIN, String::new()), Some(Seen { anew_at: Instant::now(), to_ms: now_ms })),
            Look::Time(seen) => ((seen.to_ms, LAST.to_owned()), Some(Seen { to_ms: now_ms, ..*seen })),
            // The place itself is the first row to read.
            Look::Room((ms, _), _) => ((ms.saturating_sub(1), LAST.to_owned()), seen),
        };
        read(reader, now, from, &look, lanes).await?;
        if !matches!(look, Look::Room(..)) {
            self.next_ms = reader.next_delivery(now).await?.map(Timestamp::as_millisecond);
        }
        (self.seen, self.not_before) = (seen, Instant::now() + BETWEEN);
        Ok(())
    }

    fn reason(&self, now_ms: i64, lanes: &mut Lanes) -> Option<Look> {
        let current = self.seen.filter(|seen| seen.to_ms <= now_ms && seen.anew_at.elapsed() < ANEW_EVERY);
        let Some(seen) = current else {
            // This look brings what they left out, too.
            lanes.take_hungry();
            return Some(Look::Anew);
        };
        if self.next_ms.is_some_and(|next_ms| next_ms <= now_ms) {
            return Some(Look::Time(seen));
        }
        lanes.take_hungry().map(|(place, names)| Look::Room(place, names))
    }
}

/// Offers what is due from there on, page by page.
async fn read(reader: &Reader, now: Timestamp, from: Place, look: &Look, lanes: &mut Lanes) -> Result<(), StoreError> {
    let mut after = Some(from);
    while let Some(place) = after.take() {
        let page = reader.due_deliveries(now, place, PAGE).await?;
        for row in &page {
            lanes.offer(row);
        }
        let is_enough = matches!(look, Look::Room(_, names) if !lanes.have_room(names));
        let last = page.last().filter(|_| page.len() == usize::from(PAGE) && !is_enough);
        after = last.map(place_of);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{ANEW_EVERY, Lanes, Outlook, Seen};
    use crate::Limits;
    use mithaq_store::DueDelivery;
    use mithaq_types::{OutboxId, Timestamp};
    use std::sync::Arc;
    use tokio::sync::broadcast::Sender;
    use tokio::time::Instant;

    const NOW_MS: i64 = 1_800_000_000_000;

    fn now() -> Timestamp {
        Timestamp::from_millisecond(NOW_MS).expect("an instant")
    }

    fn row(name: &str, next_ms: i64) -> DueDelivery {
        DueDelivery { outbox_id: OutboxId::new(name), target: "https://shop.example/n".to_owned(), next_ms }
    }

    /// After a look that found nothing.
    fn outlook(sender: &Sender<Arc<[DueDelivery]>>) -> (Outlook, Lanes) {
        let mut outlook = Outlook::new(sender.subscribe());
        outlook.seen = Some(Seen { anew_at: Instant::now(), to_ms: NOW_MS - 1 });
        (outlook, Lanes::new(Limits::default()))
    }

    #[tokio::test]
    async fn what_the_engine_tells_is_taken_without_a_look() {
        let sender = Sender::new(8);
        let (mut outlook, mut lanes) = outlook(&sender);
        sender.send([row("now", NOW_MS), row("later", NOW_MS + 120_000)].into()).expect("heard");
        sender.send([row("sooner", NOW_MS + 60_000)].into()).expect("heard");
        outlook.hear(now, &mut lanes).await;
        assert_eq!(lanes.start().map(|turn| turn.outbox_id), Some(OutboxId::new("now")));
        assert!(lanes.start().is_none());
        assert!(outlook.reason(NOW_MS, &mut lanes).is_none(), "nothing to look for");
        assert!(outlook.next(now(), &lanes).expect("some time") <= row_time(NOW_MS + 60_000));
        assert!(outlook.reason(NOW_MS + 60_000, &mut lanes).is_some(), "when the first of the others is due");
    }

    fn row_time(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(ms).expect("an instant")
    }

    #[tokio::test]
    async fn whoever_missed_something_looks_anew() {
        let sender = Sender::new(1);
        let (mut outlook, mut lanes) = outlook(&sender);
        for name in ["missed", "heard"] {
            sender.send([row(name, NOW_MS)].into()).expect("heard");
        }
        outlook.hear(now, &mut lanes).await;
        assert!(outlook.seen.is_none());
        assert_eq!(lanes.start().map(|turn| turn.outbox_id), Some(OutboxId::new("heard")));

        let (mut outlook, mut lanes) = self::outlook(&sender);
        sender.send([].into()).expect("heard");
        outlook.hear(now, &mut lanes).await;
        assert!(outlook.seen.is_none(), "it is not known what a batch left");
    }

    #[tokio::test(start_paused = true)]
    async fn a_look_begins_anew_after_the_clock_went_back_and_once_a_minute() {
        let sender = Sender::new(1);
        let (outlook, mut lanes) = outlook(&sender);
        assert!(outlook.reason(NOW_MS, &mut lanes).is_none());
        assert!(outlook.reason(NOW_MS - 2, &mut lanes).is_some());
        tokio::time::advance(ANEW_EVERY).await;
        assert!(outlook.reason(NOW_MS, &mut lanes).is_some());
    }
}
