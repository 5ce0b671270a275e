//! What a merchant receives: headers, signature, body (spec/qicard.md 7.3, openapi.md 3.4).

use crate::receiver::{Received, Receiver, Reply};
use crate::world::{CLIENT, KEYS, World, is_delivered, ring};
use mithaq_delivery::{Attempt, Dispatch, notice_body};
use mithaq_domain::{DeliveryState, Language, OutboxKind};
use mithaq_openapi::signature::{Message, SignatureHeader, headers, verify_message};
use mithaq_types::ClientId;
use serde_json::Value;
use std::collections::HashSet;

fn is_signed(message: &Received) -> bool {
    let header = SignatureHeader::parse(message.header(headers::SIGNATURE)).expect("a Signature header");
    let signed = Message {
        method: "POST",
        uri: &message.uri,
        client_id: message.header(headers::CLIENT_ID),
        time: message.header(headers::REQUEST_TIME),
        body: &message.body,
    };
    verify_message(&signed, &header, &KEYS[0].public()).valid
}

fn json(message: &Received) -> Value {
    serde_json::from_slice(&message.body).expect("JSON")
}

#[tokio::test]
async fn every_attempt_is_signed_anew_over_the_same_body() {
    let world = World::new().await;
    let mut receiver = Receiver::start(|index| if index < 2 { Reply::body("") } else { Reply::Done }).await;
    let tokens = world.contract(None).await;
    let id = world.charge(&tokens, "R1", 5_000, &receiver.url("/hooks/pay?shop=1&b=%20")).await;
    let mut job = world.deliver();
    for wait in [2, 10] {
        job.attempt(&id).await;
        world.advance(wait);
    }
    let last = job.attempt(&id).await;
    let received = receiver.wait_for(3).await;
    let distinct = |of: fn(&Received) -> String| received.iter().map(of).collect::<HashSet<_>>().len();
    assert!(received.iter().all(is_signed), "over path and query");
    assert_eq!(received[0].uri, "/hooks/pay?shop=1&b=%20");
    assert_eq!(distinct(|message| String::from_utf8_lossy(&message.body).into_owned()), 1);
    assert_eq!(distinct(|message| message.header(headers::REQUEST_TIME).to_owned()), 3);
    assert_eq!(distinct(|message| message.header(headers::SIGNATURE).to_owned()), 3);
    assert_eq!(received[2].header(headers::REQUEST_TIME), "2026-12-01T09:12:00+03:00");
    assert_eq!(received[2].header(headers::CLIENT_ID), CLIENT);
    assert_eq!(received[2].header("Content-Type"), "application/json; charset=UTF-8");
    assert!(received[2].header(headers::SIGNATURE).starts_with("algorithm=RSA256, keyVersion=1, signature="));

    let Dispatch::Notice(exchange) = last.sent else { panic!("a notice was sent") };
    assert_eq!(exchange.request.path, received[2].uri);
    assert_eq!(exchange.request.body.as_bytes(), received[2].body);
    assert!(
        exchange.request.signed_text.starts_with("POST /hooks/pay?shop=1&b=%20\n2188000000000001.2026-12-01T09:12")
    );
    assert_eq!(exchange.request.key_version, 1);
    assert_eq!(exchange.response.map(|response| response.status), Some(200));
}

#[tokio::test]
async fn a_paid_payment_is_told_with_the_members_of_the_live_sample_in_its_order() {
    let world = World::new().await;
    let mut receiver = Receiver::start(|_| Reply::Done).await;
    let tokens = world.contract(None).await;
    let id = world.charge(&tokens, "R1", 5_000, &receiver.url("/n")).await;
    let row = world.row(&id).await;
    let payment_id = row.payment_id.clone().expect("about a payment");
    let _job = world.deliver();
    let received = receiver.wait_for(1).await;
    let expected = format!(
        concat!(
            r#"{{"paymentResult":{{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"Success."}},"#,
            r#""paymentId":"{}","paymentRequestId":"R1","extendInfo":"{{\"sourcePlatform\":\"MINI_APP\"}}","#,
            r#""paymentTime":"2026-12-01T09:00:00+03:00","paymentAmount":{{"currency":"IQD","value":"5000000"}},"#,
            r#""paymentCreateTime":"2026-12-01T09:00:00+03:00"}}"#
        ),
        payment_id
    );
    assert_eq!(String::from_utf8_lossy(&received[0].body), expected);
    let shown = notice_body(&world.wallet, &ring(), &row).await.expect("possible");
    assert_eq!(shown.as_deref(), Some(expected.as_bytes()), "what the Studio shows is what was sent");
}

#[tokio::test]
async fn a_refused_payment_is_told_with_its_code_and_without_a_time() {
    let world = World::new().await;
    let mut receiver = Receiver::start(|_| Reply::Done).await;
    let tokens = world.contract(None).await;
    world.charge(&tokens, "R1", 300_000, &receiver.url("/n")).await;
    let _job = world.deliver();
    let body = json(&receiver.wait_for(1).await[0]);
    assert_eq!(body["paymentResult"]["resultStatus"], "F");
    assert_eq!(body["paymentResult"]["resultCode"], "USER_BALANCE_NOT_ENOUGH");
    assert_eq!(body["paymentResult"]["resultCode"], "USER_BALANCE_NOT_ENOUGH");
    assert!(body.get("paymentTime").is_none());
}

#[tokio::test]
async fn a_contract_is_told_valid_at_its_first_token_and_invalid_at_its_end() {
    let world = World::new().await;
    let mut receiver = Receiver::start(|_| Reply::Done).await;
    let mut job = world.deliver();
    let tokens = world.contract(Some(receiver.url("/status"))).await;
    let valid = json(&receiver.wait_for(1).await[0]);
    assert_eq!(valid["accessToken"], tokens.access.as_str());
    assert_eq!(valid["contractStatus"], "VALID");
    assert_eq!(valid["customerId"], tokens.customer_id.as_str());
    assert_eq!(valid["modifyTime"], world.wallet.now().as_second().to_string());
    assert_eq!(valid["modifyTime"].as_str().map(str::len), Some(10));
    assert!(valid.get("reason").is_none());

    world.advance(5);
    world.wallet.cancel_token(ClientId::new(CLIENT), &tokens.access).await.expect("cancelled");
    let received = receiver.wait_for(2).await;
    let invalid = json(&received[1]);
    assert_eq!(invalid["contractStatus"], "INVALID");
    assert_eq!(invalid["reason"], "MERCHANT");
    assert_eq!(invalid["modifyTime"], world.wallet.now().as_second().to_string());
    assert!(received.iter().all(is_signed));
    let is_notice = |kind: &OutboxKind| matches!(kind, OutboxKind::ContractNotice { valid: false, .. });
    let attempt = job.attempt_where(|attempt| is_notice(&attempt.row.kind)).await;
    assert_eq!(attempt.row.state, DeliveryState::Delivered);
}

#[tokio::test]
async fn a_notice_names_the_tokens_that_live_when_the_answer_with_the_first_was_lost() {
    let world = World::new().await;
    let mut receiver = Receiver::start(|_| Reply::Done).await;
    let code = world.signed(Some(receiver.url("/status"))).await;
    let lost = world.exchange(&code).await;
    let tokens = world.exchange(&code).await;
    assert_ne!(lost.access, tokens.access);
    let _job = world.deliver();
    let valid = json(&receiver.wait_for(1).await[0]);
    assert_eq!(
        (valid["contractStatus"].as_str(), valid["accessToken"].as_str()),
        (Some("VALID"), Some(&*tokens.access))
    );
}

#[tokio::test]
async fn a_notice_names_the_token_it_was_written_with_until_that_is_dead() {
    let world = World::new().await;
    let mut receiver = Receiver::start(|index| if index < 2 { Reply::body("") } else { Reply::Done }).await;
    let status = receiver.url("/status");
    let first = world.contract(Some(status.clone())).await;
    let mut job = world.deliver();
    let is_notice = |attempt: &Attempt| attempt.row.target == status;
    job.attempt_where(is_notice).await;
    let second = world.wallet.refresh_tokens(ClientId::new(CLIENT), &first.refresh).await.expect("refreshed");
    world.advance(2);
    job.attempt_where(is_notice).await;
    // The merchant has the second pair: the first one dies when it uses it.
    world.charge(&second, "R1", 1, "http://127.0.0.1:9/n").await;
    world.advance(10);
    job.attempt_where(is_notice).await;
    let received = receiver.wait_for(3).await;
    assert_eq!(received[0].body, received[1].body, "both pairs live");
    let named: Vec<_> = received.iter().map(|message| json(message)["accessToken"].clone()).collect();
    assert_eq!(named, [&*first.access, &*first.access, &*second.access]);
}

#[tokio::test]
async fn a_client_of_the_percent_family_gets_its_signature_percent_encoded() {
    let world = World::with(|client| client.percent_signatures = true, Language::EnUs).await;
    let mut receiver = Receiver::start(|_| Reply::Done).await;
    let tokens = world.contract(None).await;
    let id = world.charge(&tokens, "R1", 5_000, &receiver.url("/n")).await;
    assert!(is_delivered(&world.deliver().attempt(&id).await));
    let received = receiver.wait_for(1).await;
    assert!(received[0].header(headers::SIGNATURE).ends_with("%3D%3D"));
    assert!(is_signed(&received[0]));
}
