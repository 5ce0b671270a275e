//! What was appended to accounts becomes part of their balances.

use crate::StoreError;
use mithaq_domain::AccountId;
use rusqlite::{Connection, Params, params};
use std::collections::BTreeMap;

/// Folds the oldest appended credits, at most so many.
pub fn oldest(db: &Connection, most: u16) -> Result<(), StoreError> {
    const TAKE: &str = "DELETE FROM credits WHERE (batch_id, account) IN \
        (SELECT batch_id, account FROM credits ORDER BY batch_id, account LIMIT ?) RETURNING account, minor";
    fold(db, TAKE, [most])
}

/// Folds whatever was appended to one account: somebody wants to know all that is in it.
pub fn account(db: &Connection, id: &AccountId) -> Result<(), StoreError> {
    fold(db, "DELETE FROM credits WHERE account = ? RETURNING account, minor", [id.to_string()])
}

/// A sum that leaves 64 bits is refused, and what was appended stays where it is.
fn fold(db: &Connection, take: &str, values: impl Params) -> Result<(), StoreError> {
    const ADD: &str = "INSERT INTO accounts (account, currency, balance) VALUES (?, ?, ?) \
        ON CONFLICT (account) DO UPDATE SET balance = balance + excluded.balance";
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    let mut statement = db.prepare_cached(take)?;
    let mut taken = statement.query(values)?;
    while let Some(row) = taken.next()? {
        let sum = sums.entry(row.get(0)?).or_default();
        *sum = sum.checked_add(row.get(1)?).ok_or_else(|| overflow("credits"))?;
    }
    for (account, minor) in sums {
        let id = AccountId::parse(&account).ok_or_else(|| overflow(&account))?;
        let balance: Option<i64> = {
            use rusqlite::OptionalExtension as _;
            let mut look = db.prepare_cached("SELECT balance FROM accounts WHERE account = ?")?;
            look.query_row([&account], |row| row.get(0)).optional()?
        };
        balance.unwrap_or(0).checked_add(minor).ok_or_else(|| overflow(&account))?;
        db.prepare_cached(ADD)?.execute(params![account, id.currency.code(), minor])?;
    }
    Ok(())
}

fn overflow(account: &str) -> StoreError {
    StoreError::Inconsistent { table: "credits", detail: format!("the sum for {account} cannot be folded") }
}
