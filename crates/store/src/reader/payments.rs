//! Payments, and the ledger's lines and balances.

use super::{LIST_MAX, Reader, Sql};
use crate::StoreError;
use mithaq_domain::{AccountId, Key, Payment, Row};
use mithaq_types::{ClientId, ContractId, Currency, Money, PaymentId, Timestamp};

/// A line of the ledger.
#[derive(Clone, Debug)]
pub struct PostingLine {
    /// The transaction it is a line of: the payment's id, or that of what happened to it.
    pub transaction_id: String,
    /// The account's text form.
    pub account: String,
    /// What it changed by.
    pub amount: Money,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub cause: String,
}

/// An account's balance.
#[derive(Clone, Debug)]
pub struct AccountLine {
    /// The account's text form.
    pub account: String,
    /// Its balance: the sum of all postings that are folded in.
    pub posted: Money,
    /// What was appended and waits to be folded in; of merchants, fees and the outside world only.
    pub pending_fold: Money,
    /// Both together.
    pub available: Money,
}

impl Reader {
    /// A client's payment, by the wallet's id or the client's.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn payment_of(
        &self,
        client: ClientId,
        payment: Option<PaymentId>,
        request_id: Option<String>,
    ) -> Result<Option<Payment>, StoreError> {
        let key = match (payment, request_id) {
            (Some(id), _) => Key::Payment(id),
            (None, Some(request_id)) => Key::PaymentByRequest(client.clone(), request_id),
            (None, None) => return Ok(None),
        };
        match self.row(key).await? {
            Some(Row::Payment(payment)) if payment.client_id == client => Ok(Some(*payment)),
            _ => Ok(None),
        }
    }

    /// The newest payments.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn payments(&self) -> Result<Vec<Payment>, StoreError> {
        const SQL: &str = "SELECT body FROM payments ORDER BY payment_id DESC LIMIT $1";
        self.bodies("payments", SQL, vec![LIST_MAX.into()]).await
    }

    /// Payments under a contract, those that took nothing among them, newest first: `most` of them, or of those older
    /// than `before`.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn payments_of_contract(
        &self,
        contract: ContractId,
        before: Option<PaymentId>,
        most: u16,
    ) -> Result<Vec<Payment>, StoreError> {
        const CHAIN: &str = "WITH RECURSIVE chain (id, place) AS (SELECT CAST($1 AS TEXT), CAST(1 AS BIGINT) UNION ALL \
            SELECT p.previous, chain.place + 1 FROM payments p JOIN chain ON p.payment_id = chain.id \
            WHERE p.previous IS NOT NULL AND chain.place < $2) \
            SELECT p.body FROM chain JOIN payments p ON p.payment_id = chain.id \
            WHERE p.contract_id = $3 ORDER BY chain.place";
        let first = match before {
            None => match self.row(Key::ContractState(contract.clone())).await? {
                Some(Row::ContractState(state)) => state.last_payment,
                _ => None,
            },
            Some(before) => match self.row(Key::Payment(before)).await? {
                Some(Row::Payment(payment)) if payment.contract_id.as_ref() == Some(&contract) => payment.previous,
                _ => None,
            },
        };
        let Some(first) = first.filter(|_| most > 0) else { return Ok(Vec::new()) };
        let values = vec![first.as_str().into(), i64::from(most).into(), contract.as_str().into()];
        self.bodies("payments", CHAIN, values).await
    }

    /// A payment's postings, those of what happened to it afterwards too.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn postings(&self, payment: PaymentId) -> Result<Vec<PostingLine>, StoreError> {
        const SQL: &str = "SELECT account, minor, currency, at, cause, transaction_id FROM postings WHERE transaction_id = $1 \
            OR transaction_id IN (SELECT operation_id FROM payment_operations WHERE payment_id = $1) \
            ORDER BY at, transaction_id, minor, account";
        let lines = self.lines(Sql::Both(SQL), vec![payment.as_str().into()]).await?;
        lines
            .iter()
            .map(|line| {
                Ok(PostingLine {
                    account: line.text(0)?.to_owned(),
                    amount: money(line.int(1)?, line.text(2)?)?,
                    at: Timestamp::from_millisecond(line.int(3)?).unwrap_or_default(),
                    cause: line.text(4)?.to_owned(),
                    transaction_id: line.text(5)?.to_owned(),
                })
            })
            .collect()
    }

    /// Every account, as many as a list shows.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn accounts(&self) -> Result<Vec<AccountLine>, StoreError> {
        const SQL: &str = "SELECT account, currency, CAST(sum(posted) AS BIGINT), CAST(sum(pending) AS BIGINT) FROM \
            (SELECT account, currency, balance AS posted, 0 AS pending FROM accounts UNION ALL \
            SELECT account, currency, 0, minor FROM credits) AS x GROUP BY account, currency ORDER BY account LIMIT $1";
        let lines = self.lines(Sql::Both(SQL), vec![LIST_MAX.into()]).await?;
        lines.iter().map(account).collect()
    }

    /// One account; nothing if nothing was ever posted to it.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn account(&self, id: &AccountId) -> Result<Option<AccountLine>, StoreError> {
        const SQL: &str = "SELECT account, currency, CAST(sum(posted) AS BIGINT), CAST(sum(pending) AS BIGINT) FROM \
            (SELECT account, currency, balance AS posted, 0 AS pending FROM accounts WHERE account = $1 UNION ALL \
            SELECT account, currency, 0, minor FROM credits WHERE account = $1) AS x GROUP BY account, currency";
        let lines = self.lines(Sql::Both(SQL), vec![id.to_string().into()]).await?;
        lines.first().map(account).transpose()
    }
}

fn account(line: &super::Line) -> Result<AccountLine, StoreError> {
    let (currency, posted, pending) = (line.text(1)?, line.int(2)?, line.int(3)?);
    Ok(AccountLine {
        account: line.text(0)?.to_owned(),
        posted: money(posted, currency)?,
        pending_fold: money(pending, currency)?,
        available: money(posted.saturating_add(pending), currency)?,
    })
}

fn money(minor: i64, currency: &str) -> Result<Money, StoreError> {
    let unknown = || StoreError::Inconsistent { table: "postings", detail: format!("currency {currency}") };
    Currency::parse(currency).map(|currency| Money::new(minor, currency)).ok_or_else(unknown)
}
