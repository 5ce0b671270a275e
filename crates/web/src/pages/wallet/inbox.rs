//! `/wallet/inbox`: what the wallet and merchants have written; opening a message marks it as read.

use super::movements::{is_movement, merchant_names, stretch};
use crate::pages::frame::Framing;
use crate::pages::visit::Visit;
use crate::shell::error::ShellError;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use mithaq_domain::{InboxMessage, Key, Row, UserNews};
use mithaq_pages::Language;
use mithaq_pages::news::mini_program;
use mithaq_pages::wallet::{AppLink, Door, Inbox, Letter, Message, Screen, Topic};
use mithaq_store::Chore;
use mithaq_types::{ContractId, MessageId, PaymentId};
use mithaq_wallet::Fault;
use std::collections::HashMap;

pub async fn list(visit: Visit) -> Response {
    visit.answer(show_list(&visit).await)
}

async fn show_list(visit: &Visit) -> Result<Response, ShellError> {
    let letters = visit.letters().await?;
    let frame = visit.frame(Door::Inbox, true, visit.unread().await?);
    let (page, begins_later, older_than) = stretch(visit, letters, |_| true);
    let names = merchant_names(visit, &page).await?;
    let letters = page.iter().map(|message| letter(visit, message, &names)).collect();
    let inbox = Inbox { letters, begins_later, older_than };
    Ok(visit.render(StatusCode::OK, frame, Screen::Inbox(inbox), Framing::Never))
}

pub async fn one(visit: Visit, Path(message_id): Path<String>) -> Response {
    visit.answer(open(&visit, &MessageId::new(message_id)).await)
}

async fn open(visit: &Visit, message_id: &MessageId) -> Result<Response, ShellError> {
    let mut letters = visit.letters().await?;
    // Another user's is not among them: it is as unknown as one that does not exist.
    let Some(message) = letters.iter_mut().find(|letter| letter.message_id == *message_id) else {
        return Ok(visit.not_found());
    };
    if !message.read {
        let (user_id, message_id) = (visit.user.user_id.clone(), message_id.clone());
        let marked = visit.app.wallet.engine().write(Chore::MarkRead { user_id, message_id }).await;
        marked.map_err(Fault::from)?;
        message.read = true;
    }
    let message = message.clone();
    let names = merchant_names(visit, std::slice::from_ref(&message)).await?;
    let opened = Message {
        letter: letter(visit, &message, &names),
        movement: is_movement(&message).then(|| message.message_id.clone()),
        agreement: agreement(visit, &message).await?,
        app: app_link(visit, &message).await?,
    };
    let frame = visit.frame(Door::Inbox, false, visit.unread().await?);
    Ok(visit.render(StatusCode::OK, frame, Screen::Message(Box::new(opened)), Framing::Never))
}

fn letter(visit: &Visit, message: &InboxMessage, names: &HashMap<PaymentId, String>) -> Letter {
    let app = &visit.app;
    let mut news = message.news.clone();
    let name = message.payment_id.as_ref().and_then(|payment_id| names.get(payment_id));
    if let Some((merchant, name)) = merchant_in(&mut news).zip(name) {
        merchant.clone_from(name);
    }
    let words = mithaq_delivery::inbox_words(&app.pages, &news, visit.user.language, &app.config.zone);
    Letter {
        message_id: message.message_id.clone(),
        topic: topic(message),
        title: words.title,
        body: words.body,
        at: message.at,
        read: message.read,
    }
}

/// The merchant that a message about a payment names, to be called as the user reads it.
const fn merchant_in(news: &mut UserNews) -> Option<&mut String> {
    match news {
        UserNews::Charged { merchant, .. }
        | UserNews::ChargeRefused { merchant, .. }
        | UserNews::ChargeComing { merchant, .. }
        | UserNews::Paid { merchant, .. }
        | UserNews::Held { merchant, .. }
        | UserNews::Captured { merchant, .. }
        | UserNews::Released { merchant, .. }
        | UserNews::Refunded { merchant, .. } => Some(merchant),
        _ => None,
    }
}

const fn topic(message: &InboxMessage) -> Topic {
    match message.news {
        UserNews::ContractSigned { .. } | UserNews::ContractEnded { .. } => Topic::Agreement,
        UserNews::CardLinked { .. } | UserNews::PinChanged => Topic::Security,
        UserNews::FromMerchant { .. } => Topic::Merchant,
        _ => Topic::Money,
    }
}

/// The agreement that a charge is under.
async fn agreement(visit: &Visit, message: &InboxMessage) -> Result<Option<ContractId>, ShellError> {
    let Some(payment_id) = &message.payment_id else { return Ok(None) };
    match visit.app.wallet.row(Key::Payment(payment_id.clone())).await? {
        Some(Row::Payment(payment)) => Ok(payment.contract_id),
        _ => Ok(None),
    }
}

/// The Mini Program of this wallet that a merchant's message leads to. No other link of theirs is offered.
async fn app_link(visit: &Visit, message: &InboxMessage) -> Result<Option<AppLink>, ShellError> {
    let UserNews::FromMerchant { url: Some(url), .. } = &message.news else { return Ok(None) };
    let Some(app_id) = mini_program(url) else { return Ok(None) };
    let Some(Row::App(app)) = visit.app.wallet.row(Key::App(app_id)).await? else { return Ok(None) };
    let name = match (visit.spoken, app.name_ar) {
        (Language::ArIq, Some(name)) => name,
        _ => app.name,
    };
    Ok(Some(AppLink { app_id: app.app_id, name }))
}
