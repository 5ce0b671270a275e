//! The gauges that only the database knows: what is not delivered, what is not folded, which plans have waited longest.
//!
//! Every process reads them for itself, now and then. A look costs the database three short index scans that end at a
//! limit, however long the backlog is, so it needs no holder, who might be away just when the numbers matter.

use metrics::gauge;
use mithaq_store::{Backlog, Reader, StoreError};
use mithaq_types::{Clock, Timestamp};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::MissedTickBehavior;

/// Between two looks.
const EVERY: Duration = Duration::from_secs(10);

/// Looks until it is aborted. `clock` is the wallet's: rows bear its time.
pub async fn watch(reader: Reader, clock: Arc<dyn Clock>) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let now = clock.now();
        let looked = async { Ok::<_, StoreError>((reader.backlog(now).await?, reader.next_plan_due().await?)) };
        match looked.await {
            Ok((backlog, plan_due)) => show(backlog, plan_due, now),
            // The database is away: the last numbers stand, and readiness says what is wrong.
            Err(error) => tracing::debug!(error.message = %error, "telemetry: the backlog could not be read"),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn show(backlog: Backlog, plan_due: Option<Timestamp>, now: Timestamp) {
    let age = |since: Option<Timestamp>| since.map_or(0.0, |since| now.duration_since(since).as_secs_f64().max(0.0));
    gauge!("mithaq_outbox_pending").set(backlog.due as f64);
    gauge!("mithaq_outbox_lag_seconds").set(age(backlog.due_since));
    gauge!("mithaq_fold_pending").set(backlog.unfolded as f64);
    gauge!("mithaq_fold_lag_seconds").set(age(backlog.unfolded_since));
    gauge!("mithaq_plan_lag_seconds").set(age(plan_due));
}
