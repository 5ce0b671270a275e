//! Whoever is not signed in signs in first, and then gets what they asked for.

use super::support::{Browser, SARA, World};
use super::{csrf_of, leads_to};
use mithaq_domain::Language;
use reqwest::Method;

#[tokio::test]
async fn whoever_is_not_signed_in_signs_in_and_gets_what_they_asked_for() {
    let world = World::sandbox().await;
    let agreed = world.agreed(&SARA, Language::EnUs, "").await;
    for asked in ["/agreements", &agreed.page] {
        let mut browser = Browser::new(&world);
        let form = browser.get(asked).await;
        assert_eq!((form.status, form.heading().as_str()), (200, "Sign in to your wallet"));
        assert!(!form.text.contains("Zaytoun"), "nothing is told before");
        let contract = if asked == agreed.page { agreed.contract_id.as_str() } else { "" };
        let csrf = csrf_of(&form);
        let sign_in = |pin| {
            [
                ("csrf", csrf.clone()),
                ("phone", "0770 000 0001".to_owned()),
                ("pin", pin),
                ("contract", contract.to_owned()),
            ]
        };
        for (pin, problem) in [
            ("999999", "This phone number and PIN do not belong together. Check both."),
            ("12", "The PIN has six digits. Enter it again."),
        ] {
            let fields = sign_in(pin.to_owned());
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let target = leads_to(&browser.form_to("/agreements/login", &fields).await).to_owned();
            assert!(target.starts_with(&format!("{asked}?")), "{target}");
            let again = browser.get(&target).await;
            assert_eq!(again.problem(), Some(problem));
            assert!(again.text.contains("value=\"0770 000 0001\""), "what was typed is kept");
        }
        let fields = sign_in(SARA.pin.to_owned());
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let before = browser.cookie.clone();
        assert_eq!(leads_to(&browser.form_to("/agreements/login", &fields).await), asked);
        assert_ne!(browser.cookie, before, "a sign-in changes the secret");
        let page = browser.get(asked).await;
        assert!(page.text.contains("Zaytoun Market"), "{}", page.text);
    }
}

#[tokio::test]
async fn a_sign_in_with_a_locked_pin_says_when_it_opens() {
    let world = World::sandbox().await;
    let mut browser = Browser::new(&world);
    let csrf = csrf_of(&browser.get("/agreements").await);
    let mut target = String::new();
    for _ in 0..5 {
        let fields = [("csrf", csrf.as_str()), ("phone", SARA.phone), ("pin", "999999")];
        target = leads_to(&browser.form_to("/agreements/login", &fields).await).to_owned();
    }
    assert!(browser.get(&target).await.text.contains("is locked. It opens again on"));
}

#[tokio::test]
async fn a_sign_in_leads_nowhere_but_to_an_agreement() {
    let world = World::sandbox().await;
    for contract in ["//evil.example", "..", "a/b", "a?b", ""] {
        let mut browser = Browser::new(&world);
        let csrf = csrf_of(&browser.get("/agreements").await);
        let fields = [("csrf", csrf.as_str()), ("phone", SARA.phone), ("pin", SARA.pin), ("contract", contract)];
        assert_eq!(leads_to(&browser.form_to("/agreements/login", &fields).await), "/agreements");
    }
    let mut browser = Browser::new(&world);
    browser.get("/agreements").await;
    let fields = [("csrf", "0"), ("phone", SARA.phone), ("pin", SARA.pin)];
    assert_eq!(browser.form_to("/agreements/login", &fields).await.status, 403);
}

#[tokio::test]
async fn a_link_on_another_site_signs_nobody_out() {
    let world = World::sandbox().await;
    let mut stranger = Browser::new(&world);
    let request = stranger.request(Method::GET, "/agreements").header("Sec-Fetch-Site", "cross-site");
    let page = stranger.send(request).await;
    assert_eq!((page.status, page.header("Set-Cookie")), (200, ""));
    assert!(page.text.contains("href=\"/agreements\"") && !page.text.contains("<form"), "{}", page.text);
}
