//! A look into the outbox, page by page.

use crate::lanes::{Lanes, Place, place_of};
use mithaq_store::{Reader, StoreError};
use mithaq_types::Timestamp;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Rows read at once.
const PAGE: u16 = 500;
/// How often a look begins anew, in case something was missed.
pub const ANEW_EVERY: Duration = Duration::from_secs(60);
/// After every id: `(ms, LAST)` is the end of a millisecond.
const LAST: &str = "~";

#[derive(Clone, Copy)]
pub struct Seen {
    /// When one begins anew.
    pub anew_at: Instant,
    /// Every row that was due by then, by the wallet's clock, is known, or left out by its lane.
    pub to_ms: i64,
}

/// A look.
pub struct Look {
    pub reason: Reason,
    /// The present of it, by the wallet's clock.
    pub now: Timestamp,
    begun: Instant,
    /// After which row it goes on.
    after: Place,
    /// Whether something was missed since it began.
    pub is_stale: bool,
}

/// Why to look.
pub enum Reason {
    /// All over again.
    Anew,
    /// Time went on since then.
    Time(Seen),
    /// These lanes have room for what begins there.
    Room(Seen, Place, Vec<Arc<str>>),
}

impl Look {
    /// One that begins at `now`.
    pub fn new(reason: Reason, now: Timestamp) -> Self {
        let after = match &reason {
            Reason::Anew => (i64::MIN, String::new()),
            Reason::Time(seen) => (seen.to_ms, LAST.to_owned()),
            // The place itself is the first row to read.
            Reason::Room(_, (ms, _), _) => (ms.saturating_sub(1), LAST.to_owned()),
        };
        Self { reason, now, begun: Instant::now(), after, is_stale: false }
    }

    /// Offers the next page; whether there is another one.
    pub async fn read_page(&mut self, reader: &Reader, lanes: &mut Lanes) -> Result<bool, StoreError> {
        let page = reader.due_deliveries(self.now, std::mem::take(&mut self.after), PAGE).await?;
        for row in &page {
            lanes.offer(row);
        }
        let Some(last) = page.last().filter(|_| page.len() == usize::from(PAGE)) else { return Ok(false) };
        self.after = place_of(last);
        Ok(!matches!(&self.reason, Reason::Room(.., names) if !lanes.have_room(names)))
    }

    /// What is known after it.
    pub fn seen(&self) -> Seen {
        let to_ms = self.now.as_millisecond();
        match self.reason {
            // The longer one takes, the less often.
            Reason::Anew => Seen { anew_at: Instant::now() + ANEW_EVERY.max(self.begun.elapsed() * 20), to_ms },
            Reason::Time(seen) => Seen { to_ms, ..seen },
            Reason::Room(seen, ..) => seen,
        }
    }
}
