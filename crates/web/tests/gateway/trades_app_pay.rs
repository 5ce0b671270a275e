//! `alipay.trade.app.pay`: the trade that an `orderStr` of `my.tradePay` stands for (spec/alipay-agreement.md 2.12).

use super::trades_shop::{Shop, deduction, world};
use crate::support::{Browser, OMAR, PageRequest, SARA, World, signed_result};
use jiff::SignedDuration;
use mithaq_domain::{AgreementPay, Source, Status};
use mithaq_types::PaymentId;
use serde_json::{Value, json};

/// What opening the string ends in: a page, or `resultCode` and the sub-code of `result`.
async fn opened(browser: &mut Browser, order: &PageRequest) -> Result<(), (String, String)> {
    let answer = browser.call("tradePay", &json!({"orderStr": order.order_str()})).await.json();
    if answer["state"] == "OPEN" {
        return Ok(());
    }
    let ret = &answer["reply"]["ret"];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Err((text(&ret["resultCode"]), text(&signed_result(&ret["result"], "alipay_trade_app_pay_response")["sub_code"])))
}

/// Opening it fails, and no money moves.
async fn refused(world: &World, order: &PageRequest) -> String {
    let shop = Shop::of(world);
    let before = shop.books().await;
    let (result_code, sub_code) = opened(&mut Browser::of(world, &SARA).await, order).await.expect_err("refused");
    assert_eq!((result_code.as_str(), shop.books().await), ("4000", before));
    sub_code
}

async fn query(shop: &Shop<'_>, number: &str) -> Value {
    shop.done("query", &json!({"out_trade_no": number})).await
}

#[tokio::test]
async fn an_order_str_is_a_trade_that_waits_for_whoever_opened_it() {
    let world = world().await;
    let (shop, mut browser) = (Shop::of(&world), Browser::of(&world, &SARA).await);
    let order = PageRequest::order(&world, "A1").say("passback_params", "p%3D1");
    opened(&mut browser, &order).await.expect("a page");
    let waiting = query(&shop, "A1").await;
    assert_eq!((&waiting["trade_status"], &waiting["total_amount"]), (&json!("WAIT_BUYER_PAY"), &json!("10.00")));
    assert!(waiting.get("buyer_user_id").is_none(), "nobody is named");
    opened(&mut browser, &order).await.expect("the same again");
    assert_eq!(query(&shop, "A1").await["trade_no"], waiting["trade_no"]);
    shop.confirm(waiting["trade_no"].as_str().expect("a number"), &OMAR, Source::Balance).await.expect("paid");
    let paid = query(&shop, "A1").await;
    assert_eq!((&paid["trade_status"], &paid["passback_params"]), (&json!("TRADE_SUCCESS"), &json!("p%3D1")));
    assert_eq!(paid["buyer_user_id"], shop.customer(&OMAR).await, "they have met now");
    assert_eq!(world.cents(&OMAR).await, 9_000);
}

#[tokio::test]
async fn a_number_that_was_used_says_what_for() {
    let world = world().await;
    let shop = Shop::of(&world);
    let order = PageRequest::order(&world, "A1");
    opened(&mut Browser::of(&world, &SARA).await, &order).await.expect("a page");
    assert_eq!(refused(&world, &order.clone().say("total_amount", "10.01")).await, "ACQ.CONTEXT_INCONSISTENT");
    assert_eq!(refused(&world, &order.clone().say("subject", "Another")).await, "ACQ.CONTEXT_INCONSISTENT");
    let trade = query(&shop, "A1").await["trade_no"].clone();
    shop.confirm(trade.as_str().expect("a number"), &OMAR, Source::Balance).await.expect("paid");
    assert_eq!(refused(&world, &order).await, "ACQ.TRADE_HAS_SUCCESS", "somebody else has paid it");
    shop.done("cancel", &json!({"trade_no": trade})).await;
    assert_eq!(refused(&world, &order).await, "ACQ.TRADE_HAS_CLOSE");
    let agreement = shop.agreement(&OMAR, None).await;
    shop.done("pay", &deduction("D1", &agreement, "GENERAL_WITHHOLDING")).await;
    let deducted = PageRequest::order(&world, "D1");
    assert_eq!(refused(&world, &deducted).await, "ACQ.TRADE_HAS_SUCCESS");
}

#[tokio::test]
async fn what_is_wrong_with_an_order_is_said_before_anybody_pays() {
    let world = world().await;
    let order = || PageRequest::order(&world, "A1");
    let cases = [
        (order().say("total_amount", "0"), "ACQ.TOTAL_FEE_EXCEED"),
        (order().say("time_expire", "2030-02-03 15:00:00"), "ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR"),
        (order().say("timeout_express", "4m"), "ACQ.INVALID_PARAMETER"),
        (order().say("seller_id", "2088000000000000"), "ACQ.SELLER_NOT_EXIST"),
        (order().say("product_code", "FACE_TO_FACE_PAYMENT"), "ACQ.INVALID_PARAMETER"),
        (order().say("product_code", "CYCLE_PAY_AUTH"), "ACQ.INVALID_PARAMETER"),
    ];
    for (order, sub_code) in cases {
        assert_eq!(refused(&world, &order).await, sub_code);
    }
    world.set_client(Status::Suspended, AgreementPay::Allowed).await;
    assert_eq!(refused(&world, &order()).await, "ACQ.MERCHANT_STATUS_NOT_NORMAL");
}

#[tokio::test]
async fn an_order_with_an_agreement_keeps_what_may_be_signed_with_it() {
    let world = world().await;
    let shop = Shop::of(&world);
    let order = PageRequest::order_and_plan(&world, "A1");
    world.set_client(Status::Active, AgreementPay::NotAgreed).await;
    assert_eq!(refused(&world, &order).await, "MERCHANT_AGREEMENT_IS_NOT_EXIST");
    world.set_client(Status::Active, AgreementPay::Allowed).await;
    let mut browser = Browser::of(&world, &SARA).await;
    let offer = async || {
        let id = PaymentId::new(query(&shop, "A1").await["trade_no"].as_str().expect("a number"));
        let view = world.app.wallet.reader().payment(id).await.expect("readable").expect("a payment");
        view.payment.gateway.expect("a trade").offer.expect("an offer")
    };
    opened(&mut browser, &order).await.expect("a page");
    let first = offer().await;
    opened(&mut browser, &order).await.expect("a page");
    assert_eq!(offer().await, first, "agreed on once, with the trade");
}

#[tokio::test]
async fn without_a_time_a_trade_waits_for_fifteen_days() {
    let world = world().await;
    let shop = Shop::of(&world);
    let mut browser = Browser::of(&world, &SARA).await;
    opened(&mut browser, &PageRequest::order(&world, "A1")).await.expect("a page");
    let far = PageRequest::order(&world, "A2").say("time_expire", "2031-01-01 00:00:00");
    opened(&mut browser, &far).await.expect("a page");
    world.pass(SignedDuration::from_hours(24 * 15) - SignedDuration::from_mins(5));
    assert_eq!(query(&shop, "A1").await["trade_status"], "WAIT_BUYER_PAY");
    world.pass(SignedDuration::from_mins(10));
    for number in ["A1", "A2"] {
        assert_eq!(query(&shop, number).await["trade_status"], "TRADE_CLOSED", "the longest there is");
    }
}
