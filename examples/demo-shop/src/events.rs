//! How a subscription stands: asked for once, or followed as it changes.

use crate::error::ApiError;
use crate::shop::Shop;
use axum::extract::{Path, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use serde_json::value::RawValue;
use std::convert::Infallible;
use std::sync::Arc;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::WatchStream;

/// A subscription as the Mini Program sees it, or why not.
pub type Answer = Result<axum::Json<Box<RawValue>>, ApiError>;

/// How the subscription `id` stands now.
pub fn tell(shop: &Shop, id: &str) -> Answer {
    view(shop, id).map(axum::Json)
}

/// The same, to be put into another answer.
pub fn view(shop: &Shop, id: &str) -> Result<Box<RawValue>, ApiError> {
    let written = shop.book.read(id, |subscription| serde_json::value::to_raw_value(&subscription.view(shop.now())));
    let json = written.ok_or_else(ApiError::subscription_unknown)?;
    json.map_err(|_| ApiError::internal("a subscription that cannot be written"))
}

/// `GET /api/subscriptions/{id}`.
pub async fn show(State(shop): State<Arc<Shop>>, Path(id): Path<String>) -> Answer {
    tell(&shop, &id)
}

/// `GET /api/subscriptions/{id}/events`: the same as server-sent events, now and after each change, such as a notification
/// that nobody on the page asked for.
pub async fn follow(State(shop): State<Arc<Shop>>, Path(id): Path<String>) -> Result<Response, ApiError> {
    // An unknown id is refused at once, not by a stream that stays silent.
    view(&shop, &id).map(drop)?;
    let bell = shop.book.listen().ok_or_else(ApiError::subscription_unknown)?;
    let mut latest = String::new();
    let events = WatchStream::new(bell).filter_map(move |()| {
        let now = view(&shop, &id).ok()?;
        let is_news = now.get() != latest;
        now.get().clone_into(&mut latest);
        is_news.then(|| Ok::<_, Infallible>(Event::default().data(now.get())))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()).into_response())
}
