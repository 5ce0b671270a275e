//! Payments, and the ledger's lines and balances.

use super::{LIST_MAX, Reader, Sql};
use crate::StoreError;
use mithaq_domain::{Key, Payment, Row};
use mithaq_types::{ClientId, ContractId, Currency, Money, PaymentId, Timestamp};

/// A line of the ledger.
#[derive(Clone, Debug)]
pub struct PostingLine {
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
    /// What is in it.
    pub balance: Money,
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
        // A request and its payment become durable together, so that two looks see what one would.
        let payment_id = match (payment, request_id) {
            (Some(id), _) => id,
            (None, Some(request_id)) => match self.row(Key::Request(client.clone(), request_id)).await? {
                Some(Row::Request(request)) => request.payment_id,
                _ => return Ok(None),
            },
            (None, None) => return Ok(None),
        };
        match self.row(Key::Payment(payment_id)).await? {
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
        const NEWEST: &str = "SELECT body FROM payments WHERE contract_id = $1 ORDER BY payment_id DESC LIMIT $2";
        const OLDER: &str = "SELECT body FROM payments WHERE contract_id = $1 AND payment_id < $2 \
            ORDER BY payment_id DESC LIMIT $3";
        let (contract, most) = (contract.as_str().into(), i64::from(most).into());
        match before {
            None => self.bodies("payments", NEWEST, vec![contract, most]).await,
            Some(before) => self.bodies("payments", OLDER, vec![contract, before.as_str().into(), most]).await,
        }
    }

    /// A payment's postings.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn postings(&self, payment: PaymentId) -> Result<Vec<PostingLine>, StoreError> {
        const SQL: &str = "SELECT account, minor, currency, at, cause FROM postings WHERE transaction_id = $1 ORDER BY minor, account";
        let lines = self.lines(Sql::Both(SQL), vec![payment.as_str().into()]).await?;
        lines
            .iter()
            .map(|line| {
                Ok(PostingLine {
                    account: line.text(0)?.to_owned(),
                    amount: money(line.int(1)?, line.text(2)?)?,
                    at: Timestamp::from_millisecond(line.int(3)?).unwrap_or_default(),
                    cause: line.text(4)?.to_owned(),
                })
            })
            .collect()
    }

    /// Every account, as many as a list shows.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn accounts(&self) -> Result<Vec<AccountLine>, StoreError> {
        const SQL: &str = "SELECT account, balance, currency FROM accounts ORDER BY account LIMIT $1";
        let lines = self.lines(Sql::Both(SQL), vec![LIST_MAX.into()]).await?;
        let account = |line: &super::Line| {
            Ok(AccountLine { account: line.text(0)?.to_owned(), balance: money(line.int(1)?, line.text(2)?)? })
        };
        lines.iter().map(account).collect()
    }
}

fn money(minor: i64, currency: &str) -> Result<Money, StoreError> {
    let unknown = || StoreError::Inconsistent { table: "postings", detail: format!("currency {currency}") };
    Currency::parse(currency).map(|currency| Money::new(minor, currency)).ok_or_else(unknown)
}
