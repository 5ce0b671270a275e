//! What was appended to accounts becomes part of their balances.

use super::standing;
use crate::StoreError;
use mithaq_domain::{Account, AccountId};
use rusqlite::{Connection, Params};
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
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    let mut statement = db.prepare_cached(take)?;
    let mut taken = statement.query(values)?;
    while let Some(row) = taken.next()? {
        let sum = sums.entry(row.get(0)?).or_default();
        *sum = sum.checked_add(row.get(1)?).ok_or_else(|| overflow("credits"))?;
    }
    for (text, minor) in sums {
        let id = AccountId::parse(&text).ok_or_else(|| overflow(&text))?;
        let account = standing::account(db, &id)?.unwrap_or_else(|| Account::empty(id));
        let balance = account.balance.checked_add(minor).ok_or_else(|| overflow(&text))?;
        standing::put_account(db, &Account { balance, ..account })?;
    }
    Ok(())
}

fn overflow(account: &str) -> StoreError {
    StoreError::Inconsistent { table: "credits", detail: format!("the sum for {account} cannot be folded") }
}
