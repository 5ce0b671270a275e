//! refund, inquiryRefund and the notification of a refund.

use crate::{IQD, at, text};
use mithaq_openapi::messages::{
    InquiryRefundRequest, InquiryRefundResponse, OperationStatus, PaymentReference, RefundNotification, RefundRequest,
    RefundResponse,
};
use mithaq_openapi::{Amount, ApiError, ResultBody, ResultCode, WireBody as _};
use mithaq_types::{Currency, Money, OperationId, PaymentId};
use serde_json::{Value, json};

/// A refund with one member replaced.
fn with(member: &str, value: Value) -> Result<RefundRequest, ApiError> {
    let mut body = json!({
        "refundRequestId": "RF-9", "paymentId": "P1", "refundAmount": { "currency": "IQD", "value": "5000000" },
    });
    body[member] = value;
    RefundRequest::parse(body.to_string().as_bytes(), IQD)
}

fn amount() -> Amount {
    Amount(Money::new(5_000_000, Currency::IQD))
}

#[test]
fn the_recorded_request_of_the_demo_is_read() {
    let body = br#"{"refundRequestId":"REFUND-1123b959-40fb-4602-9e43-fd11bb55734a-1795301791998","paymentId":"P1","refundAmount":{"currency":"IQD","value":"1000"},"refundReason":"Customer requested refund from mini app"}"#;
    let request = RefundRequest::parse(body, IQD).expect("read");
    assert_eq!(request.refund_amount, Money::new(1000, Currency::IQD));
    assert_eq!(request.refund_reason.as_deref(), Some("Customer requested refund from mini app"));
    assert_eq!(RefundRequest::parse(&request.to_json(), IQD), Ok(request), "what the SDK writes the wallet reads");
}

#[test]
fn refund_takes_every_member_and_empty_as_absent() {
    let request = with("refundNotifyUrl", "https://shop.example.com/hooks/refund".into()).expect("read");
    assert_eq!(request.refund_notify_url.as_deref(), Some("https://shop.example.com/hooks/refund"));
    assert_eq!(with("captureId", "C1".into()).expect("read").capture_id, Some(OperationId::new("C1")));
    assert_eq!(with("refundAmount", json!({ "currency": "IQD", "value": 5_000_000 })), with("captureId", "".into()));
    for member in ["captureId", "refundReason", "refundNotifyUrl", "extendInfo", "paymentRequestId"] {
        assert_eq!(with(member, "".into()), with(member, Value::Null), "{member}");
    }
    let by_request = RefundRequest::parse(
        br#"{"refundRequestId":"1","paymentRequestId":"R1","refundAmount":{"currency":"IQD","value":1}}"#,
        IQD,
    );
    assert_eq!(by_request.map(|request| request.reference), Ok(PaymentReference::Request("R1".to_owned())));
}

#[test]
fn a_refusal_names_the_member() {
    let message = |member: &str, value: Value| with(member, value).expect_err("refused").message;
    assert!(message("refundRequestId", "".into()).contains("refundRequestId must be"));
    assert!(message("paymentId", "".into()).contains("paymentId or paymentRequestId must be given"));
    assert!(message("refundAmount", Value::Null).contains("refundAmount must be"));
    assert!(message("refundAmount", json!({ "currency": "IQD", "value": "0" })).contains("refundAmount.value must be"));
    assert!(message("refundReason", "x".repeat(257).into()).contains("refundReason must be"));
    assert!(message("refundNotifyUrl", "shop.example.com".into()).contains("refundNotifyUrl must be"));
    let dollars = with("refundAmount", json!({ "currency": "USD", "value": "1" }));
    assert_eq!(dollars.expect_err("refused").code, ResultCode::CurrencyNotSupport);
}

#[test]
fn refund_answers_done_refused_and_not_known_yet() {
    let (id, request_id) = (OperationId::new("F1"), "RF-9".to_owned());
    let done = RefundResponse::success(id.clone(), request_id.clone(), at("2026-01-18T07:15:00Z"));
    assert_eq!(
        text(done.to_json()),
        r#"{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"Success."},"refundId":"F1","refundRequestId":"RF-9","refundTime":"2026-01-18T10:15:00+03:00"}"#
    );
    let running = RefundResponse::unsettled(ResultBody::of(ResultCode::RefundInProcess), Some(id), request_id);
    assert!(text(running.to_json()).contains(r#""resultStatus":"U""#) && running.refund_time.is_none());
    assert_eq!(serde_json::from_slice::<RefundResponse>(&done.to_json()).ok(), Some(done));
}

#[test]
fn a_refund_is_inquired_by_either_id_and_refundid_wins() {
    let inquiry = |body: &str| InquiryRefundRequest::parse(body.as_bytes());
    let by_id = InquiryRefundRequest::by_refund_id(OperationId::new("F1"));
    assert_eq!(inquiry(r#"{"refundId":"F1","refundRequestId":"RF-9"}"#), Ok(by_id.clone()));
    assert_eq!(inquiry(r#"{"refundId":"","refundRequestId":"RF-9"}"#), Ok(InquiryRefundRequest::by_request_id("RF-9")));
    assert!(inquiry("{}").expect_err("refused").message.contains("refundId or refundRequestId must be given"));
    assert_eq!(text(by_id.to_json()), r#"{"refundId":"F1"}"#);
}

#[test]
fn an_inquiry_tells_how_the_refund_stands() {
    let found =
        InquiryRefundResponse::found(OperationId::new("F1"), "RF-9".to_owned(), amount(), OperationStatus::Success);
    let answer = InquiryRefundResponse {
        refund_reason: Some("Damaged box".to_owned()),
        refund_time: Some(at("2026-01-18T07:15:00Z")),
        ..found
    };
    assert_eq!(
        text(answer.to_json()),
        r#"{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"Success."},"refundId":"F1","refundRequestId":"RF-9","refundAmount":{"currency":"IQD","value":"5000000"},"refundReason":"Damaged box","refundTime":"2026-01-18T10:15:00+03:00","refundStatus":"SUCCESS"}"#
    );
    assert_eq!(serde_json::from_slice::<InquiryRefundResponse>(&answer.to_json()).ok(), Some(answer));
}

#[test]
fn a_refund_status_no_one_knows_means_keep_asking() {
    let status = |text: &str| serde_json::from_str::<OperationStatus>(text).ok();
    assert_eq!(status("\"PENDING\""), Some(OperationStatus::Processing));
    assert_eq!(status("\"FAIL\""), Some(OperationStatus::Fail));
}

#[test]
fn the_end_of_a_refund_is_told() {
    let ids = (OperationId::new("F1"), "RF-9".to_owned());
    let payment = (PaymentId::new("P1"), "R1".to_owned());
    let notification = RefundNotification {
        refund_time: Some(at("2026-01-18T07:15:00Z")),
        ..RefundNotification::new(ids, payment, amount(), OperationStatus::Success)
    };
    assert_eq!(
        text(notification.to_json()),
        r#"{"refundId":"F1","refundRequestId":"RF-9","paymentId":"P1","paymentRequestId":"R1","refundAmount":{"currency":"IQD","value":"5000000"},"refundTime":"2026-01-18T10:15:00+03:00","refundStatus":"SUCCESS"}"#
    );
    let sibling = r#"{"refundId":"F1","refundRequestId":"RF-9","refundStatus":"FAIL","accountType":"MPA"}"#;
    let read: RefundNotification = serde_json::from_str(sibling).expect("read");
    assert_eq!((read.refund_status, read.payment_id), (OperationStatus::Fail, None));
}
