//! Which pages a Mini Program can have opened: this wallet's own, and no others (spec/jsapi.md 6.2).

use crate::support::{APP, Browser, OMAR, SARA, World};
use mithaq_domain::{AgreementPay, Status};
use serde_json::{Value, json};

/// The reply of a call that opens nothing.
async fn refused(browser: &mut Browser, api: &str, args: &Value) -> Value {
    let answer = browser.call(api, args).await;
    let body = answer.json();
    assert_eq!((answer.status, &body["state"], &body["reply"]["ok"]), (200, &json!("FINAL"), &json!(false)), "{args}");
    body["reply"]["ret"].clone()
}

#[tokio::test]
async fn what_is_not_an_authorization_page_of_this_wallet_is_a_wrong_parameter() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let good = world.auth_url().await;
    let host = good.strip_prefix("http://").expect("http");
    let id = good.split_once('=').expect("an id").1;
    let origin = &world.origin;
    for bad in [
        format!("https://evil.example/authorize?authId={id}"),
        format!("https://{host}"),
        format!("http://127.0.0.1:1/authorize?authId={id}"),
        good.replace("localhost", "localhost.evil.example"),
        format!("http://user@{host}"),
        format!("http://:secret@{host}"),
        format!("{origin}@evil.example/authorize?authId={id}"),
        format!("{origin}/consent?authId={id}"),
        format!("{origin}/authorize/x?authId={id}"),
        format!("{origin}/app/v1/logout?authId={id}"),
        format!("{origin}/authorize?authid={id}"),
        format!("{origin}/authorize?authId="),
        format!("{origin}/authorize"),
        format!("{good}&authId={id}"),
        format!("{good}&x={}", "y".repeat(256)),
        format!("javascript:location='{good}'"),
        "/authorize?authId=1".to_owned(),
        id.to_owned(),
        String::new(),
    ] {
        let ret = refused(&mut browser, "qicardSignContract", &json!({"authUrl": bad})).await;
        assert_eq!((&ret["error"], &ret["errorCode"]), (&json!(2), &json!("2")), "{bad}");
    }
    for args in [json!({}), json!(null), json!("x"), json!([]), json!({"authUrl": 7}), json!({"authUrl": {"a": 1}})] {
        assert_eq!(refused(&mut browser, "qicardSignContract", &args).await["error"], 2, "{args}");
    }
    assert_eq!(browser.get("/app/v1/interactions").await.json(), json!([]), "nothing was opened");
}

#[tokio::test]
async fn both_addresses_of_the_page_open_it_and_more_in_the_query_is_ignored() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let good = world.auth_url().await;
    for url in [good.clone(), good.replace("/authorize?", "/?"), format!("{good}&utm=1#x")] {
        let page = browser.sign_page(&url).await;
        let id = good.split_once('=').expect("an id").1;
        assert_eq!(page.page_url, format!("/authorize?authId={id}&ix={}", page.ix));
        assert!(browser.get(&page.page_url).await.has_form("confirm"), "{url}");
    }
}

#[tokio::test]
async fn a_client_without_agreement_payment_may_not_call() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let args = json!({"authUrl": world.auth_url().await, "signStr": world.auth_url().await});
    for standing in [AgreementPay::NotAgreed, AgreementPay::Suspended] {
        world.set_client(Status::Active, standing).await;
        for api in ["qicardSignContract", "signContract"] {
            assert_eq!(refused(&mut browser, api, &args).await["error"], 4, "{api} {standing:?}");
        }
    }
}

#[tokio::test]
async fn an_unknown_call_fails_and_an_unknown_app_is_not_there() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    assert_eq!(refused(&mut browser, "tradePay2", &json!({})).await["error"], 1);
    let path = "/app/v1/interactions";
    let call = json!({"appId": "none", "api": "getAuthCode", "args": {}});
    assert_eq!(browser.post(path, &call).await.error(), (404, "NOT_FOUND".into()));
    for body in [json!({"appId": APP}), json!({"api": "getAuthCode"}), json!([]), json!("x")] {
        assert_eq!(browser.post(path, &body).await.error(), (400, "PARAM_ILLEGAL".into()), "{body}");
    }
}

#[tokio::test]
async fn a_failing_reply_has_every_spelling_and_speaks_the_users_language() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &OMAR).await;
    let ret = refused(&mut browser, "qicardSignContract", &json!({})).await;
    for spelling in ["errMessage", "errorMessage", "message"] {
        assert_eq!(ret[spelling], "معلومة مطلوبة ناقصة أو غير صالحة.");
    }
}
