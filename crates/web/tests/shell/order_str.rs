//! `my.tradePay` of the Alipay surface: `tradeNO` of any app's trade, and `orderStr`, an order that the merchant's server has
//! signed (spec/alipay-agreement.md 2.12, 2.13; jsapi.md 3.3).

use crate::support::{
    Browser, CLIENT, GATEWAY_APP, OMAR, OTHER_GATEWAY_APP, PageRequest, Person, SARA, World, encode, signed_result,
};
use mithaq_domain::{GatewayTrade, Key, Payment, PaymentStatus, Row};
use mithaq_types::{Currency, GatewayAppId, Money, PaymentId, UserId};
use serde_json::{Value, json};

const ROOT: &str = "alipay_trade_app_pay_response";

async fn world() -> World {
    let world = World::of_the_gateway().await;
    world.give_yuan(&SARA, 500).await;
    world
}

/// What a call that ends at once is answered with.
async fn said(browser: &mut Browser, args: &Value) -> Value {
    let body = browser.call("tradePay", args).await.json();
    assert_eq!((&body["state"], &body["reply"]["ok"]), (&json!("FINAL"), &json!(true)), "{body}");
    body["reply"]["ret"].clone()
}

fn args(request: &PageRequest) -> Value {
    json!({"orderStr": request.order_str()})
}

/// Opens the cashier for an order string and pays there.
async fn pay(browser: &mut Browser, request: &PageRequest, fields: &[(&str, &str)]) -> Value {
    let page = browser.opened("tradePay", &args(request)).await;
    let fields: Vec<_> = [("pin", SARA.pin), ("source", "balance")].iter().chain(fields).copied().collect();
    browser.submit(&page.ix, "confirm", &fields).await;
    let (state, reply) = browser.standing(&page.ix).await;
    assert_eq!((state.as_str(), &reply["ok"]), ("FINAL", &json!(true)), "{reply}");
    reply["ret"].clone()
}

/// A trade that [`CLIENT`] made for `buyer`.
async fn trade(world: &World, buyer: &Person) -> Payment {
    let access = world.tokens_of(buyer).await;
    let gateway = GatewayTrade {
        app_id: GatewayAppId::new(GATEWAY_APP),
        product: "JSAPI_PAY".into(),
        body: None,
        passback: None,
        offer: None,
    };
    let own = world.order_with(|order| {
        order.buyer = Some(access);
        order.amount = Money::new(1_000, Currency::CNY);
        order.gateway = Some(gateway);
    });
    own.await
}

#[tokio::test]
async fn paying_is_9000_with_a_result_that_is_json_and_signed() {
    let world = world().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let ret = pay(&mut browser, &PageRequest::order(&world, "O1"), &[]).await;
    assert_eq!((&ret["resultCode"], &ret["memo"]), (&json!("9000"), &json!("")));
    let result = signed_result(&ret["result"], ROOT);
    for (name, value) in [
        ("code", "10000"),
        ("app_id", GATEWAY_APP),
        ("out_trade_no", "O1"),
        ("total_amount", "10.00"),
        ("seller_id", CLIENT),
        ("charset", "utf-8"),
    ] {
        assert_eq!(result[name], value, "{name}");
    }
    assert_eq!(world.cents(&SARA).await, 49_000);
    let trade_no = PaymentId::new(result["trade_no"].as_str().expect("a number"));
    assert!(matches!(world.app.wallet.row(Key::Payment(trade_no)).await, Ok(Some(Row::Payment(_)))));
}

#[tokio::test]
async fn who_asks_with_sha_1_is_answered_with_it() {
    let world = world().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let ret = pay(&mut browser, &PageRequest::order(&world, "O1").with("sign_type", "RSA"), &[]).await;
    signed_result(&ret["result"], ROOT);
    assert!(ret["result"].as_str().is_some_and(|text| text.ends_with("\"sign_type\":\"RSA\"}")), "{ret}");
}

#[tokio::test]
async fn the_same_string_again_is_9000_for_who_has_paid_and_4000_for_others() {
    let world = world().await;
    let request = PageRequest::order(&world, "O1");
    let mut sara = Browser::of(&world, &SARA).await;
    pay(&mut sara, &request, &[]).await;
    let again = said(&mut sara, &args(&request)).await;
    assert_eq!(again["resultCode"], "9000");
    assert_eq!(signed_result(&again["result"], ROOT)["out_trade_no"], "O1");
    let other = said(&mut Browser::of(&world, &OMAR).await, &args(&request)).await;
    assert_eq!(other["resultCode"], "4000");
    assert_eq!(signed_result(&other["result"], ROOT)["sub_code"], "ACQ.TRADE_HAS_SUCCESS");
    assert_eq!(world.cents(&SARA).await, 49_000);
}

#[tokio::test]
async fn leaving_is_6001_and_the_same_string_opens_the_same_order_again() {
    let world = world().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let request = PageRequest::order(&world, "O1");
    let first = browser.opened("tradePay", &args(&request)).await;
    assert_eq!(browser.cancel(&first.ix).await, json!({"ok": true, "ret": {"resultCode": "6001"}}));
    let second = browser.opened("tradePay", &args(&request)).await;
    let order = |url: &str| url.split('&').next().map(str::to_owned);
    assert_eq!(order(&first.page_url), order(&second.page_url));
}

#[tokio::test]
async fn what_is_wrong_with_a_string_is_4000_and_says_why() {
    let world = world().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let order = PageRequest::order(&world, "O1");
    for (text, sub_code, words) in [
        ("hello".to_owned(), "isv.missing-method", "name no method"),
        (encode(&order.order_str()), "isv.invalid-parameter", "encoded once too often"),
        (order.order_str().replace("Membership", "Other"), "isv.invalid-signature", "Sign exactly this string"),
        (order.clone().with("app_id", "2017060101317939").order_str(), "isv.invalid-app-id", "names no app"),
        (order.clone().with("app_id", OTHER_GATEWAY_APP).order_str(), "isv.invalid-app-id", "of another merchant"),
        (PageRequest::plan(&world).order_str(), "isv.invalid-method", "my.paySignCenter"),
        (order.clone().say("total_amount", "0").order_str(), "ACQ.TOTAL_FEE_EXCEED", "total_amount"),
        (
            order.clone().say("product_code", "CYCLE_PAY_AUTH").order_str(),
            "ACQ.INVALID_PARAMETER",
            "agreement_sign_params",
        ),
    ] {
        let ret = said(&mut browser, &json!({"orderStr": text})).await;
        assert_eq!(ret["resultCode"], "4000", "{ret}");
        let result = signed_result(&ret["result"], ROOT);
        assert_eq!((&result["sub_code"], &result["sub_msg"]), (&json!(sub_code), &ret["memo"]), "{words}");
        assert!(ret["memo"].as_str().is_some_and(|memo| memo.contains(words)), "{words}: {ret}");
    }
    assert_eq!(world.cents(&SARA).await, 50_000);
}

#[tokio::test]
async fn too_little_yuan_pays_nothing_whatever_there_is_in_dinars() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.opened("tradePay", &args(&PageRequest::order(&world, "O1"))).await;
    browser.submit(&page.ix, "confirm", &[("pin", SARA.pin), ("source", "balance")]).await;
    assert_eq!(browser.standing(&page.ix).await.0, "OPEN", "something else can be tried");
    assert_eq!((world.balance(&SARA).await, world.cents(&SARA).await), (250_000, 0));
}

#[tokio::test]
async fn a_trade_number_works_in_any_mini_program_for_its_buyer_and_for_nobody_else() {
    let world = world().await;
    let trade = trade(&world, &SARA).await;
    let call = json!({"appId": "other", "api": "tradePay", "args": {"tradeNO": trade.payment_id}});
    let mut omar = Browser::of(&world, &OMAR).await;
    let body = omar.post("/app/v1/interactions", &call).await.json();
    assert_eq!(body["reply"], json!({"ok": true, "ret": {"resultCode": "4000"}}), "{body}");
    let mut sara = Browser::of(&world, &SARA).await;
    let opened = sara.post("/app/v1/interactions", &call).await.json();
    let ix = opened["ix"].as_str().unwrap_or_else(|| panic!("{opened}")).to_owned();
    sara.submit(&ix, "confirm", &[("pin", SARA.pin), ("source", "balance")]).await;
    assert_eq!(sara.standing(&ix).await.1, json!({"ok": true, "ret": {"resultCode": "9000"}}));
    assert_eq!((world.status_of(&trade).await, world.cents(&SARA).await), (PaymentStatus::Success, 49_000));
}

#[tokio::test]
async fn somebody_who_signs_in_on_the_page_and_is_not_the_buyer_pays_nothing() {
    let world = world().await;
    world.give_yuan(&OMAR, 500).await;
    let trade = trade(&world, &SARA).await;
    let mut browser = Browser::open(&world).await;
    let call = json!({"appId": "other", "api": "tradePay", "args": {"tradeNO": trade.payment_id}});
    let opened = browser.post("/app/v1/interactions", &call).await.json();
    let ix = opened["ix"].as_str().expect("a page").to_owned();
    browser.submit(&ix, "login", &[("phone", OMAR.phone), ("pin", OMAR.pin)]).await;
    browser.csrf = browser.get("/app/v1/session").await.json()["csrf"].as_str().expect("a token").to_owned();
    browser.submit(&ix, "confirm", &[("pin", OMAR.pin), ("source", "balance")]).await;
    assert_eq!(browser.cancel(&ix).await, json!({"ok": true, "ret": {"resultCode": "4000"}}));
    assert_eq!(world.status_of(&trade).await, PaymentStatus::Open);
}

#[tokio::test]
async fn an_order_of_the_other_surface_stays_its_own_mini_programs() {
    let world = world().await;
    let order = world.order().await;
    let call = json!({"appId": "other", "api": "tradePay", "args": {"tradeNO": order.payment_id}});
    let body = Browser::of(&world, &SARA).await.post("/app/v1/interactions", &call).await.json();
    assert_eq!(body["reply"]["ret"]["resultCode"], "4000");
}

#[tokio::test]
async fn pay_and_sign_pays_and_signs_where_the_user_leaves_the_switch_on() {
    let world = world().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let request = PageRequest::order_and_plan(&world, "O1");
    let ret = pay(&mut browser, &request, &[("agreement", "yes")]).await;
    assert_eq!(ret["resultCode"], "9000");
    let contracts = world.contracts().await;
    let view = contracts.first().expect("an agreement");
    assert_eq!(view.contract.user_id, UserId::new(SARA.user_id));
    assert_eq!(view.state.plan.expect("a plan").paid, 0, "the first payment is outside the plan");
    assert!(view.contract.page_text.starts_with("mithaq-deal/1\nen-US\n"));
    assert_eq!((contracts.len(), world.cents(&SARA).await), (1, 49_000));
}

#[tokio::test]
async fn with_the_switch_off_only_the_payment_is_made() {
    let world = world().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let ret = pay(&mut browser, &PageRequest::order_and_plan(&world, "O1"), &[]).await;
    assert_eq!((&ret["resultCode"], world.contracts().await.len()), (&json!("9000"), 0));
}

#[tokio::test]
async fn a_payment_succeeds_although_its_agreement_cannot_be_signed() {
    let world = world().await;
    let plan = PageRequest::plan(&world).say("external_logon_id", "other@shop");
    let taken = json!({"signStr": plan.sign_str(), "userId": OMAR.user_id});
    let mut browser = Browser::of(&world, &SARA).await;
    browser.post("/sandbox/v1/pay-sign-center", &taken).await;
    let ret = pay(&mut browser, &PageRequest::order_and_plan(&world, "O1"), &[("agreement", "yes")]).await;
    assert_eq!((&ret["resultCode"], world.cents(&SARA).await), (&json!("9000"), 49_000));
    assert_eq!(world.contracts().await.len(), 1, "the number is somebody else's");
}

#[tokio::test]
async fn a_payment_that_fails_signs_nothing() {
    let world = World::of_the_gateway().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let page = browser.opened("tradePay", &args(&PageRequest::order_and_plan(&world, "O1"))).await;
    for pin in [SARA.pin, "999999"] {
        browser.submit(&page.ix, "confirm", &[("pin", pin), ("source", "balance"), ("agreement", "yes")]).await;
    }
    assert!(world.contracts().await.is_empty());
}

#[tokio::test]
async fn signing_beside_a_payment_is_told_where_its_own_address_says_or_else_the_trades() {
    let world = world().await;
    let mut browser = Browser::of(&world, &SARA).await;
    let mut content = PageRequest::order_and_plan(&world, "O1").with("notify_url", "https://shop.example/trade");
    pay(&mut browser, &content, &[("agreement", "yes")]).await;
    content = PageRequest::order_and_plan(&world, "O2").with("notify_url", "https://shop.example/trade");
    let content = content.say_of_agreement("sign_notify_url", "https://shop.example/signed");
    pay(&mut browser, &content.say_of_agreement("external_agreement_no", "EA0002"), &[("agreement", "yes")]).await;
    let targets: Vec<Option<String>> = world
        .contracts()
        .await
        .into_iter()
        .map(|view| view.contract.terms.agreement.expect("an agreement").notify_url)
        .collect();
    let wanted = ["https://shop.example/trade", "https://shop.example/signed"].map(|url| Some(url.to_owned()));
    assert!(wanted.iter().all(|url| targets.contains(url)), "{targets:?}");
}
