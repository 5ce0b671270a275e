//! What happened to a payment after it was made: rows that are written once, each for one request of the merchant's
//! (spec/qicard.md 7.4 to 7.10, openapi.md 4.16).

use crate::{Hash, Illegal};
use mithaq_types::{ClientId, Money, OperationId, PaymentId, Timestamp};
use serde::{Deserialize, Serialize};

/// What was done, or was to be done.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum OperationKind {
    /// The merchant took what was held, or a part of it.
    Capture,
    /// The merchant took what was held, because the buyer has the goods.
    Confirm,
    /// What was held went back, or a part of it.
    Void,
    /// What was taken went back, or a part of it.
    Refund,
    /// All of it went back at once.
    Cancel,
}

impl OperationKind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Capture, Self::Confirm, Self::Void, Self::Refund, Self::Cancel];

    /// Its name on the wire and in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Capture => "CAPTURE",
            Self::Confirm => "CONFIRM",
            Self::Void => "VOID",
            Self::Refund => "REFUND",
            Self::Cancel => "CANCEL",
        }
    }
}

/// Who wanted it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum OperationBy {
    /// The merchant.
    Merchant,
    /// Time: a hold ran out.
    System,
}

/// Why it was not done, for good: the same request cannot succeed later.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum OperationRefusal {
    /// Payments of this product never do that.
    Unsupported,
    /// The payment was not in a state for it.
    Status,
    /// The operator had stopped the payment.
    Frozen,
    /// Nothing was held.
    NeverHeld,
    /// What was held had gone back because time was up.
    HoldExpired,
    /// What was held had gone back.
    HoldCancelled,
    /// It was more than what was held.
    ExceedsHold,
    /// It was more than what could be refunded.
    ExceedsTaken,
    /// It was too late.
    Window,
    /// The payment is in another currency.
    Currency,
    /// The merchant had not enough.
    MerchantBalance,
    /// The merchant is suspended.
    MerchantSuspended,
}

impl OperationRefusal {
    /// The refusal that a rule of the state machine is, where it is final. What only runs, or is not due, is not.
    #[must_use]
    pub const fn of(illegal: Illegal) -> Option<Self> {
        Some(match illegal {
            Illegal::Unsupported => Self::Unsupported,
            Illegal::Frozen => Self::Frozen,
            Illegal::NeverHeld => Self::NeverHeld,
            Illegal::HoldExpired => Self::HoldExpired,
            Illegal::HoldCancelled => Self::HoldCancelled,
            Illegal::ExceedsHold => Self::ExceedsHold,
            Illegal::ExceedsTaken => Self::ExceedsTaken,
            Illegal::Window => Self::Window,
            Illegal::Status | Illegal::OrderExpired | Illegal::OrderCancelled | Illegal::OrderPaid => Self::Status,
            Illegal::Accepted | Illegal::Running | Illegal::NotDue => return None,
        })
    }
}

/// How it ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum OperationOutcome {
    /// Done.
    Done,
    /// Refused, for good.
    Refused(OperationRefusal),
}

/// An operation. Written once, with its outcome.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PaymentOperation {
    /// 35 digits, date first.
    pub operation_id: OperationId,
    /// What.
    pub kind: OperationKind,
    /// Of which payment.
    pub payment_id: PaymentId,
    /// Who asked; for what time did, the payment's client.
    pub client_id: ClientId,
    /// The merchant's id of it, unique among that client's of this kind; for what time did, the operation's own.
    pub request_id: String,
    /// SHA-256 of what must be equal when the request is repeated.
    pub content: Hash,
    /// How much.
    pub amount: Money,
    /// How it ended.
    pub outcome: OperationOutcome,
    /// Who wanted it.
    pub by: OperationBy,
    /// Why, in the merchant's words.
    pub reason: Option<String>,
    /// Where the merchant wants to hear of it.
    pub notify_url: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// The request id under which a refund through the gateway is kept: its `out_request_no` is unique within one trade only
/// (spec/alipay-agreement.md 2.8).
#[must_use]
pub fn trade_request_id(payment_id: &PaymentId, request_no: &str) -> String {
    format!("{payment_id}:{request_no}")
}

impl PaymentOperation {
    /// The merchant's own number of it: for a refund through the gateway, its `out_request_no`.
    #[must_use]
    pub fn request_no(&self) -> &str {
        let within = self.request_id.strip_prefix(self.payment_id.as_str()).and_then(|rest| rest.strip_prefix(':'));
        within.unwrap_or(&self.request_id)
    }

    /// Whether it was done.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        matches!(self.outcome, OperationOutcome::Done)
    }
}
