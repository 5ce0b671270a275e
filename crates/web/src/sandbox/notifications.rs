//! What merchants and users are told: the outbox, and the words that went out.

use super::error::SandboxError;
use super::views;
use crate::state::{App, Shared};
use axum::Json;
use axum::extract::{Path, State};
use mithaq_domain::{Command, Done, Outbox, OutboxKind};
use mithaq_store::OutboxFilter;
use mithaq_types::OutboxId;
use serde_json::{Value, json};

/// Notifications to merchants, oldest first.
pub async fn list(State(app): State<App>) -> Result<Json<Value>, SandboxError> {
    let newest_first = app.wallet.reader().outbox(OutboxFilter::Newest).await?;
    let mut all = Vec::new();
    for row in newest_first.iter().rev().filter(|row| !matches!(row.kind, OutboxKind::UserNews { .. })) {
        all.push(view(&app, row).await);
    }
    Ok(Json(Value::Array(all)))
}

/// Tries again at once, with the same body.
pub async fn resend(State(app): State<App>, Path(id): Path<String>) -> Result<Json<Value>, SandboxError> {
    match app.wallet.submit(Command::Resend { outbox_id: OutboxId::new(id) }).await? {
        Done::Outbox(row) => Ok(Json(view(&app, &row).await)),
        _ => Err(SandboxError::conflict("The notification could not be sent again.")),
    }
}

/// A row with the body it sends.
pub async fn view(shared: &Shared, row: &Outbox) -> Value {
    let body = mithaq_delivery::notice_body(&shared.wallet, &shared.keys, row).await.ok().flatten();
    let text = body.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    views::outbox(shared, row, text.as_deref())
}

/// SMS, e-mail and inbox, oldest first.
pub async fn messages(State(app): State<App>) -> Result<Json<Value>, SandboxError> {
    Ok(Json(Value::Array(all_messages(&app).await?)))
}

pub async fn all_messages(shared: &Shared) -> Result<Vec<Value>, SandboxError> {
    let reader = shared.wallet.reader();
    let users = reader.users().await?;
    let mut all: Vec<Value> = reader.sent().await?.iter().map(|sent| views::sent(shared, sent)).collect();
    for message in reader.inbox(None).await? {
        let Some(user) = users.iter().find(|user| user.user_id == message.user_id) else { continue };
        let words = mithaq_delivery::inbox_words(&shared.pages, &message.news, user.language, &shared.config.zone);
        all.push(json!({
            "channel": "inbox", "to": user.name.full, "title": words.title, "body": words.body,
            "at": views::instant(shared, message.at), "userId": user.user_id, "paymentId": message.payment_id,
            "read": message.read,
        }));
    }
    all.sort_by(|left, right| left["at"].as_str().cmp(&right["at"].as_str()));
    Ok(all)
}
