//! What waits: messages that are due, credits that are not folded. For the operator's gauges.

use super::{Line, Reader, Sql};
use crate::StoreError;
use mithaq_types::Timestamp;

/// Rows counted at most: a look must not cost more, the longer the backlog is.
const COUNTED_MAX: i64 = 10_000;

/// Batches are named by time: the first ones are the oldest.
const UNFOLDED: &str = "SELECT count(*), min(at) FROM (SELECT at FROM credits ORDER BY batch_id LIMIT $1) AS unfolded";

/// How much waits, of all processes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Backlog {
    /// Messages that are due and not delivered; 10,000 stands for that and more.
    pub due: i64,
    /// Since when the oldest of those counted is due.
    pub due_since: Option<Timestamp>,
    /// Credits that are not folded; 10,000 stands for that and more.
    pub unfolded: i64,
    /// When the oldest of those counted was appended.
    pub unfolded_since: Option<Timestamp>,
}

impl Reader {
    /// What waits at `now`. Reads no row that does not wait, and of those no more than it counts.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn backlog(&self, now: Timestamp) -> Result<Backlog, StoreError> {
        const DUE: &str = "SELECT count(*), min(next_at) FROM (SELECT next_at FROM outbox WHERE state = 'PENDING' \
            AND next_at <= $1 LIMIT $2) AS due";
        let questions = vec![
            (Sql::Both(DUE), vec![now.as_millisecond().into(), COUNTED_MAX.into()]),
            (Sql::Both(UNFOLDED), vec![COUNTED_MAX.into()]),
        ];
        let mut answers = self.snapshot(questions).await?.into_iter();
        let mut next = || waiting(&answers.next().unwrap_or_default());
        let ((due, due_since), (unfolded, unfolded_since)) = (next()?, next()?);
        Ok(Backlog { due, due_since, unfolded, unfolded_since })
    }

    /// How many credits wait to be folded, and since when; counted up to 10,000.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn unfolded(&self) -> Result<(i64, Option<Timestamp>), StoreError> {
        waiting(&self.lines(Sql::Both(UNFOLDED), vec![COUNTED_MAX.into()]).await?)
    }
}

/// How many rows were counted, and the oldest instant among them.
fn waiting(lines: &[Line]) -> Result<(i64, Option<Timestamp>), StoreError> {
    let Some(line) = lines.first() else { return Ok((0, None)) };
    let since = line.maybe_int(1)?.and_then(|ms| Timestamp::from_millisecond(ms).ok());
    Ok((line.int(0)?, since))
}
