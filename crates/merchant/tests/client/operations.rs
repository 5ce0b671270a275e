//! What becomes of a payment: what arrives at the wallet, what comes back, and which answers are believed.

use crate::stub::{Reply, Stub, result, success};
use mithaq_merchant::{
    CancelRequest, CaptureRequest, Cause, ConfirmRequest, Currency, Error, InquiryRefundRequest, MerchantAcceptRequest,
    Money, OperationStatus, PaymentId, PaymentReference, RefundRequest, ResultCode, Timestamp, VoidRequest,
};

fn iqd(minor: i64) -> Money {
    Money::new(minor, Currency::IQD)
}

fn payment() -> PaymentReference {
    PaymentId::new("P1").into()
}

fn noon() -> Option<Timestamp> {
    mithaq_openapi::time::parse("2026-12-01T12:00:00+03:00")
}

async fn answering(members: &str) -> Stub {
    Stub::start([Reply::Signed(success(members))]).await
}

#[tokio::test]
async fn capture_takes_all_or_a_part() {
    let captured = r#""captureId":"K1","captureRequestId":"C-1","paymentId":"P1","captureAmount":{"currency":"IQD","value":"700"},"captureTime":"2026-12-01T12:00:00+03:00""#;
    let stub = answering(captured).await;
    let request = CaptureRequest::new("C-1", payment()).of_amount(iqd(700));
    let captured = stub.client().capture(&request).await.expect("captured");
    assert_eq!((captured.capture_id.as_str(), captured.amount, captured.time), ("K1", Some(iqd(700)), noon()));
    let (path, body) = stub.requests().remove(0);
    assert_eq!(path, "/v1/payments/capture");
    assert_eq!(CaptureRequest::parse(body.as_bytes(), &[Currency::IQD]), Ok(request));
}

#[tokio::test]
async fn void_gives_held_money_back() {
    let stub = answering(r#""voidId":"V1","voidRequestId":"V-1","voidTime":"2026-12-01T12:00:00+03:00""#).await;
    let request = VoidRequest::new("V-1", payment());
    let voided = stub.client().void(&request).await.expect("voided");
    assert_eq!((voided.void_id.as_str(), voided.time), ("V1", noon()));
    let (path, body) = stub.requests().remove(0);
    assert_eq!(path, "/v1/payments/void");
    assert_eq!(VoidRequest::parse(body.as_bytes(), &[Currency::IQD]), Ok(request));
}

#[tokio::test]
async fn an_escrow_order_is_accepted_and_confirmed_under_either_spelling() {
    let stub = Stub::start([
        Reply::Signed(result("SUCCESS", "S")),
        Reply::Signed(success(
            r#""confirmId":"F1","confirmRequestId":"F-1","confirmTime":"2026-12-01T12:00:00+03:00""#,
        )),
        Reply::Signed(success(
            r#""confrimId":"F1","confrimRequestId":"F-1","confrimTime":"2026-12-01T12:00:00+03:00""#,
        )),
    ])
    .await;
    stub.client().merchant_accept(&MerchantAcceptRequest::new(payment())).await.expect("accepted");
    let request = ConfirmRequest::new("F-1", payment());
    for _ in 0..2 {
        let confirmed = stub.client().confirm(&request).await.expect("confirmed");
        assert_eq!((confirmed.confirm_id.as_str(), confirmed.time), ("F1", noon()));
    }
    assert_eq!(stub.paths()[..2], ["/v1/payments/merchantAccept", "/v1/payments/confirm"]);
    assert_eq!(ConfirmRequest::parse(stub.requests()[1].1.as_bytes()), Ok(request));
}

#[tokio::test]
async fn refund_and_its_inquiry() {
    let stub = Stub::start([
        Reply::Signed(success(r#""refundId":"R1","refundTime":"2026-12-01T12:00:00+03:00""#)),
        Reply::Signed(success(r#""refundId":"R1","refundRequestId":"R-1","refundAmount":{"currency":"IQD","value":"500"},"refundReason":"bruised","refundStatus":"FAIL","refundFailReason":"USER_STATUS_ABNORMAL""#)),
    ])
    .await;
    let request =
        RefundRequest { refund_reason: Some("bruised".into()), ..RefundRequest::new("R-1", payment(), iqd(500)) };
    let refunded = stub.client().refund(&request).await.expect("refunded");
    assert_eq!((refunded.refund_id.as_str(), refunded.time), ("R1", noon()));
    let state =
        stub.client().inquiry_refund(&InquiryRefundRequest::by_refund_id(refunded.refund_id)).await.expect("state");
    assert_eq!((state.status, state.amount), (OperationStatus::Fail, Some(iqd(500))));
    assert_eq!(
        (state.fail_reason.as_deref(), state.reason.as_deref()),
        (Some("USER_STATUS_ABNORMAL"), Some("bruised"))
    );
    let requests = stub.requests();
    assert_eq!(requests[0].0, "/v1/payments/refund");
    assert_eq!(RefundRequest::parse(requests[0].1.as_bytes(), &[Currency::IQD]), Ok(request));
    assert_eq!(requests[1], ("/v1/payments/inquiryRefund".to_owned(), r#"{"refundId":"R1"}"#.to_owned()));
}

#[tokio::test]
async fn cancel_takes_a_payment_back_by_either_id() {
    let cancelled = r#""paymentId":"P1","paymentRequestId":"B-1","cancelTime":"2026-12-01T12:00:00+03:00""#;
    let stub = Stub::start([Reply::Signed(success(cancelled)), Reply::Signed(success(cancelled))]).await;
    for request in [CancelRequest::by_request_id("B-1"), CancelRequest::by_payment_id(PaymentId::new("P1"))] {
        let cancelled = stub.client().cancel(&request).await.expect("cancelled");
        assert_eq!((cancelled.payment_id, cancelled.time), (Some(PaymentId::new("P1")), noon()));
    }
    let bodies = stub.requests();
    assert_eq!(bodies[0], ("/v1/payments/cancel".to_owned(), r#"{"paymentRequestId":"B-1"}"#.to_owned()));
    assert_eq!(bodies[1].1, r#"{"paymentId":"P1"}"#);
}

#[tokio::test]
async fn a_refusal_keeps_its_code() {
    let stub = Stub::start([Reply::Signed(result("CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT", "F"))]).await;
    let error = stub.client().capture(&CaptureRequest::new("C-1", payment())).await.expect_err("refused");
    assert!(!error.is_unknown());
    assert_eq!(error.code(), Some(ResultCode::CaptureAmountExceedAuthLimit));
}

#[tokio::test]
async fn a_success_that_lacks_the_id_of_what_happened_is_unknown() {
    let stub = Stub::start(std::iter::repeat_n(Reply::Signed(result("SUCCESS", "S")), 4)).await;
    let client = stub.client();
    let errors = [
        client.capture(&CaptureRequest::new("C-1", payment())).await.err(),
        client.void(&VoidRequest::new("V-1", payment())).await.err(),
        client.confirm(&ConfirmRequest::new("F-1", payment())).await.err(),
        client.refund(&RefundRequest::new("R-1", payment(), iqd(1))).await.err(),
    ];
    assert!(errors.iter().all(|error| matches!(error, Some(Error::Unknown(Cause::Body(_))))), "{errors:?}");
}

#[tokio::test]
async fn a_genuine_answer_about_something_else_is_not_believed() {
    let other = r#""paymentId":"P9","paymentRequestId":"B-9","captureId":"K9","captureRequestId":"C-9","voidId":"V9","voidRequestId":"V-9","confirmId":"F9","confirmRequestId":"F-9","refundId":"R9","refundRequestId":"R-9","refundStatus":"SUCCESS""#;
    let stub = Stub::start(std::iter::repeat_n(Reply::Signed(success(other)), 7)).await;
    let client = stub.client();
    let errors = [
        client.capture(&CaptureRequest::new("C-1", payment())).await.err(),
        client.void(&VoidRequest::new("V-1", payment())).await.err(),
        client.confirm(&ConfirmRequest::new("F-1", payment())).await.err(),
        client.refund(&RefundRequest::new("R-1", payment(), iqd(1))).await.err(),
        client.inquiry_refund(&InquiryRefundRequest::by_request_id("R-1")).await.err(),
        client.merchant_accept(&MerchantAcceptRequest::new(payment())).await.err(),
        client.cancel(&CancelRequest::by_request_id("B-1")).await.err(),
    ];
    assert!(errors.iter().all(|error| matches!(error, Some(Error::Unknown(Cause::Signature(_))))), "{errors:?}");
}
