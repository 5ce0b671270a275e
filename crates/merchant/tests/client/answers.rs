//! Which answers are believed, and what the others mean.

use crate::stub::{CLIENT_ID, MERCHANT, Reply, STRANGER, Stub, WALLET, result, success};
use mithaq_merchant::{
    Cause, Client, Currency, Error, InquiryPaymentRequest, Money, PayOutcome, PayRequest, ResultCode,
};
use std::time::Duration;

fn request() -> PayRequest {
    PayRequest::agreement("SUB-1", "AT1", Money::new(5_000_000, Currency::IQD), "Fresh Box")
}

fn paid() -> String {
    success(r#""paymentId":"P1","paymentRequestId":"SUB-1""#)
}

async fn pay_with(reply: Reply) -> Result<PayOutcome, Error> {
    Stub::start([reply]).await.client().pay(&request()).await
}

#[tokio::test]
async fn f_is_refused_with_code_and_message() {
    let error = pay_with(Reply::Signed(result("USER_BALANCE_NOT_ENOUGH", "F"))).await.expect_err("refused");
    assert!(!error.is_unknown());
    assert_eq!(error.code(), Some(ResultCode::UserBalanceNotEnough));
}

#[tokio::test]
async fn a_code_no_one_knows_is_carried_as_it_is() {
    match pay_with(Reply::Signed(result("BRAND_NEW", "F"))).await {
        Err(Error::Refused { code, .. }) => assert_eq!(code, "BRAND_NEW"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn u_and_every_other_letter_are_unknown() {
    for status in ["U", "R", ""] {
        let error = pay_with(Reply::Signed(result("UNKNOWN_EXCEPTION", status))).await.expect_err("unknown");
        assert!(error.is_unknown(), "{status}");
    }
}

#[tokio::test]
async fn an_answer_without_one_of_the_three_headers_is_not_believed() {
    for header in ["Signature", "Response-Time", "Client-Id"] {
        match pay_with(Reply::Without(header, paid())).await {
            Err(Error::Unknown(Cause::Signature(why))) => assert!(why.contains(header), "{why}"),
            other => panic!("{header}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn an_answer_that_was_forged_or_changed_is_not_believed() {
    for reply in [Reply::SignedByAStranger(paid()), Reply::Changed(paid())] {
        assert!(matches!(pay_with(reply).await, Err(Error::Unknown(Cause::Signature(_)))));
    }
    let forged_refusal = Reply::SignedByAStranger(result("USER_BALANCE_NOT_ENOUGH", "F"));
    assert!(pay_with(forged_refusal).await.expect_err("unknown").is_unknown(), "a refusal neither");
}

#[tokio::test]
async fn a_genuine_answer_about_another_payment_is_not_believed() {
    let other = || Reply::Signed(success(r#""paymentId":"P9","paymentRequestId":"SUB-9","paymentStatus":"SUCCESS""#));
    assert!(matches!(pay_with(other()).await, Err(Error::Unknown(Cause::Signature(_)))));
    let stub = Stub::start([other()]).await;
    let inquiry = InquiryPaymentRequest::by_request_id("SUB-1");
    assert!(matches!(stub.client().inquiry_payment(&inquiry).await, Err(Error::Unknown(Cause::Signature(_)))));
}

#[tokio::test]
async fn other_http_statuses_silence_and_a_closed_port_are_unknown() {
    assert!(matches!(pay_with(Reply::Status(503)).await, Err(Error::Unknown(Cause::Http(503)))));
    assert!(matches!(pay_with(Reply::Status(302)).await, Err(Error::Unknown(Cause::Http(302)))));

    let stub = Stub::start([Reply::Silence]).await;
    let hasty = stub.builder().timeout(Duration::from_millis(100)).build().expect("a client");
    assert!(matches!(hasty.pay(&request()).await, Err(Error::Unknown(Cause::Transport(_)))));

    let nowhere = Client::builder("http://127.0.0.1:9", CLIENT_ID)
        .private_key_pem(MERCHANT.to_pem().expect("pem"))
        .wallet_key_pem(WALLET.public().to_pem())
        .build()
        .expect("a client");
    assert!(matches!(nowhere.pay(&request()).await, Err(Error::Unknown(Cause::Transport(_)))));
}

#[tokio::test]
async fn a_success_that_lacks_what_it_must_hold_is_unknown() {
    let error = pay_with(Reply::Signed(result("SUCCESS", "S"))).await.expect_err("no paymentId");
    assert!(matches!(error, Error::Unknown(Cause::Body(_))), "{error}");
    assert!(matches!(pay_with(Reply::Signed("[]".to_owned())).await, Err(Error::Unknown(Cause::Body(_)))));
}

#[tokio::test]
async fn while_the_wallet_rotates_both_keys_are_believed() {
    let stub = Stub::start([Reply::SignedByAStranger(paid()), Reply::Signed(paid())]).await;
    let client = stub.builder().wallet_key_pem(STRANGER.public().to_pem()).build().expect("a client");
    client.pay(&request()).await.expect("new key");
    client.pay(&request()).await.expect("old key");
}

#[tokio::test]
async fn a_client_with_another_key_is_refused_by_the_wallet() {
    let stub = Stub::start([]).await;
    let client = stub.builder().private_key_pem(STRANGER.to_pem().expect("pem")).build().expect("a client");
    let error = client.cancel_token("AT1").await.expect_err("refused");
    assert_eq!(error.code(), Some(ResultCode::InvalidSignature));
    assert!(stub.requests().is_empty());
}

#[test]
fn what_is_not_set_up_rightly_is_found_before_anything_is_sent() {
    let (merchant, wallet) = (MERCHANT.to_pem().expect("pem"), WALLET.public().to_pem());
    let refused = |gateway: &str, client_id: &str, key: &str, wallet_key: Option<&str>| {
        let mut builder = Client::builder(gateway, client_id).private_key_pem(key);
        if let Some(pem) = wallet_key {
            builder = builder.wallet_key_pem(pem);
        }
        matches!(builder.build(), Err(Error::Config(_)))
    };
    let gateway = "https://gateway.example";
    assert!(refused("gateway.example", CLIENT_ID, &merchant, Some(&wallet)));
    assert!(refused("ftp://gateway.example", CLIENT_ID, &merchant, Some(&wallet)));
    assert!(refused(gateway, "", &merchant, Some(&wallet)));
    assert!(refused(gateway, "a b", &merchant, Some(&wallet)));
    assert!(refused(gateway, CLIENT_ID, &wallet, Some(&wallet)), "a public key is no private one");
    assert!(refused(gateway, CLIENT_ID, &merchant, None));
    assert!(!refused(gateway, CLIENT_ID, &merchant, Some(&wallet)));
}
