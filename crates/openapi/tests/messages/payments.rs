//! pay and inquiryPayment.

use crate::{IQD, at, text};
use mithaq_openapi::messages::{
    InquiryPaymentRequest, InquiryPaymentResponse, OperationStatus, PayRequest, PayResponse, PaymentStatus,
    Transaction, TransactionType,
};
use mithaq_openapi::{Amount, ApiError, Product, ResultBody, ResultCode, WireBody as _};
use mithaq_types::{Currency, Money, OperationId, PaymentId};
use serde_json::{Value, json};

fn pay(body: &str) -> Result<PayRequest, ApiError> {
    PayRequest::parse(body.as_bytes(), IQD)
}

/// An agreement payment with one member replaced.
fn with(member: &str, value: Value) -> Result<PayRequest, ApiError> {
    let mut body = json!({
        "productCode": "51051000101000100031",
        "paymentRequestId": "SUB-2026-02-000311",
        "paymentAuthCode": "AT1",
        "paymentAmount": { "currency": "IQD", "value": "5000000" },
        "order": { "orderDescription": "Monthly plan", "buyer": { "referenceBuyerId": "C1" } },
    });
    body[member] = value;
    pay(&body.to_string())
}

fn refusal(member: &str, value: Value) -> String {
    let error = with(member, value).expect_err("refused");
    assert_eq!(error.code, ResultCode::ParamIllegal);
    error.message
}

#[test]
fn the_recorded_requests_of_real_clients_are_read() {
    let cashier = pay(r#"{"productCode":"51051000101000000011","paymentRequestId":"PAY-9a323e3d-677d-48f4-8a32-9cbf2dd9d472-1795301791960","paymentAmount":{"currency":"IQD","value":"1000"},"order":{"orderDescription":"Test Order - Online Purchase","buyer":{"referenceBuyerId":"216610000000000000001"}},"paymentExpiryTime":"2026-11-21T23:26:31+00:00","paymentRedirectUrl":"http://127.0.0.1:1999/payment-success.html"}"#).expect("cashier");
    assert_eq!((cashier.product, cashier.payment_amount.minor), (Product::OnlinePurchase, 1000));
    assert!(cashier.payment_expiry_time.is_some() && cashier.payment_redirect_url.is_some());

    let agreement = pay(r#"{"productCode":"51051000101000100031","paymentRequestId":"AGREEMENT-PAY-8962f199-f1c5-4a36-bbd0-28a872119843-1795301791987","paymentAuthCode":"AT1","paymentAmount":{"currency":"IQD","value":"1000"},"order":{"orderDescription":"الاشتراك","buyer":{"referenceBuyerId":"C1"}},"paymentExpiryTime":"2026-11-21T23:26:31.987+00:00","paymentNotifyUrl":"http://127.0.0.1:1999/api/webhook/payment-notify"}"#).expect("agreement");
    assert_eq!((agreement.product, agreement.reference_buyer_id()), (Product::AgreementPayment, Some("C1")));

    let library = pay(r#"{"order":{"buyer":{"referenceBuyerId":"216610000000000000001"},"orderDescription":"Order \u0026 \u003cb\u003e"},"paymentAmount":{"currency":"IQD","value":"5000"},"paymentAuthCode":"AT1","paymentNotifyUrl":"http://127.0.0.1:1999/n","paymentOrderTitle":"Order \u0026 \u003cb\u003e","paymentRequestId":"req-1","productCode":"51051000101000000011"}"#).expect("library");
    assert_eq!(library.order.order_description, "Order & <b>");
    assert_eq!(library.payment_auth_code.as_deref(), Some("AT1"));
}

#[test]
fn what_the_sdk_writes_the_wallet_reads() {
    let mut request = PayRequest::agreement("SUB-1", "AT1", Money::new(5_000_000, Currency::IQD), "Fresh Box");
    request.payment_notify_url = Some("https://shop.example.com/hooks/pay".to_owned());
    request.payment_expiry_time = mithaq_openapi::time::parse("2026-02-01T09:00:00+03:00");
    let body = text(request.to_json());
    assert!(body.contains(r#""paymentExpiryTime":"2026-02-01T06:00:00+00:00""#), "{body}");
    assert_eq!(pay(&body), Ok(request));
    let amount = Money::new(1_000, Currency::IQD);
    for request in [
        PayRequest::cashier("P-1", amount, "Tea", "C1"),
        PayRequest::auth_capture("P-1", amount, "Tea", "C1"),
        PayRequest::escrow("P-1", amount, "Tea", "C1"),
        PayRequest::in_store("P-1", "281234567890123456", amount, "Tea"),
    ] {
        assert_eq!(pay(&text(request.to_json())), Ok(request));
    }
}

#[test]
fn symbols_of_the_v2_family_are_aliases() {
    let product = |value: &str| with("productCode", value.into()).map(|request| request.product);
    assert_eq!(product("AGREEMENT_PAYMENT"), Ok(Product::AgreementPayment));
    assert_eq!(product("CASHIER_PAYMENT"), Ok(Product::OnlinePurchase));
    for unknown in ["ORDER_CODE_PAYMENT", "51051000101000000099", "agreement_payment"] {
        assert!(refusal("productCode", unknown.into()).contains("productCode must be a product code"), "{unknown}");
    }
}

#[test]
fn the_product_decides_and_no_flag_may_contradict_it() {
    assert!(with("paymentFactor", json!({ "isAgreementPay": true, "isCashierPayment": "false" })).is_ok());
    assert!(refusal("paymentFactor", json!({ "isCashierPayment": "true" })).contains("must not contradict"));
    assert!(refusal("paymentFactor", json!({ "isAuthorizationPayment": true })).contains("must not contradict"));
    assert!(refusal("paymentFactor", json!({ "isAgreementPay": "maybe" })).contains("must be true or false"));
    for flag in ["isPaymentEvaluation", "isOrderCode", "isAuthorizationAndPay"] {
        let message = refusal("paymentFactor", json!({ flag: true }));
        assert!(message.contains(&format!("paymentFactor.{flag} must be absent or false")), "{message}");
    }
}

#[test]
fn cashier_with_authorization_is_the_auth_and_capture_product() {
    let body = json!({
        "productCode": "CASHIER_PAYMENT", "paymentRequestId": "1", "paymentFactor": { "isAuthorizationPayment": true },
        "paymentAmount": { "currency": "IQD", "value": 1 },
        "order": { "orderDescription": "x", "buyer": { "referenceBuyerId": "any id of the merchant @#?" } },
    });
    assert_eq!(pay(&body.to_string()).map(|request| request.product), Ok(Product::AuthCapture));
}

#[test]
fn in_a_shop_the_code_that_the_user_shows_pays() {
    let shop = |factor: Value, code: &str| {
        let body = json!({
            "productCode": "IN_STORE_PAYMENT", "paymentRequestId": "1", "paymentFactor": factor,
            "paymentAuthCode": code, "paymentAmount": { "currency": "IQD", "value": "1000" },
            "order": { "orderDescription": "Tea" },
        });
        pay(&body.to_string())
    };
    let expected = PayRequest::in_store("1", "281234567890123456", Money::new(1_000, Currency::IQD), "Tea");
    for factor in [Value::Null, json!({ "isPaymentCode": true }), json!({ "isPaymentCode": "true" })] {
        assert_eq!(shop(factor, "281234567890123456"), Ok(expected.clone()), "no buyer is named");
    }
    let message = shop(Value::Null, "").expect_err("refused").message;
    assert_eq!(message, "Illegal parameter: paymentAuthCode must be the code that the user shows");
    let cashier = shop(json!({ "isCashierPayment": true }), "28").expect_err("refused").message;
    assert!(cashier.contains("isCashierPayment must not contradict"), "{cashier}");
    assert!(refusal("paymentFactor", json!({ "isPaymentCode": true })).contains("isPaymentCode must not contradict"));
}

#[test]
fn an_agreement_payment_needs_its_token() {
    assert!(refusal("paymentAuthCode", "".into()).contains("paymentAuthCode must be the accessToken"));
    let no_buyer = with("order", json!({ "orderDescription": "x" }));
    assert_eq!(no_buyer.as_ref().map(PayRequest::reference_buyer_id), Ok(None), "the payer is the token's user");
}

#[test]
fn a_cashier_payment_needs_a_buyer_but_no_token() {
    let body = |buyer: &str| {
        format!(
            r#"{{"productCode":"51051000101000000011","paymentRequestId":"1","paymentAmount":{{"currency":"IQD","value":"1"}},"order":{{"orderDescription":"x","buyer":{{"referenceBuyerId":"{buyer}"}}}}}}"#
        )
    };
    assert!(pay(&body("C1")).is_ok());
    let message = pay(&body("")).expect_err("refused").message;
    assert!(message.starts_with("Illegal parameter: order.buyer.referenceBuyerId must be"), "{message}");
}

#[test]
fn the_order_of_the_generic_v1_family_is_read_when_order_is_absent() {
    let order = r#"{"orderDescription":"From extraParams","buyer":{"referenceBuyerId":"C9"}}"#;
    let mut body = json!({
        "productCode": "AGREEMENT_PAYMENT", "paymentRequestId": "1", "paymentAuthCode": "AT1",
        "paymentAmount": { "currency": "IQD", "value": "1" }, "extraParams": { "ORDER": order },
    });
    let request = pay(&body.to_string()).expect("read");
    assert_eq!(
        (request.order.order_description.as_str(), request.reference_buyer_id()),
        ("From extraParams", Some("C9"))
    );
    body["extraParams"] = Value::Null;
    assert!(pay(&body.to_string()).expect_err("refused").message.contains("order must be an object"));
}

#[test]
fn urls_times_and_ids_are_checked_by_name() {
    assert!(refusal("paymentNotifyUrl", "/n".into()).starts_with("Illegal parameter: paymentNotifyUrl must be"));
    assert!(refusal("paymentRedirectUrl", "mini://x".into()).contains("paymentRedirectUrl must be"));
    assert!(refusal("paymentReturnUrl", "x".into()).contains("paymentReturnUrl must be"));
    assert!(refusal("paymentExpiryTime", "tomorrow".into()).contains("paymentExpiryTime must be"));
    assert!(refusal("paymentRequestId", "a b".into()).contains("paymentRequestId must be"));
    assert!(refusal("paymentRequestId", "x".repeat(65).into()).contains("paymentRequestId must be"));
    assert!(refusal("order", json!({ "buyer": {} })).contains("order.orderDescription must be"));
    assert_eq!(
        with("paymentAmount", json!({ "currency": "USD", "value": "1" })).expect_err("refused").code,
        ResultCode::CurrencyNotSupport
    );
}

#[test]
fn unknown_members_are_ignored() {
    for member in ["partnerId", "appId", "salesCode", "envInfo", "agreedAmount"] {
        assert!(with(member, json!({ "anything": [1] })).is_ok(), "{member}");
    }
}

#[test]
fn the_token_is_not_shown_by_debug() {
    let request = PayRequest::agreement("1", "SECRET", Money::new(1, Currency::IQD), "x");
    assert!(!format!("{request:?}").contains("SECRET"));
}

#[test]
fn pay_answers_paid_accepted_and_refused() {
    let (id, request) = (PaymentId::new("20260201111212800100166000000000311"), "SUB-1".to_owned());
    let paid = PayResponse::paid(id.clone(), request.clone(), at("2026-02-01T06:00:01Z"));
    assert_eq!(
        text(paid.to_json()),
        r#"{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"Success."},"paymentId":"20260201111212800100166000000000311","paymentRequestId":"SUB-1","paymentTime":"2026-02-01T09:00:01+03:00"}"#
    );
    let accepted = PayResponse::accepted(id, request.clone(), "https://w.example/cashier?orderId=1".to_owned());
    assert!(text(accepted.to_json()).ends_with(
        r#""redirectActionForm":{"method":"GET","redirectUrl":"https://w.example/cashier?orderId=1","redirectionUrl":"https://w.example/cashier?orderId=1"}}"#
    ));
    let held = PayResponse::held(PaymentId::new("P1"), "R1".to_owned(), at("2026-02-08T06:00:00Z"));
    assert!(text(held.to_json()).ends_with(r#""paymentRequestId":"R1","authExpiryTime":"2026-02-08T09:00:00+03:00"}"#));
    let refused = PayResponse::unpaid(ResultBody::of(ResultCode::UserBalanceNotEnough), None, request);
    assert!(text(refused.to_json()).ends_with(r#""},"paymentRequestId":"SUB-1"}"#));
}

#[test]
fn inquiry_takes_either_id_and_paymentid_wins() {
    let inquiry = |body: &str| InquiryPaymentRequest::parse(body.as_bytes());
    let by_id = InquiryPaymentRequest::by_payment_id(PaymentId::new("P1"));
    assert_eq!(inquiry(r#"{"paymentId":"P1","paymentRequestId":"R1"}"#), Ok(by_id.clone()));
    assert_eq!(inquiry(r#"{"paymentId":"","paymentRequestId":"R1"}"#), Ok(InquiryPaymentRequest::by_request_id("R1")));
    assert_eq!(
        inquiry("{}").expect_err("refused").message,
        "Illegal parameter: paymentId or paymentRequestId must be given"
    );
    assert_eq!(text(by_id.to_json()), r#"{"paymentId":"P1"}"#);
    assert_eq!(text(InquiryPaymentRequest::by_request_id("R1").to_json()), r#"{"paymentRequestId":"R1"}"#);
}

#[test]
fn inquiry_answers_with_the_state_of_the_payment() {
    let amount = Amount(Money::new(25_000_000, Currency::IQD));
    let found = InquiryPaymentResponse::found(PaymentId::new("P1"), "R1".to_owned(), amount, PaymentStatus::Processing);
    assert_eq!(
        text(found.to_json()),
        r#"{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"Success."},"paymentId":"P1","paymentRequestId":"R1","paymentAmount":{"currency":"IQD","value":"25000000"},"paymentStatus":"PROCESSING","transactions":[]}"#
    );
    assert_eq!(serde_json::from_slice::<InquiryPaymentResponse>(&found.to_json()).ok(), Some(found));
}

#[test]
fn inquiry_lists_what_happened_to_the_payment() {
    let amount = Amount(Money::new(25_000_000, Currency::IQD));
    let transaction = |id: &str, transaction_type| Transaction {
        transaction_id: OperationId::new(id),
        transaction_request_id: Some(format!("R-{id}")),
        transaction_type,
        transaction_status: OperationStatus::Success,
        transaction_amount: Some(amount),
        transaction_time: Some(at("2026-01-16T06:00:00Z")),
    };
    let found = InquiryPaymentResponse {
        auth_expiry_time: Some(at("2026-01-22T06:00:00Z")),
        transactions: Some(vec![transaction("T1", TransactionType::Void), transaction("T2", TransactionType::Capture)]),
        ..InquiryPaymentResponse::found(PaymentId::new("P1"), "R1".to_owned(), amount, PaymentStatus::AuthSuccess)
    };
    let sent = text(found.to_json());
    assert!(sent.contains(r#""paymentStatus":"AUTH_SUCCESS","authExpiryTime":"2026-01-22T09:00:00+03:00""#), "{sent}");
    assert!(
        sent.contains(
            r#"{"transactionId":"T1","transactionRequestId":"R-T1","transactionType":"VOID","transactionStatus":"SUCCESS","transactionAmount":{"currency":"IQD","value":"25000000"},"transactionTime":"2026-01-16T09:00:00+03:00"}"#
        ),
        "{sent}"
    );
    assert_eq!(serde_json::from_str::<InquiryPaymentResponse>(&sent).ok(), Some(found));
    let foreign = r#"{"transactionId":"T1","transactionType":"PAYMENT","transactionStatus":"PENDING"}"#;
    let read: Transaction = serde_json::from_str(foreign).expect("read");
    assert_eq!((read.transaction_type, read.transaction_status), (TransactionType::Other, OperationStatus::Processing));
}

#[test]
fn a_transaction_that_moved_nothing_has_no_amount() {
    let cancellation = Transaction {
        transaction_id: OperationId::new("T1"),
        transaction_request_id: None,
        transaction_type: TransactionType::Cancel,
        transaction_status: OperationStatus::Success,
        transaction_amount: Some(Amount(Money::new(0, Currency::IQD))),
        transaction_time: None,
    };
    assert_eq!(
        serde_json::to_string(&cancellation).ok().as_deref(),
        Some(r#"{"transactionId":"T1","transactionType":"CANCEL","transactionStatus":"SUCCESS"}"#)
    );
}

#[test]
fn a_payment_status_no_one_knows_means_keep_asking() {
    let status = |text: &str| serde_json::from_str::<PaymentStatus>(text).ok();
    assert_eq!(status("\"PENDING\""), Some(PaymentStatus::Processing));
    assert_eq!(status("\"AUTH_SUCCESS\""), Some(PaymentStatus::AuthSuccess));
}
