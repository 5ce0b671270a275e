//! A batch's rows, set by set.

use super::{changes, fold, inbox, rows, standing};
use crate::columns::json;
use crate::store::{Credit, WriteSet};
use crate::{Chore, StoreError};
use mithaq_domain::Transaction;
use rusqlite::{Connection, params};

/// Writes everything in `set`.
pub fn set(db: &Connection, set: &WriteSet) -> Result<(), StoreError> {
    set.inserts.iter().try_for_each(|row| rows::insert(db, row))?;
    set.updates.iter().try_for_each(|row| changes::update(db, row))?;
    set.accounts.iter().try_for_each(|account| standing::put_account(db, account))?;
    set.credits.iter().try_for_each(|credit| append(db, credit))?;
    set.transactions.iter().try_for_each(|transaction| post(db, transaction))?;
    set.inbox.iter().try_for_each(|message| inbox::put(db, message))?;
    for line in &set.audit {
        db.prepare_cached("INSERT INTO audit (id, at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?, ?)")?
            .execute(params![line.id, line.at.as_millisecond(), line.actor, line.action, line.subject, line.detail])?;
    }
    set.chores.iter().try_for_each(|chore| run_chore(db, chore))
}

fn append(db: &Connection, credit: &Credit) -> Result<(), StoreError> {
    db.prepare_cached("INSERT INTO credits (batch_id, account, currency, minor, at) VALUES (?, ?, ?, ?, ?)")?.execute(
        params![
            credit.batch_id,
            credit.account.to_string(),
            credit.account.currency.code(),
            credit.minor,
            credit.at.as_millisecond()
        ],
    )?;
    Ok(())
}

fn post(db: &Connection, transaction: &Transaction) -> Result<(), StoreError> {
    let mut statement = db.prepare_cached(
        "INSERT INTO postings (transaction_id, account, minor, currency, cause, payment_id, at) \
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )?;
    for entry in transaction.entries() {
        statement.execute(params![
            transaction.id,
            entry.account.to_string(),
            entry.minor,
            entry.account.currency.code(),
            transaction.cause,
            transaction.payment.as_ref().map(mithaq_types::PaymentId::as_str),
            transaction.at.as_millisecond()
        ])?;
    }
    Ok(())
}

fn run_chore(db: &Connection, chore: &Chore) -> Result<(), StoreError> {
    match chore {
        Chore::MarkRead { user_id, message_id } => return inbox::mark_read(db, user_id, message_id),
        Chore::RecordSent(sent) => db
            .prepare_cached(
                "INSERT INTO sent (sent_id, outbox_id, channel, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            )?
            .execute(params![sent.sent_id, sent.outbox_id.as_str(), sent.channel, json(sent)?])?,
        Chore::Fold { most } => return fold::oldest(db, *most),
        Chore::SetMeta { name, value } => db
            .prepare_cached(
                "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            )?
            .execute([name, value])?,
    };
    Ok(())
}
