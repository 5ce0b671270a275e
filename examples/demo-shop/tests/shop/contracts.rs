//! Steps 1 to 13, the end of a contract, and signing in.

use crate::stub::{Reply, refused, says, tokens};
use crate::world::World;
use serde_json::{Value, json};

#[tokio::test]
async fn prepare_tells_the_wallet_what_the_user_will_read_and_at_most_pay() {
    for (language, words) in [("en-US", "Fresh Box"), ("ar-IQ", "صندوق طازج")] {
        let world = World::open().await;
        let auth_url = "http://wallet.example/authorize?authId=8E25";
        world.wallet.will([says("SUCCESS", "S", json!({ "authUrl": auth_url }))]);
        let answer = world.post("/api/prepare", json!({ "language": language, "plan": "fresh-box" })).await;
        assert_eq!(answer, (200, json!({ "authUrl": auth_url })), "unchanged");

        let (path, body) = world.wallet.asked().remove(0);
        assert_eq!(path, "/v1/authorizations/prepare");
        assert_eq!(body["scopes"], "AGREEMENT_PAY");
        let terms: Value = serde_json::from_str(body["extendInfo"].as_str().expect("a text")).expect("JSON in it");
        assert_eq!(terms["language"], language);
        assert_eq!(terms["contractTitle"], words);
        assert!(terms["contractDesc"].as_str().is_some_and(|text| text.starts_with(words)));
        assert_eq!(terms["agreedAmount"], json!({ "currency": "IQD", "value": "5000000" }));
        assert_eq!(terms["contractStatusNotifyUrl"], format!("{}/notify/contract", world.url));
    }
}

#[tokio::test]
async fn a_plan_or_language_nobody_has_is_refused_here() {
    let world = World::open().await;
    for ask in
        [json!({ "language": "en-US", "plan": "gold" }), json!({ "language": "fr", "plan": "fresh-box" }), json!([])]
    {
        let (status, body) = world.post("/api/prepare", ask).await;
        assert!((400..500).contains(&status));
        assert_eq!(body["error"]["code"], "BAD_REQUEST");
    }
    assert!(world.wallet.asked().is_empty());
}

#[tokio::test]
async fn the_page_gets_a_subscription_and_never_the_token() {
    let world = World::open().await;
    let id = world.subscribe().await;
    assert_eq!(id.len(), 32);
    let subscription = world.subscription(&id).await;
    assert_eq!(subscription["state"], "ACTIVE");
    assert!(!subscription.to_string().contains("AT1"));
}

#[tokio::test]
async fn the_same_code_handed_over_twice_is_exchanged_once() {
    let world = World::open().await;
    world.wallet.will([tokens("AT1")]);
    let hand_over = || world.post("/api/subscribe", json!({ "authCode": "CODE" }));
    let (first, second) = tokio::join!(hand_over(), hand_over());
    assert_eq!(first.1["id"], second.1["id"]);
    assert_eq!(world.wallet.asked().len(), 1);
}

#[tokio::test]
async fn a_refused_code_keeps_the_wallets_reason_and_a_lost_answer_may_be_tried_again() {
    let world = World::open().await;
    world.wallet.will([refused("EXPIRED_CODE"), Reply::Lost, tokens("AT1")]);
    let ask = || world.post("/api/subscribe", json!({ "authCode": "CODE" }));
    let (status, body) = ask().await;
    assert_eq!((status, &body["error"]["code"]), (422, &json!("EXPIRED_CODE")));
    let (status, body) = ask().await;
    assert_eq!((status, &body["error"]["code"]), (503, &json!("WALLET_UNREACHABLE")));
    assert_eq!(ask().await.0, 200);
}

#[tokio::test]
async fn cancelling_ends_the_token_and_then_nothing_can_be_charged() {
    let world = World::open().await;
    let id = world.subscribe().await;
    world.wallet.will([Reply::Lost, says("SUCCESS", "S", json!({}))]);
    let cancel = || world.post("/api/cancel", json!({ "subscriptionId": id }));
    assert_eq!(cancel().await.0, 503);
    assert_eq!(world.subscription(&id).await["state"], "ACTIVE", "not known to have ended");
    assert_eq!(cancel().await.1["state"], "ENDED");
    let (path, body) = world.wallet.asked().pop().expect("asked");
    assert_eq!((path.as_str(), &body["accessToken"]), ("/v1/authorizations/cancelToken", &json!("AT1")));
    let (status, body) = world.post("/api/charge", json!({ "subscriptionId": id })).await;
    assert_eq!((status, &body["error"]["code"]), (409, &json!("SUBSCRIPTION_ENDED")));
}

#[tokio::test]
async fn nobody_can_do_anything_with_an_id_that_was_not_given_out() {
    let world = World::open().await;
    for path in ["/api/charge", "/api/cancel"] {
        let (status, body) = world.post(path, json!({ "subscriptionId": "0".repeat(32) })).await;
        assert_eq!((status, &body["error"]["code"]), (404, &json!("SUBSCRIPTION_UNKNOWN")));
    }
    for path in ["/api/subscriptions/0", "/api/subscriptions/0/events"] {
        assert_eq!(world.get(path).await.status().as_u16(), 404);
    }
    assert!(world.wallet.asked().is_empty());
}

#[tokio::test]
async fn signing_in_asks_the_wallet_for_the_name() {
    let world = World::open().await;
    let user = json!({ "userInfo": {
        "userId": "216610000000000000009", "userName": { "fullName": "Sara Ali" }, "userNameInArabic": { "fullName": "سارة علي" },
    } });
    world.wallet.will([tokens("AT2"), says("SUCCESS", "S", user)]);
    let (status, answer) = world.post("/api/login", json!({ "authCode": "CODE" })).await;
    assert_eq!((status, &answer["name"], &answer["nameAr"]), (200, &json!("Sara Ali"), &json!("سارة علي")));
    assert_eq!((&answer["customerId"], &answer["subscription"]), (&json!("216610000000000000009"), &json!(null)));
}

#[tokio::test]
async fn signing_in_finds_ones_own_subscription_and_nobody_elses() {
    let world = World::open().await;
    let id = world.subscribe().await;
    let sign_in = async |user_id: &str| {
        world.wallet.will([tokens("AT2"), says("SUCCESS", "S", json!({ "userInfo": { "userId": user_id } }))]);
        world.post("/api/login", json!({ "authCode": "CODE" })).await.1
    };
    assert_eq!(sign_in("216610000000000000001").await["subscription"]["id"], json!(id));
    assert_eq!(sign_in("216610000000000000009").await["subscription"], json!(null));
}
