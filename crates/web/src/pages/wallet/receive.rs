//! `/wallet/receive`: the user's own code, for others to send money to.

use crate::pages::visit::Visit;
use axum::response::Response;
use mithaq_pages::wallet::{Door, Receive, Screen};

pub async fn page(visit: Visit) -> Response {
    let phone = visit.user.phone.clone();
    let link = format!("{}/pay-to?to={phone}", visit.app.config.wallet_origin);
    let screen = Screen::Receive(Receive { user_name: visit.name(), phone, link });
    let shown = visit.show(Door::Home, false, screen).await;
    visit.answer(shown)
}
