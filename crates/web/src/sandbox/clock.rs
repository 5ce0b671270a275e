//! The clock that everything hangs on: read it, move it, put it back.
//!
//! `advance` lives through the time: it stops wherever a contract ends, a payment runs out or a plan has something to be done,
//! and does it, so that each happens on its day. `set` jumps: what was due in between is done afterwards, as by a wallet that
//! was off until then.

use super::error::{Body, SandboxError};
use super::views;
use crate::state::{App, Sandbox, Shared};
use axum::Json;
use axum::extract::State;
use jiff::Span;
use mithaq_store::{Chore, StoreError};
use mithaq_types::Timestamp;
use mithaq_wallet::Fault;
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// Under which name the shift survives a restart.
pub const SHIFT: &str = "sandbox.clock.shift-ms";

/// One of three.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    advance: Option<String>,
    set: Option<String>,
    reset: Option<bool>,
}

fn sandbox(shared: &Shared) -> Result<&Sandbox, SandboxError> {
    shared.sandbox.as_ref().ok_or_else(|| SandboxError::not_found("This wallet has no sandbox."))
}

pub async fn read(State(app): State<App>) -> Result<Json<Value>, SandboxError> {
    let shifted = sandbox(&app)?.clock.shift_ms() != 0;
    let zone = app.config.zone.iana_name();
    Ok(Json(json!({"now": views::instant(&app, app.wallet.now()), "shifted": shifted, "zone": zone})))
}

/// Whoever moves the clock moves it alone: a walk must not find it elsewhere.
static MOVING: Mutex<()> = Mutex::const_new(());
/// How long a walk may take. What is left of the way then is one step.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a stop waits for its messages and notices.
const DELIVERY_MAX: Duration = Duration::from_secs(1);
/// How long while nothing moves: a merchant may be down. And how long where nothing moved at the stop before either.
const DELIVERY_STANDS: Duration = Duration::from_millis(100);
const NOBODY_DELIVERS: Duration = Duration::from_millis(10);
/// Between two looks at them.
const LOOK: Duration = Duration::from_millis(4);

pub async fn change(State(app): State<App>, Body(change): Body<Change>) -> Result<Json<Value>, SandboxError> {
    let sandbox = sandbox(&app)?;
    let _alone = MOVING.lock().await;
    let target = target(&app, &change)?;
    let stops = match target {
        Some(instant) if change.advance.is_some() => walk(&app, sandbox, instant).await?,
        _ => 0,
    };
    move_to(&app, sandbox, target).await?;
    do_what_is_due(&app).await;
    let shifted = sandbox.clock.shift_ms() != 0;
    Ok(Json(json!({"now": views::instant(&app, app.wallet.now()), "shifted": shifted, "stops": stops})))
}

/// Stops at everything that is due before `target`, earliest first, and does it; the clock itself is left where that was.
async fn walk(app: &Shared, sandbox: &Sandbox, target: Timestamp) -> Result<u64, Fault> {
    let (begun, mut stops, mut patience) = (Instant::now(), 0, DELIVERY_STANDS);
    while begun.elapsed() < PATIENCE {
        let seen = app.wallet.now();
        do_what_is_due(app).await;
        let next = app.wallet.next_due(seen).await?.filter(|due| *due < target);
        if stops > 0 || next.is_some() {
            let anything_moved = deliver(app, patience).await?;
            patience = if anything_moved { DELIVERY_STANDS } else { NOBODY_DELIVERS };
        }
        let Some(due) = next else { return Ok(stops) };
        if due > app.wallet.now() {
            move_to(app, sandbox, Some(due)).await?;
        }
        stops += 1;
    }
    tracing::warn!(stops, "sandbox: there was more to do on the way than there was time, the rest is one step");
    Ok(stops)
}

/// The clock stands at `instant`, or is the machine's again, also after a restart; and whoever sleeps looks.
async fn move_to(app: &Shared, sandbox: &Sandbox, instant: Option<Timestamp>) -> Result<(), Fault> {
    // Back to now means exactly no shift, not the millisecond it took to ask.
    let shift_ms = match instant {
        Some(instant) => sandbox.clock.set(instant),
        None => 0,
    };
    if shift_ms == 0 {
        sandbox.clock.reset();
    }
    let chore = Chore::SetMeta { name: SHIFT.to_owned(), value: shift_ms.to_string() };
    app.wallet.engine().write(chore).await?;
    sandbox.alarm.clock_moved();
    Ok(())
}

/// The jobs would do it too; but whoever moved the clock looks at once.
async fn do_what_is_due(app: &Shared) {
    if let Err(fault) = app.wallet.do_what_is_due().await {
        tracing::warn!(error.message = %fault, "sandbox: what is due will be done later");
    }
}

/// Lets what is to be told now be told before the clock goes on. Stops waiting when nothing has moved for `patience`; answers
/// whether anything has.
async fn deliver(app: &Shared, patience: Duration) -> Result<bool, StoreError> {
    let (begun, now) = (Instant::now(), app.wallet.now());
    let mut waiting = app.wallet.reader().backlog(now).await?.due;
    let (mut moved_at, mut anything_moved) = (begun, waiting == 0);
    while waiting > 0 && begun.elapsed() < DELIVERY_MAX && moved_at.elapsed() < patience {
        tokio::time::sleep(LOOK).await;
        let due = app.wallet.reader().backlog(now).await?.due;
        if due < waiting {
            (moved_at, anything_moved) = (Instant::now(), true);
        }
        waiting = due;
    }
    Ok(anything_moved)
}

/// Where the clock shall stand; `None`: back to the machine's.
fn target(shared: &Shared, change: &Change) -> Result<Option<Timestamp>, SandboxError> {
    match (&change.advance, &change.set, change.reset) {
        (Some(span), None, None) => {
            let span: Span = span.parse().map_err(|error| {
                SandboxError::bad(format!("advance must be an ISO 8601 duration such as P1M or PT10M: {error}."))
            })?;
            // By the calendar of the wallet's zone: a month after 31 January is 28 February.
            let now = shared.wallet.now().to_zoned(shared.config.zone.clone());
            let moved = now.checked_add(span).map_err(|error| SandboxError::bad(format!("advance: {error}.")))?;
            Ok(Some(moved.timestamp()))
        }
        (None, Some(text), None) => {
            let instant: Timestamp = text.parse().map_err(|error| {
                SandboxError::bad(format!("set must be a time with offset such as 2027-01-31T09:00:00+03:00: {error}."))
            })?;
            Ok(Some(instant))
        }
        (None, None, Some(true)) => Ok(None),
        _ => Err(SandboxError::bad("Send exactly one of advance, set and reset:true.")),
    }
}
