//! A store in front of the real one that fails when the script says so: before anything happened, after everything
//! happened, or by taking the whole process with it.

use mithaq_domain::{Key, Row};
use mithaq_store::{Store, StoreError, StoreTransaction, WriteSet};
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// Where in a transaction something happens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Point {
    Begin,
    Fetch,
    BeforeWrite,
    AfterWrite,
    BeforeCommit,
    /// The commit took place: what is reported is a lie.
    AfterCommit,
    /// At the beginning of every transaction of the round.
    Always,
}

/// What is reported.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    /// Another writer is at it.
    Busy,
    /// As PostgreSQL's 40001.
    Conflict,
    /// The connection broke; nothing was committed.
    Lost,
    /// The database is out of reach.
    Unavailable,
    /// Nobody knows whether it was committed.
    Unknown,
    /// The disk is broken, for this once.
    Broken,
    /// The process dies.
    Crash,
}

impl What {
    /// Whether the engine tries again by itself.
    pub const fn is_transient(self) -> bool {
        matches!(self, Self::Busy | Self::Conflict | Self::Lost)
    }

    fn error(self) -> StoreError {
        match self {
            Self::Busy => {
                let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY);
                StoreError::Sqlite(rusqlite::Error::SqliteFailure(code, None))
            }
            Self::Conflict => StoreError::Conflict,
            Self::Lost => StoreError::Lost,
            Self::Unavailable => StoreError::Unavailable("the script says so".to_owned()),
            Self::Unknown => StoreError::Unknown,
            Self::Broken => StoreError::Io(std::io::Error::other("the script says so")),
            // Past the hook that prints panics: this one is wanted.
            Self::Crash => std::panic::resume_unwind(Box::new("the script says so")),
        }
    }
}

/// One thing that goes wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fault {
    pub at: Point,
    pub what: What,
}

/// What a store refuses by itself, whatever the script says: a batch with such a phone number never gets through.
pub const POISON: &str = "poison";

/// The script's hand on one engine's store.
#[derive(Clone, Default)]
pub struct Gate(Arc<(Mutex<Inner>, Condvar)>);

#[derive(Default)]
struct Inner {
    held: bool,
    waiting: bool,
    plan: VecDeque<Fault>,
    lies: usize,
    crashed: bool,
}

impl Gate {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next transaction waits at its beginning, and nothing befalls it.
    pub fn hold(&self) {
        self.lock().held = true;
    }

    /// Returns once a transaction waits.
    pub fn wait(&self) {
        let inner = self.lock();
        drop(self.0.1.wait_while(inner, |inner| !inner.waiting).unwrap_or_else(PoisonError::into_inner));
    }

    /// Lets it go on.
    pub fn release(&self) {
        self.lock().held = false;
        self.0.1.notify_all();
    }

    /// What befalls the next transactions.
    pub fn plan(&self, faults: &[Fault]) {
        self.lock().plan = faults.iter().copied().collect();
    }

    /// How many commits took place without anybody being told, and whether the process died. Forgets both, and what
    /// is left of the plan.
    pub fn report(&self) -> (usize, bool) {
        let mut inner = self.lock();
        inner.plan.clear();
        (std::mem::take(&mut inner.lies), std::mem::take(&mut inner.crashed))
    }

    /// A transaction begins; what will befall it.
    fn enter(&self) -> Option<Fault> {
        let mut inner = self.lock();
        if inner.held {
            inner.waiting = true;
            self.0.1.notify_all();
            inner = self.0.1.wait_while(inner, |inner| inner.held).unwrap_or_else(PoisonError::into_inner);
            inner.waiting = false;
            return None;
        }
        let always = inner.plan.front().copied().filter(|fault| fault.at == Point::Always);
        always.or_else(|| inner.plan.pop_front())
    }

    /// Fails if it is time to.
    fn pass(&self, fault: Option<Fault>, here: Point) -> Result<(), StoreError> {
        let Some(fault) = fault.filter(|fault| fault.at == here) else { return Ok(()) };
        let mut inner = self.lock();
        inner.lies += usize::from(here == Point::AfterCommit);
        inner.crashed |= fault.what == What::Crash;
        drop(inner);
        Err(fault.what.error())
    }
}

/// A store that fails by the script.
pub struct Faulty<S> {
    store: S,
    gate: Gate,
}

impl<S> Faulty<S> {
    pub const fn new(store: S, gate: Gate) -> Self {
        Self { store, gate }
    }
}

impl<S: Store> Store for Faulty<S> {
    type Transaction<'a> = FaultyTransaction<S::Transaction<'a>>;

    fn begin(&mut self) -> Result<Self::Transaction<'_>, StoreError> {
        let fault = self.gate.enter();
        self.gate.pass(fault, Point::Always)?;
        self.gate.pass(fault, Point::Begin)?;
        Ok(FaultyTransaction { inner: self.store.begin()?, gate: self.gate.clone(), fault })
    }
}

/// Its transaction.
pub struct FaultyTransaction<T> {
    inner: T,
    gate: Gate,
    fault: Option<Fault>,
}

impl<T: StoreTransaction> StoreTransaction for FaultyTransaction<T> {
    fn fetch(&mut self, keys: &[Key]) -> Result<Vec<(Key, Option<Row>)>, StoreError> {
        self.gate.pass(self.fault, Point::Fetch)?;
        self.inner.fetch(keys)
    }

    fn write(&mut self, set: &WriteSet) -> Result<(), StoreError> {
        self.gate.pass(self.fault, Point::BeforeWrite)?;
        self.inner.write(set)?;
        if set.inserts.iter().any(|row| matches!(row, Row::User(user) if user.phone.starts_with(POISON))) {
            return Err(StoreError::Inconsistent { table: "users", detail: POISON.to_owned() });
        }
        self.gate.pass(self.fault, Point::AfterWrite)
    }

    fn commit(self) -> Result<(), StoreError> {
        self.gate.pass(self.fault, Point::BeforeCommit)?;
        self.inner.commit()?;
        self.gate.pass(self.fault, Point::AfterCommit)
    }
}
