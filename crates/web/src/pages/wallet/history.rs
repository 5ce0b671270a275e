//! `/wallet/history`: every movement, and one of them with its receipt.

use super::movements::{balance_after, is_movement, movements, stretch};
use crate::pages::frame::{Framing, merchant};
use crate::pages::receipt::receipt;
use crate::pages::visit::Visit;
use crate::shell::error::ShellError;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use mithaq_domain::{InboxMessage, Key, Row};
use mithaq_pages::wallet::{AgreementLink, Door, History, MovementDetail, Paper, Screen};
use mithaq_store::PaymentView;
use mithaq_types::{MessageId, PaymentId};

pub async fn list(visit: Visit) -> Response {
    visit.answer(show_list(&visit).await)
}

async fn show_list(visit: &Visit) -> Result<Response, ShellError> {
    let letters = visit.letters().await?;
    let frame = visit.frame(Door::Home, false, visit.unread().await?);
    let (page, begins_later, older_than) = stretch(visit, letters, is_movement);
    let history = History { movements: movements(visit, &page).await?, begins_later, older_than };
    Ok(visit.render(StatusCode::OK, frame, Screen::History(history), Framing::Never))
}

pub async fn one(visit: Visit, Path(message_id): Path<String>) -> Response {
    visit.answer(show_one(&visit, &MessageId::new(message_id)).await)
}

async fn show_one(visit: &Visit, message_id: &MessageId) -> Result<Response, ShellError> {
    let letters = visit.letters().await?;
    // Another user's is not among them: it is as unknown as one that does not exist.
    let Some(letter) = letters.iter().find(|letter| letter.message_id == *message_id) else {
        return Ok(visit.not_found());
    };
    let Some(movement) = movements(visit, std::slice::from_ref(letter)).await?.pop() else {
        return Ok(visit.not_found());
    };
    let payment = match &letter.payment_id {
        Some(payment_id) => own_payment(visit, payment_id).await?,
        None => None,
    };
    let agreement = agreement(visit, payment.as_ref()).await?;
    let paper = paper(visit, letter, payment).await?;
    let detail = MovementDetail { movement, paper, agreement };
    let frame = visit.frame(Door::Home, false, visit.unread().await?);
    Ok(visit.render(StatusCode::OK, frame, Screen::Movement(Box::new(detail)), Framing::Never))
}

/// The payment, if it is this user's.
async fn own_payment(visit: &Visit, payment_id: &PaymentId) -> Result<Option<PaymentView>, ShellError> {
    let found = visit.app.wallet.reader().payment(payment_id.clone()).await?;
    Ok(found.filter(|view| view.state.user_id.as_ref() == Some(&visit.user.user_id)))
}

async fn paper(visit: &Visit, letter: &InboxMessage, payment: Option<PaymentView>) -> Result<Paper, ShellError> {
    let app = &visit.app;
    let Some(view) = payment else {
        return Ok(Paper::Note { phone: None, balance: balance_after(&letter.news), number: None });
    };
    let found = app.wallet.merchant(view.payment.merchant_id.clone()).await?;
    let shop = found.as_ref().map(merchant).unwrap_or(mithaq_pages::Merchant {
        name: String::new(),
        name_ar: None,
        verified: false,
    });
    Ok(Paper::Receipt(Box::new(receipt(app, &view, shop).await?)))
}

async fn agreement(visit: &Visit, payment: Option<&PaymentView>) -> Result<Option<AgreementLink>, ShellError> {
    let Some(contract_id) = payment.and_then(|view| view.payment.contract_id.clone()) else { return Ok(None) };
    let found = visit.app.wallet.row(Key::Contract(contract_id.clone())).await?;
    let Some(Row::Contract(contract)) = found else { return Ok(None) };
    Ok(Some(AgreementLink { contract_id, title: contract.terms.title.clone() }))
}
