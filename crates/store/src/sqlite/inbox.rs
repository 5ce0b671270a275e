//! Messages, each with the place of the one before it of the same user: an inbox is read from the newest backwards, and
//! a new message dirties no page of an index.

use crate::StoreError;
use crate::columns::json;
use mithaq_domain::InboxMessage;
use mithaq_types::{MessageId, PaymentId, UserId};
use rusqlite::{Connection, OptionalExtension as _, params};

/// Adds a message to its user's inbox.
pub fn put(db: &Connection, message: &InboxMessage) -> Result<(), StoreError> {
    const NEWEST: &str = "SELECT newest FROM standing WHERE owner = ? AND kind = 'inbox' AND name = ''";
    const INSERT: &str =
        "INSERT INTO inbox (user_id, message_id, previous, payment_id, read, body) VALUES (?, ?, ?, ?, ?, ?)";
    const MOVE: &str = "INSERT INTO standing (owner, kind, name, newest) VALUES (?, 'inbox', '', ?) \
        ON CONFLICT (owner, kind, name) DO UPDATE SET newest = excluded.newest";
    let user = message.user_id.as_str();
    let previous: Option<i64> = db.prepare_cached(NEWEST)?.query_row([user], |row| row.get(0)).optional()?;
    db.prepare_cached(INSERT)?.execute(params![
        user,
        message.message_id.as_str(),
        previous,
        message.payment_id.as_ref().map(PaymentId::as_str),
        message.read,
        json(message)?
    ])?;
    db.prepare_cached(MOVE)?.execute(params![user, db.last_insert_rowid()])?;
    Ok(())
}

/// Notes that a user has opened a message; somebody else's it leaves alone.
pub fn mark_read(db: &Connection, user: &UserId, message: &MessageId) -> Result<(), StoreError> {
    const SQL: &str = "WITH RECURSIVE chain (id) AS (SELECT newest FROM standing WHERE owner = ?1 AND kind = 'inbox' \
        UNION ALL SELECT i.previous FROM inbox i JOIN chain USING (id) WHERE i.previous IS NOT NULL) \
        UPDATE inbox SET read = 1 WHERE id = \
        (SELECT id FROM chain JOIN inbox USING (id) WHERE message_id = ?2 LIMIT 1)";
    db.prepare_cached(SQL)?.execute([user.as_str(), message.as_str()])?;
    Ok(())
}
