//! The engine's thread: takes every command that is waiting as one batch and answers when it is durable.

use crate::batch::{self, Work};
use crate::meter::Batch;
use crate::queue::{Queue, Turned};
use crate::{Chore, DueDelivery, Store, StoreError};
use mithaq_domain::{Answer, Command, Mint, Policy};
use mithaq_types::Clock;
use std::sync::Arc;
use std::thread::JoinHandle;
use tokio::sync::{broadcast, oneshot};
use tracing::Span;

/// Commands that may wait. More are turned away at once: a caller told "later" is better off than
/// one who waits longer than its own time-out.
const QUEUE_MAX: usize = 4_096;
/// Commands in one transaction.
const BATCH_MAX: usize = 512;
/// From how many waiting commands on a second lane helps.
const BACKLOG: usize = 64;
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
    caller: Caller,
}

/// Who waits for an answer.
struct Caller {
    /// For traces.
    span: Span,
    reply: oneshot::Sender<Result<Answer, EngineError>>,
}

/// Tells what the batches left to deliver.
type Outgoing = broadcast::Sender<Arc<[DueDelivery]>>;

/// A handle to the engine. Cheap to clone; when the last one is gone the thread finishes and ends.
#[derive(Clone)]
pub struct Engine {
    entrance: Arc<Entrance>,
    outgoing: Outgoing,
}

/// Closes the queue with the last handle.
struct Entrance(Arc<Queue<Job>>);

impl Drop for Entrance {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Engine {
    /// Starts the thread over `store`. Joining it after the last handle is dropped waits for the last batch.
    ///
    /// # Errors
    /// When the system has no thread to give.
    pub fn start(store: impl Store, around: Surroundings) -> std::io::Result<(Self, JoinHandle<()>)> {
        Self::start_lanes(vec![store], around)
    }

    /// The same over several connections to one database. While one lane waits for the database, another decides; but only
    /// where there is a backlog.
    ///
    /// # Errors
    /// When the system has no thread to give.
    pub fn start_lanes(stores: Vec<impl Store>, around: Surroundings) -> std::io::Result<(Self, JoinHandle<()>)> {
        let queue = Arc::new(Queue::new(QUEUE_MAX, BACKLOG));
        let outgoing = broadcast::Sender::new(OUTGOING_MAX);
        let (jobs, tell) = (Arc::clone(&queue), outgoing.clone());
        let thread = std::thread::Builder::new().name("engine".into()).spawn(move || {
            let (jobs, around, tell) = (&*jobs, &around, &tell);
            std::thread::scope(|scope| {
                let mut lanes = stores.into_iter().enumerate();
                let first = lanes.next();
                for (lane, store) in lanes {
                    let builder = std::thread::Builder::new().name(format!("engine-{lane}"));
                    if let Err(error) = builder.spawn_scoped(scope, move || run(store, lane, jobs, around, tell)) {
                        tracing::warn!(error.message = %error, "engine: goes on with fewer lanes");
                    }
                }
                if let Some((lane, store)) = first {
                    run(store, lane, jobs, around, tell);
                }
            });
        })?;
        Ok((Self { entrance: Arc::new(Entrance(queue)), outgoing }, thread))
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
        let job = Job { work, caller: Caller { span: Span::current(), reply } };
        self.entrance.0.push(job).map_err(|turned| match turned {
            Turned::Full => EngineError::Busy,
            Turned::Closed => EngineError::Stopped,
        })?;
        answer.await.map_err(|_| EngineError::Failed)?
    }
}

fn run(mut store: impl Store, lane: usize, jobs: &Queue<Job>, around: &Surroundings, tell: &Outgoing) {
    let _watch = Watch(jobs);
    while let Some(batch) = jobs.take(lane, BATCH_MAX) {
        let (works, callers): (Vec<_>, Vec<_>) = batch.into_iter().map(|job| (job.work, job.caller)).unzip();
        settle(&mut store, &works, callers, around, tell);
    }
}

/// If a lane ends by a panic, nobody must wait for it for ever.
struct Watch<'a>(&'a Queue<Job>);

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.abandon();
        }
    }
}

/// Runs a batch; one that fails is tried again if that may help, else halved, so that a command
/// that makes a batch fail by itself fails alone. While the database is out of reach all fail at once.
fn settle(store: &mut impl Store, works: &[Work], mut callers: Vec<Caller>, around: &Surroundings, tell: &Outgoing) {
    let meter = Batch::begin(works.len(), callers.iter().map(|caller| &caller.span));
    let mut tries = 1;
    let outcome = loop {
        match meter.inside(|| batch::run(store, works, around)) {
            Err(error) if error.is_transient() && tries < TRIES_MAX => {
                meter.retried();
                tries += 1;
            }
            outcome => break outcome,
        }
    };
    match outcome {
        Ok(finished) => {
            meter.committed(works.len());
            if !finished.outgoing.is_empty() {
                // Where nobody delivers, nobody listens.
                let _ = tell.send(finished.outgoing.into());
            }
            for (caller, answer) in callers.into_iter().zip(finished.answers) {
                // A caller that went away does not undo what is durable.
                let _ = caller.reply.send(Ok(answer));
            }
        }
        Err(error) if works.len() > 1 && !error.is_outage() => {
            meter.divided();
            let (first, second) = works.split_at(works.len() / 2);
            let behind = callers.split_off(first.len());
            settle(store, first, callers, around, tell);
            settle(store, second, behind, around, tell);
        }
        Err(error) => {
            meter.failed();
            if matches!(error, StoreError::Unknown) {
                // Perhaps there is something to deliver all the same.
                let _ = tell.send([].into());
            }
            log(&error, works);
            for caller in callers {
                let _ = caller.reply.send(Err(EngineError::Failed));
            }
        }
    }
}

fn log(error: &StoreError, works: &[Work]) {
    let name = works.first().map_or("nothing", |work| match work {
        Work::Command(_) => "a command",
        Work::Chore(_) => "a chore",
    });
    tracing::error!(error.message = %error, "engine: {name} could not be made durable");
}
