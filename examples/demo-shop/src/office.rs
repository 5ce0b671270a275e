//! The merchant's own side: all orders, the till, and what people do with a payment after it was made.

pub mod door;

use crate::asking;
use crate::buying::{self, Answer, Orders};
use crate::error::ApiError;
use crate::goods::{AT_THE_TILL, Way};
use crate::order::{Act, Who, Wish};
use crate::shop::Shop;
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use mithaq_merchant::{Currency, Language, Money};
use serde::Deserialize;
use std::sync::Arc;

/// A shown code has 18 digits and begins with these.
const CODE_BEGINS: &str = "28";
const CODE_DIGITS: usize = 18;

/// Body of `POST /api/office/till`.
#[derive(Deserialize)]
pub struct Till {
    /// Fils, as text.
    amount: String,
    /// The digits under the code that the customer shows.
    code: String,
    once: String,
}

/// Body of `POST /api/office/orders/{id}/{action}`.
#[derive(Deserialize)]
pub struct Part {
    /// Fils, as text. All that is left, if absent.
    amount: Option<String>,
}

/// `GET /api/office/orders`.
pub async fn orders(State(shop): State<Arc<Shop>>) -> Result<Json<Orders>, ApiError> {
    let orders = shop.book.orders(|_| true, |order| buying::write(order, Who::Office));
    Ok(Json(Orders { orders: orders.into_iter().collect::<Result<_, _>>()? }))
}

/// `POST /api/office/till`: the customer shows a code, and has paid when this answers. The code is good for a minute and
/// for one payment; while the answer is missing, the same payment is asked for again.
pub async fn till(State(shop): State<Arc<Shop>>, ask: Result<Json<Till>, JsonRejection>) -> Answer {
    let Json(Till { amount, code, once }) = ask?;
    buying::check_key(&once)?;
    let code: String = code.chars().filter(|character| !character.is_whitespace()).collect();
    let shaped = code.len() == CODE_DIGITS && code.starts_with(CODE_BEGINS);
    if !shaped || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ApiError::illegal("code"));
    }
    let id = shop.book.order(Wish {
        id: shop.order_id()?,
        once,
        customer: None,
        goods: None,
        way: Way::InStore,
        amount: fils(&amount)?,
        description: AT_THE_TILL.of(Language::EnUs),
        payment_code: Some(code),
        at: shop.now(),
    });
    asking::pay(&shop, &id).await?;
    buying::tell(&shop, &id, Who::Office)
}

/// `POST /api/office/orders/{id}/{action}`.
pub async fn act(
    State(shop): State<Arc<Shop>>,
    Path((id, action)): Path<(String, String)>,
    ask: Result<Json<Part>, JsonRejection>,
) -> Answer {
    let Json(Part { amount }) = ask?;
    shop.book.read_order(&id, |_| ()).ok_or_else(ApiError::order_unknown)?;
    let act = match action.as_str() {
        "capture" => Some(Act::Capture),
        "void" => Some(Act::Void),
        "accept" => Some(Act::Accept),
        "refund" => Some(Act::Refund),
        "cancel" => Some(Act::Cancel),
        "check" | "pay" => None,
        _ => return Err(ApiError::not_found()),
    };
    match act {
        Some(act) => {
            let amount = amount.as_deref().map(fils).transpose()?;
            asking::operate(&shop, Who::Office, &id, act, amount).await?;
        }
        None if action == "pay" => asking::pay(&shop, &id).await?,
        None => asking::check(&shop, &id).await?,
    }
    buying::tell(&shop, &id, Who::Office)
}

/// Digits as an amount.
fn fils(text: &str) -> Result<Money, ApiError> {
    let shaped = (1..=12).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let minor = text.parse().ok().filter(|minor| shaped && *minor > 0);
    minor.map(|minor| Money::new(minor, Currency::IQD)).ok_or_else(|| ApiError::illegal("amount"))
}
