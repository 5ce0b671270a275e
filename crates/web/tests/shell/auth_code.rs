//! `my.getAuthCode`: silent, asked for, in part, refused (spec/jsapi.md 3.1, qicard.md 9).

use crate::support::{Browser, CLIENT, SARA, World};
use jiff::SignedDuration;
use mithaq_domain::UserStatus;
use mithaq_types::{ClientId, UserId};
use serde_json::{Value, json};

/// A call that opens no page: whether it succeeded, and with what.
async fn at_once(browser: &mut Browser, args: &Value) -> (bool, Value) {
    let answer = browser.call("getAuthCode", args).await;
    let body = answer.json();
    assert_eq!((answer.status, &body["state"]), (200, &json!("FINAL")), "{args}: {body}");
    (body["reply"]["ok"] == true, body["reply"]["ret"].clone())
}

#[tokio::test]
async fn silent_scopes_of_a_signed_in_user_need_no_page() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    for (args, granted) in [
        (json!({"scopes": ["auth_base"]}), json!(["auth_base"])),
        (json!({"scopes": "USER_ID"}), json!(["USER_ID"])),
        (json!({}), json!(["auth_base"])),
        (json!({"scopeNicks": ["auth_base", "HASH_LOGIN_ID"]}), json!(["auth_base", "HASH_LOGIN_ID"])),
    ] {
        let (ok, ret) = at_once(&mut browser, &args).await;
        assert_eq!((ok, &ret["authSuccessScopes"], &ret["authErrorScopes"]), (true, &granted, &json!({})), "{args}");
        assert!(ret["error"].is_null() && ret["authcode"] == ret["authCode"]);
        let code = ret["authCode"].as_str().expect("a code");
        assert!(world.app.wallet.exchange_code(ClientId::new(CLIENT), code, None).await.is_ok());
    }
}

#[tokio::test]
async fn unknown_scopes_and_agreement_pay_are_left_out_and_the_rest_succeeds() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let (ok, ret) = at_once(&mut browser, &json!({"scopes": ["AGREEMENT_PAY", "auth_base", "NO_SUCH"]})).await;
    assert_eq!((ok, &ret["authSuccessScopes"]), (true, &json!(["auth_base"])));
    assert_eq!(ret["authErrorScopes"], json!({"AGREEMENT_PAY": "40006", "NO_SUCH": "40006"}));
}

#[tokio::test]
async fn nothing_but_unknown_scopes_fails() {
    let world = World::sandbox().await;
    for mut browser in [Browser::of(&world, &SARA).await, Browser::open(&world).await] {
        let (ok, ret) = at_once(&mut browser, &json!({"scopes": ["AGREEMENT_PAY", "NO_SUCH"]})).await;
        assert_eq!((ok, &ret["error"]), (false, &json!(3)));
        assert_eq!(ret["authErrorScopes"], json!({"AGREEMENT_PAY": "40006", "NO_SUCH": "40006"}));
    }
}

#[tokio::test]
async fn what_is_not_silent_is_asked_for_once_without_a_pin() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let args = json!({"scopes": ["auth_base", "auth_user", "NO_SUCH"]});
    let page = browser.opened("getAuthCode", &args).await;
    assert_eq!(page.page_url, format!("/consent?ix={}", page.ix));
    let shown = browser.get(&page.page_url).await;
    assert_eq!(shown.heading(), "Share these details with Zaytoun Market?");
    assert!(shown.has_form("confirm") && shown.has_form("decline") && !shown.text.contains("name=\"pin\""));

    let answer = browser.submit(&page.ix, "confirm", &[]).await;
    assert_eq!((answer.status, answer.header("Location")), (303, page.page_url.as_str()));
    let done = browser.get(&page.page_url).await;
    assert_eq!((done.heading().as_str(), done.is_done()), ("Shared", true));
    let (_, reply) = browser.standing(&page.ix).await;
    assert_eq!((&reply["ok"], &reply["ret"]["authSuccessScopes"]), (&json!(true), &json!(["auth_base", "auth_user"])));
    assert_eq!(reply["ret"]["authErrorScopes"], json!({"NO_SUCH": "40006"}));

    let (ok, _) = at_once(&mut browser, &json!({"scopes": ["auth_user"]})).await;
    assert!(ok, "granted before");
    assert_eq!(browser.call("getAuthCode", &json!({"scopes": ["auth_user", "CARD_LIST"]})).await.status, 201, "new");
}

#[tokio::test]
async fn a_refusal_names_each_scope_with_its_own_code() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let args = json!({"scopes": ["auth_user", "NO_SUCH"]});
    let page = browser.opened("getAuthCode", &args).await;
    browser.submit(&page.ix, "decline", &[]).await;
    assert_eq!(browser.get(&page.page_url).await.heading(), "Nothing was shared");
    let (_, reply) = browser.standing(&page.ix).await;
    assert_eq!((&reply["ok"], &reply["ret"]["error"]), (&json!(false), &json!(11)));
    assert_eq!(reply["ret"]["authErrorScopes"], json!({"auth_user": "1001", "NO_SUCH": "40006"}));
    let page = browser.opened("getAuthCode", &args).await;
    assert_eq!(browser.cancel(&page.ix).await["ret"]["error"], 11, "closing is the same");
}

#[tokio::test]
async fn somebody_who_has_to_sign_in_for_silent_scopes_is_asked_nothing_more() {
    let world = World::sandbox().await;
    let mut browser = Browser::open(&world).await;
    let page = browser.opened("getAuthCode", &json!({"scopes": ["auth_base"]})).await;
    assert!(browser.get(&page.page_url).await.has_form("login"));
    let answer = browser.submit(&page.ix, "login", &[("phone", SARA.phone), ("pin", SARA.pin)]).await;
    assert_eq!((answer.status, answer.header("Location")), (303, page.page_url.as_str()));
    assert!(browser.get(&page.page_url).await.is_done());
    assert_eq!(browser.standing(&page.ix).await.1["ret"]["authSuccessScopes"], json!(["auth_base"]));
}

#[tokio::test]
async fn a_page_that_ran_out_or_a_frozen_user_is_a_failure() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let late = browser.opened("getAuthCode", &json!({"scopes": ["auth_user"]})).await;
    world.pass(SignedDuration::from_mins(15));
    assert_eq!(browser.get(&late.page_url).await.heading(), "This request has run out");
    assert_eq!(browser.cancel(&late.ix).await["ret"]["error"], 3);

    let page = browser.opened("getAuthCode", &json!({"scopes": ["auth_user"]})).await;
    world.app.wallet.set_user(UserId::new(SARA.user_id), UserStatus::Frozen).await.expect("frozen");
    assert_eq!(browser.get(&page.page_url).await.heading(), "This could not be done");
    browser.submit(&page.ix, "confirm", &[]).await;
    assert_eq!(browser.standing(&page.ix).await.1["ret"]["error"], 3);
    let (ok, ret) = at_once(&mut browser, &json!({"scopes": ["auth_base"]})).await;
    assert_eq!((ok, &ret["error"], &ret["authErrorScopes"]["auth_base"]), (false, &json!(3), &json!("1002")));
}
