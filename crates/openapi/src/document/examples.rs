//! Examples, made by the constructors that the wallet and the SDK use: an example that does not fit the code cannot be
//! written.

use crate::messages::{
    AccessTokenRequest, Ack, ApplyTokenRequest, ApplyTokenResponse, CancelRequest, CancelResponse, CancelTokenRequest,
    CancelTokenResponse, CaptureRequest, CaptureResponse, ConfirmRequest, ConfirmResponse, ContentTemplate,
    ContractEnd, ContractStatusNotification, InquiryMerchantInfoResponse, InquiryPaymentRequest,
    InquiryPaymentResponse, InquiryRefundRequest, InquiryRefundResponse, InquiryUserAccountListResponse,
    InquiryUserCardListResponse, InquiryUserInfoResponse, Language, MerchantAcceptRequest, MerchantAcceptResponse,
    MerchantInfo, MessageChannel, OperationStatus, PayRequest, PayResponse, PaymentNotification, PaymentStatus,
    PrepareRequest, PrepareResponse, RefundNotification, RefundRequest, RefundResponse, SendMessageRequest,
    SendMessageResponse, TemplateParameters, Transaction, TransactionType, UserAccount, UserCard, VoidNotification,
    VoidRequest, VoidResponse, VoidSource,
};
use crate::time::WireTime;
use crate::{Amount, Api, ContactInfo, LoginIdInfo, ResultBody, ResultCode, UserInfo, UserName, WireBody};
use jiff::tz::{TimeZone, offset};
use mithaq_types::{Currency, CustomerId, MerchantId, MessageId, Money, OperationId, PaymentId, Timestamp};
use serde_json::Value;

/// An example by its name.
pub type Example = (&'static str, Value);

const TOKEN: &str = "AT7d0f5c2e9b814a36a1c85f40e27b96d3f8a2c1";
const CUSTOMER: &str = "216610000000812345678901";
const REQUEST: &str = "SHOP-2026-000017";

fn json(body: &impl WireBody) -> Value {
    serde_json::from_slice(&body.to_json()).unwrap_or_default()
}

fn payment() -> PaymentId {
    PaymentId::new("20260115111212800100166000000000017")
}

fn operation() -> OperationId {
    OperationId::new("20260116111212801300166000000000004")
}

/// 5,000 dinars and 20,000 dinars.
fn money(dinars: i64) -> Money {
    Money::new(dinars.saturating_mul(1000), Currency::IQD)
}

/// A quarter past ten in Baghdad on a day of January 2026.
fn on(day: i64) -> WireTime {
    let instant =
        Timestamp::from_second(1_767_251_700_i64.saturating_add(day.saturating_sub(1).saturating_mul(86_400)));
    WireTime::new(instant.unwrap_or_default(), &TimeZone::fixed(offset(3)))
}

/// Requests to `api`.
pub fn requests(api: Api) -> Vec<Example> {
    match api {
        Api::Prepare => one(&prepare()),
        Api::ApplyToken => vec![
            ("code", json(&ApplyTokenRequest::for_code("4B7E1C09D2F84A6695E3A7C1088F2D4E"))),
            ("refresh", json(&ApplyTokenRequest::for_refresh_token("RT19c4e7b3a05d4f2c8e6b7a90d1f35c84b2e6f0"))),
        ],
        Api::CancelToken => one(&CancelTokenRequest::new(TOKEN)),
        Api::InquiryUserInfo | Api::InquiryUserCardList | Api::InquiryUserAccountList | Api::InquiryMerchantInfo => {
            one(&AccessTokenRequest::new(TOKEN))
        }
        Api::Pay => pays(),
        Api::InquiryPayment => one(&InquiryPaymentRequest::by_request_id(REQUEST)),
        Api::Cancel => one(&CancelRequest::by_request_id(REQUEST)),
        Api::Capture => one(&CaptureRequest::new("CAP-000004", payment()).of_amount(money(20_000))),
        Api::Void => one(&VoidRequest::new("VOID-000002", payment())),
        Api::MerchantAccept => one(&MerchantAcceptRequest::new(payment())),
        Api::Confirm => one(&ConfirmRequest::new("CONF-000002", payment())),
        Api::Refund => one(&RefundRequest {
            refund_reason: Some("Damaged box".to_owned()),
            ..RefundRequest::new("RF-000009", payment(), money(5_000))
        }),
        Api::InquiryRefund => one(&InquiryRefundRequest::by_request_id("RF-000009")),
        Api::SendInbox => one(&message(MessageChannel::Inbox)),
        Api::SendPush => one(&message(MessageChannel::Push)),
    }
}

fn one(body: &impl WireBody) -> Vec<Example> {
    vec![("request", json(body))]
}

fn prepare() -> PrepareRequest {
    PrepareRequest {
        agreed_amount: Some(money(5_000)),
        ..PrepareRequest::new(Language::EnUs, "Fresh Box: 5,000 IQD each month until you end it.")
    }
}

fn pays() -> Vec<Example> {
    let notify = |mut request: PayRequest| {
        request.payment_notify_url = Some("https://shop.example.com/hooks/payment".to_owned());
        json(&request)
    };
    let of = |make: fn(&'static str, Money, &'static str, &'static str) -> PayRequest| {
        let mut request = make(REQUEST, money(25_000), "Headphones", CUSTOMER);
        request.payment_redirect_url = Some("https://shop.example.com/done".to_owned());
        notify(request)
    };
    vec![
        ("agreement", notify(PayRequest::agreement("SUB-2026-02-000311", TOKEN, money(5_000), "Fresh Box, February"))),
        ("cashier", of(PayRequest::cashier)),
        ("authAndCapture", of(PayRequest::auth_capture)),
        ("escrow", of(PayRequest::escrow)),
        ("inStore", notify(PayRequest::in_store(REQUEST, "281234567890123456", money(2_000), "Tea and cake"))),
    ]
}

fn message(channel: MessageChannel) -> SendMessageRequest {
    let words = TemplateParameters {
        title: "Order shipped".to_owned(),
        content: "Your order is on its way.".to_owned(),
        url: Some("mini://platformapi/startapp?_ariver_appid=100001".to_owned()),
    };
    let template = ContentTemplate { language: Some("en-US".to_owned()), template_parameters: words };
    SendMessageRequest::new(channel, "MSG-000001", TOKEN, template)
}

/// Answers of `api`, together with every member that an answer can have.
pub fn answers(api: Api) -> Vec<Example> {
    let request_id = REQUEST.to_owned();
    let amount = Amount(money(25_000));
    match api {
        Api::Prepare => success(&PrepareResponse::success("https://wallet.example.iq/authorize?authId=9F".to_owned())),
        Api::ApplyToken => success(&ApplyTokenResponse::success(
            (TOKEN.to_owned(), on(16)),
            ("RT19c4e7b3a05d4f2c8e6b7a90d1f35c84b2e6f0".to_owned(), on(16)),
            CustomerId::new(CUSTOMER),
        )),
        Api::CancelToken => success(&CancelTokenResponse::success()),
        Api::InquiryUserInfo => success(&InquiryUserInfoResponse::success(user())),
        Api::InquiryUserCardList => success(&InquiryUserCardListResponse::success(vec![UserCard {
            masked_card_no: "501234******0001".to_owned(),
            account_number: "7700000001".to_owned(),
        }])),
        Api::InquiryUserAccountList => success(&InquiryUserAccountListResponse::success(vec![UserAccount {
            account_number: "7700000001".to_owned(),
        }])),
        Api::InquiryMerchantInfo => success(&InquiryMerchantInfoResponse::success(MerchantInfo {
            merchant_id: Some(MerchantId::new("M000000000001")),
            merchant_name: Some("Zaytoun Market".to_owned()),
            merchant_logo: Some("https://wallet.example.iq/zaytoun.png".to_owned()),
        })),
        Api::Pay => vec![
            ("paid", json(&PayResponse::paid(payment(), request_id.clone(), on(15)))),
            ("cashier", json(&PayResponse::accepted(payment(), request_id.clone(), cashier()))),
            ("held", json(&PayResponse::held(payment(), request_id, on(22)))),
        ],
        Api::InquiryPayment => vec![("paid", json(&paid(amount))), ("failed", json(&failed(amount)))],
        Api::Cancel => success(&CancelResponse::success(payment(), request_id, on(15))),
        Api::Capture => success(&CaptureResponse::success(
            (operation(), "CAP-000004".to_owned()),
            payment(),
            Amount(money(20_000)),
            on(16),
        )),
        Api::Void => success(&VoidResponse::success(operation(), "VOID-000002".to_owned(), on(15))),
        Api::MerchantAccept => success(&MerchantAcceptResponse::success(payment(), request_id)),
        Api::Confirm => success(&ConfirmResponse::success((operation(), "CONF-000002".to_owned()), payment(), on(17))),
        Api::Refund => success(&RefundResponse::success(operation(), "RF-000009".to_owned(), on(18))),
        Api::InquiryRefund => success(&refunded()),
        Api::SendInbox | Api::SendPush => {
            success(&SendMessageResponse::success(MessageId::new("20260115150000M000001")))
        }
    }
}

fn success(body: &impl WireBody) -> Vec<Example> {
    vec![("success", json(body))]
}

fn cashier() -> String {
    "https://wallet.example.iq/cashier?orderId=4B7E1C09D2F84A6695E3A7C1088F2D4E".to_owned()
}

fn user() -> UserInfo {
    let name = |full: &str, first: &str, second: &str, third: &str| UserName {
        full_name: full.to_owned(),
        first_name: first.to_owned(),
        second_name: second.to_owned(),
        third_name: third.to_owned(),
        last_name: String::new(),
    };
    UserInfo {
        login_id_infos: vec![LoginIdInfo {
            login_id_type: "MOBILE_PHONE".to_owned(),
            login_id: Some("9647700000001".to_owned()),
            mask_login_id: Some("964******0001".to_owned()),
            hash_login_id: Some("2f0c".to_owned()),
        }],
        user_name: Some(name("Sara Ali Hasan", "Sara", "Ali", "Hasan")),
        user_name_in_arabic: Some(name("سارة علي حسن", "سارة", "علي", "حسن")),
        avatar: Some("https://wallet.example.iq/sara.png".to_owned()),
        gender: Some("FEMALE".to_owned()),
        birth_date: Some("1994-03-09".to_owned()),
        nationality: Some("IQ".to_owned()),
        contact_infos: vec![ContactInfo {
            contact_type: "MOBILE_PHONE".to_owned(),
            contact_no: "9647700000001".to_owned(),
        }],
        ..UserInfo::of(CustomerId::new(CUSTOMER))
    }
}

fn paid(amount: Amount) -> InquiryPaymentResponse {
    let capture = Transaction {
        transaction_id: operation(),
        transaction_request_id: Some("CAP-000004".to_owned()),
        transaction_type: TransactionType::Capture,
        transaction_status: OperationStatus::Success,
        transaction_amount: Some(Amount(money(20_000))),
        transaction_time: Some(on(16)),
    };
    InquiryPaymentResponse {
        payment_time: Some(on(16)),
        auth_expiry_time: Some(on(22)),
        transactions: Some(vec![capture]),
        ..InquiryPaymentResponse::found(payment(), REQUEST.to_owned(), amount, PaymentStatus::Success)
    }
}

fn failed(amount: Amount) -> InquiryPaymentResponse {
    let reason = format!("{}: {}", ResultCode::OrderIsClosed, ResultCode::OrderIsClosed.message());
    InquiryPaymentResponse {
        payment_fail_reason: Some(reason),
        ..InquiryPaymentResponse::found(payment(), REQUEST.to_owned(), amount, PaymentStatus::Fail)
    }
}

fn refunded() -> InquiryRefundResponse {
    let amount = Amount(money(5_000));
    InquiryRefundResponse {
        refund_reason: Some("Damaged box".to_owned()),
        refund_time: Some(on(18)),
        ..InquiryRefundResponse::found(operation(), "RF-000009".to_owned(), amount, OperationStatus::Success)
    }
}

/// What the wallet sends by itself, by the name of the notice.
pub fn notices(name: &str) -> Vec<Example> {
    let ids = (payment(), REQUEST.to_owned());
    let amount = Amount(money(25_000));
    match name {
        "paymentNotify" => {
            let ended = |result, paid_at| json(&PaymentNotification::new(result, ids.clone(), amount, on(15), paid_at));
            vec![
                ("paid", ended(ResultBody::success(), Some(on(15)))),
                ("failed", ended(ResultBody::of(ResultCode::OrderIsClosed), None)),
                ("held", json(&PaymentNotification::held(ids.clone(), amount, on(15)))),
            ]
        }
        "refundNotify" => {
            let (refund, amount) = ((operation(), "RF-000009".to_owned()), Amount(money(5_000)));
            let ended = RefundNotification::new(refund, ids, amount, OperationStatus::Success);
            let reason = Some("Damaged box".to_owned());
            vec![("refunded", json(&RefundNotification { refund_reason: reason, refund_time: Some(on(18)), ..ended }))]
        }
        "voidNotify" => {
            let void = (operation(), "VOID-000002".to_owned());
            let given_back = VoidNotification::new(void, payment(), Amount(money(8_000)), on(15), VoidSource::Merchant);
            vec![("voided", json(&VoidNotification { extend_info: Some("{}".to_owned()), ..given_back }))]
        }
        _ => {
            let notice = |end| {
                let (token, customer) = (TOKEN.to_owned(), CustomerId::new(CUSTOMER));
                json(&ContractStatusNotification::new(token, customer, on(15).instant(), end))
            };
            vec![("began", notice(None)), ("ended", notice(Some(ContractEnd::User)))]
        }
    }
}

/// What a merchant answers to a notice.
pub fn acknowledgement() -> Value {
    json(&Ack::success())
}
