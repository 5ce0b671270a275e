//! The signed endpoint that does nothing: verifies, reads, answers and signs like `pay`, and stores nothing.
//!
//! What a payment costs beyond it is what the wallet itself costs; the rest is cryptography and HTTP. Only
//! `mithaq bench` mounts it.

use super::answer::Reply;
use super::dispatch::walk;
use crate::state::{App, Shared};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::Response;
use axum::routing::any;
use mithaq_openapi::messages::{PayRequest, PayResponse};
use mithaq_openapi::time::WireTime;
use mithaq_openapi::{ApiError, ResultBody};
use mithaq_types::PaymentId;

/// Its path: the one of `pay` under a prefix of its own.
pub const NOOP_PATH: &str = "/bench/v1/payments/pay";

/// As long as a real one.
const PAYMENT_ID: &str = "20260101111212800100166000000000000";

/// The route.
pub fn routes() -> Router<App> {
    Router::new().route(NOOP_PATH, any(dispatch))
}

async fn dispatch(
    State(app): State<App>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let shared = App::clone(&app);
    walk(&app, &method, &uri, &headers, body, async move |_, body| noop(&shared, &body)).await
}

fn noop(shared: &Shared, body: &[u8]) -> Result<Reply, ApiError> {
    let request = PayRequest::parse(body, &shared.config.currencies)?;
    let paid_at = WireTime::new(shared.wallet.now(), &shared.config.zone);
    let response = PayResponse::paid(PaymentId::new(PAYMENT_ID), request.payment_request_id, paid_at);
    Ok(Reply::of(&ResultBody::success(), &response))
}
