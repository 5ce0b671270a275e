//! cancel, capture, void, merchantAccept, confirm.

use crate::{IQD, at, text};
use mithaq_openapi::messages::{
    CancelRequest, CancelResponse, CaptureRequest, CaptureResponse, ConfirmRequest, ConfirmResponse,
    MerchantAcceptRequest, MerchantAcceptResponse, PaymentReference, VoidRequest, VoidResponse,
};
use mithaq_openapi::{Amount, ResultCode, WireBody as _};
use mithaq_types::{Currency, Money, OperationId, PaymentId};
use serde_json::json;

const ID: &str = "20260115111212800100166000000000021";

fn capture(body: serde_json::Value) -> Result<CaptureRequest, mithaq_openapi::ApiError> {
    CaptureRequest::parse(body.to_string().as_bytes(), IQD)
}

fn void(body: serde_json::Value) -> Result<VoidRequest, mithaq_openapi::ApiError> {
    VoidRequest::parse(body.to_string().as_bytes(), IQD)
}

fn confirm(body: serde_json::Value) -> Result<ConfirmRequest, mithaq_openapi::ApiError> {
    ConfirmRequest::parse(body.to_string().as_bytes())
}

#[test]
fn cancel_takes_either_id_and_paymentid_wins() {
    let cancel = |body: &str| CancelRequest::parse(body.as_bytes());
    let by_id = CancelRequest::by_payment_id(PaymentId::new("P1"));
    assert_eq!(cancel(r#"{"paymentId":"P1","paymentRequestId":"R1"}"#), Ok(by_id.clone()));
    assert_eq!(cancel(r#"{"paymentId":"","paymentRequestId":"R1"}"#), Ok(CancelRequest::by_request_id("R1")));
    assert_eq!(
        cancel("{}").expect_err("refused").message,
        "Illegal parameter: paymentId or paymentRequestId must be given"
    );
    assert_eq!(text(by_id.to_json()), r#"{"paymentId":"P1"}"#);
    assert_eq!(text(CancelRequest::by_request_id("R1").to_json()), r#"{"paymentRequestId":"R1"}"#);
}

#[test]
fn cancel_answers_with_both_ids_and_its_time() {
    let answer = CancelResponse::success(PaymentId::new(ID), "SHOP-18".to_owned(), at("2026-01-15T07:45:00Z"));
    assert_eq!(
        text(answer.to_json()),
        r#"{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"Success."},"paymentId":"20260115111212800100166000000000021","paymentRequestId":"SHOP-18","cancelTime":"2026-01-15T10:45:00+03:00"}"#
    );
    assert_eq!(serde_json::from_slice::<CancelResponse>(&answer.to_json()).ok(), Some(answer));
}

#[test]
fn capture_reads_an_amount_as_text_or_number_and_none_as_all() {
    let part = CaptureRequest::new("CAP-4", PaymentId::new(ID)).of_amount(Money::new(20_000_000, Currency::IQD));
    for value in [json!("20000000"), json!(20_000_000)] {
        let amount = json!({ "currency": "IQD", "value": value });
        let body = json!({ "captureRequestId": "CAP-4", "paymentId": ID, "captureAmount": amount });
        assert_eq!(capture(body), Ok(part.clone()));
    }
    let whole = CaptureRequest::new("CAP-4", PaymentId::new(ID));
    assert_eq!(
        capture(json!({ "captureRequestId": "CAP-4", "paymentId": ID, "captureAmount": "" })),
        Ok(whole.clone())
    );
    for request in [part, whole] {
        assert_eq!(CaptureRequest::parse(&request.to_json(), IQD), Ok(request), "what the SDK writes the wallet reads");
    }
}

#[test]
fn a_payment_is_captured_once_so_a_capture_is_the_last() {
    let with = |flag: serde_json::Value| {
        capture(json!({ "captureRequestId": "CAP-4", "paymentId": ID, "isLastCapture": flag }))
    };
    assert!(with(json!(true)).is_ok() && with(json!("true")).is_ok() && with(json!("")).is_ok());
    let refused = with(json!(false)).expect_err("refused");
    assert_eq!(refused.code, ResultCode::ParamIllegal);
    assert_eq!(refused.message, "Illegal parameter: isLastCapture must be absent or true: a payment is captured once");
}

#[test]
fn capture_names_what_is_wrong() {
    let message = |body: serde_json::Value| capture(body).expect_err("refused").message;
    assert!(message(json!({ "paymentId": ID })).contains("captureRequestId must be"));
    assert!(message(json!({ "captureRequestId": "a b", "paymentId": ID })).contains("captureRequestId must be"));
    assert!(message(json!({ "captureRequestId": "1", "paymentId": "" })).contains("paymentRequestId must be given"));
    let dollars =
        json!({ "captureRequestId": "1", "paymentId": ID, "captureAmount": { "currency": "USD", "value": 1 } });
    assert_eq!(capture(dollars).expect_err("refused").code, ResultCode::CurrencyNotSupport);
}

#[test]
fn capture_answers_with_what_was_taken() {
    let answer = CaptureResponse::success(
        (OperationId::new("C1"), "CAP-4".to_owned()),
        PaymentId::new(ID),
        Amount(Money::new(20_000_000, Currency::IQD)),
        at("2026-01-16T06:00:00Z"),
    );
    assert_eq!(
        text(answer.to_json()),
        r#"{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"Success."},"captureId":"C1","captureRequestId":"CAP-4","paymentId":"20260115111212800100166000000000021","captureAmount":{"currency":"IQD","value":"20000000"},"captureTime":"2026-01-16T09:00:00+03:00"}"#
    );
    assert_eq!(serde_json::from_slice::<CaptureResponse>(&answer.to_json()).ok(), Some(answer));
}

#[test]
fn void_is_for_all_that_is_left_unless_it_names_an_amount() {
    let whole = VoidRequest::new("VOID-2", PaymentId::new(ID));
    let part = whole.clone().of_amount(Money::new(8_000_000, Currency::IQD));
    let amount = json!({ "currency": "IQD", "value": "8000000" });
    let with = |flag, amount| {
        void(json!({ "voidRequestId": "VOID-2", "paymentId": ID, "voidRemainingAmount": flag, "voidAmount": amount }))
    };
    assert_eq!(with(json!(null), json!(null)), Ok(whole.clone()));
    assert_eq!(with(json!(true), json!("")), Ok(whole.clone()));
    assert_eq!(with(json!("false"), amount.clone()), Ok(part.clone()));
    assert!(with(json!(true), amount).expect_err("refused").message.contains("voidAmount must be absent"));
    assert!(with(json!(false), json!(null)).expect_err("refused").message.contains("voidAmount must be given"));
    for request in [part, whole] {
        assert_eq!(VoidRequest::parse(&request.to_json(), IQD), Ok(request));
    }
}

#[test]
fn void_takes_the_id_of_the_demo_too_and_answers_its_own() {
    let request = void(json!({ "voidRequestId": "VOID-2", "paymentRequestId": "SHOP-18" }));
    assert_eq!(request.map(|request| request.reference), Ok(PaymentReference::Request("SHOP-18".to_owned())));
    let answer = VoidResponse::success(OperationId::new("V1"), "VOID-2".to_owned(), at("2026-01-15T09:00:00Z"));
    assert_eq!(
        text(answer.to_json()),
        r#"{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"Success."},"voidId":"V1","voidRequestId":"VOID-2","voidTime":"2026-01-15T12:00:00+03:00"}"#
    );
    assert_eq!(serde_json::from_slice::<VoidResponse>(&answer.to_json()).ok(), Some(answer));
}

#[test]
fn merchant_accept_is_about_a_payment() {
    let by_id = MerchantAcceptRequest::new(PaymentId::new(ID));
    assert_eq!(MerchantAcceptRequest::parse(&by_id.to_json()), Ok(by_id));
    let by_request = MerchantAcceptRequest::parse(br#"{"paymentRequestId":"R1","extendInfo":{"a":1}}"#).expect("read");
    assert_eq!(by_request.reference, PaymentReference::Request("R1".to_owned()));
    assert_eq!(by_request.extend_info.as_deref(), Some(r#"{"a":1}"#));
    assert!(MerchantAcceptRequest::parse(b"{}").is_err());
    let answer = MerchantAcceptResponse::success(PaymentId::new(ID), "R1".to_owned());
    assert!(text(answer.to_json()).ends_with(r#""paymentRequestId":"R1"}"#));
}

#[test]
fn confirm_reads_either_spelling_of_its_id() {
    let expected = Ok(ConfirmRequest::new("CONF-2", PaymentId::new(ID)));
    assert_eq!(confirm(json!({ "confirmRequestId": "CONF-2", "paymentId": ID })), expected);
    assert_eq!(confirm(json!({ "confrimRequestId": "CONF-2", "paymentId": ID })), expected);
    assert_eq!(confirm(json!({ "confirmRequestId": "", "confrimRequestId": "CONF-2", "paymentId": ID })), expected);
    let both = json!({ "confirmRequestId": "CONF-2", "confrimRequestId": "CONF-2", "paymentId": ID });
    assert_eq!(confirm(both), expected);
    let different = json!({ "confirmRequestId": "CONF-2", "confrimRequestId": "CONF-3", "paymentId": ID });
    assert!(confirm(different).expect_err("refused").message.contains("confrimRequestId must be absent or equal"));
    assert!(confirm(json!({ "paymentId": ID })).expect_err("refused").message.contains("confirmRequestId must be"));
    assert!(
        confirm(json!({ "confrimRequestId": "a b", "paymentId": ID }))
            .expect_err("refused")
            .message
            .contains("confrim")
    );
}

#[test]
fn confirm_is_written_and_answered_in_both_spellings() {
    let request = ConfirmRequest::new("CONF-2", PaymentId::new("P1"));
    assert_eq!(
        text(request.to_json()),
        r#"{"confirmRequestId":"CONF-2","confrimRequestId":"CONF-2","paymentId":"P1"}"#
    );
    assert_eq!(ConfirmRequest::parse(&request.to_json()), Ok(request));

    let ids = (OperationId::new("F1"), "CONF-2".to_owned());
    let answer = ConfirmResponse::success(ids, PaymentId::new("P1"), at("2026-01-17T12:00:00Z"));
    let sent = text(answer.to_json());
    for member in [r#""confirmId":"F1""#, r#""confrimId":"F1""#, r#""confirmRequestId":"CONF-2""#] {
        assert!(sent.contains(member), "{sent}");
    }
    for member in ["confirmTime", "confrimTime"] {
        assert!(sent.contains(&format!(r#""{member}":"2026-01-17T15:00:00+03:00""#)), "{sent}");
    }
    let other = r#"{"result":{"resultStatus":"S"},"confrimId":"F1","confrimTime":"2026-01-17T15:00:00+03:00"}"#;
    let read: ConfirmResponse = serde_json::from_str(other).expect("read");
    assert_eq!((read.id(), read.time()), (answer.id(), answer.time()));
    assert_eq!((read.request_id(), answer.request_id()), (None, Some("CONF-2")));
}
