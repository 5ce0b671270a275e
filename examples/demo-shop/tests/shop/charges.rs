//! Steps 14 and 15, above all when the answer stays away.

use crate::stub::{Reply, paid, refused, says};
use crate::world::World;
use serde_json::json;

#[tokio::test]
async fn a_charge_asks_for_the_agreed_amount_with_the_token() {
    let world = World::open().await;
    let id = world.subscribe().await;
    world.wallet.will([paid()]);
    let charge = world.charge(&id).await;
    assert_eq!(charge["state"], "SUCCESS");
    let (path, body) = world.wallet.asked().pop().expect("asked");
    assert_eq!(path, "/v1/payments/pay");
    assert_eq!(body["productCode"], "51051000101000100031");
    assert_eq!(body["paymentAuthCode"], "AT1");
    assert_eq!(body["paymentAmount"], json!({ "currency": "IQD", "value": "5000000" }));
    assert_eq!(body["order"]["buyer"]["referenceBuyerId"], "216610000000000000001");
    assert_eq!(body["paymentRequestId"], charge["paymentRequestId"]);
    assert_eq!(body["paymentNotifyUrl"], format!("{}/notify/payment", world.url));
}

#[tokio::test]
async fn a_lost_answer_is_repeated_with_the_same_request() {
    let world = World::open().await;
    let id = world.subscribe().await;
    world.wallet.will([Reply::Lost, says("PAYMENT_IN_PROCESS", "U", json!({})), paid()]);
    for state in ["UNKNOWN", "UNKNOWN", "SUCCESS"] {
        assert_eq!(world.charge(&id).await["state"], state);
    }
    let asked = world.wallet.asked();
    assert_eq!(asked[1..].len(), 3);
    assert!(asked[1..].iter().all(|ask| *ask == asked[1]), "the same id and the same content");
    assert_eq!(world.subscription(&id).await["charges"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_refusal_is_final_and_the_next_charge_is_another() {
    let world = World::open().await;
    let id = world.subscribe().await;
    world.wallet.will([refused("USER_BALANCE_NOT_ENOUGH"), paid()]);
    let first = world.charge(&id).await;
    assert_eq!((&first["state"], &first["code"]), (&json!("FAIL"), &json!("USER_BALANCE_NOT_ENOUGH")));
    let second = world.charge(&id).await;
    assert_eq!(second["state"], "SUCCESS");
    assert_ne!(second["paymentRequestId"], first["paymentRequestId"]);
}

#[tokio::test]
async fn a_refused_repetition_does_not_hide_that_the_first_try_was_paid() {
    let world = World::open().await;
    let id = world.subscribe().await;
    let state = json!({ "paymentId": "P1", "paymentStatus": "SUCCESS" });
    world.wallet.will([Reply::Lost, refused("ACCESS_DENIED"), says("SUCCESS", "S", state)]);
    assert_eq!(world.charge(&id).await["state"], "UNKNOWN");
    assert_eq!(world.charge(&id).await["state"], "SUCCESS");
    assert_eq!(world.wallet.asked().pop().expect("asked").0, "/v1/payments/inquiryPayment");
}

#[tokio::test]
async fn a_refused_repetition_of_a_try_that_never_arrived_is_a_refusal() {
    let world = World::open().await;
    let id = world.subscribe().await;
    world.wallet.will([Reply::Lost, refused("USER_BALANCE_NOT_ENOUGH"), refused("ORDER_NOT_EXIST")]);
    assert_eq!(world.charge(&id).await["state"], "UNKNOWN");
    let charge = world.charge(&id).await;
    assert_eq!((&charge["state"], &charge["code"]), (&json!("FAIL"), &json!("USER_BALANCE_NOT_ENOUGH")));
}

#[tokio::test]
async fn while_nothing_can_be_learnt_the_charge_stays_unknown() {
    let world = World::open().await;
    let id = world.subscribe().await;
    world.wallet.will([Reply::Lost, refused("ACCESS_DENIED"), refused("ACCESS_DENIED")]);
    for _ in 0..2 {
        assert_eq!(world.charge(&id).await["state"], "UNKNOWN");
    }
}

#[tokio::test]
async fn a_dead_token_ends_the_subscription() {
    let world = World::open().await;
    let id = world.subscribe().await;
    world.wallet.will([refused("INVALID_ACCESS_TOKEN")]);
    assert_eq!(world.charge(&id).await["state"], "FAIL");
    assert_eq!(world.subscription(&id).await["state"], "ENDED");
}
