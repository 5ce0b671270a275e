//! The merchants' API, dialect `qicard-v1`: one road for every call, then one file per endpoint.

mod answer;
mod authorizations;
mod bench;
mod busy;
mod checks;
mod dispatch;
mod document;
mod inquiries;
mod messages;
mod meter;
mod operations;
mod pay;
mod record;
mod refusals;
mod users;

pub use bench::{NOOP_PATH, routes as bench_routes};
pub use busy::BusyAnswers;
pub use pay::cashier_url;
pub use record::milliseconds;

use crate::state::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::any;

/// The longest body that is read (spec/openapi.md 1.8).
const BODY_MAX: usize = 1024 * 1024;

/// Prefixes under which siblings of this wallet serve the same API (spec/openapi.md 1.1). The signature
/// covers the path as requested, so they need no further care.
const PREFIXES: [&str; 5] = ["", "/api", "/miniprogram/api", "/api/open", "/acl/api"];

/// Everything under `/v1/`, whether it exists or not, and under `/v2/`, where siblings have other endpoints: unknown
/// paths get a signed answer too.
pub fn routes() -> Router<App> {
    let versions = ["v1", "v2"];
    let paths = PREFIXES.iter().flat_map(|prefix| versions.map(|version| format!("{prefix}/{version}/{{*rest}}")));
    paths
        .fold(Router::new(), |router, path| router.route(&path, any(dispatch::dispatch)))
        .layer(DefaultBodyLimit::max(BODY_MAX))
        .merge(document::routes())
}
