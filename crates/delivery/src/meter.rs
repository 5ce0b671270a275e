//! What is counted and traced of an attempt: to what kind of target, how it ended, how long it took. Never where to:
//! an address may hold a merchant's secret or a user's number.

use metrics::{counter, histogram};
use mithaq_domain::{DeliveryState, Outbox, OutboxKind};
use std::time::Duration;
use tracing::Span;
use tracing::field::Empty;

/// An attempt's span, for traces.
pub fn span(row: &Outbox) -> Span {
    let is_news = matches!(row.kind, OutboxKind::UserNews { .. } | OutboxKind::Push { .. });
    let kind = if is_news { "news" } else { "notice" };
    tracing::info_span!(
        target: "mithaq::span",
        "delivery",
        otel.kind = "client",
        kind,
        outbox.id = row.outbox_id.as_str(),
        client.id = row.client_id.as_ref().map_or("-", |client_id| client_id.as_str()),
        attempt = row.attempts + 1,
        outcome = Empty,
    )
}

/// An attempt is over after `took`. `after` is the row with that in it, if it could be recorded.
pub fn attempted(took: Duration, is_taken: bool, after: Option<&Outbox>) {
    let is_dead = after.is_some_and(|row| row.state == DeliveryState::Dead);
    let outcome = match (is_taken, is_dead) {
        (true, _) => "taken",
        (false, false) => "failed",
        (false, true) => "dead",
    };
    counter!("mithaq_deliveries_total", "outcome" => outcome).increment(1);
    histogram!("mithaq_delivery_seconds", "outcome" => outcome).record(took);
    Span::current().record("outcome", outcome);
}
