//! The shop's memory: subscriptions, orders and who is signed in, and a bell that rings at each change.
//! A real shop keeps this in a database, with the access tokens encrypted.

use crate::order::{Order, Wish};
use crate::subscription::Subscription;
use mithaq_merchant::CustomerId;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// All of it.
pub struct Book {
    /// By id.
    subscriptions: Mutex<HashMap<String, Subscription>>,
    /// Oldest first.
    orders: Mutex<Vec<Order>>,
    /// Who a session belongs to, and who a bell rings for: both are known to that customer's page alone.
    sessions: Mutex<HashMap<String, CustomerId>>,
    bells: Mutex<HashMap<String, CustomerId>>,
    /// `None` once the shop closes: that ends every stream that listens.
    bell: Mutex<Option<watch::Sender<()>>>,
}

impl Book {
    pub fn new() -> Self {
        Self {
            subscriptions: Mutex::default(),
            orders: Mutex::default(),
            sessions: Mutex::default(),
            bells: Mutex::default(),
            bell: Mutex::new(Some(watch::Sender::new(()))),
        }
    }

    /// Adds a subscription.
    pub fn add(&self, subscription: Subscription) {
        lock(&self.subscriptions).insert(subscription.id.clone(), subscription);
    }

    /// What `look` makes of the subscription `id`.
    pub fn read<T>(&self, id: &str, look: impl FnOnce(&Subscription) -> T) -> Option<T> {
        lock(&self.subscriptions).get(id).map(look)
    }

    /// The id of the subscription made from `auth_code`.
    pub fn made_from(&self, auth_code: &str) -> Option<String> {
        lock(&self.subscriptions).values().find(|one| one.auth_code == auth_code).map(|one| one.id.clone())
    }

    /// The id of a subscription that this customer has and has not ended.
    pub fn active_of(&self, customer: &CustomerId) -> Option<String> {
        let subscriptions = lock(&self.subscriptions);
        let theirs =
            subscriptions.values().find(|one| one.is_active() && one.tokens.customer_id.as_ref() == Some(customer));
        theirs.map(|one| one.id.clone())
    }

    /// Changes the subscription `id`.
    pub fn change<T>(&self, id: &str, change: impl FnOnce(&mut Subscription) -> T) -> Option<T> {
        let changed = lock(&self.subscriptions).get_mut(id).map(change);
        self.ring();
        changed
    }

    /// Offers each subscription to `change` until one says that it was meant. Returns whether one did.
    pub fn change_first(&self, change: impl FnMut(&mut Subscription) -> bool) -> bool {
        let found = lock(&self.subscriptions).values_mut().any(change);
        self.ring();
        found
    }

    /// Remembers who signed in.
    pub fn sign_in(&self, session: String, bell: String, customer: &CustomerId) {
        lock(&self.sessions).insert(session, customer.clone());
        lock(&self.bells).insert(bell, customer.clone());
    }

    /// Who a session belongs to.
    pub fn customer_of(&self, session: &str) -> Option<CustomerId> {
        lock(&self.sessions).get(session).cloned()
    }

    /// Who a bell rings for.
    pub fn rung_for(&self, bell: &str) -> Option<CustomerId> {
        lock(&self.bells).get(bell).cloned()
    }

    /// Writes an order down, unless the same asker made one with the same key: then that one is meant. Answers its id.
    pub fn order(&self, wish: Wish) -> String {
        let mut orders = lock(&self.orders);
        let same = |order: &&Order| order.wish.once == wish.once && order.wish.customer == wish.customer;
        if let Some(earlier) = orders.iter().find(same) {
            return earlier.wish.id.clone();
        }
        let id = wish.id.clone();
        orders.push(Order::new(wish));
        id
    }

    /// What `look` makes of the order `id`.
    pub fn read_order<T>(&self, id: &str, look: impl FnOnce(&Order) -> T) -> Option<T> {
        lock(&self.orders).iter().find(|order| order.wish.id == id).map(look)
    }

    /// Changes the order `id`.
    pub fn change_order<T>(&self, id: &str, change: impl FnOnce(&mut Order) -> T) -> Option<T> {
        let changed = lock(&self.orders).iter_mut().find(|order| order.wish.id == id).map(change);
        self.ring();
        changed
    }

    /// Offers each order to `change` until one says that it was meant. Returns whether one did.
    pub fn change_first_order(&self, change: impl FnMut(&mut Order) -> bool) -> bool {
        let found = lock(&self.orders).iter_mut().any(change);
        self.ring();
        found
    }

    /// What `look` makes of the orders that fit, newest first.
    pub fn orders<T>(&self, fits: impl Fn(&Order) -> bool, look: impl Fn(&Order) -> T) -> Vec<T> {
        lock(&self.orders).iter().rev().filter(|order| fits(order)).map(look).collect()
    }

    /// A receiver that wakes at each change, and ends when the shop closes. `None` if it has closed.
    pub fn listen(&self) -> Option<watch::Receiver<()>> {
        lock(&self.bell).as_ref().map(watch::Sender::subscribe)
    }

    /// Ends every listening stream, so that the server can stop.
    pub fn close(&self) {
        lock(&self.bell).take();
    }

    fn ring(&self) {
        if let Some(bell) = lock(&self.bell).as_ref() {
            bell.send_replace(());
        }
    }
}

/// A panic elsewhere leaves the map whole: every change is made in one piece.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
