#![doc = include_str!("../README.md")]

mod asking;
mod bell;
mod book;
mod buying;
mod charge;
mod config;
mod contract;
mod cors;
mod error;
mod events;
mod goods;
mod login;
mod notify;
mod offer;
mod office;
mod order;
mod session;
mod shop;
mod site;
mod subscription;

pub use config::{Config, ShopError, Sources};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};
use shop::Shop;
use std::net::SocketAddr;
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
    tracing::info!(office.url = %format!("{}office", shop.page_url()), "demo-shop: open");
    // The office looks at where a request comes from.
    let routes = routes(shop).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, routes).with_graceful_shutdown(stopped).await.map_err(ShopError::Listener)
}

/// The shop's routes, for a server of your own. Its office opens only if the server tells where requests come from
/// (`into_make_service_with_connect_info`).
///
/// # Errors
/// [`ShopError`]: the configuration cannot be used.
pub fn router(config: Config, sources: Sources) -> Result<Router, ShopError> {
    Ok(routes(Arc::new(Shop::new(config, sources)?)))
}

fn routes(shop: Arc<Shop>) -> Router {
    let office = Router::new()
        .route("/office", get(site::office))
        .route("/api/office/orders", get(office::orders))
        .route("/api/office/orders/{id}/{action}", post(office::act))
        .route("/api/office/till", post(office::till))
        .route("/api/office/bell", get(bell::of_office))
        .layer(middleware::from_fn(office::door::guard));
    let page = Router::new()
        .route("/api/login", post(login::login))
        .route("/api/goods", get(goods::shelf))
        .route("/api/orders", get(buying::list).post(buying::order))
        .route("/api/orders/{id}", get(buying::show))
        .route("/api/orders/{id}/{action}", post(buying::act))
        .route("/api/bell/{bell}", get(bell::of_customer))
        .route("/api/prepare", post(contract::prepare))
        .route("/api/subscribe", post(contract::subscribe))
        .route("/api/charge", post(charge::charge))
        .route("/api/cancel", post(contract::cancel))
        .route("/api/subscriptions/{id}", get(events::show))
        .route("/api/subscriptions/{id}/events", get(events::follow))
        .layer(middleware::from_fn(cors::allow));
    Router::new()
        .route("/", get(site::page))
        .route("/style/{file}", get(site::style))
        .route("/js/{file}", get(site::script))
        .route("/notify/{kind}", post(notify::receive))
        .merge(page)
        .merge(office)
        .fallback(|| async { error::ApiError::not_found() })
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(shop)
}
