//! New rows, kind by kind.

use super::changes::standing_values;
use super::standing;
use crate::StoreError;
use crate::columns::{json, kind_name, state_name, status_name};
use mithaq_domain::{InteractionState, Row};
use rusqlite::{Connection, params};

/// Inserts `row`.
pub fn insert(db: &Connection, row: &Row) -> Result<(), StoreError> {
    match row {
        Row::Account(account) => return standing::put_account(db, account),
        Row::AgreementHolder(holder) => db
            .prepare_cached("INSERT INTO agreement_holders (user_id, client_id, body) VALUES (?, ?, ?)")?
            .execute(params![holder.user_id.as_str(), holder.client_id.as_str(), json(holder)?])?,
        Row::AgreementNumber(number) => db
            .prepare_cached("INSERT INTO agreement_numbers (client_id, external_no, body) VALUES (?, ?, ?)")?
            .execute(params![number.client_id.as_str(), number.external_no, json(number)?])?,
        Row::GatewayApp(app) => db
            .prepare_cached("INSERT INTO gateway_apps (app_id, client_id, body) VALUES (?, ?, ?)")?
            .execute(params![app.app_id.as_str(), app.client_id.as_str(), json(app)?])?,
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
                "INSERT INTO transfers (transfer_id, giver, taker, currency, minor, at, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                transfer.transfer_id.as_str(),
                transfer.from.as_str(),
                transfer.to.as_str(),
                transfer.amount.currency.code(),
                transfer.amount.minor,
                transfer.at.as_millisecond(),
                json(transfer)?
            ])?,
        Row::User(user) => db
            .prepare_cached("INSERT INTO users (phone, body, user_id) VALUES (?, ?, ?)")?
            .execute(params![user.phone, json(user)?, user.user_id.as_str()])?,
    };
    Ok(())
}
