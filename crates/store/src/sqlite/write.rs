//! A batch's rows, set by set.

use super::{fold, inbox, standing};
use crate::columns::{due_at, json, kind_name, standing_name, state_name, status_name};
use crate::store::{Credit, WriteSet};
use crate::{Chore, StoreError};
use mithaq_domain::{InteractionState, PaymentState, Row, Transaction};
use rusqlite::{Connection, params};

/// Writes everything in `set`.
pub fn set(db: &Connection, set: &WriteSet) -> Result<(), StoreError> {
    set.inserts.iter().try_for_each(|row| insert(db, row))?;
    set.updates.iter().try_for_each(|row| update(db, row))?;
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

fn insert(db: &Connection, row: &Row) -> Result<(), StoreError> {
    match row {
        Row::Account(account) => return standing::put_account(db, account),
        Row::App(app) => db
            .prepare_cached("INSERT INTO apps (app_id, client_id, body) VALUES (?, ?, ?)")?
            .execute(params![app.app_id.as_str(), app.client_id.as_str(), json(app)?])?,
        Row::Card(card) => db
            .prepare_cached("INSERT INTO cards (card_id, user_id, body) VALUES (?, ?, ?)")?
            .execute(params![card.card_id.as_str(), card.user_id.as_str(), json(card)?])?,
        Row::Client(client) => db
            .prepare_cached("INSERT INTO clients (client_id, merchant_id, body) VALUES (?, ?, ?)")?
            .execute(params![client.client_id.as_str(), client.merchant_id.as_str(), json(client)?])?,
        Row::Code(code) => db
            .prepare_cached("INSERT INTO codes (hash, expires_at, body) VALUES (?, ?, ?)")?
            .execute(params![code.hash.0, code.expires_at.as_millisecond(), json(code)?])?,
        Row::Consent(consent) => db
            .prepare_cached("INSERT INTO consents (user_id, client_id, body) VALUES (?, ?, ?)")?
            .execute(params![consent.user_id.as_str(), consent.client_id.as_str(), json(consent)?])?,
        Row::Contract(contract) => db
            .prepare_cached(
                "INSERT INTO contracts (contract_id, user_id, client_id, accepted_at, body) VALUES (?, ?, ?, ?, ?)",
            )?
            .execute(params![
                contract.contract_id.as_str(),
                contract.user_id.as_str(),
                contract.client_id.as_str(),
                contract.accepted_at.as_millisecond(),
                json(contract)?
            ])?,
        Row::ContractState(state) => return standing::insert_contract(db, state),
        Row::Customer(customer) => {
            db.prepare_cached("INSERT INTO customers (user_id, merchant_id, customer_id) VALUES (?, ?, ?)")?.execute(
                params![customer.user_id.as_str(), customer.merchant_id.as_str(), customer.customer_id.as_str()],
            )?
        }
        Row::Deposit(deposit) => db
            .prepare_cached(
                "INSERT INTO deposits (reference, user_id, currency, minor, transaction_id, body) \
                 VALUES (?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                deposit.reference,
                deposit.user_id.as_str(),
                deposit.amount.currency.code(),
                deposit.amount.minor,
                deposit.transaction_id,
                json(deposit)?
            ])?,
        Row::Interaction(page) => db
            .prepare_cached("INSERT INTO interactions (session_id, open, body, interaction_id) VALUES (?, ?, ?, ?)")?
            .execute(params![
                page.session_id.as_str(),
                page.state == InteractionState::Open,
                json(page)?,
                page.interaction_id.as_str()
            ])?,
        Row::Merchant(merchant) => db
            .prepare_cached("INSERT INTO merchants (merchant_id, body) VALUES (?, ?)")?
            .execute(params![merchant.merchant_id.as_str(), json(merchant)?])?,
        Row::MerchantMessage(message) => db
            .prepare_cached("INSERT INTO merchant_messages (client_id, request_id, body) VALUES (?, ?, ?)")?
            .execute(params![message.client_id.as_str(), message.request_id, json(message)?])?,
        Row::Operation(operation) => db
            .prepare_cached(
                "INSERT INTO payment_operations (operation_id, payment_id, client_id, kind, request_id, done, minor, \
                 body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                operation.operation_id.as_str(),
                operation.payment_id.as_str(),
                operation.client_id.as_str(),
                operation.kind.name(),
                operation.request_id,
                operation.is_done(),
                operation.amount.minor,
                json(operation)?
            ])?,
        Row::Offer(offer) => db
            .prepare_cached("INSERT INTO offers (auth_id, client_id, expires_at, body) VALUES (?, ?, ?, ?)")?
            .execute(params![
                offer.auth_id.as_str(),
                offer.client_id.as_str(),
                offer.expires_at.as_millisecond(),
                json(offer)?
            ])?,
        Row::Outbox(row) => db
            .prepare_cached(
                "INSERT INTO outbox (outbox_id, state, next_at, target, kind, payment_id, body) \
                 VALUES (?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                row.outbox_id.as_str(),
                state_name(row.state),
                row.next_at.as_millisecond(),
                row.target,
                kind_name(&row.kind),
                row.payment_id.as_ref().map(mithaq_types::PaymentId::as_str),
                json(row)?
            ])?,
        Row::Payment(payment) => db
            .prepare_cached(
                "INSERT INTO payments (payment_id, client_id, request_id, user_id, contract_id, previous, currency, \
                 minor, fee, status, notifies, body, order_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                payment.payment_id.as_str(),
                payment.client_id.as_str(),
                payment.request_id,
                payment.user_id.as_ref().map(mithaq_types::UserId::as_str),
                payment.contract_id.as_ref().map(mithaq_types::ContractId::as_str),
                payment.previous.as_ref().map(mithaq_types::PaymentId::as_str),
                payment.amount.currency.code(),
                payment.amount.minor,
                payment.fee.minor,
                status_name(payment.outcome),
                payment.notify_url.is_some(),
                json(payment)?,
                payment.order.as_ref().map(|order| order.order_id.as_str())
            ])?,
        Row::PaymentCode(code) => db
            .prepare_cached("INSERT INTO payment_codes (hash, user_id, expires_at, body) VALUES (?, ?, ?, ?)")?
            .execute(params![code.hash.0, code.user_id.as_str(), code.expires_at.as_millisecond(), json(code)?])?,
        Row::PaymentState(state) => db
            .prepare_cached(
                "INSERT INTO payment_states (status, user_id, held, taken, refunded, due_at, body, payment_id) \
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(standing_values(state, &json(state)?))?,
        Row::Session(session) => db
            .prepare_cached("INSERT INTO sessions (token_hash, body, user_id, session_id) VALUES (?, ?, ?, ?)")?
            .execute(params![
                session.token_hash.0,
                json(session)?,
                session.user_id.as_ref().map(mithaq_types::UserId::as_str),
                session.session_id.as_str()
            ])?,
        Row::Token(token) => db
            .prepare_cached("INSERT INTO tokens (access_hash, refresh_hash, body, token_id) VALUES (?, ?, ?, ?)")?
            .execute(params![token.access_hash.0, token.refresh_hash.0, json(token)?, token.token_id.as_str()])?,
        Row::Transfer(transfer) => db
            .prepare_cached(
                "INSERT INTO transfers (transfer_id, giver, taker, currency, minor, body) VALUES (?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                transfer.transfer_id.as_str(),
                transfer.from.as_str(),
                transfer.to.as_str(),
                transfer.amount.currency.code(),
                transfer.amount.minor,
                json(transfer)?
            ])?,
        Row::User(user) => db
            .prepare_cached("INSERT INTO users (phone, body, user_id) VALUES (?, ?, ?)")?
            .execute(params![user.phone, json(user)?, user.user_id.as_str()])?,
    };
    Ok(())
}

/// The values of a payment's state, in the order in which both statements name them.
fn standing_values<'a>(state: &'a PaymentState, body: &'a str) -> impl rusqlite::Params + 'a {
    (
        standing_name(state.status),
        state.user_id.as_ref().map(mithaq_types::UserId::as_str),
        state.held,
        state.taken,
        state.refunded,
        due_at(state),
        body,
        state.payment_id.as_str(),
    )
}

/// Contracts, payments, operations, offers and customers have no update: they are written once.
fn update(db: &Connection, row: &Row) -> Result<(), StoreError> {
    let changed = match row {
        Row::Account(account) => return standing::put_account(db, account),
        Row::App(app) => db
            .prepare_cached("UPDATE apps SET client_id = ?, body = ? WHERE app_id = ?")?
            .execute(params![app.client_id.as_str(), json(app)?, app.app_id.as_str()])?,
        Row::Card(card) => db
            .prepare_cached("UPDATE cards SET body = ? WHERE card_id = ?")?
            .execute(params![json(card)?, card.card_id.as_str()])?,
        Row::Client(client) => db
            .prepare_cached("UPDATE clients SET body = ? WHERE client_id = ?")?
            .execute(params![json(client)?, client.client_id.as_str()])?,
        Row::Code(code) => {
            db.prepare_cached("UPDATE codes SET body = ? WHERE hash = ?")?.execute(params![json(code)?, code.hash.0])?
        }
        Row::Consent(consent) => db
            .prepare_cached("UPDATE consents SET body = ? WHERE user_id = ? AND client_id = ?")?
            .execute(params![json(consent)?, consent.user_id.as_str(), consent.client_id.as_str()])?,
        Row::ContractState(state) => standing::update_contract(db, state)?,
        Row::Interaction(page) => db
            .prepare_cached("UPDATE interactions SET open = ?, body = ? WHERE interaction_id = ?")?
            .execute(params![page.state == InteractionState::Open, json(page)?, page.interaction_id.as_str()])?,
        Row::Merchant(merchant) => db
            .prepare_cached("UPDATE merchants SET body = ? WHERE merchant_id = ?")?
            .execute(params![json(merchant)?, merchant.merchant_id.as_str()])?,
        Row::Outbox(row) => {
            db.prepare_cached("UPDATE outbox SET state = ?, next_at = ?, body = ? WHERE outbox_id = ?")?.execute(
                params![state_name(row.state), row.next_at.as_millisecond(), json(row)?, row.outbox_id.as_str()],
            )?
        }
        Row::PaymentCode(code) => db
            .prepare_cached("UPDATE payment_codes SET body = ? WHERE hash = ?")?
            .execute(params![json(code)?, code.hash.0])?,
        Row::PaymentState(state) => db
            .prepare_cached(
                "UPDATE payment_states SET status = ?, user_id = ?, held = ?, taken = ?, refunded = ?, due_at = ?, \
                 body = ? WHERE payment_id = ?",
            )?
            .execute(standing_values(state, &json(state)?))?,
        Row::Session(session) => db
            .prepare_cached("UPDATE sessions SET token_hash = ?, body = ?, user_id = ? WHERE session_id = ?")?
            .execute(params![
                session.token_hash.0,
                json(session)?,
                session.user_id.as_ref().map(mithaq_types::UserId::as_str),
                session.session_id.as_str()
            ])?,
        Row::Token(token) => db
            .prepare_cached("UPDATE tokens SET body = ? WHERE token_id = ?")?
            .execute(params![json(token)?, token.token_id.as_str()])?,
        Row::User(user) => db
            .prepare_cached("UPDATE users SET phone = ?, body = ? WHERE user_id = ?")?
            .execute(params![user.phone, json(user)?, user.user_id.as_str()])?,
        Row::Contract(_)
        | Row::Customer(_)
        | Row::Deposit(_)
        | Row::MerchantMessage(_)
        | Row::Offer(_)
        | Row::Operation(_)
        | Row::Payment(_)
        | Row::Transfer(_) => {
            let detail = "a row that is written once was to be changed".to_owned();
            return Err(StoreError::Inconsistent { table: "contracts, payments, …", detail });
        }
    };
    if changed == 1 {
        return Ok(());
    }
    Err(StoreError::Inconsistent { table: "any", detail: format!("{changed} rows changed instead of one") })
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
