//! One row by its name.

use super::standing;
use crate::StoreError;
use crate::columns::parse;
use mithaq_domain::{Customer, Key, Row};
use mithaq_types::CustomerId;
use rusqlite::{Connection, OptionalExtension as _, Params};
use serde::de::DeserializeOwned;

/// The row under `key`, if there is one.
pub fn row(db: &Connection, key: &Key) -> Result<Option<Row>, StoreError> {
    Ok(match key {
        Key::Account(id) => standing::account(db, id)?.map(Row::Account),
        Key::AgreementHolder(user, client) => {
            const SQL: &str = "SELECT body FROM agreement_holders WHERE user_id = ? AND client_id = ?";
            body(db, "agreement_holders", SQL, [user.as_str(), client.as_str()])?
                .map(|row| Row::AgreementHolder(Box::new(row)))
        }
        Key::AgreementNumber(client, no) => {
            const SQL: &str = "SELECT body FROM agreement_numbers WHERE client_id = ? AND external_no = ?";
            body(db, "agreement_numbers", SQL, [client.as_str(), no])?.map(Row::AgreementNumber)
        }
        Key::App(id) => body(db, "apps", "SELECT body FROM apps WHERE app_id = ?", [id.as_str()])?.map(Row::App),
        Key::Card(id) => body(db, "cards", "SELECT body FROM cards WHERE card_id = ?", [id.as_str()])?.map(Row::Card),
        Key::Client(id) => {
            body(db, "clients", "SELECT body FROM clients WHERE client_id = ?", [id.as_str()])?.map(Row::Client)
        }
        Key::Code(hash) => body(db, "codes", "SELECT body FROM codes WHERE hash = ?", [&hash.0])?.map(Row::Code),
        Key::Consent(user, client) => {
            const SQL: &str = "SELECT body FROM consents WHERE user_id = ? AND client_id = ?";
            body(db, "consents", SQL, [user.as_str(), client.as_str()])?.map(Row::Consent)
        }
        Key::Contract(id) => {
            const SQL: &str = "SELECT body FROM contracts WHERE contract_id = ?";
            body(db, "contracts", SQL, [id.as_str()])?.map(|row| Row::Contract(Box::new(row)))
        }
        Key::ContractState(id) => standing::contract(db, id)?.map(Row::ContractState),
        Key::Customer(user, merchant) => db
            .prepare_cached("SELECT customer_id FROM customers WHERE user_id = ? AND merchant_id = ?")?
            .query_row([user.as_str(), merchant.as_str()], |row| row.get::<_, String>(0))
            .optional()?
            .map(|id| {
                let (user_id, merchant_id) = (user.clone(), merchant.clone());
                Row::Customer(Customer { user_id, merchant_id, customer_id: CustomerId::new(id) })
            }),
        Key::Deposit(reference) => {
            const SQL: &str = "SELECT body FROM deposits WHERE reference = ?";
            body(db, "deposits", SQL, [reference.as_str()])?.map(|row| Row::Deposit(Box::new(row)))
        }
        Key::GatewayApp(id) => {
            const SQL: &str = "SELECT body FROM gateway_apps WHERE app_id = ?";
            body(db, "gateway_apps", SQL, [id.as_str()])?.map(|row| Row::GatewayApp(Box::new(row)))
        }
        Key::Interaction(id) => {
            const SQL: &str = "SELECT body FROM interactions WHERE interaction_id = ?";
            body(db, "interactions", SQL, [id.as_str()])?.map(|row| Row::Interaction(Box::new(row)))
        }
        Key::Merchant(id) => {
            const SQL: &str = "SELECT body FROM merchants WHERE merchant_id = ?";
            body(db, "merchants", SQL, [id.as_str()])?.map(Row::Merchant)
        }
        Key::MerchantMessage(client, id) => {
            const SQL: &str = "SELECT body FROM merchant_messages WHERE client_id = ? AND request_id = ?";
            body(db, "merchant_messages", SQL, [client.as_str(), id])?.map(|row| Row::MerchantMessage(Box::new(row)))
        }
        Key::Operation(id) => {
            const SQL: &str = "SELECT body FROM payment_operations WHERE operation_id = ?";
            body(db, "payment_operations", SQL, [id.as_str()])?.map(|row| Row::Operation(Box::new(row)))
        }
        Key::OperationByRequest(client, kind, id) => {
            const SQL: &str = "SELECT body FROM payment_operations WHERE client_id = ? AND kind = ? AND request_id = ?";
            body(db, "payment_operations", SQL, [client.as_str(), kind.name(), id])?
                .map(|row| Row::Operation(Box::new(row)))
        }
        Key::Offer(id) => {
            const SQL: &str = "SELECT body FROM offers WHERE auth_id = ?";
            body(db, "offers", SQL, [id.as_str()])?.map(|row| Row::Offer(Box::new(row)))
        }
        Key::Outbox(id) => {
            const SQL: &str = "SELECT body FROM outbox WHERE outbox_id = ?";
            body(db, "outbox", SQL, [id.as_str()])?.map(|row| Row::Outbox(Box::new(row)))
        }
        Key::Payment(id) => {
            const SQL: &str = "SELECT body FROM payments WHERE payment_id = ?";
            body(db, "payments", SQL, [id.as_str()])?.map(|row| Row::Payment(Box::new(row)))
        }
        Key::PaymentByRequest(client, id) => {
            const SQL: &str = "SELECT body FROM payments WHERE client_id = ? AND request_id = ?";
            body(db, "payments", SQL, [client.as_str(), id])?.map(|row| Row::Payment(Box::new(row)))
        }
        Key::PaymentCode(hash) => {
            body(db, "payment_codes", "SELECT body FROM payment_codes WHERE hash = ?", [&hash.0])?.map(Row::PaymentCode)
        }
        Key::PaymentState(id) => {
            const SQL: &str = "SELECT body FROM payment_states WHERE payment_id = ?";
            body(db, "payment_states", SQL, [id.as_str()])?.map(|row| Row::PaymentState(Box::new(row)))
        }
        Key::Session(id) => {
            const SQL: &str = "SELECT body FROM sessions WHERE session_id = ?";
            body(db, "sessions", SQL, [id.as_str()])?.map(Row::Session)
        }
        Key::Token(id) => {
            const SQL: &str = "SELECT body FROM tokens WHERE token_id = ?";
            body(db, "tokens", SQL, [id.as_str()])?.map(|row| Row::Token(Box::new(row)))
        }
        Key::TokenByAccess(hash) => {
            const SQL: &str = "SELECT body FROM tokens WHERE access_hash = ?";
            body(db, "tokens", SQL, [&hash.0])?.map(|row| Row::Token(Box::new(row)))
        }
        Key::TokenByRefresh(hash) => {
            const SQL: &str = "SELECT body FROM tokens WHERE refresh_hash = ?";
            body(db, "tokens", SQL, [&hash.0])?.map(|row| Row::Token(Box::new(row)))
        }
        Key::Transfer(id) => {
            const SQL: &str = "SELECT body FROM transfers WHERE transfer_id = ?";
            body(db, "transfers", SQL, [id.as_str()])?.map(|row| Row::Transfer(Box::new(row)))
        }
        Key::User(id) => {
            const SQL: &str = "SELECT body FROM users WHERE user_id = ?";
            body(db, "users", SQL, [id.as_str()])?.map(|row| Row::User(Box::new(row)))
        }
        Key::UserByPhone(phone) => {
            const SQL: &str = "SELECT body FROM users WHERE phone = ?";
            body(db, "users", SQL, [phone.as_str()])?.map(|row| Row::User(Box::new(row)))
        }
    })
}

/// The `body` that `sql` selects.
fn body<T: DeserializeOwned>(
    db: &Connection,
    table: &'static str,
    sql: &str,
    params: impl Params,
) -> Result<Option<T>, StoreError> {
    let text = db.prepare_cached(sql)?.query_row(params, |row| row.get::<_, String>(0)).optional()?;
    text.map(|text| parse(table, &text)).transpose()
}
