//! Who pays, who is paid, and what a request must look like: why `alipay.trade.pay` takes nothing from anybody
//! (spec/alipay-agreement.md 2.6).

use super::trades_shop::{Shop, deduction, with, world};
use crate::support::{CLIENT, OMAR, OTHER_CLIENT, SARA};
use mithaq_domain::{AgreementPay, Status, UserStatus};
use mithaq_types::{ClientId, UserId};
use serde_json::{Value, json};

const AT_WILL: &str = "GENERAL_WITHHOLDING";

#[tokio::test]
async fn too_little_yuan_is_too_little_whatever_there_is_in_dinars() {
    let world = world().await;
    let shop = Shop::of(&world);
    let agreement = shop.agreement(&OMAR, None).await;
    let content = with(&deduction("D1", &agreement, AT_WILL), "total_amount", json!("100.01"));
    assert_eq!(world.balance(&OMAR).await, 250_000, "dinars");
    assert_eq!(shop.refused("pay", &content).await, "ACQ.BUYER_BALANCE_NOT_ENOUGH");
}

#[tokio::test]
async fn a_payer_who_may_not_pay_is_not_charged() {
    let world = world().await;
    let shop = Shop::of(&world);
    let agreement = shop.agreement(&SARA, None).await;
    let content = deduction("D1", &agreement, AT_WILL);
    let set = async |status| {
        world.app.wallet.set_user(UserId::new(SARA.user_id), status).await.expect("set");
    };
    set(UserStatus::Frozen).await;
    assert_eq!(shop.refused("pay", &content).await, "ACQ.BUYER_ENABLE_STATUS_FORBID");
    set(UserStatus::Restricted).await;
    assert_eq!(shop.refused("pay", &content).await, "ACQ.PAYMENT_REQUEST_HAS_RISK");
    set(UserStatus::Active).await;
    shop.done("pay", &content).await;
}

#[tokio::test]
async fn a_merchant_that_is_stopped_is_not_paid() {
    let world = world().await;
    let shop = Shop::of(&world);
    let agreement = shop.agreement(&SARA, None).await;
    let content = deduction("D1", &agreement, AT_WILL);
    let stop = async |status| {
        world.app.wallet.set_merchant_status(ClientId::new(CLIENT), status).await.expect("set");
        world.app.directory.forget();
    };
    stop(Status::Suspended).await;
    assert_eq!(shop.refused("pay", &content).await, "ACQ.MERCHANT_STATUS_NOT_NORMAL");
    stop(Status::Active).await;
    world.set_client(Status::Suspended, AgreementPay::Allowed).await;
    assert_eq!(shop.refused("pay", &content).await, "ACQ.MERCHANT_STATUS_NOT_NORMAL");
    world.set_client(Status::Active, AgreementPay::Allowed).await;
    shop.done("pay", &content).await;
}

#[tokio::test]
async fn the_payee_can_only_be_the_merchant_itself() {
    let world = world().await;
    let shop = Shop::of(&world);
    let agreement = shop.agreement(&SARA, None).await;
    let content =
        |number: &str, seller: &str| with(&deduction(number, &agreement, AT_WILL), "seller_id", json!(seller));
    let own = CLIENT.replacen("2188", "2166", 1);
    let foreign = OTHER_CLIENT.replacen("2188", "2166", 1);
    assert_eq!(shop.refused("pay", &content("D1", "2088000000000000")).await, "ACQ.SELLER_NOT_EXIST");
    assert_eq!(shop.refused("pay", &content("D1", &foreign)).await, "ACQ.INVALID_RECEIVE_ACCOUNT");
    shop.done("pay", &content("D1", CLIENT)).await;
    shop.done("pay", &content("D2", &own)).await;
}

#[tokio::test]
async fn sums_are_from_a_cent_to_a_hundred_million() {
    let world = world().await;
    let shop = Shop::of(&world);
    let agreement = shop.agreement(&SARA, None).await;
    let content = |amount: Value| with(&deduction("D1", &agreement, AT_WILL), "total_amount", amount);
    for outside in [json!("0"), json!("0.00"), json!("-1"), json!(-0.01), json!("100000000.01")] {
        assert_eq!(shop.refused("pay", &content(outside.clone())).await, "ACQ.TOTAL_FEE_EXCEED", "{outside}");
    }
    for no_sum in [json!("1.001"), json!("ten"), json!("1e2"), json!({}), json!(true)] {
        assert_eq!(shop.refused("pay", &content(no_sum.clone())).await, "ACQ.INVALID_PARAMETER", "{no_sum}");
    }
    let paid = shop.done("pay", &content(json!(0.01))).await;
    assert_eq!(paid["total_amount"], "0.01", "a number is as good as a text");
}

#[tokio::test]
async fn what_is_missing_or_misshapen_is_named() {
    let world = world().await;
    let shop = Shop::of(&world);
    let agreement = shop.agreement(&SARA, None).await;
    let content = deduction("D1", &agreement, AT_WILL);
    for name in ["out_trade_no", "subject", "total_amount"] {
        let (code, why) = shop.refusal("pay", &with(&content, name, Value::Null)).await;
        assert_eq!(code, "ACQ.INVALID_PARAMETER");
        assert!(why.starts_with(name), "{why}");
    }
    let wrong = [
        ("out_trade_no", json!("D 1")),
        ("subject", json!("x".repeat(257))),
        ("timeout_express", json!("16d")),
        ("time_expire", json!("tomorrow")),
        ("passback_params", json!("x".repeat(513))),
        ("agreement_params", json!({})),
        ("agreement_params", json!("no")),
        ("product_code", Value::Null),
    ];
    for (name, value) in wrong {
        let (code, why) = shop.refusal("pay", &with(&content, name, value)).await;
        assert_eq!(code, "ACQ.INVALID_PARAMETER", "{why}");
        assert!(why.starts_with(name), "{why}");
    }
}

#[tokio::test]
async fn payments_in_shops_are_not_asked_for_here_and_the_answer_says_what_is() {
    let world = world().await;
    let shop = Shop::of(&world);
    let in_shop = json!({
        "out_trade_no": "D1", "subject": "Tea", "total_amount": "1.00", "scene": "bar_code",
        "auth_code": "281234567890123456",
    });
    let products = [Value::Null, json!("FACE_TO_FACE_PAYMENT"), json!("PRE_AUTH")];
    for content in products.map(|product| with(&in_shop, "product_code", product)) {
        let (code, why) = shop.refusal("pay", &content).await;
        assert_eq!(code, "ACQ.ACCESS_FORBIDDEN");
        assert!(why.contains("agreement_params") && why.contains("alipay.trade.create"), "{why}");
    }
    // With an agreement such members are nothing to anybody.
    let agreement = shop.agreement(&SARA, None).await;
    shop.done("pay", &with(&deduction("D1", &agreement, AT_WILL), "scene", json!("bar_code"))).await;
}

#[tokio::test]
async fn a_time_that_is_past_is_too_late_unless_the_trade_is_there_already() {
    let world = world().await;
    let shop = Shop::of(&world);
    let agreement = shop.agreement(&SARA, None).await;
    let content = |number: &str, time: &str| with(&deduction(number, &agreement, AT_WILL), "time_expire", json!(time));
    // It is 15:00 in GMT+8.
    let past = content("D1", "2030-02-03 15:00:00");
    assert_eq!(shop.refused("pay", &past).await, "ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR");
    shop.done("pay", &content("D1", "2030-02-03 15:00:10")).await;
    world.pass(jiff::SignedDuration::from_mins(1));
    let repeat = content("D1", "2030-02-03 15:00:10");
    assert_eq!(shop.refused("pay", &repeat).await, "ACQ.TRADE_HAS_SUCCESS", "what came of it, not that it is late");
}

#[tokio::test]
async fn the_notification_goes_where_notifications_may_go() {
    let world = world().await;
    let shop = Shop::of(&world);
    let agreement = shop.agreement(&SARA, None).await;
    let content = deduction("D1", &agreement, AT_WILL);
    for wrong in ["ftp://shop.example/notify", "shop.example/notify"] {
        let answer = shop.call_with("pay", &content, &[("notify_url", wrong)]).await;
        assert_ne!(answer["code"], "10000", "{answer}");
    }
    assert_eq!(world.cents(&SARA).await, 50_000);
    let answer = shop.call_with("pay", &content, &[("notify_url", "http://127.0.0.1:9/notify")]).await;
    assert_eq!(answer["code"], "10000", "{answer}");
}
