//! The operator's gateway for SMS and e-mail: what it is sent, and what counts as taken.

use crate::receiver::{Receiver, Reply};
use crate::world::World;
use mithaq_delivery::{Attempt, Gateway, GatewayError, Guard, Limits};
use mithaq_domain::{OutboxKind, UserNews};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

fn is_charge(attempt: &Attempt) -> bool {
    matches!(&attempt.row.kind, OutboxKind::UserNews { news: UserNews::Charged { .. }, .. })
}

fn gateway(url: &str) -> Arc<Gateway> {
    Arc::new(Gateway::new(url, Some("s3cret\n")).expect("a gateway"))
}

fn accepted() -> Reply {
    Reply::Status(202, String::new())
}

/// What it got of the charge, SMS before e-mail.
fn about_the_charge(receiver: &Receiver) -> Vec<(String, Value)> {
    let received = receiver.received().into_iter().map(|message| {
        let body: Value = serde_json::from_slice(&message.body).expect("JSON");
        assert_eq!(message.header("Authorization"), "Bearer s3cret");
        assert_eq!(message.header("Content-Type"), "application/json");
        assert_eq!(message.uri, "/messages?from=wallet");
        (message.header("Idempotency-Key").to_owned(), body)
    });
    received.filter(|(_, body)| body["paymentId"].is_string()).collect()
}

#[tokio::test]
async fn each_message_is_posted_as_json_with_the_secret_and_an_idempotency_key() {
    let world = World::new().await;
    let receiver = Receiver::start(|_| accepted()).await;
    let tokens = world.contract(None).await;
    world.charge(&tokens, "R1", 7_000, "http://127.0.0.1:9/n").await;
    let messenger = gateway(&receiver.url("/messages?from=wallet"));
    let mut job = world.deliver_by(Guard::production(), Limits::default(), messenger);
    let told = job.attempt_where(is_charge).await;
    assert_eq!(told.error, None);
    let [(sms_key, sms), (email_key, email)] = &about_the_charge(&receiver)[..] else { panic!("two messages") };
    let id = &told.row.outbox_id;
    assert_eq!((sms_key, email_key), (&format!("{id}-sms"), &format!("{id}-email")));
    let payment_id = told.row.payment_id.as_ref().map(ToString::to_string);
    let expected = json!({
        "id": format!("{id}-sms"), "channel": "sms", "to": "9647700000001", "subject": null,
        "text": "Mithaq: Zaytoun Market charged 7,000 IQD. Your balance is 243,000 IQD.",
        "at": "2026-12-01T06:00:00Z", "userId": "2166100000000000000001", "paymentId": payment_id,
    });
    assert_eq!(sms, &expected);
    assert_eq!((&email["channel"], &email["to"]), (&json!("email"), &json!("sara@example.com")));
    assert_eq!(email["subject"], "Zaytoun Market charged 7,000 IQD");
    assert_eq!(world.wallet.reader().sent().await.expect("readable"), [], "the gateway keeps its own books");
}

#[tokio::test]
async fn what_the_gateway_does_not_accept_comes_again_under_the_same_key() {
    for refusal in [Reply::Status(503, "later".to_owned()), Reply::Redirect, Reply::Status(400, String::new())] {
        let world = World::new().await;
        let receiver = Receiver::start({
            let refusal = refusal.clone();
            move |index| if index < 10 { refusal.clone() } else { accepted() }
        })
        .await;
        let tokens = world.contract(None).await;
        world.charge(&tokens, "R1", 7_000, "http://127.0.0.1:9/n").await;
        let messenger = gateway(&receiver.url("/messages?from=wallet"));
        let mut job = world.deliver_by(Guard::sandbox(), Limits::default(), messenger);
        let failed = job.attempt_where(is_charge).await;
        let error = failed.error.expect("not accepted");
        assert!(error.starts_with("email: the gateway answered HTTP "), "{error}");
        while receiver.received().len() < 10 {
            world.advance(15 * 60);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        world.advance(15 * 60);
        let again = job.attempt_where(|attempt| is_charge(attempt) && attempt.error.is_none()).await;
        assert_eq!(again.row.outbox_id, failed.row.outbox_id);
        let keys: Vec<_> = about_the_charge(&receiver).into_iter().map(|(key, _)| key).collect();
        assert!(keys.iter().filter(|key| **key == keys[0]).count() >= 2, "{keys:?}");
    }
}

#[tokio::test]
async fn a_gateway_that_hangs_or_is_gone_fails_the_attempt_without_telling_its_url() {
    let world = World::new().await;
    let silent = Receiver::start(|_| Reply::Silence).await;
    let tokens = world.contract(None).await;
    world.charge(&tokens, "R1", 7_000, "http://127.0.0.1:9/n").await;
    let limits = Limits { timeout: Duration::from_millis(200), ..Limits::default() };
    let mut job = world.deliver_by(Guard::sandbox(), limits.clone(), gateway(&silent.url("/messages?key=k")));
    assert_eq!(job.attempt_where(is_charge).await.error.as_deref(), Some("email: no answer within 200ms"));
    job.kill().await;
    world.advance(2);
    let mut job = world.deliver_by(Guard::sandbox(), limits, gateway("http://127.0.0.1:9/messages?key=k"));
    assert_eq!(job.attempt_where(is_charge).await.error.as_deref(), Some("email: no connection to the gateway"));
}

#[test]
fn a_url_or_a_secret_that_cannot_be_used_is_refused_at_once() {
    let refused = |url, secret| Gateway::new(url, secret).err();
    for url in ["ftp://gateway.example/", "gateway.example", "file:///etc/passwd", ""] {
        assert!(matches!(refused(url, None), Some(GatewayError::Url)), "{url}");
    }
    for secret in ["", "two\nlines", "with a blank", "ünïcode"] {
        let refused = refused("https://gateway.example/sms", Some(secret));
        assert!(matches!(refused, Some(GatewayError::Secret)), "{secret:?}");
    }
    assert!(refused("http://10.0.0.7:8080/sms", Some("s3cret")).is_none());
}
