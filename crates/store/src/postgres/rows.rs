//! New rows, kind by kind.

use super::sets::{Rule, Sets};
use crate::StoreError;
use crate::columns::{due_at, is_ended, json, kind_name, run_at, standing_name, state_name, status_name};
use mithaq_domain::{InteractionState, Row};
use mithaq_types::{ContractId, PaymentId, UserId};

/// Inserts `row`; whether an account is new only the transaction knows, so that accounts are written there.
#[rustfmt::skip]
pub fn insert(sets: &mut Sets, row: &Row, process: &str) -> Result<(), StoreError> {
    match row {
        Row::Account(_) => {
            let detail = "an account was to be inserted as a row".to_owned();
            return Err(StoreError::Inconsistent { table: "accounts", detail });
        }
        Row::AgreementHolder(holder) => sets.add(
            Rule::All,
            "INSERT INTO agreement_holders (user_id, client_id, body) \
             SELECT * FROM unnest($1::text[], $2::text[], $3::text[])",
            [holder.user_id.as_str().into(), holder.client_id.as_str().into(), json(holder)?.into()],
        ),
        Row::AgreementNumber(number) => sets.add(
            Rule::All,
            "INSERT INTO agreement_numbers (client_id, external_no, body) \
             SELECT * FROM unnest($1::text[], $2::text[], $3::text[])",
            [number.client_id.as_str().into(), number.external_no.as_str().into(), json(number)?.into()],
        ),
        Row::GatewayApp(app) => sets.add(
            Rule::All,
            "INSERT INTO gateway_apps (app_id, client_id, body) SELECT * FROM unnest($1::text[], $2::text[], $3::text[])",
            [app.app_id.as_str().into(), app.client_id.as_str().into(), json(app)?.into()],
        ),
        Row::App(app) => sets.add(
            Rule::All,
            "INSERT INTO apps (app_id, client_id, body) SELECT * FROM unnest($1::text[], $2::text[], $3::text[])",
            [app.app_id.as_str().into(), app.client_id.as_str().into(), json(app)?.into()],
        ),
        Row::Card(card) => sets.add(
            Rule::All,
            "INSERT INTO cards (card_id, user_id, body) SELECT * FROM unnest($1::text[], $2::text[], $3::text[])",
            [card.card_id.as_str().into(), card.user_id.as_str().into(), json(card)?.into()],
        ),
        Row::Client(client) => sets.add(
            Rule::All,
            "INSERT INTO clients (client_id, merchant_id, body) SELECT * FROM unnest($1::text[], $2::text[], $3::text[])",
            [client.client_id.as_str().into(), client.merchant_id.as_str().into(), json(client)?.into()],
        ),
        Row::Code(code) => sets.add(
            Rule::All,
            "INSERT INTO codes (hash, expires_at, body) SELECT * FROM unnest($1::bytea[], $2::bigint[], $3::text[])",
            [code.hash.0.into(), code.expires_at.as_millisecond().into(), json(code)?.into()],
        ),
        Row::Consent(consent) => sets.add(
            Rule::All,
            "INSERT INTO consents (user_id, client_id, body) SELECT * FROM unnest($1::text[], $2::text[], $3::text[])",
            [consent.user_id.as_str().into(), consent.client_id.as_str().into(), json(consent)?.into()],
        ),
        Row::Contract(contract) => sets.add(
            Rule::All,
            "INSERT INTO contracts (contract_id, user_id, client_id, accepted_at, body) \
             SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[])",
            [contract.contract_id.as_str().into(), contract.user_id.as_str().into(), contract.client_id.as_str().into(),
             contract.accepted_at.as_millisecond().into(), json(contract)?.into()],
        ),
        Row::ContractState(state) => sets.add(
            Rule::All,
            "INSERT INTO contract_states (contract_id, ended, expires_at, body, run_at) \
             SELECT * FROM unnest($1::text[], $2::boolean[], $3::bigint[], $4::text[], $5::bigint[])",
            [state.contract_id.as_str().into(), is_ended(state.status).into(), state.expires_at.as_millisecond().into(),
             json(state)?.into(), run_at(state).into()],
        ),
        Row::Customer(customer) => sets.add(
            Rule::All,
            "INSERT INTO customers (user_id, merchant_id, customer_id) \
             SELECT * FROM unnest($1::text[], $2::text[], $3::text[])",
            [customer.user_id.as_str().into(), customer.merchant_id.as_str().into(), customer.customer_id.as_str().into()],
        ),
        Row::Deposit(deposit) => sets.add(
            Rule::All,
            "INSERT INTO deposits (reference, user_id, currency, minor, transaction_id, body) \
             SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[])",
            [deposit.reference.as_str().into(), deposit.user_id.as_str().into(), deposit.amount.currency.code().into(),
             deposit.amount.minor.into(), deposit.transaction_id.as_str().into(), json(deposit)?.into()],
        ),
        Row::Interaction(page) => sets.add(
            Rule::All,
            "INSERT INTO interactions (interaction_id, session_id, open, body) \
             SELECT * FROM unnest($1::text[], $2::text[], $3::boolean[], $4::text[])",
            [page.interaction_id.as_str().into(), page.session_id.as_str().into(),
             (page.state == InteractionState::Open).into(), json(page)?.into()],
        ),
        Row::Merchant(merchant) => sets.add(
            Rule::All,
            "INSERT INTO merchants (merchant_id, body) SELECT * FROM unnest($1::text[], $2::text[])",
            [merchant.merchant_id.as_str().into(), json(merchant)?.into()],
        ),
        Row::MerchantMessage(message) => sets.add(
            Rule::All,
            "INSERT INTO merchant_messages (client_id, request_id, body) \
             SELECT * FROM unnest($1::text[], $2::text[], $3::text[])",
            [message.client_id.as_str().into(), message.request_id.as_str().into(), json(message)?.into()],
        ),
        Row::Operation(operation) => sets.add(
            Rule::All,
            "INSERT INTO payment_operations (operation_id, payment_id, client_id, kind, request_id, done, minor, body) \
             SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[], \
             $7::bigint[], $8::text[])",
            [operation.operation_id.as_str().into(), operation.payment_id.as_str().into(),
             operation.client_id.as_str().into(), operation.kind.name().into(), operation.request_id.as_str().into(),
             operation.is_done().into(), operation.amount.minor.into(), json(operation)?.into()],
        ),
        Row::Offer(offer) => sets.add(
            Rule::All,
            "INSERT INTO offers (auth_id, client_id, expires_at, body) \
             SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[])",
            [offer.auth_id.as_str().into(), offer.client_id.as_str().into(), offer.expires_at.as_millisecond().into(),
             json(offer)?.into()],
        ),
        Row::Outbox(row) => sets.add(
            Rule::All,
            "INSERT INTO outbox (outbox_id, owner, state, next_at, target, kind, payment_id, body) \
             SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], \
             $8::text[])",
            [row.outbox_id.as_str().into(), process.into(), state_name(row.state).into(),
             row.next_at.as_millisecond().into(), row.target.as_str().into(), kind_name(&row.kind).into(),
             row.payment_id.as_ref().map(PaymentId::as_str).into(), json(row)?.into()],
        ),
        Row::Payment(payment) => sets.add(
            Rule::All,
            "INSERT INTO payments (payment_id, client_id, request_id, user_id, contract_id, previous, currency, minor, \
             fee, status, notifies, body, order_id) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], \
             $5::text[], $6::text[], $7::text[], $8::bigint[], $9::bigint[], $10::text[], $11::boolean[], $12::text[], \
             $13::text[])",
            [payment.payment_id.as_str().into(), payment.client_id.as_str().into(), payment.request_id.as_str().into(),
             payment.user_id.as_ref().map(UserId::as_str).into(),
             payment.contract_id.as_ref().map(ContractId::as_str).into(),
             payment.previous.as_ref().map(PaymentId::as_str).into(), payment.amount.currency.code().into(),
             payment.amount.minor.into(), payment.fee.minor.into(), status_name(payment.outcome).into(),
             payment.notify_url.is_some().into(), json(payment)?.into(),
             payment.order.as_ref().map(|order| order.order_id.as_str()).into()],
        ),
        Row::PaymentCode(code) => sets.add(
            Rule::All,
            "INSERT INTO payment_codes (hash, user_id, expires_at, body) \
             SELECT * FROM unnest($1::bytea[], $2::text[], $3::bigint[], $4::text[])",
            [code.hash.0.into(), code.user_id.as_str().into(), code.expires_at.as_millisecond().into(),
             json(code)?.into()],
        ),
        Row::PaymentState(state) => sets.add(
            Rule::All,
            "INSERT INTO payment_states (payment_id, status, user_id, held, taken, refunded, due_at, body) \
             SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], \
             $7::bigint[], $8::text[])",
            [state.payment_id.as_str().into(), standing_name(state.status).into(),
             state.user_id.as_ref().map(UserId::as_str).into(), state.held.into(), state.taken.into(),
             state.refunded.into(), due_at(state).into(), json(state)?.into()],
        ),
        Row::Session(session) => sets.add(
            Rule::All,
            "INSERT INTO sessions (session_id, token_hash, body, user_id) \
             SELECT * FROM unnest($1::text[], $2::bytea[], $3::text[], $4::text[])",
            [session.session_id.as_str().into(), session.token_hash.0.into(), json(session)?.into(),
             session.user_id.as_ref().map(UserId::as_str).into()],
        ),
        Row::Token(token) => sets.add(
            Rule::All,
            "INSERT INTO tokens (token_id, access_hash, refresh_hash, body) \
             SELECT * FROM unnest($1::text[], $2::bytea[], $3::bytea[], $4::text[])",
            [token.token_id.as_str().into(), token.access_hash.0.into(), token.refresh_hash.0.into(), json(token)?.into()],
        ),
        Row::Transfer(transfer) => sets.add(
            Rule::All,
            "INSERT INTO transfers (transfer_id, giver, taker, currency, minor, at, body) \
             SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::text[])",
            [transfer.transfer_id.as_str().into(), transfer.from.as_str().into(), transfer.to.as_str().into(),
             transfer.amount.currency.code().into(), transfer.amount.minor.into(), transfer.at.as_millisecond().into(), json(transfer)?.into()],
        ),
        Row::User(user) => sets.add(
            Rule::All,
            "INSERT INTO users (user_id, phone, body) SELECT * FROM unnest($1::text[], $2::text[], $3::text[])",
            [user.user_id.as_str().into(), user.phone.as_str().into(), json(user)?.into()],
        ),
    }
    Ok(())
}
