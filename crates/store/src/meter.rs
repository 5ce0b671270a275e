//! What is counted and traced of the engine, how large its batches are, how long they take, how they end; and which
//! leases this process holds.

use crate::StoreError;
use metrics::{counter, gauge, histogram};
use std::time::Instant;
use tracing::Span;

/// Calls that a batch's span is linked to: those that wait for it are traced on their own.
const LINKS_MAX: usize = 64;

/// A batch on its way.
pub struct Batch {
    begun: Instant,
    span: Span,
}

impl Batch {
    /// It begins, with `commands`; `callers` are the spans that wait for it.
    pub fn begin<'a>(commands: usize, callers: impl Iterator<Item = &'a Span>) -> Self {
        let span = tracing::info_span!(target: "mithaq::span", parent: None, "batch", commands);
        if !span.is_disabled() {
            for caller in callers.take(LINKS_MAX) {
                span.follows_from(caller);
            }
        }
        Self { begun: Instant::now(), span }
    }

    /// What is done inside counts to its span.
    pub fn inside<T>(&self, work: impl FnOnce() -> T) -> T {
        self.span.in_scope(work)
    }

    /// It is durable, with `commands`.
    pub fn committed(self, commands: usize) {
        histogram!("mithaq_batch_commands").record(u32::try_from(commands).unwrap_or(u32::MAX));
        histogram!("mithaq_batch_seconds").record(self.begun.elapsed());
        ended("committed");
    }

    /// It is tried again, as another process or a lost connection was in its way.
    pub fn retried(&self) {
        ended("retried");
    }

    /// Its halves are tried each for itself.
    pub fn divided(self) {
        ended("divided");
    }

    /// Nothing of it was done, as far as is known.
    pub fn failed(self) {
        ended("failed");
    }
}

fn ended(outcome: &'static str) {
    counter!("mithaq_batches_total", "outcome" => outcome).increment(1);
}

/// Commits, and notes how long that took.
pub fn commit(commit: impl FnOnce() -> Result<(), StoreError>) -> Result<(), StoreError> {
    let begun = Instant::now();
    let outcome = tracing::info_span!(target: "mithaq::span", "commit").in_scope(commit);
    if outcome.is_ok() {
        histogram!("mithaq_commit_seconds").record(begun.elapsed());
    }
    outcome
}

/// Whether this process holds the lease `name`, as far as it knows.
pub fn lease(name: &'static str, is_held: bool) {
    gauge!("mithaq_lease_held", "name" => name).set(u8::from(is_held));
}
