//! What a scanned code leads to: an order, a Mini Program, a user of this wallet, what a merchant has signed; and nothing else.

use crate::support::{APP, Answer, Browser, CLIENT, OMAR, PageRequest, SARA, World, cashier_path, encode};
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

#[tokio::test]
async fn what_a_merchant_has_signed_leads_to_its_page_as_a_url_or_in_a_deep_link() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let request = PageRequest::plan(&world);
    let link = |rest: String| format!("alipays://platformapi/startapp?appId={rest}");
    for text in [
        request.url(&world),
        link(format!("60000157&appClearTop=false&sign_params={}", encode(&request.order_str()))),
        link(format!("20000067&url={}", encode(&request.url(&world)))),
    ] {
        let target = leads(&mut browser, &text).await;
        assert!(target.starts_with("/sign?signId="), "{target}");
        assert!(browser.get(&target).await.text.contains("action=\"/sign/confirm\""), "{text}");
        let again = format!("{}{target}", world.origin);
        assert_eq!(leads(&mut browser, &again).await, target, "the code on the doorstep");
    }
    let order = link(format!("60000157&sign_params={}", encode(&PageRequest::order(&world, "O1").order_str())));
    assert!(leads(&mut browser, &order).await.starts_with("/cashier?orderId="));
}

#[tokio::test]
async fn what_a_merchant_has_signed_wrongly_says_what_is_wrong() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    for (text, sub_code) in [
        (PageRequest::plan(&world).url(&world).replace("EA0001", "EA0002"), "isv.invalid-signature"),
        (PageRequest::plan(&world).with("app_id", "2017060101317939").url(&world), "isv.invalid-app-id"),
        (PageRequest::plan(&world).say("access_params", "").url(&world), "INVALID_PARAMETER"),
    ] {
        let csrf = browser.csrf.clone();
        let shown = browser.form_to("/wallet/scan", &[("csrf", &csrf), ("text", &text)]).await;
        assert!(shown.status == 200 && shown.text.contains(sub_code), "{sub_code}: {}", shown.text);
    }
    let elsewhere = PageRequest::plan(&world).url(&world).replace(&world.origin, "https://evil.example");
    for text in [elsewhere.as_str(), "alipays://platformapi/startapp?appId=1", "alipays://platformapi/startapp?url=x"] {
        assert!(leads(&mut browser, text).await.starts_with("/wallet/scan?notice=foreign"), "{text}");
    }
}
