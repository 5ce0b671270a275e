//! A merchant's call for the Studio: its bytes, its signature, its steps in the seeds' diagram.

use super::answer::{Envelope, Reply};
use super::checks::{Incoming, Learnt};
use crate::calls::{Call, CallLog, Coming, Party, Sending, SignatureView, Story, Tone, stamp};
use crate::state::Shared;
use axum::http::StatusCode;
use mithaq_openapi::signature::{content_to_sign, headers};
use mithaq_openapi::{Api, ResultStatus};
use std::collections::BTreeMap;
use tokio::time::Instant;

/// Adds the call to the list.
pub fn record(
    shared: &Shared,
    calls: &CallLog,
    incoming: &Incoming<'_>,
    learnt: &Learnt,
    reply: &Reply,
    envelope: &Envelope,
    started: Instant,
) {
    let path = incoming.uri.split_once('?').map_or(incoming.uri, |(path, _)| path);
    let tail = path.find("/v1/").map_or(path, |start| &path[start + 4..]);
    let story = reply.story.unwrap_or_default();
    let (step, reply_step) = match (Api::from_path(&format!("/v1/{tail}")), story) {
        (Some(Api::Prepare), _) => (Some(2), Some(3)),
        (Some(Api::ApplyToken), Story::Sign) => (Some(12), Some(13)),
        (Some(Api::ApplyToken), Story::Pay) => (Some(7), Some(8)),
        (Some(Api::Pay), Story::Sign) => (Some(14), Some(15)),
        (Some(Api::Pay), Story::Pay) => (Some(10), Some(11)),
        _ => (None, None),
    };
    let mut call = Call::new("openapi", Party::Merchant, Party::Wallet, tail).of(story).steps(step, reply_step);
    let began =
        shared.wallet.now().saturating_sub(jiff::SignedDuration::try_from(started.elapsed()).unwrap_or_default());
    call.at = stamp(began.unwrap_or_else(|_| shared.wallet.now()), &shared.config.zone);
    call.ms = Some(milliseconds(started));
    call.status = format!("{} {}", reply.status, reply.code);
    call.outcome = match reply.status {
        ResultStatus::S => Tone::Good,
        ResultStatus::F => Tone::Bad,
        ResultStatus::U | ResultStatus::A => Tone::Wait,
    };
    call.request = Some(Sending {
        method: incoming.method.to_string(),
        path: incoming.uri.to_owned(),
        headers: of_interest(incoming),
        body: String::from_utf8_lossy(incoming.body).into_owned(),
    });
    call.response = Some(Coming {
        status: StatusCode::OK.as_u16(),
        headers: envelope.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        body: String::from_utf8_lossy(&envelope.body).into_owned(),
    });
    call.signature = Some(signature(incoming, learnt, reply));
    call.links = reply.links.clone();
    calls.record(call);
}

/// Milliseconds since `started`, with three decimals.
#[expect(clippy::float_arithmetic, reason = "a duration to look at, not money")]
pub fn milliseconds(started: Instant) -> f64 {
    started.elapsed().as_secs_f64() * 1000.0
}

const SHOWN: [&str; 5] = [headers::CLIENT_ID, headers::REQUEST_TIME, headers::SIGNATURE, "Content-Type", "User-Agent"];

fn of_interest(incoming: &Incoming<'_>) -> BTreeMap<String, String> {
    let shown = SHOWN.iter().filter_map(|name| {
        let value = incoming.headers.get(*name)?;
        Some(((*name).to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
    });
    shown.collect()
}

/// The exact text, also where the checks ended before it was looked at: so one can compare.
fn signature(incoming: &Incoming<'_>, learnt: &Learnt, reply: &Reply) -> SignatureView {
    let header = |name| incoming.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let text = learnt.content.clone().unwrap_or_else(|| {
        let (client, time) = (header(headers::CLIENT_ID), header(headers::REQUEST_TIME));
        content_to_sign(incoming.method.as_str(), incoming.uri, client, time, incoming.body)
    });
    SignatureView {
        valid: learnt.verified,
        key_version: learnt.key_version,
        client_name: learnt.client.as_ref().map(|client| client.merchant.name.clone()),
        text: String::from_utf8_lossy(&text).into_owned(),
        reason: (!learnt.verified).then(|| reply.code.clone()),
    }
}
