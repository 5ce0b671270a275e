//! For tests: which members a reader asked for, so that a document can be held against what is really read.

use std::cell::RefCell;
use std::collections::BTreeSet;

thread_local! {
    static NAMES: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

/// A member was asked for, by its full name.
pub(super) fn note(name: String) {
    NAMES.with(|names| names.borrow_mut().insert(name));
}

/// What was asked for on this thread since the last time.
pub(crate) fn take() -> BTreeSet<String> {
    NAMES.with(RefCell::take)
}
