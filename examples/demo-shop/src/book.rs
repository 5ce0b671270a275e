//! The shop's memory: its subscriptions behind one lock, and a bell that rings at each change.
//! A real shop keeps this in a database, with the access tokens encrypted.

use crate::subscription::Subscription;
use mithaq_merchant::CustomerId;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// All subscriptions, by id.
pub struct Book {
    subscriptions: Mutex<HashMap<String, Subscription>>,
    /// `None` once the shop closes: that ends every stream that listens.
    bell: Mutex<Option<watch::Sender<()>>>,
}

impl Book {
    pub fn new() -> Self {
        Self { subscriptions: Mutex::default(), bell: Mutex::new(Some(watch::Sender::new(()))) }
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
