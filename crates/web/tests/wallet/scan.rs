//! What a scanned code leads to: an order, a Mini Program, a user of this wallet; and nothing else.

use crate::support::{APP, Answer, Browser, CLIENT, OMAR, SARA, World, cashier_path};
use mithaq_domain::PaymentStatus;
use serde_json::json;

/// Where a text leads.
async fn leads(browser: &mut Browser, text: &str) -> String {
    let csrf = browser.csrf.clone();
    let answer = browser.form_to("/wallet/scan", &[("csrf", &csrf), ("text", text)]).await;
    assert_eq!(answer.status, 303, "{text}: {answer:?}");
    answer.header("Location").to_owned()
}

fn ix_of(target: &str) -> &str {
    target.split_once("&ix=").unwrap_or_else(|| panic!("no page: {target}")).1
}

#[tokio::test]
async fn an_orders_code_opens_the_cashier_which_pays_and_leads_back_to_the_wallet() {
    let world = World::sandbox().await;
    let order = world.order().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let target = leads(&mut browser, &world.cashier_url(&order)).await;
    assert!(target.starts_with(&format!("{}&ix=", cashier_path(&order))), "{target}");
    let page = browser.get(&target).await;
    assert!(page.has_form("confirm") && !page.text.contains("data-tell"), "no shell listens: {}", page.text);
    assert_eq!(browser.get("/app/v1/interactions").await.json(), json!([]), "it is no Mini Program's");
    let answer = browser.submit(ix_of(&target), "confirm", &[("pin", SARA.pin), ("source", "balance")]).await;
    let page = browser.get(answer.header("Location")).await;
    assert_eq!(page.heading(), "You paid Zaytoun Market");
    assert!(page.text.contains("href=\"/wallet\"") && page.text.contains("https://shop.example/thanks"));
    assert_eq!(world.status_of(&order).await, PaymentStatus::Success);
}

#[tokio::test]
async fn who_refuses_a_scanned_order_can_scan_it_again() {
    let world = World::sandbox().await;
    let order = world.order().await;
    let mut browser = Browser::of(&world, &SARA).await;
    for _ in 0..2 {
        let target = leads(&mut browser, &world.cashier_url(&order)).await;
        let answer = browser.submit(ix_of(&target), "decline", &[]).await;
        let page = browser.get(answer.header("Location")).await;
        assert!(page.heading() == "Nothing was paid" && page.text.contains("href=\"/wallet\""), "{}", page.text);
    }
}

#[tokio::test]
async fn an_order_that_cannot_be_paid_is_shown_as_it_is() {
    let world = World::sandbox().await;
    let access = world.tokens_of(&OMAR).await;
    let (withdrawn, his) = (world.order().await, world.order_with(|order| order.buyer = Some(access)).await);
    world.withdraw(&withdrawn).await;
    let mut browser = Browser::of(&world, &SARA).await;
    for (order, heading) in [(&withdrawn, "The order was cancelled"), (&his, "This order is not for you")] {
        let target = leads(&mut browser, &world.cashier_url(order)).await;
        assert_eq!(target, cashier_path(order), "no page that pays is opened");
        assert_eq!(browser.get(&target).await.heading(), heading);
    }
}

#[tokio::test]
async fn a_mini_programs_code_opens_it_and_a_users_code_the_form() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let app = format!("mini://platformapi/startapp?_ariver_appid={APP}&page=x");
    assert_eq!(leads(&mut browser, &app).await, format!("/app?appId={APP}"));
    let user = format!("  {}/pay-to?to={}\n", world.origin, OMAR.phone);
    assert_eq!(leads(&mut browser, &user).await, format!("/wallet/send?to={}", OMAR.phone));
}

#[tokio::test]
async fn nothing_else_is_followed() {
    let world = World::sandbox().await;
    let order = world.order().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let path = cashier_path(&order);
    for text in [
        format!("https://evil.example{path}"),
        format!("{}@evil.example{path}", world.origin),
        world.cashier_url(&order).replace("http://", "http://x:y@"),
        format!("{}//evil.example/cashier?orderId=1", world.origin),
        format!("{}/cashier?orderId=1&orderId=2", world.origin),
        format!("{}/wallet/sign-out", world.origin),
        format!("{}/pay-to?to=1&to=2", world.origin),
        "javascript:alert(1)".into(),
        "data:text/html,<script>alert(1)</script>".into(),
        "mini://platformapi/startapp?_ariver_appid=../../studio".into(),
        "\"><script>alert(1)</script>".into(),
        CLIENT.into(),
        "\u{202e}gnp.exe".into(),
        "x".repeat(5_000),
    ] {
        let target = leads(&mut browser, &text).await;
        assert!(target.starts_with("/wallet/scan?notice=foreign&text="), "{text}: {target}");
        let page: Answer = browser.get(&target).await;
        assert!(page.text.contains("This is none of your wallet’s codes."), "{text}: {}", page.text);
        assert!(!page.text.contains("<script>alert"), "{text}");
    }
    for (text, words) in [
        ("", "Paste the text of a code first."),
        ("mini://platformapi/startapp?_ariver_appid=nowhere", "Your wallet does not have this Mini Program."),
    ] {
        let target = leads(&mut browser, text).await;
        assert!(browser.get(&target).await.text.contains(words), "{text}");
    }
    let unknown = leads(&mut browser, &format!("{}/cashier?orderId={}", world.origin, "0".repeat(32))).await;
    assert_eq!(browser.get(&unknown).await.heading(), "We do not know this order");
}
