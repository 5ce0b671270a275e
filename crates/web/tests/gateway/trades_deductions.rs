//! `alipay.trade.pay` with an agreement: what is deducted, and every reason why something is not
//! (spec/alipay-agreement.md 2.6).

use super::trades_shop::{Shop, TOMORROW, deduction, monthly, with, world};
use crate::support::{Browser, CLIENT, OMAR, SARA};
use jiff::SignedDuration;
use jiff::civil::date;
use mithaq_domain::{AgreementPay, Plan, Status};
use mithaq_types::{ClientId, ContractId, Currency, Money, UserId};
use mithaq_wallet::Pin;
use serde_json::json;

const PERIODIC: &str = "CYCLE_PAY_AUTH";
const AT_WILL: &str = "GENERAL_WITHHOLDING";

fn cents(minor: i64) -> Money {
    Money::new(minor, Currency::CNY)
}

#[tokio::test]
async fn a_deduction_moves_the_money_and_says_so_in_full() {
    let world = world().await;
    let shop = Shop::of(&world);
    let agreement = shop.agreement(&SARA, Some(monthly(TOMORROW))).await;
    let content = with(&deduction("D1", &agreement, PERIODIC), "seller_id", json!(CLIENT));
    let paid = shop.done("pay", &content).await;
    assert_eq!(paid["out_trade_no"], "D1");
    assert!(paid["trade_no"].as_str().is_some_and(|number| number.len() == 35), "{paid}");
    assert_eq!(paid["buyer_user_id"], shop.customer(&SARA).await);
    assert_eq!(paid["buyer_logon_id"].as_str().map(|name| name.contains("****")), Some(true), "{paid}");
    for name in ["total_amount", "receipt_amount", "buyer_pay_amount", "invoice_amount"] {
        assert_eq!(paid[name], "10.00", "{name}");
    }
    assert_eq!((&paid["point_amount"], &paid["gmt_payment"]), (&json!("0.00"), &json!("2030-02-03 15:00:00")));
    assert_eq!(paid["fund_bill_list"], json!([{"fund_channel": "ALIPAYACCOUNT", "amount": "10.00"}]));
    assert!(paid.get("async_payment_mode").is_none());
    assert_eq!(world.cents(&SARA).await, 49_000);
    let books = shop.books().await;
    assert!(books.iter().any(|line| line.contains("merchant") && line.ends_with("9.90 CNY")), "{books:?}");
}

#[tokio::test]
async fn who_may_wait_for_the_result_gets_it_at_once() {
    let world = world().await;
    let shop = Shop::of(&world);
    let agreement = shop.agreement(&SARA, None).await;
    let content = with(&deduction("D1", &agreement, AT_WILL), "is_async_pay", json!(true));
    assert_eq!(shop.done("pay", &content).await["async_payment_mode"], "SYNC_DIRECT_PAY");
    assert_eq!(world.cents(&SARA).await, 49_000);
}

#[tokio::test]
async fn an_agreement_that_is_not_there_not_this_merchants_or_ended_does_not_exist() {
    let world = world().await;
    let shop = Shop::of(&world);
    let refused = async |agreement: &ContractId| shop.refused("pay", &deduction("D1", agreement, AT_WILL)).await;
    assert_eq!(refused(&ContractId::new("20300203000000000000")).await, "ACQ.AGREEMENT_NOT_EXIST");
    let foreign = Shop::other(&world).agreement(&SARA, None).await;
    assert_eq!(refused(&foreign).await, "ACQ.AGREEMENT_NOT_EXIST");
    let (wallet, sara, client) = (&world.app.wallet, UserId::new(SARA.user_id), ClientId::new(CLIENT));
    let by_user = shop.agreement(&SARA, None).await;
    wallet.end_contract_as_user(by_user.clone(), &sara, Pin::NotAsked).await.expect("ended");
    assert_eq!(refused(&by_user).await, "ACQ.AGREEMENT_NOT_EXIST");
    let by_merchant = shop.agreement(&SARA, None).await;
    wallet.end_agreement_as_merchant(client, by_merchant.clone(), None).await.expect("ended");
    assert_eq!(refused(&by_merchant).await, "ACQ.AGREEMENT_NOT_EXIST");
    let by_operator = shop.agreement(&SARA, None).await;
    wallet.end_contract_as_operator(by_operator.clone()).await.expect("ended");
    assert_eq!(refused(&by_operator).await, "ACQ.AGREEMENT_NOT_EXIST");
}

#[tokio::test]
async fn a_contract_of_the_other_surface_is_no_agreement() {
    let world = world().await;
    let shop = Shop::of(&world);
    let sign = json!({"authUrl": world.auth_url().await, "userId": SARA.user_id});
    Browser::new(&world).post("/sandbox/v1/sign", &sign).await;
    let contract = world.contracts().await[0].contract.contract_id.clone();
    assert_eq!(shop.refused("pay", &deduction("D1", &contract, AT_WILL)).await, "ACQ.AGREEMENT_NOT_EXIST");
}

#[tokio::test]
async fn an_agreement_that_ran_out_is_invalid() {
    let world = world().await;
    let shop = Shop::of(&world);
    let ends_at = world.app.wallet.now() + SignedDuration::from_hours(24);
    let agreement = shop.agreement_with(&SARA, None, |terms| terms.ends_at = ends_at).await;
    shop.done("pay", &deduction("D1", &agreement, AT_WILL)).await;
    world.pass(SignedDuration::from_hours(24));
    assert_eq!(shop.refused("pay", &deduction("D2", &agreement, AT_WILL)).await, "ACQ.AGREEMENT_INVALID");
}

#[tokio::test]
async fn a_product_that_the_agreement_was_not_signed_for_does_not_fit_it() {
    let world = world().await;
    let shop = Shop::of(&world);
    let at_will = shop.agreement(&SARA, None).await;
    assert_eq!(shop.refused("pay", &deduction("D1", &at_will, PERIODIC)).await, "ACQ.AGREEMENT_ERROR");
    // In newer texts the other one is the sales product of both.
    let periodic = shop.agreement(&SARA, Some(monthly(TOMORROW))).await;
    shop.done("pay", &deduction("D1", &periodic, AT_WILL)).await;
}

#[tokio::test]
async fn an_agreement_in_another_currency_does_not_fit_the_request() {
    let world = world().await;
    let shop = Shop::of(&world);
    let dinars = shop.agreement_with(&SARA, None, |terms| terms.currency = Currency::IQD).await;
    assert_eq!(shop.refused("pay", &deduction("D1", &dinars, AT_WILL)).await, "ACQ.AGREEMENT_ERROR");
}

#[tokio::test]
async fn a_merchant_without_the_product_or_with_it_stopped_deducts_nothing() {
    let world = world().await;
    let shop = Shop::of(&world);
    let agreement = shop.agreement(&SARA, None).await;
    let content = deduction("D1", &agreement, AT_WILL);
    world.set_client(Status::Active, AgreementPay::NotAgreed).await;
    assert_eq!(shop.refused("pay", &content).await, "ACQ.MERCHANT_AGREEMENT_NOT_EXIST");
    world.set_client(Status::Active, AgreementPay::Suspended).await;
    assert_eq!(shop.refused("pay", &content).await, "ACQ.MERCHANT_AGREEMENT_INVALID");
    world.set_client(Status::Active, AgreementPay::Allowed).await;
    shop.done("pay", &content).await;
}

#[tokio::test]
async fn a_period_is_deducted_within_its_days_and_once() {
    let world = world().await;
    let shop = Shop::of(&world);
    let agreement = shop.agreement(&SARA, Some(monthly(date(2030, 2, 9)))).await;
    let content = |number: &str| deduction(number, &agreement, PERIODIC);
    // The window opens five days before: on the 4th.
    let (code, why) = shop.refusal("pay", &content("D1")).await;
    assert_eq!(code, "ACQ.CYCLE_PAY_DATE_NOT_MATCH");
    assert!(why.contains("2030-02-04"), "{why}");
    world.pass(SignedDuration::from_hours(24));
    shop.done("pay", &content("D1")).await;
    let (code, why) = shop.refusal("pay", &content("D2")).await;
    assert_eq!(code, "ACQ.CYCLE_PAY_DATE_NOT_MATCH");
    assert!(why.contains("2030-03-04"), "the next period, from its planned day and not from the day of payment: {why}");
    // 9 March is the last day; on the 10th it is too late, until the day is moved.
    world.clock.set("2030-03-10T07:00:00Z".parse().expect("a time"));
    let (code, why) = shop.refusal("pay", &content("D2")).await;
    assert_eq!(code, "ACQ.CYCLE_PAY_DATE_NOT_MATCH");
    assert!(why.contains("executionplan.modify"), "{why}");
    world.clock.set("2030-03-09T20:59:00Z".parse().expect("a time"));
    shop.done("pay", &content("D2")).await;
}

#[tokio::test]
async fn no_deduction_passes_the_caps_of_its_plan() {
    let world = world().await;
    let shop = Shop::of(&world);
    let plan = Plan { total: Some(cents(11_000)), payments: Some(2), ..monthly(TOMORROW) };
    let agreement = shop.agreement(&SARA, Some(plan)).await;
    let content =
        |number: &str, amount: &str| with(&deduction(number, &agreement, PERIODIC), "total_amount", json!(amount));
    assert_eq!(shop.refused("pay", &content("D1", "100.01")).await, "ACQ.CYCLE_PAY_SINGLE_FEE_EXCEED");
    shop.done("pay", &content("D1", "100.00")).await;
    world.pass(SignedDuration::from_hours(24 * 28));
    assert_eq!(shop.refused("pay", &content("D2", "10.01")).await, "ACQ.CYCLE_PAY_TOTAL_FEE_EXCEED");
    shop.done("pay", &content("D2", "9.99")).await;
    world.pass(SignedDuration::from_hours(24 * 31));
    assert_eq!(shop.refused("pay", &content("D3", "0.01")).await, "ACQ.CYCLE_PAY_TOTAL_TIMES_EXCEED");
}

#[tokio::test]
async fn no_deduction_passes_the_caps_of_the_product_and_of_the_day() {
    let world = world().await;
    let shop = Shop::of(&world);
    world.give_yuan(&SARA, 90_000_000).await;
    let large = Plan { single: cents(2_000_000_000), ..monthly(TOMORROW) };
    let periodic = shop.agreement(&SARA, Some(large)).await;
    let at_will = shop.agreement(&SARA, None).await;
    let content = |number: &str, agreement: &ContractId, product: &str, amount: &str| {
        with(&deduction(number, agreement, product), "total_amount", json!(amount))
    };
    let above = "10000000.01";
    let refused = shop.refused("pay", &content("D0", &periodic, PERIODIC, above)).await;
    assert_eq!(refused, "ACQ.CYCLE_PAY_SINGLE_FEE_EXCEED");
    assert_eq!(shop.refused("pay", &content("D0", &at_will, AT_WILL, above)).await, "ACQ.PRODUCT_AMOUNT_LIMIT_ERROR");
    for number in ["D1", "D2", "D3", "D4", "D5"] {
        shop.done("pay", &content(number, &at_will, AT_WILL, "10000000.00")).await;
    }
    let refused = shop.refused("pay", &content("D6", &at_will, AT_WILL, "0.01")).await;
    assert_eq!(refused, "ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR");
}

#[tokio::test]
async fn what_was_refused_may_succeed_under_the_same_number_later() {
    let world = world().await;
    let shop = Shop::of(&world);
    let agreement = shop.agreement(&OMAR, None).await;
    let content = with(&deduction("D1", &agreement, AT_WILL), "total_amount", json!("100.01"));
    assert_eq!(shop.refused("pay", &content).await, "ACQ.BUYER_BALANCE_NOT_ENOUGH");
    assert_eq!(shop.refused("query", &json!({"out_trade_no": "D1"})).await, "ACQ.TRADE_NOT_EXIST");
    world.give_yuan(&OMAR, 1).await;
    shop.done("pay", &content).await;
    assert_eq!(world.cents(&OMAR).await, 99);
}

#[tokio::test]
async fn of_two_deductions_of_one_period_at_the_same_moment_one_is_made() {
    let world = world().await;
    let shop = Shop::of(&world);
    let agreement = shop.agreement(&SARA, Some(monthly(TOMORROW))).await;
    let (one, other) = (deduction("D1", &agreement, PERIODIC), deduction("D2", &agreement, PERIODIC));
    let (one, other) = tokio::join!(shop.call("pay", &one), shop.call("pay", &other));
    let mut codes = [&one, &other].map(|answer| answer["sub_code"].as_str().unwrap_or("10000").to_owned());
    codes.sort();
    assert_eq!(codes, ["10000", "ACQ.CYCLE_PAY_DATE_NOT_MATCH"]);
    assert_eq!(world.cents(&SARA).await, 49_000);
}
