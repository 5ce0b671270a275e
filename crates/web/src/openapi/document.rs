//! `GET /openapi.json`: the description of this API for programs and people, the same for everybody.

use crate::state::App;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header;
use axum::routing::get;
use std::sync::{Arc, OnceLock};

/// The route. The document names this wallet's address, so it is made when it is first asked for.
pub fn routes() -> Router<App> {
    let made: Arc<OnceLock<Bytes>> = Arc::default();
    let serve = async move |State(app): State<App>| {
        let text = made.get_or_init(|| mithaq_openapi::document(&app.config.wallet_origin).to_string().into());
        ([(header::CONTENT_TYPE, "application/json")], text.clone())
    };
    Router::new().route("/openapi.json", get(serve))
}
