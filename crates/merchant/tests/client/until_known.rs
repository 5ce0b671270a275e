//! Refunding, capturing and the like until the outcome is known; paying is in `paying.rs`.

use crate::stub::{Reply, Stub, result, success};
use mithaq_merchant::{
    CaptureRequest, ConfirmRequest, Currency, Error, Money, Patience, PaymentId, PaymentReference, RefundRequest,
    ResultCode, VoidRequest,
};
use std::time::Duration;

const REFUND: &str = "/v1/payments/refund";
const INQUIRY_REFUND: &str = "/v1/payments/inquiryRefund";
const CAPTURE: &str = "/v1/payments/capture";
const INQUIRY: &str = "/v1/payments/inquiryPayment";

const SHORT: Patience = Patience {
    repeats: 1,
    repeat_pause: Duration::from_millis(1),
    inquiries: 3,
    inquiry_pause: Duration::from_millis(1),
};

fn unknown() -> Reply {
    Reply::Signed(result("UNKNOWN_EXCEPTION", "U"))
}

fn refused(code: &str) -> Reply {
    Reply::Signed(result(code, "F"))
}

fn payment() -> PaymentReference {
    PaymentId::new("P1").into()
}

fn refund() -> RefundRequest {
    RefundRequest::new("R-1", payment(), Money::new(500, Currency::IQD))
}

fn refunded() -> Reply {
    Reply::Signed(success(r#""refundId":"R1","refundRequestId":"R-1""#))
}

fn refund_is(status: &str) -> Reply {
    Reply::Signed(success(&format!(
        r#""refundId":"R1","refundStatus":"{status}","refundFailReason":"MERCHANT_BALANCE_NOT_ENOUGH""#
    )))
}

/// A payment with one transaction.
fn payment_with(request_id: &str, status: &str) -> Reply {
    Reply::Signed(success(&format!(
        r#""paymentId":"P1","paymentStatus":"SUCCESS","transactions":[{{"transactionId":"K1","transactionRequestId":"{request_id}","transactionType":"CAPTURE","transactionStatus":"{status}","transactionAmount":{{"currency":"IQD","value":"700"}}}}]"#
    )))
}

#[tokio::test]
async fn a_refund_is_repeated_byte_for_byte_until_it_is_known() {
    let stub = Stub::start([Reply::Status(504), refunded()]).await;
    let known = stub.client().refund_until_known(&refund(), &SHORT).await.expect("refunded");
    assert_eq!(known.refund_id.as_str(), "R1");
    let requests = stub.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0], requests[1]);
}

#[tokio::test]
async fn after_the_repetitions_the_refund_is_inquired() {
    let stub = Stub::start([unknown(), unknown(), refund_is("PROCESSING"), refund_is("SUCCESS")]).await;
    stub.client().refund_until_known(&refund(), &SHORT).await.expect("refunded");
    assert_eq!(stub.paths(), [REFUND, REFUND, INQUIRY_REFUND, INQUIRY_REFUND]);

    let stub = Stub::start([unknown(), unknown(), refund_is("FAIL")]).await;
    let error = stub.client().refund_until_known(&refund(), &SHORT).await.expect_err("failed");
    assert!(matches!(error, Error::Refused { .. }));
    assert_eq!(error.code(), Some(ResultCode::MerchantBalanceNotEnough));
}

#[tokio::test]
async fn a_refund_the_wallet_never_heard_of_is_asked_for_again() {
    let stub = Stub::start([unknown(), unknown(), refused("REFUND_NOT_EXIST"), refunded()]).await;
    stub.client().refund_until_known(&refund(), &SHORT).await.expect("refunded");
    assert_eq!(stub.paths(), [REFUND, REFUND, INQUIRY_REFUND, REFUND]);
}

#[tokio::test]
async fn a_refusal_ends_it_but_one_at_the_door_says_nothing_of_an_earlier_try() {
    let stub = Stub::start([unknown(), refused("REFUND_AMOUNT_EXCEED")]).await;
    let error = stub.client().refund_until_known(&refund(), &SHORT).await.expect_err("refused");
    assert_eq!(error.code(), Some(ResultCode::RefundAmountExceed));

    let stub = Stub::start([unknown(), refused("TIMESTAMP_INVALID"), refund_is("SUCCESS")]).await;
    stub.client().refund_until_known(&refund(), &SHORT).await.expect("the first try had worked");
}

#[tokio::test]
async fn its_patience_has_an_end() {
    let stub = Stub::start(std::iter::repeat_n(unknown(), 9)).await;
    assert!(stub.client().refund_until_known(&refund(), &SHORT).await.expect_err("unknown").is_unknown());
    assert_eq!(stub.paths().len(), 5);
}

#[tokio::test]
async fn a_capture_is_found_among_the_payments_transactions() {
    let request = CaptureRequest::new("C-1", payment());
    let stub =
        Stub::start([unknown(), unknown(), payment_with("C-1", "PROCESSING"), payment_with("C-1", "SUCCESS")]).await;
    let captured = stub.client().capture_until_known(&request, &SHORT).await.expect("captured");
    assert_eq!((captured.capture_id.as_str(), captured.amount), ("K1", Some(Money::new(700, Currency::IQD))));
    assert_eq!(stub.paths(), [CAPTURE, CAPTURE, INQUIRY, INQUIRY]);

    let stub = Stub::start([unknown(), unknown(), payment_with("C-1", "FAIL")]).await;
    let error = stub.client().capture_until_known(&request, &SHORT).await.expect_err("failed");
    assert!(!error.is_unknown());
}

#[tokio::test]
async fn a_capture_that_is_not_among_them_is_asked_for_again() {
    let captured = Reply::Signed(success(r#""captureId":"K1","captureRequestId":"C-1""#));
    let stub = Stub::start([unknown(), unknown(), payment_with("C-0", "SUCCESS"), captured]).await;
    stub.client().capture_until_known(&CaptureRequest::new("C-1", payment()), &SHORT).await.expect("captured");
    assert_eq!(stub.paths(), [CAPTURE, CAPTURE, INQUIRY, CAPTURE]);
}

#[tokio::test]
async fn voids_and_confirmations_go_the_same_way() {
    let stub = Stub::start([unknown(), unknown(), payment_with("V-1", "SUCCESS")]).await;
    let voided = stub.client().void_until_known(&VoidRequest::new("V-1", payment()), &SHORT).await.expect("voided");
    assert_eq!(voided.void_id.as_str(), "K1");

    let stub = Stub::start([unknown(), unknown(), payment_with("F-1", "SUCCESS")]).await;
    let request = ConfirmRequest::new("F-1", payment());
    let confirmed = stub.client().confirm_until_known(&request, &SHORT).await.expect("confirmed");
    assert_eq!(confirmed.confirm_id.as_str(), "K1");
}
