//! What a payment of a user changes, kept side by side: accounts, and how contracts stand.

use crate::StoreError;
use crate::columns::{day_spend, is_ended, json, parse, run_at};
use mithaq_domain::{Account, AccountId, ContractState, Owner};
use mithaq_types::ContractId;
use rusqlite::{Connection, OptionalExtension as _, params};

/// Beside whom an account is kept.
pub fn owner(id: &AccountId) -> &str {
    match &id.owner {
        Owner::User(user) | Owner::Hold(user) => user.as_str(),
        Owner::Merchant(_) | Owner::Fees | Owner::World => "",
    }
}

/// An account that something was posted to.
pub fn account(db: &Connection, id: &AccountId) -> Result<Option<Account>, StoreError> {
    const SQL: &str = "SELECT balance, spend_day, spend_minor FROM standing \
        WHERE owner = ? AND kind = 'account' AND name = ?";
    let found = db
        .prepare_cached(SQL)?
        .query_row(params![owner(id), id.to_string()], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Option<String>>(1)?, row.get::<_, Option<i64>>(2)?))
        })
        .optional()?;
    let Some((balance, day, minor)) = found else { return Ok(None) };
    let spend = day_spend(day.as_deref(), minor)?;
    Ok(Some(Account { id: id.clone(), balance, spend }))
}

/// Writes an account, new or not.
pub fn put_account(db: &Connection, account: &Account) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO standing (owner, kind, name, currency, balance, spend_day, spend_minor) \
        VALUES (?, 'account', ?, ?, ?, ?, ?) ON CONFLICT (owner, kind, name) DO UPDATE SET balance = excluded.balance, \
        spend_day = excluded.spend_day, spend_minor = excluded.spend_minor";
    db.prepare_cached(SQL)?.execute(params![
        owner(&account.id),
        account.id.to_string(),
        account.id.currency.code(),
        account.balance,
        account.spend.map(|spend| spend.day.to_string()),
        account.spend.map(|spend| spend.minor)
    ])?;
    Ok(())
}

/// How a contract stands.
pub fn contract(db: &Connection, id: &ContractId) -> Result<Option<ContractState>, StoreError> {
    const SQL: &str = "SELECT body FROM standing WHERE kind = 'contract' AND name = ?";
    let body = db.prepare_cached(SQL)?.query_row([id.as_str()], |row| row.get::<_, String>(0)).optional()?;
    body.map(|body| parse("standing", &body)).transpose()
}

/// Writes how a new contract stands.
pub fn insert_contract(db: &Connection, state: &ContractState) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO standing (owner, kind, name, ended, expires_at, run_at, body) \
        VALUES (?, 'contract', ?, ?, ?, ?, ?)";
    db.prepare_cached(SQL)?.execute(params![
        state.user_id.as_str(),
        state.contract_id.as_str(),
        is_ended(state.status),
        state.expires_at.as_millisecond(),
        run_at(state),
        json(state)?
    ])?;
    Ok(())
}

/// Writes how a contract stands now; how many rows that changed. Most changes leave alone what the row is found by:
/// naming those columns as changed would write their index too.
pub fn update_contract(db: &Connection, state: &ContractState) -> Result<usize, StoreError> {
    const SAME: &str = "UPDATE standing SET body = ? WHERE owner = ? AND kind = 'contract' AND name = ? \
        AND ended = ? AND expires_at = ? AND run_at IS ?";
    const OTHER: &str = "UPDATE standing SET body = ?, ended = ?, expires_at = ?, run_at = ? \
        WHERE owner = ? AND kind = 'contract' AND name = ?";
    let (ended, expires_at, body) = (is_ended(state.status), state.expires_at.as_millisecond(), json(state)?);
    let (owner, name) = (state.user_id.as_str(), state.contract_id.as_str());
    match db.prepare_cached(SAME)?.execute(params![body, owner, name, ended, expires_at, run_at(state)])? {
        0 => Ok(db.prepare_cached(OTHER)?.execute(params![body, ended, expires_at, run_at(state), owner, name])?),
        changed => Ok(changed),
    }
}
