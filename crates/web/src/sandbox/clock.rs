//! The clock that everything hangs on: read it, move it, put it back.

use super::error::{Body, SandboxError};
use super::views;
use crate::state::{App, Sandbox, Shared};
use axum::Json;
use axum::extract::State;
use jiff::Span;
use mithaq_store::Chore;
use mithaq_types::{Clock as _, SystemClock, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

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

pub async fn change(State(app): State<App>, Body(change): Body<Change>) -> Result<Json<Value>, SandboxError> {
    let sandbox = sandbox(&app)?;
    let target = target(&app, &change)?;
    let shift_ms = match target {
        Some(instant) => sandbox.clock.set(instant),
        None => sandbox.clock.set(SystemClock.now()),
    };
    // Back to now means exactly no shift, not the millisecond it took to ask.
    let shift_ms = if target.is_none() { 0 } else { shift_ms };
    if shift_ms == 0 {
        sandbox.clock.reset();
    }
    let chore = Chore::SetMeta { name: SHIFT.to_owned(), value: shift_ms.to_string() };
    app.wallet.engine().write(chore).await.map_err(mithaq_wallet::Fault::from)?;
    sandbox.alarm.clock_moved();
    Ok(Json(json!({"now": views::instant(&app, app.wallet.now()), "shifted": shift_ms != 0})))
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
