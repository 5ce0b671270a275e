//! `/`: what this server is; with an `authId`, the authorization page (spec/jsapi.md 6.1).

use super::authorize;
use super::frame::{Params, accepted, frame, show, to_canonical_host};
use crate::state::App;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use mithaq_pages::{HomeContext, Page};

pub async fn home(State(app): State<App>, uri: Uri, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    if Params::of(query.as_deref()).has("authId") {
        return authorize::authorize(State(app), uri, RawQuery(query), headers).await;
    }
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    if let Some(elsewhere) = to_canonical_host(&app, &headers, target) {
        return elsewhere;
    }
    let frame = frame(&app, accepted(&headers));
    show(&app, StatusCode::OK, &Page::Home(HomeContext { frame }))
}
