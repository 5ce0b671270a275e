//! `/wallet/scan`: what a code says, read by the camera or pasted. It leads to an order of this wallet, a Mini Program of
//! this wallet, one of its users, or what a merchant of the Alipay surface has signed; nothing else is followed.

use super::entry;
use crate::pages::order::{self, OrderStanding};
use crate::pages::visit::{Posted, Visit, on_to};
use crate::shell::error::ShellError;
use crate::shell::interactions::{WALLET_APP, cashier_url, own_page};
use crate::shell::trade_pay::order_id;
use axum::response::Response;
use mithaq_domain::{Key, Row};
use mithaq_pages::news::mini_program;
use mithaq_pages::wallet::{Door, Scan, ScanProblem, Screen};
use mithaq_types::{AppId, OrderId};
use mithaq_wallet::NewInteraction;

/// Letters of what is read. What a merchant's server has signed is long.
const TEXT_MAX: usize = 8192;
/// Letters of it that are shown again.
const SHOWN_MAX: usize = 512;

pub async fn page(visit: Visit) -> Response {
    let problem = match visit.params.get("notice") {
        Some("empty") => Some(ScanProblem::Empty),
        Some("foreign") => Some(ScanProblem::Foreign),
        Some("unknown-app") => Some(ScanProblem::UnknownApp),
        _ => None,
    };
    let typed = visit.params.get("text").unwrap_or_default().chars().take(SHOWN_MAX).collect();
    let shown = visit.show(Door::Pay, false, Screen::Scan(Scan { typed, problem })).await;
    visit.answer(shown)
}

/// Goes where the text leads.
pub async fn read(posted: Posted) -> Response {
    let typed = posted.typed("text", TEXT_MAX);
    let visit = posted.visit;
    visit.answer(follow(&visit, typed.trim()).await)
}

async fn follow(visit: &Visit, text: &str) -> Result<Response, ShellError> {
    if text.is_empty() {
        return Ok(on_to("/wallet/scan", &[("notice", "empty")]));
    }
    if let Some(order_id) = order_id(&visit.app, text) {
        return to_cashier(visit, &order_id).await;
    }
    if let Some(app_id) = mini_program(text) {
        return to_app(visit, app_id, text).await;
    }
    if let Some(to) = own_page(&visit.app, text, TEXT_MAX, &["/pay-to"], "to") {
        return Ok(on_to("/wallet/send", &[("to", &to)]));
    }
    if let Some(sign_id) = own_page(&visit.app, text, SHOWN_MAX, &["/sign"], "signId") {
        return Ok(on_to("/sign", &[("signId", &sign_id)]));
    }
    if let Some(entry) = entry::params(&visit.app, text) {
        return entry::follow(visit, entry).await;
    }
    let shown: String = text.chars().take(SHOWN_MAX).collect();
    Ok(on_to("/wallet/scan", &[("notice", "foreign"), ("text", &shown)]))
}

/// The order's page, as one that can pay where the order can be paid.
pub(super) async fn to_cashier(visit: &Visit, order_id: &OrderId) -> Result<Response, ShellError> {
    let view = visit.app.wallet.order_view(order_id).await?;
    let alone = || on_to("/cashier", &[("orderId", order_id.as_str())]);
    let OrderStanding::Standalone(Some(sight)) = order::standing(&visit.app, Some(&visit.session), None, view).await?
    else {
        return Ok(alone());
    };
    let payment = sight.view.payment;
    let opened = visit
        .app
        .wallet
        .open_interaction(NewInteraction {
            session_id: visit.session.session_id.clone(),
            app_id: AppId::new(WALLET_APP),
            client_id: payment.client_id,
            api: "tradePay".to_owned(),
            auth_id: None,
            sub_client_id: None,
            payment_id: Some(payment.payment_id),
            scopes: Vec::new(),
        })
        .await?;
    Ok(on_to(&cashier_url(order_id.as_str(), &opened.interaction_id), &[]))
}

async fn to_app(visit: &Visit, app_id: AppId, text: &str) -> Result<Response, ShellError> {
    match visit.app.wallet.row(Key::App(app_id)).await? {
        Some(Row::App(app)) => Ok(on_to("/app", &[("appId", app.app_id.as_str())])),
        _ => Ok(on_to("/wallet/scan", &[("notice", "unknown-app"), ("text", text)])),
    }
}
