//! What was appended to accounts becomes part of their balances.

use super::connection::{Connection, Parameters};
use crate::StoreError;
use mithaq_domain::AccountId;
use mithaq_types::Currency;
use std::collections::BTreeMap;

/// Folds the oldest appended credits, at most so many. Those that another process is folding are left to it.
pub async fn oldest(connection: &Connection, most: u16) -> Result<(), StoreError> {
    const TAKE: &str = "DELETE FROM credits WHERE (batch_id, account) IN (SELECT batch_id, account FROM credits \
        ORDER BY batch_id, account LIMIT $1 FOR UPDATE SKIP LOCKED) RETURNING account, minor";
    fold(connection, TAKE, &[&i64::from(most)]).await
}

/// Folds whatever was appended to these accounts: somebody wants to know all that is in them.
pub async fn accounts(connection: &Connection, accounts: &[String]) -> Result<(), StoreError> {
    fold(connection, "DELETE FROM credits WHERE account = ANY($1) RETURNING account, minor", &[&accounts]).await
}

/// A sum that leaves 64 bits is refused, here or by the database, and what was appended stays where it is.
async fn fold(connection: &Connection, take: &'static str, values: Parameters<'_>) -> Result<(), StoreError> {
    const ADD: &str = "INSERT INTO accounts (account, currency, balance) \
        SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[]) \
        ON CONFLICT (account) DO UPDATE SET balance = accounts.balance + excluded.balance";
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    for row in connection.query(take, values).await? {
        let sum = sums.entry(row.try_get(0)?).or_default();
        *sum = sum.checked_add(row.try_get(1)?).ok_or_else(impossible)?;
    }
    if sums.is_empty() {
        return Ok(());
    }
    let currency = |account: &String| AccountId::parse(account).map(|id| id.currency).ok_or_else(impossible);
    let currencies = sums.keys().map(currency).collect::<Result<Vec<_>, _>>()?;
    let currencies: Vec<&str> = currencies.iter().map(Currency::code).collect();
    let (accounts, minors): (Vec<String>, Vec<i64>) = sums.into_iter().unzip();
    connection.execute(ADD, &[&accounts, &currencies, &minors]).await.map(|_| ())
}

fn impossible() -> StoreError {
    StoreError::Inconsistent { table: "credits", detail: "a sum that cannot be folded".to_owned() }
}
