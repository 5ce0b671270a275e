//! What happened to a payment after it was made (spec/openapi.md 4.16).

use crate::Amount;
use crate::time::WireTime;
use mithaq_types::OperationId;
use serde::{Deserialize, Serialize};

/// How a refund or another operation on a payment stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OperationStatus {
    /// Done.
    Success,
    /// Did not happen.
    Fail,
    /// Not finished. A text no one knows is read as this: keep asking.
    #[serde(other)]
    Processing,
}

/// What a transaction did.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TransactionType {
    /// The merchant took held money: a capture, or the confirmation of an escrow order.
    Capture,
    /// Held money went back.
    Void,
    /// Paid money went back.
    Refund,
    /// The whole payment was taken back.
    Cancel,
    /// A text no one knows.
    #[serde(other)]
    Other,
}

/// One of them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Transaction {
    /// captureId, confirmId, voidId, refundId, or the wallet's id of a cancellation.
    pub transaction_id: OperationId,
    /// The merchant's id of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transaction_request_id: Option<String>,
    /// What it did.
    pub transaction_type: TransactionType,
    /// How it stands.
    pub transaction_status: OperationStatus,
    /// How much. Not written when nothing moved, as when an order is cancelled that nobody had paid: an amount on the
    /// wire is positive (spec/openapi.md 4.1).
    #[serde(skip_serializing_if = "is_nothing")]
    pub transaction_amount: Option<Amount>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transaction_time: Option<WireTime>,
}

fn is_nothing(amount: &Option<Amount>) -> bool {
    amount.is_none_or(|amount| amount.0.minor == 0)
}
