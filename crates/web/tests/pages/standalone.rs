//! The authorization page without the shell's interaction: to read, never to press (spec/jsapi.md 6.1).

use crate::support::{Browser, SARA, World};
use jiff::SignedDuration;
use mithaq_domain::{AgreementPay, Status};

/// The path of an authUrl.
fn path(auth_url: &str) -> String {
    auth_url[auth_url.find("/authorize").expect("a page")..].to_owned()
}

#[tokio::test]
async fn without_an_interaction_there_is_no_button() {
    let world = World::sandbox().await;
    let auth_url = world.auth_url().await;
    for mut browser in [Browser::new(&world), Browser::open(&world).await, Browser::of(&world, &SARA).await] {
        for path in [path(&auth_url), path(&auth_url).replace("/authorize", "/")] {
            let shown = browser.get(&path).await;
            assert!(shown.status == 200 && !shown.has_action(), "{path}");
            assert!(shown.text.contains("Zaytoun Market") && shown.text.contains("Open this in the wallet app"));
            assert!(shown.text.contains(&format!("value=\"{auth_url}\"")), "the address to open there");
        }
    }
}

#[tokio::test]
async fn with_an_interaction_of_another_session_or_another_offer_neither() {
    let world = World::sandbox().await;
    let auth_url = world.auth_url().await;
    let mut owner = Browser::of(&world, &SARA).await;
    let page = owner.sign_page(&auth_url).await;
    for mut browser in [Browser::new(&world), Browser::of(&world, &SARA).await] {
        assert!(!browser.get(&page.page_url).await.has_action());
    }
    let other = owner.sign_page(&world.auth_url().await).await;
    let consent = owner.opened("getAuthCode", &serde_json::json!({"scopes": ["auth_user"]})).await;
    for ix in [other.ix.as_str(), &consent.ix, "unknown", "", &format!("{0}&ix={0}", page.ix)] {
        let shown = owner.get(&format!("{}&ix={ix}", path(&auth_url))).await;
        assert!(shown.status == 200 && !shown.has_action(), "{ix}");
    }
    assert!(owner.get(&page.page_url).await.has_form("confirm"), "its own");
}

#[tokio::test]
async fn an_offer_that_cannot_be_signed_says_so_without_a_button() {
    let world = World::sandbox().await;
    let auth_url = world.auth_url().await;
    let mut browser = Browser::new(&world);
    world.set_client(Status::Active, AgreementPay::Suspended).await;
    let shown = browser.get(&path(&auth_url)).await;
    assert_eq!((shown.heading().as_str(), shown.has_action()), ("Zaytoun Market is paused", false));
    world.set_client(Status::Active, AgreementPay::Allowed).await;
    world.pass(SignedDuration::from_hours(24 * 30));
    let shown = browser.get(&path(&auth_url)).await;
    assert_eq!((shown.heading().as_str(), shown.has_action()), ("This request has run out", false));
    let shown = browser.get("/authorize?authId=unknown").await;
    assert_eq!(
        (shown.status, shown.heading().as_str(), shown.has_action()),
        (404, "We do not know this request", false)
    );
}

#[tokio::test]
async fn a_missing_or_repeated_id_is_an_error_page() {
    let world = World::sandbox().await;
    let mut browser = Browser::new(&world);
    let good = path(&world.auth_url().await);
    for path in ["/authorize", "/authorize?authId=", &format!("{good}&authId=2"), "/?authId=", "/?authId=1&authId=1"] {
        let shown = browser.get(path).await;
        assert_eq!((shown.status, shown.heading().as_str()), (404, "There is no such page"), "{path}");
    }
}

#[tokio::test]
async fn the_front_page_leads_to_the_sandbox_only_where_there_is_one() {
    for (world, has_sandbox) in [(World::sandbox().await, true), (World::production().await, false)] {
        let shown = Browser::new(&world).get("/").await;
        assert_eq!(shown.status, 200);
        for link in ["href=\"/app\"", "href=\"/studio\""] {
            assert_eq!(shown.text.contains(link), has_sandbox, "{link}");
        }
    }
}
