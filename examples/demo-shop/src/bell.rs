//! The bell: server-sent events that say only that something changed. What changed is fetched with a session.

use crate::error::ApiError;
use crate::order::Order;
use crate::shop::Shop;
use axum::extract::{Path, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use std::convert::Infallible;
use std::sync::Arc;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::WatchStream;

/// `GET /api/bell/{bell}`: rings for the orders of one customer. A browser's `EventSource` can send no header, so the address
/// holds a secret; it opens nothing else.
pub async fn of_customer(State(shop): State<Arc<Shop>>, Path(bell): Path<String>) -> Result<Response, ApiError> {
    let customer = shop.book.rung_for(&bell).ok_or_else(ApiError::session_unknown)?;
    ring(shop, move |order| order.wish.customer.as_ref() == Some(&customer))
}

/// `GET /api/office/bell`: rings for all orders.
pub async fn of_office(State(shop): State<Arc<Shop>>) -> Result<Response, ApiError> {
    ring(shop, |_| true)
}

fn ring(shop: Arc<Shop>, fits: impl Fn(&Order) -> bool + Send + 'static) -> Result<Response, ApiError> {
    let changes = shop.book.listen().ok_or_else(|| ApiError::internal("the shop closes"))?;
    let mut latest = None;
    let events = WatchStream::new(changes).filter_map(move |()| {
        let now: u64 = shop.book.orders(&fits, Order::revision).into_iter().sum();
        let is_news = latest != Some(now);
        latest = Some(now);
        is_news.then(|| Ok::<_, Infallible>(Event::default().data(format!("{{\"revision\":{now}}}"))))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()).into_response())
}
