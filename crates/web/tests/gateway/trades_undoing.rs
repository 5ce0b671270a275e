//! `alipay.trade.close` and `alipay.trade.cancel`: what is unpaid is closed, what was paid today goes back
//! (spec/alipay-agreement.md 2.10, 2.11).

use super::trades_shop::{Shop, deduction, with, world};
use crate::support::SARA;
use jiff::SignedDuration;
use mithaq_domain::Source;
use serde_json::json;

#[tokio::test]
async fn only_a_trade_that_waits_for_its_payer_is_closed() {
    let world = world().await;
    let shop = Shop::of(&world);
    shop.agreement(&SARA, None).await;
    let trade = shop.waiting("T1", &SARA).await;
    let closed = json!({"code": "10000", "msg": "Success", "trade_no": trade, "out_trade_no": "T1"});
    assert_eq!(shop.done("close", &json!({"out_trade_no": "T1", "operator_id": "O1"})).await, closed);
    assert_eq!(shop.done("close", &json!({"trade_no": trade})).await, closed, "it is closed already");
    assert_eq!(shop.done("query", &json!({"trade_no": trade})).await["trade_status"], "TRADE_CLOSED");
    assert!(shop.confirm(&trade, &SARA, Source::Balance).await.is_err());
    let paid = shop.deducted("D1").await;
    assert_eq!(shop.refused("close", &json!({"trade_no": paid})).await, "ACQ.TRADE_STATUS_ERROR");
    assert_eq!(
        shop.refused("close", &json!({"trade_no": trade, "operator_id": "x".repeat(29)})).await,
        "ACQ.INVALID_PARAMETER"
    );
}

#[tokio::test]
async fn cancelling_closes_what_is_unpaid() {
    let world = world().await;
    let shop = Shop::of(&world);
    shop.agreement(&SARA, None).await;
    let trade = shop.waiting("T1", &SARA).await;
    let cancelled = shop.done("cancel", &json!({"out_trade_no": "T1"})).await;
    let expected = json!({
        "code": "10000", "msg": "Success", "trade_no": trade, "out_trade_no": "T1", "retry_flag": "N", "action": "close",
    });
    assert_eq!(cancelled, expected);
    assert_eq!(shop.done("cancel", &json!({"trade_no": trade})).await, expected, "again is the same again");
}

#[tokio::test]
async fn cancelling_gives_back_all_of_what_was_paid_today() {
    let world = world().await;
    let shop = Shop::of(&world);
    let before = shop.books().await.len();
    let trade = shop.deducted("D1").await;
    let cancelled = shop.done("cancel", &json!({"out_trade_no": "D1"})).await;
    assert_eq!((&cancelled["action"], &cancelled["retry_flag"]), (&json!("refund"), &json!("N")));
    assert_eq!(world.cents(&SARA).await, 50_000);
    assert!(shop.books().await.len() > before);
    let books = shop.books().await;
    assert_eq!(shop.done("cancel", &json!({"trade_no": trade})).await["action"], "refund");
    assert_eq!(shop.books().await, books, "once");
    assert_eq!(shop.done("query", &json!({"trade_no": trade})).await["trade_status"], "TRADE_CLOSED");
}

#[tokio::test]
async fn a_deduction_that_is_cancelled_gives_no_period_back() {
    let world = world().await;
    let shop = Shop::of(&world);
    let agreement = shop.agreement(&SARA, Some(super::trades_shop::monthly(super::trades_shop::TOMORROW))).await;
    shop.done("pay", &deduction("D1", &agreement, "CYCLE_PAY_AUTH")).await;
    shop.done("cancel", &json!({"out_trade_no": "D1"})).await;
    let again = deduction("D2", &agreement, "CYCLE_PAY_AUTH");
    assert_eq!(shop.refused("pay", &again).await, "ACQ.CYCLE_PAY_DATE_NOT_MATCH");
}

#[tokio::test]
async fn a_number_that_nothing_came_with_has_no_action() {
    let world = world().await;
    let shop = Shop::of(&world);
    let answer = shop.done("cancel", &json!({"out_trade_no": "D1"})).await;
    assert_eq!(answer, json!({"code": "10000", "msg": "Success", "out_trade_no": "D1", "retry_flag": "N"}));
    assert_eq!(shop.done("cancel", &json!({"out_trade_no": "D1"})).await, answer);
    let by_id = shop.done("cancel", &json!({"trade_no": "1"})).await;
    assert_eq!(by_id, json!({"code": "10000", "msg": "Success", "retry_flag": "N"}));
    assert_eq!(shop.refused("cancel", &json!({})).await, "ACQ.INVALID_PARAMETER");
}

#[tokio::test]
async fn a_payment_of_the_other_surface_or_of_another_merchant_is_not_cancelled_here() {
    let world = world().await;
    let shop = Shop::of(&world);
    let payment = world.order_with(|order| order.request_id = "P1".into()).await;
    let trade = shop.deducted("D1").await;
    for nothing in [json!({"out_trade_no": "P1"}), json!({"trade_no": payment.payment_id.as_str()})] {
        assert!(shop.done("cancel", &nothing).await.get("action").is_none());
    }
    assert_eq!(world.status_of(&payment).await, mithaq_domain::PaymentStatus::Open);
    assert!(Shop::other(&world).done("cancel", &json!({"trade_no": trade})).await.get("action").is_none());
    assert_eq!(world.cents(&SARA).await, 49_000);
}

#[tokio::test]
async fn what_was_paid_on_another_day_is_refunded_and_not_cancelled() {
    let world = world().await;
    let shop = Shop::of(&world);
    let trade = shop.deducted("D1").await;
    world.pass(SignedDuration::from_hours(24));
    assert_eq!(shop.refused("cancel", &json!({"trade_no": trade})).await, "ACQ.TRADE_CANCEL_TIME_OUT");
    world.pass(SignedDuration::from_hours(24 * 365));
    assert_eq!(shop.refused("cancel", &json!({"trade_no": trade})).await, "ACQ.TRADE_HAS_FINISHED");
}

#[tokio::test]
async fn what_was_refunded_is_not_cancelled() {
    let world = world().await;
    let shop = Shop::of(&world);
    let trade = shop.deducted("D1").await;
    let part = json!({"trade_no": trade, "refund_amount": "1.00", "out_request_no": "R1"});
    shop.done("refund", &part).await;
    assert_eq!(shop.refused("cancel", &json!({"trade_no": trade})).await, "ACQ.CANCEL_NOT_ALLOWED");
}

#[tokio::test]
async fn what_the_merchant_no_longer_has_is_not_given_back() {
    let world = world().await;
    let shop = Shop::of(&world);
    let first = shop.deducted("D1").await;
    let second = shop.deducted("D2").await;
    // The fees stay with the wallet: refunding the first takes from what the second brought.
    let whole = json!({"trade_no": first, "refund_amount": "10.00"});
    shop.done("refund", &whole).await;
    assert_eq!(shop.refused("cancel", &json!({"trade_no": second})).await, "ACQ.SELLER_BALANCE_NOT_ENOUGH");
    let gone = with(&json!({}), "trade_no", json!(first));
    assert_eq!(shop.refused("cancel", &gone).await, "ACQ.CANCEL_NOT_ALLOWED");
}
