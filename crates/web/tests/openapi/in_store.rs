//! Paying by showing a code (spec/openapi.md 3.7, In-store rules).

use super::shop::{IN_STORE, Shop};
use crate::support::{CLIENT, SARA, World, result_of};
use jiff::SignedDuration;
use mithaq_domain::{Status, UserStatus};
use mithaq_types::{ClientId, UserId};
use serde_json::{Value, json};

fn sale(id: &str, code: &str, value: &str) -> Value {
    json!({
        "productCode": IN_STORE, "paymentRequestId": id, "paymentAuthCode": code,
        "paymentAmount": {"currency": "IQD", "value": value}, "order": {"orderDescription": "Bread"},
    })
}

#[tokio::test]
async fn a_shown_code_pays_at_once_and_once() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let code = shop.payment_code().await;
    assert!(code.len() == 18 && code.starts_with("28"), "{code}");
    let paid = shop.call("payments/pay", &sale("S-1", &code, "2500000")).await;
    assert_eq!(result_of(&paid), "S SUCCESS");
    assert!(paid["paymentTime"].is_string() && paid.get("redirectActionForm").is_none(), "{paid}");
    assert_eq!(shop.call("payments/pay", &sale("S-1", &code, "2500000")).await, paid, "the same request");
    assert_eq!(shop.result("payments/pay", &sale("S-2", &code, "2500000")).await, "F AUTH_CODE_ALREADY_USED");
    assert_eq!(shop.status(paid["paymentId"].as_str().expect("an id")).await, "SUCCESS");
}

#[tokio::test]
async fn a_code_that_nobody_shows_or_that_is_older_than_a_minute_is_invalid() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    assert_eq!(shop.result("payments/pay", &sale("S-1", "280000000000000000", "1000")).await, "F INVALID_CODE");
    let code = shop.payment_code().await;
    world.pass(SignedDuration::from_secs(60));
    let late = shop.call("payments/pay", &sale("S-2", &code, "1000")).await;
    assert_eq!(result_of(&late), "F INVALID_CODE");
    assert_eq!(shop.status(late["paymentId"].as_str().expect("an id")).await, "FAIL", "for good");
}

#[tokio::test]
async fn whoever_may_not_pay_pays_nothing_with_a_code() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let user = || UserId::new(SARA.user_id);
    let wallet = &world.app.wallet;
    let (first, second) = (shop.payment_code().await, shop.payment_code().await);
    wallet.set_user(user(), UserStatus::Restricted).await.expect("restricted");
    assert_eq!(shop.result("payments/pay", &sale("S-1", &first, "1000")).await, "F RISK_REJECT");
    wallet.set_user(user(), UserStatus::Frozen).await.expect("frozen");
    assert_eq!(shop.result("payments/pay", &sale("S-2", &second, "1000")).await, "F USER_STATUS_ABNORMAL");
    wallet.set_user(user(), UserStatus::Active).await.expect("active");
    let dear = sale("S-3", &shop.payment_code().await, "250001000");
    assert_eq!(shop.result("payments/pay", &dear).await, "F USER_BALANCE_NOT_ENOUGH");
    let limit = sale("S-4", &shop.payment_code().await, "1000001000");
    assert_eq!(shop.result("payments/pay", &limit).await, "F PAYMENT_AMOUNT_EXCEED_LIMIT");
    let code = shop.payment_code().await;
    wallet.set_merchant_status(ClientId::new(CLIENT), Status::Suspended).await.expect("suspended");
    assert_eq!(shop.result("payments/pay", &sale("S-5", &code, "1000")).await, "F PARTNER_STATUS_ABNORMAL");
}
