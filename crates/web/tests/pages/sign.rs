//! The signing page above a Mini Program: what it shows in each state (spec/alipay-agreement.md 2.1, jsapi.md 6).

use crate::support::{Browser, CLIENT, GATEWAY_APP, OMAR, Opened, PageRequest, SARA, World};
use jiff::SignedDuration;
use mithaq_domain::{AgreementPay, Status};
use serde_json::json;

async fn page(browser: &mut Browser, request: &PageRequest) -> Opened {
    browser.opened("paySignCenter", &json!({"signStr": request.sign_str()})).await
}

#[tokio::test]
async fn it_says_who_what_when_how_much_and_until_when() {
    let world = World::of_the_gateway().await;
    world.give_yuan(&SARA, 500).await;
    let mut browser = Browser::of(&world, &SARA).await;
    let opened = page(&mut browser, &PageRequest::plan(&world).say("sign_validity_period", "400d")).await;
    let shown = browser.get(&opened.page_url).await;
    assert!(shown.has_form("confirm") && shown.has_form("decline"));
    for words in ["Zaytoun Market", "9.90", "118.80", "5 January 2035", "sara@shop", "500\u{A0}CNY", "Sara Ali Hasan"] {
        assert!(shown.text.contains(words), "{words}: {}", shown.text);
    }
    assert_eq!(shown.header("X-Frame-Options"), "SAMEORIGIN");
    assert!(shown.header("Content-Security-Policy").contains("frame-ancestors 'self'; form-action 'self'"));
    assert_eq!((shown.header("Cache-Control"), shown.header("Referrer-Policy")), ("no-store", "no-referrer"));
}

#[tokio::test]
async fn it_says_who_makes_the_deductions() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    for (wallet_deducts, taker) in [(false, "Zaytoun Market</bdi>, each time"), (true, "The wallet, by itself")] {
        world.put_gateway_app(GATEWAY_APP, CLIENT, |app| app.wallet_deducts = wallet_deducts).await;
        let request = PageRequest::plan(&world).say("external_agreement_no", format!("EA{wallet_deducts}"));
        let opened = page(&mut browser, &request).await;
        let shown = browser.get(&opened.page_url).await;
        assert!(shown.text.contains(taker), "{taker}: {}", shown.text);
        browser.submit(&opened.ix, "confirm", &[("pin", SARA.pin)]).await;
    }
    let runs: Vec<bool> = world.contracts().await.iter().map(|view| view.state.run.is_some()).collect();
    assert!(runs.len() == 2 && runs.contains(&true) && runs.contains(&false), "{runs:?}");
}

#[tokio::test]
async fn it_speaks_the_users_language_and_what_is_kept_is_what_was_shown() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &OMAR).await;
    let opened = page(&mut browser, &PageRequest::plan(&world)).await;
    let shown = browser.get(&opened.page_url).await;
    assert!(shown.text.contains("lang=\"ar-IQ\"") && shown.text.contains("٩٫٩٠"), "{}", shown.text);
    browser.submit(&opened.ix, "confirm", &[("pin", OMAR.pin)]).await;
    let contract = world.contracts().await.remove(0).contract;
    assert!(contract.page_text.starts_with("mithaq-deal/1\nar-IQ\n") && contract.page_text.contains("٩٫٩٠"));
    assert_eq!(contract.page_hash, mithaq_crypto::sha256_hex(contract.page_text.as_bytes()));
    assert_eq!(contract.merchant_name, "سوق زيتون");
    let detail = browser.get(&format!("/agreements/{}", contract.contract_id)).await;
    assert!(detail.text.contains("dir=\"rtl\"") && detail.status == 200);
}

#[tokio::test]
async fn after_signing_it_says_what_is_agreed_and_tells_the_shell() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let request = PageRequest::plan(&world).with("return_url", "https://shop.example/back");
    let opened = page(&mut browser, &request).await;
    browser.submit(&opened.ix, "confirm", &[("pin", SARA.pin)]).await;
    let done = browser.get(&opened.page_url).await;
    assert_eq!((done.heading().as_str(), done.is_done()), ("You agreed with Zaytoun Market", true));
    assert!(!done.text.contains("shop.example"), "a Mini Program is not left for return_url");
    let again = page(&mut browser, &request).await;
    browser.submit(&again.ix, "confirm", &[("pin", SARA.pin)]).await;
    assert_eq!(browser.get(&again.page_url).await.heading(), "You have agreed to this already");
}

#[tokio::test]
async fn refusing_says_so_and_tells_the_shell() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let opened = page(&mut browser, &PageRequest::plan(&world)).await;
    let answer = browser.submit(&opened.ix, "decline", &[]).await;
    let shown = browser.get(answer.header("Location")).await;
    assert_eq!((shown.heading().as_str(), shown.is_done()), ("Nothing was agreed", true));
}

#[tokio::test]
async fn what_cannot_be_signed_says_why_in_the_users_words_and_in_the_developers() {
    let world = World::of_the_gateway().await;
    let mut sara = Browser::of(&world, &SARA).await;
    let opened = page(&mut sara, &PageRequest::plan(&world)).await;
    sara.submit(&opened.ix, "confirm", &[("pin", SARA.pin)]).await;
    let mut browser = Browser::of(&world, &SARA).await;
    let other_terms = PageRequest::plan(&world).say("external_logon_id", "other@shop");
    let stranger = PageRequest::at_will(&world).say("identity_params", json!({"user_name": "Somebody Else"}));
    for (request, heading, sub_msg) in [
        (other_terms, "This agreement cannot be signed again", "external_agreement_no is in force already"),
        (stranger, "This agreement is for somebody else", "not the one of identity_params"),
    ] {
        let opened = page(&mut browser, &request).await;
        let answer = browser.submit(&opened.ix, "confirm", &[("pin", SARA.pin)]).await;
        let shown = browser.get(answer.header("Location")).await;
        assert_eq!((shown.heading().as_str(), shown.has_form("confirm")), (heading, false));
        assert!(shown.text.contains(sub_msg) && !shown.is_done(), "{sub_msg}: {}", shown.text);
        let bare = browser.get(&opened.page_url).await;
        assert!(!bare.has_form("confirm"), "without the notice it is over all the same");
    }
}

#[tokio::test]
async fn what_has_become_impossible_meanwhile_says_so() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let opened = page(&mut browser, &PageRequest::plan(&world)).await;
    world.set_client(Status::Active, AgreementPay::Suspended).await;
    let shown = browser.get(&opened.page_url).await;
    assert_eq!((shown.heading().as_str(), shown.has_form("confirm")), ("This merchant is paused", false));
    let answer = browser.submit(&opened.ix, "confirm", &[("pin", SARA.pin)]).await;
    assert_eq!(browser.get(answer.header("Location")).await.heading(), "This merchant is paused");
    world.set_client(Status::Active, AgreementPay::Allowed).await;
    let late = page(&mut browser, &PageRequest::plan(&world)).await;
    world.pass(SignedDuration::from_mins(16));
    assert_eq!(browser.get(&late.page_url).await.heading(), "This request is over");
    assert!(world.contracts().await.is_empty());
}

#[tokio::test]
async fn a_notice_in_the_address_alone_ends_no_page_of_the_shell() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let opened = page(&mut browser, &PageRequest::plan(&world)).await;
    for notice in ["taken", "declined", "before", "pin-wrong", "x"] {
        let shown = browser.get(&format!("{}&notice={notice}", opened.page_url)).await;
        assert!(shown.has_form("confirm"), "{notice}");
    }
}

#[tokio::test]
async fn with_another_interaction_or_none_of_this_session_there_is_nothing_to_press() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let opened = page(&mut browser, &PageRequest::plan(&world)).await;
    let other = page(&mut browser, &PageRequest::at_will(&world)).await;
    let (path, _) = opened.page_url.split_once("&ix=").expect("an ix");
    for ix in [other.ix.as_str(), "unknown", ""] {
        let shown = browser.get(&format!("{path}&ix={ix}")).await;
        assert!(!shown.has_action(), "{ix}: {}", shown.text);
    }
    assert!(!Browser::of(&world, &OMAR).await.get(&opened.page_url).await.has_action());
    assert!(!Browser::new(&world).get(&opened.page_url).await.has_action());
}

#[tokio::test]
async fn the_agreement_stands_with_its_plan_among_the_users_agreements() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    for request in [PageRequest::plan(&world), PageRequest::at_will(&world)] {
        let opened = page(&mut browser, &request).await;
        browser.submit(&opened.ix, "confirm", &[("pin", SARA.pin)]).await;
    }
    let contracts = world.contracts().await;
    let list = browser.get("/agreements").await;
    for contract in &contracts {
        assert!(list.text.contains(contract.contract.contract_id.as_str()));
    }
    let plan = contracts.iter().find(|view| view.state.plan.is_some()).expect("a plan");
    let detail = browser.get(&format!("/agreements/{}", plan.contract.contract_id)).await;
    for words in ["9.90", "118.80", "5 January 2035"] {
        assert!(detail.text.contains(words), "{words}: {}", detail.text);
    }
    let end = format!("/agreements/{}/end", plan.contract.contract_id);
    let ended = browser.fill(&end, &[("pin", SARA.pin)]).await;
    assert!(ended.status == 200 && !ended.has_form("end"), "it ends like every other: {}", ended.text);
}

#[tokio::test]
async fn the_studio_sees_the_page_and_the_answer_without_the_pin() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let opened = page(&mut browser, &PageRequest::plan(&world)).await;
    browser.get(&opened.page_url).await;
    browser.get(&opened.page_url).await;
    browser.submit(&opened.ix, "confirm", &[("pin", SARA.pin)]).await;
    let list = browser.get("/sandbox/v1/calls").await;
    let titles: Vec<String> = list.json()["calls"]
        .as_array()
        .expect("calls")
        .iter()
        .map(|call| {
            format!("{} {}", call["title"].as_str().unwrap_or_default(), call["status"].as_str().unwrap_or_default())
        })
        .collect();
    assert_eq!(titles, ["signStr opened", "signing page ", "sign the agreement signed"]);
    assert!(!list.text.contains(SARA.pin), "{}", list.text);
}
