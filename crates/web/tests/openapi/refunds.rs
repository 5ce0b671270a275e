//! Refunds, in parts and as a whole, and how they stand (spec/qicard.md 7.4, 7.5; openapi.md 3.13, 3.14).

use super::shop::{AUTH_CAPTURE, ONLINE, Shop, dinars};
use crate::support::{CLIENT, OTHER_CLIENT, World, result_of};
use jiff::SignedDuration;
use mithaq_domain::Status;
use mithaq_types::ClientId;
use serde_json::{Value, json};

fn refund(id: &str, payment_id: &str, whole: i64) -> Value {
    json!({"refundRequestId": id, "paymentId": payment_id, "refundAmount": dinars(whole), "refundReason": "Damaged"})
}

#[tokio::test]
async fn parts_are_refunded_until_nothing_is_left_to_refund() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    // Something else was sold too, so that the merchant can give back what the fee was taken of.
    shop.paid(ONLINE, "INV-0").await;
    let payment_id = shop.paid(ONLINE, "INV-1").await;
    let first = shop.call("payments/refund", &refund("RF-1", &payment_id, 4_000)).await;
    assert_eq!(result_of(&first), "S SUCCESS");
    assert!(first["refundTime"].is_string() && first["refundId"].as_str().is_some_and(|id| id.len() == 35), "{first}");
    assert_eq!(shop.call("payments/refund", &refund("RF-1", &payment_id, 4_000)).await, first, "once");
    assert_eq!(shop.result("payments/refund", &refund("RF-2", &payment_id, 6_001)).await, "F REFUND_AMOUNT_EXCEED");
    assert_eq!(shop.result("payments/refund", &refund("RF-3", &payment_id, 6_000)).await, "S SUCCESS");
    assert_eq!(shop.result("payments/refund", &refund("RF-4", &payment_id, 1)).await, "F REFUND_AMOUNT_EXCEED");
    let known = shop.inquire(&payment_id).await;
    assert_eq!(known["paymentStatus"], "SUCCESS");
    let all: Vec<_> = known["transactions"].as_array().expect("a list").iter().collect();
    let requests: Vec<_> =
        all.iter().map(|one| (one["transactionRequestId"].clone(), one["transactionStatus"].clone())).collect();
    let expected = [("RF-1", "SUCCESS"), ("RF-2", "FAIL"), ("RF-3", "SUCCESS"), ("RF-4", "FAIL")];
    assert_eq!(requests, expected.map(|(id, status)| (json!(id), json!(status))));
    assert!(all.iter().all(|one| one["transactionType"] == "REFUND"));
}

#[tokio::test]
async fn a_refund_is_inquired_by_either_id_and_a_refused_one_says_why() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let payment_id = shop.paid(ONLINE, "INV-1").await;
    let done = shop.call("payments/refund", &refund("RF-1", &payment_id, 4_000)).await;
    let known = shop.call("payments/inquiryRefund", &json!({"refundRequestId": "RF-1"})).await;
    assert_eq!((&known["refundStatus"], &known["refundAmount"]), (&json!("SUCCESS"), &dinars(4_000)));
    assert_eq!((&known["refundId"], &known["refundTime"]), (&done["refundId"], &done["refundTime"]));
    assert_eq!(known["refundReason"], "Damaged");
    let by_id = json!({"refundId": done["refundId"], "refundRequestId": "another"});
    assert_eq!(shop.call("payments/inquiryRefund", &by_id).await, known, "the wallet's id wins");
    let refused = shop.call("payments/refund", &refund("RF-2", &payment_id, 6_001)).await;
    let known = shop.call("payments/inquiryRefund", &json!({"refundId": refused["refundId"]})).await;
    assert_eq!((&known["refundStatus"], &known["refundRequestId"]), (&json!("FAIL"), &json!("RF-2")));
    let reason = known["refundFailReason"].as_str().expect("a reason");
    assert!(reason.starts_with("REFUND_AMOUNT_EXCEED") && known.get("refundTime").is_none(), "{known}");
}

#[tokio::test]
async fn a_refund_that_was_never_accepted_does_not_exist_nor_does_another_clients() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let unknown = json!({"refundRequestId": "RF-1"});
    assert_eq!(shop.result("payments/inquiryRefund", &unknown).await, "F REFUND_NOT_EXIST");
    let payment_id = shop.paid(ONLINE, "INV-1").await;
    assert_eq!(shop.result("payments/refund", &refund("RF-1", "1", 1)).await, "F ORDER_NOT_EXIST");
    assert_eq!(shop.result("payments/inquiryRefund", &unknown).await, "F REFUND_NOT_EXIST");
    let done = shop.call("payments/refund", &refund("RF-1", &payment_id, 1)).await;
    let other = Shop { world: &world, client: OTHER_CLIENT };
    for about in [unknown, json!({"refundId": done["refundId"]})] {
        assert_eq!(other.result("payments/inquiryRefund", &about).await, "F REFUND_NOT_EXIST");
    }
}

#[tokio::test]
async fn the_same_refund_id_with_another_amount_is_another_request() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let payment_id = shop.paid(ONLINE, "INV-1").await;
    assert_eq!(shop.result("payments/refund", &refund("RF-1", &payment_id, 1)).await, "S SUCCESS");
    assert_eq!(shop.result("payments/refund", &refund("RF-1", &payment_id, 2)).await, "F REPEAT_REQ_INCONSISTENT");
    let other = shop.paid(ONLINE, "INV-2").await;
    assert_eq!(shop.result("payments/refund", &refund("RF-1", &other, 1)).await, "F REPEAT_REQ_INCONSISTENT");
}

#[tokio::test]
async fn what_cannot_be_refunded_says_why() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let open = shop.accepted(ONLINE, "INV-1").await;
    let open = open["paymentId"].as_str().expect("an id");
    assert_eq!(shop.result("payments/refund", &refund("RF-1", open, 1)).await, "F ORDER_STATUS_INVALID");
    let held = shop.paid(AUTH_CAPTURE, "INV-2").await;
    assert_eq!(shop.result("payments/refund", &refund("RF-2", &held, 1)).await, "F ORDER_STATUS_INVALID");
    let paid = shop.paid(ONLINE, "INV-3").await;
    let mut foreign = refund("RF-3", &paid, 1);
    foreign["refundAmount"]["currency"] = json!("XYZ");
    assert_eq!(shop.result("payments/refund", &foreign).await, "F CURRENCY_NOT_SUPPORT");
    let stop = |status| world.app.wallet.set_merchant_status(ClientId::new(CLIENT), status);
    stop(Status::Suspended).await.expect("suspended");
    assert_eq!(shop.result("payments/refund", &refund("RF-4", &paid, 1)).await, "F PARTNER_STATUS_ABNORMAL");
    stop(Status::Active).await.expect("active");
    world.pass(SignedDuration::from_hours(24 * 366));
    assert_eq!(shop.result("payments/refund", &refund("RF-5", &paid, 1)).await, "F REFUND_WINDOW_EXCEED");
}

#[tokio::test]
async fn a_refund_may_name_the_capture_it_is_of_and_no_other() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let payment_id = shop.paid(AUTH_CAPTURE, "INV-1").await;
    let capture = json!({"captureRequestId": "C-1", "paymentId": payment_id, "captureAmount": dinars(4_000)});
    let captured = shop.call("payments/capture", &capture).await;
    let mut of_capture = refund("RF-1", &payment_id, 1_000);
    of_capture["captureId"] = captured["captureId"].clone();
    assert_eq!(shop.result("payments/refund", &of_capture).await, "S SUCCESS");
    assert_eq!(shop.result("payments/refund", &refund("RF-2", &payment_id, 3_001)).await, "F REFUND_AMOUNT_EXCEED");
    let mut of_nothing = refund("RF-3", &payment_id, 1_000);
    of_nothing["captureId"] = json!("2".repeat(35));
    assert_eq!(shop.result("payments/refund", &of_nothing).await, "F ORDER_NOT_EXIST");
}

#[tokio::test]
async fn a_refund_that_the_merchant_has_not_the_money_for_is_refused_for_good() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    // A refund leaves the fee where it is: what the merchant has is less than what was paid.
    let payment_id = shop.paid(ONLINE, "INV-1").await;
    let whole = refund("RF-1", &payment_id, 10_000);
    assert_eq!(shop.result("payments/refund", &whole).await, "F MERCHANT_BALANCE_NOT_ENOUGH");
    shop.paid(ONLINE, "INV-2").await;
    assert_eq!(shop.result("payments/refund", &whole).await, "F MERCHANT_BALANCE_NOT_ENOUGH");
    assert_eq!(shop.result("payments/refund", &refund("RF-2", &payment_id, 10_000)).await, "S SUCCESS");
}

#[tokio::test]
async fn what_was_deducted_under_a_contract_is_refunded_and_cancelled_like_any_payment() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let token = shop.contract().await;
    let mut ids = Vec::new();
    for id in ["SUB-1", "SUB-2"] {
        let paid = shop.call("payments/pay", &Shop::charge(&token, id)).await;
        assert_eq!(result_of(&paid), "S SUCCESS");
        ids.push(paid["paymentId"].as_str().expect("an id").to_owned());
    }
    assert_eq!(shop.result("payments/refund", &refund("RF-1", &ids[0], 2_000)).await, "S SUCCESS");
    assert_eq!(shop.result("payments/cancel", &json!({"paymentRequestId": "SUB-2"})).await, "S SUCCESS");
    for (id, kind) in ids.iter().zip(["REFUND", "CANCEL"]) {
        let known = shop.inquire(id).await;
        let all = known["transactions"].as_array().expect("a list");
        assert_eq!((all.len(), &all[0]["transactionType"]), (1, &json!(kind)), "{known}");
    }
    assert_eq!(
        shop.result("payments/void", &json!({"paymentId": ids[0], "voidRequestId": "V-1"})).await,
        "F ORDER_UNSUPPORTED_OPERATION"
    );
}
