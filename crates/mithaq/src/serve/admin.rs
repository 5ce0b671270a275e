//! What the operator's machines ask: is it alive, is it ready, what are its figures. On a listener of its own, never on the wallet's.

use super::health::Health;
use crate::telemetry::Telemetry;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;

/// Prometheus' text format.
const METRICS: &str = "text/plain; version=0.0.4";

/// Its routes.
pub fn router(health: Health, telemetry: Telemetry) -> Router {
    Router::new()
        .route("/live", get(|| async { Json(json!({"live": true})) }))
        .route("/ready", get(ready))
        .with_state(health)
        .route("/metrics", get(|| async move { ([(header::CONTENT_TYPE, METRICS)], telemetry.render()) }))
}

async fn ready(State(health): State<Health>) -> Response {
    match health.check() {
        Ok(()) => Json(json!({"ready": true})).into_response(),
        Err(reason) => {
            (StatusCode::SERVICE_UNAVAILABLE, Json(json!({"ready": false, "reason": reason}))).into_response()
        }
    }
}
