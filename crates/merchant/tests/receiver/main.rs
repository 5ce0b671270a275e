//! The receiver: what it believes, what it hands on, what it answers.

mod over_http;
mod world;

use crate::world::{CONTRACT, HELD, PAYMENT, REFUND, Sent, VOID, merchant_key, receiver, wallet_key};
use mithaq_merchant::{Notification, OperationStatus, Rejection, SeenInMemory, Timestamp, VoidSource};
use mithaq_openapi::messages::Ack;
use mithaq_openapi::signature::{HeaderError, Message, SignatureHeader, verify_message};
use mithaq_types::ManualClock;
use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

#[test]
fn payments_and_contracts_are_read() {
    match receiver().read(&Sent::new(PAYMENT).incoming()) {
        Ok(Notification::Payment(payment)) => {
            assert!(payment.is_success());
            assert_eq!(payment.payment_amount.0.minor, 5_000_000);
        }
        other => panic!("{other:?}"),
    }
    let contract = receiver().read(&Sent::new(CONTRACT).incoming());
    assert!(matches!(contract, Ok(Notification::ContractStatus(_))), "{contract:?}");
}

#[test]
fn held_money_is_told_and_is_not_paid() {
    match receiver().read(&Sent::new(HELD).incoming()) {
        Ok(Notification::Payment(payment)) => assert!(payment.is_held() && !payment.is_success()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn refunds_and_voids_are_told_apart_from_the_payment_they_name() {
    match receiver().read(&Sent::new(REFUND).incoming()) {
        Ok(Notification::Refund(refund)) => {
            assert_eq!((refund.refund_request_id.as_str(), refund.refund_status), ("RF-1", OperationStatus::Success));
        }
        other => panic!("{other:?}"),
    }
    match receiver().read(&Sent::new(VOID).incoming()) {
        Ok(Notification::Void(void)) => {
            assert_eq!((void.void_request_id.as_str(), void.void_source), ("V-1", Some(VoidSource::System)));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_event_has_a_key_of_its_own() {
    let failed = REFUND.replace(r#""refundStatus":"SUCCESS""#, r#""refundStatus":"FAIL""#);
    let second_void = VOID.replace("V-1", "V-2");
    let bodies = [PAYMENT, HELD, REFUND, &failed, VOID, &second_void, CONTRACT];
    let keys = bodies.map(|body| receiver().read(&Sent::new(body).incoming()).expect("read").key());
    for (place, key) in keys.iter().enumerate() {
        assert!(!keys[..place].contains(key), "{key}");
    }
}

#[test]
fn the_query_is_part_of_what_is_signed() {
    let mut sent = Sent::to("/hooks/pay?shop=1", PAYMENT);
    assert!(receiver().read(&sent.incoming()).is_ok());
    sent.uri = "/hooks/pay?shop=2".to_owned();
    assert_eq!(receiver().read(&sent.incoming()), Err(Rejection::Signature));
    sent.uri = "/hooks/pay".to_owned();
    assert_eq!(receiver().read(&sent.incoming()), Err(Rejection::Signature));
}

#[test]
fn whatever_was_changed_on_the_way_is_not_believed() {
    let mut sent = Sent::new(PAYMENT);
    sent.body = PAYMENT.replace("5000000", "1");
    assert_eq!(receiver().read(&sent.incoming()), Err(Rejection::Signature));

    let mut sent = Sent::new(PAYMENT);
    sent.headers.insert("Request-Time", "2026-12-01T12:00:01+03:00".parse().expect("value"));
    assert_eq!(receiver().read(&sent.incoming()), Err(Rejection::Signature));

    let mut sent = Sent::new(PAYMENT);
    sent.method = "PUT".to_owned();
    assert_eq!(receiver().read(&sent.incoming()), Err(Rejection::Signature));

    let sent = Sent::signed_by(merchant_key(), PAYMENT);
    assert_eq!(receiver().read(&sent.incoming()), Err(Rejection::Signature), "not even by the merchant's own key");
}

#[test]
fn a_missing_header_is_as_bad_as_a_wrong_one() {
    for name in ["Client-Id", "Request-Time", "Signature"] {
        let mut sent = Sent::new(PAYMENT);
        sent.headers.remove(name);
        assert_eq!(receiver().read(&sent.incoming()), Err(Rejection::Header(name)));
    }
    let mut sent = Sent::new(PAYMENT);
    sent.headers.insert("Signature", "algorithm=RSA256".parse().expect("value"));
    assert_eq!(receiver().read(&sent.incoming()), Err(Rejection::SignatureHeader(HeaderError::Missing)));
}

#[test]
fn what_is_meant_for_another_client_is_refused_even_if_genuine() {
    let sent = Sent::for_client("2188000000000002", PAYMENT);
    assert_eq!(receiver().read(&sent.incoming()), Err(Rejection::OtherClient));
}

#[test]
fn what_is_signed_but_no_notification_is_refused() {
    for body in
        ["", "[]", "{}", r#"{"paymentId":"P1"}"#, r#"{"refundId":"R1"}"#, r#"{"paymentId":"P1","paymentId":"P2"}"#]
    {
        let read = receiver().read(&Sent::new(body).incoming());
        assert!(matches!(read, Err(Rejection::Body(_))), "{body}: {read:?}");
    }
}

#[test]
fn the_clock_is_compared_only_if_a_window_is_set() {
    // The sandbox's clock was moved: the notification is from half a year ahead.
    let now: Timestamp = "2026-06-01T00:00:00Z".parse().expect("time");
    let clock = Arc::new(ManualClock::at(now));
    let sent = Sent::new(PAYMENT);
    assert!(receiver().clock_window(None, clock.clone()).read(&sent.incoming()).is_ok());

    let strict = receiver().clock_window(Some(Duration::from_secs(300)), clock.clone());
    assert_eq!(strict.read(&sent.incoming()), Err(Rejection::Time));
    for (second, fits) in [("08:55:00", true), ("09:05:00", true), ("08:54:59", false), ("09:05:01", false)] {
        clock.set(format!("2026-12-01T{second}Z").parse().expect("time"));
        assert_eq!(strict.read(&sent.incoming()).is_ok(), fits, "{second}");
    }
}

#[tokio::test]
async fn a_duplicate_is_acknowledged_without_the_handler() {
    let (seen, calls) = (SeenInMemory::new(100), Cell::new(0));
    for _ in 0..3 {
        // Every delivery has a new time and signature over the same bytes.
        let sent = Sent::new(PAYMENT);
        let answer = receiver()
            .receive(&sent.incoming(), &seen, async |_| {
                calls.set(calls.get() + 1);
                Ok::<(), ()>(())
            })
            .await;
        assert_eq!(answer.status(), 200);
        assert!(Ack::parse(answer.body()).is_some_and(|ack| ack.is_success()));
    }
    assert_eq!(calls.get(), 1);
}

#[tokio::test]
async fn another_status_of_the_same_payment_is_no_duplicate() {
    let (seen, calls) = (SeenInMemory::new(100), Cell::new(0));
    for body in
        [PAYMENT.to_owned(), PAYMENT.replace(r#""paymentStatus":"SUCCESS""#, r#""paymentStatus":"AUTH_SUCCESS""#)]
    {
        let sent = Sent::new(&body);
        let _ = receiver()
            .receive(&sent.incoming(), &seen, async |_| {
                calls.set(calls.get() + 1);
                Ok::<(), ()>(())
            })
            .await;
    }
    assert_eq!(calls.get(), 2);
}

#[tokio::test]
async fn what_the_handler_could_not_handle_is_asked_for_again() {
    let (seen, sent) = (SeenInMemory::new(100), Sent::new(PAYMENT));
    let failed = receiver().receive(&sent.incoming(), &seen, async |_| Err("password=secret")).await;
    assert!(Ack::parse(failed.body()).is_some_and(|ack| !ack.is_success()));
    assert!(!String::from_utf8_lossy(failed.body()).contains("secret"), "and the wallet is not told why");

    let handled = receiver().receive(&sent.incoming(), &seen, async |_| Ok::<(), ()>(())).await;
    assert!(Ack::parse(handled.body()).is_some_and(|ack| ack.is_success()), "the second delivery is first again");
}

#[tokio::test]
async fn two_deliveries_at_once_call_the_handler_once() {
    let (seen, calls, receiver) = (SeenInMemory::new(100), Cell::new(0), receiver());
    let (first, second) = (Sent::new(PAYMENT), Sent::new(PAYMENT));
    let deliver = async |sent: &Sent| {
        let answer = receiver
            .receive(&sent.incoming(), &seen, async |_| {
                calls.set(calls.get() + 1);
                tokio::task::yield_now().await;
                Ok::<(), ()>(())
            })
            .await;
        Ack::parse(answer.body()).is_some_and(|ack| ack.is_success())
    };
    let (one, other) = tokio::join!(deliver(&first), deliver(&second));
    assert_eq!(calls.get(), 1);
    assert_ne!(one, other, "the one that came too early is asked for again");
}

#[tokio::test]
async fn a_forgery_reaches_no_handler_and_is_answered_with_its_code() {
    let sent = Sent::signed_by(merchant_key(), PAYMENT);
    let never = async |_| -> Result<(), ()> { panic!("the handler must not be called") };
    let answer = receiver().receive(&sent.incoming(), &SeenInMemory::new(100), never).await;
    let ack = Ack::parse(answer.body()).expect("an ack");
    assert_eq!((answer.status().as_u16(), ack.result.result_code.as_str()), (200, "INVALID_SIGNATURE"));
}

#[tokio::test]
async fn acknowledgements_are_signed_if_wanted() {
    let sent = Sent::to("/hooks/pay?shop=1", PAYMENT);
    let signing = receiver().sign_acks(&merchant_key().to_pem().expect("pem"), 3).expect("a key");
    let answer = signing.receive(&sent.incoming(), &SeenInMemory::new(1), async |_| Ok::<(), ()>(())).await;
    let header = |name: &str| answer.headers()[name].to_str().expect("ASCII");
    let signature = SignatureHeader::parse(header("Signature")).expect("a header");
    assert_eq!(signature.key_version, Some(3));
    let message = Message {
        method: "POST",
        uri: "/hooks/pay?shop=1",
        client_id: header("Client-Id"),
        time: header("Response-Time"),
        body: answer.body(),
    };
    assert!(verify_message(&message, &signature, &merchant_key().public()).valid);
    assert!(!verify_message(&message, &signature, &wallet_key().public()).valid);

    let plain = receiver().receive(&sent.incoming(), &SeenInMemory::new(1), async |_| Ok::<(), ()>(())).await;
    assert!(!plain.headers().contains_key("Signature"));
}

#[test]
fn a_key_of_the_memory_holds_no_token() {
    let contract = receiver().read(&Sent::new(CONTRACT).incoming()).expect("read");
    assert!(!contract.key().contains("AT7d0f"));
}
