//! Each call: what arrives at the wallet, what comes back to the merchant.

use crate::stub::{Reply, Stub, success};
use mithaq_merchant::{
    Currency, InquiryPaymentRequest, Language, Money, OperationStatus, PayOutcome, PayRequest, PaymentId,
    PaymentStatus, PrepareRequest, Product, TransactionType,
};
use mithaq_openapi::messages::ApplyTokenRequest;

fn iqd(minor: i64) -> Money {
    Money::new(minor, Currency::IQD)
}

fn instant(text: &str) -> Option<mithaq_merchant::Timestamp> {
    mithaq_openapi::time::parse(text)
}

#[tokio::test]
async fn prepare_gives_the_url_of_the_signing_page() {
    let stub = Stub::start([Reply::Signed(success(r#""authUrl":"https://w.example/authorize?authId=9F""#))]).await;
    let terms = PrepareRequest::new(Language::ArIq, "اشتراك شهري & <b>");
    let prepared = stub.client().prepare(&terms).await.expect("prepared");
    assert_eq!(prepared.auth_url, "https://w.example/authorize?authId=9F");
    let (path, body) = stub.requests().remove(0);
    assert_eq!(path, "/v1/authorizations/prepare");
    assert_eq!(PrepareRequest::parse(body.as_bytes(), &[Currency::IQD]), Ok(terms));
}

#[tokio::test]
async fn apply_token_and_refresh_token_give_tokens() {
    let tokens = success(
        r#""accessToken":"AT1","accessTokenExpiryTime":"2036-01-13T10:21:05+03:00","refreshToken":"RT1","refreshTokenExpiryTime":"2036-01-13T10:21:05+03:00","customerId":"C1""#,
    );
    let stub = Stub::start([Reply::Signed(tokens.clone()), Reply::Signed(tokens)]).await;
    let first = stub.client().apply_token("CODE").await.expect("tokens");
    assert_eq!((first.access_token.as_str(), first.refresh_token.as_deref()), ("AT1", Some("RT1")));
    assert_eq!(first.access_token_expires, instant("2036-01-13T07:21:05Z"));
    assert!(!format!("{first:?}").contains("AT1"), "Debug shows no token");
    stub.client().refresh_token("RT1").await.expect("tokens");
    let grants: Vec<_> =
        stub.requests().iter().map(|(_, body)| ApplyTokenRequest::parse(body.as_bytes()).expect("read")).collect();
    assert_eq!(grants, [ApplyTokenRequest::for_code("CODE"), ApplyTokenRequest::for_refresh_token("RT1")]);
}

#[tokio::test]
async fn cancel_token_gives_nothing() {
    let stub = Stub::start([Reply::Signed(crate::stub::result("SUCCESS", "S"))]).await;
    stub.client().cancel_token("AT1").await.expect("cancelled");
    assert_eq!(stub.requests(), [("/v1/authorizations/cancelToken".to_owned(), r#"{"accessToken":"AT1"}"#.to_owned())]);
}

#[tokio::test]
async fn an_agreement_payment_is_paid_at_once() {
    let paid = success(r#""paymentId":"P1","paymentRequestId":"SUB-1","paymentTime":"2026-02-01T09:00:01+03:00""#);
    let stub = Stub::start([Reply::Signed(paid)]).await;
    let request = PayRequest::agreement("SUB-1", "AT1", iqd(5_000_000), "Fresh Box");
    let outcome = stub.client().pay(&request).await.expect("paid");
    let payment_time = instant("2026-02-01T06:00:01Z");
    assert_eq!(outcome, PayOutcome::Paid { payment_id: PaymentId::new("P1"), payment_time });
    let read = PayRequest::parse(stub.requests()[0].1.as_bytes(), &[Currency::IQD]).expect("read");
    assert_eq!((read.product, read.payment_amount), (Product::AgreementPayment, iqd(5_000_000)));
}

#[tokio::test]
async fn a_purchase_continues_in_the_cashier_under_either_spelling() {
    let accepted = |form: &str| {
        Reply::Signed(format!(
            r#"{{"result":{{"resultCode":"ACCEPT","resultStatus":"A","resultMessage":""}},"paymentId":"P1","redirectActionForm":{form}}}"#
        ))
    };
    let stub = Stub::start([
        accepted(r#"{"method":"GET","redirectUrl":"https://w.example/cashier?orderId=1"}"#),
        accepted(r#"{"redirectionUrl":"https://w.example/cashier?orderId=1"}"#),
    ])
    .await;
    let request = PayRequest::cashier("P-1", iqd(1_000), "Tea", "C1");
    for _ in 0..2 {
        let outcome = stub.client().pay(&request).await.expect("accepted");
        let url = "https://w.example/cashier?orderId=1".to_owned();
        assert_eq!(outcome, PayOutcome::Cashier { payment_id: PaymentId::new("P1"), url });
    }
}

#[tokio::test]
async fn inquiry_payment_gives_the_state() {
    let state = r#""paymentId":"P1","paymentRequestId":"SUB-1","paymentAmount":{"currency":"IQD","value":"5000000"},"paymentStatus":"FAIL","paymentFailReason":"USER_BALANCE_NOT_ENOUGH","transactions":[]"#;
    let stub = Stub::start([Reply::Signed(success(state))]).await;
    let state = stub.client().inquiry_payment(&InquiryPaymentRequest::by_request_id("SUB-1")).await.expect("state");
    assert_eq!((state.status, state.amount), (PaymentStatus::Fail, Some(iqd(5_000_000))));
    assert_eq!(state.fail_reason.as_deref(), Some("USER_BALANCE_NOT_ENOUGH"));
}

#[tokio::test]
async fn inquiry_payment_tells_what_happened_since() {
    let state = r#""paymentId":"P1","paymentStatus":"SUCCESS","transactions":[{"transactionId":"R1","transactionRequestId":"RF-1","transactionType":"REFUND","transactionStatus":"SUCCESS","transactionAmount":{"currency":"IQD","value":"1000"},"transactionTime":"2026-12-01T12:00:00+03:00"},{"transactionId":"X1","transactionType":"NEW_KIND","transactionStatus":"NEW_STATUS"}]"#;
    let stub = Stub::start([Reply::Signed(success(state))]).await;
    let state = stub.client().inquiry_payment(&InquiryPaymentRequest::by_payment_id(PaymentId::new("P1"))).await;
    let transactions = state.expect("state").transactions;
    let kinds: Vec<_> = transactions.iter().map(|one| one.transaction_type).collect();
    assert_eq!(kinds, [TransactionType::Refund, TransactionType::Other]);
    assert_eq!(transactions[1].transaction_status, OperationStatus::Processing, "a status no one knows is not final");
}

#[tokio::test]
async fn a_payment_with_a_shown_code_is_paid_at_once() {
    let stub = Stub::start([Reply::Signed(success(r#""paymentId":"P1","paymentRequestId":"T-1""#))]).await;
    let request = PayRequest::in_store("T-1", "281234567890123456", iqd(1_000), "Tea");
    let outcome = stub.client().pay(&request).await.expect("paid");
    assert!(matches!(outcome, PayOutcome::Paid { .. }));
    let read = PayRequest::parse(stub.requests()[0].1.as_bytes(), &[Currency::IQD]).expect("read");
    assert_eq!((read.product, read.payment_auth_code.as_deref()), (Product::InStore, Some("281234567890123456")));
}

#[tokio::test]
async fn held_money_comes_with_the_end_of_the_hold() {
    let held = success(r#""paymentId":"P1","paymentRequestId":"H-1","authExpiryTime":"2026-12-08T09:00:00+03:00""#);
    let stub = Stub::start([Reply::Signed(held.clone()), Reply::Signed(held)]).await;
    let requests =
        [PayRequest::auth_capture("H-1", iqd(1_000), "Fish", "C1"), PayRequest::escrow("H-1", iqd(1_000), "Pot", "C1")];
    for request in requests {
        let outcome = stub.client().pay(&request).await.expect("held");
        let until = instant("2026-12-08T06:00:00Z");
        assert_eq!(outcome, PayOutcome::Held { payment_id: PaymentId::new("P1"), until });
    }
}

#[tokio::test]
async fn a_gateway_under_a_prefix_is_called_there_and_signed_without_it() {
    let stub = Stub::start([Reply::Signed(success(r#""authUrl":"https://w.example/""#))]).await;
    let client = mithaq_merchant::Client::builder(format!("{}/wallet/", stub.url), crate::stub::CLIENT_ID)
        .private_key_pem(crate::stub::MERCHANT.to_pem().expect("pem"))
        .wallet_key_pem(crate::stub::WALLET.public().to_pem())
        .build()
        .expect("a client");
    client.prepare(&PrepareRequest::new(Language::EnUs, "x")).await.expect("prepared");
    assert_eq!(stub.paths(), ["/wallet/v1/authorizations/prepare"]);
}
