//! Contracts, payments, accounts, and the proof.

use super::error::SandboxError;
use super::{notifications, views};
use crate::state::{App, Shared};
use axum::Json;
use axum::extract::{Path, State};
use mithaq_domain::{Owner, Product};
use mithaq_store::{OutboxFilter, PaymentView};
use mithaq_types::PaymentId;
use serde_json::{Value, json};
use std::collections::HashMap;

pub async fn contracts(State(app): State<App>) -> Result<Json<Value>, SandboxError> {
    let newest_first = app.wallet.reader().contracts(None).await?;
    Ok(Json(newest_first.iter().rev().map(|view| views::contract(&app, view)).collect()))
}

pub async fn payments(State(app): State<App>) -> Result<Json<Value>, SandboxError> {
    let reader = app.wallet.reader();
    let (newest_first, cards) = (reader.standings().await?, reader.cards(None).await?);
    let known = newest_first.iter().filter(|(payment, _)| payment.product != Product::Withdrawn);
    Ok(Json(known.rev().map(|(payment, state)| views::payment(&app, payment, state, &cards)).collect()))
}

/// A payment with what it moved and what it caused.
pub async fn payment(State(app): State<App>, Path(id): Path<String>) -> Result<Json<Value>, SandboxError> {
    let id = PaymentId::new(id);
    let found = app.wallet.reader().payment(id.clone()).await?;
    let Some(PaymentView { payment, state, operations }) = found else {
        return Err(SandboxError::not_found("There is no payment with this paymentId; see GET payments."));
    };
    let cards = app.wallet.reader().cards(None).await?;
    let names = names(&app).await?;
    let label = |account: &str| views::account_label(account, &|owner| names.get(owner).cloned());
    let postings = app.wallet.reader().postings(id.clone()).await?;
    let postings: Vec<_> = postings
        .iter()
        .map(|line| {
            let operation_id = (line.transaction_id != id.as_str()).then_some(&line.transaction_id);
            json!({
                "account": line.account, "label": label(&line.account), "amount": crate::amount(line.amount),
                "display": line.amount.to_string(), "cause": line.cause, "operationId": operation_id,
            })
        })
        .collect();
    let outbox = app.wallet.reader().outbox(OutboxFilter::Payment(id.clone())).await?;
    let mut rows = Vec::new();
    for row in &outbox {
        rows.push(notifications::view(&app, row).await);
    }
    let mut messages = notifications::all_messages(&app).await?;
    messages.retain(|message| message["paymentId"] == json!(id));
    Ok(Json(json!({
        "payment": views::payment(&app, &payment, &state, &cards),
        "operations": operations.iter().map(|operation| views::operation(&app, operation)).collect::<Vec<_>>(),
        "postings": postings, "outbox": rows, "messages": messages,
    })))
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
async fn names(shared: &Shared) -> Result<HashMap<Owner, String>, SandboxError> {
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
