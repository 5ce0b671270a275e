//! What is counted, traced and logged of a merchant's call: which endpoint, whose, how it ended, how long it took.
//! Never a body, never a header, never a path that is not ours.

use super::answer::{Envelope, Reply};
use super::checks::{Learnt, api_of};
use metrics::{counter, histogram};
use tokio::time::Instant;
use tracing::Span;
use tracing::field::Empty;

/// The name of an endpoint for people: its path without the version. All that is no endpoint has one name, so that
/// nobody can make up new ones.
pub fn endpoint(uri: &str) -> &'static str {
    api_of(uri).map_or("other", |api| api.path().trim_start_matches("/v1/"))
}

/// A call's span, for traces.
pub fn span(endpoint: &'static str) -> Span {
    tracing::info_span!(
        target: "mithaq::span",
        "merchant request",
        otel.kind = "server",
        otel.name = endpoint,
        endpoint,
        client.id = Empty,
        result.code = Empty,
        trace.id = Empty,
    )
}

/// A call that was let in has its answer.
pub fn answered(endpoint: &'static str, learnt: &Learnt, reply: &Reply, envelope: &Envelope, started: Instant) {
    let took = started.elapsed();
    counter!("mithaq_requests_total", "endpoint" => endpoint, "code" => reply.code.clone()).increment(1);
    histogram!("mithaq_request_seconds", "endpoint" => endpoint).record(took);
    let client_id = learnt.client.as_ref().map_or("-", |client| client.client.client_id.as_str());
    let span = Span::current();
    if !span.is_disabled() {
        span.record("client.id", client_id).record("result.code", reply.code.as_str());
        span.record("trace.id", envelope.trace_id.as_str());
    }
    tracing::info!(
        endpoint,
        client.id = client_id,
        result.code = %reply.code,
        duration_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
        trace.id = %envelope.trace_id,
        "openapi: answered"
    );
}

/// A call that was not let in has its answer. Only its number is kept: there may be very many.
pub fn turned_away(endpoint: &'static str, reply: &Reply) {
    counter!("mithaq_requests_total", "endpoint" => endpoint, "code" => reply.code.clone()).increment(1);
    Span::current().record("result.code", reply.code.as_str());
}
