//! The sandbox's control: JSON over HTTP under `/sandbox/v1`, so that a test can play the user, make
//! merchants, give money and move time. Mounted by `mithaq dev` only. Documented in docs/sandbox-api.md.

mod cards;
mod cashier;
mod clock;
mod error;
mod events;
mod gateway_apps;
mod ledger;
mod merchants;
mod notifications;
mod pay_sign_center;
mod payments;
mod people;
mod play;
mod sign_strs;
mod views;

use crate::state::App;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use error::SandboxError;

/// All of it. Only for an app that has a sandbox.
pub fn routes(app: &App) -> Router<App> {
    Router::new()
        .route("/sandbox/v1/sign", post(play::sign))
        .route("/sandbox/v1/auth-codes", post(play::auth_codes))
        .route("/sandbox/v1/pay", post(cashier::pay))
        .route("/sandbox/v1/pay-sign-center", post(pay_sign_center::sign))
        .route("/sandbox/v1/sign-strs", get(sign_strs::read).post(sign_strs::set))
        .route("/sandbox/v1/payment-codes", get(payments::codes).post(cashier::payment_code))
        .route("/sandbox/v1/cards", get(cards::list).post(cards::add))
        .route("/sandbox/v1/contracts", get(ledger::contracts))
        .route("/sandbox/v1/contracts/{contract_id}/end", post(play::end_contract))
        .route("/sandbox/v1/session", post(people::session))
        .route("/sandbox/v1/users", get(people::list).post(people::add))
        .route("/sandbox/v1/users/{user_id}/top-up", post(people::top_up))
        .route("/sandbox/v1/users/{user_id}/status", post(people::set_status))
        .route("/sandbox/v1/clients", get(merchants::list).post(merchants::add))
        .route("/sandbox/v1/clients/{client_id}/status", post(merchants::set_status))
        .route("/sandbox/v1/gateway-apps", get(gateway_apps::list).post(gateway_apps::put))
        .route("/sandbox/v1/payments", get(payments::payments))
        .route("/sandbox/v1/payments/{payment_id}", get(payments::payment))
        .route("/sandbox/v1/payments/{payment_id}/freeze", post(payments::freeze))
        .route("/sandbox/v1/operations", get(payments::operations))
        .route("/sandbox/v1/transfers", get(payments::transfers))
        .route("/sandbox/v1/messages", get(notifications::messages))
        .route("/sandbox/v1/notifications", get(notifications::list))
        .route("/sandbox/v1/notifications/{outbox_id}/resend", post(notifications::resend))
        .route("/sandbox/v1/calls", get(events::list))
        .route("/sandbox/v1/calls/stream", get(events::stream))
        .route("/sandbox/v1/shell-events", post(events::report))
        .route("/sandbox/v1/clock", get(clock::read).post(clock::change))
        .route("/sandbox/v1/ledger/verify", get(ledger::verify).post(ledger::verify))
        .route("/sandbox/v1/ledger/accounts", get(ledger::accounts))
        .route("/sandbox/v1/{*rest}", axum::routing::any(unknown))
        .method_not_allowed_fallback(other_method)
        .layer(middleware::from_fn_with_state(App::clone(app), own_pages_only))
}

/// A page of another site may not play the user: browsers say where a request comes from, tests do not.
async fn own_pages_only(State(app): State<App>, request: Request, next: Next) -> Response {
    let foreign = request
        .headers()
        .get(header::ORIGIN)
        .is_some_and(|origin| origin.to_str().map_or(true, |origin| origin != app.config.wallet_origin));
    if foreign {
        let message = "The sandbox answers only pages of the wallet's own origin, and programs that are no pages.";
        return SandboxError::forbidden("FOREIGN_ORIGIN", message).into_response();
    }
    next.run(request).await
}

async fn other_method() -> SandboxError {
    SandboxError::method("This sandbox call has another method: GET reads, POST acts.")
}

async fn unknown() -> SandboxError {
    SandboxError::not_found("There is no such sandbox call. See docs/sandbox-api.md.")
}
