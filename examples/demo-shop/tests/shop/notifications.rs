//! Step 16 and the contract status notice: who is believed, what is acknowledged, how the page hears of it.

use crate::stub::{Reply, STRANGER, WALLET, paid};
use crate::world::World;
use serde_json::{Value, json};
use std::time::Duration;

fn payment(request_id: &Value, value: &str) -> Value {
    json!({
        "paymentResult": { "resultCode": "SUCCESS", "resultStatus": "S", "resultMessage": "Success." },
        "paymentId": "20261201000000000000000000000000001",
        "paymentRequestId": request_id,
        "paymentAmount": { "currency": "IQD", "value": value },
        "paymentStatus": "SUCCESS",
    })
}

#[tokio::test]
async fn a_notification_settles_the_charge_that_got_no_answer() {
    let world = World::open().await;
    let id = world.subscribe().await;
    world.wallet.will([Reply::Lost]);
    let charge = world.charge(&id).await;
    assert_eq!(charge["state"], "UNKNOWN");
    let body = payment(&charge["paymentRequestId"], "5000000");
    for _ in 0..2 {
        assert_eq!(world.notify("/notify/payment", body.clone(), &WALLET).await, "S", "a repetition too");
    }
    let charge = &world.subscription(&id).await["charges"][0];
    assert_eq!((&charge["state"], &charge["notified"]), (&json!("SUCCESS"), &json!(true)));
}

#[tokio::test]
async fn a_notification_that_the_wallet_did_not_sign_is_not_believed() {
    let world = World::open().await;
    let id = world.subscribe().await;
    world.wallet.will([Reply::Lost]);
    let charge = world.charge(&id).await;
    let body = payment(&charge["paymentRequestId"], "5000000");
    assert_eq!(world.notify("/notify/payment", body, &STRANGER).await, "F");
    assert_eq!(world.subscription(&id).await["charges"][0]["state"], "UNKNOWN");
}

#[tokio::test]
async fn what_does_not_fit_a_charge_is_not_acknowledged() {
    let world = World::open().await;
    let id = world.subscribe().await;
    world.wallet.will([Reply::Lost]);
    let charge = world.charge(&id).await;
    for body in [payment(&json!("BOX-OTHER-1"), "5000000"), payment(&charge["paymentRequestId"], "1")] {
        assert_ne!(world.notify("/notify/payment", body, &WALLET).await, "S");
    }
    assert_eq!(world.subscription(&id).await["charges"][0]["state"], "UNKNOWN");
}

#[tokio::test]
async fn the_end_of_a_contract_is_taken_over_with_who_ended_it() {
    let world = World::open().await;
    let id = world.subscribe().await;
    let notice = |status: &str, reason: &str| json!({ "accessToken": "AT1", "contractStatus": status, "modifyTime": "1796104800", "reason": reason });
    let begun = json!({ "accessToken": "AT1", "contractStatus": "VALID", "modifyTime": "1796104800" });
    assert_eq!(world.notify("/notify/contract", begun, &WALLET).await, "S");
    assert_eq!(world.subscription(&id).await["state"], "ACTIVE");
    assert_eq!(world.notify("/notify/contract", notice("INVALID", "USER"), &WALLET).await, "S");
    let subscription = world.subscription(&id).await;
    assert_eq!((&subscription["state"], &subscription["endedBy"]), (&json!("ENDED"), &json!("USER")));
}

#[tokio::test]
async fn news_of_a_contract_before_its_token_arrived_harms_nothing() {
    let world = World::open().await;
    let begun = json!({ "accessToken": "AT9", "contractStatus": "VALID", "modifyTime": "1796104800" });
    assert_eq!(world.notify("/notify/contract", begun, &WALLET).await, "S");
    let ended =
        json!({ "accessToken": "AT9", "contractStatus": "INVALID", "modifyTime": "1796104801", "reason": "USER" });
    assert_ne!(world.notify("/notify/contract", ended, &WALLET).await, "S", "to be sent again");
}

#[tokio::test]
async fn the_page_hears_of_a_notification_and_an_open_stream_does_not_keep_the_shop_open() {
    let world = World::open().await;
    let id = world.subscribe().await;
    world.wallet.will([paid()]);
    let charge = world.charge(&id).await;
    let mut stream = world.get(&format!("/api/subscriptions/{id}/events")).await;
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    let first = stream.chunk().await.expect("open").expect("an event");
    assert!(String::from_utf8_lossy(&first).contains(r#""notified":false"#));

    world.notify("/notify/payment", payment(&charge["paymentRequestId"], "5000000"), &WALLET).await;
    let second = tokio::time::timeout(Duration::from_secs(5), stream.chunk()).await;
    let second = second.expect("in time").expect("open").expect("an event");
    assert!(String::from_utf8_lossy(&second).contains(r#""notified":true"#));

    world.close().await;
}
