//! What the operator's machines ask: is it alive, is it ready. On a listener of its own, never on the wallet's.

use super::health::Health;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;

/// Its routes.
pub fn router(health: Health) -> Router {
    Router::new()
        .route("/live", get(|| async { Json(json!({"live": true})) }))
        .route("/ready", get(ready))
        .with_state(health)
}

async fn ready(State(health): State<Health>) -> Response {
    match health.check() {
        Ok(()) => Json(json!({"ready": true})).into_response(),
        Err(reason) => {
            (StatusCode::SERVICE_UNAVAILABLE, Json(json!({"ready": false, "reason": reason}))).into_response()
        }
    }
}
