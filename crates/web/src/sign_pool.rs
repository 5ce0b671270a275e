//! Signing on threads of its own: 0.3 ms of a core each, never on the reactor, never without bound.
//!
//! How much can be signed is how much can be answered. So the pool also has the room that calls are let into
//! ([`Admission`]), and the signed answers for those that are not ([`BusyAnswers`]); these go ahead of the others, for
//! many callers wait for one of them.

use crate::admission::Admission;
use crate::gateway::BusySignatures;
use crate::openapi::BusyAnswers;
use metrics::{gauge, histogram};
use mithaq_crypto::PrivateKey;
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use tokio::sync::oneshot;

/// Calls that are worked on at once, for each thread that signs. At 0.3 ms a signature the last one waits 0.15 s for
/// its own; with everything else on the same cores, still well under a second.
const CALLS_PER_SIGNER: usize = 512;
/// Signatures a second that may be spent on telling callers that there is no room, for each thread: a thirteenth of
/// what it can make.
const BUSY_PER_SIGNER: usize = 256;

/// How much is answered at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Capacity {
    /// Threads that sign; at least one.
    pub signers: usize,
    /// Merchants' calls that are worked on at the same time; further ones are refused at once. At least one.
    pub in_flight: usize,
}

impl Capacity {
    /// What fits to `signers` threads.
    #[must_use]
    pub const fn of(signers: usize) -> Self {
        let signers = if signers == 0 { 1 } else { signers };
        Self { signers, in_flight: CALLS_PER_SIGNER.saturating_mul(signers) }
    }

    /// What fits to this machine: one thread for each core. With fewer, calls wait for a signature while a core is idle;
    /// the scheduler shares the cores between these threads and the engine well enough (docs/benchmarks.md).
    #[must_use]
    pub fn of_this_machine() -> Self {
        Self::of(std::thread::available_parallelism().map_or(1, std::num::NonZero::get))
    }
}

struct Job {
    key: PrivateKey,
    digest: Digest,
    text: Vec<u8>,
    since: Instant,
    reply: oneshot::Sender<Vec<u8>>,
}

/// What a signature is over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Digest {
    Sha256,
    /// Old, and ten times slower: only for those who asked with such a signature.
    Sha1,
}

/// Too many signatures are waiting.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("too many signatures are waiting")]
pub struct SignersBusy;

/// A few threads that sign. Cheap to clone; they end with the last clone.
#[derive(Clone)]
pub struct SignPool {
    inner: Arc<Inner>,
}

struct Inner {
    queue: Arc<Queue>,
    admission: Admission,
    busy: BusyAnswers,
    gateway_busy: BusySignatures,
}

impl SignPool {
    /// Starts `threads` of them, with room for as many calls as they can sign for.
    ///
    /// # Errors
    /// When the system has no thread to give.
    pub fn start(threads: usize) -> std::io::Result<Self> {
        Self::start_with(Capacity::of(threads))
    }

    /// Starts them.
    ///
    /// # Errors
    /// When the system has no thread to give.
    pub fn start_with(capacity: Capacity) -> std::io::Result<Self> {
        let signers = capacity.signers.max(1);
        let busy_per_second = BUSY_PER_SIGNER.saturating_mul(signers);
        // Every call that is let in needs one signature at a time.
        let queue = Arc::new(Queue::new(capacity.in_flight.max(1).saturating_add(busy_per_second)));
        for number in 0..signers {
            let queue = Arc::clone(&queue);
            std::thread::Builder::new().name(format!("sign-{number}")).spawn(move || run(&queue))?;
        }
        let (admission, busy) = (Admission::new(capacity.in_flight), BusyAnswers::new(busy_per_second));
        let gateway_busy = BusySignatures::default();
        Ok(Self { inner: Arc::new(Inner { queue, admission, busy, gateway_busy }) })
    }

    /// Signs `text` with `key`.
    ///
    /// # Errors
    /// At once when too many are waiting.
    pub async fn sign(&self, key: &PrivateKey, text: Vec<u8>) -> Result<Vec<u8>, SignersBusy> {
        self.wait(key, Digest::Sha256, text, Turn::Last).await
    }

    /// The same with SHA-1.
    ///
    /// # Errors
    /// As [`SignPool::sign`].
    pub(crate) async fn sign_sha1(&self, key: &PrivateKey, text: Vec<u8>) -> Result<Vec<u8>, SignersBusy> {
        self.wait(key, Digest::Sha1, text, Turn::Last).await
    }

    /// The same, ahead of all that wait.
    ///
    /// # Errors
    /// As [`SignPool::sign`].
    pub(crate) async fn sign_first(&self, key: &PrivateKey, text: Vec<u8>) -> Result<Vec<u8>, SignersBusy> {
        self.wait(key, Digest::Sha256, text, Turn::First).await
    }

    /// Where calls are let in.
    #[must_use]
    pub fn admission(&self) -> &Admission {
        &self.inner.admission
    }

    /// What those hear that are not.
    pub(crate) fn busy(&self) -> &BusyAnswers {
        &self.inner.busy
    }

    /// The same at the gateway.
    pub(crate) fn gateway_busy(&self) -> &BusySignatures {
        &self.inner.gateway_busy
    }

    async fn wait(&self, key: &PrivateKey, digest: Digest, text: Vec<u8>, turn: Turn) -> Result<Vec<u8>, SignersBusy> {
        let (reply, signature) = oneshot::channel();
        self.inner.queue.push(Job { key: key.clone(), digest, text, since: Instant::now(), reply }, turn)?;
        signature.await.map_err(|_| SignersBusy)
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.queue.close();
    }
}

fn run(queue: &Queue) {
    while let Some(job) = queue.pop() {
        // A caller that went away needs no signature.
        if job.reply.is_closed() {
            continue;
        }
        let begun = Instant::now();
        histogram!("mithaq_signature_wait_seconds").record(begun.duration_since(job.since));
        let signature = match job.digest {
            Digest::Sha256 => job.key.sign(&job.text),
            Digest::Sha1 => job.key.sign_sha1(&job.text),
        };
        histogram!("mithaq_signature_seconds").record(begun.elapsed());
        let _ = job.reply.send(signature);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    First,
    Last,
}

/// What waits for a thread.
struct Queue {
    most: usize,
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Default)]
struct Waiting {
    first: VecDeque<Job>,
    last: VecDeque<Job>,
    is_closed: bool,
}

impl Queue {
    fn new(most: usize) -> Self {
        Self { most, waiting: Mutex::default(), changed: Condvar::new() }
    }

    fn push(&self, job: Job, turn: Turn) -> Result<(), SignersBusy> {
        let mut waiting = self.waiting();
        if waiting.is_closed || waiting.first.len() + waiting.last.len() >= self.most {
            return Err(SignersBusy);
        }
        match turn {
            Turn::First => waiting.first.push_back(job),
            Turn::Last => waiting.last.push_back(job),
        }
        drop(waiting);
        self.changed.notify_one();
        // Up and down, not set: threads that tell of a length may overtake each other.
        gauge!("mithaq_signature_queue").increment(1);
        Ok(())
    }

    /// The next one, when there is one; `None` once nobody can ask any more.
    fn pop(&self) -> Option<Job> {
        let mut waiting = self.waiting();
        loop {
            let next = waiting.first.pop_front().or_else(|| waiting.last.pop_front());
            if let Some(job) = next {
                drop(waiting);
                gauge!("mithaq_signature_queue").decrement(1);
                return Some(job);
            }
            if waiting.is_closed {
                return None;
            }
            waiting = self.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn close(&self) {
        self.waiting().is_closed = true;
        self.changed.notify_all();
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
