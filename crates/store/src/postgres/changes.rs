//! Rows that change, kind by kind.

use super::sets::{Rule, Sets};
use super::write::Memory;
use crate::StoreError;
use crate::columns::{due_at, is_ended, json, run_at, standing_name, state_name};
use crate::reader::Value;
use mithaq_domain::{InteractionState, Row};
use mithaq_types::UserId;

/// Changes `row`. Contracts, payments, offers and customers have no update: they are written once;
/// accounts are written by the transaction.
#[rustfmt::skip]
pub fn update(sets: &mut Sets, row: &Row, memory: &Memory, process: &str) -> Result<(), StoreError> {
    let before = || -> Value { memory.bodies.get(&row.key()).and_then(|cells| cells.try_get::<_, &str>("body").ok()).into() };
    match row {
        Row::AgreementHolder(holder) => sets.add(
            Rule::Unchanged,
            "UPDATE agreement_holders t SET body = k.c FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) \
             AS k (a, b, c, d) WHERE t.user_id = k.a AND t.client_id = k.b AND t.body = k.d",
            [holder.user_id.as_str().into(), holder.client_id.as_str().into(), json(holder)?.into(), before()],
        ),
        Row::AgreementNumber(number) => sets.add(
            Rule::Unchanged,
            "UPDATE agreement_numbers t SET body = k.c FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) \
             AS k (a, b, c, d) WHERE t.client_id = k.a AND t.external_no = k.b AND t.body = k.d",
            [number.client_id.as_str().into(), number.external_no.as_str().into(), json(number)?.into(), before()],
        ),
        Row::GatewayApp(app) => sets.add(
            Rule::Unchanged,
            "UPDATE gateway_apps t SET body = k.b FROM unnest($1::text[], $2::text[], $3::text[]) AS k (a, b, c) \
             WHERE t.app_id = k.a AND t.body = k.c",
            [app.app_id.as_str().into(), json(app)?.into(), before()],
        ),
        Row::App(app) => sets.add(
            Rule::Unchanged,
            "UPDATE apps t SET client_id = k.b, body = k.c FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) \
             AS k (a, b, c, d) WHERE t.app_id = k.a AND t.body = k.d",
            [app.app_id.as_str().into(), app.client_id.as_str().into(), json(app)?.into(), before()],
        ),
        Row::Card(card) => sets.add(
            Rule::All,
            "UPDATE cards t SET body = k.b FROM unnest($1::text[], $2::text[]) AS k (a, b) WHERE t.card_id = k.a",
            [card.card_id.as_str().into(), json(card)?.into()],
        ),
        Row::Client(client) => sets.add(
            Rule::Unchanged,
            "UPDATE clients t SET body = k.b FROM unnest($1::text[], $2::text[], $3::text[]) AS k (a, b, c) \
             WHERE t.client_id = k.a AND t.body = k.c",
            [client.client_id.as_str().into(), json(client)?.into(), before()],
        ),
        Row::Code(code) => sets.add(
            Rule::All,
            "UPDATE codes t SET body = k.b FROM unnest($1::bytea[], $2::text[]) AS k (a, b) WHERE t.hash = k.a",
            [code.hash.0.into(), json(code)?.into()],
        ),
        Row::Consent(consent) => sets.add(
            Rule::All,
            "UPDATE consents t SET body = k.c FROM unnest($1::text[], $2::text[], $3::text[]) AS k (a, b, c) \
             WHERE t.user_id = k.a AND t.client_id = k.b",
            [consent.user_id.as_str().into(), consent.client_id.as_str().into(), json(consent)?.into()],
        ),
        Row::ContractState(state) => sets.add(
            Rule::All,
            "UPDATE contract_states t SET ended = k.b, expires_at = k.c, body = k.d, run_at = k.e \
             FROM unnest($1::text[], $2::boolean[], $3::bigint[], $4::text[], $5::bigint[]) AS k (a, b, c, d, e) \
             WHERE t.contract_id = k.a",
            [state.contract_id.as_str().into(), is_ended(state.status).into(), state.expires_at.as_millisecond().into(),
             json(state)?.into(), run_at(state).into()],
        ),
        Row::Interaction(page) => sets.add(
            Rule::All,
            "UPDATE interactions t SET open = k.b, body = k.c FROM unnest($1::text[], $2::boolean[], $3::text[]) \
             AS k (a, b, c) WHERE t.interaction_id = k.a",
            [page.interaction_id.as_str().into(), (page.state == InteractionState::Open).into(), json(page)?.into()],
        ),
        Row::Merchant(merchant) => sets.add(
            Rule::Unchanged,
            "UPDATE merchants t SET body = k.b FROM unnest($1::text[], $2::text[], $3::text[]) AS k (a, b, c) \
             WHERE t.merchant_id = k.a AND t.body = k.c",
            [merchant.merchant_id.as_str().into(), json(merchant)?.into(), before()],
        ),
        Row::Outbox(row) => sets.add(
            Rule::All,
            "UPDATE outbox t SET state = k.b, next_at = k.c, body = k.d, owner = k.e FROM unnest($1::text[], $2::text[], \
             $3::bigint[], $4::text[], $5::text[]) AS k (a, b, c, d, e) WHERE t.outbox_id = k.a",
            [row.outbox_id.as_str().into(), state_name(row.state).into(), row.next_at.as_millisecond().into(),
             json(row)?.into(), process.into()],
        ),
        Row::PaymentCode(code) => sets.add(
            Rule::All,
            "UPDATE payment_codes t SET body = k.b FROM unnest($1::bytea[], $2::text[]) AS k (a, b) WHERE t.hash = k.a",
            [code.hash.0.into(), json(code)?.into()],
        ),
        Row::PaymentState(state) => sets.add(
            Rule::All,
            "UPDATE payment_states t SET status = k.b, user_id = k.c, held = k.d, taken = k.e, refunded = k.f, \
             due_at = k.g, body = k.h FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], \
             $6::bigint[], $7::bigint[], $8::text[]) AS k (a, b, c, d, e, f, g, h) WHERE t.payment_id = k.a",
            [state.payment_id.as_str().into(), standing_name(state.status).into(),
             state.user_id.as_ref().map(UserId::as_str).into(), state.held.into(), state.taken.into(),
             state.refunded.into(), due_at(state).into(), json(state)?.into()],
        ),
        Row::Session(session) => sets.add(
            Rule::All,
            "UPDATE sessions t SET token_hash = k.b, body = k.c, user_id = k.d \
             FROM unnest($1::text[], $2::bytea[], $3::text[], $4::text[]) AS k (a, b, c, d) WHERE t.session_id = k.a",
            [session.session_id.as_str().into(), session.token_hash.0.into(), json(session)?.into(),
             session.user_id.as_ref().map(UserId::as_str).into()],
        ),
        Row::Token(token) => sets.add(
            Rule::Unchanged,
            "UPDATE tokens t SET body = k.b FROM unnest($1::text[], $2::text[], $3::text[]) AS k (a, b, c) \
             WHERE t.token_id = k.a AND t.body = k.c",
            [token.token_id.as_str().into(), json(token)?.into(), before()],
        ),
        Row::User(user) => sets.add(
            Rule::Unchanged,
            "UPDATE users t SET phone = k.b, body = k.c \
             FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS k (a, b, c, d) \
             WHERE t.user_id = k.a AND t.body = k.d",
            [user.user_id.as_str().into(), user.phone.as_str().into(), json(user)?.into(), before()],
        ),
        Row::Account(_) | Row::Contract(_) | Row::Customer(_) | Row::Deposit(_) | Row::MerchantMessage(_)
        | Row::Offer(_) | Row::Operation(_) | Row::Payment(_) | Row::Transfer(_) => {
            let detail = "a row that is written once was to be changed".to_owned();
            return Err(StoreError::Inconsistent { table: "contracts, payments, …", detail });
        }
    }
    Ok(())
}
