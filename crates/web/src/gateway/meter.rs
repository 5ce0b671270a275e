//! What is counted, traced and logged of a call: its method, whose it is, how it ended, how long it took. Never a parameter.

use super::told::Told;
use crate::admission::NoRoom;
use metrics::{counter, histogram};
use mithaq_alipay::{Method, SubCode};
use tokio::time::Instant;
use tracing::Span;
use tracing::field::Empty;

/// The name of a method; all that is none has one name, so that nobody can make up new ones.
pub(super) fn endpoint(method: Option<Method>) -> &'static str {
    method.map_or("gateway.do", Method::name)
}

/// A call's span, for traces.
pub(super) fn span(endpoint: &'static str) -> Span {
    tracing::info_span!(
        target: "mithaq::span",
        "gateway request",
        otel.kind = "server",
        otel.name = endpoint,
        endpoint,
        client.id = Empty,
        result.code = Empty,
        trace.id = Empty,
    )
}

/// A call that was let in has its answer.
pub(super) fn answered(told: &Told, trace_id: &str, started: Instant) {
    let (endpoint, code, took) = (endpoint(told.method), told.code(), started.elapsed());
    counter!("mithaq_requests_total", "endpoint" => endpoint, "code" => code).increment(1);
    histogram!("mithaq_request_seconds", "endpoint" => endpoint).record(took);
    let app_id = told.app.as_ref().map_or("-", |app| app.app_id.as_str());
    let client_id = told.app.as_ref().map_or("-", |app| app.client_id.as_str());
    let span = Span::current();
    if !span.is_disabled() {
        span.record("client.id", client_id).record("result.code", code).record("trace.id", trace_id);
    }
    tracing::info!(
        endpoint,
        app.id = app_id,
        client.id = client_id,
        result.code = code,
        signed = told.signed,
        duration_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
        trace.id = trace_id,
        "gateway: answered"
    );
}

/// A call that was not let in has its answer. Only its number is kept: there may be very many.
pub(super) fn turned_away(method: Option<Method>, no_room: NoRoom) {
    let reason = match no_room {
        NoRoom::Full => "full",
        NoRoom::Share => "share",
    };
    let code = SubCode::IsvAppCallLimited.wire();
    counter!("mithaq_requests_total", "endpoint" => endpoint(method), "code" => code).increment(1);
    counter!("mithaq_refusals_total", "reason" => reason, "answer" => "signed").increment(1);
    Span::current().record("result.code", code);
}
