//! The wallet's own pages: the authorization page, the consent page, the cashier, the signing page, the front page
//! (spec/jsapi.md 6), the user's agreements, and the rest of the wallet app.
//!
//! A page shows what the database says at this moment; its address carries no more than which one it is
//! and what was wrong with what was typed.

mod agreements;
mod authorize;
mod cashier;
mod consent;
pub mod deal;
mod evidence;
mod frame;
mod home;
pub mod order;
mod pay_and_sign;
mod receipt;
pub mod record;
mod sign;
mod sign_in;
pub mod sign_standing;
pub mod standing;
mod visit;
mod wallet;

pub use evidence::{Shown, agreement_evidence, evidence};
pub use frame::{Params, gateway_refused, not_found, stale, to_canonical_host};

use crate::state::App;
use axum::Router;
use axum::routing::{get, post};

/// All of them.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/", get(home::home))
        .route("/authorize", get(authorize::authorize))
        .route("/consent", get(consent::consent))
        .route("/cashier", get(cashier::cashier))
        .route("/sign", get(sign::sign))
        .route("/sign/login", post(sign::log_in))
        .route("/sign/confirm", post(sign::confirm))
        .route("/sign/decline", post(sign::decline))
        .merge(wallet::routes())
        .route("/agreements", get(agreements::list))
        .route("/agreements/login", post(agreements::log_in))
        .route("/agreements/{contract_id}", get(agreements::one))
        .route("/agreements/{contract_id}/end", post(agreements::end))
}
