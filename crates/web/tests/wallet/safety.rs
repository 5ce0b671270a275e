//! What nobody does for a user: forms of other sites, pages in frames, other users' things.

use super::{PAGES, hidden};
use crate::support::{Answer, Browser, OMAR, SARA, World};
use reqwest::Method;

/// Every form, with what would change something.
const FORMS: [(&str, &str); 9] = [
    ("/wallet/top-up", "amount=1000&bank=bank-"),
    ("/wallet/send", "to=9647700000002&amount=1000&once=00000000000000000000000000000000&pin=111111"),
    ("/wallet/code", "pin=111111"),
    ("/wallet/scan", "text=x"),
    ("/wallet/cards", "number=4242424242424242&expiry=08%2F35&name=S"),
    ("/wallet/cards/0/remove", ""),
    ("/wallet/security/pin", "old=111111&new=204816&again=204816"),
    ("/wallet/language", "language=ar-IQ"),
    ("/wallet/sign-out", ""),
];

#[tokio::test]
async fn no_form_does_anything_without_the_sessions_token_or_from_another_site() {
    let world = World::sandbox().await;
    let sara = Browser::of(&world, &SARA).await;
    let others = Browser::of(&world, &SARA).await.csrf;
    let anonymous = Browser::open(&world).await;
    for (path, fields) in FORMS {
        let post = |browser: &Browser, csrf: &str| {
            let request = browser.request(Method::POST, path);
            let request = request.header("Content-Type", "application/x-www-form-urlencoded");
            request.body(format!("csrf={csrf}&{fields}"))
        };
        let doubled = format!("{0}&csrf={0}", sara.csrf);
        for request in [
            post(&sara, ""),
            post(&sara, "0"),
            post(&sara, &others),
            post(&sara, &doubled),
            post(&sara, &sara.csrf).header("Origin", "https://evil.example"),
            post(&sara, &sara.csrf).header("Origin", "null"),
            post(&sara, &sara.csrf).header("Sec-Fetch-Site", "cross-site"),
            post(&sara, &sara.csrf).header("Sec-Fetch-Site", "same-site"),
            post(&anonymous, &anonymous.csrf),
            post(&Browser::new(&world), &sara.csrf),
        ] {
            let answer = Answer::of(request).await;
            assert_eq!((answer.status, answer.heading().as_str()), (403, "This page is no longer current"), "{path}");
        }
        assert_eq!(Answer::of(sara.request(Method::GET, path)).await.header("Location"), "", "{path}");
    }
    assert_eq!((world.balance(&SARA).await, world.balance(&OMAR).await), (250_000, 250_000));
    let user = mithaq_types::UserId::new(SARA.user_id);
    assert!(world.app.wallet.cards(&user).await.expect("cards").is_empty());
    let row = world.app.wallet.user(&user).await.expect("a row").expect("a user");
    assert_eq!((row.pin_failures, row.language), (0, mithaq_domain::Language::EnUs));
}

#[tokio::test]
async fn nobody_shows_these_pages_in_a_frame_and_no_cache_keeps_them() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let history = browser.get("/wallet/history").await;
    let movement = super::links(&history, "/wallet/history/")[0].clone();
    for path in PAGES.into_iter().chain([movement.as_str()]) {
        let page = browser.get(path).await;
        let policy = page.header("Content-Security-Policy");
        for rule in ["frame-ancestors 'none'", "default-src 'self'", "form-action 'self'", "base-uri 'none'"] {
            assert!(policy.contains(rule), "{path}: {rule} in {policy}");
        }
        assert!(!policy.contains("unsafe") && !page.text.contains("style=\""), "{path}");
        for (name, value) in [
            ("X-Frame-Options", "DENY"),
            ("Referrer-Policy", "no-referrer"),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ] {
            assert_eq!(page.header(name), value, "{path}: {name}");
        }
    }
}

#[tokio::test]
async fn what_an_address_says_is_shown_as_text_or_not_at_all() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let hostile = "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E";
    for path in [
        format!("/wallet/send?to={hostile}"),
        format!("/wallet/send?to={}&amount={hostile}&note={hostile}&notice={hostile}", OMAR.phone),
        format!("/wallet/top-up?amount={hostile}&for={hostile}&ix={hostile}&once={hostile}&done={hostile}"),
        format!("/wallet/scan?text={hostile}&notice=foreign"),
        format!("/wallet/history?before={hostile}"),
        format!("/wallet/inbox?before={hostile}"),
        format!("/wallet/security?notice={hostile}"),
        format!("/wallet/code?notice={hostile}"),
    ] {
        let page = browser.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(!page.text.contains("<script>alert"), "{path}");
    }
    let page = browser.get("/wallet/top-up?for=//evil.example&ix=1").await;
    assert!(!page.text.contains("evil.example"), "{}", page.text);
    assert_eq!(page.header("X-Frame-Options"), "DENY");
}

#[tokio::test]
async fn a_form_of_one_page_is_good_for_its_own_session_only() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.get("/wallet/security").await;
    assert_eq!(hidden(&page, "csrf"), browser.csrf);
    browser.fill("/wallet/sign-out", &[]).await;
    assert_eq!(browser.fill("/wallet/language", &[("language", "ar-IQ")]).await.status, 403);
}
