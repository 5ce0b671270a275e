//! A number that was used before means what came of it, and nothing else can be done with it (spec/alipay-agreement.md 2.6).

use super::trades_shop::{Shop, deduction, with, world};
use crate::support::{OMAR, SARA};
use mithaq_domain::Source;
use serde_json::json;

const AT_WILL: &str = "GENERAL_WITHHOLDING";

#[tokio::test]
async fn a_number_that_is_paid_is_not_paid_again() {
    let world = world().await;
    let shop = Shop::of(&world);
    let agreement = shop.agreement(&SARA, None).await;
    let content = deduction("D1", &agreement, AT_WILL);
    shop.done("pay", &content).await;
    assert_eq!(shop.refused("pay", &content).await, "ACQ.TRADE_HAS_SUCCESS");
    assert_eq!(world.cents(&SARA).await, 49_000);
}

#[tokio::test]
async fn a_number_means_one_amount_and_one_subject() {
    let world = world().await;
    let shop = Shop::of(&world);
    let agreement = shop.agreement(&SARA, None).await;
    let content = deduction("D1", &agreement, AT_WILL);
    shop.done("pay", &content).await;
    for (name, value) in [("total_amount", "10.01"), ("subject", "Another")] {
        assert_eq!(shop.refused("pay", &with(&content, name, json!(value))).await, "ACQ.CONTEXT_INCONSISTENT");
    }
}

#[tokio::test]
async fn a_number_means_one_payer_but_any_agreement_of_theirs() {
    let world = world().await;
    let shop = Shop::of(&world);
    let (sara, omar) = (shop.agreement(&SARA, None).await, shop.agreement(&OMAR, None).await);
    shop.done("pay", &deduction("D1", &sara, AT_WILL)).await;
    assert_eq!(shop.refused("pay", &deduction("D1", &omar, AT_WILL)).await, "ACQ.TRADE_BUYER_NOT_MATCH");
    let newer = shop.agreement_with(&SARA, None, |terms| terms.scene = "INDUSTRY|EDU".into()).await;
    assert_eq!(shop.refused("pay", &deduction("D1", &newer, AT_WILL)).await, "ACQ.TRADE_HAS_SUCCESS");
}

#[tokio::test]
async fn a_number_whose_trade_was_given_back_is_closed() {
    let world = world().await;
    let shop = Shop::of(&world);
    let agreement = shop.agreement(&SARA, None).await;
    let content = deduction("D1", &agreement, AT_WILL);
    shop.done("pay", &content).await;
    shop.done("cancel", &json!({"out_trade_no": "D1"})).await;
    assert_eq!(shop.refused("pay", &content).await, "ACQ.TRADE_HAS_CLOSE");
    assert_eq!(world.cents(&SARA).await, 50_000);
}

#[tokio::test]
async fn a_number_that_was_cancelled_before_anything_came_with_it_stays_unusable() {
    let world = world().await;
    let shop = Shop::of(&world);
    let agreement = shop.agreement(&SARA, None).await;
    shop.done("cancel", &json!({"out_trade_no": "D1"})).await;
    assert_eq!(shop.refused("pay", &deduction("D1", &agreement, AT_WILL)).await, "ACQ.TRADE_HAS_CLOSE");
    assert_eq!(shop.refused("create", &shop.order("D1", &SARA).await).await, "ACQ.TRADE_HAS_CLOSE");
    assert_eq!(shop.refused("query", &json!({"out_trade_no": "D1"})).await, "ACQ.TRADE_NOT_EXIST");
}

#[tokio::test]
async fn a_trade_that_waits_for_its_payer_is_not_deducted() {
    let world = world().await;
    let shop = Shop::of(&world);
    let agreement = shop.agreement(&SARA, None).await;
    let trade = shop.waiting("T1", &SARA).await;
    let content = with(&deduction("T1", &agreement, AT_WILL), "subject", json!("Fresh Box"));
    assert_eq!(shop.refused("pay", &content).await, "ACQ.TRADE_STATUS_ERROR");
    shop.confirm(&trade, &SARA, Source::Balance).await.expect("paid");
    assert_eq!(shop.refused("pay", &content).await, "ACQ.TRADE_HAS_SUCCESS");
}

#[tokio::test]
async fn numbers_are_one_space_for_both_surfaces_of_a_client_and_another_clients_are_its_own() {
    let world = world().await;
    let shop = Shop::of(&world);
    let (own, foreign) = (shop.agreement(&SARA, None).await, Shop::other(&world).agreement(&SARA, None).await);
    world.order_with(|order| order.request_id = "P1".into()).await;
    assert_eq!(shop.refused("pay", &deduction("P1", &own, AT_WILL)).await, "ACQ.CONTEXT_INCONSISTENT");
    assert_eq!(shop.refused("create", &shop.order("P1", &SARA).await).await, "ACQ.CONTEXT_INCONSISTENT");
    assert_eq!(shop.refused("query", &json!({"out_trade_no": "P1"})).await, "ACQ.TRADE_NOT_EXIST");
    Shop::other(&world).done("pay", &deduction("P1", &foreign, AT_WILL)).await;
}

#[tokio::test]
async fn of_two_deductions_with_one_number_at_the_same_moment_one_is_made() {
    let world = world().await;
    let shop = Shop::of(&world);
    let agreement = shop.agreement(&SARA, None).await;
    let content = deduction("D1", &agreement, AT_WILL);
    let (one, other) = tokio::join!(shop.call("pay", &content), shop.call("pay", &content));
    let mut codes = [&one, &other].map(|answer| answer["sub_code"].as_str().unwrap_or("10000").to_owned());
    codes.sort();
    assert_eq!(codes, ["10000", "ACQ.TRADE_HAS_SUCCESS"]);
    assert_eq!(world.cents(&SARA).await, 49_000);
}
