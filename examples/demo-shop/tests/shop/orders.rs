//! The twenty steps as the backend sees them: signing in, ordering, paying, and who may see what.

use crate::stub::{Reply, STRANGER, WALLET, accepted, refused, says, standing};
use crate::world::{JsonBody as _, World};
use serde_json::{Value, json};

const KEY: &str = "0123456789abcdef";

fn payment(order: &Value, more: Value) -> Value {
    let mut body = json!({
        "paymentResult": { "resultCode": "SUCCESS", "resultStatus": "S", "resultMessage": "Success." },
        "paymentId": "P1",
        "paymentRequestId": order["id"],
        "paymentAmount": order["amount"],
    });
    if let (Value::Object(body), Value::Object(more)) = (&mut body, more) {
        body.extend(more);
    }
    body
}

#[tokio::test]
async fn an_order_asks_for_the_payment_in_the_customers_name() {
    let world = World::open().await;
    let session = world.sign_in("C1").await;
    let order = world.order(&session, "olive-oil").await;
    assert_eq!((&order["state"], &order["way"]), (&json!("OPEN"), &json!("BUY")));
    assert_eq!(order["paymentUrl"], "http://wallet.example/cashier?orderId=7F");
    let (path, body) = world.wallet.asked().pop().expect("asked");
    assert_eq!(path, "/v1/payments/pay");
    assert_eq!(body["productCode"], "51051000101000000011");
    assert_eq!(body["paymentRequestId"], order["id"]);
    assert_eq!(body["paymentAmount"], json!({ "currency": "IQD", "value": "14000000" }));
    assert_eq!(body["order"]["buyer"]["referenceBuyerId"], "C1");
    assert_eq!(body["order"]["orderDescription"], "Olive oil, 1 litre");
    assert_eq!(body["paymentNotifyUrl"], format!("{}/notify/payment", world.url));
    assert!(body["paymentExpiryTime"].is_string());
}

#[tokio::test]
async fn what_is_weighed_is_held_and_what_is_sent_is_in_escrow() {
    let world = World::open().await;
    let session = world.sign_in("C1").await;
    for (goods, product) in [("carp", "51051000101000000012"), ("coffee-pot", "51051000101000100008")] {
        world.order(&session, goods).await;
        let (_, body) = world.wallet.asked().pop().expect("asked");
        assert_eq!(body["productCode"], product);
        assert_eq!(body["voidNotifyUrl"], format!("{}/notify/void", world.url));
    }
}

#[tokio::test]
async fn the_pages_own_word_makes_no_order_paid() {
    let world = World::open().await;
    let session = world.sign_in("C1").await;
    let order = world.order(&session, "dates").await;
    world.wallet.will([standing("PROCESSING", json!({}))]);
    let after = world.act(&session, &order, "check").await;
    assert_eq!(after["state"], "OPEN", "whatever my.tradePay said, the wallet does not say that it is paid");
    world.wallet.will([standing("SUCCESS", json!({}))]);
    assert_eq!(world.act(&session, &order, "check").await["state"], "PAID");
}

#[tokio::test]
async fn a_notification_pays_an_order_once_and_only_if_it_is_genuine_and_fits() {
    let world = World::open().await;
    let session = world.sign_in("C1").await;
    let order = world.order(&session, "dates").await;
    let less = json!({ "paymentAmount": { "currency": "IQD", "value": "1" } });
    assert_eq!(world.notify("/notify/payment", payment(&order, json!({})), &STRANGER).await, "F");
    assert_ne!(world.notify("/notify/payment", payment(&order, less), &WALLET).await, "S");
    assert_eq!(world.see(&session, &order).await["state"], "OPEN");
    for _ in 0..2 {
        assert_eq!(world.notify("/notify/payment", payment(&order, json!({})), &WALLET).await, "S");
    }
    let paid = world.see(&session, &order).await;
    assert_eq!((&paid["state"], &paid["notified"]), (&json!("PAID"), &json!(true)));
}

#[tokio::test]
async fn a_notification_of_a_hold_is_no_payment() {
    let world = World::open().await;
    let session = world.sign_in("C1").await;
    let order = world.order(&session, "carp").await;
    let held = payment(&order, json!({ "paymentStatus": "AUTH_SUCCESS" }));
    assert_eq!(world.notify("/notify/payment", held, &WALLET).await, "S");
    let order = world.see(&session, &order).await;
    assert_eq!((&order["state"], &order["taken"]["value"]), (&json!("HELD"), &json!("0")));
}

#[tokio::test]
async fn an_order_that_ran_out_says_why() {
    let world = World::open().await;
    let session = world.sign_in("C1").await;
    let order = world.order(&session, "dates").await;
    let failed =
        json!({ "paymentResult": { "resultCode": "ORDER_IS_CLOSED", "resultStatus": "F", "resultMessage": "" } });
    assert_eq!(world.notify("/notify/payment", payment(&order, failed), &WALLET).await, "S");
    let order = world.see(&session, &order).await;
    assert_eq!((&order["state"], &order["code"]), (&json!("CLOSED"), &json!("ORDER_IS_CLOSED")));
}

#[tokio::test]
async fn the_same_press_sent_twice_is_one_order_and_one_payment() {
    let world = World::open().await;
    let session = world.sign_in("C1").await;
    world.wallet.will([accepted(), accepted()]);
    let ask = json!({ "goods": "dates", "once": KEY });
    let (first, second) = tokio::join!(
        world.post_as(&session, "/api/orders", ask.clone()),
        world.post_as(&session, "/api/orders", ask.clone())
    );
    assert_eq!(first.1["id"], second.1["id"]);
    let (_, list) = world.get_as(&session, "/api/orders").await;
    assert_eq!(list["orders"].as_array().map(Vec::len), Some(1));
    let asked = world.wallet.asked();
    assert!(asked[2..].iter().all(|ask| *ask == asked[2]), "the same id and the same content");
}

#[tokio::test]
async fn a_lost_answer_is_repeated_and_then_told_as_unknown() {
    let world = World::open().await;
    let session = world.sign_in("C1").await;
    let ask = json!({ "goods": "dates", "once": KEY });
    let (status, order) = world.post_as(&session, "/api/orders", ask).await;
    assert_eq!((status, &order["state"], &order["can"]), (200, &json!("ASKED"), &json!(["pay", "cancel"])));
    let tries = world.wallet.asked().len() - 2;
    assert_eq!(tries, 3, "three tries of the same");
    world.wallet.will([accepted()]);
    assert_eq!(world.act(&session, &order, "pay").await["state"], "OPEN");
    let asked = world.wallet.asked();
    assert!(asked[2..].iter().all(|ask| *ask == asked[2]));
}

#[tokio::test]
async fn a_refused_repetition_does_not_hide_that_the_first_try_was_paid() {
    let world = World::open().await;
    let session = world.sign_in("C1").await;
    let order = world.order(&session, "dates").await;
    world.wallet.will([refused("ORDER_STATUS_INVALID"), standing("SUCCESS", json!({}))]);
    assert_eq!(world.act(&session, &order, "pay").await["state"], "PAID");
}

#[tokio::test]
async fn a_customer_cancels_what_is_not_paid() {
    let world = World::open().await;
    let session = world.sign_in("C1").await;
    let order = world.order(&session, "dates").await;
    world.wallet.will([says("SUCCESS", "S", json!({ "paymentId": "P1", "paymentRequestId": order["id"] }))]);
    let order = world.act(&session, &order, "cancel").await;
    assert_eq!((&order["state"], &order["code"]), (&json!("CLOSED"), &json!("ORDER_IS_CANCELED")));
    assert_eq!(world.wallet.asked().pop().expect("asked").0, "/v1/payments/cancel");
}

#[tokio::test]
async fn cancelling_what_never_arrived_closes_it_too() {
    let world = World::open().await;
    let session = world.sign_in("C1").await;
    let (_, order) = world.post_as(&session, "/api/orders", json!({ "goods": "dates", "once": KEY })).await;
    world.wallet.will([refused("ORDER_NOT_EXIST")]);
    assert_eq!(world.act(&session, &order, "cancel").await["state"], "CLOSED");
}

#[tokio::test]
async fn the_buyer_confirms_what_the_shop_has_accepted() {
    let world = World::open().await;
    let session = world.sign_in("C1").await;
    let order = world.order(&session, "coffee-pot").await;
    world.wallet.will([standing("AUTH_SUCCESS", json!({}))]);
    assert_eq!(world.act(&session, &order, "check").await["can"], json!(["cancel"]));
    world.wallet.will([says("SUCCESS", "S", json!({ "paymentId": "P1" }))]);
    let (_, accepted) = world.office(&order, "accept", json!({})).await;
    assert_eq!(accepted["state"], "ACCEPTED");
    world.wallet.will([says("SUCCESS", "S", json!({ "confirmId": "F1" }))]);
    let order = world.act(&session, &order, "received").await;
    assert_eq!((&order["state"], &order["taken"]), (&json!("PAID"), &order["amount"]));
    let paths: Vec<_> = world.wallet.asked().into_iter().map(|(path, _)| path).collect();
    assert_eq!(paths[paths.len() - 2..], ["/v1/payments/merchantAccept", "/v1/payments/confirm"]);
}

#[tokio::test]
async fn another_customer_sees_and_does_nothing_with_it() {
    let world = World::open().await;
    let (session, other) = (world.sign_in("C1").await, world.sign_in("C2").await);
    let order = world.order(&session, "dates").await;
    let path = format!("/api/orders/{}", order["id"].as_str().expect("an id"));
    assert_eq!(world.get_as(&other, &path).await.0, 404);
    for action in ["pay", "check", "cancel", "received"] {
        assert_eq!(world.post_as(&other, &format!("{path}/{action}"), json!({})).await.0, 404, "{action}");
    }
    assert_eq!(world.get_as(&other, "/api/orders").await.1["orders"], json!([]));
}

#[tokio::test]
async fn without_a_session_there_is_nothing() {
    let world = World::open().await;
    for (status, body) in [
        world.get_as("", "/api/orders").await,
        world.get_as("0123456789ABCDEF0123456789ABCDEF", "/api/orders").await,
        world.post("/api/orders", json!({ "goods": "dates", "once": KEY })).await,
    ] {
        assert_eq!((status, &body["error"]["code"]), (401, &json!("SESSION_UNKNOWN")));
    }
    assert_eq!(world.get("/api/bell/0").await.status().as_u16(), 401);
}

#[tokio::test]
async fn goods_nobody_sells_and_keys_that_are_none_are_refused() {
    let world = World::open().await;
    let session = world.sign_in("C1").await;
    for ask in
        [json!({ "goods": "gold", "once": KEY }), json!({ "goods": "dates", "once": "x" }), json!({ "goods": "dates" })]
    {
        let (status, body) = world.post_as(&session, "/api/orders", ask).await;
        assert!((400..500).contains(&status));
        assert_eq!(body["error"]["code"], "BAD_REQUEST");
    }
}

#[tokio::test]
async fn the_bell_rings_for_its_customer_and_tells_nothing_else() {
    let world = World::open().await;
    let (session, bell) = world.sign_in_with_bell("C1").await;
    let order = world.order(&session, "dates").await;
    let mut stream = world.get(&format!("/api/bell/{bell}")).await;
    let first = stream.chunk().await.expect("open").expect("an event");
    world.notify("/notify/payment", payment(&order, json!({})), &WALLET).await;
    let second = tokio::time::timeout(std::time::Duration::from_secs(5), stream.chunk()).await;
    let second = second.expect("in time").expect("open").expect("an event");
    assert_ne!(first, second);
    assert!(String::from_utf8_lossy(&second).starts_with("data: {\"revision\":"));
    world.close().await;
}

#[tokio::test]
async fn a_page_of_another_origin_may_ask_but_not_the_office() {
    let world = World::open().await;
    let goods = world.get("/api/goods").await;
    assert_eq!(goods.headers()["access-control-allow-origin"], "*");
    assert_eq!(goods.json_body().await["goods"].as_array().map(Vec::len), Some(5));
    assert!(!world.get("/api/office/orders").await.headers().contains_key("access-control-allow-origin"));
    let before = world.preflight("/api/orders").await;
    assert_eq!(
        (before.status().as_u16(), &before.headers()["access-control-allow-headers"]),
        (204, &"Authorization, Content-Type".parse().expect("a value"))
    );
}

#[tokio::test]
async fn a_lost_sign_in_can_be_tried_again() {
    let world = World::open().await;
    world.wallet.will([Reply::Lost]);
    assert_eq!(world.post("/api/login", json!({ "authCode": "CODE" })).await.0, 503);
    world.sign_in("C1").await;
}
