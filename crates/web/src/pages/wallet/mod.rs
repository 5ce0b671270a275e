//! The wallet app (`/wallet` and below): what a user has, what happened to it, and what they do with it.
//!
//! Every page is for somebody who is signed in; in the place of any stands a form to sign in. Forms end in a redirect to a
//! page, which shows the truth; where what is shown is a secret (a code to pay with, a card's number), in the answer itself.

mod cards;
mod code;
mod device;
mod entry;
mod history;
mod home;
mod inbox;
mod movements;
mod receive;
mod scan;
mod security;
mod send;
mod top_up;

use super::sign_in;
use crate::state::App;
use axum::Router;
use axum::routing::{get, post};

/// All of it.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/wallet", get(home::page))
        .route("/wallet/login", post(sign_in::log_in))
        .route("/wallet/history", get(history::list))
        .route("/wallet/history/{message_id}", get(history::one))
        .route("/wallet/inbox", get(inbox::list))
        .route("/wallet/inbox/{message_id}", get(inbox::one))
        .route("/wallet/top-up", get(top_up::page).post(top_up::fetch))
        .route("/wallet/send", get(send::page).post(send::send))
        .route("/pay-to", get(send::pay_to))
        .route("/wallet/receive", get(receive::page))
        .route("/wallet/code", get(code::page).post(code::make))
        .route("/wallet/scan", get(scan::page).post(scan::read))
        .route("/wallet/cards", get(cards::page).post(cards::link))
        .route("/wallet/cards/{card_id}/remove", post(cards::remove))
        .route("/wallet/security", get(security::page))
        .route("/wallet/security/pin", post(security::change_pin))
        .route("/wallet/security/sessions/{session_id}/end", post(security::end_session))
        .route("/wallet/language", post(security::set_language))
        .route("/wallet/sign-out", post(security::sign_out))
}
