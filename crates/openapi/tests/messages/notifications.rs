//! What the wallet tells a merchant, and the acknowledgement.

use crate::{at, text};
use mithaq_openapi::messages::{
    Ack, ContractEnd, ContractStatus, ContractStatusNotification, PaymentNotification, VoidNotification, VoidSource,
};
use mithaq_openapi::{Amount, ResultBody, ResultCode, WireBody as _};
use mithaq_types::{Currency, CustomerId, Money, OperationId, PaymentId};

fn notification(result: ResultBody) -> PaymentNotification {
    let paid = result.code() == Some(ResultCode::Success);
    PaymentNotification::new(
        result,
        (PaymentId::new("20260101111212800100166820603167424"), "23dcbc4f".to_owned()),
        Amount(Money::new(1000, Currency::IQD)),
        at("2026-01-01T12:27:53Z"),
        paid.then(|| at("2026-01-01T12:29:44Z")),
    )
}

#[test]
fn a_payment_is_told_with_exactly_qis_members() {
    assert_eq!(
        text(notification(ResultBody::success()).to_json()),
        r#"{"paymentResult":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"Success."},"paymentId":"20260101111212800100166820603167424","paymentRequestId":"23dcbc4f","extendInfo":"{\"sourcePlatform\":\"MINI_APP\"}","paymentTime":"2026-01-01T15:29:44+03:00","paymentAmount":{"currency":"IQD","value":"1000"},"paymentCreateTime":"2026-01-01T15:27:53+03:00"}"#
    );
}

#[test]
fn a_failure_is_told_with_its_code_and_without_a_time_of_payment() {
    let failed = notification(ResultBody::of(ResultCode::OrderIsClosed));
    assert!(!failed.is_success() && failed.payment_time.is_none());
    assert_eq!(failed.payment_result.result_code, "ORDER_IS_CLOSED");
}

#[test]
fn a_hold_is_told_with_its_status_and_is_not_taken_for_paid() {
    let held = PaymentNotification::held(
        (PaymentId::new("P1"), "R1".to_owned()),
        Amount(Money::new(1000, Currency::IQD)),
        at("2026-01-01T12:27:53Z"),
    );
    assert_eq!(
        text(held.to_json()),
        r#"{"paymentResult":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"Success."},"paymentId":"P1","paymentRequestId":"R1","extendInfo":"{\"sourcePlatform\":\"MINI_APP\"}","paymentAmount":{"currency":"IQD","value":"1000"},"paymentCreateTime":"2026-01-01T15:27:53+03:00","paymentStatus":"AUTH_SUCCESS"}"#
    );
    let read: PaymentNotification = serde_json::from_slice(&held.to_json()).expect("read");
    assert!(read.is_held() && !read.is_success());
    assert!(!notification(ResultBody::success()).is_held());
}

#[test]
fn held_money_that_went_back_is_told() {
    let notification = VoidNotification::new(
        (OperationId::new("V1"), "VOID-2".to_owned()),
        PaymentId::new("P1"),
        Amount(Money::new(8_000_000, Currency::IQD)),
        at("2026-01-15T09:00:00Z"),
        VoidSource::Merchant,
    );
    assert_eq!(
        text(notification.to_json()),
        r#"{"voidResult":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"Success."},"voidRequestId":"VOID-2","voidId":"V1","paymentId":"P1","voidAmount":{"currency":"IQD","value":"8000000"},"voidTime":"2026-01-15T12:00:00+03:00","voidSource":"MERCHANT"}"#
    );
    assert_eq!(serde_json::from_slice::<VoidNotification>(&notification.to_json()).ok(), Some(notification));
    assert_eq!(serde_json::from_str::<VoidSource>("\"OPERATOR\"").ok(), Some(VoidSource::System));
}

#[test]
fn the_live_body_from_production_is_read() {
    let live = r#"{"paymentResult":{"resultCode":"SUCCESS","resultMessage":"Success.","resultStatus":"S"},"paymentId":"20260101111212800100166820603167424","paymentRequestId":"23dcbc4f-d71c-4f70-b211-f089c00e8f70","extendInfo":"{\"sourcePlatform\":\"MINI_APP\"}","paymentTime":"2026-01-01T15:29:44+03:00","paymentAmount":{"currency":"IQD","value":"1000"},"paymentCreateTime":"2026-01-01T15:27:53+03:00"}"#;
    let read: PaymentNotification = serde_json::from_str(live).expect("read");
    assert!(read.is_success());
    assert_eq!(read.payment_amount.0, Money::new(1000, Currency::IQD));
}

#[test]
fn the_beginning_and_the_end_of_a_contract_are_told() {
    let changed = at("2026-01-15T07:20:05Z").instant();
    let end = ContractStatusNotification::new(
        "AT7d0f".to_owned(),
        CustomerId::new("216610000000812345678901"),
        changed,
        Some(ContractEnd::User),
    );
    assert_eq!(
        text(end.to_json()),
        r#"{"accessToken":"AT7d0f","contractStatus":"INVALID","modifyTime":"1768461605","customerId":"216610000000812345678901","reason":"USER"}"#
    );
    assert_eq!(end.modified_at(), Some(changed));
    assert!(!format!("{end:?}").contains("AT7d0f"));

    let begin = ContractStatusNotification::new("AT7d0f".to_owned(), CustomerId::new("1"), changed, None);
    assert_eq!(begin.contract_status, ContractStatus::Valid);
    assert!(!text(begin.to_json()).contains("reason"));
}

#[test]
fn only_s_stops_the_wallet_from_sending_again() {
    let acknowledged = |body: &str| Ack::parse(body.as_bytes()).is_some_and(|ack| ack.is_success());
    assert!(acknowledged(r#"{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"success"}}"#));
    assert!(acknowledged(r#"{"result":{"resultStatus":"S"},"more":1}"#));
    for again in [
        "",
        "{}",
        "ok",
        r#"{"result":{"resultStatus":"F","resultCode":"PROCESS_FAIL"}}"#,
        r#"{"result":{"resultStatus":"U","resultCode":"SYSTEM_ERROR"}}"#,
        r#"{"result":{"resultStatus":"R"}}"#,
    ] {
        assert!(!acknowledged(again), "{again}");
    }
    assert!(Ack::success().is_success() && !Ack::again().is_success());
}
