//! A store that counts what it is asked, can be held up, refuses what is poisoned, and fails or lies when it is told to.

use mithaq_domain::{Key, Row};
use mithaq_store::{Store, StoreError, StoreTransaction, WriteSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};

/// What happened in a watched store, and its gate.
#[derive(Clone, Default)]
pub struct Watch(Arc<Inner>);

#[derive(Default)]
struct Inner {
    begun: AtomicUsize,
    commits: AtomicUsize,
    about_to_commit: AtomicUsize,
    held: Mutex<Option<Gate>>,
    changed: Condvar,
    fault: Mutex<Option<Fault>>,
}

/// What can befall a commit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// It does not take place: the database is out of reach.
    Unavailable,
    /// It does not take place: another process was faster.
    Conflict,
    /// It takes place, and nobody learns of it.
    Lie,
}

/// Where a transaction can be held up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gate {
    Begin,
    Commit,
}

impl Watch {
    /// How a message is called whose writing fails.
    pub const POISON: &'static str = "poison";

    /// Transactions made durable so far.
    pub fn commits(&self) -> usize {
        self.0.commits.load(Ordering::SeqCst)
    }

    /// Transactions begun so far.
    pub fn begun(&self) -> usize {
        self.0.begun.load(Ordering::SeqCst)
    }

    /// Transactions that came as far as their commit.
    pub fn about_to_commit(&self) -> usize {
        self.0.about_to_commit.load(Ordering::SeqCst)
    }

    /// From now on no transaction begins.
    pub fn hold(&self) {
        *self.0.held.lock().expect("not poisoned") = Some(Gate::Begin);
    }

    /// From now on no transaction ends: as if the process were stopped with all its locks.
    pub fn hold_commits(&self) {
        *self.0.held.lock().expect("not poisoned") = Some(Gate::Commit);
    }

    /// Lets everything go on.
    pub fn release(&self) {
        *self.0.held.lock().expect("not poisoned") = None;
        self.0.changed.notify_all();
    }

    /// The next commit meets this, or no commit meets anything.
    pub fn befall(&self, fault: Option<Fault>) {
        *self.0.fault.lock().expect("not poisoned") = fault;
    }

    fn pass(&self, gate: Gate) {
        let held = self.0.held.lock().expect("not poisoned");
        drop(self.0.changed.wait_while(held, |held| *held == Some(gate)).expect("not poisoned"));
    }
}

/// A store under watch.
pub struct Watched<S> {
    store: S,
    watch: Watch,
}

impl<S> Watched<S> {
    pub const fn new(store: S, watch: Watch) -> Self {
        Self { store, watch }
    }
}

impl<S: Store> Store for Watched<S> {
    type Transaction<'a> = WatchedTransaction<S::Transaction<'a>>;

    fn begin(&mut self) -> Result<Self::Transaction<'_>, StoreError> {
        self.watch.0.begun.fetch_add(1, Ordering::SeqCst);
        self.watch.pass(Gate::Begin);
        Ok(WatchedTransaction { inner: self.store.begin()?, watch: self.watch.clone() })
    }
}

/// Its transaction.
pub struct WatchedTransaction<T> {
    inner: T,
    watch: Watch,
}

impl<T: StoreTransaction> StoreTransaction for WatchedTransaction<T> {
    fn fetch(&mut self, keys: &[Key]) -> Result<Vec<(Key, Option<Row>)>, StoreError> {
        self.inner.fetch(keys)
    }

    fn write(&mut self, set: &WriteSet) -> Result<(), StoreError> {
        let poisoned = set.audit.iter().any(|line| line.subject.contains(Watch::POISON));
        self.inner.write(set)?;
        if poisoned {
            return Err(StoreError::Inconsistent { table: "audit", detail: Watch::POISON.to_owned() });
        }
        Ok(())
    }

    fn commit(self) -> Result<(), StoreError> {
        self.watch.0.about_to_commit.fetch_add(1, Ordering::SeqCst);
        self.watch.pass(Gate::Commit);
        let fault = self.watch.0.fault.lock().expect("not poisoned").take();
        match fault {
            Some(Fault::Unavailable) => return Err(StoreError::Unavailable("as it was told".to_owned())),
            Some(Fault::Conflict) => return Err(StoreError::Conflict),
            Some(Fault::Lie) | None => self.inner.commit()?,
        }
        if fault == Some(Fault::Lie) {
            return Err(StoreError::Unknown);
        }
        self.watch.0.commits.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}
