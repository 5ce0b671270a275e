//! Signing in where a page of the wallet app was asked for and nobody is.

use super::{PAGES, hidden};
use crate::support::{Answer, Browser, OMAR, SARA, World};
use jiff::SignedDuration;
use reqwest::Method;

#[tokio::test]
async fn every_page_asks_to_sign_in_first_and_then_shows_itself() {
    let world = World::sandbox().await;
    for path in PAGES.into_iter().chain(["/wallet/history/1", "/wallet/send?to=9647700000002"]) {
        let mut browser = Browser::new(&world);
        let page = browser.get(path).await;
        assert_eq!((page.status, page.heading().as_str()), (200, "Sign in to your wallet"), "{path}");
        assert!(!page.text.contains("250,000"), "{path}");
        assert_eq!(hidden(&page, "page"), path.replace("&", "&amp;"));
        let fields = [("csrf", hidden(&page, "csrf")), ("page", path.into())];
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let typed = [("phone", SARA.phone), ("pin", SARA.pin)];
        let answer = browser.form_to("/wallet/login", &[fields, typed.to_vec()].concat()).await;
        assert_eq!((answer.status, answer.header("Location")), (303, path), "{path}");
    }
}

#[tokio::test]
async fn a_wrong_pin_comes_back_to_the_form_with_the_number_that_was_typed() {
    let world = World::sandbox().await;
    let mut browser = Browser::open(&world).await;
    let fields = [("page", "/wallet/send?to=1"), ("phone", SARA.phone), ("pin", "999999")];
    let page = browser.fill("/wallet/login", &fields).await;
    assert!(page.problem().is_some() && page.text.contains(&format!("value=\"{}\"", SARA.phone)));
    assert!(!page.text.contains("999999"));
    // What was said of the attempt is no part of the page to come back to.
    assert_eq!(hidden(&page, "page"), "/wallet/send?to=1");
    for _ in 0..5 {
        browser.fill("/wallet/login", &fields).await;
    }
    let page = browser.fill("/wallet/login", &[("phone", SARA.phone), ("pin", SARA.pin)]).await;
    assert!(page.text.contains("is locked"), "{}", page.text);
    world.pass(SignedDuration::from_mins(16));
    let csrf = browser.csrf.clone();
    let fields = [("csrf", csrf.as_str()), ("phone", SARA.phone), ("pin", SARA.pin)];
    let answer = browser.form_to("/wallet/login", &fields).await;
    assert_eq!(answer.header("Location"), "/wallet");
}

#[tokio::test]
async fn after_signing_in_nobody_is_sent_out_of_the_wallet() {
    let world = World::sandbox().await;
    for (page, goes_to) in [
        ("https://evil.example/wallet", "/wallet"),
        ("//evil.example/wallet", "/wallet"),
        ("/\\evil.example/wallet", "/wallet"),
        ("\\\\evil.example", "/wallet"),
        ("javascript:alert(1)", "/wallet"),
        ("/walletx", "/wallet"),
        ("/wallet/../studio", "/wallet"),
        ("/wallet/%2e%2e/studio", "/wallet"),
        ("/sandbox/v1/users", "/wallet"),
        ("", "/wallet"),
        ("/wallet\r\nX-Evil: 1", "/walletX-Evil:%201"),
        ("/wallet/inbox?before=1&notice=locked&until=1", "/wallet/inbox?before=1"),
        ("/wallet/../wallet/history", "/wallet/history"),
    ] {
        let mut browser = Browser::open(&world).await;
        let csrf = browser.csrf.clone();
        let fields = [("csrf", csrf.as_str()), ("page", page), ("phone", SARA.phone), ("pin", SARA.pin)];
        let answer = browser.form_to("/wallet/login", &fields).await;
        let location = answer.header("Location");
        assert!(answer.status == 303 && answer.header("X-Evil").is_empty(), "{page:?}");
        if goes_to == "/wallet" || goes_to.starts_with("/wallet/") {
            assert_eq!(location, goes_to, "{page:?}");
        } else {
            assert_eq!(location, "/wallet", "{page:?}");
        }
    }
}

#[tokio::test]
async fn a_link_on_another_site_leads_to_the_doorstep_and_signs_nobody_out() {
    let world = World::sandbox().await;
    let browser = Browser::new(&world);
    let request = browser.request(Method::GET, "/wallet/send?to=1").header("Sec-Fetch-Site", "cross-site");
    let answer = Answer::of(request).await;
    assert_eq!((answer.heading().as_str(), answer.header("Set-Cookie")), ("Your wallet", ""));
    assert!(answer.text.contains("href=\"/wallet/send?to=1\"") && !answer.text.contains("<form"), "{}", answer.text);
}

#[tokio::test]
async fn the_form_speaks_the_browsers_language_and_the_page_the_users() {
    let world = World::sandbox().await;
    let browser = Browser::new(&world);
    let request = browser.request(Method::GET, "/wallet").header("Accept-Language", "ar-IQ,en;q=0.5");
    assert!(Answer::of(request).await.text.contains("lang=\"ar-IQ\" dir=\"rtl\""));
    let page = Browser::of(&world, &OMAR).await.get("/wallet").await;
    assert!(page.text.contains("lang=\"ar-IQ\" dir=\"rtl\"") && page.text.contains("٢٥٠٬٠٠٠"), "{}", page.text);
}
