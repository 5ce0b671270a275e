//! The preview proxy of `mithaq dev --app URL`: a site under an origin of its own on this machine, with
//! the bridge in every page (spec/jsapi.md 7.2, point 2; spec/qicard.md 11.3).
//!
//! So a Mini Program written for the real wallet runs unchanged and without internet. What the site says
//! goes through as it is, save what would keep its pages out of the shell's frame.

mod address;
mod answer;
mod cookie;
mod forward;
mod html;
mod known;
mod policy;
mod question;
mod tag;

use axum::Router;
use axum::routing::any;
use std::sync::Arc;
use url::Url;

/// What is shown, and to whom.
#[derive(Clone, Debug)]
pub struct Proxy {
    /// An address of the site; its origin is what is forwarded to.
    pub target: Url,
    /// The wallet's own origin, from where pages take the bridge. No trailing slash.
    pub wallet_origin: String,
    /// Whether every request is written to the log, with its status and how long its answer took to begin.
    pub observe: bool,
}

/// Everything the proxy's origin serves: the site, and the scripts that the wallet answers itself.
///
/// Nothing here knows a user or a secret; the wallet's session cookie is never passed on.
pub fn router(proxy: Proxy) -> Router {
    let http = forward::client(&proxy.target).map_err(|error| error.to_string());
    Router::new()
        .route(&format!("{}{{*rest}}", known::PREFIX), any(known::answer))
        .fallback(forward::forward)
        .with_state(Arc::new(forward::Site { proxy, http }))
}
