//! What is looked at as a list: for pages, jobs, the Studio.

use super::fetch::{body, parse, row};
use super::reader::Reader;
use crate::{Sent, StoreError};
use mithaq_domain::{
    App, Client, Contract, ContractState, Hash, InboxMessage, Interaction, Key, Merchant, Outbox, Payment, Row,
    Session, User,
};
use mithaq_types::{
    ClientId, ContractId, Currency, CustomerId, MerchantId, Money, OutboxId, PaymentId, SessionId, Timestamp, UserId,
};
use rusqlite::{Connection, OptionalExtension as _, Params};
use serde::de::DeserializeOwned;

/// A contract and how it stands.
#[derive(Clone, Debug)]
pub struct ContractView {
    /// What was signed.
    pub contract: Contract,
    /// How it stands.
    pub state: ContractState,
}

/// Which deliveries to list.
#[derive(Clone, Debug)]
pub enum OutboxFilter {
    /// Those about a payment.
    Payment(PaymentId),
    /// The newest.
    Newest,
}

/// A delivery that is due.
#[derive(Clone, Debug)]
pub struct DueDelivery {
    /// Which.
    pub outbox_id: OutboxId,
    /// Where to: a URL, or `user:ID`.
    pub target: String,
    /// Since when, in milliseconds.
    pub next_ms: i64,
}

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

/// Lists end here; nobody reads further by eye.
const LIST_MAX: i64 = 1_000;

impl Reader {
    /// Every Mini Program.
    ///
    /// # Errors
    /// As every method here: when the database fails or a row is inconsistent.
    pub async fn apps(&self) -> Result<Vec<App>, StoreError> {
        self.read(|db| bodies(db, "apps", "SELECT body FROM apps ORDER BY app_id", [])).await
    }

    /// Every client with its merchant.
    ///
    /// # Errors
    /// See [`Reader::apps`].
    pub async fn clients(&self) -> Result<Vec<(Client, Merchant)>, StoreError> {
        self.read(|db| {
            let sql = "SELECT c.body, m.body FROM clients c JOIN merchants m USING (merchant_id) ORDER BY client_id";
            let mut statement = db.prepare_cached(sql)?;
            let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
            rows.map(|pair| {
                let (client, merchant) = pair?;
                Ok((parse("clients", &client)?, parse("merchants", &merchant)?))
            })
            .collect()
        })
        .await
    }

    /// Every user, oldest first; as many as a list shows.
    ///
    /// # Errors
    /// See [`Reader::apps`].
    pub async fn users(&self) -> Result<Vec<User>, StoreError> {
        self.read(|db| bodies(db, "users", "SELECT body FROM users ORDER BY user_id LIMIT ?", [LIST_MAX])).await
    }

    /// The session of a cookie.
    ///
    /// # Errors
    /// See [`Reader::apps`].
    pub async fn session(&self, token: Hash) -> Result<Option<Session>, StoreError> {
        self.read(move |db| body(db, "sessions", "SELECT body FROM sessions WHERE token_hash = ?", [&token.0])).await
    }

    /// The pages a session has open.
    ///
    /// # Errors
    /// See [`Reader::apps`].
    pub async fn open_interactions(&self, session: SessionId) -> Result<Vec<Interaction>, StoreError> {
        const SQL: &str = "SELECT body FROM interactions WHERE session_id = ? AND open = 1";
        self.read(move |db| bodies(db, "interactions", SQL, [session.as_str()])).await
    }

    /// The newest contracts, of one user or of all.
    ///
    /// # Errors
    /// See [`Reader::apps`].
    pub async fn contracts(&self, user: Option<UserId>) -> Result<Vec<ContractView>, StoreError> {
        self.read(move |db| {
            const SQL: &str = "SELECT c.body, s.body FROM contracts c JOIN contract_states s USING (contract_id) \
                WHERE ?1 IS NULL OR c.user_id = ?1 ORDER BY c.accepted_at DESC LIMIT ?2";
            let mut statement = db.prepare_cached(SQL)?;
            let user = user.as_ref().map(UserId::as_str);
            let rows = statement
                .query_map((user, LIST_MAX), |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
            rows.map(|pair| {
                let (contract, state) = pair?;
                Ok(ContractView { contract: parse("contracts", &contract)?, state: parse("contract_states", &state)? })
            })
            .collect()
        })
        .await
    }

    /// One contract and how it stands.
    ///
    /// # Errors
    /// See [`Reader::apps`].
    pub async fn contract(&self, id: ContractId) -> Result<Option<ContractView>, StoreError> {
        let state = self.rows(vec![Key::Contract(id.clone()), Key::ContractState(id.clone())]).await?;
        let found = state.contract(&id).cloned().zip(state.contract_state(&id).cloned());
        Ok(found.map(|(contract, state)| ContractView { contract, state }))
    }

    /// Contracts whose time is up at `now` and that nobody has ended yet.
    ///
    /// # Errors
    /// See [`Reader::apps`].
    pub async fn contracts_due(&self, now: Timestamp) -> Result<Vec<ContractId>, StoreError> {
        const SQL: &str =
            "SELECT contract_id FROM contract_states WHERE ended = 0 AND expires_at <= ? ORDER BY expires_at LIMIT ?";
        self.read(move |db| {
            let mut statement = db.prepare_cached(SQL)?;
            let rows = statement.query_map((now.as_millisecond(), LIST_MAX), |row| row.get::<_, String>(0))?;
            rows.map(|id| Ok(ContractId::new(id?))).collect()
        })
        .await
    }

    /// When the next contract's time is up.
    ///
    /// # Errors
    /// See [`Reader::apps`].
    pub async fn next_contract_due(&self) -> Result<Option<Timestamp>, StoreError> {
        self.read(|db| instant(db, "SELECT min(expires_at) FROM contract_states WHERE ended = 0")).await
    }

    /// A client's payment, by the wallet's id or the client's.
    ///
    /// # Errors
    /// See [`Reader::apps`].
    pub async fn payment_of(
        &self,
        client: ClientId,
        payment: Option<PaymentId>,
        request_id: Option<String>,
    ) -> Result<Option<Payment>, StoreError> {
        self.read(move |db| {
            let payment_id = match (payment, request_id) {
                (Some(id), _) => Some(id),
                (None, Some(request_id)) => match row(db, &Key::Request(client.clone(), request_id))? {
                    Some(Row::Request(request)) => Some(request.payment_id),
                    _ => None,
                },
                (None, None) => None,
            };
            let Some(payment_id) = payment_id else { return Ok(None) };
            match row(db, &Key::Payment(payment_id))? {
                Some(Row::Payment(payment)) if payment.client_id == client => Ok(Some(*payment)),
                _ => Ok(None),
            }
        })
        .await
    }

    /// The newest payments.
    ///
    /// # Errors
    /// See [`Reader::apps`].
    pub async fn payments(&self) -> Result<Vec<Payment>, StoreError> {
        const SQL: &str = "SELECT body FROM payments ORDER BY payment_id DESC LIMIT ?";
        self.read(|db| bodies(db, "payments", SQL, [LIST_MAX])).await
    }

    /// Payments under a contract, those that took nothing among them, newest first: `most` of them, or of those older
    /// than `before`.
    ///
    /// # Errors
    /// See [`Reader::apps`].
    pub async fn payments_of_contract(
        &self,
        contract: ContractId,
        before: Option<PaymentId>,
        most: u16,
    ) -> Result<Vec<Payment>, StoreError> {
        const SQL: &str = "SELECT body FROM payments WHERE contract_id = ?1 AND (?2 IS NULL OR payment_id < ?2) \
            ORDER BY payment_id DESC LIMIT ?3";
        self.read(move |db| {
            let before = before.as_ref().map(PaymentId::as_str);
            bodies(db, "payments", SQL, (contract.as_str(), before, most))
        })
        .await
    }

    /// A payment's postings.
    ///
    /// # Errors
    /// See [`Reader::apps`].
    pub async fn postings(&self, payment: PaymentId) -> Result<Vec<PostingLine>, StoreError> {
        const SQL: &str =
            "SELECT account, minor, currency, at, cause FROM postings WHERE transaction_id = ? ORDER BY minor";
        self.read(move |db| {
            let mut statement = db.prepare_cached(SQL)?;
            let rows = statement.query_map([payment.as_str()], |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, i64>(1)?,
                    row.get::<_, String>(2)?,
                    row.get::<_, i64>(3)?,
                    row.get::<_, String>(4)?,
                ))
            })?;
            rows.map(|line| {
                let (account, minor, currency, at_ms, cause) = line?;
                let at = Timestamp::from_millisecond(at_ms).unwrap_or_default();
                Ok(PostingLine { account, amount: money(minor, &currency)?, at, cause })
            })
            .collect()
        })
        .await
    }

    /// Every account, as many as a list shows.
    ///
    /// # Errors
    /// See [`Reader::apps`].
    pub async fn accounts(&self) -> Result<Vec<AccountLine>, StoreError> {
        self.read(|db| {
            let mut statement =
                db.prepare_cached("SELECT account, balance, currency FROM accounts ORDER BY account LIMIT ?")?;
            let rows = statement.query_map([LIST_MAX], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?))
            })?;
            rows.map(|line| {
                let (account, minor, currency) = line?;
                Ok(AccountLine { account, balance: money(minor, &currency)? })
            })
            .collect()
        })
        .await
    }

    /// Deliveries.
    ///
    /// # Errors
    /// See [`Reader::apps`].
    pub async fn outbox(&self, filter: OutboxFilter) -> Result<Vec<Outbox>, StoreError> {
        self.read(move |db| match filter {
            OutboxFilter::Payment(id) => {
                bodies(db, "outbox", "SELECT body FROM outbox WHERE payment_id = ? ORDER BY outbox_id", [id.as_str()])
            }
            OutboxFilter::Newest => {
                bodies(db, "outbox", "SELECT body FROM outbox ORDER BY outbox_id DESC LIMIT ?", [LIST_MAX])
            }
        })
        .await
    }

    /// Deliveries due at `now`, after a place in their order (milliseconds and id), at most `limit`.
    ///
    /// # Errors
    /// See [`Reader::apps`].
    pub async fn due_deliveries(
        &self,
        now: Timestamp,
        (after_ms, after_id): (i64, String),
        limit: u16,
    ) -> Result<Vec<DueDelivery>, StoreError> {
        const SQL: &str = "SELECT outbox_id, target, next_at FROM outbox WHERE state = 'PENDING' AND next_at <= ?1 \
            AND (next_at, outbox_id) > (?2, ?3) ORDER BY next_at, outbox_id LIMIT ?4";
        self.read(move |db| {
            let mut statement = db.prepare_cached(SQL)?;
            let rows = statement.query_map((now.as_millisecond(), after_ms, after_id, limit), |row| {
                let outbox_id = OutboxId::new(row.get::<_, String>(0)?);
                Ok(DueDelivery { outbox_id, target: row.get(1)?, next_ms: row.get(2)? })
            })?;
            rows.map(|row| row.map_err(Into::into)).collect()
        })
        .await
    }

    /// When the next delivery falls due after `now`.
    ///
    /// # Errors
    /// See [`Reader::apps`].
    pub async fn next_delivery(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        const SQL: &str = "SELECT min(next_at) FROM outbox WHERE state = 'PENDING' AND next_at > ?";
        self.read(move |db| {
            let ms: Option<i64> = db.prepare_cached(SQL)?.query_row([now.as_millisecond()], |row| row.get(0))?;
            Ok(ms.and_then(|ms| Timestamp::from_millisecond(ms).ok()))
        })
        .await
    }

    /// A user's inbox, or everybody's, newest first.
    ///
    /// # Errors
    /// See [`Reader::apps`].
    pub async fn inbox(&self, user: Option<UserId>) -> Result<Vec<InboxMessage>, StoreError> {
        self.read(move |db| {
            const SQL: &str = "SELECT body, read FROM inbox WHERE ?1 IS NULL OR user_id = ?1 \
                ORDER BY message_id DESC LIMIT ?2";
            let mut statement = db.prepare_cached(SQL)?;
            let user = user.as_ref().map(UserId::as_str);
            let rows = statement.query_map((user, LIST_MAX), |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
            rows.map(|line| {
                let (text, read) = line?;
                Ok(InboxMessage { read, ..parse("inbox", &text)? })
            })
            .collect()
        })
        .await
    }

    /// SMS and e-mails that went out, newest first.
    ///
    /// # Errors
    /// See [`Reader::apps`].
    pub async fn sent(&self) -> Result<Vec<Sent>, StoreError> {
        self.read(|db| bodies(db, "sent", "SELECT body FROM sent ORDER BY sent_id DESC LIMIT ?", [LIST_MAX])).await
    }

    /// The customer behind an id that a merchant knows.
    ///
    /// # Errors
    /// See [`Reader::apps`].
    pub async fn customer_user(&self, merchant: MerchantId, id: CustomerId) -> Result<Option<UserId>, StoreError> {
        self.read(move |db| {
            let user = db
                .prepare_cached("SELECT user_id FROM customers WHERE customer_id = ? AND merchant_id = ?")?
                .query_row([id.as_str(), merchant.as_str()], |row| row.get::<_, String>(0))
                .optional()?;
            Ok(user.map(UserId::new))
        })
        .await
    }

    /// A setting of this installation, here and now.
    ///
    /// # Errors
    /// See [`Reader::apps`].
    pub fn meta_now(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.read_now(|db| {
            let mut statement = db.prepare_cached("SELECT value FROM meta WHERE name = ?")?;
            statement.query_row([name], |row| row.get(0)).optional().map_err(Into::into)
        })
    }
}

fn bodies<T: DeserializeOwned>(
    db: &Connection,
    table: &'static str,
    sql: &str,
    params: impl Params,
) -> Result<Vec<T>, StoreError> {
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params, |row| row.get::<_, String>(0))?;
    rows.map(|text| parse(table, &text?)).collect()
}

fn instant(db: &Connection, sql: &str) -> Result<Option<Timestamp>, StoreError> {
    let ms: Option<i64> = db.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
    Ok(ms.and_then(|ms| Timestamp::from_millisecond(ms).ok()))
}

fn money(minor: i64, currency: &str) -> Result<Money, StoreError> {
    let unknown = || StoreError::Inconsistent { table: "postings", detail: format!("currency {currency}") };
    Currency::parse(currency).map(|currency| Money::new(minor, currency)).ok_or_else(unknown)
}
