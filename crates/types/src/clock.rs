//! Time as a parameter. The sandbox's clock is the real one plus a shift that can be moved.

use std::sync::atomic::{AtomicI64, Ordering};

/// An instant. Calendar arithmetic is jiff's, never ours.
pub type Timestamp = jiff::Timestamp;

/// Where the present comes from. Nothing else in the house may ask the system for the time.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The machine's clock moved by a shift: the sandbox's. Goes on ticking after a move.
#[derive(Debug, Default)]
pub struct ShiftedClock {
    shift_ms: AtomicI64,
}

impl ShiftedClock {
    /// A clock that is `shift_ms` milliseconds ahead of the machine's.
    #[must_use]
    pub const fn new(shift_ms: i64) -> Self {
        Self { shift_ms: AtomicI64::new(shift_ms) }
    }

    /// How far ahead of the machine's clock it is, in milliseconds.
    #[must_use]
    pub fn shift_ms(&self) -> i64 {
        self.shift_ms.load(Ordering::SeqCst)
    }

    /// Makes the present `instant`. Returns the new shift in milliseconds.
    pub fn set(&self, instant: Timestamp) -> i64 {
        let shift = instant.as_millisecond() - SystemClock.now().as_millisecond();
        self.shift_ms.store(shift, Ordering::SeqCst);
        shift
    }

    /// Back to the machine's clock.
    pub fn reset(&self) {
        self.shift_ms.store(0, Ordering::SeqCst);
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> Timestamp {
        let now_ms = SystemClock.now().as_millisecond().saturating_add(self.shift_ms());
        Timestamp::from_millisecond(now_ms).unwrap_or(Timestamp::MAX)
    }
}

/// A clock that stands still until told otherwise. For tests.
#[derive(Debug)]
pub struct ManualClock {
    now_ms: AtomicI64,
}

impl ManualClock {
    /// Stands at `instant`.
    #[must_use]
    pub fn at(instant: Timestamp) -> Self {
        Self { now_ms: AtomicI64::new(instant.as_millisecond()) }
    }

    /// Moves to `instant`.
    pub fn set(&self, instant: Timestamp) {
        self.now_ms.store(instant.as_millisecond(), Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.now_ms.load(Ordering::SeqCst)).unwrap_or(Timestamp::MAX)
    }
}
