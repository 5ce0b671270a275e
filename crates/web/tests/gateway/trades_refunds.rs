//! `alipay.trade.refund` and `alipay.trade.fastpay.refund.query`: what was paid goes back, all or a part, once for each number
//! (spec/alipay-agreement.md 2.8, 2.9).

use super::trades_shop::{Shop, with, world};
use crate::support::{CLIENT, SARA, World};
use jiff::SignedDuration;
use mithaq_domain::{Source, Status};
use mithaq_types::{ClientId, PaymentId};
use serde_json::{Value, json};

fn refund(trade: &str, number: &str, amount: &str) -> Value {
    json!({"trade_no": trade, "out_request_no": number, "refund_amount": amount, "refund_reason": "Damaged"})
}

fn about(trade: &str, number: &str) -> Value {
    json!({"trade_no": trade, "out_request_no": number})
}

/// A paid trade of 10.00, and another so that the merchant can give back what the fee was taken of.
async fn paid(world: &World) -> (Shop<'_>, String) {
    let shop = Shop::of(world);
    shop.deducted("D0").await;
    let trade = shop.deducted("D1").await;
    (shop, trade)
}

#[tokio::test]
async fn parts_go_back_until_the_trade_is_closed() {
    let world = world().await;
    let (shop, trade) = paid(&world).await;
    let first = shop.done("refund", &refund(&trade, "R1", "4.00")).await;
    let expected = [
        ("trade_no", json!(trade)),
        ("out_trade_no", json!("D1")),
        ("buyer_user_id", json!(shop.customer(&SARA).await)),
        ("fund_change", json!("Y")),
        ("refund_fee", json!("4.00")),
        ("gmt_refund_pay", json!("2030-02-03 15:00:00")),
    ];
    for (name, value) in expected {
        assert_eq!(first[name], value, "{name}");
    }
    assert!(first.get("send_back_fee").is_none());
    assert_eq!(world.cents(&SARA).await, 48_400);
    let status = async || shop.done("query", &json!({"trade_no": trade})).await["trade_status"].clone();
    assert_eq!(status().await, "TRADE_SUCCESS");
    assert_eq!(shop.refused("refund", &refund(&trade, "R2", "6.01")).await, "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL");
    let rest = with(&refund(&trade, "R2", "6.00"), "query_options", json!(["send_back_fee"]));
    let last = shop.done("refund", &rest).await;
    assert_eq!((&last["refund_fee"], &last["send_back_fee"]), (&json!("10.00"), &json!("6.00")), "the sum; this one");
    assert_eq!(status().await, "TRADE_CLOSED");
    assert_eq!(shop.refused("refund", &refund(&trade, "R3", "0.01")).await, "ACQ.TRADE_HAS_CLOSE");
    assert_eq!(world.cents(&SARA).await, 49_000);
}

#[tokio::test]
async fn a_repeat_moves_nothing_and_says_so() {
    let world = world().await;
    let (shop, trade) = paid(&world).await;
    let asked = refund(&trade, "R1", "4.00");
    let first = shop.done("refund", &asked).await;
    let books = shop.books().await;
    world.pass(SignedDuration::from_mins(1));
    let again = shop.done("refund", &asked).await;
    assert_eq!(shop.books().await, books);
    assert_eq!(again, with(&first, "fund_change", json!("N")), "the same result otherwise");
    assert_eq!(shop.refused("refund", &refund(&trade, "R1", "4.01")).await, "ACQ.DISCORDANT_REPEAT_REQUEST");
    // Also after the trade is closed.
    shop.done("refund", &refund(&trade, "R2", "6.00")).await;
    let late = shop.done("refund", &asked).await;
    assert_eq!((&late["fund_change"], &late["refund_fee"]), (&json!("N"), &json!("10.00")));
}

#[tokio::test]
async fn of_two_equal_refunds_at_the_same_moment_one_moves_money() {
    let world = world().await;
    let (shop, trade) = paid(&world).await;
    let asked = refund(&trade, "R1", "4.00");
    let (one, other) = tokio::join!(shop.done("refund", &asked), shop.done("refund", &asked));
    let mut changes = [one["fund_change"].clone(), other["fund_change"].clone()].map(|it| it.to_string());
    changes.sort();
    assert_eq!(changes, ["\"N\"", "\"Y\""]);
    assert_eq!(world.cents(&SARA).await, 48_400);
}

#[tokio::test]
async fn a_refund_without_a_number_takes_the_trades() {
    let world = world().await;
    let (shop, trade) = paid(&world).await;
    let asked = with(&refund(&trade, "", "4.00"), "trade_no", json!(null));
    let asked = with(&asked, "out_trade_no", json!("D1"));
    assert_eq!(shop.done("refund", &asked).await["fund_change"], "Y");
    assert_eq!(shop.done("refund", &asked).await["fund_change"], "N");
    let known = shop.done("fastpay.refund.query", &about(&trade, "D1")).await;
    assert_eq!(known["refund_amount"], "4.00");
}

#[tokio::test]
async fn numbers_of_refunds_are_unique_within_a_trade_only() {
    let world = world().await;
    let (shop, trade) = paid(&world).await;
    shop.done("refund", &refund(&trade, "R1", "4.00")).await;
    let other = shop.deducted("D2").await;
    let second = shop.done("refund", &refund(&other, "R1", "5.00")).await;
    assert_eq!((&second["fund_change"], &second["refund_fee"]), (&json!("Y"), &json!("5.00")));
}

#[tokio::test]
async fn a_refund_is_found_by_its_number_and_its_absence_is_an_answer() {
    let world = world().await;
    let (shop, trade) = paid(&world).await;
    shop.done("refund", &refund(&trade, "R1", "4.00")).await;
    let known = shop.done("fastpay.refund.query", &about(&trade, "R1")).await;
    let expected = json!({
        "code": "10000", "msg": "Success", "trade_no": trade, "out_trade_no": "D1", "out_request_no": "R1",
        "total_amount": "10.00", "refund_amount": "4.00", "refund_status": "REFUND_SUCCESS", "refund_reason": "Damaged",
    });
    assert_eq!(known, expected);
    let wanted = with(&about(&trade, "R1"), "query_options", json!(["gmt_refund_pay", "send_back_fee"]));
    let known = shop.done("fastpay.refund.query", &wanted).await;
    assert_eq!((&known["gmt_refund_pay"], &known["send_back_fee"]), (&json!("2030-02-03 15:00:00"), &json!("4.00")));
    // Never asked for, and refused: neither is there.
    shop.refused("refund", &refund(&trade, "R2", "6.01")).await;
    for number in ["R2", "R9"] {
        let absent = shop.done("fastpay.refund.query", &about(&trade, number)).await;
        assert_eq!(absent, json!({"code": "10000", "msg": "Success", "trade_no": trade, "out_trade_no": "D1"}));
    }
    assert_eq!(shop.refused("fastpay.refund.query", &json!({"trade_no": trade})).await, "ACQ.INVALID_PARAMETER");
}

#[tokio::test]
async fn more_than_was_ever_paid_and_no_sum_at_all_are_not_refunded() {
    let world = world().await;
    let (shop, trade) = paid(&world).await;
    assert_eq!(shop.refused("refund", &refund(&trade, "R1", "10.01")).await, "ACQ.REASON_TRADE_REFUND_FEE_ERR");
    for amount in ["0", "-1", "100000000.01"] {
        assert_eq!(shop.refused("refund", &refund(&trade, "R1", amount)).await, "ACQ.REFUND_FEE_ERROR", "{amount}");
    }
    assert_eq!(shop.refused("refund", &refund(&trade, "R1", "1.001")).await, "ACQ.INVALID_PARAMETER");
    let foreign = with(&refund(&trade, "R1", "1.00"), "refund_currency", json!("USD"));
    assert_eq!(shop.refused("refund", &foreign).await, "ACQ.CURRENCY_NOT_SUPPORT");
    // A number that was refused is good for another try.
    shop.done("refund", &refund(&trade, "R1", "10.00")).await;
}

#[tokio::test]
async fn what_was_not_paid_is_not_refunded() {
    let world = world().await;
    let shop = Shop::of(&world);
    shop.agreement(&SARA, None).await;
    let trade = shop.waiting("T1", &SARA).await;
    assert_eq!(shop.refused("refund", &refund(&trade, "R1", "1.00")).await, "ACQ.TRADE_STATUS_ERROR");
    shop.done("close", &json!({"trade_no": trade})).await;
    assert_eq!(shop.refused("refund", &refund(&trade, "R1", "1.00")).await, "ACQ.TRADE_HAS_CLOSE");
}

#[tokio::test]
async fn after_the_refund_period_nothing_goes_back() {
    let world = world().await;
    let (shop, trade) = paid(&world).await;
    world.pass(SignedDuration::from_hours(24 * 366));
    assert_eq!(shop.refused("refund", &refund(&trade, "R1", "1.00")).await, "ACQ.TRADE_HAS_FINISHED");
}

#[tokio::test]
async fn a_trade_in_dispute_is_frozen_until_the_operator_releases_it() {
    let world = world().await;
    let (shop, trade) = paid(&world).await;
    let freeze = async |frozen| {
        world.app.wallet.freeze_payment(PaymentId::new(trade.as_str()), frozen).await.expect("set");
    };
    freeze(true).await;
    assert_eq!(shop.refused("refund", &refund(&trade, "R1", "1.00")).await, "ACQ.REASON_TRADE_BEEN_FREEZEN");
    assert_eq!(shop.refused("cancel", &json!({"trade_no": trade})).await, "ACQ.REASON_TRADE_BEEN_FREEZEN");
    freeze(false).await;
    shop.done("refund", &refund(&trade, "R1", "1.00")).await;
}

#[tokio::test]
async fn a_merchant_that_has_not_the_money_or_is_stopped_gives_nothing_back() {
    let world = world().await;
    let shop = Shop::of(&world);
    // A refund leaves the fee where it is: what the merchant has is less than what was paid.
    let trade = shop.deducted("D1").await;
    let whole = refund(&trade, "R1", "10.00");
    assert_eq!(shop.refused("refund", &whole).await, "ACQ.SELLER_BALANCE_NOT_ENOUGH");
    shop.deducted("D2").await;
    let set = async |status| {
        world.app.wallet.set_merchant_status(ClientId::new(CLIENT), status).await.expect("set");
    };
    set(Status::Suspended).await;
    assert_eq!(shop.refused("refund", &whole).await, "ACQ.TRADE_NOT_ALLOW_REFUND");
    set(Status::Active).await;
    assert_eq!(shop.done("refund", &whole).await["fund_change"], "Y", "the same number, now that there is money");
}

#[tokio::test]
async fn what_a_card_paid_goes_back_to_the_balance() {
    let world = world().await;
    let (shop, _) = paid(&world).await;
    let trade = shop.waiting("T1", &SARA).await;
    let card = world.card(&SARA, "4242424242424242").await;
    shop.confirm(&trade, &SARA, Source::Card(card)).await.expect("paid");
    let before = world.cents(&SARA).await;
    shop.done("refund", &refund(&trade, "R1", "4.00")).await;
    assert_eq!(world.cents(&SARA).await, before + 400);
}
