//! Paying until the outcome is known.

use crate::stub::{Reply, Stub, result, success};
use mithaq_merchant::{Currency, Error, Money, Patience, PayOutcome, PayRequest, PaymentId, ResultCode};
use std::time::Duration;

const PAY: &str = "/v1/payments/pay";
const INQUIRY: &str = "/v1/payments/inquiryPayment";

const SHORT: Patience = Patience {
    repeats: 2,
    repeat_pause: Duration::from_millis(1),
    inquiries: 3,
    inquiry_pause: Duration::from_millis(1),
};

async fn pay(script: impl IntoIterator<Item = Reply>) -> (Result<PayOutcome, Error>, Stub) {
    let stub = Stub::start(script).await;
    let request = PayRequest::agreement("SUB-1", "AT1", Money::new(5_000_000, Currency::IQD), "Fresh Box");
    (stub.client().pay_until_known(&request, &SHORT).await, stub)
}

fn paid() -> Reply {
    Reply::Signed(success(r#""paymentId":"P1","paymentRequestId":"SUB-1""#))
}

fn unknown() -> Reply {
    Reply::Signed(result("UNKNOWN_EXCEPTION", "U"))
}

fn state(status: &str) -> Reply {
    Reply::Signed(success(&format!(
        r#""paymentId":"P1","paymentStatus":"{status}","paymentFailReason":"USER_BALANCE_NOT_ENOUGH""#
    )))
}

fn is_paid(outcome: &Result<PayOutcome, Error>) -> bool {
    matches!(outcome, Ok(PayOutcome::Paid { payment_id, .. }) if *payment_id == PaymentId::new("P1"))
}

#[tokio::test]
async fn a_known_outcome_ends_it_at_once() {
    let (outcome, stub) = pay([paid()]).await;
    assert!(is_paid(&outcome));
    assert_eq!(stub.paths(), [PAY]);
    let (outcome, stub) = pay([Reply::Signed(result("USER_BALANCE_NOT_ENOUGH", "F"))]).await;
    assert!(matches!(outcome, Err(Error::Refused { .. })));
    assert_eq!(stub.paths(), [PAY]);
}

#[tokio::test]
async fn the_same_request_is_repeated_after_u_and_after_a_lost_or_forged_answer() {
    let (outcome, stub) = pay([unknown(), Reply::Status(502), paid()]).await;
    assert!(is_paid(&outcome));
    assert_eq!(stub.paths(), [PAY, PAY, PAY]);
    let requests = stub.requests();
    assert!(requests.iter().all(|(_, body)| *body == requests[0].1), "byte for byte the same body");

    let (outcome, _) = pay([Reply::SignedByAStranger(result("SUCCESS", "S")), paid()]).await;
    assert!(is_paid(&outcome));
}

#[tokio::test]
async fn after_the_repetitions_it_inquires_until_the_payment_has_an_end() {
    let (outcome, stub) = pay([unknown(), unknown(), unknown(), state("PROCESSING"), state("SUCCESS")]).await;
    assert!(is_paid(&outcome));
    assert_eq!(stub.paths(), [PAY, PAY, PAY, INQUIRY, INQUIRY]);

    let (outcome, _) = pay([unknown(), unknown(), unknown(), state("FAIL")]).await;
    let error = outcome.expect_err("failed");
    assert!(!error.is_unknown());
    assert_eq!(error.code(), Some(ResultCode::UserBalanceNotEnough));
}

#[tokio::test]
async fn a_payment_the_wallet_never_heard_of_is_asked_for_again() {
    let never = Reply::Signed(result("ORDER_NOT_EXIST", "F"));
    let (outcome, stub) = pay([unknown(), unknown(), unknown(), never, paid()]).await;
    assert!(is_paid(&outcome));
    assert_eq!(stub.paths(), [PAY, PAY, PAY, INQUIRY, PAY]);
}

#[tokio::test]
async fn its_patience_has_an_end_and_the_outcome_is_then_still_unknown() {
    let (outcome, stub) = pay(std::iter::repeat_n(unknown(), 20)).await;
    assert!(outcome.expect_err("unknown").is_unknown());
    assert_eq!(stub.paths(), [PAY, PAY, PAY, INQUIRY, INQUIRY, INQUIRY]);
}

#[tokio::test]
async fn a_refusal_at_the_door_does_not_settle_an_earlier_try() {
    // The first try may have moved money; the second says only that the clock is wrong now.
    let door = || Reply::Signed(result("TIMESTAMP_INVALID", "F"));
    let (outcome, _) = pay([Reply::Status(504), door(), door(), state("SUCCESS")]).await;
    assert!(is_paid(&outcome));

    let (outcome, _) = pay([door()]).await;
    assert!(matches!(outcome, Err(Error::Refused { .. })), "a first try is settled by it");
}

#[tokio::test]
async fn a_refused_inquiry_says_nothing_about_the_payment() {
    let denied = || Reply::Signed(result("ACCESS_DENIED", "F"));
    let (outcome, _) = pay([unknown(), unknown(), unknown(), denied(), denied(), denied()]).await;
    let error = outcome.expect_err("unknown");
    assert!(error.is_unknown());
    assert_eq!(error.code(), Some(ResultCode::AccessDenied));
}

#[tokio::test]
async fn held_money_is_not_taken_for_paid() {
    let (outcome, _) = pay([unknown(), unknown(), unknown(), state("AUTH_SUCCESS")]).await;
    assert_eq!(outcome.ok(), Some(PayOutcome::Held { payment_id: PaymentId::new("P1"), until: None }));

    let stub = Stub::start([paid()]).await;
    let mut request = PayRequest::cashier("SUB-1", Money::new(1_000, Currency::IQD), "Tea", "C1");
    request.product = mithaq_merchant::Product::AuthCapture;
    let outcome = stub.client().pay(&request).await;
    assert_eq!(outcome.ok(), Some(PayOutcome::Held { payment_id: PaymentId::new("P1"), until: None }));
}
