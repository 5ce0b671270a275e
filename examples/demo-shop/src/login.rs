//! Signing in with the wallet: a code of `my.getAuthCode` becomes a session to order in, a name to greet the user by, and
//! the subscription that this user has from an earlier visit.

use crate::error::ApiError;
use crate::events;
use crate::shop::Shop;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use mithaq_merchant::CustomerId;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::sync::Arc;

/// Body of `POST /api/login`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Login {
    auth_code: String,
}

/// Who the user is, as far as they agreed to tell: the names are empty after a silent sign-in.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Visitor {
    /// For `Authorization: Bearer`. The page keeps it only while it is open.
    session: String,
    /// For `GET /api/bell/{bell}`, which can send no headers.
    bell: String,
    /// The wallet's name for this user at this shop: the buyer in every order.
    customer_id: CustomerId,
    name: String,
    name_ar: String,
    subscription: Option<Box<RawValue>>,
}

/// Steps 6 to 8: `applyToken`, then `inquiryUserInfo`. The token is used once and dropped. `userId` is the same at every visit, and the
/// same as the `customerId` of a contract: that is how a shop knows its customers.
pub async fn login(
    State(shop): State<Arc<Shop>>,
    ask: Result<Json<Login>, JsonRejection>,
) -> Result<Json<Visitor>, ApiError> {
    let Json(Login { auth_code }) = ask?;
    let tokens = shop.wallet.apply_token(&auth_code).await?;
    let user = shop.wallet.inquiry_user_info(&tokens.access_token).await?;
    let subscription = shop.book.active_of(&user.user_id).map(|id| events::view(&shop, &id)).transpose()?;
    let (session, bell) = (shop.random_hex(16)?, shop.random_hex(16)?);
    shop.book.sign_in(session.clone(), bell.clone(), &user.user_id);
    Ok(Json(Visitor {
        session,
        bell,
        customer_id: user.user_id,
        name: user.user_name.map(|name| name.full_name).unwrap_or_default(),
        name_ar: user.user_name_in_arabic.map(|name| name.full_name).unwrap_or_default(),
        subscription,
    }))
}
