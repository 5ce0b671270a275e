//! Rows that change, kind by kind.

use super::standing;
use crate::StoreError;
use crate::columns::{due_at, json, standing_name, state_name};
use mithaq_domain::{InteractionState, PaymentState, Row};
use rusqlite::{Connection, params};

/// The values of a payment's state, in the order in which both statements name them.
pub fn standing_values<'a>(state: &'a PaymentState, body: &'a str) -> impl rusqlite::Params + 'a {
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
pub fn update(db: &Connection, row: &Row) -> Result<(), StoreError> {
    let changed = match row {
        Row::Account(account) => return standing::put_account(db, account),
        Row::AgreementHolder(holder) => db
            .prepare_cached("UPDATE agreement_holders SET body = ? WHERE user_id = ? AND client_id = ?")?
            .execute(params![json(holder)?, holder.user_id.as_str(), holder.client_id.as_str()])?,
        Row::AgreementNumber(number) => db
            .prepare_cached("UPDATE agreement_numbers SET body = ? WHERE client_id = ? AND external_no = ?")?
            .execute(params![json(number)?, number.client_id.as_str(), number.external_no])?,
        Row::GatewayApp(app) => db
            .prepare_cached("UPDATE gateway_apps SET body = ? WHERE app_id = ?")?
            .execute(params![json(app)?, app.app_id.as_str()])?,
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
