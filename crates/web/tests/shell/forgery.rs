//! Nothing changes without the session's token, from another site, or in another session (spec/jsapi.md 6.3).

use crate::support::{APP, Browser, SARA, World};
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn a_change_needs_the_session_and_its_token() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.sign_page(&world.auth_url().await).await;
    let other = Browser::of(&world, &SARA).await;
    let body = json!({"appId": APP, "api": "getAuthCode", "args": {}}).to_string();
    for path in ["/app/v1/interactions", &format!("/app/v1/interactions/{}/cancel", page.ix), "/app/v1/logout"] {
        let post = || browser.request(Method::POST, path).body(body.clone());
        for request in [
            post(),
            post().header("X-CSRF", ""),
            post().header("X-CSRF", "0".repeat(32)),
            post().header("X-CSRF", &other.csrf),
            post().header("X-CSRF", &browser.csrf[..31]),
        ] {
            assert_eq!(crate::support::Answer::of(request).await.error(), (403, "STALE".into()), "{path}");
        }
        let stranger = Browser::new(&world).request(Method::POST, path).header("X-CSRF", &browser.csrf);
        assert_eq!(crate::support::Answer::of(stranger).await.error(), (401, "NO_SESSION".into()), "{path}");
    }
    assert_eq!(browser.standing(&page.ix).await.0, "OPEN", "nothing happened");
}

#[tokio::test]
async fn a_form_without_the_token_shows_that_it_is_too_old_and_does_nothing() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.sign_page(&world.auth_url().await).await;
    let others = Browser::of(&world, &SARA).await.csrf;
    for action in ["login", "confirm", "decline"] {
        for fields in [vec![], vec![("csrf", "")], vec![("csrf", "wrong")], vec![("csrf", others.as_str())]] {
            let fields: Vec<_> = fields.into_iter().chain([("phone", SARA.phone), ("pin", SARA.pin)]).collect();
            let answer = browser.form(&page.ix, action, &fields).await;
            assert_eq!((answer.status, answer.heading().as_str()), (403, "This page is no longer current"), "{action}");
        }
    }
    assert_eq!((browser.standing(&page.ix).await.0.as_str(), world.contracts().await.len()), ("OPEN", 0));
}

#[tokio::test]
async fn a_page_of_another_site_changes_nothing_even_with_the_token() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.sign_page(&world.auth_url().await).await;
    let form = format!("csrf={}&pin={}", browser.csrf, SARA.pin);
    for (name, value) in [
        ("Origin", "https://evil.example"),
        ("Origin", "null"),
        ("Origin", "http://127.0.0.1:7601"),
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
        ("Sec-Fetch-Site", "none"),
    ] {
        let path = format!("/app/v1/interactions/{}/", page.ix);
        let request = browser.request(Method::POST, &format!("{path}confirm")).header(name, value).body(form.clone());
        let answer = browser.send(request.header("Content-Type", "application/x-www-form-urlencoded")).await;
        assert_eq!(answer.status, 403, "{name}: {value}");
        let request = browser.request(Method::POST, &format!("{path}cancel")).header("X-CSRF", &browser.csrf);
        assert_eq!(browser.send(request.header(name, value)).await.error(), (403, "STALE".into()), "{name}: {value}");
    }
    assert_eq!((browser.standing(&page.ix).await.0.as_str(), world.contracts().await.len()), ("OPEN", 0));
}

#[tokio::test]
async fn the_wallets_own_forms_come_from_origin_null_and_are_known_by_where_they_are_fetched_for() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.sign_page(&world.auth_url().await).await;
    // What browsers send for a form of a page with Referrer-Policy: no-referrer.
    let request = browser.request(Method::POST, &format!("/app/v1/interactions/{}/decline", page.ix));
    let request = request.header("Sec-Fetch-Site", "same-origin").header("Origin", "null");
    let request = request.header("Content-Type", "application/x-www-form-urlencoded");
    let answer = browser.send(request.body(format!("csrf={}", browser.csrf))).await;
    assert_eq!(answer.status, 303);
}

#[tokio::test]
async fn another_sessions_page_is_not_there() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.sign_page(&world.auth_url().await).await;
    // Even of the same user.
    let mut other = Browser::of(&world, &SARA).await;
    let path = format!("/app/v1/interactions/{}", page.ix);
    assert_eq!(other.get(&path).await.error(), (404, "NOT_FOUND".into()));
    assert_eq!(other.post(&format!("{path}/cancel"), &json!({})).await.error(), (404, "NOT_FOUND".into()));
    for action in ["login", "confirm", "decline"] {
        let answer = other.submit(&page.ix, action, &[("phone", SARA.phone), ("pin", SARA.pin)]).await;
        assert_eq!((answer.status, answer.heading().as_str()), (404, "There is no such page"), "{action}");
    }
    assert_eq!(other.get("/app/v1/interactions").await.json(), json!([]));
    assert_eq!((browser.standing(&page.ix).await.0.as_str(), world.contracts().await.len()), ("OPEN", 0));
}
