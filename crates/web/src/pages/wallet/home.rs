//! `/wallet`: the balance, what is held, the last movements, the Mini Programs.

use super::movements::{is_movement, movements};
use crate::pages::frame::{Framing, merchant};
use crate::pages::visit::Visit;
use crate::shell::error::ShellError;
use axum::http::StatusCode;
use axum::response::Response;
use mithaq_domain::{InboxMessage, UserNews};
use mithaq_pages::Language;
use mithaq_pages::wallet::{Door, Hold, Home, MiniProgram, Screen};
use mithaq_types::Money;

/// Movements on the first page; the others are a link away.
const LAST: usize = 5;

pub async fn page(visit: Visit) -> Response {
    visit.answer(build(&visit).await)
}

async fn build(visit: &Visit) -> Result<Response, ShellError> {
    let app = &visit.app;
    let letters = visit.letters().await?;
    let last: Vec<_> = letters.iter().filter(|letter| is_movement(letter)).take(LAST).cloned().collect();
    let own = app.wallet.policy().currency;
    let mut others = Vec::new();
    for currency in app.config.held_currencies().into_iter().filter(|currency| *currency != own) {
        others.push(app.wallet.balance(&visit.user.user_id, currency).await?);
    }
    others.retain(|balance| balance.minor != 0);
    let home = Home {
        user_name: visit.name(),
        balance: app.wallet.balance(&visit.user.user_id, own).await?,
        other_balances: others,
        holds: holds(visit, &letters).await?,
        movements: movements(visit, &last).await?,
        apps: apps(visit).await?,
    };
    let frame = visit.frame(Door::Home, true, visit.unread().await?);
    Ok(visit.render(StatusCode::OK, frame, Screen::Home(Box::new(home)), Framing::Never))
}

async fn holds(visit: &Visit, letters: &[InboxMessage]) -> Result<Vec<Hold>, ShellError> {
    let app = &visit.app;
    let mut holds = Vec::new();
    for (payment, state) in app.wallet.reader().holds_of(visit.user.user_id.clone()).await? {
        let known = app.directory.client(app.wallet.reader(), &payment.client_id).await?;
        let tells = |letter: &&InboxMessage| {
            matches!(letter.news, UserNews::Held { .. }) && letter.payment_id.as_ref() == Some(&payment.payment_id)
        };
        let title = payment.order.as_ref().and_then(|order| order.title.clone());
        holds.push(Hold {
            message_id: letters.iter().find(tells).map(|letter| letter.message_id.clone()),
            merchant: known.map(|known| merchant(&known.merchant).name_in(visit.spoken)).unwrap_or_default(),
            about: title.unwrap_or_else(|| payment.description.clone()),
            amount: Money::new(state.held, payment.amount.currency),
            until: state.due_at,
        });
    }
    holds.sort_by_key(|hold| hold.until);
    Ok(holds)
}

async fn apps(visit: &Visit) -> Result<Vec<MiniProgram>, ShellError> {
    let all = visit.app.wallet.reader().apps().await?;
    let named = all.into_iter().map(|app| {
        let name = match (visit.spoken, app.name_ar) {
            (Language::ArIq, Some(name)) => name,
            _ => app.name,
        };
        MiniProgram { app_id: app.app_id, name }
    });
    Ok(named.collect())
}
