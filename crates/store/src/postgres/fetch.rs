//! Rows by their names: one statement for each table that names were given of, all sent at once.

use super::connection::Connection;
use super::fold;
use super::values::Column;
use crate::StoreError;
use crate::columns::{day_spend, parse};
use crate::reader::Value;
use futures_util::future::join_all;
use mithaq_domain::{Account, AccountId, Customer, Hash, Key, Row, Token};
use mithaq_types::{CustomerId, MerchantId, UserId};
use std::collections::{BTreeMap, HashMap};
use tokio_postgres::types::ToSql;

/// Whether rows are locked until the transaction ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Locks {
    /// Those that change are: see [`super::PgStore`].
    Held,
    /// None is.
    None,
}

/// A way to find rows.
#[derive(Clone, Copy)]
struct Lookup {
    plain: &'static str,
    locking: &'static str,
    read: fn(&tokio_postgres::Row) -> Result<Row, StoreError>,
}

/// Rows that never change, or that change seldom and are compared when they do.
macro_rules! plain {
    ($sql:literal, $read:expr) => {
        Lookup { plain: $sql, locking: $sql, read: $read }
    };
}

/// Rows that change: locked, in the order of their names.
macro_rules! locked {
    ($sql:literal, $order:literal, $read:expr) => {
        Lookup { plain: $sql, locking: concat!($sql, " ORDER BY ", $order, " FOR UPDATE"), read: $read }
    };
}

/// A row whose body is all of it.
macro_rules! whole {
    ($table:literal, $variant:ident) => {
        |row| Ok(Row::$variant(parse($table, row.try_get("body")?)?))
    };
}

/// Every way, in the order in which the statements run and locks are taken: accounts, which many wait for, last.
const LOOKUPS: [Lookup; 31] = [
    plain!("SELECT body FROM clients WHERE client_id = ANY($1)", whole!("clients", Client)),
    plain!("SELECT body FROM apps WHERE app_id = ANY($1)", whole!("apps", App)),
    plain!("SELECT body FROM merchants WHERE merchant_id = ANY($1)", whole!("merchants", Merchant)),
    plain!("SELECT body FROM offers WHERE auth_id = ANY($1)", whole!("offers", Offer)),
    plain!("SELECT body FROM contracts WHERE contract_id = ANY($1)", whole!("contracts", Contract)),
    plain!("SELECT body FROM payments WHERE payment_id = ANY($1)", whole!("payments", Payment)),
    plain!(
        "SELECT c.user_id, c.merchant_id, c.customer_id FROM customers c \
         JOIN unnest($1::text[], $2::text[]) AS k (a, b) ON c.user_id = k.a AND c.merchant_id = k.b",
        customer
    ),
    plain!(
        "SELECT p.body FROM payments p \
         JOIN unnest($1::text[], $2::text[]) AS k (a, b) ON p.client_id = k.a AND p.request_id = k.b",
        whole!("payments", Payment)
    ),
    locked!("SELECT body FROM sessions WHERE session_id = ANY($1)", "session_id", whole!("sessions", Session)),
    locked!(
        "SELECT body FROM interactions WHERE interaction_id = ANY($1)",
        "interaction_id",
        whole!("interactions", Interaction)
    ),
    plain!("SELECT body FROM users WHERE user_id = ANY($1)", whole!("users", User)),
    plain!("SELECT body FROM users WHERE phone = ANY($1)", whole!("users", User)),
    Lookup {
        plain: "SELECT c.body FROM consents c JOIN unnest($1::text[], $2::text[]) AS k (a, b) \
                ON c.user_id = k.a AND c.client_id = k.b",
        locking: "SELECT c.body FROM consents c JOIN unnest($1::text[], $2::text[]) AS k (a, b) \
                  ON c.user_id = k.a AND c.client_id = k.b ORDER BY c.user_id, c.client_id FOR UPDATE OF c",
        read: whole!("consents", Consent),
    },
    locked!("SELECT body FROM codes WHERE hash = ANY($1)", "hash", whole!("codes", Code)),
    plain!("SELECT body FROM tokens WHERE token_id = ANY($1)", whole!("tokens", Token)),
    plain!("SELECT body FROM tokens WHERE access_hash = ANY($1)", whole!("tokens", Token)),
    plain!("SELECT body FROM tokens WHERE refresh_hash = ANY($1)", whole!("tokens", Token)),
    locked!(
        "SELECT body FROM contract_states WHERE contract_id = ANY($1)",
        "contract_id",
        whole!("contract_states", ContractState)
    ),
    locked!("SELECT body FROM outbox WHERE outbox_id = ANY($1)", "outbox_id", whole!("outbox", Outbox)),
    locked!(
        "SELECT body FROM payment_states WHERE payment_id = ANY($1)",
        "payment_id",
        whole!("payment_states", PaymentState)
    ),
    locked!("SELECT body FROM payment_codes WHERE hash = ANY($1)", "hash", whole!("payment_codes", PaymentCode)),
    locked!("SELECT body FROM cards WHERE card_id = ANY($1)", "card_id", whole!("cards", Card)),
    locked!(
        "SELECT account, balance, spend_day, spend_minor FROM accounts WHERE account = ANY($1)",
        "account",
        account
    ),
    plain!("SELECT body FROM deposits WHERE reference = ANY($1)", whole!("deposits", Deposit)),
    plain!("SELECT body FROM payment_operations WHERE operation_id = ANY($1)", whole!("payment_operations", Operation)),
    plain!(
        "SELECT o.body FROM payment_operations o JOIN unnest($1::text[], $2::text[], $3::text[]) AS k (a, b, c) \
         ON o.client_id = k.a AND o.kind = k.b AND o.request_id = k.c",
        whole!("payment_operations", Operation)
    ),
    plain!("SELECT body FROM transfers WHERE transfer_id = ANY($1)", whole!("transfers", Transfer)),
    plain!(
        "SELECT m.body FROM merchant_messages m JOIN unnest($1::text[], $2::text[]) AS k (a, b) \
         ON m.client_id = k.a AND m.request_id = k.b",
        whole!("merchant_messages", MerchantMessage)
    ),
    plain!("SELECT body FROM gateway_apps WHERE app_id = ANY($1)", whole!("gateway_apps", GatewayApp)),
    plain!(
        "SELECT h.body FROM agreement_holders h JOIN unnest($1::text[], $2::text[]) AS k (a, b) \
         ON h.user_id = k.a AND h.client_id = k.b",
        whole!("agreement_holders", AgreementHolder)
    ),
    plain!(
        "SELECT n.body FROM agreement_numbers n JOIN unnest($1::text[], $2::text[]) AS k (a, b) \
         ON n.client_id = k.a AND n.external_no = k.b",
        whole!("agreement_numbers", AgreementNumber)
    ),
];

/// The place of accounts among [`LOOKUPS`].
const ACCOUNTS: usize = 22;

/// Which of [`LOOKUPS`] finds what `key` names, and what it is given.
fn place(key: &Key) -> (usize, Vec<Value>) {
    let text = |text: &str| vec![Value::from(text)];
    let hash = |hash: &Hash| vec![Value::Bytes(hash.0.to_vec())];
    match key {
        Key::Client(id) => (0, text(id.as_str())),
        Key::App(id) => (1, text(id.as_str())),
        Key::Merchant(id) => (2, text(id.as_str())),
        Key::Offer(id) => (3, text(id.as_str())),
        Key::Contract(id) => (4, text(id.as_str())),
        Key::Payment(id) => (5, text(id.as_str())),
        Key::Customer(user, merchant) => (6, vec![user.as_str().into(), merchant.as_str().into()]),
        Key::PaymentByRequest(client, id) => (7, vec![client.as_str().into(), id.as_str().into()]),
        Key::Session(id) => (8, text(id.as_str())),
        Key::Interaction(id) => (9, text(id.as_str())),
        Key::User(id) => (10, text(id.as_str())),
        Key::UserByPhone(phone) => (11, text(phone)),
        Key::Consent(user, client) => (12, vec![user.as_str().into(), client.as_str().into()]),
        Key::Code(value) => (13, hash(value)),
        Key::Token(id) => (14, text(id.as_str())),
        Key::TokenByAccess(value) => (15, hash(value)),
        Key::TokenByRefresh(value) => (16, hash(value)),
        Key::ContractState(id) => (17, text(id.as_str())),
        Key::Outbox(id) => (18, text(id.as_str())),
        Key::Account(id) => (ACCOUNTS, text(&id.to_string())),
        Key::Deposit(reference) => (23, text(reference)),
        Key::PaymentState(id) => (19, text(id.as_str())),
        Key::Operation(id) => (24, text(id.as_str())),
        Key::OperationByRequest(client, kind, id) => {
            (25, vec![client.as_str().into(), kind.name().into(), id.as_str().into()])
        }
        Key::PaymentCode(value) => (20, hash(value)),
        Key::Card(id) => (21, text(id.as_str())),
        Key::Transfer(id) => (26, text(id.as_str())),
        Key::GatewayApp(id) => (28, text(id.as_str())),
        Key::AgreementHolder(user, client) => (29, vec![user.as_str().into(), client.as_str().into()]),
        Key::AgreementNumber(client, no) => (30, vec![client.as_str().into(), no.as_str().into()]),
        Key::MerchantMessage(client, id) => (27, vec![client.as_str().into(), id.as_str().into()]),
    }
}

/// Rows, and which of them each name leads to.
#[derive(Default)]
pub struct Found {
    rows: Vec<Row>,
    names: HashMap<Key, usize>,
    /// Rows as they are stored that are not locked, but compared when they change: their `body` column.
    pub bodies: HashMap<Key, tokio_postgres::Row>,
}

impl Found {
    fn take_in(&mut self, row: Row) {
        let place = self.rows.len();
        self.names.extend(row.other_keys().into_iter().chain([row.key()]).map(|name| (name, place)));
        self.rows.push(row);
    }

    /// What was found under each of `keys`.
    pub fn under(&self, keys: &[Key]) -> Vec<(Key, Option<Row>)> {
        let row = |key| self.names.get(key).and_then(|place| self.rows.get(*place)).cloned();
        keys.iter().map(|key| (key.clone(), row(key))).collect()
    }
}

/// Finds what `keys` name.
pub async fn rows(connection: &Connection, keys: &[Key], locks: Locks) -> Result<Found, StoreError> {
    let collecting = keys.iter().filter_map(|key| match key {
        Key::Account(id) if id.is_collecting() && locks == Locks::Held => Some(id.to_string()),
        _ => None,
    });
    let collecting: Vec<String> = collecting.collect();
    let mut columns: BTreeMap<usize, Vec<Column>> = BTreeMap::new();
    for key in keys {
        let (place, values) = place(key);
        let columns = columns.entry(place).or_insert_with(|| values.iter().map(|_| Column(Vec::new())).collect());
        columns.iter_mut().zip(values).for_each(|(column, value)| column.0.push(value));
    }
    let mut lines = Vec::new();
    if !collecting.is_empty() {
        // Folding locks accounts: not before what is locked before accounts.
        let rest = columns.split_off(&ACCOUNTS);
        look(connection, &columns, locks, &mut lines).await?;
        fold::accounts(connection, &collecting).await?;
        columns = rest;
    }
    look(connection, &columns, locks, &mut lines).await?;
    if locks == Locks::Held {
        lock_unused_tokens(connection, &mut lines).await?;
    }
    let mut found = Found::default();
    for (row, cells) in lines {
        if locks == Locks::Held && is_guarded(&row) {
            found.bodies.insert(row.key(), cells);
        }
        found.take_in(row);
    }
    Ok(found)
}

/// Whether a row of this kind is not locked, but changed only if it is still what was read.
const fn is_guarded(row: &Row) -> bool {
    matches!(
        row,
        Row::AgreementHolder(_)
            | Row::AgreementNumber(_)
            | Row::App(_)
            | Row::Client(_)
            | Row::GatewayApp(_)
            | Row::Merchant(_)
            | Row::Token(_)
            | Row::User(_)
    )
}

/// Asks for what `columns` name, all at once.
async fn look(
    connection: &Connection,
    columns: &BTreeMap<usize, Vec<Column>>,
    locks: Locks,
    lines: &mut Vec<(Row, tokio_postgres::Row)>,
) -> Result<(), StoreError> {
    let answers = join_all(columns.iter().filter_map(|(place, columns)| {
        let lookup = LOOKUPS.get(*place)?;
        let sql = if locks == Locks::Held { lookup.locking } else { lookup.plain };
        Some(async move {
            let parameters: Vec<&(dyn ToSql + Sync)> = columns.iter().map(|column| column as _).collect();
            (lookup, connection.query(sql, &parameters).await)
        })
    }));
    let mut errors = Vec::new();
    for (lookup, answer) in answers.await {
        match answer {
            Ok(found) => {
                for cells in found {
                    lines.push(((lookup.read)(&cells)?, cells));
                }
            }
            Err(error) => errors.push(error),
        }
    }
    StoreError::cause(errors).map_or(Ok(()), Err)
}

/// A token that was never used is about to be, which changes it: of two batches that both have it the second waits, rather
/// than being decided in vain.
async fn lock_unused_tokens(
    connection: &Connection,
    lines: &mut [(Row, tokio_postgres::Row)],
) -> Result<(), StoreError> {
    const SQL: &str = "SELECT body FROM tokens WHERE token_id = ANY($1) ORDER BY token_id FOR UPDATE";
    let unused = |(place, (row, _)): (usize, &(Row, _))| match row {
        Row::Token(token) if token.first_used_at.is_none() => Some((token.token_id.as_str().to_owned(), place)),
        _ => None,
    };
    let places: HashMap<String, usize> = lines.iter().enumerate().filter_map(unused).collect();
    if places.is_empty() {
        return Ok(());
    }
    let ids: Vec<&str> = places.keys().map(String::as_str).collect();
    for cells in connection.query(SQL, &[&ids]).await? {
        let token: Box<Token> = parse("tokens", cells.try_get("body")?)?;
        if let Some(line) = places.get(token.token_id.as_str()).and_then(|place| lines.get_mut(*place)) {
            *line = (Row::Token(token), cells);
        }
    }
    Ok(())
}

fn account(row: &tokio_postgres::Row) -> Result<Row, StoreError> {
    let text: String = row.try_get(0)?;
    let id = AccountId::parse(&text).ok_or(StoreError::Inconsistent { table: "accounts", detail: text })?;
    let spend = day_spend(row.try_get(2)?, row.try_get(3)?)?;
    Ok(Row::Account(Account { id, balance: row.try_get(1)?, spend }))
}

fn customer(row: &tokio_postgres::Row) -> Result<Row, StoreError> {
    Ok(Row::Customer(Customer {
        user_id: UserId::new(row.try_get::<_, String>(0)?),
        merchant_id: MerchantId::new(row.try_get::<_, String>(1)?),
        customer_id: CustomerId::new(row.try_get::<_, String>(2)?),
    }))
}
