//! Pages that end without a signature: which code the Mini Program gets (spec/jsapi.md 3.2, 5).

use crate::support::{Browser, CLIENT, OTHER_CLIENT, SARA, World};
use jiff::SignedDuration;
use mithaq_domain::{AgreementPay, Language, Status, UserStatus};
use mithaq_types::UserId;
use serde_json::{Value, json};

/// The reply's code after the user left the page.
async fn left(browser: &mut Browser, ix: &str) -> Value {
    browser.cancel(ix).await["ret"]["errorCode"].clone()
}

#[tokio::test]
async fn refusing_and_closing_are_the_users_no() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.sign_page(&world.auth_url().await).await;
    assert_eq!(left(&mut browser, &page.ix).await, "6001");

    let page = browser.sign_page(&world.auth_url().await).await;
    let answer = browser.submit(&page.ix, "decline", &[]).await;
    assert_eq!((answer.status, answer.header("Location")), (303, page.page_url.as_str()));
    let shown = browser.get(&page.page_url).await;
    assert_eq!((shown.heading().as_str(), shown.is_done()), ("Nothing was agreed", true));
    let (state, reply) = browser.standing(&page.ix).await;
    assert_eq!((state.as_str(), &reply["ok"], &reply["ret"]["errorCode"]), ("FINAL", &json!(false), &json!("6001")));
}

#[tokio::test]
async fn nobody_needs_to_sign_in_to_refuse() {
    let world = World::sandbox().await;
    let mut browser = Browser::open(&world).await;
    let page = browser.sign_page(&world.auth_url().await).await;
    assert!(browser.get(&page.page_url).await.has_form("decline"));
    browser.submit(&page.ix, "decline", &[]).await;
    assert_eq!(browser.standing(&page.ix).await.1["ret"]["errorCode"], "6001");
}

#[tokio::test]
async fn an_unknown_offer_shows_so_and_fails_when_the_user_leaves() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.sign_page(&format!("{}/authorize?authId=0123456789", world.origin)).await;
    let shown = browser.get(&page.page_url).await;
    assert_eq!((shown.status, shown.heading().as_str()), (404, "We do not know this request"));
    assert!(shown.text.contains(r#"data-tell="close""#) && !shown.text.contains("<form"), "one can close it");
    assert_eq!(left(&mut browser, &page.ix).await, "6003");
}

#[tokio::test]
async fn another_clients_offer_shows_so_and_fails() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.sign_page(&world.auth_url_for(OTHER_CLIENT, Language::EnUs, None).await).await;
    let shown = browser.get(&page.page_url).await;
    assert_eq!((shown.heading().as_str(), shown.text.contains("<form")), ("This could not be done", false));
    browser.submit(&page.ix, "confirm", &[("pin", SARA.pin)]).await;
    assert_eq!((left(&mut browser, &page.ix).await, world.contracts().await.len()), (json!("6003"), 0));
}

#[tokio::test]
async fn an_offer_that_has_run_out_shows_so_and_fails() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let auth_url = world.auth_url().await;
    world.pass(SignedDuration::from_hours(24 * 30));
    let page = browser.sign_page(&auth_url).await;
    assert_eq!(browser.get(&page.page_url).await.heading(), "This request has run out");
    browser.submit(&page.ix, "confirm", &[("pin", SARA.pin)]).await;
    assert_eq!((left(&mut browser, &page.ix).await, world.contracts().await.len()), (json!("6003"), 0));
}

#[tokio::test]
async fn a_page_left_open_for_a_quarter_of_an_hour_has_failed() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let (one, other) =
        (browser.sign_page(&world.auth_url().await).await, browser.sign_page(&world.auth_url().await).await);
    world.pass(SignedDuration::from_mins(15));
    assert_eq!(browser.get(&one.page_url).await.heading(), "This request has run out");
    assert_eq!(browser.get("/app/v1/interactions").await.json(), json!([]));
    browser.submit(&one.ix, "confirm", &[("pin", SARA.pin)]).await;
    assert_eq!(browser.standing(&one.ix).await.1["ret"]["errorCode"], "6003", "looked at");
    assert_eq!(left(&mut browser, &other.ix).await, "6003", "left");
    assert_eq!(world.contracts().await.len(), 0);
}

#[tokio::test]
async fn a_suspended_client_or_one_without_agreement_payment_meanwhile_fails() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    for (status, agreement) in [(Status::Suspended, AgreementPay::Allowed), (Status::Active, AgreementPay::Suspended)] {
        world.set_client(Status::Active, AgreementPay::Allowed).await;
        let page = browser.sign_page(&world.auth_url().await).await;
        world.set_client(status, agreement).await;
        assert_eq!(browser.get(&page.page_url).await.heading(), "Zaytoun Market is paused");
        browser.submit(&page.ix, "confirm", &[("pin", SARA.pin)]).await;
        assert_eq!((left(&mut browser, &page.ix).await, world.contracts().await.len()), (json!("6003"), 0));
    }
}

#[tokio::test]
async fn a_frozen_user_cannot_sign() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.sign_page(&world.auth_url().await).await;
    world.app.wallet.set_user(UserId::new(SARA.user_id), UserStatus::Frozen).await.expect("frozen");
    let shown = browser.get(&page.page_url).await;
    assert!(shown.text.contains("restricted") && !shown.text.contains("<form"), "{}", shown.heading());
    browser.submit(&page.ix, "confirm", &[("pin", SARA.pin)]).await;
    assert_eq!(browser.standing(&page.ix).await.1["ret"]["errorCode"], "6003");
    assert_eq!(world.contracts().await.len(), 0);
}

#[tokio::test]
async fn a_business_line_that_was_not_prepared_fails() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let auth_url = world.auth_url_for(CLIENT, Language::EnUs, Some("books")).await;
    let args = json!({"authUrl": auth_url, "extParams": {"subClientId": "toys"}});
    let page = browser.opened("qicardSignContract", &args).await;
    assert_eq!(browser.get(&page.page_url).await.heading(), "This could not be done");
    assert_eq!(left(&mut browser, &page.ix).await, "6003");
}

#[tokio::test]
async fn other_wallets_name_for_the_call_has_codes_of_its_own() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.opened("signContract", &json!({"signStr": world.auth_url().await})).await;
    assert_eq!(left(&mut browser, &page.ix).await, "6001");
    let args = json!({"signStr": format!("{}/authorize?authId=1", world.origin)});
    let page = browser.opened("signContract", &args).await;
    assert_eq!(left(&mut browser, &page.ix).await, "7002");
}
