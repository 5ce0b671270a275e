//! Which rows of the outbox are due, offered to their lanes as the clock goes on.
//!
//! Rows that wait in a lane are still due in the database, perhaps very many of them behind a host that is down. So a
//! look goes on where the last one ended; now and then, and after the clock went back, it begins anew.

use crate::lanes::Lanes;
use mithaq_store::{Reader, StoreError};
use mithaq_types::Timestamp;
use std::time::Duration;
use tokio::time::Instant;
use url::Url;

/// Rows read at once.
const PAGE: u16 = 500;
/// How far before the last look the next one begins: a row is visible a little after the instant it bears.
const OVERLAP_MS: i64 = 60_000;
/// How often a look begins anew, in case something was missed.
const ANEW_EVERY: Duration = Duration::from_secs(30);

/// Where the next look begins.
#[derive(Default)]
pub struct Outlook {
    /// The looks so far; without any the next one begins anew.
    last: Option<Last>,
}

struct Last {
    /// When a look began anew.
    anew_at: Instant,
    /// When the last one was.
    at: Instant,
    /// The present of the last one, by the wallet's clock.
    now: Timestamp,
}

impl Outlook {
    /// The next look begins anew: rows that were left out before can be taken now.
    pub fn rewind(&mut self) {
        self.last = None;
    }

    /// Offers what is due at `now`. Answers when the next row falls due after that.
    ///
    /// # Errors
    /// When the database cannot be read; the next look begins anew.
    pub async fn look(
        &mut self,
        reader: &Reader,
        now: Timestamp,
        lanes: &mut Lanes,
    ) -> Result<Option<Timestamp>, StoreError> {
        let at = Instant::now();
        let last = self.last.take().filter(|last| last.anew_at.elapsed() < ANEW_EVERY && last.now <= now);
        let from_ms = last.as_ref().map_or(i64::MIN, |last| last.now.as_millisecond() - OVERLAP_MS);
        let mut after = Some((from_ms, String::new()));
        while let Some(place) = after.take() {
            let page = reader.due_deliveries(now, place, PAGE).await?;
            after = page
                .last()
                .filter(|_| page.len() == usize::from(PAGE))
                .map(|row| (row.next_ms, row.outbox_id.as_str().to_owned()));
            for row in page {
                lanes.offer(&lane_of(&row.target), row.outbox_id);
            }
        }
        // After a jump of the clock, rows that bear an instant from before it may still be on their way into the
        // database: the next look begins anew, too.
        if !last.as_ref().is_some_and(|last| last.is_jump_to(now, at)) {
            self.last = Some(Last { anew_at: last.map_or(at, |last| last.anew_at), at, now });
        }
        reader.next_delivery(now).await
    }
}

impl Last {
    /// Whether the wallet's clock went on by clearly more than the machine's.
    fn is_jump_to(&self, now: Timestamp, at: Instant) -> bool {
        let real_ms = i64::try_from(at.duration_since(self.at).as_millis()).unwrap_or(i64::MAX);
        now.as_millisecond() - self.now.as_millisecond() > real_ms.saturating_add(1_000)
    }
}

/// The lane of a target: the host and port of a URL, or one lane for all that goes to users.
fn lane_of(target: &str) -> String {
    if target.starts_with("user:") {
        return "user".to_owned();
    }
    let parsed = Url::parse(target).ok();
    let host = parsed.as_ref().and_then(|url| Some((url.host_str()?, url.port_or_known_default()?)));
    host.map_or_else(|| target.to_owned(), |(host, port)| format!("{host}:{port}"))
}

#[cfg(test)]
mod tests {
    use super::lane_of;

    #[test]
    fn a_lane_is_a_host_with_its_port_whatever_the_path() {
        assert_eq!(lane_of("https://Shop.Example.com/hooks/pay?order=1"), "shop.example.com:443");
        assert_eq!(lane_of("https://shop.example.com:443/other"), "shop.example.com:443");
        assert_eq!(lane_of("http://127.0.0.1:7601/n"), "127.0.0.1:7601");
        assert_eq!(lane_of("user:2166100000000000000001"), "user");
        assert_eq!(lane_of("not a url"), "not a url");
    }
}
