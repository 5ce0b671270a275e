//! `alipay.trade.create` and `alipay.trade.query`: orders that a named buyer pays in the wallet, and how trades stand
//! (spec/alipay-agreement.md 2.7, 2.13, 4.3).

use super::trades_shop::{Shop, with, world};
use crate::support::{APP, CLIENT, OMAR, OTHER_CLIENT, SARA};
use jiff::SignedDuration;
use mithaq_domain::{AgreementPay, Refusal, Source, Status};
use mithaq_types::{ClientId, PaymentId};
use serde_json::{Value, json};

#[tokio::test]
async fn a_trade_is_made_once_waits_for_its_buyer_and_is_paid_by_nobody_else() {
    let world = world().await;
    let shop = Shop::of(&world);
    shop.agreement(&SARA, None).await;
    let order = with(&shop.order("T1", &SARA).await, "passback_params", json!("p%3D1"));
    let made = shop.done("create", &order).await;
    let trade = made["trade_no"].as_str().expect("a number");
    assert_eq!((trade.len(), &made["out_trade_no"]), (35, &json!("T1")));
    assert_eq!(shop.done("create", &order).await, made, "the same again");
    let known = shop.done("query", &json!({"trade_no": trade})).await;
    assert_eq!((&known["trade_status"], &known["total_amount"]), (&json!("WAIT_BUYER_PAY"), &json!("10.00")));
    assert!(known.get("send_pay_date").is_none() && known.get("buyer_pay_amount").is_none(), "{known}");
    let foreign = shop.confirm(trade, &OMAR, Source::Balance).await;
    assert!(matches!(foreign.unwrap_err().refusal(), Some(Refusal::OrderForeign)));
    shop.confirm(trade, &SARA, Source::Balance).await.expect("paid");
    assert_eq!((world.cents(&SARA).await, world.cents(&OMAR).await), (49_000, 10_000));
    let paid = shop.done("query", &json!({"out_trade_no": "T1"})).await;
    let expected = [
        ("trade_no", json!(trade)),
        ("trade_status", json!("TRADE_SUCCESS")),
        ("buyer_user_id", json!(shop.customer(&SARA).await)),
        ("buyer_user_type", json!("PRIVATE")),
        ("buyer_pay_amount", json!("10.00")),
        ("receipt_amount", json!("10.00")),
        ("send_pay_date", json!("2030-02-03 15:00:00")),
        ("fund_bill_list", json!([{"fund_channel": "ALIPAYACCOUNT", "amount": "10.00"}])),
        ("passback_params", json!("p%3D1")),
    ];
    for (name, value) in expected {
        assert_eq!(paid[name], value, "{name}");
    }
}

#[tokio::test]
async fn the_buyer_may_be_named_in_four_ways() {
    let world = world().await;
    let shop = Shop::of(&world);
    shop.agreement(&SARA, None).await;
    let order = with(&shop.order("T1", &SARA).await, "buyer_id", Value::Null);
    let id = shop.customer(&SARA).await;
    let phone = format!("+{}", SARA.phone);
    let ways = [("buyer_id", &id), ("buyer_open_id", &id), ("op_buyer_open_id", &id), ("buyer_logon_id", &phone)];
    let mut trades = Vec::new();
    for (name, value) in ways {
        trades.push(shop.done("create", &with(&order, name, json!(value))).await["trade_no"].clone());
    }
    trades.dedup();
    assert_eq!(trades.len(), 1, "the same buyer, so the same trade");
}

#[tokio::test]
async fn whom_the_merchant_does_not_know_is_no_buyer() {
    let world = world().await;
    let shop = Shop::of(&world);
    shop.agreement(&SARA, None).await;
    Shop::other(&world).agreement(&OMAR, None).await;
    let order = shop.order("T1", &SARA).await;
    let theirs = Shop::other(&world).customer(&OMAR).await;
    for unknown in ["216610000000000000000000", "2088", &theirs, "x' OR '1"] {
        let refused = shop.refused("create", &with(&order, "buyer_id", json!(unknown))).await;
        assert_eq!(refused, "ACQ.BUYER_NOT_EXIST", "{unknown}");
    }
    // Whether a phone number has a wallet is told only to merchants that its owner has dealt with.
    let nameless = with(&order, "buyer_id", Value::Null);
    for unknown in [OMAR.phone, "9647799999999"] {
        let refused = shop.refused("create", &with(&nameless, "buyer_logon_id", json!(unknown))).await;
        assert_eq!(refused, "ACQ.BUYER_NOT_EXIST", "{unknown}");
    }
    assert_eq!(shop.refused("create", &nameless).await, "ACQ.INVALID_PARAMETER");
    for own in [CLIENT.to_owned(), CLIENT.replacen("2188", "2166", 1)] {
        let refused = shop.refused("create", &with(&order, "buyer_id", json!(own))).await;
        assert_eq!(refused, "ACQ.BUYER_SELLER_EQUAL");
    }
}

#[tokio::test]
async fn the_mini_program_must_be_the_merchants() {
    let world = world().await;
    let shop = Shop::of(&world);
    shop.agreement(&SARA, None).await;
    let order = shop.order("T1", &SARA).await;
    let other = Shop::other(&world);
    for foreign in [other.app_id, "other", "2021999999999999"] {
        let refused = shop.refused("create", &with(&order, "op_app_id", json!(foreign))).await;
        assert_eq!(refused, "ACQ.UNBOUND_APPLICATION", "{foreign}");
    }
    assert_eq!(shop.refused("create", &with(&order, "op_app_id", Value::Null)).await, "ACQ.INVALID_PARAMETER");
    shop.done("create", &order).await;
    shop.done("create", &with(&order, "op_app_id", json!(APP))).await;
}

#[tokio::test]
async fn only_products_of_mini_programs_are_created() {
    let world = world().await;
    let shop = Shop::of(&world);
    shop.agreement(&SARA, None).await;
    let order = shop.order("T1", &SARA).await;
    for other in ["QUICK_WAP_WAY", "FAST_INSTANT_TRADE_PAY", "GENERAL_WITHHOLDING"] {
        let refused = shop.refused("create", &with(&order, "product_code", json!(other))).await;
        assert_eq!(refused, "ACQ.PRODUCT_NOT_SUPPORT_IN_TINY_APP", "{other}");
    }
    let unsigned = with(&order, "product_code", json!("CYCLE_PAY_AUTH"));
    let (code, why) = shop.refusal("create", &unsigned).await;
    assert_eq!(code, "ACQ.INVALID_PARAMETER");
    assert!(why.starts_with("agreement_sign_params") && why.contains("alipay.trade.pay"), "{why}");
    shop.done("create", &with(&order, "product_code", Value::Null)).await;
}

#[tokio::test]
async fn a_trade_can_carry_an_agreement_that_its_buyer_may_sign_with_it() {
    let world = world().await;
    let shop = Shop::of(&world);
    shop.agreement(&SARA, None).await;
    let sign = json!({
        "personal_product_code": "CYCLE_PAY_AUTH_P", "sign_scene": "INDUSTRY|EDU",
        "access_params": {"channel": "ALIPAYAPP"}, "external_agreement_no": "EA1",
        "period_rule_params": {"period_type": "MONTH", "period": 1, "execute_time": "2030-03-01", "single_amount": 9.9},
    });
    let order = with(&shop.order("T1", &SARA).await, "agreement_sign_params", sign);
    world.set_client(Status::Active, AgreementPay::NotAgreed).await;
    assert_eq!(shop.refused("create", &order).await, "ACQ.BIZ_PRODUCT_NOT_ALLOWED");
    world.set_client(Status::Active, AgreementPay::Allowed).await;
    let mut wrong = order.clone();
    wrong["agreement_sign_params"]["period_rule_params"]["execute_time"] = json!("2030-03-29");
    assert_eq!(shop.refused("create", &wrong).await, "ACQ.INVALID_PARAMETER");
    let made = shop.done("create", &order).await;
    assert_eq!(shop.done("create", &order).await, made);
    let id = PaymentId::new(made["trade_no"].as_str().expect("a number"));
    let view = world.app.wallet.reader().payment(id).await.expect("readable").expect("a payment");
    let offer = view.payment.gateway.expect("a trade").offer.expect("an offer");
    let terms = world.app.wallet.offer(offer).await.expect("readable").expect("an offer").offer.terms;
    assert_eq!(terms.agreement.expect("an agreement").external_no.as_deref(), Some("EA1"));
}

#[tokio::test]
async fn a_number_that_was_used_says_what_for() {
    let world = world().await;
    let shop = Shop::of(&world);
    shop.agreement(&SARA, None).await;
    shop.agreement(&OMAR, None).await;
    let order = shop.order("T1", &SARA).await;
    let made = shop.done("create", &order).await;
    for (name, value) in [("total_amount", "10.01"), ("subject", "Another")] {
        assert_eq!(shop.refused("create", &with(&order, name, json!(value))).await, "ACQ.CONTEXT_INCONSISTENT");
    }
    assert_eq!(shop.refused("create", &shop.order("T1", &OMAR).await).await, "ACQ.TRADE_BUYER_NOT_MATCH");
    shop.confirm(made["trade_no"].as_str().expect("a number"), &SARA, Source::Balance).await.expect("paid");
    assert_eq!(shop.refused("create", &order).await, "ACQ.TRADE_HAS_SUCCESS");
    let closed = shop.order("T2", &SARA).await;
    shop.done("create", &closed).await;
    shop.done("close", &json!({"out_trade_no": "T2"})).await;
    assert_eq!(shop.refused("create", &closed).await, "ACQ.TRADE_HAS_CLOSE");
}

#[tokio::test]
async fn a_trade_is_not_made_for_what_no_trade_may_be() {
    let world = world().await;
    let shop = Shop::of(&world);
    shop.agreement(&SARA, None).await;
    let order = shop.order("T1", &SARA).await;
    let cases = [
        ("total_amount", json!("0"), "ACQ.TOTAL_FEE_EXCEED"),
        ("total_amount", json!("100000000.01"), "ACQ.TOTAL_FEE_EXCEED"),
        ("time_expire", json!("2030-02-03 15:00:00"), "ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR"),
        ("seller_id", json!("2088000000000000"), "ACQ.SELLER_NOT_EXIST"),
        ("seller_id", json!(OTHER_CLIENT.replacen("2188", "2166", 1)), "ACQ.INVALID_RECEIVE_ACCOUNT"),
        ("subject", Value::Null, "ACQ.INVALID_PARAMETER"),
    ];
    for (name, value, code) in cases {
        assert_eq!(shop.refused("create", &with(&order, name, value)).await, code, "{name}");
    }
    let stopped = world.app.wallet.set_merchant_status(ClientId::new(CLIENT), Status::Suspended).await;
    stopped.expect("stopped");
    assert_eq!(shop.refused("create", &order).await, "ACQ.MERCHANT_STATUS_NOT_NORMAL");
}

#[tokio::test]
async fn a_trade_whose_time_is_up_is_closed_before_anybody_has_looked() {
    let world = world().await;
    let shop = Shop::of(&world);
    shop.agreement(&SARA, None).await;
    let order = with(&shop.order("T1", &SARA).await, "timeout_express", json!("1m"));
    let made = shop.done("create", &order).await;
    world.pass(SignedDuration::from_secs(60));
    let known = shop.done("query", &json!({"trade_no": made["trade_no"]})).await;
    assert_eq!(known["trade_status"], "TRADE_CLOSED");
    assert_eq!(shop.refused("create", &order).await, "ACQ.TRADE_HAS_CLOSE");
    let late = shop.confirm(made["trade_no"].as_str().expect("a number"), &SARA, Source::Balance).await;
    assert!(late.is_err());
    assert_eq!(world.cents(&SARA).await, 50_000);
}

#[tokio::test]
async fn a_trade_that_can_no_longer_be_refunded_is_finished() {
    let world = world().await;
    let shop = Shop::of(&world);
    let trade = shop.deducted("D1").await;
    let status = async || shop.done("query", &json!({"trade_no": trade})).await["trade_status"].clone();
    world.pass(SignedDuration::from_hours(24 * 365) - SignedDuration::from_mins(5));
    assert_eq!(status().await, "TRADE_SUCCESS");
    world.pass(SignedDuration::from_mins(10));
    assert_eq!(status().await, "TRADE_FINISHED");
}

#[tokio::test]
async fn a_card_that_pays_is_told_from_a_balance() {
    let world = world().await;
    let shop = Shop::of(&world);
    shop.agreement(&SARA, None).await;
    let trade = shop.waiting("T1", &SARA).await;
    let card = world.card(&SARA, "4242424242424242").await;
    shop.confirm(&trade, &SARA, Source::Card(card)).await.expect("paid");
    let known = shop.done("query", &json!({"trade_no": trade})).await;
    assert_eq!(known["fund_bill_list"], json!([{"fund_channel": "BANKCARD", "amount": "10.00"}]));
    assert_eq!(world.cents(&SARA).await, 50_000);
}

#[tokio::test]
async fn a_merchant_sees_its_own_trades_of_this_surface_only() {
    let world = world().await;
    let shop = Shop::of(&world);
    let trade = shop.deducted("D1").await;
    let payment = world.order().await;
    let other = Shop::other(&world);
    for method in ["query", "refund", "close", "fastpay.refund.query"] {
        let about = json!({"refund_amount": "1.00", "out_request_no": "R1"});
        for unknown in [json!("1"), json!(payment.payment_id.as_str())] {
            let refused = shop.refused(method, &with(&about, "trade_no", unknown)).await;
            assert_eq!(refused, "ACQ.TRADE_NOT_EXIST", "{method}");
        }
        let refused = shop.refused(method, &with(&about, "out_trade_no", json!("D2"))).await;
        assert_eq!(refused, "ACQ.TRADE_NOT_EXIST", "{method}");
        let refused = other.refused(method, &with(&about, "trade_no", json!(trade))).await;
        assert_eq!(refused, "ACQ.TRADE_NOT_EXIST", "{method} of another's");
        assert_eq!(shop.refused(method, &about).await, "ACQ.INVALID_PARAMETER", "{method} of nothing");
    }
    // Where both are given the wallet's number wins.
    let both = json!({"trade_no": trade, "out_trade_no": "D2"});
    assert_eq!(shop.done("query", &both).await["out_trade_no"], "D1");
}
