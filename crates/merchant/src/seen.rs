//! Remembering which notifications were handled, so that a duplicate does not reach the handler again.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What is known of a notification that arrives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Begin {
    /// Never handled: handle it now, then call [`Seen::finish`].
    First,
    /// Handled before: acknowledge it.
    Handled,
    /// Being handled at this moment by another task: ask for it again.
    Busy,
}

/// A memory of handled notifications.
///
/// A merchant with a database does better still: record the key in the transaction that books the payment, and let
/// a duplicate key be the duplicate.
pub trait Seen: Send + Sync {
    /// Asks for the right to handle `key`.
    fn begin(&self, key: &str) -> Begin;

    /// Ends what [`Begin::First`] began. Remembered only if it was `handled`; if not, the next delivery is first again.
    fn finish(&self, key: &str, handled: bool);
}

/// Remembers the latest notifications until the process ends.
#[derive(Debug)]
pub struct SeenInMemory {
    capacity: usize,
    memory: Mutex<Memory>,
}

#[derive(Debug, Default)]
struct Memory {
    busy: HashSet<String>,
    handled: HashSet<String>,
    /// Oldest first.
    order: VecDeque<String>,
}

impl SeenInMemory {
    /// Remembers up to `capacity` notifications, then forgets the oldest. A wallet gives up after about a day, so a
    /// day's worth is enough.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        Self { capacity, memory: Mutex::default() }
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seen for SeenInMemory {
    fn begin(&self, key: &str) -> Begin {
        let mut memory = self.memory();
        if memory.handled.contains(key) {
            Begin::Handled
        } else if memory.busy.insert(key.to_owned()) {
            Begin::First
        } else {
            Begin::Busy
        }
    }

    fn finish(&self, key: &str, handled: bool) {
        let mut memory = self.memory();
        memory.busy.remove(key);
        if handled && memory.handled.insert(key.to_owned()) {
            memory.order.push_back(key.to_owned());
        }
        while memory.order.len() > self.capacity {
            if let Some(oldest) = memory.order.pop_front() {
                memory.handled.remove(&oldest);
            }
        }
    }
}

/// Holds the right to handle a notification; gives it back unhandled when dropped, for example because the handler
/// panicked or the connection was closed.
pub(crate) struct Turn<'a> {
    seen: &'a dyn Seen,
    key: &'a str,
    handled: bool,
}

impl<'a> Turn<'a> {
    pub(crate) const fn new(seen: &'a dyn Seen, key: &'a str) -> Self {
        Self { seen, key, handled: false }
    }

    pub(crate) fn handled(mut self) {
        self.handled = true;
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.seen.finish(self.key, self.handled);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notification_is_first_until_it_was_handled() {
        let seen = SeenInMemory::new(10);
        assert_eq!(seen.begin("a"), Begin::First);
        assert_eq!(seen.begin("a"), Begin::Busy);
        seen.finish("a", false);
        assert_eq!(seen.begin("a"), Begin::First);
        seen.finish("a", true);
        assert_eq!(seen.begin("a"), Begin::Handled);
    }

    #[test]
    fn a_turn_that_is_dropped_was_not_handled() {
        let seen = SeenInMemory::new(10);
        assert_eq!(seen.begin("a"), Begin::First);
        drop(Turn::new(&seen, "a"));
        assert_eq!(seen.begin("a"), Begin::First);
        Turn::new(&seen, "a").handled();
        assert_eq!(seen.begin("a"), Begin::Handled);
    }

    #[test]
    fn the_oldest_is_forgotten_first() {
        let seen = SeenInMemory::new(2);
        for key in ["a", "b", "c"] {
            assert_eq!(seen.begin(key), Begin::First);
            seen.finish(key, true);
        }
        assert_eq!([seen.begin("a"), seen.begin("b"), seen.begin("c")], [Begin::First, Begin::Handled, Begin::Handled]);
    }
}
