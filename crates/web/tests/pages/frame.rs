//! What all pages share: the headers that keep them apart (spec/jsapi.md 6.3), one host.

use crate::support::{Answer, Browser, SARA, World, cashier_path};
use reqwest::Method;
use serde_json::json;

fn has_all_headers(answer: &Answer, what: &str) {
    let policy: Vec<&str> = answer.header("Content-Security-Policy").split(';').map(str::trim).collect();
    for rule in [
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "frame-ancestors 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
    ] {
        assert!(policy.contains(&rule), "{what}: {rule} in {policy:?}");
    }
    for (name, value) in [
        ("X-Frame-Options", "SAMEORIGIN"),
        ("Referrer-Policy", "no-referrer"),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Content-Type", "text/html; charset=utf-8"),
    ] {
        assert_eq!(answer.header(name), value, "{what}: {name}");
    }
    // The policy allows neither.
    assert!(!answer.text.contains("style=\"") && !answer.text.contains("onclick"), "{what}");
    let inline = answer
        .text
        .split("<script")
        .skip(1)
        .any(|script| !script.split('>').next().unwrap_or_default().contains("src="));
    assert!(!inline, "{what}: a script without an address");
}

#[tokio::test]
async fn every_page_in_every_state_carries_all_headers() {
    let world = World::sandbox().await;
    let mut browser = Browser::open(&world).await;
    let auth_url = world.auth_url().await;
    let page = browser.sign_page(&auth_url).await;
    has_all_headers(&browser.get(&page.page_url).await, "login");
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.sign_page(&auth_url).await;
    let consent = browser.opened("getAuthCode", &json!({"scopes": ["auth_user"]})).await;
    has_all_headers(&browser.get(&page.page_url).await, "ready");
    has_all_headers(&browser.get(&consent.page_url).await, "consent");
    has_all_headers(&browser.form(&page.ix, "confirm", &[]).await, "stale");
    browser.submit(&page.ix, "confirm", &[("pin", SARA.pin)]).await;
    has_all_headers(&browser.get(&page.page_url).await, "done");
    let order = world.order().await;
    let cashier = browser.pay_page(&world, &order).await;
    has_all_headers(&browser.get(&cashier.page_url).await, "cashier");
    has_all_headers(&browser.get(&cashier_path(&order)).await, "cashier alone");
    browser.submit(&cashier.ix, "confirm", &[("pin", SARA.pin), ("source", "balance")]).await;
    has_all_headers(&browser.get(&cashier.page_url).await, "paid");
    for path in [
        "/",
        "/cashier",
        "/cashier?orderId=1",
        "/consent?ix=1",
        "/authorize?authId=1",
        "/authorize",
        "/no/such/page",
        &auth_url[world.origin.len()..],
    ] {
        has_all_headers(&browser.get(path).await, path);
    }
}

#[tokio::test]
async fn the_loopbacks_other_names_lead_to_the_wallets_own_host() {
    let world = World::sandbox().await;
    let port = world.origin.rsplit(':').next().expect("a port").to_owned();
    let mut browser = Browser::new(&world);
    let auth_path = world.auth_url().await[world.origin.len()..].to_owned();
    for path in [
        "/",
        "/cashier",
        "/cashier?orderId=1",
        "/consent?ix=1",
        "/app",
        "/app?appId=shop",
        "/studio",
        &auth_path,
        &auth_path.replace("/authorize", "/"),
    ] {
        for host in ["127.0.0.1", "[::1]"] {
            let request = browser.request(Method::GET, path).header("Host", format!("{host}:{port}"));
            let answer = browser.send(request).await;
            let location = answer.header("Location");
            assert_eq!((answer.status, location), (307, format!("{}{path}", world.origin).as_str()), "{host}{path}");
        }
        assert_ne!(browser.get(path).await.status, 307, "{path}");
    }
}

#[tokio::test]
async fn a_wallet_on_a_real_host_redirects_nobody() {
    let world = World::known_as("https://wallet.example.iq").await;
    let mut browser = Browser::new(&world);
    for host in ["127.0.0.1", "localhost", "wallet.example.iq", "evil.example"] {
        let request = browser.request(Method::GET, "/").header("Host", host);
        assert_eq!(browser.send(request).await.status, 200, "{host}");
    }
}
