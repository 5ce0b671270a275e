//! Signing through the page: what the Mini Program gets, once (spec/jsapi.md 3.2, 7.4).

use crate::support::{Browser, CLIENT, SARA, World};
use mithaq_types::ClientId;
use serde_json::{Value, json};

/// Agrees on an open page.
async fn agree(browser: &mut Browser, ix: &str) -> crate::support::Answer {
    browser.submit(ix, "confirm", &[("pin", SARA.pin)]).await
}

#[tokio::test]
async fn agreeing_makes_a_contract_and_gives_the_mini_program_a_code_that_its_merchant_can_exchange() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.sign_page(&world.auth_url().await).await;
    assert_eq!(browser.standing(&page.ix).await, ("OPEN".into(), Value::Null));

    let answer = agree(&mut browser, &page.ix).await;
    assert_eq!((answer.status, answer.header("Location")), (303, page.page_url.as_str()), "back to the page");
    assert!(browser.get(&page.page_url).await.is_done());
    let (state, reply) = browser.standing(&page.ix).await;
    assert_eq!((state.as_str(), &reply["ok"]), ("FINAL", &json!(true)));
    let code = reply["ret"]["authCode"].as_str().expect("a code");
    assert!(code.len() == 32 && reply["ret"]["error"].is_null(), "{reply}");
    let tokens = world.app.wallet.exchange_code(ClientId::new(CLIENT), code, None).await.expect("tokens");
    let contracts = world.contracts().await;
    assert_eq!(contracts.len(), 1);
    assert_eq!(contracts[0].contract.customer_id, tokens.customer_id);
    assert!(contracts[0].contract.page_text.contains("Zaytoun Market"), "what was read is kept");
}

#[tokio::test]
async fn the_same_form_sent_again_signs_nothing_more() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.sign_page(&world.auth_url().await).await;
    agree(&mut browser, &page.ix).await;
    let first = browser.standing(&page.ix).await;
    for _ in 0..2 {
        let again = agree(&mut browser, &page.ix).await;
        assert_eq!((again.status, again.header("Location")), (303, page.page_url.as_str()));
    }
    assert_eq!((browser.standing(&page.ix).await, world.contracts().await.len()), (first, 1));
}

#[tokio::test]
async fn two_equal_forms_at_once_sign_once() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let mut twin = browser.clone();
    let page = browser.sign_page(&world.auth_url().await).await;
    let (one, other) = tokio::join!(agree(&mut browser, &page.ix), agree(&mut twin, &page.ix));
    assert_eq!((one.status, other.status, world.contracts().await.len()), (303, 303, 1));
}

#[tokio::test]
async fn a_page_closed_after_agreeing_was_signed() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.sign_page(&world.auth_url().await).await;
    agree(&mut browser, &page.ix).await;
    let (_, reply) = browser.standing(&page.ix).await;
    assert_eq!(browser.cancel(&page.ix).await, reply);
    browser.submit(&page.ix, "decline", &[]).await;
    assert_eq!(browser.standing(&page.ix).await.1, reply);
}

#[tokio::test]
async fn a_page_agreed_to_after_closing_was_not() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.sign_page(&world.auth_url().await).await;
    assert_eq!(browser.cancel(&page.ix).await["ret"]["errorCode"], "6001");
    agree(&mut browser, &page.ix).await;
    assert_eq!(
        (browser.standing(&page.ix).await.1["ret"]["errorCode"].clone(), world.contracts().await.len()),
        (json!("6001"), 0)
    );
}

#[tokio::test]
async fn an_offer_may_be_signed_again_on_another_page() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let auth_url = world.auth_url().await;
    let mut codes = Vec::new();
    for _ in 0..2 {
        let page = browser.sign_page(&auth_url).await;
        agree(&mut browser, &page.ix).await;
        codes.push(browser.standing(&page.ix).await.1["ret"]["authCode"].clone());
    }
    assert!(codes[0] != codes[1] && world.contracts().await.len() == 2, "{codes:?}");
}

#[tokio::test]
async fn a_reload_of_the_shell_finds_its_open_pages() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.sign_page(&world.auth_url().await).await;
    let closed = browser.sign_page(&world.auth_url().await).await;
    browser.cancel(&closed.ix).await;
    let open = browser.get("/app/v1/interactions").await.json();
    assert_eq!(
        open,
        json!([{"ix": page.ix, "appId": "shop", "api": "qicardSignContract", "pageUrl": page.page_url, "state": "OPEN"}])
    );
}

#[tokio::test]
async fn sub_client_id_becomes_the_contracts_business_line() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let args = json!({"authUrl": world.auth_url().await, "extParams": {"subClientId": "books", "unknown": 1}});
    let page = browser.opened("qicardSignContract", &args).await;
    agree(&mut browser, &page.ix).await;
    assert_eq!(world.contracts().await[0].contract.reference_client_id.as_deref(), Some("books"));
}

#[tokio::test]
async fn other_wallets_name_for_the_call_works_alike() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.opened("signContract", &json!({"signStr": world.auth_url().await})).await;
    agree(&mut browser, &page.ix).await;
    assert_eq!(browser.standing(&page.ix).await.1["ret"]["authCode"].as_str().map(str::len), Some(32));
}
