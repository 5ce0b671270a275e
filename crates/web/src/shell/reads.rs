//! What the shell looks at: its Mini Programs, the user's inbox.

use super::error::ShellError;
use super::session;
use crate::state::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use mithaq_domain::{App as MiniProgram, Key, Row};
use mithaq_openapi::time;
use mithaq_types::AppId;
use serde_json::{Value, json};

pub async fn apps(State(app): State<App>) -> Result<Json<Value>, ShellError> {
    let all = app.wallet.reader().apps().await?;
    Ok(Json(all.iter().map(view).collect()))
}

pub async fn app(State(app): State<App>, Path(app_id): Path<String>) -> Result<Json<Value>, ShellError> {
    match app.wallet.row(Key::App(AppId::new(app_id))).await? {
        Some(Row::App(found)) => Ok(Json(view(&found))),
        _ => Err(ShellError::NOT_FOUND),
    }
}

fn view(app: &MiniProgram) -> Value {
    json!({
        "appId": app.app_id, "name": app.name, "nameAr": app.name_ar, "startUrl": app.start_url,
        "origins": app.origins, "clientId": app.client_id,
    })
}

/// The signed-in user's messages, newest first, in their language.
pub async fn inbox(State(app): State<App>, headers: HeaderMap) -> Result<Json<Value>, ShellError> {
    let session = session::current(&app, &headers).await?.ok_or(ShellError::NO_SESSION)?;
    let user_id = session.user_id.ok_or(ShellError::NO_SESSION)?;
    let user = app.wallet.user(&user_id).await?.ok_or(ShellError::NO_SESSION)?;
    let messages = app.wallet.reader().inbox(Some(user_id)).await?;
    let messages = messages.iter().map(|message| {
        let words = mithaq_delivery::inbox_words(&app.pages, &message.news, user.language, &app.config.zone);
        json!({
            "messageId": message.message_id, "title": words.title, "body": words.body,
            "at": time::format(message.at, &app.config.zone), "read": message.read, "paymentId": message.payment_id,
        })
    });
    Ok(Json(messages.collect()))
}
