//! `my.tradePay`: which calls open the cashier, what the others hear, and how a page ends (spec/jsapi.md 3.3, 5, 6.2).

use crate::support::{Browser, CLIENT, OMAR, OTHER_CLIENT, SARA, World, cashier_path};
use jiff::SignedDuration;
use mithaq_domain::{PaymentStatus, Product, UserStatus};
use mithaq_types::{ClientId, UserId};
use serde_json::{Value, json};

/// What a call is answered with at once: whether it is a success, and its code.
async fn said(browser: &mut Browser, args: &Value) -> (bool, String) {
    let answer = browser.call("tradePay", args).await;
    let body = answer.json();
    assert_eq!((answer.status, &body["state"]), (200, &json!("FINAL")), "{args}: {body}");
    code(&body["reply"])
}

fn code(reply: &Value) -> (bool, String) {
    let text = reply["ret"]["resultCode"].as_str().unwrap_or_else(|| panic!("no code: {reply}"));
    (reply["ok"].as_bool().expect("a word"), text.to_owned())
}

fn split(code: &str) -> (bool, String) {
    (["9000", "8000"].contains(&code), code.to_owned())
}

#[tokio::test]
async fn the_cashiers_address_opens_its_page_and_paying_is_9000() {
    let world = World::sandbox().await;
    let order = world.order().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.pay_page(&world, &order).await;
    assert_eq!(page.page_url, format!("{}&ix={}", cashier_path(&order), page.ix));
    assert_eq!(browser.standing(&page.ix).await.0, "OPEN");

    let answer = browser.submit(&page.ix, "confirm", &[("pin", SARA.pin), ("source", "balance")]).await;
    assert_eq!((answer.status, answer.header("Location")), (303, page.page_url.as_str()));
    let (state, reply) = browser.standing(&page.ix).await;
    assert_eq!((state.as_str(), &reply), ("FINAL", &json!({"ok": true, "ret": {"resultCode": "9000"}})));
    assert_eq!(world.status_of(&order).await, PaymentStatus::Success);
    assert_eq!(world.balance(&SARA).await, 245_000);
}

#[tokio::test]
async fn a_hold_is_9000_too() {
    let world = World::sandbox().await;
    let order = world.order_with(|order| order.product = Product::AuthCapture).await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.pay_page(&world, &order).await;
    browser.submit(&page.ix, "confirm", &[("pin", SARA.pin), ("source", "balance")]).await;
    assert_eq!(code(&browser.standing(&page.ix).await.1), split("9000"));
    assert_eq!(world.status_of(&order).await, PaymentStatus::Authorized);
}

#[tokio::test]
async fn a_trade_number_names_the_order_and_its_codes_are_all_successes() {
    let world = World::sandbox().await;
    let mut browser = Browser::of(&world, &SARA).await;
    for (leave, expected) in [(true, "6001"), (false, "9000")] {
        let order = world.order().await;
        let page = browser.opened("tradePay", &json!({"tradeNO": order.payment_id})).await;
        if leave {
            assert_eq!(browser.cancel(&page.ix).await, json!({"ok": true, "ret": {"resultCode": expected}}));
        } else {
            browser.submit(&page.ix, "confirm", &[("pin", SARA.pin), ("source", "balance")]).await;
            assert_eq!(browser.standing(&page.ix).await.1, json!({"ok": true, "ret": {"resultCode": expected}}));
        }
    }
}

#[tokio::test]
async fn none_or_several_ways_to_name_the_order_are_a_bad_parameter() {
    let world = World::sandbox().await;
    let order = world.order().await;
    let url = world.cashier_url(&order);
    let mut browser = Browser::of(&world, &SARA).await;
    let path = cashier_path(&order);
    let id = path.split_once('=').expect("an id").1;
    for args in [
        json!({}),
        json!(null),
        json!({"paymentUrl": ""}),
        json!({"paymentUrl": 7}),
        json!({"paymentUrl": url, "tradeNO": order.payment_id}),
        json!({"tradeNO": "1".repeat(65)}),
        json!({"tradeNO": {"id": 1}}),
        // Nothing but a cashier of this wallet.
        json!({"paymentUrl": format!("https://evil.example{path}")}),
        json!({"paymentUrl": format!("http://localhost.evil.example{path}")}),
        json!({"paymentUrl": url.replace("http://", "http://user@")}),
        json!({"paymentUrl": url.replace("http://", "javascript://")}),
        json!({"paymentUrl": format!("{}/authorize?orderId={id}", world.origin)}),
        json!({"paymentUrl": format!("{}/cashier/?orderId={id}", world.origin)}),
        json!({"paymentUrl": format!("{url}&orderId={id}")}),
        json!({"paymentUrl": format!("{}/cashier?orderId=", world.origin)}),
        json!({"paymentUrl": path}),
        json!({"paymentUrl": format!("{url}&pad={}", "x".repeat(1024))}),
    ] {
        let body = browser.call("tradePay", &args).await.json();
        let ret = &body["reply"]["ret"];
        assert_eq!((&body["state"], &body["reply"]["ok"]), (&json!("FINAL"), &json!(false)), "{args}");
        assert_eq!((&ret["error"], &ret["resultCode"]), (&json!(2), &json!("4000")), "{args}");
        assert!(ret["errorMessage"].as_str().is_some_and(|words| !words.is_empty()), "{args}");
    }
}

#[tokio::test]
async fn another_merchants_order_is_as_unknown_as_one_that_does_not_exist() {
    let world = World::sandbox().await;
    let foreign = world.order_with(|order| order.client_id = ClientId::new(OTHER_CLIENT)).await;
    let mut browser = Browser::of(&world, &SARA).await;
    let nowhere = format!("{}/cashier?orderId={}", world.origin, "0".repeat(32));
    let mut replies = Vec::new();
    for args in [json!({"paymentUrl": world.cashier_url(&foreign)}), json!({"paymentUrl": nowhere})] {
        replies.push(browser.call("tradePay", &args).await.json()["reply"].clone());
    }
    assert_eq!((code(&replies[0]), &replies[0]), (split("4000"), &replies[1]), "to the letter");
    for number in [foreign.payment_id.as_str(), "20261201000000000000000000000000000"] {
        assert_eq!(said(&mut browser, &json!({"tradeNO": number})).await, (true, "4000".into()));
    }
    assert_eq!(said(&mut browser, &json!({"orderStr": "app_id=1&sign=x"})).await, (true, "4000".into()));
}

#[tokio::test]
async fn an_order_that_is_over_opens_no_page() {
    let world = World::sandbox().await;
    let mut sara = Browser::of(&world, &SARA).await;
    let mut omar = Browser::of(&world, &OMAR).await;
    let paid = world.order().await;
    let page = sara.pay_page(&world, &paid).await;
    sara.submit(&page.ix, "confirm", &[("pin", SARA.pin), ("source", "balance")]).await;
    let args = json!({"paymentUrl": world.cashier_url(&paid)});
    assert_eq!(said(&mut sara, &args).await, split("9000"), "she has paid it");
    assert_eq!(said(&mut omar, &args).await, split("4000"), "he has not");

    let withdrawn = world.order().await;
    world.withdraw(&withdrawn).await;
    assert_eq!(said(&mut sara, &json!({"paymentUrl": world.cashier_url(&withdrawn)})).await, split("4000"));
    let late = world.order().await;
    world.pass(SignedDuration::from_mins(31));
    assert_eq!(said(&mut sara, &json!({"paymentUrl": world.cashier_url(&late)})).await, split("4000"));
}

#[tokio::test]
async fn leaving_an_open_order_is_6001_and_the_order_stays_payable() {
    let world = World::sandbox().await;
    let order = world.order().await;
    for mut browser in [Browser::of(&world, &SARA).await, Browser::open(&world).await] {
        let page = browser.pay_page(&world, &order).await;
        let reply = browser.cancel(&page.ix).await;
        assert_eq!((code(&reply), &reply["ret"]["error"]), (split("6001"), &json!(6001)));
        let page = browser.pay_page(&world, &order).await;
        let answer = browser.submit(&page.ix, "decline", &[]).await;
        let shown = browser.get(answer.header("Location")).await;
        assert_eq!((shown.heading().as_str(), shown.is_done()), ("Nothing was paid", true));
        assert_eq!(code(&browser.standing(&page.ix).await.1), split("6001"));
    }
    assert_eq!(world.status_of(&order).await, PaymentStatus::Open);
}

#[tokio::test]
async fn leaving_an_order_that_ended_meanwhile_is_4000() {
    let world = World::sandbox().await;
    let (late, withdrawn) = (world.order().await, world.order().await);
    let mut browser = Browser::of(&world, &SARA).await;
    let pages = [browser.pay_page(&world, &late).await, browser.pay_page(&world, &withdrawn).await];
    world.withdraw(&withdrawn).await;
    assert_eq!(browser.get(&pages[1].page_url).await.heading(), "The order was cancelled");
    assert_eq!(browser.standing(&pages[1].ix).await.0, "OPEN", "until it is left, a human sees why");
    assert_eq!(code(&browser.cancel(&pages[1].ix).await), split("4000"));
    world.pass(SignedDuration::from_mins(31));
    assert_eq!(code(&browser.cancel(&pages[0].ix).await), split("4000"));
}

#[tokio::test]
async fn leaving_an_order_that_somebody_else_may_pay_or_has_paid_is_4000() {
    let world = World::sandbox().await;
    let mut sara = Browser::of(&world, &SARA).await;
    let mut omar = Browser::of(&world, &OMAR).await;
    let order = world.order().await;
    let (hers, his) = (sara.pay_page(&world, &order).await, omar.pay_page(&world, &order).await);
    sara.submit(&hers.ix, "confirm", &[("pin", SARA.pin), ("source", "balance")]).await;
    omar.submit(&his.ix, "confirm", &[("pin", OMAR.pin), ("source", "balance")]).await;
    assert_eq!(world.balance(&OMAR).await, 250_000, "it is paid once");
    assert_eq!(code(&omar.cancel(&his.ix).await), split("4000"));
}

#[tokio::test]
async fn what_stands_against_the_user_is_4000_when_they_leave() {
    let world = World::sandbox().await;
    let order = world.order().await;
    for status in [UserStatus::Frozen, UserStatus::Restricted] {
        let mut browser = Browser::of(&world, &SARA).await;
        let page = browser.pay_page(&world, &order).await;
        world.app.wallet.set_user(UserId::new(SARA.user_id), status).await.expect("a user");
        browser.submit(&page.ix, "confirm", &[("pin", SARA.pin), ("source", "balance")]).await;
        assert_eq!(code(&browser.cancel(&page.ix).await), split("4000"), "{status:?}");
        world.app.wallet.set_user(UserId::new(SARA.user_id), UserStatus::Active).await.expect("a user");
    }
    assert_eq!(world.status_of(&order).await, PaymentStatus::Open);
}

#[tokio::test]
async fn while_the_cards_issuer_is_silent_the_page_is_confirming_and_leaving_it_is_8000() {
    let world = World::sandbox().await;
    let order = world.order().await;
    let card = world.card(&SARA, "4000000000000259").await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.pay_page(&world, &order).await;
    browser.submit(&page.ix, "confirm", &[("pin", SARA.pin), ("source", card.as_str())]).await;
    assert_eq!(world.status_of(&order).await, PaymentStatus::Processing);
    assert_eq!(browser.standing(&page.ix).await.0, "CONFIRMING");
    assert_eq!(browser.cancel(&page.ix).await, json!({"ok": true, "ret": {"resultCode": "8000"}}));
    assert_eq!(code(&browser.standing(&page.ix).await.1), split("8000"), "the first outcome stays");
}

#[tokio::test]
async fn an_order_that_the_job_settles_ends_its_page_with_9000_on_the_next_look() {
    let world = World::sandbox().await;
    let card = world.card(&SARA, "4000000000000259").await;
    let mut browser = Browser::of(&world, &SARA).await;
    for look in ["standing", "list", "page", "cancel"] {
        let order = world.order_with(|order| order.expires_at = None).await;
        let page = browser.pay_page(&world, &order).await;
        browser.submit(&page.ix, "confirm", &[("pin", SARA.pin), ("source", card.as_str())]).await;
        world.pass(SignedDuration::from_mins(6));
        let view = world.app.wallet.reader().payment(order.payment_id.clone()).await.expect("a row").expect("it");
        world.app.wallet.ask_issuer(&view.payment, &view.state, None).await.expect("approved");
        match look {
            "list" => assert_eq!(browser.get("/app/v1/interactions").await.json(), json!([])),
            "page" => assert_eq!(browser.get(&page.page_url).await.heading(), "You paid Zaytoun Market"),
            "cancel" => assert_eq!(code(&browser.cancel(&page.ix).await), split("9000")),
            _ => {}
        }
        let (state, reply) = browser.standing(&page.ix).await;
        assert_eq!((state.as_str(), code(&reply)), ("FINAL", split("9000")), "{look}");
    }
    assert_eq!(world.balance(&SARA).await, 250_000, "the card paid");
}

#[tokio::test]
async fn a_page_whose_time_is_up_ends_as_left_while_the_order_is_open() {
    let world = World::sandbox().await;
    let order = world.order_with(|order| order.expires_at = Some(far(&world))).await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.pay_page(&world, &order).await;
    world.pass(SignedDuration::from_mins(16));
    assert_eq!(browser.get(&page.page_url).await.heading(), "This page is over");
    let (state, reply) = browser.standing(&page.ix).await;
    assert_eq!((state.as_str(), code(&reply)), ("FINAL", split("6001")));
    browser.submit(&page.ix, "confirm", &[("pin", SARA.pin), ("source", "balance")]).await;
    assert_eq!(world.status_of(&order).await, PaymentStatus::Open);
}

fn far(world: &World) -> mithaq_types::Timestamp {
    world.app.wallet.now() + SignedDuration::from_hours(2)
}

#[tokio::test]
async fn a_reloaded_shell_finds_the_open_cashier() {
    let world = World::sandbox().await;
    let order = world.order().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.opened("tradePay", &json!({"tradeNO": order.payment_id})).await;
    let found = browser.get("/app/v1/interactions").await.json();
    assert_eq!(
        found,
        json!([{"ix": page.ix, "appId": "shop", "api": "tradePay", "pageUrl": page.page_url, "state": "OPEN"}])
    );
    assert_eq!(Browser::of(&world, &SARA).await.get("/app/v1/interactions").await.json(), json!([]));
}

#[tokio::test]
async fn a_form_of_another_session_pays_nothing() {
    let world = World::sandbox().await;
    let order = world.order().await;
    let page = Browser::of(&world, &SARA).await.pay_page(&world, &order).await;
    let mut other = Browser::of(&world, &SARA).await;
    let fields = [("pin", SARA.pin), ("source", "balance")];
    assert_eq!(other.submit(&page.ix, "confirm", &fields).await.status, 404);
    assert_eq!(world.status_of(&order).await, PaymentStatus::Open);
}

#[tokio::test]
async fn the_shell_is_told_how_codes_are_routed_and_no_call_has_another_name() {
    let world = World::sandbox().await;
    let order = world.order().await;
    let mut browser = Browser::of(&world, &SARA).await;
    assert_eq!(browser.get("/app/v1/session").await.json()["tradePayRoute"], "auto");
    let args = json!({"paymentUrl": world.cashier_url(&order)});
    let body = browser.call("tradePay:all-success", &args).await.json();
    assert_eq!(body["reply"]["ret"]["error"], 1, "{body}");
    assert_eq!(order.client_id, ClientId::new(CLIENT));
}
