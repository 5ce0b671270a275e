//! What the wallet tells merchants by itself (spec/qicard.md 7.3, 7.8, openapi.md 3.4, 3.15 to 3.17).

use super::answers::OPERATION_STATUSES;
use super::shape::{Member, Shape, may, must};

/// Who ends contracts.
pub const CONTRACT_ENDS: &[&str] = &["USER", "MERCHANT", "WALLET", "EXPIRED"];

/// Whether a contract can be charged.
pub const CONTRACT_STATUSES: &[&str] = &["VALID", "INVALID"];

/// Who gives held money back.
pub const VOID_SOURCES: &[&str] = &["MERCHANT", "USER", "SYSTEM"];

/// Something the wallet tells a merchant.
pub struct Notice {
    /// Its name in the document.
    pub name: &'static str,
    /// What it is about.
    pub about: &'static str,
    /// Its body.
    pub members: &'static [Member],
}

/// All of them.
pub const NOTICES: &[Notice] = &[
    Notice {
        name: "paymentNotify",
        about: "To paymentNotifyUrl: a payment ended, or its money is held (paymentStatus AUTH_SUCCESS).",
        members: PAYMENT_NOTICE,
    },
    Notice { name: "refundNotify", about: "To refundNotifyUrl: a refund ended.", members: REFUND_NOTICE },
    Notice { name: "voidNotify", about: "To voidNotifyUrl: held money went back to the payer.", members: VOID_NOTICE },
    Notice {
        name: "contractStatusNotify",
        about: "To contractStatusNotifyUrl: a contract began or ended.",
        members: CONTRACT_NOTICE,
    },
];

const PAYMENT_NOTICE: &[Member] = &[
    must("paymentResult", Shape::Result, "S SUCCESS, or F and the code of the failure."),
    must("paymentId", Shape::Text(64), "The wallet's id."),
    must("paymentRequestId", Shape::Text(64), "Your id."),
    may("extendInfo", Shape::Text(2048), "JSON text."),
    may("paymentTime", Shape::Instant, "When it was paid."),
    must("paymentAmount", Shape::Amount, "How much."),
    may("paymentCreateTime", Shape::Instant, "When you asked for it."),
    may("paymentStatus", Shape::Word(&["AUTH_SUCCESS"]), "Only of money that is held and not paid yet."),
];

const REFUND_NOTICE: &[Member] = &[
    must("refundId", Shape::Text(64), "The wallet's id."),
    must("refundRequestId", Shape::Text(64), "Your id."),
    may("paymentId", Shape::Text(64), "The payment."),
    may("paymentRequestId", Shape::Text(64), "Your id of the payment."),
    may("refundAmount", Shape::Amount, "How much."),
    may("refundReason", Shape::Text(256), "Why, as you said it."),
    may("refundTime", Shape::Instant, "When your balance was debited."),
    must("refundStatus", Shape::Word(OPERATION_STATUSES), "How it ended."),
];

const VOID_NOTICE: &[Member] = &[
    must("voidResult", Shape::Result, "S SUCCESS."),
    must("voidRequestId", Shape::Text(64), "Your id; the wallet's own when it gave the money back by itself."),
    may("voidId", Shape::Text(64), "The wallet's id."),
    must("paymentId", Shape::Text(64), "The payment."),
    may("voidAmount", Shape::Amount, "How much."),
    may("voidTime", Shape::Instant, "When."),
    may("voidSource", Shape::Word(VOID_SOURCES), "By whom."),
    may("extendInfo", Shape::Text(4096), "JSON text."),
];

const CONTRACT_NOTICE: &[Member] = &[
    must("accessToken", Shape::Text(128), "The token of the contract."),
    must("contractStatus", Shape::Word(CONTRACT_STATUSES), "How it stands now."),
    may("modifyTime", Shape::Text(20), "Unix seconds of the change, as digits."),
    may("customerId", Shape::Text(64), "The user, as you know them."),
    may("reason", Shape::Word(CONTRACT_ENDS), "Who or what ended it."),
];
