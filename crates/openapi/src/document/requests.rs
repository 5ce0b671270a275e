//! What may be sent to each endpoint (spec/qicard.md 5 to 7, openapi.md 3). The tests drive the real parsers with what
//! these tables say, and hold the names that the parsers read against them.

use super::shape::{Member, Request, Shape, When, may, must};
use crate::Api;

/// The body of a request to `api`.
pub const fn of(api: Api) -> Request {
    match api {
        Api::Prepare => Request::of(PREPARE),
        Api::ApplyToken => Request { members: APPLY_TOKEN, either: &[], when: APPLY_TOKEN_WHEN },
        Api::CancelToken => Request::of(CANCEL_TOKEN),
        Api::InquiryUserInfo | Api::InquiryUserCardList | Api::InquiryUserAccountList | Api::InquiryMerchantInfo => {
            Request::of(ACCESS_TOKEN)
        }
        Api::Pay => Request { members: PAY, either: &[("order", "extraParams")], when: PAY_WHEN },
        Api::InquiryPayment | Api::Cancel | Api::MerchantAccept => {
            Request { members: ABOUT_PAYMENT, either: EITHER_PAYMENT, when: &[] }
        }
        Api::Capture => Request { members: CAPTURE, either: EITHER_PAYMENT, when: &[] },
        Api::Void => Request { members: VOID, either: EITHER_PAYMENT, when: VOID_WHEN },
        Api::Confirm => Request {
            members: CONFIRM,
            either: &[("confirmRequestId", "confrimRequestId"), ("paymentId", "paymentRequestId")],
            when: &[],
        },
        Api::Refund => Request { members: REFUND, either: EITHER_PAYMENT, when: &[] },
        Api::InquiryRefund => {
            Request { members: INQUIRY_REFUND, either: &[("refundId", "refundRequestId")], when: &[] }
        }
        Api::SendInbox => Request::of(SEND_INBOX),
        Api::SendPush => Request::of(SEND_PUSH),
    }
}

const EITHER_PAYMENT: &[(&str, &str)] = &[("paymentId", "paymentRequestId")];

const EXTEND_INFO: Member = may("extendInfo", Shape::ExtendInfo, "Anything you want to say. At most 4096 characters.");
const TOKEN: Member = must("accessToken", Shape::Text(128), "The user's token, from applyToken.");
const AUTH_CLIENT_ID: Member =
    may("authClientId", Shape::Text(128), "Another name for you, read for sibling wallets' clients: your Client-Id.");
const REFERENCE_CLIENT_ID: Member = may(
    "referenceClientId",
    Shape::Text(128),
    "A business line of yours. The same in prepare, in the JSAPI's subClientId and in applyToken.",
);
const PAYMENT_ID: Member =
    may("paymentId", Shape::Text(64), "The wallet's id of the payment. Wins over the other one.");
const PAYMENT_REQUEST_ID: Member = may("paymentRequestId", Shape::Text(64), "Your id of the payment.");

const PREPARE: &[Member] = &[
    must("scopes", Shape::Word(&["AGREEMENT_PAY"]), "A single scope, as a text."),
    must("extendInfo", Shape::JsonText(TERMS, 4096), "The terms, as a JSON text."),
    REFERENCE_CLIENT_ID,
];

const TERMS: &[Member] = &[
    must("language", Shape::Word(&["en-US", "ar-IQ"]), "The language of the signing page."),
    must(
        "contractDesc",
        Shape::Text(1024),
        "What the user reads before agreeing. Plain text, shown escaped, not only spaces.",
    ),
    may("contractTitle", Shape::Text(256), "A heading."),
    may(
        "agreedAmount",
        Shape::Amount,
        "The most that one charge may be. Absent means that the contract sets no limit.",
    ),
    may("startTime", Shape::Date, "No charge before this day."),
    may("contractStatusNotifyUrl", Shape::HttpUrl(1024), "Where you are told that the contract began or ended."),
];

const APPLY_TOKEN: &[Member] = &[
    must("grantType", Shape::Word(&["AUTHORIZATION_CODE", "REFRESH_TOKEN"]), "What you exchange."),
    may("authCode", Shape::Text(64), "The code of my.getAuthCode or qicardSignContract, with AUTHORIZATION_CODE."),
    may("refreshToken", Shape::Text(128), "The refresh token, with REFRESH_TOKEN."),
    REFERENCE_CLIENT_ID,
    AUTH_CLIENT_ID,
    EXTEND_INFO,
];

const APPLY_TOKEN_WHEN: &[When] = &[
    When::needs("grantType", &["AUTHORIZATION_CODE"], "authCode"),
    When::needs("grantType", &["REFRESH_TOKEN"], "refreshToken"),
];

const CANCEL_TOKEN: &[Member] = &[TOKEN, EXTEND_INFO];

const ACCESS_TOKEN: &[Member] = &[TOKEN, AUTH_CLIENT_ID, EXTEND_INFO];

const PAY: &[Member] = &[
    must("productCode", Shape::Word(PRODUCTS), "Which flow it takes; see the examples."),
    must("paymentRequestId", Shape::Id(64), "Your id of the payment: repeating it with the same content pays once."),
    may(
        "paymentAuthCode",
        Shape::Text(128),
        "The access token of an agreement, or in a shop the code that the user shows. Ignored on other products.",
    ),
    must("paymentAmount", Shape::Amount, "How much."),
    may("order", Shape::Object(ORDER), "What is bought, for the user to read. No money moves on it."),
    may("paymentExpiryTime", Shape::Instant, "An order that nobody has paid closes then."),
    may("paymentRedirectUrl", Shape::HttpUrl(1024), "Where the cashier sends the user afterwards."),
    may("paymentReturnUrl", Shape::HttpUrl(1024), "Another name for paymentRedirectUrl."),
    may("paymentNotifyUrl", Shape::HttpUrl(1024), "Where you are told how the payment ended."),
    may("voidNotifyUrl", Shape::HttpUrl(2048), "Where you are told that held money went back."),
    may("paymentOrderTitle", Shape::Text(256), "A title for the user to read."),
    may(
        "paymentFactor",
        Shape::Object(PAYMENT_FACTOR),
        "Flags of sibling wallets. They may only agree with productCode.",
    ),
    may("extraParams", Shape::JsonText(EXTRA_PARAMS, 16_384), "Where sibling wallets' clients put the order."),
    EXTEND_INFO,
];

const PRODUCTS: &[&str] = &[
    "51051000101000000011",
    "51051000101000000012",
    "51051000101000100031",
    "51051000101000100008",
    "IN_STORE_PAYMENT",
    "CASHIER_PAYMENT",
    "AGREEMENT_PAYMENT",
];

const ORDER: &[Member] = &[
    must("orderDescription", Shape::Text(256), "What the user reads."),
    may("referenceOrderId", Shape::Text(64), "Your id of the order."),
    may("buyer", Shape::Object(BUYER), "Who buys."),
];

const BUYER: &[Member] = &[may(
    "referenceBuyerId",
    Shape::Text(64),
    "The customerId of applyToken: then nobody else can pay or see the order. Any other text leaves it to whoever confirms.",
)];

const EXTRA_PARAMS: &[Member] =
    &[must("ORDER", Shape::JsonText(ORDER, 16_384), "The order, read when the member order is absent.")];

const PAYMENT_FACTOR: &[Member] = &[
    may("isAgreementPay", Shape::Flag, "Only true with agreement payment."),
    may("isCashierPayment", Shape::Flag, "Only true with a product that has a cashier."),
    may("isPaymentCode", Shape::Flag, "Only true with IN_STORE_PAYMENT."),
    may("isAuthorizationPayment", Shape::Flag, "Makes CASHIER_PAYMENT the product 51051000101000000012."),
    may("isPaymentEvaluation", Shape::Only(false), "Not offered."),
    may("isOrderCode", Shape::Only(false), "Not offered."),
    may("isAuthorizationAndPay", Shape::Only(false), "Not offered."),
];

const WITH_CASHIER: &[&str] =
    &["51051000101000000011", "51051000101000000012", "51051000101000100008", "CASHIER_PAYMENT"];
const WITH_AGREEMENT: &[&str] = &["51051000101000100031", "AGREEMENT_PAYMENT"];
const WITH_CODE: &[&str] = &["IN_STORE_PAYMENT"];
const WITH_CAPTURE: &[&str] = &["51051000101000000012", "CASHIER_PAYMENT"];

const PAY_WHEN: &[When] = &[
    When::needs("productCode", WITH_AGREEMENT, "paymentAuthCode"),
    When::needs("productCode", WITH_CODE, "paymentAuthCode"),
    When::needs("productCode", WITH_CASHIER, "order.buyer.referenceBuyerId"),
    When::only_with("paymentFactor.isAgreementPay", "productCode", WITH_AGREEMENT),
    When::only_with("paymentFactor.isCashierPayment", "productCode", WITH_CASHIER),
    When::only_with("paymentFactor.isPaymentCode", "productCode", WITH_CODE),
    When::only_with("paymentFactor.isAuthorizationPayment", "productCode", WITH_CAPTURE),
];

const ABOUT_PAYMENT: &[Member] = &[PAYMENT_ID, PAYMENT_REQUEST_ID, EXTEND_INFO];

const CAPTURE: &[Member] = &[
    must(
        "captureRequestId",
        Shape::Id(64),
        "Your id of the capture: repeating it with the same content captures once.",
    ),
    PAYMENT_ID,
    PAYMENT_REQUEST_ID,
    may("captureAmount", Shape::Amount, "How much; absent means all of it. The rest goes back to the payer."),
    may("isLastCapture", Shape::Only(true), "There is one capture, so it is the last."),
    EXTEND_INFO,
];

const VOID: &[Member] = &[
    must("voidRequestId", Shape::Id(64), "Your id of the void: repeating it with the same content gives back once."),
    PAYMENT_ID,
    PAYMENT_REQUEST_ID,
    may("voidAmount", Shape::Amount, "How much; absent means all that is left, which closes the order."),
    may("voidRemainingAmount", Shape::Flag, "True in the place of voidAmount, never beside it: all that is left."),
    EXTEND_INFO,
];

const VOID_WHEN: &[When] = &[When::needs("voidRemainingAmount", &["false"], "voidAmount")];

const CONFIRM: &[Member] = &[
    may("confirmRequestId", Shape::Id(64), "Your id of the confirmation: repeating it confirms once."),
    may("confrimRequestId", Shape::Id(64), "The same, as the wallet's first documents spell it."),
    PAYMENT_ID,
    PAYMENT_REQUEST_ID,
    EXTEND_INFO,
];

const REFUND: &[Member] = &[
    must("refundRequestId", Shape::Id(64), "Your id of the refund: repeating it with the same content refunds once."),
    PAYMENT_ID,
    PAYMENT_REQUEST_ID,
    may("captureId", Shape::Text(64), "Which capture of the payment."),
    must("refundAmount", Shape::Amount, "How much. All refunds together cannot exceed what was paid or captured."),
    may("refundReason", Shape::Text(256), "Why."),
    may("refundNotifyUrl", Shape::HttpUrl(1024), "Where you are told how the refund ended."),
    EXTEND_INFO,
];

const INQUIRY_REFUND: &[Member] = &[
    may("refundId", Shape::Text(64), "The wallet's id of the refund. Wins over the other one."),
    may("refundRequestId", Shape::Text(64), "Your id of the refund."),
    EXTEND_INFO,
];

const REQUEST_ID: Member =
    must("requestId", Shape::Id(128), "Your id of the message: repeating it with the same content sends once.");
const TEMPLATES: Member = must("templates", Shape::List(TEMPLATE, 5), "The words, once for each language.");

const SEND_INBOX: &[Member] = &[
    TOKEN,
    REQUEST_ID,
    must("templateCode", Shape::Word(&["MINI_APP_COMMON_INBOX"]), "The only template."),
    TEMPLATES,
    AUTH_CLIENT_ID,
    EXTEND_INFO,
];

const SEND_PUSH: &[Member] = &[
    TOKEN,
    REQUEST_ID,
    must("templateCode", Shape::Word(&["MINI_APP_COMMON_PUSH"]), "The only template."),
    TEMPLATES,
    AUTH_CLIENT_ID,
    EXTEND_INFO,
];

const TEMPLATE: &[Member] = &[
    may("language", Shape::Text(35), "A language tag, such as en-US."),
    must("templateParameters", Shape::Object(WORDS), "The words."),
];

const WORDS: &[Member] = &[
    must("Title", Shape::Text(128), "The heading."),
    must("Content", Shape::Text(1024), "The text."),
    may("Url", Shape::Text(1024), "Where it leads, such as mini://platformapi/startapp?_ariver_appid=APPID."),
];
