//! Orders as their buyer makes and sees them. What `my.tradePay` said on the page is not asked here: only the wallet's own
//! word counts.

use crate::asking;
use crate::error::ApiError;
use crate::goods::Goods;
use crate::order::{Act, Order, Who, Wish};
use crate::session::Customer;
use crate::shop::Shop;
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use mithaq_merchant::Language;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::sync::Arc;

/// An order as its asker sees it, or why not.
pub type Answer = Result<Json<Box<RawValue>>, ApiError>;

/// Body of `POST /api/orders`.
#[derive(Deserialize)]
pub struct Ask {
    goods: Goods,
    once: String,
    #[serde(default)]
    language: Option<Language>,
}

/// Answer of `GET /api/orders`.
#[derive(Serialize)]
pub struct Orders {
    pub(crate) orders: Vec<Box<RawValue>>,
}

/// `POST /api/orders`: steps 9 to 12. The order is written down, then the wallet is asked for its cashier.
pub async fn order(
    State(shop): State<Arc<Shop>>,
    Customer(customer): Customer,
    ask: Result<Json<Ask>, JsonRejection>,
) -> Answer {
    let Json(Ask { goods, once, language }) = ask?;
    check_key(&once)?;
    let id = shop.book.order(Wish {
        id: shop.order_id()?,
        once,
        customer: Some(customer),
        goods: Some(goods),
        way: goods.way(),
        amount: goods.price(),
        description: goods.name().of(language.unwrap_or(Language::EnUs)),
        payment_code: None,
        at: shop.now(),
    });
    asking::pay(&shop, &id).await?;
    tell(&shop, &id, Who::Customer)
}

/// `GET /api/orders`.
pub async fn list(State(shop): State<Arc<Shop>>, Customer(customer): Customer) -> Result<Json<Orders>, ApiError> {
    let theirs = |order: &Order| order.wish.customer.as_ref() == Some(&customer);
    let orders = shop.book.orders(theirs, |order| write(order, Who::Customer));
    Ok(Json(Orders { orders: orders.into_iter().collect::<Result<_, _>>()? }))
}

/// `GET /api/orders/{id}`.
pub async fn show(State(shop): State<Arc<Shop>>, Customer(customer): Customer, Path(id): Path<String>) -> Answer {
    is_theirs(&shop, &id, &customer)?;
    tell(&shop, &id, Who::Customer)
}

/// `POST /api/orders/{id}/{action}`: `pay`, `check`, `cancel` or `received`.
pub async fn act(
    State(shop): State<Arc<Shop>>,
    Customer(customer): Customer,
    Path((id, action)): Path<(String, String)>,
) -> Answer {
    is_theirs(&shop, &id, &customer)?;
    match action.as_str() {
        "pay" => asking::pay(&shop, &id).await?,
        "check" => asking::check(&shop, &id).await?,
        "cancel" => asking::operate(&shop, Who::Customer, &id, Act::Cancel, None).await?,
        "received" => asking::operate(&shop, Who::Customer, &id, Act::Confirm, None).await?,
        _ => return Err(ApiError::not_found()),
    }
    tell(&shop, &id, Who::Customer)
}

/// The order `id` as `who` sees it now.
pub fn tell(shop: &Shop, id: &str, who: Who) -> Answer {
    let written = shop.book.read_order(id, |order| write(order, who));
    written.ok_or_else(ApiError::order_unknown)?.map(Json)
}

/// The same of an order in hand.
pub fn write(order: &Order, who: Who) -> Result<Box<RawValue>, ApiError> {
    let written = serde_json::value::to_raw_value(&order.view(who));
    written.map_err(|_| ApiError::internal("an order that cannot be written"))
}

/// A key for one press of a button.
pub fn check_key(once: &str) -> Result<(), ApiError> {
    let shaped = once.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if shaped && (8..=64).contains(&once.len()) { Ok(()) } else { Err(ApiError::illegal("once")) }
}

/// Another customer's order is as unknown as one that was never made.
fn is_theirs(shop: &Shop, id: &str, customer: &mithaq_merchant::CustomerId) -> Result<(), ApiError> {
    let theirs = shop.book.read_order(id, |order| order.wish.customer.as_ref() == Some(customer));
    if theirs == Some(true) { Ok(()) } else { Err(ApiError::order_unknown()) }
}
