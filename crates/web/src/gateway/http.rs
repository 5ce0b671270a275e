//! `gateway.do` over HTTP (spec/alipay-agreement.md 1.1, 1.4): always 200, the envelope in a body that calls itself HTML; but
//! for page methods, whose browser is led on to a page.

use super::reading::{BODY_MAX, Incoming, Unread};
use super::told::{Made, Told};
use super::{Refused, answer, busy, meter, open, record, seal};
use crate::admission::{NoRoom, Room};
use crate::pages;
use crate::state::{App, Shared};
use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method as HttpMethod, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::any;
use mithaq_alipay::{GatewayError, Method, Params, request_content};
use mithaq_pages::GatewayReport;
use mithaq_types::GatewayAppId;
use tokio::time::Instant;
use tracing::Instrument as _;

/// The one address of the surface.
pub fn routes() -> Router<App> {
    Router::new().route("/gateway.do", any(gateway)).layer(DefaultBodyLimit::max(BODY_MAX))
}

async fn gateway(
    State(app): State<App>,
    method: HttpMethod,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let incoming = Incoming::new(&method, &uri, &headers, body);
    let started = Instant::now();
    let read = incoming.params();
    let named = match &read {
        Ok(params) => params.ascii("method").and_then(Method::parse),
        Err(unread) => unread.method,
    };
    let road = async {
        match enter(&app, read.as_ref().ok()) {
            Ok(_room) => walk(&app, &incoming, read, started).await,
            Err(no_room) => turn_away(&app, &incoming, named, read.ok(), no_room, started).await,
        }
    };
    road.instrument(meter::span(meter::endpoint(named))).await
}

/// Room for a call, before anything is spent on it.
fn enter(shared: &Shared, params: Option<&Params>) -> Result<Room, NoRoom> {
    let app_id = params.and_then(|params| params.ascii("app_id"));
    let known = app_id.and_then(|app_id| shared.directory.recall_app(&GatewayAppId::new(app_id)));
    shared.signer.admission().enter(known.as_ref().map(|known| &known.app.client_id))
}

async fn walk(shared: &Shared, incoming: &Incoming<'_>, read: Result<Params, Unread>, started: Instant) -> Response {
    let content = read.as_ref().ok().filter(|_| shared.calls().is_some()).map(request_content);
    let opened = match read {
        Ok(params) => open(shared, params).await,
        Err(unread) => Err(Refused::unread(unread.method, unread.error)),
    };
    let told = match opened {
        Ok(opened) => {
            let result = answer::answer(shared, &opened).await;
            Told::of(opened, result)
        }
        Err(refused) => Told::refused(refused),
    };
    let trace_id = shared.wallet.entropy().hex(8);
    let (response, body) = match &told.result {
        Ok(Made::Page(page)) => (Redirect::to(page).into_response(), String::new()),
        Err(error) if told.method.is_some_and(Method::is_page) && is_browser(incoming.headers) => {
            (refusal_page(shared, incoming.headers, &told, error), String::new())
        }
        _ => {
            let body = seal(shared, &told.root(), &told.object(), told.sign_type, told.by_certificate).await;
            (envelope(body.clone(), &trace_id), body)
        }
    };
    meter::answered(&told, &trace_id, started);
    if let Some(calls) = shared.calls() {
        record::record(shared, calls, incoming, content, &told, record::seen(&response, body), started).await;
    }
    response
}

async fn turn_away(
    shared: &Shared,
    incoming: &Incoming<'_>,
    named: Option<Method>,
    params: Option<Params>,
    no_room: NoRoom,
    started: Instant,
) -> Response {
    let body = busy::answer(shared, named, params.as_ref()).await;
    let response = envelope(body.clone(), &shared.wallet.entropy().hex(8));
    meter::turned_away(named, no_room);
    if let Some(calls) = shared.calls() {
        let told = Told::refused(busy::refusal(named));
        record::record(shared, calls, incoming, None, &told, record::seen(&response, body), started).await;
    }
    response
}

/// The answer to a program. What calls itself HTML must not act as such where a browser shows it.
fn envelope(body: String, trace_id: &str) -> Response {
    let mut response = (StatusCode::OK, body).into_response();
    let headers = [
        (header::CONTENT_TYPE, "text/html;charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; sandbox"),
        (HeaderName::from_static("trace_id"), trace_id),
    ];
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// Whether a person looks at the answer: then a refusal is a page too.
fn is_browser(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.contains("text/html")
}

fn refusal_page(shared: &Shared, headers: &HeaderMap, told: &Told, error: &GatewayError) -> Response {
    let code = error.sub_code.code();
    let report = GatewayReport {
        method: told.method.map(|method| method.name().to_owned()),
        app_id: told.app.as_ref().map(|app| app.app_id.to_string()),
        code: code.wire().to_owned(),
        msg: code.msg().to_owned(),
        sub_code: error.sub_code.wire().to_owned(),
        sub_msg: error.message.clone(),
    };
    pages::gateway_refused(shared, headers, report)
}
