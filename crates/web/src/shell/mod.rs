//! The shell's API, `/app/v1/…`: its session, its Mini Programs, the pages it opens (spec/jsapi.md 7.4).

pub mod agreeing;
pub mod ending;
pub mod error;
mod forms;
pub mod inputs;
pub mod interactions;
mod order_str;
pub mod pay_reply;
pub mod pay_sign_center;
mod paying;
mod reads;
pub mod reply;
mod scopes;
pub mod session;
mod sign_record;
pub mod sign_reply;
mod sign_str;
mod sign_str_rule;
pub mod trade_pay;

pub use pay_reply::TradePayRoute;
pub use sign_str_rule::{SignStrLever, SignStrRule};

use crate::state::App;
use axum::Router;
use axum::routing::{get, post};

/// All of it.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/app/v1/session", get(session::read))
        .route("/app/v1/logout", post(session::log_out))
        .route("/app/v1/apps", get(reads::apps))
        .route("/app/v1/apps/{app_id}", get(reads::app))
        .route("/app/v1/inbox", get(reads::inbox))
        .route("/app/v1/interactions", get(interactions::list).post(interactions::open))
        .route("/app/v1/interactions/{ix}", get(interactions::read))
        .route("/app/v1/interactions/{ix}/cancel", post(interactions::cancel))
        .route("/app/v1/interactions/{ix}/login", post(forms::log_in))
        .route("/app/v1/interactions/{ix}/confirm", post(forms::confirm))
        .route("/app/v1/interactions/{ix}/decline", post(forms::decline))
}
