#![doc = include_str!("../README.md")]

mod book;
mod charge;
mod config;
mod contract;
mod error;
mod events;
mod login;
mod notify;
mod offer;
mod shop;
mod site;
mod subscription;

pub use config::{Config, ShopError, Sources};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use shop::Shop;
use std::sync::Arc;
use tokio::net::TcpListener;

/// The largest request body, in bytes. The Mini Program and the wallet send small ones.
const BODY_BYTES_MAX: usize = 64 * 1024;

/// Serves the shop on `listener` until `shutdown` is done, then lets open requests finish.
///
/// # Errors
/// [`ShopError`]: the configuration cannot be used, or the listener failed.
pub async fn serve(
    listener: TcpListener,
    config: Config,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ShopError> {
    serve_with(listener, config, Sources::of_this_machine(), shutdown).await
}

/// As [`serve`], with time and randomness from `sources`: a sandbox moves the shop's calendar along with its own.
///
/// # Errors
/// As [`serve`].
pub async fn serve_with(
    listener: TcpListener,
    config: Config,
    sources: Sources,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ShopError> {
    let shop = Arc::new(Shop::new(config, sources)?);
    let closing = Arc::clone(&shop);
    let stopped = async move {
        shutdown.await;
        closing.book.close();
    };
    axum::serve(listener, routes(shop)).with_graceful_shutdown(stopped).await.map_err(ShopError::Listener)
}

/// The shop's routes, for a server of your own.
///
/// # Errors
/// [`ShopError`]: the configuration cannot be used.
pub fn router(config: Config, sources: Sources) -> Result<Router, ShopError> {
    Ok(routes(Arc::new(Shop::new(config, sources)?)))
}

fn routes(shop: Arc<Shop>) -> Router {
    Router::new()
        .route("/", get(site::page))
        .route("/style/{file}", get(site::style))
        .route("/js/{file}", get(site::script))
        .route("/api/prepare", post(contract::prepare))
        .route("/api/subscribe", post(contract::subscribe))
        .route("/api/charge", post(charge::charge))
        .route("/api/cancel", post(contract::cancel))
        .route("/api/login", post(login::login))
        .route("/api/subscriptions/{id}", get(events::show))
        .route("/api/subscriptions/{id}/events", get(events::follow))
        .route("/notify/payment", post(notify::receive))
        .route("/notify/contract", post(notify::receive))
        .fallback(|| async { error::ApiError::not_found() })
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(shop)
}
