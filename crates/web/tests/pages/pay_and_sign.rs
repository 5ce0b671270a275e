//! An agreement beside an order in the cashier: offered with a switch, and told of when the order is paid
//! (spec/alipay-agreement.md 2.12).

use crate::support::{Answer, Browser, OMAR, Opened, PageRequest, SARA, World};
use serde_json::json;

async fn opened(browser: &mut Browser, request: &PageRequest) -> Opened {
    browser.opened("tradePay", &json!({"orderStr": request.order_str()})).await
}

async fn confirm(browser: &mut Browser, page: &Opened, fields: &[(&str, &str)]) -> Answer {
    let fields: Vec<_> = [("source", "balance")].iter().chain(fields).copied().collect();
    let answer = browser.submit(&page.ix, "confirm", &fields).await;
    browser.get(answer.header("Location")).await
}

/// Whether the page offers an agreement, and with the switch on.
fn switch(page: &Answer) -> (bool, bool) {
    let input = page.text.split("<input").find(|input| input.contains("name=\"agreement\""));
    (input.is_some(), input.is_some_and(|input| input.split('>').next().is_some_and(|tag| tag.contains("checked"))))
}

#[tokio::test]
async fn the_agreement_is_offered_with_its_terms_and_told_of_after_the_payment() {
    let world = World::of_the_gateway().await;
    world.give_yuan(&SARA, 500).await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = opened(&mut browser, &PageRequest::order_and_plan(&world, "O1")).await;
    let shown = browser.get(&page.page_url).await;
    assert_eq!(switch(&shown), (true, true));
    assert!(shown.text.contains("118.80") && shown.text.contains("5 January 2035"), "{}", shown.text);
    let paid = confirm(&mut browser, &page, &[("pin", SARA.pin), ("agreement", "yes")]).await;
    assert_eq!(paid.heading(), "You paid Zaytoun Market");
    assert!(paid.text.contains("The agreement is signed too"), "{}", paid.text);
}

#[tokio::test]
async fn with_the_switch_off_the_page_says_that_nothing_was_signed() {
    let world = World::of_the_gateway().await;
    world.give_yuan(&SARA, 500).await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = opened(&mut browser, &PageRequest::order_and_plan(&world, "O1")).await;
    let paid = confirm(&mut browser, &page, &[("pin", SARA.pin)]).await;
    assert!(paid.text.contains("No agreement was signed"), "{}", paid.text);
}

#[tokio::test]
async fn an_agreement_that_cannot_be_signed_is_told_beside_the_payment() {
    let world = World::of_the_gateway().await;
    world.give_yuan(&SARA, 500).await;
    let mut browser = Browser::of(&world, &SARA).await;
    let taken = json!({"signStr": PageRequest::plan(&world).sign_str(), "userId": OMAR.user_id});
    browser.post("/sandbox/v1/pay-sign-center", &taken).await;
    let page = opened(&mut browser, &PageRequest::order_and_plan(&world, "O1")).await;
    let paid = confirm(&mut browser, &page, &[("pin", SARA.pin), ("agreement", "yes")]).await;
    assert_eq!(paid.heading(), "You paid Zaytoun Market");
    assert!(paid.text.contains("The agreement was not signed"), "{}", paid.text);
}

#[tokio::test]
async fn the_switch_stays_as_the_user_left_it() {
    let world = World::of_the_gateway().await;
    world.give_yuan(&SARA, 500).await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = opened(&mut browser, &PageRequest::order_and_plan(&world, "O1")).await;
    let on = confirm(&mut browser, &page, &[("pin", "999999"), ("agreement", "yes")]).await;
    assert_eq!(switch(&on), (true, true));
    let off = confirm(&mut browser, &page, &[("pin", "999999")]).await;
    assert_eq!(switch(&off), (true, false));
}

#[tokio::test]
async fn what_the_user_has_already_is_not_offered_and_an_order_without_one_offers_none() {
    let world = World::of_the_gateway().await;
    world.give_yuan(&SARA, 500).await;
    let mut browser = Browser::of(&world, &SARA).await;
    let plain = opened(&mut browser, &PageRequest::order(&world, "O1")).await;
    assert_eq!(switch(&browser.get(&plain.page_url).await), (false, false));
    let signed = json!({"signStr": PageRequest::plan(&world).sign_str(), "userId": SARA.user_id});
    browser.post("/sandbox/v1/pay-sign-center", &signed).await;
    let page = opened(&mut browser, &PageRequest::order_and_plan(&world, "O2")).await;
    assert_eq!(switch(&browser.get(&page.page_url).await), (false, false));
}
