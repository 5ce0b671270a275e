//! HTTP: the merchants' API, the pages, the shell's API, the Studio and the sandbox's control.
//!
//! Handlers hold no rules: they read a request, call one use case of `mithaq-wallet`, and answer in the
//! words of whoever asked. What belongs to the sandbox is mounted only where there is one.

pub mod calls;
mod directory;
mod openapi;
mod sign_pool;
mod state;

pub use directory::Directory;
pub use sign_pool::SignPool;
pub use state::{App, Config, Sandbox, Shared};

use axum::Router;

/// Everything the wallet's own origin serves.
pub fn router(app: App) -> Router {
    Router::new().merge(openapi::routes()).with_state(app)
}
