//! HTTP: the merchants' API, the pages, the shell's API, the Studio and the sandbox's control.
//!
//! Handlers hold no rules: they read a request, call one use case of `mithaq-wallet`, and answer in the
//! words of whoever asked. What belongs to the sandbox is mounted only where there is one.

mod admission;
mod assets;
pub mod calls;
mod deliveries;
mod directory;
mod gateway;
mod openapi;
mod pages;
pub mod proxy;
mod sandbox;
mod shell;
mod sign_pool;
mod state;

pub use admission::{Admission, NoRoom, Room};
pub use deliveries::{delivery, jobs};
pub use directory::Directory;
pub use gateway::{AppKeyError, GatewayConfig, WalletCertificate, WalletCertificateError, check_app};
pub use openapi::NOOP_PATH;
pub use shell::{SignStrLever, SignStrRule, TradePayRoute};
pub use sign_pool::{Capacity, SignPool};
pub use state::{App, Config, Sandbox, Shared};

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use mithaq_types::Money;
use serde_json::{Value, json};

/// Everything the wallet's own origin serves.
pub fn router(app: App) -> Router {
    let mut router = Router::new()
        .merge(openapi::routes())
        .merge(gateway::routes())
        .merge(pages::routes())
        .merge(shell::routes())
        .merge(assets::routes(&app));
    if app.sandbox.is_some() {
        router = router.merge(sandbox::routes(&app));
    }
    router.fallback(nowhere).with_state(app)
}

/// What `mithaq bench` measures: everything of [`router`], and beside it the signed endpoint that does nothing
/// ([`NOOP_PATH`]). Nobody else mounts it.
pub fn bench_router(app: App) -> Router {
    openapi::bench_routes().with_state(App::clone(&app)).merge(router(app))
}

async fn nowhere(State(app): State<App>, headers: HeaderMap) -> Response {
    pages::not_found(&app, &headers)
}

/// An amount as JSON: minor units as text, and what a person reads.
fn amount(money: Money) -> Value {
    json!({"currency": money.currency.code(), "value": money.minor.to_string(), "display": money.to_string()})
}
