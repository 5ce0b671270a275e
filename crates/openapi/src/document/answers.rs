//! What each endpoint answers (spec/qicard.md 5 to 7, openapi.md 3).

use super::shape::{Member, Shape, may, must};
use crate::Api;

/// The body of an answer of `api`. All members but `result` are there when they apply, most with `S` only.
pub const fn of(api: Api) -> &'static [Member] {
    match api {
        Api::Prepare => PREPARE,
        Api::ApplyToken => APPLY_TOKEN,
        Api::CancelToken => &[RESULT],
        Api::InquiryUserInfo => USER,
        Api::InquiryUserCardList => CARDS,
        Api::InquiryUserAccountList => ACCOUNTS,
        Api::InquiryMerchantInfo => MERCHANT,
        Api::Pay => PAY,
        Api::InquiryPayment => INQUIRY_PAYMENT,
        Api::Cancel => CANCEL,
        Api::Capture => CAPTURE,
        Api::Void => VOID,
        Api::MerchantAccept => &[RESULT, PAYMENT_ID, PAYMENT_REQUEST_ID],
        Api::Confirm => CONFIRM,
        Api::Refund => REFUND,
        Api::InquiryRefund => INQUIRY_REFUND,
        Api::SendInbox | Api::SendPush => MESSAGE,
    }
}

/// More of a list than is ever sent.
const MANY: usize = 1000;

const RESULT: Member = must("result", Shape::Result, "How the call ended. Branch on resultStatus.");
const PAYMENT_ID: Member = may("paymentId", Shape::Text(64), "The wallet's id of the payment.");
const PAYMENT_REQUEST_ID: Member = may("paymentRequestId", Shape::Text(64), "Your id of the payment.");
const AUTH_EXPIRY_TIME: Member = may("authExpiryTime", Shape::Instant, "Until when held money can be taken.");

/// `PROCESSING`, `SUCCESS`, `FAIL` of a refund or transaction.
pub const OPERATION_STATUSES: &[&str] = &["PROCESSING", "SUCCESS", "FAIL"];
/// The statuses of a payment.
pub const PAYMENT_STATUSES: &[&str] = &["PROCESSING", "AUTH_SUCCESS", "SUCCESS", "FAIL"];
/// What transactions do.
pub const TRANSACTION_TYPES: &[&str] = &["CAPTURE", "VOID", "REFUND", "CANCEL"];

const PREPARE: &[Member] =
    &[RESULT, may("authUrl", Shape::HttpUrl(256), "The signing page, for my.call(\"qicardSignContract\", {authUrl}).")];

const APPLY_TOKEN: &[Member] = &[
    RESULT,
    may("accessToken", Shape::Text(128), "The token that pays or reads. Keep it on your server."),
    may("accessTokenExpiryTime", Shape::Instant, "Until when it is good."),
    may("refreshToken", Shape::Text(128), "Gets the next pair of tokens, without the user."),
    may("refreshTokenExpiryTime", Shape::Instant, "Until when it is good."),
    may("customerId", Shape::Text(64), "The user, as you know them. The same value as userInfo.userId."),
];

const USER: &[Member] = &[RESULT, may("userInfo", Shape::Object(USER_INFO), "What the scopes show.")];

const USER_INFO: &[Member] = &[
    must("userId", Shape::Text(64), "The user, as you know them."),
    may("loginIdInfos", Shape::List(LOGIN_ID, MANY), "Scopes USER_LOGIN_ID and HASH_LOGIN_ID."),
    may("userName", Shape::Object(NAME), "Scopes USER_NAME and auth_user."),
    may("userNameInArabic", Shape::Object(NAME), "Scopes USER_NAME and auth_user."),
    may("avatar", Shape::Text(256), "URL of a picture. Scopes USER_AVATAR and auth_user."),
    may("gender", Shape::Text(32), "MALE or FEMALE. Scopes USER_GENDER and auth_user."),
    may("birthDate", Shape::Date, "Scopes USER_BIRTHDAY and auth_user."),
    may("nationality", Shape::Text(32), "Two letters of ISO 3166. Scopes USER_NATIONALITY and auth_user."),
    may("contactInfos", Shape::List(CONTACT, MANY), "Scopes USER_CONTACTINFO and auth_user."),
];

const LOGIN_ID: &[Member] = &[
    must("loginIdType", Shape::Text(64), "MOBILE_PHONE or EMAIL."),
    may("loginId", Shape::Text(64), "As typed at log-in."),
    may("maskLoginId", Shape::Text(64), "With the middle starred out."),
    may("hashLoginId", Shape::Text(256), "Hex HMAC-SHA-256 under a key of its own for each merchant."),
];

const NAME: &[Member] = &[
    must("fullName", Shape::Text(256), "All parts in one text."),
    must("firstName", Shape::Text(256), "First name."),
    must("secondName", Shape::Text(256), "Father's name."),
    must("thirdName", Shape::Text(256), "Grandfather's name."),
    must("lastName", Shape::Text(256), "Family name."),
];

const CONTACT: &[Member] = &[
    must("contactType", Shape::Text(32), "MOBILE_PHONE, TELEPHONE or EMAIL."),
    must("contactNo", Shape::Text(64), "The number or address."),
];

const CARDS: &[Member] = &[RESULT, may("cardList", Shape::List(CARD, MANY), "The cards; may be empty.")];

const CARD: &[Member] = &[
    must("maskedCardNo", Shape::Text(64), "The card's number with the middle starred out."),
    must("accountNumber", Shape::Text(64), "The account behind it."),
];

const ACCOUNTS: &[Member] = &[RESULT, may("accountList", Shape::List(ACCOUNT, MANY), "The accounts.")];

const ACCOUNT: &[Member] = &[must("accountNumber", Shape::Text(64), "Its number.")];

const MERCHANT: &[Member] = &[RESULT, may("merchantInfo", Shape::Object(MERCHANT_INFO), "What the scopes show.")];

const MERCHANT_INFO: &[Member] = &[
    may("merchantId", Shape::Text(64), "Scope MERCHANT_ID."),
    may("merchantName", Shape::Text(256), "Scope MERCHANT_NAME."),
    may("merchantLogo", Shape::Text(1024), "URL of a picture. Scope MERCHANT_NAME."),
];

const PAY: &[Member] = &[
    RESULT,
    PAYMENT_ID,
    PAYMENT_REQUEST_ID,
    may("paymentTime", Shape::Instant, "When it was paid."),
    may("redirectActionForm", Shape::Object(FORM), "The cashier, with A."),
    AUTH_EXPIRY_TIME,
];

const FORM: &[Member] = &[
    must("method", Shape::Word(&["GET"]), "How the page is opened."),
    must("redirectUrl", Shape::HttpUrl(2048), "The cashier, for my.tradePay({paymentUrl})."),
    must("redirectionUrl", Shape::HttpUrl(2048), "The same under another name."),
];

const INQUIRY_PAYMENT: &[Member] = &[
    RESULT,
    PAYMENT_ID,
    PAYMENT_REQUEST_ID,
    may("paymentAmount", Shape::Amount, "How much."),
    may("paymentTime", Shape::Instant, "When it was paid."),
    may("paymentStatus", Shape::Word(PAYMENT_STATUSES), "How it stands. Only SUCCESS means paid."),
    may("paymentFailReason", Shape::Text(256), "Why it failed: a result code and its text."),
    AUTH_EXPIRY_TIME,
    may("transactions", Shape::List(TRANSACTION, MANY), "What happened to it since."),
];

const TRANSACTION: &[Member] = &[
    must("transactionId", Shape::Text(64), "captureId, confirmId, voidId, refundId, or the id of a cancellation."),
    may("transactionRequestId", Shape::Text(64), "Your id of it."),
    must("transactionType", Shape::Word(TRANSACTION_TYPES), "What it did. A confirmation is a CAPTURE."),
    must("transactionStatus", Shape::Word(OPERATION_STATUSES), "How it stands."),
    may("transactionAmount", Shape::Amount, "How much; absent when nothing moved."),
    may("transactionTime", Shape::Instant, "When."),
];

const CANCEL: &[Member] =
    &[RESULT, PAYMENT_ID, PAYMENT_REQUEST_ID, may("cancelTime", Shape::Instant, "When it was cancelled first.")];

const CAPTURE: &[Member] = &[
    RESULT,
    may("captureId", Shape::Text(64), "The wallet's id of the capture."),
    may("captureRequestId", Shape::Text(64), "Your id of it."),
    PAYMENT_ID,
    may("captureAmount", Shape::Amount, "How much was captured."),
    may("captureTime", Shape::Instant, "When."),
];

const VOID: &[Member] = &[
    RESULT,
    may("voidId", Shape::Text(64), "The wallet's id of the void."),
    may("voidRequestId", Shape::Text(64), "Your id of it."),
    may("voidTime", Shape::Instant, "When."),
];

const CONFIRM: &[Member] = &[
    RESULT,
    may("confirmId", Shape::Text(64), "The wallet's id of the confirmation."),
    may("confirmRequestId", Shape::Text(64), "Your id of it."),
    may("confirmTime", Shape::Instant, "When."),
    may("confrimId", Shape::Text(64), "confirmId, as the wallet's first documents spell it."),
    may("confrimRequestId", Shape::Text(64), "confirmRequestId, as the wallet's first documents spell it."),
    may("confrimTime", Shape::Instant, "confirmTime, as the wallet's first documents spell it."),
    PAYMENT_ID,
];

const REFUND: &[Member] = &[
    RESULT,
    may("refundId", Shape::Text(64), "The wallet's id of the refund."),
    may("refundRequestId", Shape::Text(64), "Your id of it."),
    may("refundTime", Shape::Instant, "When your balance was debited."),
];

const INQUIRY_REFUND: &[Member] = &[
    RESULT,
    may("refundId", Shape::Text(64), "The wallet's id of the refund."),
    may("refundRequestId", Shape::Text(64), "Your id of it."),
    may("refundAmount", Shape::Amount, "How much."),
    may("refundReason", Shape::Text(256), "Why, as you said it."),
    may("refundTime", Shape::Instant, "When your balance was debited."),
    may("refundStatus", Shape::Word(OPERATION_STATUSES), "How it stands."),
    may("refundFailReason", Shape::Text(256), "Why it failed."),
];

const MESSAGE: &[Member] = &[RESULT, may("messageId", Shape::Text(258), "The wallet's id of the message.")];
