//! Signing on threads of its own: 0.3 ms of a core each, never on the reactor, never without bound.

use mithaq_crypto::PrivateKey;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use tokio::sync::oneshot;

/// Signatures that may wait. At 0.3 ms each the last one waits well under a second.
const QUEUE_MAX: usize = 1_024;

struct Job {
    key: PrivateKey,
    text: Vec<u8>,
    reply: oneshot::Sender<Vec<u8>>,
}

/// Too many signatures are waiting.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("too many signatures are waiting")]
pub struct SignersBusy;

/// A few threads that sign. Cheap to clone; they end with the last clone.
#[derive(Clone)]
pub struct SignPool {
    queue: mpsc::SyncSender<Job>,
}

impl SignPool {
    /// Starts `threads` of them.
    ///
    /// # Errors
    /// When the system has no thread to give.
    pub fn start(threads: usize) -> std::io::Result<Self> {
        let (queue, jobs) = mpsc::sync_channel::<Job>(QUEUE_MAX);
        let jobs = Arc::new(Mutex::new(jobs));
        for number in 0..threads.max(1) {
            let jobs = Arc::clone(&jobs);
            std::thread::Builder::new().name(format!("sign-{number}")).spawn(move || run(&jobs))?;
        }
        Ok(Self { queue })
    }

    /// Signs `text` with `key`.
    ///
    /// # Errors
    /// At once when too many are waiting.
    pub async fn sign(&self, key: &PrivateKey, text: Vec<u8>) -> Result<Vec<u8>, SignersBusy> {
        let (reply, signature) = oneshot::channel();
        self.queue.try_send(Job { key: key.clone(), text, reply }).map_err(|_| SignersBusy)?;
        signature.await.map_err(|_| SignersBusy)
    }
}

fn run(jobs: &Mutex<mpsc::Receiver<Job>>) {
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = next else { return };
        // A caller that went away needs no signature.
        if !job.reply.is_closed() {
            let _ = job.reply.send(job.key.sign(&job.text));
        }
    }
}
