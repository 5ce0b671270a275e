//! The engine's thread: takes every command that is waiting as one batch and answers when it is durable.

use crate::batch::{self, Work};
use crate::meter::Batch;
use crate::{Chore, DueDelivery, Store, StoreError};
use mithaq_domain::{Answer, Command, Mint, Policy};
use mithaq_types::Clock;
use std::sync::Arc;
use std::thread::JoinHandle;
use tokio::sync::{broadcast, mpsc, oneshot};
use tracing::Span;

/// Commands that may wait. More are turned away at once: a caller told "later" is better off than
/// one who waits longer than its own time-out.
const QUEUE_MAX: usize = 4_096;
/// Commands in one transaction.
const BATCH_MAX: usize = 512;
/// Batches that whoever delivers may be behind. One who is further behind has to look into the outbox.
const OUTGOING_MAX: usize = 256;
/// Tries of a batch that met a busy database.
const TRIES_MAX: u32 = 5;

/// What decisions depend on besides the database.
#[derive(Clone)]
pub struct Surroundings {
    /// The present.
    pub clock: Arc<dyn Clock>,
    /// The operator's settings.
    pub policy: Policy,
    /// The maker of ids.
    pub mint: Arc<dyn Mint + Send + Sync>,
}

/// Why there is no answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum EngineError {
    /// Too much is waiting. Nothing was done.
    #[error("too many commands are waiting")]
    Busy,
    /// The database failed. Nothing was done, as far as is known; the same request may be repeated.
    #[error("the command could not be made durable")]
    Failed,
    /// The program is stopping.
    #[error("the engine has stopped")]
    Stopped,
}

struct Job {
    work: Work,
    /// The caller's, for traces.
    span: Span,
    reply: oneshot::Sender<Result<Answer, EngineError>>,
}

/// Tells what the batches left to deliver.
type Outgoing = broadcast::Sender<Arc<[DueDelivery]>>;

/// A handle to the engine. Cheap to clone; when the last one is gone the thread finishes and ends.
#[derive(Clone)]
pub struct Engine {
    queue: mpsc::Sender<Job>,
    outgoing: Outgoing,
}

impl Engine {
    /// Starts the thread over `store`. Joining it after the last handle is dropped waits for the last batch.
    ///
    /// # Errors
    /// When the system has no thread to give.
    pub fn start(store: impl Store, around: Surroundings) -> std::io::Result<(Self, JoinHandle<()>)> {
        let (queue, jobs) = mpsc::channel(QUEUE_MAX);
        let outgoing = broadcast::Sender::new(OUTGOING_MAX);
        let tell = outgoing.clone();
        let thread =
            std::thread::Builder::new().name("engine".into()).spawn(move || run(store, jobs, &around, &tell))?;
        Ok((Self { queue, outgoing }, thread))
    }

    /// Decides `command` and answers once the decision is durable.
    ///
    /// # Errors
    /// [`EngineError`]: nothing was done, or it is not known.
    pub async fn submit(&self, command: Command) -> Result<Answer, EngineError> {
        self.queue(Work::Command(Box::new(command))).await
    }

    /// Writes `chore` along with the next batch.
    ///
    /// # Errors
    /// As [`Engine::submit`].
    pub async fn write(&self, chore: Chore) -> Result<(), EngineError> {
        self.queue(Work::Chore(chore)).await.map(|_| ())
    }

    /// Tells from now on, after each batch, which deliveries it left pending: new ones, those that somebody wants sent
    /// again, and those that failed and are due later. So nobody has to look for them, who keeps up. After a batch of
    /// which it is not known whether it is durable, it tells nothing, empty.
    #[must_use]
    pub fn outgoing(&self) -> broadcast::Receiver<Arc<[DueDelivery]>> {
        self.outgoing.subscribe()
    }

    async fn queue(&self, work: Work) -> Result<Answer, EngineError> {
        let (reply, answer) = oneshot::channel();
        self.queue.try_send(Job { work, span: Span::current(), reply }).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => EngineError::Busy,
            mpsc::error::TrySendError::Closed(_) => EngineError::Stopped,
        })?;
        answer.await.map_err(|_| EngineError::Failed)?
    }
}

fn run(mut store: impl Store, mut jobs: mpsc::Receiver<Job>, around: &Surroundings, tell: &Outgoing) {
    while let Some(first) = jobs.blocking_recv() {
        let mut batch = vec![first];
        while batch.len() < BATCH_MAX {
            match jobs.try_recv() {
                Ok(job) => batch.push(job),
                Err(_) => break,
            }
        }
        settle(&mut store, batch, around, tell);
    }
}

/// Runs a batch; one that fails is tried again if that may help, else halved, so that a command
/// that makes a batch fail by itself fails alone. While the database is out of reach all fail at once.
fn settle(store: &mut impl Store, mut batch: Vec<Job>, around: &Surroundings, tell: &Outgoing) {
    let meter = Batch::begin(batch.len(), batch.iter().map(|job| &job.span));
    let works: Vec<_> = batch.iter().map(|job| job.work.clone()).collect();
    let mut tries = 1;
    let outcome = loop {
        match meter.inside(|| batch::run(store, &works, around)) {
            Err(error) if error.is_transient() && tries < TRIES_MAX => {
                meter.retried();
                tries += 1;
            }
            outcome => break outcome,
        }
    };
    match outcome {
        Ok(finished) => {
            meter.committed(batch.len());
            if !finished.outgoing.is_empty() {
                // Where nobody delivers, nobody listens.
                let _ = tell.send(finished.outgoing.into());
            }
            for (job, answer) in batch.into_iter().zip(finished.answers) {
                // A caller that went away does not undo what is durable.
                let _ = job.reply.send(Ok(answer));
            }
        }
        Err(error) if batch.len() > 1 && !error.is_outage() => {
            meter.divided();
            let second = batch.split_off(batch.len() / 2);
            settle(store, batch, around, tell);
            settle(store, second, around, tell);
        }
        Err(error) => {
            meter.failed();
            if matches!(error, StoreError::Unknown) {
                // Perhaps there is something to deliver all the same.
                let _ = tell.send([].into());
            }
            log(&error, &batch);
            for job in batch {
                let _ = job.reply.send(Err(EngineError::Failed));
            }
        }
    }
}

fn log(error: &StoreError, batch: &[Job]) {
    let name = batch.first().map_or("nothing", |job| match &job.work {
        Work::Command(_) => "a command",
        Work::Chore(_) => "a chore",
    });
    tracing::error!(error.message = %error, "engine: {name} could not be made durable");
}
