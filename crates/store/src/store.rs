//! What a database must do for the engine: load rows by name, write sets of rows, commit.

use crate::{Chore, DueDelivery, StoreError};
use mithaq_domain::{Account, AccountId, Audit, Change, DeliveryState, InboxMessage, Key, Row, State, Transaction};
use mithaq_types::Timestamp;
use std::collections::HashMap;

/// A database, as the engine's thread sees it.
pub trait Store: Send + 'static {
    /// One transaction; dropping it rolls back.
    type Transaction<'a>: StoreTransaction
    where
        Self: 'a;

    /// Begins a transaction that will write.
    ///
    /// # Errors
    /// When the database is busy or gone.
    fn begin(&mut self) -> Result<Self::Transaction<'_>, StoreError>;
}

/// One open transaction.
pub trait StoreTransaction {
    /// The rows under `keys`, `None` where there is none. The keys are sorted and distinct: a store
    /// that locks rows locks them in this order.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    fn fetch(&mut self, keys: &[Key]) -> Result<Vec<(Key, Option<Row>)>, StoreError>;

    /// Writes the whole set.
    ///
    /// # Errors
    /// When the database fails, or a row to insert exists.
    fn write(&mut self, set: &WriteSet) -> Result<(), StoreError>;

    /// Makes it durable. Before this returns nothing is acknowledged.
    ///
    /// # Errors
    /// When it may not be durable.
    fn commit(self) -> Result<(), StoreError>;
}

/// What a batch appends to an account without looking at its balance; folded in later.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Credit {
    /// The batch, by an id that begins with time: there is one row for it and the account.
    pub batch_id: String,
    /// To which account.
    pub account: AccountId,
    /// How many minor units all its commands together append.
    pub minor: i64,
    /// When.
    pub at: Timestamp,
}

/// What a batch leaves to write, each row once in its last form.
#[derive(Debug, Default)]
pub struct WriteSet {
    /// Rows that did not exist.
    pub inserts: Vec<Row>,
    /// Rows that did.
    pub updates: Vec<Row>,
    /// Accounts that something was posted to, or whose counters moved; new or not.
    pub accounts: Vec<Account>,
    /// What is appended to accounts that collect.
    pub credits: Vec<Credit>,
    /// Money moved.
    pub transactions: Vec<Transaction>,
    /// Messages for inboxes.
    pub inbox: Vec<InboxMessage>,
    /// The audit trail.
    pub audit: Vec<Audit>,
    /// Writes that are no decisions.
    pub chores: Vec<Chore>,
}

impl WriteSet {
    /// Collects `changes`, in the order they were decided; `after` is the state they left. The batch was decided `at`
    /// that instant and is called `batch_id`.
    #[must_use]
    pub fn collect(changes: Vec<Change>, chores: Vec<Chore>, after: &State, batch_id: &str, at: Timestamp) -> Self {
        let credit = |(account, minor): (&AccountId, &i64)| Credit {
            batch_id: batch_id.to_owned(),
            account: account.clone(),
            minor: *minor,
            at,
        };
        let credits = after.appended().iter().map(credit).collect();
        let mut set = Self { chores, credits, ..Self::default() };
        // Each row once, at the place of its first change, inserted if any change inserted it.
        let mut rows: Vec<(Key, bool)> = Vec::new();
        let mut seen: HashMap<Key, usize> = HashMap::new();
        let mut note = |key: Key, insert: bool| {
            if let Some(place) = seen.get(&key) {
                rows[*place].1 |= insert;
            } else {
                seen.insert(key.clone(), rows.len());
                rows.push((key, insert));
            }
        };
        for change in changes {
            match change {
                Change::Insert(row) => note(row.key(), true),
                Change::Update(row) => note(row.key(), false),
                Change::Post(transaction) => {
                    for entry in transaction.entries() {
                        note(Key::Account(entry.account.clone()), false);
                    }
                    set.transactions.push(transaction);
                }
                Change::Inbox(message) => set.inbox.push(message),
                Change::Audit(line) => set.audit.push(line),
            }
        }
        for (key, insert) in rows {
            match (after.peek(&key), insert) {
                (Some(Row::Account(account)), _) => set.accounts.push(account.clone()),
                (Some(row), true) => set.inserts.push(row.clone()),
                (Some(row), false) => set.updates.push(row.clone()),
                (None, _) => {}
            }
        }
        set
    }

    /// Whether there is nothing to write.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.inserts.is_empty()
            && self.updates.is_empty()
            && self.accounts.is_empty()
            && self.credits.is_empty()
            && self.inbox.is_empty()
            && self.audit.is_empty()
            && self.chores.is_empty()
    }

    /// What is to be delivered because of it, now or later, in the order of the decisions.
    #[must_use]
    pub fn outgoing(&self) -> Vec<DueDelivery> {
        let pending = |row: &Row| match row {
            Row::Outbox(row) if row.state == DeliveryState::Pending => Some(DueDelivery {
                outbox_id: row.outbox_id.clone(),
                target: row.target.clone(),
                next_ms: row.next_at.as_millisecond(),
            }),
            _ => None,
        };
        self.inserts.iter().chain(&self.updates).filter_map(pending).collect()
    }
}
