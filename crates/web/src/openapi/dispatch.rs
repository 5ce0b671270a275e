//! One road for every call: room, checks, the endpoint, a signed answer with HTTP 200 (spec/openapi.md 1.8).

use super::answer::{Envelope, Reply, client_id_of};
use super::checks::{self, Caller, Incoming, Learnt};
use super::{authorizations, busy, inquiries, messages, meter, operations, pay, record, users};
use crate::admission::{NoRoom, Room};
use crate::state::{App, Shared};
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use mithaq_openapi::messages::MessageChannel;
use mithaq_openapi::{Api, ApiError, ResultCode};
use mithaq_types::ClientId;
use std::future::Future;
use std::time::Duration;
use tokio::time::Instant;
use tracing::Instrument as _;

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
    let requested = uri.path_and_query().map_or_else(|| uri.path().to_owned(), ToString::to_string);
    let incoming = Incoming { method, uri: &requested, headers, body: &body };
    let endpoint = meter::endpoint(&requested);
    let road = async {
        let started = Instant::now();
        match enter(app, &incoming) {
            Ok(_room) => answer(app, &incoming, endpoint, started, |caller| call(caller, body.clone())).await,
            Err(no_room) => turn_away(app, &incoming, endpoint, started, no_room).await,
        }
    };
    road.instrument(meter::span(endpoint)).await.into_response()
}

/// Room for a call, before anything is spent on it.
fn enter(app: &App, incoming: &Incoming<'_>) -> Result<Room, NoRoom> {
    let client_id = ClientId::new(client_id_of(incoming));
    let is_known = app.directory.recall(&client_id).is_some();
    app.signer.admission().enter(is_known.then_some(&client_id))
}

async fn answer<Outcome>(
    app: &App,
    incoming: &Incoming<'_>,
    endpoint: &'static str,
    started: Instant,
    call: impl FnOnce(Caller) -> Outcome,
) -> Envelope
where
    Outcome: Future<Output = Result<Reply, ApiError>>,
{
    let mut learnt = Learnt::default();
    let work = async {
        let caller = checks::run(app, incoming, &mut learnt).await?;
        call(caller).await
    };
    let outcome = tokio::time::timeout(ANSWER_WITHIN, work).await;
    let outcome = outcome.unwrap_or_else(|_| Err(ResultCode::UnknownException.into()));
    let reply = outcome.unwrap_or_else(|error| Reply::refused(&error));
    let envelope = Envelope::sign(app, incoming, &learnt, &reply).await;
    if let Some(calls) = app.calls() {
        record::record(app, calls, incoming, &learnt, &reply, &envelope, started);
    }
    meter::answered(endpoint, &learnt, &reply, &envelope, started);
    envelope
}

async fn turn_away(
    app: &App,
    incoming: &Incoming<'_>,
    endpoint: &'static str,
    started: Instant,
    no_room: NoRoom,
) -> Envelope {
    let reason = match no_room {
        NoRoom::Full => "full",
        NoRoom::Share => "share",
    };
    let (reply, envelope) = (busy::reply(), busy::answer(app, incoming, reason).await);
    if let Some(calls) = app.calls() {
        record::record(app, calls, incoming, &Learnt::default(), &reply, &envelope, started);
    }
    meter::turned_away(endpoint, &reply);
    envelope
}

async fn call(shared: &Shared, caller: &Caller, body: &[u8]) -> Result<Reply, ApiError> {
    match caller.api {
        Api::Prepare => authorizations::prepare(shared, caller, body).await,
        Api::ApplyToken => authorizations::apply_token(shared, caller, body).await,
        Api::CancelToken => authorizations::cancel_token(shared, caller, body).await,
        Api::InquiryUserInfo => users::inquiry_user_info(shared, caller, body).await,
        Api::InquiryUserCardList => users::inquiry_user_card_list(shared, caller, body).await,
        Api::InquiryUserAccountList => users::inquiry_user_account_list(shared, caller, body).await,
        Api::InquiryMerchantInfo => users::inquiry_merchant_info(shared, caller, body).await,
        Api::Pay => pay::pay(shared, caller, body).await,
        Api::InquiryPayment => inquiries::inquiry_payment(shared, caller, body).await,
        Api::InquiryRefund => inquiries::inquiry_refund(shared, caller, body).await,
        Api::Cancel => operations::cancel(shared, caller, body).await,
        Api::Capture => operations::capture(shared, caller, body).await,
        Api::Void => operations::void(shared, caller, body).await,
        Api::MerchantAccept => operations::merchant_accept(shared, caller, body).await,
        Api::Confirm => operations::confirm(shared, caller, body).await,
        Api::Refund => operations::refund(shared, caller, body).await,
        Api::SendInbox => messages::send(shared, caller, body, MessageChannel::Inbox).await,
        Api::SendPush => messages::send(shared, caller, body, MessageChannel::Push).await,
    }
}
