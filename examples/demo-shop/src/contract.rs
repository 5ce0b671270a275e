//! The contract: prepared (steps 1 to 4), exchanged for a token once signed (11 to 13), ended.

use crate::error::ApiError;
use crate::events::{self, Answer};
use crate::offer::Plan;
use crate::shop::Shop;
use crate::subscription::Subscription;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use mithaq_merchant::{Language, PrepareRequest};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Body of `POST /api/prepare`.
#[derive(Deserialize)]
pub struct Prepare {
    language: Language,
    plan: Plan,
}

/// Answer of `POST /api/prepare`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Prepared {
    auth_url: String,
}

/// Steps 1 to 4: what the user will read and agree to, in the language of the page, becomes an address.
pub async fn prepare(
    State(shop): State<Arc<Shop>>,
    ask: Result<Json<Prepare>, JsonRejection>,
) -> Result<Json<Prepared>, ApiError> {
    let Json(Prepare { language, plan }) = ask?;
    let mut terms = PrepareRequest::new(language, plan.description(language));
    terms.contract_title = Some(plan.title(language).to_owned());
    // The wallet refuses any single charge above this: the user need not trust the shop.
    terms.agreed_amount = Some(plan.price());
    terms.contract_status_notify_url = Some(shop.notify_url("contract"));
    let prepared = shop.wallet.prepare(&terms).await?;
    Ok(Json(Prepared { auth_url: prepared.auth_url }))
}

/// Body of `POST /api/subscribe`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subscribe {
    auth_code: String,
}

/// Steps 11 to 13: the code becomes an access token that stays here, and a subscription that the page is told about.
///
/// Handing the same code over again, for example because the answer was lost, finds the same subscription.
pub async fn subscribe(State(shop): State<Arc<Shop>>, ask: Result<Json<Subscribe>, JsonRejection>) -> Answer {
    let Json(Subscribe { auth_code }) = ask?;
    let _one_at_a_time = shop.exchange.lock().await;
    if let Some(id) = shop.book.made_from(&auth_code) {
        return events::tell(&shop, &id);
    }
    let tokens = shop.wallet.apply_token(&auth_code).await?;
    let (id, reference) = (shop.random_hex(16)?, shop.random_hex(6)?);
    shop.book.add(Subscription::signed(id.clone(), reference, auth_code, tokens, shop.now()));
    events::tell(&shop, &id)
}

/// Body of `POST /api/cancel` and `POST /api/charge`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Chosen {
    /// The key that the page was given.
    pub subscription_id: String,
}

/// Ends the contract: `/v1/authorizations/cancelToken`. Repeating it is harmless, here and at the wallet.
pub async fn cancel(State(shop): State<Arc<Shop>>, ask: Result<Json<Chosen>, JsonRejection>) -> Answer {
    let Json(Chosen { subscription_id: id }) = ask?;
    let token = shop.book.read(&id, |subscription| subscription.tokens.access_token.clone());
    shop.wallet.cancel_token(&token.ok_or_else(ApiError::subscription_unknown)?).await?;
    shop.book.change(&id, |subscription| subscription.cancelled(shop.now()));
    events::tell(&shop, &id)
}
