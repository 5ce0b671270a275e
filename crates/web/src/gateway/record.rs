//! A call for the Studio: its bytes, the string that was signed, what came of it.

use super::reading::Incoming;
use super::told::{Made, Told};
use crate::calls::{Call, CallLog, Coming, Links, Party, Sending, SignatureView, Tone, stamp};
use crate::openapi::milliseconds;
use crate::state::Shared;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use mithaq_alipay::Code;
use serde_json::Value;
use std::collections::BTreeMap;
use tokio::time::Instant;

/// Headers of a response that matter.
const SHOWN: [&str; 3] = ["content-type", "location", "trace_id"];

/// Adds the call to the list. `content` is what its signature is over.
pub(super) async fn record(
    shared: &Shared,
    calls: &CallLog,
    incoming: &Incoming<'_>,
    content: Option<Vec<u8>>,
    told: &Told,
    response: Coming,
    started: Instant,
) {
    let title = told.method.map_or("gateway.do", |method| method.name());
    let mut call = Call::new("openapi", Party::Merchant, Party::Wallet, title);
    let took = jiff::SignedDuration::try_from(started.elapsed()).unwrap_or_default();
    let now = shared.wallet.now();
    call.at = stamp(now.saturating_sub(took).unwrap_or(now), &shared.config.zone);
    call.ms = Some(milliseconds(started));
    let (code, tone) = match &told.result {
        Ok(_) if told.code() == Code::Waiting.wire() => (Code::Waiting, Tone::Wait),
        Ok(_) => (Code::Success, Tone::Good),
        Err(error) if error.sub_code.code() == Code::Unavailable => (Code::Unavailable, Tone::Wait),
        Err(error) => (error.sub_code.code(), Tone::Bad),
    };
    let why = if told.result.is_ok() { code.msg() } else { told.code() };
    call.status = format!("{} {why}", code.wire());
    call.outcome = tone;
    call.request = Some(Sending {
        method: incoming.method.to_string(),
        path: incoming.uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
        headers: of_interest(incoming),
        body: String::from_utf8_lossy(&incoming.body).into_owned(),
    });
    call.response = Some(response);
    let client = match &told.app {
        Some(app) => shared.directory.client(shared.wallet.reader(), &app.client_id).await.ok().flatten(),
        None => None,
    };
    call.signature = content.map(|content| SignatureView {
        valid: told.signed,
        key_version: None,
        client_name: client.map(|known| known.merchant.name.clone()),
        text: String::from_utf8_lossy(&content).into_owned(),
        reason: (!told.signed).then(|| told.code().to_owned()),
    });
    call.links = links(told);
    calls.record(call);
}

/// A response as the Studio shows it.
pub(super) fn seen(response: &Response, body: String) -> Coming {
    let shown = response.headers().iter().filter(|(name, _)| SHOWN.iter().any(|shown| *name == *shown));
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    Coming {
        status: response.status().as_u16(),
        headers: shown.map(|(name, value)| (name.to_string(), text(value))).collect(),
        body,
    }
}

fn of_interest(incoming: &Incoming<'_>) -> BTreeMap<String, String> {
    let shown = [header::CONTENT_TYPE, header::USER_AGENT].into_iter().filter_map(|name| {
        let value = incoming.headers.get(&name)?;
        Some((name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
    });
    shown.collect()
}

/// What the answer names.
fn links(told: &Told) -> Links {
    let object = match &told.result {
        Ok(Made::Object(object)) => serde_json::from_str::<Value>(object).ok(),
        Ok(Made::Page(page)) => {
            let auth_id = page.rsplit_once('=').map(|(_, auth_id)| auth_id.to_owned());
            return Links { auth_id, ..Links::default() };
        }
        Err(_) => None,
    };
    let text = |name: &str| Some(object.as_ref()?.get(name)?.as_str()?.to_owned());
    Links { payment_id: text("trade_no"), contract_id: text("agreement_no"), ..Links::default() }
}
