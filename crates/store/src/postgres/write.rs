//! A batch's rows, set by set: one statement for each table and kind of change, all sent at once.

use super::connection::Connection;
use super::sets::{Rule, Sets};
use super::{changes, fold, rows};
use crate::columns::json;
use crate::store::{Credit, WriteSet};
use crate::{Chore, StoreError};
use mithaq_domain::{Account, Key};
use mithaq_types::PaymentId;
use std::collections::{HashMap, HashSet};

/// What the transaction remembers of what it has read, because writing depends on it.
#[derive(Debug, Default)]
pub struct Memory {
    /// Which accounts there are: the others are inserted, so that two processes cannot both open one.
    pub accounts: HashSet<Key>,
    /// Rows as they were read that are not locked, but changed only if they are still so.
    pub bodies: HashMap<Key, tokio_postgres::Row>,
}

/// Writes everything in `set`.
pub async fn set(connection: &Connection, set: &WriteSet, memory: &Memory, process: &str) -> Result<(), StoreError> {
    let mut sets = Sets::default();
    set.inserts.iter().try_for_each(|row| rows::insert(&mut sets, row, process))?;
    set.updates.iter().try_for_each(|row| changes::update(&mut sets, row, memory, process))?;
    set.accounts.iter().for_each(|account| put_account(&mut sets, account, memory));
    set.credits.iter().for_each(|credit| append(&mut sets, credit));
    post(&mut sets, set);
    put_messages(&mut sets, set)?;
    run_chores(&mut sets, &set.chores)?;
    sets.run(connection).await?;
    let most = set.chores.iter().filter_map(|chore| if let Chore::Fold { most } = chore { Some(*most) } else { None });
    match most.max() {
        Some(most) => fold::oldest(connection, most).await,
        None => Ok(()),
    }
}

fn append(sets: &mut Sets, credit: &Credit) {
    let sql = "INSERT INTO credits (batch_id, account, currency, minor, at) \
         SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[])";
    let values = [
        credit.batch_id.as_str().into(),
        credit.account.to_string().into(),
        credit.account.currency.code().into(),
        credit.minor.into(),
        credit.at.as_millisecond().into(),
    ];
    sets.add(Rule::All, sql, values);
}

/// One that was read is locked and changed; one that was not there is inserted, and if another process was faster the
/// batch is decided again.
fn put_account(sets: &mut Sets, account: &Account, memory: &Memory) {
    let day = account.spend.map(|spend| spend.day.to_string());
    let minor = account.spend.map(|spend| spend.minor);
    let id = account.id.to_string();
    if memory.accounts.contains(&Key::Account(account.id.clone())) {
        let sql = "UPDATE accounts t SET balance = k.b, spend_day = k.c, spend_minor = k.d \
             FROM unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[]) AS k (a, b, c, d) WHERE t.account = k.a";
        sets.add(Rule::All, sql, [id.into(), account.balance.into(), day.into(), minor.into()]);
    } else {
        let sql = "INSERT INTO accounts (account, currency, balance, spend_day, spend_minor) \
             SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::bigint[])";
        let currency = account.id.currency.code().into();
        sets.add(Rule::All, sql, [id.into(), currency, account.balance.into(), day.into(), minor.into()]);
    }
}

fn post(sets: &mut Sets, set: &WriteSet) {
    for transaction in &set.transactions {
        for entry in transaction.entries() {
            let sql = "INSERT INTO postings (transaction_id, account, minor, currency, cause, payment_id, at) SELECT * \
                 FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::bigint[])";
            let values = [
                transaction.id.as_str().into(),
                entry.account.to_string().into(),
                entry.minor.into(),
                entry.account.currency.code().into(),
                transaction.cause.as_str().into(),
                transaction.payment.as_ref().map(PaymentId::as_str).into(),
                transaction.at.as_millisecond().into(),
            ];
            sets.add(Rule::All, sql, values);
        }
    }
}

fn put_messages(sets: &mut Sets, set: &WriteSet) -> Result<(), StoreError> {
    for message in &set.inbox {
        let sql = "INSERT INTO inbox (message_id, user_id, payment_id, read, body) \
             SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::text[])";
        let values = [
            message.message_id.as_str().into(),
            message.user_id.as_str().into(),
            message.payment_id.as_ref().map(PaymentId::as_str).into(),
            message.read.into(),
            json(message)?.into(),
        ];
        sets.add(Rule::All, sql, values);
    }
    for line in &set.audit {
        let sql = "INSERT INTO audit (id, at, actor, action, subject, detail) \
             SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[])";
        let values = [
            line.id.as_str().into(),
            line.at.as_millisecond().into(),
            line.actor.as_str().into(),
            line.action.as_str().into(),
            line.subject.as_str().into(),
            line.detail.as_deref().into(),
        ];
        sets.add(Rule::All, sql, values);
    }
    Ok(())
}

fn run_chores(sets: &mut Sets, chores: &[Chore]) -> Result<(), StoreError> {
    // One statement cannot set the same row twice: the last value counts.
    let mut settings: Vec<(&str, &str)> = Vec::new();
    for chore in chores {
        match chore {
            Chore::MarkRead { user_id, message_id } => sets.add(
                Rule::Any,
                "UPDATE inbox t SET read = TRUE FROM unnest($1::text[], $2::text[]) AS k (a, b) \
                 WHERE t.message_id = k.a AND t.user_id = k.b",
                [message_id.as_str().into(), user_id.as_str().into()],
            ),
            Chore::RecordSent(sent) => sets.add(
                Rule::Any,
                "INSERT INTO sent (sent_id, outbox_id, channel, body) \
                 SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) ON CONFLICT DO NOTHING",
                [
                    sent.sent_id.as_str().into(),
                    sent.outbox_id.as_str().into(),
                    sent.channel.as_str().into(),
                    json(sent)?.into(),
                ],
            ),
            // Folded once everything else is written.
            Chore::Fold { .. } => {}
            Chore::SetMeta { name, value } => {
                settings.retain(|(known, _)| known != name);
                settings.push((name, value));
            }
        }
    }
    for (name, value) in settings {
        let sql = "INSERT INTO meta (name, value) SELECT * FROM unnest($1::text[], $2::text[]) \
             ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        sets.add(Rule::Any, sql, [name.into(), value.into()]);
    }
    Ok(())
}
