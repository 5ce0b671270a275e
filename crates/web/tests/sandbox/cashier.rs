//! Playing the user at the cashier and in a shop: every code from its real cause (seed trade-pay-jsapi).

use crate::support::{Browser, CLIENT, OMAR, SARA, World};
use jiff::SignedDuration;
use mithaq_domain::Product;
use mithaq_types::{ClientId, Currency, Money};
use mithaq_wallet::{CodeCharge, NewOrder};
use serde_json::{Value, json};

/// The address of an order of 10,000 IQD, for anybody, and its payment.
async fn order(world: &World, id: &str, product: Product) -> (String, String) {
    let new = NewOrder {
        gateway: None,
        client_id: ClientId::new(CLIENT),
        request_id: id.into(),
        product,
        buyer: None,
        amount: Money::whole(10_000, Currency::IQD).expect("an amount"),
        title: None,
        description: "Fresh Box".into(),
        reference: None,
        expires_at: None,
        notify_url: None,
        void_notify_url: None,
        redirect_url: None,
    };
    let (payment, _) = world.app.wallet.order(new).await.expect("made");
    let order_id = payment.order.expect("an order").order_id;
    (format!("{}/cashier?orderId={order_id}", world.origin), payment.payment_id.to_string())
}

/// `resultCode` of paying `url` as Sara, with `more`.
async fn code(browser: &mut Browser, url: &str, more: Value) -> String {
    let mut body = json!({"paymentUrl": url, "userId": SARA.user_id});
    body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    let answer = browser.post("/sandbox/v1/pay", &body).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()["resultCode"].as_str().expect("a code").to_owned()
}

async fn payment(browser: &mut Browser, payment_id: &str) -> Value {
    browser.get(&format!("/sandbox/v1/payments/{payment_id}")).await.json()["payment"].clone()
}

#[tokio::test]
async fn a_user_pays_with_the_balance_and_the_payment_tells_all_of_it() {
    let world = World::sandbox().await;
    let mut browser = Browser::new(&world);
    let (url, id) = order(&world, "R-1", Product::Online).await;
    let open = payment(&mut browser, &id).await;
    assert_eq!((&open["status"], &open["userId"], &open["product"]), (&json!("OPEN"), &Value::Null, &json!("ONLINE")));
    assert_eq!(open["paymentUrl"], json!(url));
    assert!(open["dueAt"].is_string(), "{open}");
    assert_eq!(code(&mut browser, &url, json!({})).await, "9000");
    let paid = payment(&mut browser, &id).await;
    assert_eq!((&paid["status"], &paid["source"]), (&json!("SUCCESS"), &json!("balance")));
    assert_eq!((&paid["taken"]["value"], &paid["fee"]["value"]), (&json!("10000000"), &json!("100000")));
    assert_eq!(code(&mut browser, &url, json!({})).await, "9000", "again: it is this user's payment");
    assert_eq!(code(&mut browser, &url, json!({"userId": OMAR.user_id})).await, "4000", "and nobody else's");
}

#[tokio::test]
async fn leaving_the_page_is_6001_and_leaves_the_order_open() {
    let world = World::sandbox().await;
    let mut browser = Browser::new(&world);
    let (url, _) = order(&world, "R-1", Product::Online).await;
    for (outcome, expected) in [("cancel", "6001"), ("fail", "4000"), ("network", "6002")] {
        assert_eq!(code(&mut browser, &url, json!({"outcome": outcome})).await, expected);
    }
    assert_eq!(code(&mut browser, &url, json!({})).await, "9000");
}

#[tokio::test]
async fn an_answer_that_is_lost_is_6004_and_the_money_is_gone_all_the_same() {
    let world = World::sandbox().await;
    let mut browser = Browser::new(&world);
    let (url, id) = order(&world, "R-1", Product::Online).await;
    assert_eq!(code(&mut browser, &url, json!({"outcome": "unknown"})).await, "6004");
    assert_eq!(payment(&mut browser, &id).await["status"], "SUCCESS");
}

#[tokio::test]
async fn what_cannot_be_paid_is_4000() {
    let world = World::sandbox().await;
    let mut browser = Browser::new(&world);
    let unknown = format!("{}/cashier?orderId={}", world.origin, "0".repeat(32));
    assert_eq!(code(&mut browser, &unknown, json!({})).await, "4000");
    let (late, _) = order(&world, "R-1", Product::Online).await;
    world.pass(SignedDuration::from_mins(31));
    assert_eq!(code(&mut browser, &late, json!({"outcome": "cancel"})).await, "4000", "over before anybody leaves it");
    let (url, id) = order(&world, "R-2", Product::Online).await;
    let freeze = format!("/sandbox/v1/payments/{id}/freeze");
    assert_eq!(browser.post(&freeze, &json!({"frozen": true})).await.json()["frozen"], json!(true));
    assert_eq!(code(&mut browser, &url, json!({})).await, "4000");
    browser.post(&freeze, &json!({"frozen": false})).await;
    let status = format!("/sandbox/v1/users/{}/status", SARA.user_id);
    for standing in ["RESTRICTED", "FROZEN"] {
        assert_eq!(browser.post(&status, &json!({"status": standing})).await.status, 200);
        assert_eq!(code(&mut browser, &url, json!({})).await, "4000", "{standing}");
    }
    assert_eq!(browser.post(&status, &json!({"status": "ACTIVE"})).await.status, 200);
    let client = format!("/sandbox/v1/clients/{CLIENT}/status");
    assert_eq!(
        browser.post(&client, &json!({"merchantStatus": "SUSPENDED"})).await.json()["merchantStatus"],
        "Suspended"
    );
    assert_eq!(code(&mut browser, &url, json!({})).await, "4000", "the merchant is stopped");
    browser.post(&client, &json!({"merchantStatus": "ACTIVE"})).await;
    assert_eq!(code(&mut browser, &url, json!({})).await, "9000");
}

#[tokio::test]
async fn a_card_pays_as_its_number_says_and_a_silent_issuer_is_8000() {
    let world = World::sandbox().await;
    let mut browser = Browser::new(&world);
    for (index, (number, expected)) in [
        ("4242424242424242", "9000"),
        ("4000000000009995", "4000"),
        ("4000000000000069", "4000"),
        ("4000000000000002", "4000"),
        ("4000000000009235", "4000"),
        ("4000000000000259", "8000"),
    ]
    .into_iter()
    .enumerate()
    {
        let (url, id) = order(&world, &format!("R-{index}"), Product::Online).await;
        assert_eq!(code(&mut browser, &url, json!({"fundingSource": number})).await, expected, "{number}");
        let status = payment(&mut browser, &id).await["status"].clone();
        let after = match expected {
            "9000" => "SUCCESS",
            "8000" => "PROCESSING",
            _ => "OPEN",
        };
        assert_eq!(status, json!(after), "{number}");
    }
    let cards = browser.get("/sandbox/v1/cards").await.json();
    assert_eq!(cards.as_array().map(Vec::len), Some(6), "each was linked: {cards}");
    assert!(!cards.to_string().contains("4242424242424242"), "nobody has the numbers");
}

#[tokio::test]
async fn a_linked_card_is_named_by_its_id_and_only_by_its_owner() {
    let world = World::sandbox().await;
    let mut browser = Browser::new(&world);
    let link = json!({"userId": SARA.user_id, "number": "4242424242424242"});
    let card = browser.post("/sandbox/v1/cards", &link).await.json();
    assert_eq!((&card["maskedNumber"], &card["brand"]), (&json!("•••• 4242"), &json!("Visa")));
    let (url, id) = order(&world, "R-1", Product::Online).await;
    let foreign = json!({"fundingSource": card["cardId"], "userId": OMAR.user_id});
    assert_eq!(code(&mut browser, &url, foreign).await, "4000");
    assert_eq!(code(&mut browser, &url, json!({"fundingSource": card["cardId"]})).await, "9000");
    assert_eq!(payment(&mut browser, &id).await["source"], "Visa •••• 4242");
    let other = json!({"paymentUrl": order(&world, "R-2", Product::Online).await.0, "userId": SARA.user_id,
        "fundingSource": "my card"});
    assert_eq!(browser.post("/sandbox/v1/pay", &other).await.error(), (400, "PARAM_ILLEGAL".into()));
}

#[tokio::test]
async fn a_hold_is_9000_and_what_happens_to_it_is_listed() {
    let world = World::sandbox().await;
    let mut browser = Browser::new(&world);
    let (url, id) = order(&world, "R-1", Product::AuthCapture).await;
    assert_eq!(code(&mut browser, &url, json!({})).await, "9000");
    let held = payment(&mut browser, &id).await;
    assert_eq!((&held["status"], &held["held"]["value"]), (&json!("AUTHORIZED"), &json!("10000000")));
    let void = mithaq_wallet::NewOperation {
        client_id: ClientId::new(CLIENT),
        request_id: "V-1".into(),
        payment: mithaq_domain::PaymentRef::Request("R-1".into()),
        wish: mithaq_domain::Wish::Void(None),
        reason: None,
        notify_url: None,
    };
    world.app.wallet.operate_payment(void).await.expect("voided");
    let detail = browser.get(&format!("/sandbox/v1/payments/{id}")).await.json();
    assert_eq!(
        (&detail["payment"]["status"], &detail["payment"]["code"]),
        (&json!("CANCELLED"), &json!("ORDER_IS_CANCELED"))
    );
    let operation = &detail["operations"][0];
    assert_eq!(
        (&operation["kind"], &operation["status"], &operation["by"]),
        (&json!("VOID"), &json!("SUCCESS"), &json!("MERCHANT"))
    );
    let postings = detail["postings"].as_array().expect("postings");
    let by_void = postings.iter().filter(|line| line["operationId"] == operation["operationId"]).count();
    assert_eq!((postings.len(), by_void), (4, 2), "two lines of the hold, two of the void: {detail}");
    assert_eq!(browser.get("/sandbox/v1/operations").await.json(), json!([operation]));
}

#[tokio::test]
async fn a_shown_code_is_given_and_the_list_tells_what_became_of_it_but_not_the_code() {
    let world = World::sandbox().await;
    let mut browser = Browser::new(&world);
    let mut show = async || {
        let shown = browser.post("/sandbox/v1/payment-codes", &json!({"userId": SARA.user_id})).await.json();
        assert!(shown["expiresAt"].is_string(), "{shown}");
        shown["paymentCode"].as_str().expect("a code").to_owned()
    };
    let (first, second) = (show().await, show().await);
    let charge = CodeCharge {
        client_id: ClientId::new(CLIENT),
        request_id: "S-1".into(),
        code: first.clone(),
        amount: Money::whole(1, Currency::IQD).expect("an amount"),
        description: "Bread".into(),
        notify_url: None,
    };
    let paid = world.app.wallet.pay_by_code(charge).await.expect("decided");
    let list = browser.get("/sandbox/v1/payment-codes").await;
    let mut states: Vec<_> =
        list.json().as_array().expect("a list").iter().map(|code| code["status"].as_str().map(str::to_owned)).collect();
    states.sort();
    assert_eq!(states, [Some("OPEN".into()), Some("USED".into())]);
    assert!(
        list.text.contains(paid.payment_id.as_str()) && !list.text.contains(&first) && !list.text.contains(&second)
    );
    world.pass(SignedDuration::from_secs(60));
    assert!(browser.get("/sandbox/v1/payment-codes").await.text.contains("EXPIRED"));
}

#[tokio::test]
async fn the_studio_sees_the_cashiers_calls_as_steps_of_their_own_story() {
    let world = World::sandbox().await;
    let mut browser = Browser::new(&world);
    let body = json!({
        "productCode": "51051000101000000011", "paymentRequestId": "R-1",
        "paymentAmount": {"currency": "IQD", "value": "1000"},
        "order": {"orderDescription": "Bread", "buyer": {"referenceBuyerId": "guest"}},
    });
    let pay = crate::support::Request {
        path: "/v1/payments/pay".into(),
        body: body.to_string(),
        ..crate::support::Request::new()
    };
    assert_eq!(pay.result(&world).await, "A ACCEPT");
    assert_eq!(crate::support::Request::new().result(&world).await, "S SUCCESS");
    let calls = browser.get("/sandbox/v1/calls").await.json()["calls"].clone();
    assert_eq!(
        (&calls[0]["story"], &calls[0]["step"], &calls[0]["replyStep"]),
        (&json!("pay"), &json!(10), &json!(11))
    );
    assert!(calls[0]["links"]["orderId"].is_string() && calls[0]["links"]["paymentId"].is_string(), "{calls}");
    assert_eq!((calls[1].get("story"), &calls[1]["step"]), (None, &json!(2)), "the signing's story says nothing");
    let report = json!({"story": "pay", "step": 13, "replyStep": 18, "title": "my.tradePay"});
    browser.post("/sandbox/v1/shell-events", &report).await;
    let calls = browser.get("/sandbox/v1/calls").await.json()["calls"].clone();
    assert_eq!((&calls[2]["story"], &calls[2]["step"]), (&json!("pay"), &json!(13)));
}
