//! What a merchant is told of an order of the cashier: held, paid, over; refunds and voids (spec/qicard.md 7.3, 7.8,
//! openapi.md 3.15 to 3.17).

use crate::receiver::{Receiver, Reply};
use crate::world::{CLIENT, World};
use mithaq_domain::{PaymentRef, Product, Source, Wish};
use mithaq_types::{ClientId, Currency, Money, PaymentId};
use mithaq_wallet::{ConfirmRequest, NewOperation, NewOrder, Pin};
use serde_json::{Value, json};

fn dinars(whole: i64) -> Money {
    Money::whole(whole, Currency::IQD).expect("fits")
}

/// An order of 10,000 IQD that tells `receiver` of everything.
async fn order(world: &World, receiver: &Receiver, product: Product) -> PaymentId {
    let new = NewOrder {
        gateway: None,
        client_id: ClientId::new(CLIENT),
        request_id: "R1".to_owned(),
        product,
        buyer: None,
        amount: dinars(10_000),
        title: None,
        description: "Fresh Box".to_owned(),
        reference: None,
        expires_at: None,
        notify_url: Some(receiver.url("/pay")),
        void_notify_url: Some(receiver.url("/void")),
        redirect_url: None,
    };
    world.wallet.order(new).await.expect("made").0.payment_id
}

async fn paid_order(world: &World, receiver: &Receiver, product: Product) -> PaymentId {
    let payment_id = order(world, receiver, product).await;
    let request = ConfirmRequest {
        payment_id: payment_id.clone(),
        user_id: world.user_id.clone(),
        pin: Pin::NotAsked,
        source: Source::Balance,
        page: None,
    };
    world.wallet.confirm_order(request).await.expect("paid");
    payment_id
}

async fn operate(world: &World, receiver: &Receiver, payment_id: &PaymentId, request_id: &str, wish: Wish) {
    let new = NewOperation {
        client_id: ClientId::new(CLIENT),
        request_id: request_id.to_owned(),
        payment: PaymentRef::Id(payment_id.clone()),
        wish,
        reason: Some("Damaged box".to_owned()),
        notify_url: Some(receiver.url("/refund")),
    };
    world.wallet.operate_payment(new).await.expect("done");
}

/// Everything that came to `path`, once `count` messages came in all.
async fn told(receiver: &mut Receiver, count: usize, path: &str) -> Vec<Value> {
    let received = receiver.wait_for(count).await;
    let here = received.iter().filter(|message| message.uri == path);
    here.map(|message| serde_json::from_slice(&message.body).expect("JSON")).collect()
}

fn names(body: &Value) -> Vec<&str> {
    body.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[tokio::test]
async fn an_order_that_was_paid_is_told_with_the_members_of_the_live_sample() {
    let world = World::new().await;
    let mut receiver = Receiver::start(|_| Reply::Done).await;
    let payment_id = order(&world, &receiver, Product::Online).await;
    world.advance(2);
    let request = ConfirmRequest {
        payment_id: payment_id.clone(),
        user_id: world.user_id.clone(),
        pin: Pin::NotAsked,
        source: Source::Balance,
        page: None,
    };
    world.wallet.confirm_order(request).await.expect("paid");
    let _job = world.deliver();
    let received = receiver.wait_for(1).await;
    let expected = format!(
        concat!(
            r#"{{"paymentResult":{{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"Success."}},"#,
            r#""paymentId":"{}","paymentRequestId":"R1","extendInfo":"{{\"sourcePlatform\":\"MINI_APP\"}}","#,
            r#""paymentTime":"2026-12-01T09:02:00+03:00","paymentAmount":{{"currency":"IQD","value":"10000000"}},"#,
            r#""paymentCreateTime":"2026-12-01T09:00:00+03:00"}}"#
        ),
        payment_id
    );
    assert_eq!(String::from_utf8_lossy(&received[0].body), expected);
}

#[tokio::test]
async fn a_hold_is_told_as_one_and_its_capture_with_the_amount_of_the_order() {
    let world = World::new().await;
    let mut receiver = Receiver::start(|_| Reply::Done).await;
    let payment_id = paid_order(&world, &receiver, Product::AuthCapture).await;
    let mut job = world.deliver();
    let held = told(&mut receiver, 1, "/pay").await.remove(0);
    assert_eq!((&held["paymentStatus"], &held["paymentResult"]["resultStatus"]), (&json!("AUTH_SUCCESS"), &json!("S")));
    assert!(held.get("paymentTime").is_none(), "nothing is paid yet: {held}");
    world.advance(5);
    operate(&world, &receiver, &payment_id, "C1", Wish::Capture(Some(dinars(4_000)))).await;
    let target = receiver.url("/pay");
    job.attempt_where(|attempt| attempt.row.target == target && attempt.row.created_at == world.wallet.now()).await;
    let paid = receiver.received().into_iter().rfind(|message| message.uri == "/pay").expect("told");
    let paid: Value = serde_json::from_slice(&paid.body).expect("JSON");
    assert_eq!(paid["paymentAmount"]["value"], "10000000", "what was taken of it, inquiryPayment tells");
    assert_eq!(paid["paymentTime"], "2026-12-01T09:05:00+03:00");
    assert!(paid.get("paymentStatus").is_none(), "a final outcome has the live sample's members: {paid}");
}

#[tokio::test]
async fn an_order_that_nobody_paid_is_told_closed_and_one_that_was_cancelled_is_told_so() {
    for (is_cancelled, code) in [(true, "ORDER_IS_CANCELED"), (false, "ORDER_IS_CLOSED")] {
        let world = World::new().await;
        let mut receiver = Receiver::start(|_| Reply::Done).await;
        let payment_id = order(&world, &receiver, Product::Online).await;
        if is_cancelled {
            let payment = PaymentRef::Id(payment_id.clone());
            world.wallet.cancel_payment(ClientId::new(CLIENT), payment).await.expect("cancelled");
        } else {
            world.advance(31);
            world.wallet.expire_payment(payment_id.clone()).await.expect("closed");
        }
        let _job = world.deliver();
        let body = told(&mut receiver, 1, "/pay").await.remove(0);
        assert_eq!(
            (&body["paymentResult"]["resultStatus"], &body["paymentResult"]["resultCode"]),
            (&json!("F"), &json!(code))
        );
        assert!(body.get("paymentTime").is_none(), "{body}");
    }
}

#[tokio::test]
async fn a_refund_is_told_with_what_it_is_of_and_why() {
    let world = World::new().await;
    let mut receiver = Receiver::start(|_| Reply::Done).await;
    let payment_id = paid_order(&world, &receiver, Product::Online).await;
    operate(&world, &receiver, &payment_id, "RF1", Wish::Refund(dinars(2_500), None)).await;
    let _job = world.deliver();
    let body = told(&mut receiver, 2, "/refund").await.remove(0);
    assert_eq!(body["refundRequestId"], "RF1");
    assert_eq!((&body["paymentId"], &body["paymentRequestId"]), (&json!(payment_id), &json!("R1")));
    assert_eq!(body["refundAmount"], json!({"currency": "IQD", "value": "2500000"}));
    assert_eq!((&body["refundReason"], &body["refundStatus"]), (&json!("Damaged box"), &json!("SUCCESS")));
    assert_eq!(body["refundTime"], "2026-12-01T09:00:00+03:00");
    assert_eq!(body["refundId"].as_str().map(str::len), Some(35));
}

#[tokio::test]
async fn a_refund_that_was_refused_is_not_told() {
    let world = World::new().await;
    let mut receiver = Receiver::start(|_| Reply::Done).await;
    let payment_id = paid_order(&world, &receiver, Product::Online).await;
    operate(&world, &receiver, &payment_id, "RF1", Wish::Refund(dinars(10_001), None)).await;
    operate(&world, &receiver, &payment_id, "RF2", Wish::Refund(dinars(1), None)).await;
    let _job = world.deliver();
    let bodies = told(&mut receiver, 2, "/refund").await;
    let ids: Vec<_> = bodies.iter().map(|body| body["refundRequestId"].clone()).collect();
    assert_eq!(ids, [json!("RF2")]);
}

#[tokio::test]
async fn a_void_is_told_to_its_own_address_by_the_merchant_and_by_the_clock() {
    let world = World::new().await;
    let mut receiver = Receiver::start(|_| Reply::Done).await;
    let payment_id = paid_order(&world, &receiver, Product::AuthCapture).await;
    operate(&world, &receiver, &payment_id, "V1", Wish::Void(Some(dinars(3_000)))).await;
    let _job = world.deliver();
    let body = told(&mut receiver, 2, "/void").await.remove(0);
    let mut given = names(&body);
    given.sort_unstable();
    let members = ["paymentId", "voidAmount", "voidId", "voidRequestId", "voidResult", "voidSource", "voidTime"];
    assert_eq!(given, members);
    assert_eq!((&body["voidRequestId"], &body["voidSource"]), (&json!("V1"), &json!("MERCHANT")));
    assert_eq!(body["voidAmount"]["value"], "3000000");

    world.advance(8 * 24 * 60);
    world.wallet.expire_payment(payment_id.clone()).await.expect("given back");
    world.alarm.clock_moved();
    let bodies = told(&mut receiver, 4, "/void").await;
    let late = bodies.last().expect("told");
    assert_eq!((&late["voidSource"], &late["voidAmount"]["value"]), (&json!("SYSTEM"), &json!("7000000")));
    assert_eq!(late["voidRequestId"], late["voidId"], "the wallet's own id");
    let ended = told(&mut receiver, 4, "/pay").await;
    let codes: Vec<_> = ended.iter().map(|body| body["paymentResult"]["resultCode"].clone()).collect();
    assert_eq!(codes, [json!("SUCCESS"), json!("ORDER_IS_CANCELED")]);
}
