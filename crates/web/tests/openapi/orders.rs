//! Orders of the cashier: made, repeated, paid, over (spec/qicard.md 7.1, 7.2; openapi.md 3.7, 3.8).

use super::shop::{AUTH_CAPTURE, ESCROW, ONLINE, Shop};
use crate::support::{CLIENT, OMAR, OTHER_CLIENT, SARA, World, result_of};
use jiff::SignedDuration;
use mithaq_domain::{Refusal, Source, Status};
use mithaq_types::{ClientId, PaymentId};
use mithaq_wallet::Fault;
use serde_json::json;

#[tokio::test]
async fn an_order_is_accepted_with_the_cashiers_address_under_both_names() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    for product in [ONLINE, AUTH_CAPTURE, ESCROW] {
        let answer = shop.accepted(product, product).await;
        let form = &answer["redirectActionForm"];
        assert_eq!((&form["method"], &form["redirectUrl"]), (&json!("GET"), &form["redirectionUrl"]));
        let url = form["redirectUrl"].as_str().expect("a URL");
        let order_id = url.strip_prefix(&format!("{}/cashier?orderId=", world.origin)).expect("the cashier");
        assert!(order_id.len() == 32 && order_id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{order_id}");
        let payment_id = answer["paymentId"].as_str().expect("an id");
        assert_eq!((payment_id.len(), &answer["paymentRequestId"]), (35, &json!(product)));
        assert!(!payment_id.contains(order_id) && answer.get("paymentTime").is_none(), "{answer}");
        assert_eq!(shop.status(payment_id).await, "PROCESSING");
    }
}

#[tokio::test]
async fn a_repeat_while_the_order_is_open_answers_the_same_whatever_its_time_words_and_addresses_say() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let first = shop.accepted(ONLINE, "INV-1").await;
    let mut again = Shop::order(ONLINE, "INV-1");
    again["paymentExpiryTime"] = json!("2020-01-01T00:00:00+03:00");
    again["order"]["orderDescription"] = json!("Fresh Box, second try");
    again["paymentNotifyUrl"] = json!("http://127.0.0.1:9/other");
    assert_eq!(shop.call("payments/pay", &again).await, first);
    let known = shop.inquire(first["paymentId"].as_str().expect("an id")).await;
    assert_eq!(known["paymentStatus"], "PROCESSING");
}

#[tokio::test]
async fn the_same_id_with_another_amount_product_or_buyer_is_another_request() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    shop.accepted(ONLINE, "INV-1").await;
    let mut amount = Shop::order(ONLINE, "INV-1");
    amount["paymentAmount"]["value"] = json!("10000001");
    let mut buyer = Shop::order(ONLINE, "INV-1");
    buyer["order"]["buyer"]["referenceBuyerId"] = json!("guest-8");
    for other in [amount, buyer, Shop::order(ESCROW, "INV-1")] {
        assert_eq!(shop.result("payments/pay", &other).await, "F REPEAT_REQ_INCONSISTENT", "{other}");
    }
}

#[tokio::test]
async fn a_first_request_whose_time_is_over_is_refused_and_leaves_nothing() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let mut late = Shop::order(ONLINE, "INV-1");
    late["paymentExpiryTime"] = json!("2020-01-01T00:00:00+03:00");
    let answer = shop.call("payments/pay", &late).await;
    assert_eq!(result_of(&answer), "F PARAM_ILLEGAL");
    assert!(answer["result"]["resultMessage"].as_str().is_some_and(|words| words.contains("paymentExpiryTime")));
    let unknown = json!({"paymentRequestId": "INV-1"});
    assert_eq!(shop.result("payments/inquiryPayment", &unknown).await, "F ORDER_NOT_EXIST");
    shop.accepted(ONLINE, "INV-1").await;
}

#[tokio::test]
async fn what_real_merchants_send_is_taken() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    for (index, time) in
        ["2039-01-01T00:00:00Z", "2039-01-01T00:00:00+00:00", "2039-01-01T00:00:00.123+03:00", ""].iter().enumerate()
    {
        let mut order = Shop::order(ONLINE, &format!("INV-{index}"));
        order["paymentExpiryTime"] = json!(time);
        order["paymentAmount"]["value"] = json!(10_000_000);
        order["paymentNotifyUrl"] = json!("");
        order["extendInfo"] = json!("plain text");
        order["paymentAuthCode"] = json!("AT-of-a-login");
        assert_eq!(shop.result("payments/pay", &order).await, "A ACCEPT", "{order}");
    }
}

#[tokio::test]
async fn a_repeat_after_payment_is_success_with_the_time_it_was_paid() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let payment_id = shop.paid(ONLINE, "INV-1").await;
    let again = shop.call("payments/pay", &Shop::order(ONLINE, "INV-1")).await;
    assert_eq!(result_of(&again), "S SUCCESS");
    let known = shop.inquire(&payment_id).await;
    assert_eq!((&again["paymentId"], &again["paymentTime"]), (&json!(payment_id), &known["paymentTime"]));
    assert!(again["paymentTime"].is_string() && again.get("redirectActionForm").is_none(), "{again}");
    assert_eq!((&known["paymentStatus"], &known["transactions"]), (&json!("SUCCESS"), &json!([])));
}

#[tokio::test]
async fn a_hold_is_success_with_the_time_until_which_it_can_be_captured() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let payment_id = shop.paid(AUTH_CAPTURE, "INV-1").await;
    let again = shop.call("payments/pay", &Shop::order(AUTH_CAPTURE, "INV-1")).await;
    assert_eq!(result_of(&again), "S SUCCESS");
    assert!(again.get("paymentTime").is_none(), "nothing is paid yet: {again}");
    let known = shop.inquire(&payment_id).await;
    assert_eq!(known["paymentStatus"], "AUTH_SUCCESS");
    assert!(known["authExpiryTime"].is_string() && known["authExpiryTime"] == again["authExpiryTime"], "{known}");
}

#[tokio::test]
async fn while_a_cards_issuer_is_silent_the_order_is_in_process() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let answer = shop.accepted(ONLINE, "INV-1").await;
    let slow = shop.card("4000000000000259").await;
    shop.confirm(&answer, &SARA, Source::Card(slow)).await.expect("asked");
    let again = shop.call("payments/pay", &Shop::order(ONLINE, "INV-1")).await;
    assert_eq!((result_of(&again).as_str(), &again["paymentId"]), ("U PAYMENT_IN_PROCESS", &answer["paymentId"]));
    assert_eq!(shop.status(answer["paymentId"].as_str().expect("an id")).await, "PROCESSING");
}

#[tokio::test]
async fn an_order_whose_time_is_over_fails_and_a_repeat_says_so() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let answer = shop.accepted(ONLINE, "INV-1").await;
    let payment_id = answer["paymentId"].as_str().expect("an id");
    world.pass(SignedDuration::from_mins(31));
    // Before the clock's job has come by, and after.
    assert_eq!(shop.result("payments/pay", &Shop::order(ONLINE, "INV-1")).await, "F ORDER_STATUS_INVALID");
    world.app.wallet.expire_payment(PaymentId::new(payment_id)).await.expect("closed");
    assert_eq!(shop.result("payments/pay", &Shop::order(ONLINE, "INV-1")).await, "F ORDER_STATUS_INVALID");
    let known = shop.inquire(payment_id).await;
    assert_eq!(known["paymentStatus"], "FAIL");
    assert!(known["paymentFailReason"].as_str().is_some_and(|reason| reason.starts_with("ORDER_IS_CLOSED")), "{known}");
}

#[tokio::test]
async fn another_client_learns_nothing_of_an_order_and_does_nothing_to_it() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let payment_id = shop.paid(AUTH_CAPTURE, "INV-1").await;
    let other = Shop { world: &world, client: OTHER_CLIENT };
    let about = |more: serde_json::Value| {
        let mut body = json!({"paymentId": payment_id});
        body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        body
    };
    for (api, body, code) in [
        ("payments/inquiryPayment", about(json!({})), "F ORDER_NOT_EXIST"),
        ("payments/cancel", about(json!({})), "F ORDER_NOT_EXIST"),
        ("payments/merchantAccept", about(json!({})), "F ORDER_NOT_EXIST"),
        ("payments/capture", about(json!({"captureRequestId": "C-1"})), "F AUTH_NOT_FOUND"),
        ("payments/void", about(json!({"voidRequestId": "V-1"})), "F ORDER_NOT_EXIST"),
        ("payments/confirm", about(json!({"confirmRequestId": "C-1"})), "F ORDER_NOT_EXIST"),
        (
            "payments/refund",
            about(json!({"refundRequestId": "R-1", "refundAmount": super::shop::dinars(1)})),
            "F ORDER_NOT_EXIST",
        ),
    ] {
        assert_eq!(other.result(api, &body).await, code, "{api}");
    }
    assert_eq!(shop.status(&payment_id).await, "AUTH_SUCCESS");
}

#[tokio::test]
async fn an_order_that_names_a_user_of_the_wallet_is_that_users_alone() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let token = shop.token(&["auth_base"]).await;
    let info = shop.call("users/inquiryUserInfo", &json!({"accessToken": token})).await;
    let customer_id = info["userInfo"]["userId"].as_str().expect("an id").to_owned();
    for (id, buyer) in [("INV-1", customer_id.clone()), ("INV-2", token)] {
        let mut order = Shop::order(ONLINE, id);
        order["order"]["buyer"]["referenceBuyerId"] = json!(buyer);
        let answer = shop.call("payments/pay", &order).await;
        let foreign = shop.confirm(&answer, &OMAR, Source::Balance).await;
        assert!(matches!(foreign, Err(Fault::Refused(Refusal::OrderForeign))), "{foreign:?}");
        shop.confirm(&answer, &SARA, Source::Balance).await.expect("paid");
    }
    // The same customer of another merchant is nobody.
    let other = Shop { world: &world, client: OTHER_CLIENT };
    let mut order = Shop::order(ONLINE, "INV-3");
    order["order"]["buyer"]["referenceBuyerId"] = json!(customer_id);
    let answer = other.call("payments/pay", &order).await;
    other.confirm(&answer, &OMAR, Source::Balance).await.expect("whoever confirms it pays");
}

#[tokio::test]
async fn what_is_above_the_wallets_limit_or_for_a_suspended_merchant_is_refused() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    let mut dear = Shop::order(ONLINE, "INV-1");
    dear["paymentAmount"]["value"] = json!("100000001000");
    assert_eq!(shop.result("payments/pay", &dear).await, "F PAYMENT_AMOUNT_EXCEED_LIMIT");
    let set = world.app.wallet.set_merchant_status(ClientId::new(CLIENT), Status::Suspended).await;
    assert_eq!(set.expect("suspended").status, Status::Active, "its clients may still call");
    world.app.directory.forget();
    let order = Shop::order(ONLINE, "INV-2");
    assert_eq!(shop.result("payments/pay", &order).await, "F PARTNER_STATUS_ABNORMAL");
}

#[tokio::test]
async fn addresses_that_the_wallet_would_never_call_are_refused_when_they_are_named() {
    let world = World::sandbox().await;
    let shop = Shop::of(&world);
    // Of a cloud's metadata service: closed in a sandbox too.
    let closed = "http://169.254.169.254/n";
    for member in ["paymentNotifyUrl", "voidNotifyUrl"] {
        let mut order = Shop::order(ONLINE, "INV-1");
        order[member] = json!(closed);
        let answer = shop.call("payments/pay", &order).await;
        assert_eq!(result_of(&answer), "F PARAM_ILLEGAL");
        assert!(answer["result"]["resultMessage"].as_str().is_some_and(|words| words.contains(member)), "{answer}");
    }
    let refund = json!({
        "refundRequestId": "RF-1", "paymentId": "1", "refundAmount": super::shop::dinars(1),
        "refundNotifyUrl": closed,
    });
    let answer = shop.call("payments/refund", &refund).await;
    assert!(answer["result"]["resultMessage"].as_str().is_some_and(|words| words.contains("refundNotifyUrl")));
}
