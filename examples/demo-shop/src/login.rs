//! Signing in with the wallet: a code of `my.getAuthCode` becomes a name to greet the user by, and the subscription that
//! this user has from an earlier visit.

use crate::error::ApiError;
use crate::events;
use crate::shop::Shop;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::sync::Arc;

/// Body of `POST /api/login`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Login {
    auth_code: String,
}

/// Who the user is, as far as they agreed to tell.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Visitor {
    name: String,
    name_ar: String,
    subscription: Option<Box<RawValue>>,
}

/// `applyToken`, then `inquiryUserInfo`. The token is used once and dropped. `userId` is the same at every visit, and the
/// same as the `customerId` of a contract: that is how a shop knows its customers.
pub async fn login(
    State(shop): State<Arc<Shop>>,
    ask: Result<Json<Login>, JsonRejection>,
) -> Result<Json<Visitor>, ApiError> {
    let Json(Login { auth_code }) = ask?;
    let tokens = shop.wallet.apply_token(&auth_code).await?;
    let user = shop.wallet.inquiry_user_info(&tokens.access_token).await?;
    let subscription = shop.book.active_of(&user.user_id).map(|id| events::view(&shop, &id)).transpose()?;
    Ok(Json(Visitor {
        name: user.user_name.map(|name| name.full_name).unwrap_or_default(),
        name_ar: user.user_name_in_arabic.map(|name| name.full_name).unwrap_or_default(),
        subscription,
    }))
}
