//! Taking a payment back as a whole, paid or not (spec/qicard.md 7.9; openapi.md 3.9).

use super::shop::{ONLINE, Shop, dinars};
use crate::support::{OTHER_CLIENT, SARA, World, result_of};
use jiff::SignedDuration;
use mithaq_domain::{Refusal, Source};
use mithaq_wallet::Fault;
use serde_json::json;

#[tokio::test]
async fn a_cancelled_order_fails_and_cancelling_it_again_answers_with_the_first_time() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let answer = shop.accepted(ONLINE, "INV-1").await;
    let cancel = json!({"paymentRequestId": "INV-1"});
    let first = shop.call("payments/cancel", &cancel).await;
    assert_eq!((result_of(&first).as_str(), &first["paymentId"]), ("S SUCCESS", &answer["paymentId"]));
    world.pass(SignedDuration::from_mins(3));
    assert_eq!(shop.call("payments/cancel", &cancel).await, first);
    assert_eq!(shop.result("payments/pay", &Shop::order(ONLINE, "INV-1")).await, "F ORDER_STATUS_INVALID");
    let known = shop.inquire(answer["paymentId"].as_str().expect("an id")).await;
    assert_eq!(known["paymentStatus"], "FAIL");
    assert!(known["paymentFailReason"].as_str().is_some_and(|reason| reason.starts_with("ORDER_IS_CANCELED")));
    let refused = shop.confirm(&answer, &SARA, Source::Balance).await;
    assert!(matches!(refused, Err(Fault::Refused(Refusal::Payment(_)))), "{refused:?}");
}

#[tokio::test]
async fn an_id_that_is_cancelled_before_it_comes_cannot_come_any_more() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let cancel = json!({"paymentRequestId": "INV-1"});
    assert_eq!(shop.result("payments/cancel", &cancel).await, "F ORDER_NOT_EXIST");
    let late = shop.call("payments/pay", &Shop::order(ONLINE, "INV-1")).await;
    assert_eq!(result_of(&late), "F ORDER_IS_CANCELED");
    assert!(late.get("paymentId").is_none(), "it never became a payment: {late}");
    assert_eq!(shop.result("payments/inquiryPayment", &cancel).await, "F ORDER_NOT_EXIST");
    assert_eq!(shop.result("payments/cancel", &cancel).await, "F ORDER_NOT_EXIST");
    // Neither as another product.
    let token = shop.contract().await;
    let charge = shop.call("payments/pay", &Shop::charge(&token, "INV-1")).await;
    assert_eq!(result_of(&charge), "F ORDER_IS_CANCELED");
    assert!(charge.get("paymentId").is_none(), "{charge}");
    // The same id of another client is another request.
    Shop { client: OTHER_CLIENT, ..shop }.accepted(ONLINE, "INV-1").await;
}

#[tokio::test]
async fn what_was_paid_today_goes_back_as_a_whole_and_stays_a_success() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let payment_id = shop.paid(ONLINE, "INV-1").await;
    let cancel = json!({"paymentId": payment_id});
    let first = shop.call("payments/cancel", &cancel).await;
    assert_eq!(result_of(&first), "S SUCCESS");
    assert_eq!(shop.call("payments/cancel", &cancel).await, first);
    let known = shop.inquire(&payment_id).await;
    assert_eq!(known["paymentStatus"], "SUCCESS");
    let [back] = known["transactions"].as_array().expect("a list").as_slice() else { panic!("one: {known}") };
    assert_eq!((&back["transactionType"], &back["transactionStatus"]), (&json!("CANCEL"), &json!("SUCCESS")));
    assert_eq!(back["transactionAmount"]["value"], "10000000");
    assert!(back.get("transactionRequestId").is_none(), "{back}");
}

#[tokio::test]
async fn what_was_paid_on_another_day_or_refunded_in_part_is_not_cancelled() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let yesterdays = shop.paid(ONLINE, "INV-1").await;
    world.pass(SignedDuration::from_hours(24));
    let cancel = json!({"paymentId": yesterdays});
    assert_eq!(shop.result("payments/cancel", &cancel).await, "F CANCEL_WINDOW_EXCEED");
    let refunded = shop.paid(ONLINE, "INV-2").await;
    let refund = json!({"refundRequestId": "RF-1", "paymentId": refunded, "refundAmount": dinars(1)});
    assert_eq!(shop.result("payments/refund", &refund).await, "S SUCCESS");
    assert_eq!(shop.result("payments/cancel", &json!({"paymentId": refunded})).await, "F ORDER_STATUS_INVALID");
}

#[tokio::test]
async fn a_cancellation_that_the_merchant_has_not_the_money_for_is_refused() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let (first, second) = (shop.paid(ONLINE, "INV-1").await, shop.paid(ONLINE, "INV-2").await);
    // The fee of what was refunded stayed with the wallet: now the merchant has less than the second one brought.
    let refund = json!({"refundRequestId": "RF-1", "paymentId": first, "refundAmount": dinars(10_000)});
    assert_eq!(shop.result("payments/refund", &refund).await, "S SUCCESS");
    let cancel = json!({"paymentId": second});
    assert_eq!(shop.result("payments/cancel", &cancel).await, "F MERCHANT_BALANCE_NOT_ENOUGH");
    shop.paid(ONLINE, "INV-3").await;
    assert_eq!(shop.result("payments/cancel", &cancel).await, "S SUCCESS", "once it has");
}
