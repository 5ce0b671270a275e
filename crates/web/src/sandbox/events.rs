//! The Studio's live list: read it, follow it, and what the shell reports to it.

use super::error::{Body, SandboxError};
use crate::calls::{Call, Coming, Links, Party, Sending, Story, Tone, stamp};
use crate::state::App;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::{Stream, StreamExt as _};
use jiff::SignedDuration;
use mithaq_types::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use std::convert::Infallible;
use tokio_stream::wrappers::BroadcastStream;

/// From where on.
#[derive(Deserialize)]
pub struct After {
    #[serde(default)]
    after: u64,
}

pub async fn list(
    State(app): State<App>,
    query: Result<Query<After>, QueryRejection>,
) -> Result<Json<Value>, SandboxError> {
    let Query(query) = query.map_err(|_| SandboxError::bad("after must be the seq of a call, a whole number."))?;
    let calls = app.calls().ok_or_else(|| SandboxError::not_found("This wallet has no sandbox."))?;
    let calls = calls.after(query.after);
    Ok(Json(json!({"calls": calls.iter().map(|call| &**call).collect::<Vec<_>>()})))
}

/// Server-sent events, each one call. A listener that lagged behind asks `?after=` for what it missed.
pub async fn stream(
    State(app): State<App>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, SandboxError> {
    let sandbox = app.sandbox.as_ref().ok_or_else(|| SandboxError::not_found("This wallet has no sandbox."))?;
    let alarm = sandbox.alarm.clone();
    let events = BroadcastStream::new(sandbox.calls.listen()).filter_map(|call| async move {
        let call = call.ok()?;
        Event::default().id(call.seq.to_string()).json_data(&*call).ok().map(Ok)
    });
    // Ends with the program, so that a listening Studio does not hold up its stop.
    let events = events.take_until(async move { alarm.stopped().await });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

/// What the shell saw.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Completes an earlier report.
    #[serde(default)]
    seq: u64,
    #[serde(default = "mini_program")]
    from: Party,
    #[serde(default = "wallet")]
    to: Party,
    #[serde(default)]
    story: Story,
    step: Option<u8>,
    reply_step: Option<u8>,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    outcome: Tone,
    /// How long ago it began.
    #[serde(default)]
    ago_ms: u32,
    ms: Option<f64>,
    request: Option<Sending>,
    response: Option<Coming>,
    #[serde(default)]
    links: Links,
}

const fn mini_program() -> Party {
    Party::MiniProgram
}

const fn wallet() -> Party {
    Party::Wallet
}

pub async fn report(State(app): State<App>, Body(report): Body<Report>) -> Result<Json<Value>, SandboxError> {
    let calls = app.calls().ok_or_else(|| SandboxError::not_found("This wallet has no sandbox."))?;
    let kind = if report.kind.is_empty() { "jsapi" } else { report.kind.as_str() };
    let mut call = Call::new(kind, report.from, report.to, report.title).steps(report.step, report.reply_step);
    call.story = report.story;
    call.seq = report.seq;
    call.at = stamp(began(app.wallet.now(), report.ago_ms), &app.config.zone);
    call.ms = report.ms;
    call.status = report.status;
    call.outcome = report.outcome;
    call.request = report.request;
    call.response = report.response;
    call.links = report.links;
    Ok(Json(json!({"seq": calls.record(call)})))
}

/// Reports arrive later than what they report.
fn began(now: Timestamp, ago_ms: u32) -> Timestamp {
    now.saturating_sub(SignedDuration::from_millis(ago_ms.into())).unwrap_or(now)
}
