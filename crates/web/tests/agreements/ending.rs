//! Users end an agreement of theirs with the PIN, and nobody else does.

use super::support::{Browser, OMAR, SARA, World};
use super::{Agreed, leads_to};
use jiff::SignedDuration;
use mithaq_domain::Language;
use mithaq_types::UserId;
use reqwest::Method;

#[tokio::test]
async fn ending_with_the_pin_kills_the_token_at_once() {
    let world = World::sandbox().await;
    let agreed = world.agreed(&SARA, Language::EnUs, "").await;
    assert_eq!(world.pay(&agreed, "before", 1_000).await, "S SUCCESS");
    let mut browser = Browser::of(&world, &SARA).await;
    let target = format!("{}?notice=ended", agreed.page);
    assert_eq!(leads_to(&browser.end(&agreed, SARA.pin).await), target);
    assert_eq!(world.pay(&agreed, "after", 1_000).await, "F EXPIRED_ACCESS_TOKEN");

    let page = browser.get(&target).await;
    assert!(page.text.contains("Ended by you on") && page.text.contains("role=\"status\""));
    assert!(!page.text.contains("<form"), "there is nothing left to end");
    assert!(page.text.contains("Not charged: no longer allowed"), "the try is listed");
    assert!(browser.get("/agreements").await.text.contains("Ended by you on"));
}

#[tokio::test]
async fn a_pin_in_eastern_digits_is_the_same_pin() {
    let world = World::sandbox().await;
    let agreed = world.agreed(&SARA, Language::EnUs, "").await;
    let ended = Browser::of(&world, &SARA).await.end(&agreed, "١١١١١١").await;
    assert!(leads_to(&ended).ends_with("?notice=ended"));
}

#[tokio::test]
async fn a_wrong_pin_ends_nothing_and_counts() {
    let world = World::sandbox().await;
    let agreed = world.agreed(&SARA, Language::EnUs, "").await;
    let mut browser = Browser::of(&world, &SARA).await;
    let target = leads_to(&browser.end(&agreed, "999999").await).to_owned();
    let page = browser.get(&target).await;
    assert_eq!(page.problem(), Some("That PIN is not right. 4 tries left before it is locked."));
    let target = leads_to(&browser.end(&agreed, "12345").await).to_owned();
    let page = browser.get(&target).await;
    assert_eq!(page.problem(), Some("The PIN has six digits. Enter it again."), "which is no try");
    assert_eq!(world.pay(&agreed, "still", 1_000).await, "S SUCCESS");
}

#[tokio::test]
async fn while_the_pin_is_locked_not_even_the_right_one_ends_it() {
    let world = World::sandbox().await;
    let agreed = world.agreed(&SARA, Language::EnUs, "").await;
    let mut browser = Browser::of(&world, &SARA).await;
    for _ in 0..5 {
        browser.end(&agreed, "999999").await;
    }
    let target = leads_to(&browser.end(&agreed, SARA.pin).await).to_owned();
    assert!(target.ends_with("#ending"), "{target}");
    let page = browser.get(&agreed.page).await;
    assert!(page.text.contains("Your PIN is locked") && !page.text.contains("<form"));
    assert_eq!(world.pay(&agreed, "still", 1_000).await, "S SUCCESS");

    world.pass(SignedDuration::from_mins(16));
    assert!(leads_to(&browser.end(&agreed, SARA.pin).await).ends_with("?notice=ended"));
}

#[tokio::test]
async fn an_end_that_does_not_come_from_the_page_changes_nothing() {
    let world = World::sandbox().await;
    let agreed = world.agreed(&SARA, Language::EnUs, "").await;
    let mut browser = Browser::of(&world, &SARA).await;
    let (csrf, path) = (browser.csrf.clone(), format!("{}/end", agreed.page));
    for fields in
        [vec![("pin", SARA.pin)], vec![("csrf", "0"), ("pin", SARA.pin)], vec![("csrf", ""), ("pin", SARA.pin)]]
    {
        let answer = browser.form_to(&path, &fields).await;
        assert_eq!((answer.status, answer.heading().as_str()), (403, "This page is no longer current"));
    }
    let fields = format!("csrf={csrf}&pin={}", SARA.pin);
    let hostile = browser.request(Method::POST, &path).header("Origin", "http://evil.example");
    let hostile = hostile.header("Content-Type", "application/x-www-form-urlencoded").body(fields);
    assert_eq!(browser.send(hostile).await.status, 403);
    let mut anonymous = Browser::open(&world).await;
    assert_eq!(anonymous.end(&agreed, SARA.pin).await.status, 403);
    assert_eq!(Browser::new(&world).end(&agreed, SARA.pin).await.status, 403);
    assert_eq!(world.pay(&agreed, "still", 1_000).await, "S SUCCESS");
}

#[tokio::test]
async fn another_users_contract_is_as_unknown_as_one_that_does_not_exist() {
    let world = World::sandbox().await;
    let saras = world.agreed(&SARA, Language::EnUs, "").await;
    let mut omar = Browser::of(&world, &OMAR).await;
    let nowhere =
        Agreed { page: "/agreements/202612010000000000000000".into(), ..world.agreed(&OMAR, Language::ArIq, "").await };
    for agreed in [&saras, &nowhere] {
        let page = omar.get(&agreed.page).await;
        assert_eq!((page.status, page.heading().as_str()), (404, "لا توجد صفحة بهذا العنوان"));
        assert_eq!(omar.end(agreed, OMAR.pin).await.status, 404);
    }
    assert_eq!(world.pay(&saras, "still", 1_000).await, "S SUCCESS");
}

#[tokio::test]
async fn ending_twice_is_harmless_and_asks_for_no_pin() {
    let world = World::sandbox().await;
    let agreed = world.agreed(&SARA, Language::EnUs, "").await;
    let mut browser = Browser::of(&world, &SARA).await;
    browser.end(&agreed, SARA.pin).await;
    let before = world.contracts().await[0].state.clone();
    for pin in [SARA.pin, "999999", ""] {
        assert_eq!(leads_to(&browser.end(&agreed, pin).await), agreed.page);
    }
    assert_eq!(world.contracts().await[0].state, before);
    let user = world.app.wallet.user(&UserId::new(SARA.user_id)).await.expect("a row").expect("a user");
    assert_eq!(user.pin_failures, 0, "no try was counted");
}

#[tokio::test]
async fn the_studio_sees_that_an_agreement_was_ended_and_never_the_pin() {
    let world = World::sandbox().await;
    let agreed = world.agreed(&SARA, Language::EnUs, "").await;
    let mut browser = Browser::of(&world, &SARA).await;
    browser.end(&agreed, "999999").await;
    browser.end(&agreed, SARA.pin).await;
    let calls = world.app.calls().expect("a sandbox").after(0);
    let ends: Vec<_> = calls.iter().filter(|call| call.title == "end agreement").collect();
    assert_eq!(ends.iter().map(|call| call.status.as_str()).collect::<Vec<_>>(), ["PIN wrong", "ended"]);
    for call in ends {
        assert_eq!(call.links.contract_id.as_deref(), Some(agreed.contract_id.as_str()));
        let text = serde_json::to_string(&**call).expect("JSON");
        assert!(!text.contains("999999") && !text.contains(SARA.pin), "{text}");
    }
}
