//! The scheduler of plans that the wallet runs itself: what is due is announced, deducted, tried again.
//!
//! Like every job it runs in one process at a time, and only finds what is due: each agreement goes through the engine, which
//! looks again and does a thing once. So a restart, or a second process, changes nothing.

use crate::lease::until_leading_or_stopped;
use crate::{Alarm, Fault, Standing, Wallet};
use futures_util::stream::{self, StreamExt as _};
use mithaq_domain::{Command, Done, PlanStep};
use mithaq_store::EngineError;
use mithaq_types::{ContractId, Timestamp};
use std::time::Duration;

/// Agreements that are looked for at once.
const SLICE: i64 = 2_000;
/// How many of them wait for the engine at a time: enough for full batches, and room for everybody else.
const AT_ONCE: usize = 256;
/// What is waited where the engine has no room.
const BREATH: Duration = Duration::from_millis(20);

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
        match run_due_plans(&wallet, wallet.now(), lasts).await {
            Ok(run) if run != PlansRun::default() => {
                tracing::info!(
                    announced = run.announced,
                    paid = run.paid,
                    failed = run.failed,
                    "plans: done what was due"
                );
            }
            Ok(_) => {}
            Err(fault) => tracing::warn!(error.message = %fault, "plans: will try again"),
        }
        let next = wallet.reader().next_plan_due().await.unwrap_or(None);
        alarm.sleep_until(next).await;
    }
}

/// Does everything that is due at `now`, as long as `lasts` says so.
///
/// # Errors
/// When the database cannot be read or written; what was done by then is done.
pub async fn run_due_plans(wallet: &Wallet, now: Timestamp, lasts: impl Fn() -> bool) -> Result<PlansRun, Fault> {
    let mut run = PlansRun::default();
    loop {
        let due = wallet.reader().plans_due(now, SLICE).await?;
        if due.is_empty() || !lasts() {
            return Ok(run);
        }
        let mut steps = stream::iter(due).map(|id| step(wallet, id)).buffer_unordered(AT_ONCE);
        let mut moved = false;
        while let Some(step) = steps.next().await {
            match step? {
                PlanStep::Nothing => continue,
                PlanStep::Announced => run.announced += 1,
                PlanStep::Paid(_) => run.paid += 1,
                PlanStep::Failed(_) => run.failed += 1,
            }
            moved = true;
        }
        if !moved {
            // What is left is somebody else's, or just done.
            return Ok(run);
        }
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
