//! Playing the user and moving the clock, as tests of merchants do.

use crate::support::{Browser, CLIENT, SARA, World};
use jiff::SignedDuration;
use mithaq_domain::{AgreementPay, Status, UserStatus};
use mithaq_types::{ClientId, UserId};
use serde_json::json;

#[tokio::test]
async fn signing_answers_what_the_mini_program_would_get() {
    let world = World::sandbox().await;
    let mut browser = Browser::new(&world);
    let sign = json!({"authUrl": world.auth_url().await, "userId": SARA.user_id});
    let answer = browser.post("/sandbox/v1/sign", &sign).await;
    let code = answer.json()["authCode"].as_str().expect("a code").to_owned();
    assert!(world.app.wallet.exchange_code(ClientId::new(CLIENT), &code, None).await.is_ok());
    for (outcome, expected) in [("cancel", "6001"), ("fail", "6003")] {
        let mut sign = sign.clone();
        sign["outcome"] = json!(outcome);
        let answer = browser.post("/sandbox/v1/sign", &sign).await;
        assert_eq!((answer.status, &answer.json()["errorCode"]), (200, &json!(expected)));
        assert!(answer.json()["errMessage"].is_string());
    }
    assert_eq!(world.contracts().await.len(), 1);
}

#[tokio::test]
async fn what_cannot_be_signed_answers_6003() {
    let world = World::sandbox().await;
    let mut browser = Browser::new(&world);
    let auth_url = world.auth_url().await;
    let mut code = async |auth_url: &str| {
        let sign = json!({"authUrl": auth_url, "userId": SARA.user_id});
        let answer = browser.post("/sandbox/v1/sign", &sign).await;
        (answer.status, answer.json()["errorCode"].clone())
    };
    let refused = (200, json!("6003"));
    assert_eq!(code(&format!("{}/authorize?authId=unknown", world.origin)).await, refused);
    world.set_client(Status::Active, AgreementPay::Suspended).await;
    assert_eq!(code(&auth_url).await, refused);
    world.set_client(Status::Active, AgreementPay::Allowed).await;
    let user = || UserId::new(SARA.user_id);
    world.app.wallet.set_user(user(), UserStatus::Frozen).await.expect("frozen");
    assert_eq!(code(&auth_url).await, refused);
    world.app.wallet.set_user(user(), UserStatus::Active).await.expect("active");
    world.pass(SignedDuration::from_hours(24 * 30));
    assert_eq!(code(&auth_url).await, refused);
}

#[tokio::test]
async fn the_clock_moves_by_the_calendar_of_the_wallets_zone_and_goes_back() {
    let world = World::sandbox().await;
    let mut browser = Browser::new(&world);
    let mut moved = async |change| {
        let body = browser.post("/sandbox/v1/clock", &change).await.json();
        (body["now"].as_str().expect("a time")[..16].to_owned(), body["shifted"].clone())
    };
    let shifted = |now: &str| (now.to_owned(), json!(true));
    assert_eq!(moved(json!({"set": "2027-01-31T21:30:00Z"})).await, shifted("2027-02-01T00:30"));
    assert_eq!(moved(json!({"set": "2027-01-31T09:00:00+03:00"})).await, shifted("2027-01-31T09:00"));
    assert_eq!(moved(json!({"advance": "P1M"})).await, shifted("2027-02-28T09:00"));
    assert_eq!(moved(json!({"advance": "PT15H"})).await, shifted("2027-03-01T00:00"));
    assert_eq!(moved(json!({"reset": true})).await.1, json!(false));
    assert_eq!(world.clock.shift_ms(), 0);
}

#[tokio::test]
async fn acting_as_a_user_signs_this_browser_in_with_a_cookie_like_any_other() {
    let world = World::sandbox().await;
    let mut browser = Browser::new(&world);
    let answer = browser.post("/sandbox/v1/session", &json!({"userId": SARA.user_id})).await;
    assert!(answer.header("Set-Cookie").ends_with("; Path=/; HttpOnly; SameSite=Strict"), "{answer:?}");
    let session = browser.get("/app/v1/session").await.json();
    assert_eq!((&session["user"]["userId"], &session["csrf"]), (&json!(SARA.user_id), &answer.json()["csrf"]));
}

#[tokio::test]
async fn a_signing_on_the_page_is_seen_in_the_studios_list_without_the_pin() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.sign_page(&world.auth_url().await).await;
    browser.get(&page.page_url).await;
    browser.get(&page.page_url).await;
    browser.submit(&page.ix, "confirm", &[("pin", SARA.pin)]).await;
    let list = browser.get("/sandbox/v1/calls").await;
    let calls = list.json()["calls"].as_array().expect("calls").clone();
    let steps: Vec<_> = calls.iter().map(|call| (call["step"].as_u64(), call["replyStep"].as_u64())).collect();
    assert_eq!(steps, [(Some(6), None), (Some(7), None), (Some(8), Some(9))], "shown once, however often loaded");
    assert!(calls.iter().all(|call| call["links"]["ix"] == json!(page.ix)));
    assert!(!list.text.contains(SARA.pin), "{}", list.text);
    let after = browser.get(&format!("/sandbox/v1/calls?after={}", calls[1]["seq"])).await.json();
    assert_eq!(after["calls"].as_array().map(Vec::len), Some(1));
}
