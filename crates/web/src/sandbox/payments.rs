//! Payments and all that belongs to them: how they stand, what happened to them, codes, cards, transfers.

use super::error::{Body, SandboxError};
use super::ledger::names;
use super::{notifications, views};
use crate::state::App;
use axum::Json;
use axum::extract::{Path, State};
use mithaq_domain::Product;
use mithaq_store::{OutboxFilter, PaymentView};
use mithaq_types::PaymentId;
use serde::Deserialize;
use serde_json::{Value, json};

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

/// What happened to payments, oldest first.
pub async fn operations(State(app): State<App>) -> Result<Json<Value>, SandboxError> {
    let newest_first = app.wallet.reader().operations().await?;
    Ok(Json(newest_first.iter().rev().map(|operation| views::operation(&app, operation)).collect()))
}

/// Codes that users were given to show, oldest first.
pub async fn codes(State(app): State<App>) -> Result<Json<Value>, SandboxError> {
    let newest_first = app.wallet.reader().payment_codes().await?;
    Ok(Json(newest_first.iter().rev().map(|code| views::payment_code(&app, code)).collect()))
}

/// Money from one user to another, oldest first.
pub async fn transfers(State(app): State<App>) -> Result<Json<Value>, SandboxError> {
    let newest_first = app.wallet.reader().transfers().await?;
    Ok(Json(newest_first.iter().rev().map(|transfer| views::transfer(&app, transfer)).collect()))
}

/// A payment to stop, or to let go on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Freeze {
    frozen: bool,
}

/// The operator stops a payment that is in dispute.
pub async fn freeze(
    State(app): State<App>,
    Path(id): Path<String>,
    Body(body): Body<Freeze>,
) -> Result<Json<Value>, SandboxError> {
    let (payment, state) = app.wallet.freeze_payment(PaymentId::new(id), body.frozen).await?;
    let cards = app.wallet.reader().cards(None).await?;
    Ok(Json(views::payment(&app, &payment, &state, &cards)))
}
