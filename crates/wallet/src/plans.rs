//! The scheduler of plans that the wallet runs itself: what is due is announced, deducted, tried again.
//!
//! Like every job it runs in one process at a time, and only finds what is due: each agreement goes through the engine, which
//! looks again and does a thing once. So a restart, or a second process, changes nothing.
//!
//! However many are due in one night: a slice of ids is all that is in memory, and few of them wait for the engine at a time, so
//! that merchants' payments find room between them and wait for one batch of plans at most.

use crate::lease::until_leading_or_stopped;
use crate::{Alarm, Fault, Standing, Wallet};
use futures_util::stream::{self, StreamExt as _};
use jiff::SignedDuration;
use metrics::counter;
use mithaq_domain::{Command, Done, PlanStep};
use mithaq_store::EngineError;
use mithaq_types::{ContractId, Timestamp};
use std::time::{Duration, Instant};

/// Agreements that are looked for at once.
const SLICE: i64 = 8_192;
/// How many of them wait for the engine at a time: enough for good batches, and room for everybody else.
const AT_ONCE: usize = 128;
/// What is waited where the engine has no room.
const BREATH: Duration = Duration::from_millis(20);
/// The least time between two looks, whatever went wrong.
const BETWEEN: SignedDuration = SignedDuration::from_secs(1);
/// The most: agreements are signed in other processes too, and what is due at once is seen then.
const NAP: SignedDuration = SignedDuration::from_secs(5);
/// So many in a slice that cannot be done are no accident: the database is away.
const BROKEN_MAX: u64 = 16;

/// What one look has done.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct PlansRun {
    /// Users who were told.
    pub announced: u64,
    /// Deductions made.
    pub paid: u64,
    /// Deductions that failed.
    pub failed: u64,
}

/// Does what is due for plans, while this process leads, until the alarm says stop.
pub async fn run_plans(wallet: Wallet, standing: Standing, alarm: Alarm) {
    while !alarm.is_stopping() {
        if !standing.leads() {
            until_leading_or_stopped(&standing, &alarm).await;
            continue;
        }
        let lasts = || standing.leads() && !alarm.is_stopping();
        let begun = Instant::now();
        match run_due_plans(&wallet, wallet.now(), lasts).await {
            Ok(run) if run != PlansRun::default() => {
                let PlansRun { announced, paid, failed } = run;
                let duration_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
                tracing::info!(announced, paid, failed, duration_ms, "plans: done what was due");
            }
            Ok(_) => {}
            Err(fault) => tracing::warn!(error.message = %fault, "plans: will try again"),
        }
        let due = wallet.reader().next_plan_due().await.unwrap_or(None);
        alarm.sleep_until(next_look(wallet.now(), due)).await;
    }
}

/// When to look again if something is due at `due`.
fn next_look(now: Timestamp, due: Option<Timestamp>) -> Option<Timestamp> {
    let at = |rest: SignedDuration| now.saturating_add(rest).ok();
    due.max(at(BETWEEN).filter(|_| due.is_some())).into_iter().chain(at(NAP)).min()
}

/// Does everything that is due at `now`, as long as `lasts` says so. One that cannot be done holds up nobody.
///
/// # Errors
/// When the database cannot be read or written; what was done by then is done.
pub async fn run_due_plans(wallet: &Wallet, now: Timestamp, lasts: impl Fn() -> bool) -> Result<PlansRun, Fault> {
    let mut run = PlansRun::default();
    loop {
        let due = wallet.reader().plans_due(now, SLICE).await?;
        let (before, mut broken) = (run, 0);
        // Nothing more is begun once somebody else may have taken over.
        let wanted = stream::iter(due).take_while(|_| std::future::ready(lasts()));
        let mut steps = wanted.map(|id| step(wallet, id)).buffer_unordered(AT_ONCE);
        while let Some(step) = steps.next().await {
            match step {
                Ok(step) => run.count(&step),
                Err(fault) => {
                    broken += 1;
                    if broken == 1 {
                        tracing::warn!(error.message = %fault, "plans: one could not be run, will try again");
                    }
                    if broken > BROKEN_MAX {
                        return Err(fault);
                    }
                }
            }
        }
        if run == before {
            // What is left is somebody else's, or just done, or cannot be done now.
            return Ok(run);
        }
    }
}

impl PlansRun {
    fn count(&mut self, step: &PlanStep) {
        let (count, name) = match step {
            PlanStep::Nothing => return,
            PlanStep::Announced => (&mut self.announced, "announced"),
            PlanStep::Paid(_) => (&mut self.paid, "paid"),
            PlanStep::Failed(_) => (&mut self.failed, "failed"),
        };
        *count += 1;
        counter!("mithaq_plan_steps_total", "step" => name).increment(1);
    }
}

async fn step(wallet: &Wallet, contract_id: ContractId) -> Result<PlanStep, Fault> {
    loop {
        match wallet.submit(Command::RunPlan { contract_id: contract_id.clone() }).await {
            Ok(Done::Ran(step)) => return Ok(step),
            Ok(_) | Err(Fault::Refused(_)) => return Ok(PlanStep::Nothing),
            Err(Fault::Engine(EngineError::Busy)) => tokio::time::sleep(BREATH).await,
            Err(fault) => return Err(fault),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_looks_again_when_something_is_due_but_neither_at_once_nor_late() {
        let now: Timestamp = "2026-12-01T06:00:00Z".parse().unwrap();
        let seconds = |count| now.saturating_add(SignedDuration::from_secs(count)).unwrap();
        let next = |due| next_look(now, due).unwrap();
        assert_eq!(next(Some(seconds(3))), seconds(3));
        assert_eq!(next(Some(seconds(-60))), seconds(1), "what could not be done is tried again, not over and over");
        assert_eq!(next(Some(seconds(60))), seconds(5), "an agreement that is signed by then may be due earlier");
        assert_eq!(next(None), seconds(5));
    }
}
