//! Contracts, accounts, and the proof.

use super::error::SandboxError;
use super::views;
use crate::state::{App, Shared};
use axum::Json;
use axum::extract::State;
use mithaq_domain::Owner;
use serde_json::{Value, json};
use std::collections::HashMap;

pub async fn contracts(State(app): State<App>) -> Result<Json<Value>, SandboxError> {
    let newest_first = app.wallet.reader().contracts(None).await?;
    Ok(Json(newest_first.iter().rev().map(|view| views::contract(&app, view)).collect()))
}

pub async fn accounts(State(app): State<App>) -> Result<Json<Value>, SandboxError> {
    let names = names(&app).await?;
    let lines = app.wallet.reader().accounts().await?;
    let lines = lines.iter().map(|line| {
        json!({
            "account": line.account, "label": views::account_label(&line.account, &|owner| names.get(owner).cloned()),
            "currency": line.available.currency.code(), "balance": line.available.minor.to_string(),
            "display": line.available.to_string(), "posted": line.posted.minor.to_string(),
            "pendingFold": line.pending_fold.minor.to_string(), "available": line.available.minor.to_string(),
        })
    });
    Ok(Json(lines.collect()))
}

/// What `mithaq verify` does, on the running wallet.
pub async fn verify(State(app): State<App>) -> Result<Json<Value>, SandboxError> {
    let report = app.wallet.reader().verify().await?;
    let checked: Vec<_> = report
        .checks
        .iter()
        .map(|check| {
            let detail = check.example.as_ref().map(|example| format!("{} broken, such as {example}", check.broken));
            json!({"name": check.name, "count": check.count, "ok": check.broken == 0, "detail": detail})
        })
        .collect();
    Ok(Json(json!({"ok": report.ok(), "checked": checked})))
}

/// The names of users and merchants by their accounts' owner.
pub async fn names(shared: &Shared) -> Result<HashMap<Owner, String>, SandboxError> {
    let mut names = HashMap::new();
    for user in shared.wallet.reader().users().await? {
        names.insert(Owner::Hold(user.user_id.clone()), user.name.full.clone());
        names.insert(Owner::User(user.user_id), user.name.full);
    }
    for (_, merchant) in shared.wallet.reader().clients().await? {
        names.insert(Owner::Merchant(merchant.merchant_id), merchant.name);
    }
    Ok(names)
}
