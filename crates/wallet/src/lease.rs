//! Which of the processes that share a database does the work that one at a time does, and whether a process may count
//! itself among the living.
//!
//! A process says at intervals that it lives, and asks for the lease `jobs`. Both run out by the database's clock. Here
//! they run out by this machine's monotonic clock, counted from before the database was asked, and so never later than
//! there: a process that was stopped and goes on knows by itself that others may have taken over, before it acts.

use crate::Alarm;
use mithaq_store::{Keeper, StoreError};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::Instant;

/// The lease of the work that one process does at a time: ending contracts, folding, taking over from the dead.
const JOBS: &str = "jobs";
/// How long a process counts as alive after a sign of life: as long as what a dead one had to deliver waits, and a third
/// more.
pub const LIFE: Duration = Duration::from_secs(12);
/// How long giving everything back may take at the end; what is not given back runs out.
const FAREWELL: Duration = Duration::from_secs(2);

/// What this process knows of its standing among the others. Cheap to clone.
#[derive(Clone)]
pub struct Standing {
    inner: Arc<Inner>,
}

struct Inner {
    /// Its lives so far, and how long this one lasts at least.
    life: watch::Sender<(u64, Until)>,
    lease: watch::Sender<Until>,
    /// How often it took something over.
    taken_over: watch::Sender<u64>,
}

/// When something runs out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Until {
    /// It never was there, or was given back.
    Never,
    /// Then, unless it is renewed.
    Then(Instant),
    /// There is nobody who could take it.
    Always,
}

impl Until {
    fn holds(self) -> bool {
        match self {
            Self::Never => false,
            Self::Then(end) => Instant::now() < end,
            Self::Always => true,
        }
    }
}

impl Standing {
    /// The only process there is: it lives and may do everything.
    #[must_use]
    pub fn alone() -> Self {
        Self::new((1, Until::Always), Until::Always)
    }

    /// One of several. It is nothing until [`keep_while`] has heard from the database.
    #[must_use]
    pub fn among_others() -> Self {
        Self::new((0, Until::Never), Until::Never)
    }

    fn new(life: (u64, Until), lease: Until) -> Self {
        let (life, lease, taken_over) = (watch::Sender::new(life), watch::Sender::new(lease), watch::Sender::new(0));
        Self { inner: Arc::new(Inner { life, lease, taken_over }) }
    }

    /// Which of its lives this process lives; nothing while the others may believe it dead. A new number means that it
    /// counted as dead in between, and that others may have what was its own.
    #[must_use]
    pub fn life(&self) -> Option<u64> {
        let (number, until) = *self.inner.life.borrow();
        until.holds().then_some(number)
    }

    /// Whether this process does the work that one at a time does.
    #[must_use]
    pub fn leads(&self) -> bool {
        self.inner.lease.borrow().holds()
    }

    /// Waits until it lives.
    pub async fn until_living(&self) {
        let mut life = self.inner.life.subscribe();
        // An error means that the sender is gone, which it cannot be while `self` lives.
        let _ = life.wait_for(|(_, until)| until.holds()).await;
    }

    /// Waits until it leads.
    pub async fn until_leading(&self) {
        let mut lease = self.inner.lease.subscribe();
        let _ = lease.wait_for(|until| until.holds()).await;
    }

    /// Changes whenever deliveries of the dead were taken over: there is more to deliver than before.
    #[must_use]
    pub fn taken_over(&self) -> watch::Receiver<u64> {
        self.inner.taken_over.subscribe()
    }

    /// It was alive when asked at `asked_at`, and counts as alive for `life` from then.
    fn lives_on(&self, asked_at: Instant, life: Duration) {
        self.inner.life.send_modify(|(number, until)| {
            *number += u64::from(!until.holds());
            *until = Until::Then(asked_at + life);
        });
    }

    fn leads_on(&self, until: Until) {
        let held_before = self.inner.lease.send_replace(until) != Until::Never;
        if held_before != until.holds() {
            tracing::info!(lease.name = JOBS, lease.held = until.holds(), "lease: changed hands");
        }
    }

    fn is_over(&self) {
        self.leads_on(Until::Never);
        self.inner.life.send_modify(|(_, until)| *until = Until::Never);
    }
}

/// Keeps this process among the living, and asks for its lease, each time a third of `life` is over, until `work` is
/// done; then gives both back, so that the others need not wait.
pub async fn keep_while<T>(keeper: Keeper, standing: Standing, life: Duration, work: impl Future<Output = T>) -> T {
    let done = tokio::select! {
        done = work => done,
        never = keep(&keeper, &standing, life) => match never {},
    };
    standing.is_over();
    if !matches!(tokio::time::timeout(FAREWELL, keeper.leave()).await, Ok(Ok(()))) {
        tracing::warn!("lease: could not be given back, it runs out by itself");
    }
    done
}

async fn keep(keeper: &Keeper, standing: &Standing, life: Duration) -> Infallible {
    loop {
        let pause = match renew(keeper, standing, life).await {
            Ok(()) => life / 3,
            Err(error) => {
                tracing::warn!(error.message = %error, "lease: cannot be renewed, will try again");
                life / 12
            }
        };
        if !standing.leads() {
            standing.leads_on(Until::Never);
        }
        tokio::time::sleep(pause).await;
    }
}

async fn renew(keeper: &Keeper, standing: &Standing, life: Duration) -> Result<(), StoreError> {
    // The lease first: whoever gets it when it has run out finds that its holder is dead as well, wherever between the
    // two that was stopped.
    let asked_at = Instant::now();
    let is_held = keeper.hold(JOBS, life).await?.is_some();
    standing.leads_on(if is_held { Until::Then(asked_at + life) } else { Until::Never });
    let asked_at = Instant::now();
    keeper.beat(life).await?;
    standing.lives_on(asked_at, life);
    if !standing.leads() {
        return Ok(());
    }
    let taken = keeper.adopt().await?;
    if taken > 0 {
        tracing::info!(deliveries = taken, "lease: took over what the dead had to deliver");
        standing.inner.taken_over.send_modify(|count| *count += 1);
    }
    Ok(())
}

/// The alarm's stop, or the standing's change, whichever is first; for jobs that wait for their turn.
pub(crate) async fn until_leading_or_stopped(standing: &Standing, alarm: &Alarm) {
    tokio::select! {
        () = standing.until_leading() => {}
        () = alarm.stopped() => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_process_knows_by_itself_when_it_may_count_as_dead() {
        let standing = Standing::among_others();
        assert_eq!((standing.life(), standing.leads()), (None, false));
        let asked_at = Instant::now();
        // The answer took a while: what it says holds from the question.
        tokio::time::advance(Duration::from_secs(4)).await;
        standing.lives_on(asked_at, LIFE);
        standing.leads_on(Until::Then(asked_at + LIFE));
        tokio::time::advance(Duration::from_secs(7)).await;
        assert_eq!((standing.life(), standing.leads()), (Some(1), true));
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!((standing.life(), standing.leads()), (None, false), "before anything was heard of the others");
    }

    #[tokio::test(start_paused = true)]
    async fn a_life_that_is_prolonged_in_time_is_the_same_one() {
        let standing = Standing::among_others();
        standing.lives_on(Instant::now(), LIFE);
        tokio::time::advance(Duration::from_secs(11)).await;
        standing.lives_on(Instant::now(), LIFE);
        tokio::time::advance(Duration::from_secs(11)).await;
        assert_eq!(standing.life(), Some(1));
        tokio::time::advance(Duration::from_secs(60)).await;
        standing.lives_on(Instant::now(), LIFE);
        assert_eq!(standing.life(), Some(2), "in between others may have taken over");
    }

    #[tokio::test]
    async fn the_only_process_may_do_everything() {
        let standing = Standing::alone();
        assert_eq!((standing.life(), standing.leads()), (Some(1), true));
        standing.until_living().await;
        standing.until_leading().await;
    }
}
