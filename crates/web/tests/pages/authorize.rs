//! The authorization page in the shell: signing in, reading, agreeing (spec/jsapi.md 6.1).

use crate::support::{Browser, CLIENT, OMAR, SARA, World};
use mithaq_domain::Language;
use mithaq_types::{Currency, Money};

#[tokio::test]
async fn somebody_signs_in_first_and_comes_back_to_the_same_page_in_a_fresh_session() {
    let world = World::sandbox().await;
    let mut browser = Browser::open(&world).await;
    let page = browser.sign_page(&world.auth_url().await).await;
    let shown = browser.get(&page.page_url).await;
    assert!(shown.has_form("login") && shown.has_form("decline") && !shown.has_form("confirm"));

    let (anonymous, old_csrf) = (browser.cookie.clone(), browser.csrf.clone());
    let answer = browser.submit(&page.ix, "login", &[("phone", SARA.phone), ("pin", SARA.pin)]).await;
    assert_eq!((answer.status, answer.header("Location")), (303, page.page_url.as_str()));
    assert!(answer.header("Set-Cookie").contains("; HttpOnly; SameSite=Strict"));
    assert_ne!(browser.cookie, anonymous, "a secret known before is worth nothing now");
    let ready = browser.get(&page.page_url).await;
    assert!(ready.has_form("confirm") && !ready.has_form("login"));
    let csrf = browser.get("/app/v1/session").await.json()["csrf"].as_str().expect("a token").to_owned();
    assert!(csrf != old_csrf && ready.text.contains(&format!("value=\"{csrf}\"")));

    let mut before = Browser::with(&world, anonymous, old_csrf);
    assert_eq!(before.get("/app/v1/interactions").await.error().0, 401);
}

#[tokio::test]
async fn the_phone_number_and_the_pin_may_be_typed_as_people_type_them() {
    let world = World::sandbox().await;
    for phone in ["+964 770 000 0001", "07700000001", "٠٧٧٠ ٠٠٠ ٠٠٠١", "۹۶۴۷۷۰۰۰۰۰۰۰۱"] {
        let mut browser = Browser::open(&world).await;
        let page = browser.sign_page(&world.auth_url().await).await;
        let answer = browser.submit(&page.ix, "login", &[("phone", phone), ("pin", "١١١١١١")]).await;
        assert_eq!(answer.header("Location"), page.page_url, "{phone}");
    }
}

#[tokio::test]
async fn the_page_shows_who_asks_for_what_with_the_merchants_words_as_plain_text() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.sign_page(&world.auth_url().await).await;
    let shown = browser.get(&page.page_url).await;
    assert_eq!(shown.status, 200);
    for part in ["Zaytoun Market", "Fresh Box", "5,000", "250,000", "&lt;b&gt;No&lt;", &page.ix] {
        assert!(shown.text.contains(part), "{part}");
    }
    assert!(!shown.text.contains("<b>No</b>"));
    assert!(shown.text.contains("name=\"pin\"") && shown.text.contains("name=\"monthlyCeiling\""));
    assert!(!shown.text.contains(&browser.cookie.clone().expect("a cookie")), "the session's secret is in no page");
}

#[tokio::test]
async fn the_page_speaks_the_offers_language_whoever_reads_it() {
    let world = World::sandbox().await;
    for (person, language, tag, direction) in
        [(&SARA, Language::ArIq, "ar-IQ", "rtl"), (&OMAR, Language::EnUs, "en-US", "ltr")]
    {
        let mut browser = Browser::of(&world, person).await;
        let page = browser.sign_page(&world.auth_url_for(CLIENT, language, None).await).await;
        let shown = browser.get(&page.page_url).await;
        assert!(shown.text.contains(&format!("<html lang=\"{tag}\" dir=\"{direction}\">")), "{tag}");
        assert_eq!(shown.text.contains("سوق زيتون"), language == Language::ArIq, "the merchant's name in it");
        browser.submit(&page.ix, "decline", &[]).await;
        assert!(browser.get(&page.page_url).await.text.contains(&format!("<html lang=\"{tag}\"")), "its end too");
    }
}

#[tokio::test]
async fn an_own_monthly_limit_is_kept_with_the_contract() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    for (typed, whole) in [("", None), ("20,000", Some(20_000)), ("٢٠٬٠٠٠", Some(20_000)), ("7500", Some(7_500))]
    {
        let page = browser.sign_page(&world.auth_url().await).await;
        browser.submit(&page.ix, "confirm", &[("pin", SARA.pin), ("monthlyCeiling", typed)]).await;
        let expected = whole.map(|whole| Money::whole(whole, Currency::IQD).expect("an amount"));
        let contracts = world.contracts().await;
        let signed = contracts.iter().any(|view| view.contract.monthly_ceiling == expected);
        assert!(signed && browser.get(&page.page_url).await.is_done(), "{typed}");
    }
}

#[tokio::test]
async fn a_limit_that_is_none_is_pointed_out_and_nothing_is_signed_or_counted() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.sign_page(&world.auth_url().await).await;
    for typed in ["-5", "0", "1.5", "twenty", "99999999999999999999"] {
        let fields = [("pin", "888888"), ("monthlyCeiling", typed)];
        let answer = browser.submit(&page.ix, "confirm", &fields).await;
        let location = answer.header("Location").to_owned();
        assert_eq!((answer.status, location.starts_with(&page.page_url)), (303, true), "{typed}");
        let shown = browser.get(&location).await;
        assert!(shown.problem().is_some_and(|words| words.starts_with("Write the limit as a whole number")), "{typed}");
        assert!(shown.text.contains(&format!("value=\"{typed}\"")), "what was typed stays: {typed}");
        assert!(!shown.text.contains("888888") && !location.contains("888888"), "but not the PIN");
    }
    assert_eq!(world.contracts().await.len(), 0);
    browser.submit(&page.ix, "confirm", &[("pin", SARA.pin)]).await;
    assert!(browser.get(&page.page_url).await.is_done());
}

#[tokio::test]
async fn what_is_typed_comes_back_as_text_and_never_as_html() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.sign_page(&world.auth_url().await).await;
    let typed = "\"><script>x</script>&ix=";
    let answer = browser.submit(&page.ix, "confirm", &[("pin", SARA.pin), ("monthlyCeiling", typed)]).await;
    let shown = browser.get(answer.header("Location")).await;
    assert!(shown.has_form("confirm") && !shown.text.contains("<script>x"));
}

#[tokio::test]
async fn a_notice_in_the_address_only_chooses_words() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.sign_page(&world.auth_url().await).await;
    for notice in ["pin-wrong", "pin-malformed", "ceiling-malformed", "locked", "login-wrong", "x", "%3Cscript%3E"] {
        let shown = browser.get(&format!("{}&notice={notice}&until=99999999999999", page.page_url)).await;
        assert!(shown.status == 200 && shown.has_form("confirm"), "{notice}");
    }
    let shown = browser.get(&format!("{}&notice=pin-wrong", page.page_url)).await;
    assert!(shown.text.contains("5"), "tries left are read from the database");
}
