//! Money that is held: captured, given back, accepted, confirmed (spec/qicard.md 7.6, 7.7, 7.10; openapi.md 3.10 to 3.12).

use super::shop::{AUTH_CAPTURE, ESCROW, ONLINE, Shop, dinars};
use crate::support::{SARA, World, result_of};
use jiff::SignedDuration;
use mithaq_domain::Source;
use mithaq_types::{Currency, PaymentId, UserId};
use serde_json::{Value, json};

async fn balance(world: &World) -> i64 {
    let user_id = UserId::new(SARA.user_id);
    world.app.wallet.balance(&user_id, Currency::IQD).await.expect("readable").minor / 1000
}

fn capture(id: &str, payment_id: &str) -> Value {
    json!({"captureRequestId": id, "paymentId": payment_id})
}

fn void(id: &str, payment_id: &str) -> Value {
    json!({"voidRequestId": id, "paymentId": payment_id})
}

/// The transactions of a payment: type, status, amount.
async fn transactions(shop: &Shop<'_>, payment_id: &str) -> Vec<(String, String, String)> {
    let known = shop.inquire(payment_id).await;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let all = known["transactions"].as_array().expect("a list").iter();
    all.map(|one| {
        (text(&one["transactionType"]), text(&one["transactionStatus"]), text(&one["transactionAmount"]["value"]))
    })
    .collect()
}

fn line(kind: &str, status: &str, value: &str) -> (String, String, String) {
    (kind.into(), status.into(), value.into())
}

#[tokio::test]
async fn a_part_is_captured_and_the_rest_is_free_again() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let payment_id = shop.paid(AUTH_CAPTURE, "INV-1").await;
    assert_eq!(balance(&world).await, 240_000);
    let mut part = capture("C-1", &payment_id);
    part["captureAmount"] = dinars(4_000);
    let answer = shop.call("payments/capture", &part).await;
    assert_eq!(result_of(&answer), "S SUCCESS");
    assert_eq!((&answer["captureRequestId"], &answer["captureAmount"]), (&json!("C-1"), &dinars(4_000)));
    assert!(answer["captureId"].is_string() && answer["captureTime"].is_string(), "{answer}");
    assert_eq!(shop.call("payments/capture", &part).await, answer, "once");
    assert_eq!((shop.status(&payment_id).await.as_str(), balance(&world).await), ("SUCCESS", 246_000));
    assert_eq!(transactions(&shop, &payment_id).await, [line("CAPTURE", "SUCCESS", "4000000")]);
    part["captureAmount"] = dinars(5_000);
    assert_eq!(shop.result("payments/capture", &part).await, "F REPEAT_REQ_INCONSISTENT");
    assert_eq!(shop.result("payments/capture", &capture("C-2", &payment_id)).await, "F ORDER_STATUS_INVALID");
}

#[tokio::test]
async fn a_capture_without_an_amount_takes_all_of_it() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let payment_id = shop.paid(AUTH_CAPTURE, "INV-1").await;
    let answer = shop.call("payments/capture", &capture("C-1", &payment_id)).await;
    assert_eq!((result_of(&answer).as_str(), &answer["captureAmount"]), ("S SUCCESS", &dinars(10_000)));
    assert_eq!(balance(&world).await, 240_000);
}

#[tokio::test]
async fn a_payment_is_captured_once_so_that_there_is_no_capture_but_the_last() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let payment_id = shop.paid(AUTH_CAPTURE, "INV-1").await;
    let mut first_of_many = capture("C-1", &payment_id);
    first_of_many["isLastCapture"] = json!(false);
    let answer = shop.call("payments/capture", &first_of_many).await;
    assert_eq!(result_of(&answer), "F PARAM_ILLEGAL");
    assert!(answer["result"]["resultMessage"].as_str().is_some_and(|words| words.contains("isLastCapture")));
}

#[tokio::test]
async fn what_cannot_be_captured_says_why() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let open = shop.accepted(AUTH_CAPTURE, "INV-1").await;
    let open = open["paymentId"].as_str().expect("an id");
    assert_eq!(shop.result("payments/capture", &capture("C-1", open)).await, "F AUTH_NOT_FOUND");
    assert_eq!(shop.result("payments/capture", &capture("C-2", &"2".repeat(35))).await, "F AUTH_NOT_FOUND");
    let held = shop.paid(AUTH_CAPTURE, "INV-2").await;
    let mut more = capture("C-3", &held);
    more["captureAmount"] = dinars(10_001);
    assert_eq!(shop.result("payments/capture", &more).await, "F CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT");
    assert_eq!(shop.result("payments/capture", &more).await, "F CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT", "for good");
    assert_eq!(transactions(&shop, &held).await, [line("CAPTURE", "FAIL", "10001000")]);
    let escrow = shop.paid(ESCROW, "INV-3").await;
    assert_eq!(shop.result("payments/capture", &capture("C-4", &escrow)).await, "F ORDER_UNSUPPORTED_OPERATION");
    let voided = shop.paid(AUTH_CAPTURE, "INV-4").await;
    assert_eq!(shop.result("payments/void", &void("V-1", &voided)).await, "S SUCCESS");
    assert_eq!(shop.result("payments/capture", &capture("C-5", &voided)).await, "F AUTH_CANCELLED");
    let old = shop.paid(AUTH_CAPTURE, "INV-5").await;
    world.pass(SignedDuration::from_hours(24 * 8));
    assert_eq!(shop.result("payments/capture", &capture("C-6", &old)).await, "F AUTH_EXPIRED");
    world.app.wallet.expire_payment(PaymentId::new(old.clone())).await.expect("given back");
    assert_eq!(shop.result("payments/capture", &capture("C-7", &old)).await, "F AUTH_EXPIRED");
}

#[tokio::test]
async fn while_a_cards_issuer_is_silent_a_capture_is_in_process() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let answer = shop.accepted(AUTH_CAPTURE, "INV-1").await;
    let slow = shop.card("4000000000000259").await;
    shop.confirm(&answer, &SARA, Source::Card(slow)).await.expect("asked");
    let payment_id = answer["paymentId"].as_str().expect("an id");
    assert_eq!(shop.result("payments/capture", &capture("C-1", payment_id)).await, "U CAPTURE_IN_PROCESS");
    let busy = shop.result("payments/void", &void("V-1", payment_id)).await;
    assert_eq!(busy, "U MUTEX_OPERATION_IN_PROCESSING");
}

#[tokio::test]
async fn a_part_of_a_hold_goes_back_and_the_order_stays_held() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let payment_id = shop.paid(AUTH_CAPTURE, "INV-1").await;
    let mut part = void("V-1", &payment_id);
    part["voidAmount"] = dinars(3_000);
    let answer = shop.call("payments/void", &part).await;
    assert_eq!((result_of(&answer).as_str(), &answer["voidRequestId"]), ("S SUCCESS", &json!("V-1")));
    assert!(answer["voidId"].is_string() && answer["voidTime"].is_string(), "{answer}");
    assert_eq!((shop.status(&payment_id).await.as_str(), balance(&world).await), ("AUTH_SUCCESS", 243_000));
    let mut rest = void("V-2", &payment_id);
    rest["voidRemainingAmount"] = json!(true);
    assert_eq!(shop.result("payments/void", &rest).await, "S SUCCESS");
    assert_eq!((shop.status(&payment_id).await.as_str(), balance(&world).await), ("FAIL", 250_000));
    let all = transactions(&shop, &payment_id).await;
    assert_eq!(all, [line("VOID", "SUCCESS", "3000000"), line("VOID", "SUCCESS", "7000000")]);
    let done = shop.inquire(&payment_id).await;
    assert_eq!(done["transactions"][0]["transactionRequestId"], "V-1");
}

#[tokio::test]
async fn what_cannot_be_voided_says_why() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let held = shop.paid(AUTH_CAPTURE, "INV-1").await;
    let mut more = void("V-1", &held);
    more["voidAmount"] = dinars(10_001);
    assert_eq!(shop.result("payments/void", &more).await, "F AMOUNT_EXCEEDS_LIMIT");
    let paid = shop.paid(ONLINE, "INV-2").await;
    assert_eq!(shop.result("payments/void", &void("V-2", &paid)).await, "F ORDER_UNSUPPORTED_OPERATION");
    assert_eq!(shop.result("payments/void", &void("V-3", "1")).await, "F ORDER_NOT_EXIST");
    assert_eq!(shop.result("payments/capture", &capture("C-1", &held)).await, "S SUCCESS");
    assert_eq!(shop.result("payments/void", &void("V-4", &held)).await, "F ORDER_STATUS_INVALID");
    let mut other = void("V-4", &held);
    other["voidAmount"] = dinars(1);
    assert_eq!(shop.result("payments/void", &other).await, "F REPEAT_REQ_INCONSISTENT");
}

#[tokio::test]
async fn an_escrow_order_is_accepted_once_and_then_confirmed_in_either_spelling() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    for (id, member) in [("INV-1", "confirmRequestId"), ("INV-2", "confrimRequestId")] {
        let payment_id = shop.paid(ESCROW, id).await;
        let about = json!({"paymentId": payment_id});
        let confirm = json!({"paymentId": payment_id, member: format!("{id}-OK")});
        let early = json!({"paymentId": payment_id, member: format!("{id}-EARLY")});
        assert_eq!(shop.result("payments/confirm", &early).await, "F ORDER_STATUS_INVALID", "not accepted yet");
        let accepted = shop.call("payments/merchantAccept", &about).await;
        assert_eq!((result_of(&accepted).as_str(), &accepted["paymentId"]), ("S SUCCESS", &json!(payment_id)));
        assert_eq!(shop.result("payments/merchantAccept", &about).await, "F ORDER_IS_MERCHANT_ACCEPTED");
        assert_eq!(shop.result("payments/cancel", &about).await, "F ORDER_STATUS_INVALID", "it is accepted");
        let done = shop.call("payments/confirm", &confirm).await;
        assert_eq!(result_of(&done), "S SUCCESS");
        assert_eq!((&done["confirmId"], &done["confirmTime"]), (&done["confrimId"], &done["confrimTime"]));
        assert!(done["confirmId"].is_string(), "{done}");
        assert_eq!(shop.call("payments/confirm", &confirm).await, done, "once");
        assert_eq!(shop.status(&payment_id).await, "SUCCESS");
    }
}

#[tokio::test]
async fn an_escrow_order_is_cancelled_before_it_is_accepted_and_voided_after() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let fresh = shop.paid(ESCROW, "INV-1").await;
    assert_eq!(shop.result("payments/void", &void("V-1", &fresh)).await, "F ORDER_STATUS_INVALID");
    assert_eq!(shop.result("payments/cancel", &json!({"paymentId": fresh})).await, "S SUCCESS");
    assert_eq!((shop.status(&fresh).await.as_str(), balance(&world).await), ("FAIL", 250_000));
    let accepted = shop.paid(ESCROW, "INV-2").await;
    assert_eq!(shop.result("payments/merchantAccept", &json!({"paymentId": accepted})).await, "S SUCCESS");
    assert_eq!(shop.result("payments/void", &void("V-2", &accepted)).await, "S SUCCESS");
    assert_eq!(balance(&world).await, 250_000);
}

#[tokio::test]
async fn what_cannot_be_accepted_says_why() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let accept =
        async |payment_id: &str| shop.result("payments/merchantAccept", &json!({"paymentId": payment_id})).await;
    let hold = shop.paid(AUTH_CAPTURE, "INV-1").await;
    assert_eq!(accept(&hold).await, "F ORDER_UNSUPPORTED_OPERATION");
    let open = shop.accepted(ESCROW, "INV-2").await;
    assert_eq!(accept(open["paymentId"].as_str().expect("an id")).await, "F ORDER_STATUS_INVALID");
    assert_eq!(accept("1").await, "F ORDER_NOT_EXIST");
}

#[tokio::test]
async fn a_payment_in_dispute_stands_still() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let payment_id = shop.paid(ESCROW, "INV-1").await;
    let freeze = async |frozen| world.app.wallet.freeze_payment(PaymentId::new(payment_id.clone()), frozen).await;
    freeze(true).await.expect("frozen");
    let about = json!({"paymentId": payment_id});
    for (api, body) in [
        ("payments/merchantAccept", about.clone()),
        ("payments/cancel", about.clone()),
        ("payments/void", void("V-1", &payment_id)),
        ("payments/confirm", json!({"paymentId": payment_id, "confirmRequestId": "OK-1"})),
    ] {
        assert_eq!(shop.result(api, &body).await, "F ORDER_IS_FROZEN", "{api}");
    }
    freeze(false).await.expect("thawed");
    assert_eq!(shop.result("payments/merchantAccept", &about).await, "S SUCCESS");
}
