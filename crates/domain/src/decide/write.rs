//! What every decision shares: reading rows, and noting changes so that later steps see them.

use super::World;
use crate::{
    Account, Audit, Change, Customer, InboxMessage, Outbox, OutboxKind, Row, State, Transaction, User, UserNews,
    outbox::DeliveryState,
};
use jiff::civil::Date;
use mithaq_types::{ClientId, CustomerId, MerchantId, MessageId, OutboxId, PaymentId, Timestamp, UserId};

/// A decision in the making.
pub struct Write<'a> {
    /// What was loaded.
    pub state: &'a State,
    /// The present, the policy, the ids.
    pub world: World<'a>,
    changes: Vec<Change>,
}

impl<'a> Write<'a> {
    pub const fn new(state: &'a State, world: World<'a>) -> Self {
        Self { state, world, changes: Vec::new() }
    }

    pub fn into_changes(self) -> Vec<Change> {
        self.changes
    }

    pub const fn now(&self) -> Timestamp {
        self.world.now
    }

    /// The calendar day of the present in the wallet's zone.
    pub fn today(&self) -> Date {
        self.world.now.to_zoned(self.world.policy.zone.clone()).date()
    }

    /// The instant `life` from now.
    pub fn after(&self, life: jiff::SignedDuration) -> Timestamp {
        self.world.now.saturating_add(life).unwrap_or(Timestamp::MAX)
    }

    pub fn insert(&mut self, row: Row) {
        self.changes.push(Change::Insert(row));
    }

    pub fn update(&mut self, row: Row) {
        self.changes.push(Change::Update(row));
    }

    /// Notes any other change.
    pub fn note(&mut self, change: Change) {
        self.changes.push(change);
    }

    /// Whether every balance stays in 64 bits and above what it may be. Accounts that only collect are not looked at.
    pub fn can_post(&self, transaction: &Transaction) -> bool {
        transaction.entries().iter().all(|entry| {
            if entry.is_appended() {
                return entry.may_be_appended();
            }
            let balance = self.state.balance_of(&entry.account).balance.checked_add(entry.minor);
            balance.is_some_and(|balance| balance >= 0 || entry.account.may_be_negative())
        })
    }

    /// Posts `transaction`; whether it can be is asked before ([`Write::can_post`]).
    pub fn post(&mut self, transaction: Transaction) {
        self.changes.push(Change::Post(transaction));
    }

    /// Notes `account`'s changed day counter. Its balance is the ledger's business.
    pub fn spend(&mut self, account: Account) {
        self.changes.push(Change::Update(Row::Account(account)));
    }

    pub fn audit(&mut self, actor: String, action: &str, subject: String, detail: Option<String>) {
        let id = self.world.mint.row(self.now());
        self.changes.push(Change::Audit(Audit {
            id,
            at: self.now(),
            actor,
            action: action.to_owned(),
            subject,
            detail,
        }));
    }

    /// Something to deliver, due at once.
    pub fn send(&mut self, kind: OutboxKind, target: String, client: Option<&ClientId>, payment: Option<&PaymentId>) {
        let now = self.now();
        self.insert(Row::Outbox(Box::new(Outbox {
            outbox_id: OutboxId::new(self.world.mint.row(now)),
            kind,
            target,
            client_id: client.cloned(),
            payment_id: payment.cloned(),
            created_at: now,
            state: DeliveryState::Pending,
            attempts: 0,
            next_at: now,
            last_error: None,
        })));
    }

    /// Tells a user: inbox at once, SMS and e-mail through the outbox.
    pub fn tell(&mut self, user: &User, news: UserNews, payment: Option<&PaymentId>) {
        let now = self.now();
        self.changes.push(Change::Inbox(InboxMessage {
            message_id: MessageId::new(self.world.mint.row(now)),
            user_id: user.user_id.clone(),
            at: now,
            news: news.clone(),
            payment_id: payment.cloned(),
            read: false,
        }));
        let target = format!("user:{}", user.user_id);
        self.send(OutboxKind::UserNews { user_id: user.user_id.clone(), news }, target, None, payment);
    }

    /// What `merchant` knows `user` as; made at the first meeting.
    pub fn customer(&mut self, user: &UserId, merchant: &MerchantId) -> CustomerId {
        if let Some(known) = self.state.customer(user, merchant) {
            return known.customer_id.clone();
        }
        let customer_id = self.world.mint.customer();
        let row = Customer { user_id: user.clone(), merchant_id: merchant.clone(), customer_id: customer_id.clone() };
        self.insert(Row::Customer(row));
        customer_id
    }
}
