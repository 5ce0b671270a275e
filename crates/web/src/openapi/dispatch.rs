//! One road for every call: checks, the endpoint, a signed answer with HTTP 200 (spec/openapi.md 1.8).

use super::answer::{Envelope, Reply};
use super::checks::{self, Caller, Incoming, Learnt};
use super::{authorizations, payments, record, users};
use crate::state::{App, Shared};
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use mithaq_openapi::{Api, ApiError, ResultCode};
use std::future::Future;
use std::time::Duration;
use tokio::time::Instant;

/// Merchants give up after 25 s (spec/qicard.md 1); before that they hear that the outcome is unknown.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);

/// Handles whatever comes to `/v1/…`.
pub async fn dispatch(
    State(app): State<App>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let shared = App::clone(&app);
    walk(&app, &method, &uri, &headers, body, async move |caller, body| call(&shared, &caller, &body).await).await
}

/// The road itself: `call` is what is at its end.
pub async fn walk<Outcome>(
    app: &App,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
    call: impl FnOnce(Caller, Bytes) -> Outcome,
) -> Response
where
    Outcome: Future<Output = Result<Reply, ApiError>>,
{
    let body = match body {
        Ok(body) => body,
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return (StatusCode::PAYLOAD_TOO_LARGE, "The body may have 1 MiB.\n").into_response();
        }
        Err(_) => return (StatusCode::BAD_REQUEST, "The body did not arrive.\n").into_response(),
    };
    let started = Instant::now();
    let requested = uri.path_and_query().map_or_else(|| uri.path().to_owned(), ToString::to_string);
    let incoming = Incoming { method, uri: &requested, headers, body: &body };
    let mut learnt = Learnt::default();
    let outcome = match checks::run(app, &incoming, &mut learnt).await {
        Ok(caller) => call(caller, body.clone()).await,
        Err(error) => Err(error),
    };
    let reply = outcome.unwrap_or_else(|error| Reply::refused(&error));
    let envelope = Envelope::sign(app, &incoming, &learnt, &reply).await;
    if let Some(calls) = app.calls() {
        record::record(app, calls, &incoming, &learnt, &reply, &envelope, started);
    }
    tracing::info!(
        http.path = %uri.path(),
        client.id = learnt.client.as_ref().map_or("-", |client| client.client.client_id.as_str()),
        result.code = %reply.code,
        duration_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
        trace.id = %envelope.trace_id,
        "openapi: answered"
    );
    envelope.into_response()
}

async fn call(shared: &Shared, caller: &Caller, body: &[u8]) -> Result<Reply, ApiError> {
    let work = async {
        match caller.api {
            Api::Prepare => authorizations::prepare(shared, caller, body).await,
            Api::ApplyToken => authorizations::apply_token(shared, caller, body).await,
            Api::CancelToken => authorizations::cancel_token(shared, caller, body).await,
            Api::InquiryUserInfo => users::inquiry_user_info(shared, caller, body).await,
            Api::Pay => payments::pay(shared, caller, body).await,
            Api::InquiryPayment => payments::inquiry_payment(shared, caller, body).await,
        }
    };
    tokio::time::timeout(ANSWER_WITHIN, work).await.unwrap_or_else(|_| Err(ResultCode::UnknownException.into()))
}
