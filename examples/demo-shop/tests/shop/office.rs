//! The merchant's side: captures, voids, refunds, the till, and who may enter.

use crate::stub::{WALLET, refused, says, standing};
use crate::world::World;
use serde_json::{Value, json};

const KEY: &str = "fedcba9876543210";
const CODE: &str = "281234567890123456";

/// A world with an order whose money is held.
async fn held(goods: &str) -> (World, Value) {
    let world = World::open().await;
    let session = world.sign_in("C1").await;
    let order = world.order(&session, goods).await;
    world.wallet.will([standing("AUTH_SUCCESS", json!({}))]);
    let order = world.act(&session, &order, "check").await;
    assert_eq!(order["state"], "HELD");
    (world, order)
}

/// A world with an order that is paid.
async fn paid() -> (World, Value) {
    let world = World::open().await;
    let session = world.sign_in("C1").await;
    let order = world.order(&session, "olive-oil").await;
    world.wallet.will([standing("SUCCESS", json!({}))]);
    let order = world.act(&session, &order, "check").await;
    assert_eq!(order["state"], "PAID");
    (world, order)
}

fn refunded() -> crate::stub::Reply {
    says("SUCCESS", "S", json!({ "refundId": "R1" }))
}

#[tokio::test]
async fn a_part_of_a_hold_is_captured() {
    let (world, order) = held("carp").await;
    world.wallet.will([says("SUCCESS", "S", json!({ "captureId": "K1" }))]);
    let (status, order) = world.office(&order, "capture", json!({ "amount": "31500000" })).await;
    assert_eq!((status, &order["state"], &order["taken"]["value"]), (200, &json!("PAID"), &json!("31500000")));
    let (path, body) = world.wallet.asked().pop().expect("asked");
    assert_eq!((path.as_str(), &body["captureAmount"]["value"]), ("/v1/payments/capture", &json!("31500000")));
    assert_eq!(body["paymentId"], "P1");
}

#[tokio::test]
async fn without_an_amount_all_of_it_is_captured_or_given_back() {
    for (action, path, id) in
        [("capture", "/v1/payments/capture", "captureId"), ("void", "/v1/payments/void", "voidId")]
    {
        let (world, order) = held("carp").await;
        world.wallet.will([says("SUCCESS", "S", json!({ id: "X1" }))]);
        let (_, order) = world.office(&order, action, json!({})).await;
        assert_eq!(order["state"], if action == "capture" { "PAID" } else { "CLOSED" });
        let (asked, body) = world.wallet.asked().pop().expect("asked");
        assert_eq!(asked, path);
        assert!(body.get("captureAmount").is_none() && body.get("voidAmount").is_none());
    }
}

#[tokio::test]
async fn refunds_are_given_in_parts_each_under_its_own_id() {
    let (world, order) = paid().await;
    world.wallet.will([refunded(), refunded()]);
    world.office(&order, "refund", json!({ "amount": "4000000" })).await;
    let (_, order) = world.office(&order, "refund", json!({})).await;
    assert_eq!(order["refunded"], order["amount"]);
    assert_eq!(order["can"], json!([]));
    let asked = world.wallet.asked();
    let [first, second] = [&asked[asked.len() - 2].1, &asked[asked.len() - 1].1];
    assert_eq!(
        (&first["refundAmount"]["value"], &second["refundAmount"]["value"]),
        (&json!("4000000"), &json!("10000000"))
    );
    assert_ne!(first["refundRequestId"], second["refundRequestId"]);
    assert_eq!(first["refundNotifyUrl"], format!("{}/notify/refund", world.url));
}

#[tokio::test]
async fn a_refund_without_an_answer_is_asked_for_again_under_the_same_id() {
    let (world, order) = paid().await;
    let (_, doubtful) = world.office(&order, "refund", json!({ "amount": "4000000" })).await;
    assert_eq!((&doubtful["operations"][0]["state"], &doubtful["can"]), (&json!("UNKNOWN"), &json!(["refund"])));
    world.wallet.will([refunded()]);
    let (_, order) = world.office(&order, "refund", json!({ "amount": "9000000" })).await;
    assert_eq!(order["refunded"]["value"], "4000000", "the amount of the first press");
    let asked = world.wallet.asked();
    assert!(asked.iter().filter(|(path, _)| path == "/v1/payments/refund").all(|ask| *ask == asked[asked.len() - 1]));
}

#[tokio::test]
async fn the_wallets_own_account_settles_what_is_in_doubt() {
    let (world, order) = paid().await;
    let (_, doubtful) = world.office(&order, "refund", json!({ "amount": "4000000" })).await;
    let transaction = json!({
        "transactionId": "R1", "transactionRequestId": doubtful["operations"][0]["requestId"],
        "transactionType": "REFUND", "transactionStatus": "SUCCESS",
    });
    world.wallet.will([standing("SUCCESS", json!({ "transactions": [transaction] }))]);
    let (_, order) = world.office(&order, "check", json!({})).await;
    assert_eq!(order["refunded"]["value"], "4000000");
}

#[tokio::test]
async fn a_refused_refund_is_told_with_its_code_and_nothing_came_back() {
    let (world, order) = paid().await;
    world.wallet.will([refused("MERCHANT_BALANCE_NOT_ENOUGH"), standing("SUCCESS", json!({}))]);
    let (status, order) = world.office(&order, "refund", json!({})).await;
    let operation = &order["operations"][0];
    assert_eq!(
        (status, &operation["state"], &operation["code"]),
        (200, &json!("REFUSED"), &json!("MERCHANT_BALANCE_NOT_ENOUGH"))
    );
    assert_eq!(order["refunded"]["value"], "0");
}

#[tokio::test]
async fn more_than_there_is_and_what_does_not_fit_the_order_never_reach_the_wallet() {
    let (world, order) = paid().await;
    let before = world.wallet.asked().len();
    let (status, body) = world.office(&order, "refund", json!({ "amount": "14000001" })).await;
    assert_eq!((status, &body["error"]["code"]), (422, &json!("AMOUNT_EXCEEDED")));
    for amount in ["0", "-1", "1.5", "", "99999999999999"] {
        assert_eq!(world.office(&order, "refund", json!({ "amount": amount })).await.0, 400, "{amount}");
    }
    for action in ["capture", "void", "accept"] {
        let (status, body) = world.office(&order, action, json!({})).await;
        assert_eq!((status, &body["error"]["code"]), (409, &json!("NOT_NOW")), "{action}");
    }
    assert_eq!(world.wallet.asked().len(), before);
}

#[tokio::test]
async fn refunds_and_voids_are_notified_too() {
    let (world, order) = paid().await;
    world.office(&order, "refund", json!({ "amount": "4000000" })).await;
    let notice = |request_id: &str| {
        json!({
            "refundId": "R1", "refundRequestId": request_id, "paymentId": "P1", "refundStatus": "SUCCESS",
            "refundAmount": { "currency": "IQD", "value": "4000000" },
        })
    };
    let own = format!("{}-R1", order["id"].as_str().expect("an id"));
    assert_eq!(world.notify("/notify/refund", notice(&own), &WALLET).await, "S");
    let (_, orders) = world.get_as("", "/api/office/orders").await;
    let operation = &orders["orders"][0]["operations"][0];
    assert_eq!((&operation["state"], &operation["notified"]), (&json!("DONE"), &json!(true)));

    let void = json!({
        "voidResult": { "resultCode": "SUCCESS", "resultStatus": "S", "resultMessage": "" },
        "voidRequestId": "W1", "paymentId": "P9", "voidSource": "SYSTEM",
    });
    assert_ne!(world.notify("/notify/void", void, &WALLET).await, "S", "of a payment it does not know");
}

#[tokio::test]
async fn at_the_till_a_shown_code_is_paid_at_once() {
    let world = World::open().await;
    world.wallet.will([says("SUCCESS", "S", json!({ "paymentId": "P7" }))]);
    let ask = json!({ "amount": "12500000", "code": "2812 3456 7890 1234 56", "once": KEY });
    let (status, order) = world.post("/api/office/till", ask).await;
    assert_eq!((status, &order["state"], &order["way"]), (200, &json!("PAID"), &json!("IN_STORE")));
    let (path, body) = world.wallet.asked().pop().expect("asked");
    assert_eq!((path.as_str(), &body["productCode"]), ("/v1/payments/pay", &json!("IN_STORE_PAYMENT")));
    assert_eq!((&body["paymentAuthCode"], &body["order"].get("buyer")), (&json!(CODE), &None));
}

#[tokio::test]
async fn a_code_that_is_too_old_takes_nothing() {
    let world = World::open().await;
    world.wallet.will([refused("INVALID_CODE")]);
    let (_, order) = world.post("/api/office/till", json!({ "amount": "1000", "code": CODE, "once": KEY })).await;
    assert_eq!((&order["state"], &order["code"]), (&json!("CLOSED"), &json!("INVALID_CODE")));
}

#[tokio::test]
async fn at_the_till_a_lost_answer_is_asked_for_again_with_the_same_press() {
    let world = World::open().await;
    let ask = json!({ "amount": "1000", "code": CODE, "once": KEY });
    let (_, first) = world.post("/api/office/till", ask.clone()).await;
    assert_eq!(first["state"], "ASKED");
    world.wallet.will([says("SUCCESS", "S", json!({ "paymentId": "P7" }))]);
    let (_, second) = world.post("/api/office/till", ask).await;
    assert_eq!((&second["state"], &second["id"]), (&json!("PAID"), &first["id"]));
    let asked = world.wallet.asked();
    assert!(asked.iter().all(|ask| *ask == asked[0]));
}

#[tokio::test]
async fn codes_and_amounts_that_are_none_are_refused_here() {
    let world = World::open().await;
    for (amount, code) in [("1000", "123456789012345678"), ("1000", "28"), ("x", CODE), ("0", CODE)] {
        let (status, _) = world.post("/api/office/till", json!({ "amount": amount, "code": code, "once": KEY })).await;
        assert_eq!(status, 400, "{amount} {code}");
    }
    assert!(world.wallet.asked().is_empty());
}

#[tokio::test]
async fn the_office_is_closed_to_pages_names_and_proxies_of_others() {
    let world = World::open().await;
    for (name, value) in [("Origin", "http://evil.example"), ("Host", "shop.example"), ("X-Forwarded-For", "10.0.0.7")]
    {
        for path in ["/office", "/api/office/orders", "/api/office/bell"] {
            assert_eq!(world.get_with(path, name, value).await.status().as_u16(), 403, "{path} {name}");
        }
    }
    let page = world.get("/office").await;
    let policy = page.headers()["content-security-policy"].to_str().expect("text").to_owned();
    assert!(page.status().is_success() && policy.contains("frame-ancestors 'none'"), "{policy}");
}
