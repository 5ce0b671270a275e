//! The signing page that stands alone: a merchant's page, a deep link or a scanned code has led to it, and it leads back with a
//! signed result (spec/alipay-agreement.md 1.6, 2.1.2).

use crate::support::{Answer, Browser, OMAR, PageRequest, SARA, World, signed_return};
use jiff::SignedDuration;
use mithaq_domain::{AgreementPay, Status};
use reqwest::Method;

const BACK: &str = "https://shop.example/back";

/// The page of a request, as opened by scanning the URL of `pageExecute`.
async fn page(world: &World, request: &PageRequest) -> String {
    let mut browser = Browser::of(world, &OMAR).await;
    let csrf = browser.csrf.clone();
    let answer = browser.form_to("/wallet/scan", &[("csrf", &csrf), ("text", &request.url(world))]).await;
    let target = answer.header("Location").to_owned();
    assert!(target.starts_with("/sign?signId="), "{answer:?}");
    target
}

fn request(world: &World) -> PageRequest {
    PageRequest::plan(world).with("return_url", BACK)
}

/// A form of the page.
async fn submit(browser: &mut Browser, page: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
    let sign_id = page["/sign?signId=".len()..].to_owned();
    let fields: Vec<_> = [("signId", sign_id.as_str())].into_iter().chain(fields.iter().copied()).collect();
    browser.fill(&format!("/sign/{action}"), &fields).await
}

/// Where the page's way back leads.
fn way_back(page: &Answer) -> String {
    let (_, rest) =
        page.text.split_once("class=\"go button\" href=\"").unwrap_or_else(|| panic!("no way back: {}", page.text));
    rest.split_once('"').expect("an end").0.replace("&amp;", "&").replace("&#x3d;", "=")
}

#[tokio::test]
async fn signing_ends_with_a_way_back_that_carries_the_signed_result() {
    let world = World::of_the_gateway().await;
    let path = page(&world, &request(&world)).await;
    let mut browser = Browser::of(&world, &SARA).await;
    let shown = browser.get(&path).await;
    assert!(shown.text.contains("action=\"/sign/confirm\"") && shown.text.contains("action=\"/sign/decline\""));
    assert_eq!(shown.header("X-Frame-Options"), "DENY", "nobody shows it in a frame");
    assert!(shown.header("Content-Security-Policy").contains("frame-ancestors 'none'; form-action 'self'"));
    assert_eq!((shown.header("Cache-Control"), shown.header("Referrer-Policy")), ("no-store", "no-referrer"));
    let done = submit(&mut browser, &path, "confirm", &[("pin", SARA.pin)]).await;
    assert_eq!(done.heading(), "You agreed with Zaytoun Market");
    assert!(!done.text.contains("data-tell"), "no shell listens");
    let back = way_back(&done);
    let params = signed_return(&back);
    let contract = world.contracts().await.remove(0).contract;
    for (name, value) in [
        ("code", "10000"),
        ("agreement_no", contract.contract_id.as_str()),
        ("status", "NORMAL"),
        ("external_agreement_no", "EA0001"),
        ("sign_type", "RSA2"),
    ] {
        assert_eq!(params.ascii(name), Some(value), "{name}");
    }
    assert_eq!(way_back(&browser.get(&path).await), back, "a reload says the same, and signs nothing twice");
    assert_eq!(world.contracts().await.len(), 1);
}

#[tokio::test]
async fn what_the_return_url_says_already_stays() {
    let world = World::of_the_gateway().await;
    let request = PageRequest::at_will(&world).with("return_url", "https://shop.example/back?order=7#end");
    let path = page(&world, &request).await;
    let done = submit(&mut Browser::of(&world, &SARA).await, &path, "confirm", &[("pin", SARA.pin)]).await;
    let back = way_back(&done);
    assert!(back.starts_with("https://shop.example/back?order=7&agreement_no=") && back.ends_with("#end"), "{back}");
}

#[tokio::test]
async fn the_same_again_leads_to_the_agreement_that_there_is() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let first = page(&world, &request(&world)).await;
    let signed = signed_return(&way_back(&submit(&mut browser, &first, "confirm", &[("pin", SARA.pin)]).await));
    let again = page(&world, &request(&world)).await;
    let done = submit(&mut browser, &again, "confirm", &[("pin", SARA.pin)]).await;
    assert_eq!(done.heading(), "You have agreed to this already");
    assert_eq!(signed_return(&way_back(&done)).get("agreement_no"), signed.get("agreement_no"));
}

#[tokio::test]
async fn refusing_leads_back_with_nothing_to_tell_and_it_can_be_opened_again() {
    let world = World::of_the_gateway().await;
    let path = page(&world, &request(&world)).await;
    for mut browser in [Browser::of(&world, &SARA).await, Browser::open(&world).await] {
        let shown = submit(&mut browser, &path, "decline", &[]).await;
        assert_eq!(shown.heading(), "Nothing was agreed");
        assert_eq!(way_back(&shown), BACK);
    }
    assert!(Browser::of(&world, &SARA).await.get(&path).await.text.contains("action=\"/sign/confirm\""));
    assert!(world.contracts().await.is_empty());
}

#[tokio::test]
async fn what_cannot_be_signed_leads_back_with_the_reason() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let mine = page(&world, &request(&world)).await;
    submit(&mut browser, &mine, "confirm", &[("pin", SARA.pin)]).await;
    let mut omar = Browser::of(&world, &OMAR).await;
    let taken = submit(&mut omar, &mine, "confirm", &[("pin", OMAR.pin)]).await;
    assert_eq!(taken.status, 200);
    let params = signed_return(&way_back(&taken));
    assert_eq!((params.ascii("code"), params.ascii("sub_code")), (Some("40004"), Some("INVALID_PARAMETER")));
    assert!(params.ascii("sub_msg").is_some_and(|message| message.contains("in force already")));
}

#[tokio::test]
async fn whoever_comes_over_a_link_finds_a_doorstep_and_then_signs_in() {
    let world = World::of_the_gateway().await;
    let path = page(&world, &request(&world)).await;
    let mut browser = Browser::new(&world);
    let from_elsewhere = browser.request(Method::GET, &path).header("Sec-Fetch-Site", "cross-site");
    let door = browser.send(from_elsewhere).await;
    assert!(door.status == 200 && !door.has_action() && browser.cookie.is_none(), "no session is begun: {}", door.text);
    assert!(door.text.contains(&format!("{path}&amp;go=1")) && door.text.contains(&format!("{}{path}", world.origin)));
    assert!(!door.text.contains("9.90"), "it says nothing of the terms");
    let login = browser.get(&format!("{path}&go=1")).await;
    assert!(login.text.contains("action=\"/sign/login\"") && browser.cookie.is_some() && !login.text.contains("9.90"));
    browser.csrf = browser.get("/app/v1/session").await.json()["csrf"].as_str().expect("a token").to_owned();
    let wrong = submit(&mut browser, &path, "login", &[("phone", SARA.phone), ("pin", "999999")]).await;
    assert!(wrong.problem().is_some() && wrong.text.contains("action=\"/sign/login\""));
    let ready = submit(&mut browser, &path, "login", &[("phone", SARA.phone), ("pin", SARA.pin)]).await;
    assert!(ready.text.contains("action=\"/sign/confirm\"") && ready.text.contains("9.90"), "{}", ready.text);
}

#[tokio::test]
async fn forms_of_another_site_or_without_the_token_do_nothing() {
    let world = World::of_the_gateway().await;
    let path = page(&world, &request(&world)).await;
    let sign_id = &path["/sign?signId=".len()..];
    let mut browser = Browser::of(&world, &SARA).await;
    let csrf = browser.csrf.clone();
    for action in ["login", "confirm", "decline"] {
        let fields = [("signId", sign_id), ("phone", SARA.phone), ("pin", SARA.pin)];
        assert_eq!(browser.form_to(&format!("/sign/{action}"), &fields).await.status, 403, "{action}");
        let body = format!("csrf={csrf}&signId={sign_id}&phone={}&pin={}", SARA.phone, SARA.pin);
        let request = browser.request(Method::POST, &format!("/sign/{action}")).body(body);
        let request = request.header("Content-Type", "application/x-www-form-urlencoded");
        let answer = browser.send(request.header("Sec-Fetch-Site", "cross-site")).await;
        assert_eq!(answer.status, 403, "{action}");
    }
    assert!(world.contracts().await.is_empty());
}

#[tokio::test]
async fn a_wrong_pin_says_how_many_tries_are_left() {
    let world = World::of_the_gateway().await;
    let path = page(&world, &request(&world)).await;
    let mut browser = Browser::of(&world, &SARA).await;
    let shown = submit(&mut browser, &path, "confirm", &[("pin", "999999")]).await;
    assert!(shown.problem().is_some_and(|words| words.contains('4')), "{:?}", shown.problem());
    for _ in 0..4 {
        submit(&mut browser, &path, "confirm", &[("pin", "999999")]).await;
    }
    assert_eq!(browser.get(&path).await.heading(), "Your PIN is locked");
}

#[tokio::test]
async fn a_missing_unknown_or_strange_id_leads_nowhere() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    for path in ["/sign", "/sign?signId=", "/sign?signId=a&signId=b"] {
        assert_eq!(browser.get(path).await.heading(), "There is no such page", "{path}");
    }
    let unknown = browser.get("/sign?signId=unknown").await;
    assert_eq!((unknown.status, unknown.heading().as_str()), (404, "We do not know this request"));
    for sign_id in ["", "unknown", "a&b", "//evil.example"] {
        for action in ["confirm", "decline", "login"] {
            let csrf = browser.csrf.clone();
            let fields = [("csrf", csrf.as_str()), ("signId", sign_id), ("pin", SARA.pin)];
            let answer = browser.form_to(&format!("/sign/{action}"), &fields).await;
            let leads_on = answer.header("Location").starts_with("/sign?signId=unknown");
            assert!(answer.status == 404 || leads_on, "{action} {sign_id}: {answer:?}");
        }
    }
}

#[tokio::test]
async fn an_offer_that_is_over_or_paused_says_so() {
    let world = World::of_the_gateway().await;
    let path = page(&world, &request(&world)).await;
    let mut browser = Browser::of(&world, &SARA).await;
    world.set_client(Status::Active, AgreementPay::Suspended).await;
    assert_eq!(browser.get(&path).await.heading(), "This merchant is paused");
    world.set_client(Status::Active, AgreementPay::Allowed).await;
    world.pass(SignedDuration::from_hours(24 * 31));
    assert_eq!(browser.get(&path).await.heading(), "This request is over");
    submit(&mut browser, &path, "confirm", &[("pin", SARA.pin)]).await;
    assert!(world.contracts().await.is_empty());
}

#[tokio::test]
async fn the_loopback_twin_of_the_wallet_sends_the_browser_to_the_wallet() {
    let world = World::of_the_gateway().await;
    let path = page(&world, &request(&world)).await;
    let http =
        reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    let answer = Answer::of(http.get(format!("{}{path}", world.origin.replace("localhost", "127.0.0.1")))).await;
    assert_eq!((answer.status, answer.header("Location")), (307, format!("{}{path}", world.origin).as_str()));
}
