//! What leaves the wallet and what users read: the outbox, inboxes, what went out.

use super::{LIST_MAX, Line, Reader, Sql};
use crate::{Sent, StoreError};
use mithaq_domain::{InboxMessage, Outbox};
use mithaq_types::{OutboxId, PaymentId, Timestamp, UserId};

/// Which deliveries to list.
#[derive(Clone, Debug)]
pub enum OutboxFilter {
    /// Those about a payment.
    Payment(PaymentId),
    /// The newest.
    Newest,
}

/// A delivery that is due.
#[derive(Clone, Debug)]
pub struct DueDelivery {
    /// Which.
    pub outbox_id: OutboxId,
    /// Where to: a URL, or `user:ID`.
    pub target: String,
    /// Since when, in milliseconds.
    pub next_ms: i64,
}

impl Reader {
    /// Deliveries.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn outbox(&self, filter: OutboxFilter) -> Result<Vec<Outbox>, StoreError> {
        const OF_PAYMENT: &str = "SELECT body FROM outbox WHERE payment_id = $1 ORDER BY outbox_id";
        const NEWEST: &str = "SELECT body FROM outbox ORDER BY outbox_id DESC LIMIT $1";
        match filter {
            OutboxFilter::Payment(id) => self.bodies("outbox", OF_PAYMENT, vec![id.as_str().into()]).await,
            OutboxFilter::Newest => self.bodies("outbox", NEWEST, vec![LIST_MAX.into()]).await,
        }
    }

    /// Deliveries of this process due at `now`, after a place in their order (milliseconds and id), at most `limit`.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn due_deliveries(
        &self,
        now: Timestamp,
        (after_ms, after_id): (i64, String),
        limit: u16,
    ) -> Result<Vec<DueDelivery>, StoreError> {
        const SQL: Sql = Sql::Each {
            sqlite: "SELECT outbox_id, target, next_at FROM outbox WHERE state = 'PENDING' AND next_at <= $1 \
                AND (next_at, outbox_id) > ($2, $3) AND $4 = '' ORDER BY next_at, outbox_id LIMIT $5",
            postgres: "SELECT outbox_id, target, next_at FROM outbox WHERE state = 'PENDING' AND next_at <= $1 \
                AND (next_at, outbox_id) > ($2, $3) AND owner = $4 ORDER BY next_at, outbox_id LIMIT $5",
        };
        let (now_ms, limit) = (now.as_millisecond().into(), i64::from(limit).into());
        let values = vec![now_ms, after_ms.into(), after_id.as_str().into(), self.process().into(), limit];
        let lines = self.lines(SQL, values).await?;
        let due = |line: &Line| {
            let outbox_id = OutboxId::new(line.text(0)?);
            Ok(DueDelivery { outbox_id, target: line.text(1)?.to_owned(), next_ms: line.int(2)? })
        };
        lines.iter().map(due).collect()
    }

    /// When the next delivery of this process falls due after `now`.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn next_delivery(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        const SQL: Sql = Sql::Each {
            sqlite: "SELECT min(next_at) FROM outbox WHERE state = 'PENDING' AND next_at > $1 AND $2 = ''",
            postgres: "SELECT min(next_at) FROM outbox WHERE state = 'PENDING' AND next_at > $1 AND owner = $2",
        };
        self.instant(SQL, vec![now.as_millisecond().into(), self.process().into()]).await
    }

    /// A user's inbox, or everybody's, newest first.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn inbox(&self, user: Option<UserId>) -> Result<Vec<InboxMessage>, StoreError> {
        const ALL: Sql = Sql::Each {
            sqlite: "SELECT body, read FROM inbox ORDER BY id DESC LIMIT $1",
            postgres: "SELECT body, read FROM inbox ORDER BY message_id DESC LIMIT $1",
        };
        const ONES: Sql = Sql::Each {
            sqlite: "WITH RECURSIVE chain (id) AS (SELECT newest FROM standing WHERE owner = $1 AND kind = 'inbox' \
                UNION ALL SELECT i.previous FROM inbox i JOIN chain USING (id) WHERE i.previous IS NOT NULL) \
                SELECT body, read FROM chain JOIN inbox USING (id) LIMIT $2",
            postgres: "SELECT body, read FROM inbox WHERE user_id = $1 ORDER BY message_id DESC LIMIT $2",
        };
        let lines = match user {
            None => self.lines(ALL, vec![LIST_MAX.into()]).await?,
            Some(user) => self.lines(ONES, vec![user.as_str().into(), LIST_MAX.into()]).await?,
        };
        // The column is what changes; the body says how it was written.
        let message = |line: &Line| Ok(InboxMessage { read: line.bool(1)?, ..line.body("inbox", 0)? });
        lines.iter().map(message).collect()
    }

    /// How many of a user's newest `most` messages were not opened yet.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn unread(&self, user: UserId, most: u16) -> Result<u32, StoreError> {
        const SQL: Sql = Sql::Each {
            sqlite: "WITH RECURSIVE chain (id) AS (SELECT newest FROM standing WHERE owner = $1 AND kind = 'inbox' \
                UNION ALL SELECT i.previous FROM inbox i JOIN chain USING (id) WHERE i.previous IS NOT NULL) \
                SELECT count(*) FROM (SELECT read FROM chain JOIN inbox USING (id) LIMIT $2) AS x WHERE read = 0",
            postgres: "SELECT count(*) FROM (SELECT read FROM inbox WHERE user_id = $1 ORDER BY message_id DESC LIMIT $2) \
                AS x WHERE NOT read",
        };
        let lines = self.lines(SQL, vec![user.as_str().into(), i64::from(most).into()]).await?;
        let count = lines.first().map_or(Ok(0), |line| line.int(0))?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// SMS and e-mails that went out, newest first.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn sent(&self) -> Result<Vec<Sent>, StoreError> {
        self.bodies("sent", "SELECT body FROM sent ORDER BY sent_id DESC LIMIT $1", vec![LIST_MAX.into()]).await
    }
}
